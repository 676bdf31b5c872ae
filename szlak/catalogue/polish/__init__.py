"""Polish analysis, once and in Python: both search engines and the linker get the same ready lemmas."""

from szlak.catalogue.polish.foreign import LINKED, recognise_foreign
from szlak.catalogue.polish.lemmas import ANALYSER_VERSION, Word
from szlak.catalogue.polish.pipeline import Polish

__all__ = ["ANALYSER_VERSION", "LINKED", "Polish", "Word", "recognise_foreign"]
