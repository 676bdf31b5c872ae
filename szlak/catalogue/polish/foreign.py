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

TOLD_APART = (
    "am ar az be bg bn bs ca cs da de el en es et fa fi fr ga gu he hi hr hu hy id it ja ka kk km kn ko ky lo lt lv mk ml mn mr mt my ne "
    "nl no pa pl pt ro ru si sk sl sq sr sv ta te tg th tr uk ur uz vi zh"
)
"""Languages that are told apart. Small relatives of one of them (Asturian, Extremaduran) would each take a share of its probability."""

CERTAIN = 0.9
"""Probability of the two likeliest languages together from which a text is taken to be in the first. Two, because relatives (Czech and
Slovak) share it; no more, because lists of names have a little of many. No judged sentence in Polish or English is taken for another."""

NAMED = 0.5
"""Probability from which the language of a text in another alphabet is named: that it is not linked is sure, which one it is is not."""

FEWEST_WORDS = 4
"""In fewer words a language is not recognised unless they are in another alphabet: they may be names of things."""

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
    spelled = [word for word in words if sum(map(str.isalpha, word.lemma)) > 1]  # a single letter is a sign: Ω, α
    if not spelled or sum(word.pos != "X" for word in spelled) >= KNOWN_SHARE * len(spelled):
        return None
    other_alphabet = not any(_LATIN.search(word.lemma) for word in spelled)
    if len(spelled) < FEWEST_WORDS and not other_alphabet:
        return None
    lang, first, two = _classify(text[:_MAX_CHARS])
    is_sure = first >= NAMED if other_alphabet else two >= CERTAIN
    return lang if lang not in LINKED and is_sure else None


def _classify(text: str) -> tuple[str, float, float]:
    """Return the likeliest language, its probability, and that of the two likeliest which are not linked together."""
    with _LOCK:  # loaded once, by whoever comes first
        identifier = _load_identifier()
    ranked = identifier.rank(text.encode("utf-8", "replace").decode())
    others = [probability for lang, probability in ranked if lang not in LINKED]
    lang, first = ranked[0]
    return str(lang), float(first), float(sum(others[:2]))


@cache
def _load_identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(TOLD_APART.split())
    return identifier
