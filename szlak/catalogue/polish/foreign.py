"""Recognising texts that are neither Polish nor English, so that nobody links them as if they were.

The library is asked only where few words are known to Morfeusz, for it takes longer to load than a first link may take.
"""

import re
import threading
from collections.abc import Sequence
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from szlak.catalogue.polish.lemmas import Word

LINKED = frozenset({"pl", "en"})
"""Languages that the linker knows."""

CERTAIN = 0.9
"""Probability from which a language is believed: no Polish and no English sentence of the judged ones is taken for another so surely."""

FEWEST_WORDS = 4
"""In fewer words with letters a language is not recognised: they may be names of things."""

KNOWN_SHARE = 0.5
"""Share of words known to Morfeusz from which a text is taken for Polish without asking."""

_MAX_CHARS = 1000
_LATIN = re.compile(r"[a-z\u00c0-\u024f]", re.IGNORECASE)
_LOCK = threading.Lock()


def recognise_foreign(text: str, words: Sequence[Word]) -> str | None:
    """Return the language of a text (ISO 639-1) if it is surely neither Polish nor English, else None.

    Args:
        text: As received; of a long one the beginning is read.
        words: Its words that carry meaning, in order.
    """
    spelled = [word for word in words if any(sign.isalpha() for sign in word.lemma)]
    if not spelled or sum(word.pos != "X" for word in spelled) >= KNOWN_SHARE * len(spelled):
        return None
    other_script = not any(_LATIN.search(word.lemma) for word in spelled)
    if len(spelled) < FEWEST_WORDS and not other_script:
        return None
    lang, probability = _classify(text[:_MAX_CHARS])
    return lang if lang not in LINKED and (other_script or probability >= CERTAIN) else None


def _classify(text: str) -> tuple[str, float]:
    with _LOCK:  # loaded once, by whoever comes first
        identifier = _load_identifier()
    lang, probability = identifier.classify(text.encode("utf-8", "replace").decode())
    return str(lang), float(probability)


@cache
def _load_identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
