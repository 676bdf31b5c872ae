"""Which concepts are worth a closer look: those named in the text, those whose words it shares, and those spelled like it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz, process

from szlak.catalogue.esco.linking.lexical import MAX_TERMS, LexicalIndex
from szlak.catalogue.esco.linking.reading import UNKNOWN, Reading
from szlak.catalogue.esco.linking.shelf import Ints, Shelf

SHORT_LIST = 200
_LONGEST_NAME = 7
_FUZZY_CHARS = 200
_FUZZY_NAMES = 400


@dataclass(kw_only=True)
class Candidates:
    """Concept numbers with their BM25 score (0 where another lane found them); the text is a name of those in `exact`."""

    bm25: dict[int, float]
    exact: set[int] = field(default_factory=set)


def generate_candidates(reading: Reading, shelf: Shelf, lexical: LexicalIndex, wanted: int) -> Candidates:
    """Return at least `wanted` candidates where words or spelling give as many, and not many more than SHORT_LIST."""
    depth = max(SHORT_LIST, min(wanted, len(shelf.uris)))
    lemmas, stems = _rarest(reading.known_lemmas, shelf), _rarest(reading.known_stems, shelf)
    found = Candidates(bm25=dict(lexical.search(lemmas, stems, depth)))
    found.exact.update(shelf.by_name.get(reading.key, ()), shelf.by_lemmas.get(reading.lemma_ids.tobytes(), ()))
    others = found.exact.union(*(shelf.by_lemmas.get(phrase, ()) for phrase in _iter_phrases(reading)))
    if len(found.bm25) < wanted:
        others.update(_spelled_like(reading, shelf))
    for concept in others:
        found.bm25.setdefault(concept, 0.0)
    return found


def _rarest(ids: Ints, shelf: Shelf) -> list[int]:
    if len(ids) > MAX_TERMS:
        ids = np.sort(ids[np.argsort(-shelf.idf[ids], kind="stable")[:MAX_TERMS]])
    found: list[int] = ids.tolist()
    return found


def _iter_phrases(reading: Reading) -> Iterator[bytes]:
    """Yield every run of known words short enough to be a name, as the bytes of its lemma ids."""
    ids = reading.lemma_ids
    for start in range(len(ids)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(ids)) + 1):
            if ids[end - 1] == UNKNOWN:
                break
            yield ids[start:end].tobytes()


def _spelled_like(reading: Reading, shelf: Shelf) -> set[int]:
    """Return the concepts whose names look most like the text: the last resort for typos and unknown words."""
    if not reading.key or not shelf.names:
        return set()
    ratios = process.cdist([reading.key[:_FUZZY_CHARS]], shelf.names, scorer=fuzz.ratio, dtype=np.float32)[0]
    best = np.argsort(-ratios, kind="stable")[:_FUZZY_NAMES]
    return set((np.searchsorted(shelf.name_starts, best, side="right") - 1).tolist())
