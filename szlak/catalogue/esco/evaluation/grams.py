"""Character TF-IDF with numpy alone: n-grams as numbers, documents as inverted lists, one query at a time.

Weights are those of scikit-learn's TfidfVectorizer: raw counts times ln((1 + n) / (1 + df)) + 1, rows of length 1.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint64]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Scores = NDArray[np.float32]

_ALPHABET = 4_095
"""Letters that are told apart; five of them, each one of 4,096, still fit 64 bits."""

_LONGEST = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GramScheme:
    """Which n-grams are taken: lengths from `shortest` to `longest` (at most 5), of words with their borders or of the whole text."""

    shortest: int
    longest: int
    words: bool


MELO_SCHEME = GramScheme(shortest=1, longest=3, words=False)
LABEL_SCHEME = GramScheme(shortest=2, longest=5, words=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Lists:
    """The n-grams of one length: their numbers in order, and for term i its documents and weights from `starts[i]` to the next."""

    terms: Codes
    idf: Floats
    starts: Ints
    documents: NDArray[np.int32]
    weights: Floats


class GramIndex:
    """Documents under their character n-grams; `score` gives the cosine of a query with each."""

    def __init__(self, documents: Sequence[str], scheme: GramScheme) -> None:
        """Index the documents as they are given: lower case and the like are the caller's."""
        self._scheme = scheme
        self._size = len(documents)
        self._letters = _find_letters(documents)
        self._lists = {
            length: _build_lists(grams, owners, self._size)
            for length, grams, owners in _iter_grams(documents, self._letters, scheme)
            if len(grams)
        }
        squares = np.zeros(self._size)
        for lists in self._lists.values():
            squares += np.bincount(lists.documents, weights=lists.weights**2, minlength=self._size)
        self._norms = np.sqrt(np.where(squares > 0, squares, 1.0))

    def score(self, query: str) -> Scores:
        """Return the cosine with each document, shape (n documents,), in [0, 1]; zeros where nothing is shared."""
        scores, square = np.zeros(self._size), 0.0
        for length, grams, _ in _iter_grams([query], self._letters, self._scheme):
            lists = self._lists.get(length)
            if lists is None:
                continue
            terms, weights = _weigh_query(grams, lists)
            square += float((weights**2).sum())
            scores += self._gather(lists, terms, weights)
        cosines: Scores = (scores / self._norms / np.sqrt(square or 1.0)).astype(np.float32)
        return cosines

    def _gather(self, lists: _Lists, terms: Ints, weights: Floats) -> Floats:
        if not len(terms):
            return np.zeros(self._size)
        parts = [slice(lists.starts[term], lists.starts[term + 1]) for term in terms]
        documents = np.concatenate([lists.documents[part] for part in parts])
        won = np.concatenate([lists.weights[part] * weight for part, weight in zip(parts, weights, strict=True)])
        return np.bincount(documents, weights=won, minlength=self._size).astype(np.float64)


def _build_lists(grams: Codes, owners: NDArray[np.int32], size: int) -> _Lists:
    terms, term_of = np.unique(grams, return_inverse=True)
    pairs, counts = np.unique(term_of * size + owners, return_counts=True)
    term_of, documents = np.divmod(pairs, size)
    frequencies = np.bincount(term_of, minlength=len(terms))
    idf = np.log((1 + size) / (1 + frequencies)) + 1
    starts = np.concatenate(([0], np.cumsum(frequencies)))
    return _Lists(terms=terms, idf=idf, starts=starts, documents=documents.astype(np.int32), weights=counts * idf[term_of])


def _weigh_query(grams: Codes, lists: _Lists) -> tuple[Ints, Floats]:
    """Return the terms of a query that documents have too, and their weights."""
    wanted, counts = np.unique(grams, return_counts=True)
    places = np.searchsorted(lists.terms, wanted)
    known = places < len(lists.terms)
    known[known] = lists.terms[places[known]] == wanted[known]
    return places[known], counts[known] * lists.idf[places[known]]


def _find_letters(texts: Iterable[str]) -> Codes:
    """Return the letters of the texts, and the space that borders a word, as far as they can be told apart."""
    return np.unique(_code_points(" ".join(["", *texts])))[:_ALPHABET]


def _code_points(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), dtype=np.uint32).astype(np.uint64)


def _iter_grams(texts: Sequence[str], letters: Codes, scheme: GramScheme) -> Iterator[tuple[int, Codes, NDArray[np.int32]]]:
    """Yield each length, its n-grams as numbers and the number of the text of each, an entry for each occurrence.

    N-grams with an unknown letter are left out.
    """
    units, owners = _split_units(texts, scheme)
    letter_of = _number_letters(_code_points("".join(units)), letters)
    lengths = np.array([len(unit) for unit in units], dtype=np.int64)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(letter_of))
    text_of = np.repeat(np.array(owners, dtype=np.int32), lengths)
    for length, codes, known in _iter_windows(letter_of, left, scheme.longest):
        if length >= scheme.shortest:
            yield length, codes[known], text_of[: len(known)][known]


def _iter_windows(letter_of: Codes, left: Ints, longest: int) -> Iterator[tuple[int, Codes, NDArray[np.bool_]]]:
    """Yield for each length the number of the n-gram from every place on, and whether it is whole and known."""
    size = len(letter_of)
    codes, known = np.zeros(size, dtype=np.uint64), np.ones(size, dtype=np.bool_)
    for length in range(1, min(longest, _LONGEST) + 1):
        reach = max(size - length + 1, 0)
        last = letter_of[length - 1 :][:reach]
        codes = codes[:reach] * np.uint64(_ALPHABET + 1) + last
        known = known[:reach] & (last > 0) & (left[:reach] >= length)
        yield length, codes, known


def _number_letters(points: Codes, letters: Codes) -> Codes:
    """Return the number of each letter, from 1; 0 is a letter that no document has."""
    places = np.searchsorted(letters, points)
    known = places < len(letters)
    known[known] = letters[places[known]] == points[known]
    return np.where(known, places + 1, 0).astype(np.uint64)


def _split_units(texts: Sequence[str], scheme: GramScheme) -> tuple[list[str], list[int]]:
    """Return the stretches of text that no n-gram leaves, and the number of the text of each."""
    if not scheme.words:
        return [" ".join(text.split()) for text in texts], list(range(len(texts)))
    units = [(f" {word} ", number) for number, text in enumerate(texts) for word in text.split()]
    return [unit for unit, _ in units], [number for _, number in units]
