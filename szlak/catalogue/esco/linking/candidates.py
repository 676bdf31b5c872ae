"""Which concepts are worth a closer look: those named in the text, those that mean nearly the same, and those whose words it shares."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz, process

from szlak.catalogue.esco.linking.lexical import MAX_TERMS, LexicalIndex
from szlak.catalogue.esco.linking.reading import UNKNOWN, Reading
from szlak.catalogue.esco.linking.shelf import Ints, Shelf

SHORT_LIST = 60
"""How many candidates each lane gives for a text and for each of its clauses."""

MEANT_AS_WRITTEN = 2
"""Names of so few letters are acronyms: "R" is a name, "r" is a letter."""

_LONGEST_NAME = 7
_FUZZY_CHARS = 200
_FUZZY_NAMES = 400


@dataclass(kw_only=True)
class Candidates:
    """Concept numbers with their BM25 score for the text (0 where another lane found them).

    `called`: the whole text is one of the concept's names. `exact`: the text or a clause is. `named`: one of its names stands somewhere
    in the text, lemma by lemma; the value is the weight of that name's words. `inside`: each such name is part of a longer one there.
    """

    bm25: dict[int, float]
    called: set[int] = field(default_factory=set)
    exact: set[int] = field(default_factory=set)
    named: dict[int, float] = field(default_factory=dict)
    inside: set[int] = field(default_factory=set)


def generate_candidates(readings: Sequence[Reading], near: Iterable[int], shelf: Shelf, lexical: LexicalIndex, wanted: int) -> Candidates:
    """Return at least `wanted` candidates where meaning, words or spelling give as many.

    Args:
        readings: The whole text, then its clauses.
        near: Concepts that mean nearly the same (`meanings`).
        shelf: What concepts are called.
        lexical: What finds them by their words.
        wanted: How many candidates are needed at least.
    """
    whole = readings[0]
    depth = max(SHORT_LIST, min(wanted, len(shelf.uris)))
    found = Candidates(bm25=dict(search_words(whole, shelf, lexical, depth)))
    others = set(near)
    for reading in readings:
        if reading is not whole:
            others.update(concept for concept, _ in search_words(reading, shelf, lexical, SHORT_LIST // 2))
        found.exact |= _called(reading, shelf)
    found.called |= _called(whole, shelf)
    _name(found, whole, shelf)
    others |= found.exact | found.named.keys()
    if len(others | found.bm25.keys()) < wanted:
        others.update(_spelled_like(whole, shelf))
    for concept in others:
        found.bm25.setdefault(concept, 0.0)
    return found


def _name(found: Candidates, reading: Reading, shelf: Shelf) -> None:
    """Note the concepts whose names stand in a reading."""
    phrases = [phrase for phrase in _iter_phrases(reading) if phrase[0] in shelf.by_lemmas]
    outer: set[int] = set()
    for key, start, end, weight in phrases:
        is_inner = any(first <= start and end <= last and (first, last) != (start, end) for _, first, last, _ in phrases)
        for concept in shelf.by_lemmas[key]:
            found.named[concept] = max(weight, found.named.get(concept, 0.0))
            if not is_inner:
                outer.add(concept)
    found.inside = found.named.keys() - outer


def _called(reading: Reading, shelf: Shelf) -> set[int]:
    """Return the concepts of which a reading is a name, letter by letter or lemma by lemma; a name may be cut in two ("Java Script")."""
    if len(reading.key) <= MEANT_AS_WRITTEN and reading.key.isalpha() and not reading.is_capital:
        return set()
    whole = reading.key.replace(" ", "", 1) if reading.key.count(" ") == 1 else reading.key
    names = {*shelf.by_name.get(reading.key, ()), *shelf.by_lemmas.get(reading.lemma_ids.tobytes(), ())}
    return names or set(shelf.by_name.get(whole, ()))


def search_words(reading: Reading, shelf: Shelf, lexical: LexicalIndex, depth: int) -> list[tuple[int, float]]:
    """Return the concepts that share most of the rarest words of a reading, with their BM25 scores, best first."""
    return lexical.search(_rarest(reading.known_lemmas, shelf), _rarest(reading.known_stems, shelf), depth)


def _rarest(ids: Ints, shelf: Shelf) -> list[int]:
    if len(ids) > MAX_TERMS:
        ids = np.sort(ids[np.argsort(-shelf.idf[ids], kind="stable")[:MAX_TERMS]])
    found: list[int] = ids.tolist()
    return found


def _iter_phrases(reading: Reading) -> Iterator[tuple[bytes, int, int, float]]:
    """Yield every run of known words short enough to be a name, as the bytes of its lemma ids, with its place and its weight."""
    ids, weights = reading.lemma_ids, reading.weights
    for start in range(len(ids)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(ids)) + 1):
            if ids[end - 1] == UNKNOWN:
                break
            yield ids[start:end].tobytes(), start, end, float(weights[start:end].sum())


def _spelled_like(reading: Reading, shelf: Shelf) -> set[int]:
    """Return the concepts whose names look most like the text: the last resort for typos and unknown words."""
    if not reading.key or not shelf.names:
        return set()
    ratios = process.cdist([reading.key[:_FUZZY_CHARS]], shelf.names, scorer=fuzz.ratio, dtype=np.float32)[0]
    best = np.argsort(-ratios, kind="stable")[:_FUZZY_NAMES]
    return set((np.searchsorted(shelf.name_starts, best, side="right") - 1).tolist())
