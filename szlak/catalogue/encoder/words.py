"""Words of a text, and the buckets of a table that the pieces of a word fall into.

A word is known by itself and by its runs of three to five letters, so that inflected forms, compounds and misspellings share most of
what is learned. Pieces are numbered by hashing (Bojanowski et al., Enriching Word Vectors with Subword Information, 2017).
"""

import re
import unicodedata
from zlib import crc32

from szlak.catalogue.text import fold

MAX_WORDS = 400
"""Of a longer text the first words are read: nothing that is linked or looked up is longer."""

_WORD = re.compile(r"[^\W_]+[#+]{0,2}")
_SHORTEST, _LONGEST = 3, 5
_MAX_LETTERS = 40


def split_words(text: str) -> list[str]:
    """Return the first MAX_WORDS runs of letters and digits in lower case; "C#" and "C++" keep their signs."""
    # Hardly any text needs NFC, and asking is cheaper than making it.
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _WORD.findall(text.lower())[:MAX_WORDS]


def list_buckets(word: str, buckets: int) -> list[int]:
    """Return the buckets, each in [0, buckets), of a word and its letter runs.

    The word counts as it is written; the runs are of its form without diacritics, so that "ksiegowosc" lies close to "księgowość".
    """
    marked = f"<{fold(word[:_MAX_LETTERS])}>".encode("utf-8", "surrogatepass")
    pieces = [b"\x00" + word.encode("utf-8", "surrogatepass")]
    pieces += [marked[start : start + size] for size in range(_SHORTEST, _LONGEST + 1) for start in range(len(marked) - size + 1)]
    return [crc32(piece) % buckets for piece in pieces]
