"""What the services need of the catalogue; the composition root provides it."""

from typing import Protocol

from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.linking import Linker
from szlak.catalogue.model.search import Generation, SearchIndex
from szlak.catalogue.polish import Polish
from szlak.catalogue.store import Store


class GenerationIndex(SearchIndex, Protocol):
    """A search index that says which build of it answers."""

    @property
    def generation(self) -> Generation:
        """The live generation."""
        ...


class Catalogue(Protocol):
    """The parts of a running catalogue. Each is opened when first asked for and follows the live generation."""

    @property
    def store(self) -> Store:
        """The database."""
        ...

    @property
    def taxonomy(self) -> Taxonomy:
        """The active release with our lexicon."""
        ...

    @property
    def polish(self) -> Polish:
        """The analyser of Polish."""
        ...

    @property
    def linker(self) -> Linker:
        """The linker over the active taxonomy."""
        ...

    @property
    def linker_version(self) -> str:
        """The version of the links that the linker makes; known without building it."""
        ...

    @property
    def index(self) -> GenerationIndex:
        """The live search index."""
        ...

    def forget_taxonomy(self) -> None:
        """Let go of the taxonomy and the linker, so that the next use reads the active release."""
        ...
