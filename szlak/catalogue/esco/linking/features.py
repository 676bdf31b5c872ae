"""What speaks for a candidate: one row of numbers each, every column explained by `FEATURES`."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from szlak.catalogue.esco.linking.candidates import Candidates
from szlak.catalogue.esco.linking.reading import Reading
from szlak.catalogue.esco.linking.shelf import Floats, Ints, Shelf

FEATURES = {
    "bm25_share": "BM25 score as a share of the best candidate's",
    "lead": "how far that share is ahead of the best other candidate's",
    "name_covered": "share of a name's weight that the text holds, for the best covered name",
    "name_weight": "weight of that name's words that the text holds: rare words say more than common ones",
    "one_word": "that name is a single word",
    "sentence_harmony": "harmonic mean of the shares held between the text and our most similar sentence",
    "fuzzy": "RapidFuzz similarity of the text and the most similar name, word order aside",
    "exact": "the text is one of the concept's names",
    "bias": "always 1",
}

STEM_WORTH = 0.8
"""How much a word counts that shares only its stem with the text: of .3, .45, .6 and .8 the best nDCG@10 on the gold set's dev half."""

_FUZZY_CHARS = 300
_Flags = NDArray[np.bool_]


def build_features(reading: Reading, shelf: Shelf, candidates: Candidates) -> tuple[list[int], Floats]:
    """Return the candidates by number and their features, shape (candidates, features)."""
    concepts = sorted(candidates.bm25)
    if not concepts:
        return concepts, np.zeros((0, len(FEATURES)), np.float32)
    bm25 = np.array([candidates.bm25[concept] for concept in concepts], np.float32)
    share = bm25 / max(float(bm25.max()), 1e-6)
    columns = (
        share,
        share - _best_other(share),
        *_overlaps(reading, shelf, concepts),
        _fuzzy(reading, shelf, concepts),
        [concept in candidates.exact for concept in concepts],
        np.ones(len(concepts)),
    )
    return concepts, np.column_stack(columns).astype(np.float32)


def _best_other(share: Floats) -> Floats:
    best = int(share.argmax())
    others = np.full(len(share), share[best], np.float32)
    others[best] = np.delete(share, best).max(initial=0.0)
    return others


def _overlaps(reading: Reading, shelf: Shelf, concepts: Sequence[int]) -> tuple[Floats, Floats, Floats, Floats]:
    """Return name_covered, name_weight, one_word and sentence_harmony of each concept."""
    units, owners, is_name = _units_of(shelf, concepts)
    starts = shelf.unit_starts[units]
    lengths = shelf.unit_starts[units + 1] - starts
    words = _ranges(starts, lengths)
    weights = shelf.idf[shelf.lemma_ids[words]]
    unit_of_word = np.repeat(np.arange(len(units)), lengths)
    unit_weight = np.bincount(unit_of_word, weights, len(units)) + 1e-6
    held = np.bincount(unit_of_word, weights * _match_words(reading, shelf, words), len(units))
    covered, back = held / unit_weight, np.minimum(held / (reading.weight + 1e-6), 1.0)
    harmony = 2 * covered * back / (covered + back + 1e-6)
    size = len(concepts)
    best = _highest(covered, owners, is_name, size)
    most = is_name & (covered >= best[owners] - 1e-6) & (covered > 0)
    one_word = _highest(lengths, owners, most, size) == 1
    return best, _highest(held, owners, most, size), one_word.astype(np.float32), _highest(harmony, owners, ~is_name, size)


def _match_words(reading: Reading, shelf: Shelf, words: Ints) -> Floats:
    """Return for each word of units how far the text holds it: 1 by lemma, STEM_WORTH by stem, else 0."""
    by_lemma, by_stem = np.zeros(len(shelf.terms), np.float32), np.zeros(len(shelf.terms), np.float32)
    by_lemma[reading.known_lemmas] = 1.0
    by_stem[reading.known_stems] = STEM_WORTH
    matched: Floats = np.maximum(by_lemma[shelf.lemma_ids[words]], by_stem[shelf.stem_ids[words]])
    return matched


def _units_of(shelf: Shelf, concepts: Sequence[int]) -> tuple[Ints, Ints, _Flags]:
    """Return the units of concepts, to which of them each belongs, and whether it is a name."""
    chosen = np.array(concepts, np.int32)
    first = shelf.concept_starts[chosen]
    counts = shelf.concept_starts[chosen + 1] - first
    units = _ranges(first, counts)
    owners = np.repeat(np.arange(len(chosen), dtype=np.int32), counts)
    return units, owners, units < (first + shelf.name_counts[chosen])[owners]


def _ranges(starts: Ints, lengths: Ints) -> Ints:
    """Return the numbers of all ranges `[start, start + length)`, one range after the other."""
    ends = np.cumsum(lengths)
    ranges: Ints = (np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)).astype(np.int32)
    return ranges


def _highest(values: NDArray[np.generic], owners: Ints, chosen: _Flags, size: int) -> Floats:
    best = np.zeros(size, np.float32)
    np.maximum.at(best, owners[chosen], values[chosen])
    return best


def _fuzzy(reading: Reading, shelf: Shelf, concepts: Sequence[int]) -> Floats:
    names = [shelf.names_of(concept) for concept in concepts]
    flat = [name for group in names for name in group]
    best = np.zeros(len(concepts), np.float32)
    if flat and reading.key:
        ratios = process.cdist([reading.key[:_FUZZY_CHARS]], flat, scorer=fuzz.token_set_ratio, dtype=np.float32)[0] / 100
        np.maximum.at(best, np.repeat(np.arange(len(names)), [len(group) for group in names]), ratios)
    return best
