"""Words of a text, and the buckets of a table that the pieces of a word fall into.

A word is known by itself and by its runs of three to five letters, so that inflected forms, compounds and misspellings share most of
what is learned. Pieces are numbered by hashing (Bojanowski et al., Enriching Word Vectors with Subword Information, 2017).
"""

import re
import unicodedata
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.text import fold

MAX_WORDS = 400
"""Of a longer text the first words are read: nothing that is linked or looked up is longer."""

_WORD = re.compile(r"[^\W_]+[#+]{0,2}")
_SHORTEST, _LONGEST = 3, 5
_MAX_LETTERS = 40
_POLISH = str.maketrans("ąćęłńóśźż", "acelnoszz")


def _build_crc_table() -> NDArray[np.uint32]:
    """Return the CRC-32 of ISO 3309, as zlib has it, of each byte (Sarwate's table)."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(0xEDB88320), table >> 1).astype(np.uint32)
    return table


_CRC = _build_crc_table()
_ALL_ONES = np.uint32(0xFFFFFFFF)


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
    marked = _mark(word)
    pieces = [b"\x00" + word.encode("utf-8", "surrogatepass")]
    pieces += [marked[start : start + size] for size in range(_SHORTEST, _LONGEST + 1) for start in range(len(marked) - size + 1)]
    return [crc32(piece) % buckets for piece in pieces]


def number_pieces(words: Sequence[str], buckets: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the buckets of many words, those of one word beside each other, and how many each word has: `list_buckets`, much faster.

    A CRC grows by a byte from that of the run without it, so all runs of one length are numbered at once.
    """
    whole = np.array([crc32(b"\x00" + word.encode("utf-8", "surrogatepass")) for word in words], np.uint32)
    marked = [_mark(word) for word in words]
    lengths = np.array([len(word) for word in marked], np.int64)
    letters = np.frombuffer(b"".join(marked) + bytes(_LONGEST), np.uint8)
    owner = np.repeat(np.arange(len(words)), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(owner))
    crc = np.full(len(owner), _ALL_ONES)
    hashes, owners = [whole], [np.arange(len(words))]
    for size in range(1, _LONGEST + 1):
        crc = _CRC[(crc ^ letters[size - 1 : size - 1 + len(owner)]) & 0xFF] ^ (crc >> np.uint32(8))
        if size >= _SHORTEST:
            fits = left >= size
            hashes.append(crc[fits] ^ _ALL_ONES)
            owners.append(owner[fits])
    joined = np.concatenate(owners)
    order = np.argsort(joined, kind="stable")
    return (np.concatenate(hashes)[order] % np.uint32(buckets)).astype(np.int64), np.bincount(joined, minlength=len(words))


def _mark(word: str) -> bytes:
    plain = word[:_MAX_LETTERS].translate(_POLISH)
    # What is left of other scripts and signs takes the long way.
    folded = plain.casefold() if plain.isascii() else fold(plain)
    return f"<{folded}>".encode("utf-8", "surrogatepass")
