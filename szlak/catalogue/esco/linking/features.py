"""What speaks for a candidate: one row of numbers each, every column explained by `FEATURES`.

A text is compared as a whole and clause by clause; where it is one clause, both are the same.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.linking.candidates import Candidates
from szlak.catalogue.esco.linking.facts import ConceptFacts
from szlak.catalogue.esco.linking.meanings import Meanings
from szlak.catalogue.esco.linking.queries import Query
from szlak.catalogue.esco.linking.reading import Reading
from szlak.catalogue.esco.linking.shelf import Floats, Ints, Role, Shelf

_ROLE_WORDS = {
    Role.NAME: "the name shown",
    Role.OTHER_NAME: "another Polish name",
    Role.FOREIGN_NAME: "an English name",
    Role.SENTENCE: "one of our sentences",
    Role.NOTE: "the description",
}
_COMPARED = ("whole", "clause")


def _describe() -> dict[str, str]:
    found: dict[str, str] = {}
    for scope in _COMPARED:
        of = "the text" if scope == "whole" else "the best clause"
        for role, words in _ROLE_WORDS.items():
            found[f"{scope}_near_{role.name.lower()}"] = f"cosine of {of} and {words}"
            found[f"{scope}_shared_{role.name.lower()}"] = f"harmonic mean of the shares of words that {of} and {words} hold of each other"
        found[f"{scope}_name_covered"] = f"share of a name's weight that {of} holds, for the best covered name"
        found[f"{scope}_name_weight"] = f"weight of that name's words that {of} holds: rare words say more than common ones"
        found[f"{scope}_text_covered"] = f"share of the weight of {of} that the best covering name or sentence holds"
        found[f"{scope}_name_meant"] = f"likewise for words that mean nearly what a word of {of} means, by cosine"
        found[f"{scope}_text_meant"] = f"share of the weight of {of} whose words mean nearly what a word of the names means, by cosine"
        found[f"{scope}_head_meant"] = f"cosine of the first word of the name shown and the word of {of} nearest to it"
        found[f"{scope}_opening_meant"] = f"cosine of the first word of {of} and the word of the names nearest to it"
        found[f"{scope}_missed"] = f"weight of the word of the name shown that is least alike to any word of {of}, times how unlike it is"
    found |= {
        "bm25": "BM25 score over lemmas and stems",
        "exact": "the text or a clause is one of the concept's names",
        "named": "weight of a name that stands in the text lemma by lemma, 0 when none does",
        "near": "mean of the whole text's best cosine with a name and with a sentence",
        "clause_near": "likewise of the best clause",
        "inside": "1 where the only name that stands in the text is part of a longer name of another concept",
        "proper": "share of the proper names of a name that the text holds; -1 where all names hold some and the text has none of them",
        "in_context": "likeness of the title above the text, in standard deviations from the candidates' mean; 0 without a title",
        "clauses": "number of clauses",
        "aside": "share of the text that asks for nothing: offers, praise, legal clauses",
        "text_weight": "weight of the text's words",
        "name_words": "number of words of the shortest name",
        "is_knowledge": "1 for a knowledge concept, 0 for a skill, 0.5 where ESCO does not say",
        "asks_knowledge": "1 where the text asks for knowing, 0 for doing, 0.5 where it does not say",
        "opens_with_deed": "the first word that carries meaning is a verb or the name of a deed",
        "narrower": "logarithm of the number of concepts below",
        "asked_for": "logarithm of the number of occupations and skills that need the concept; -1 without relations",
        "reuse": "ESCO's reuse level from 0 (one occupation) to 3 (all); -1 where it is not known",
    }
    for lane in RANKED:
        found[f"{lane}_rank"] = f"logarithm of the place among the candidates by {lane}"
        found[f"{lane}_z"] = f"{lane} in standard deviations from the candidates' mean"
    found["places"] = "mean of the logarithms of places over all of these lanes"
    return found


RANKED = (
    "bm25",
    "near",
    "clause_near",
    "whole_near_name",
    "whole_near_sentence",
    "clause_near_name",
    "clause_near_sentence",
    "clause_shared_name",
    "clause_shared_sentence",
    "clause_name_covered",
    "clause_name_meant",
)
"""Lanes of which the place among the candidates counts too."""

FEATURES: Mapping[str, str] = MappingProxyType(_describe())

STEM_WORTH = 0.8
"""How much a word counts that shares only its stem with the text: of .3, .45, .6 and .8 the best nDCG@10 on the gold set's dev half."""

FACTS = ("name_words", "is_knowledge", "narrower", "asked_for", "reuse")
"""Features that a concept has whatever the text (`facts.ConceptFacts`)."""

_ROLES = len(Role)
_Flags = NDArray[np.bool_]


def build_features(query: Query, shelf: Shelf, meanings: Meanings, facts: ConceptFacts, candidates: Candidates) -> tuple[Ints, Floats]:
    """Return the candidates by number and their features, shape (candidates, features)."""
    concepts = np.array(sorted(candidates.bm25), np.int32)
    if not len(concepts):
        return concepts, np.zeros((0, len(FEATURES)), np.float32)
    columns = _compare(query, shelf, meanings, concepts)
    columns |= {"near": _mean_near(columns, "whole"), "clause_near": _mean_near(columns, "clause")}
    columns |= _found_by(candidates, concepts)
    columns |= {name: np.full(len(concepts), value, np.float32) for name, value in _of_text(query).items()}
    columns |= {name: getattr(facts, name)[concepts] for name in FACTS}
    columns |= {"proper": shelf.proper.compare(query.proper, concepts), "in_context": _in_context(query, meanings, concepts)}
    columns |= _places(columns)
    return concepts, np.column_stack([columns[name] for name in FEATURES]).astype(np.float32)


def _found_by(candidates: Candidates, concepts: Ints) -> dict[str, Floats]:
    numbers = concepts.tolist()
    found = {
        "bm25": [candidates.bm25[concept] for concept in numbers],
        "exact": [float(concept in candidates.exact) for concept in numbers],
        "named": [candidates.named.get(concept, 0.0) for concept in numbers],
        "inside": [float(concept in candidates.inside) for concept in numbers],
    }
    return {name: np.array(values, np.float32) for name, values in found.items()}


def _of_text(query: Query) -> dict[str, float]:
    return {
        "clauses": max(1, len(query.readings) - 1),
        "text_weight": query.readings[0].weight,
        "asks_knowledge": query.asks_knowledge,
        "aside": query.aside,
        "opens_with_deed": _opens_with_deed(query.readings[0]),
    }


def _in_context(query: Query, meanings: Meanings, concepts: Ints) -> Floats:
    if query.context is None:
        return np.zeros(len(concepts), np.float32)
    near = (meanings.called[concepts] + meanings.said[concepts]) @ query.context
    return np.asarray((near - near.mean()) / (near.std() + 1e-6), np.float32)


def _mean_near(columns: Mapping[str, Floats], scope: str) -> Floats:
    best = np.maximum(columns[f"{scope}_near_name"], columns[f"{scope}_near_other_name"])
    return np.asarray((best + columns[f"{scope}_near_sentence"]) / 2, np.float32)


def _opens_with_deed(reading: Reading) -> bool:
    return bool(reading.words) and (reading.words[0].pos == "VERB" or reading.words[0].verb is not None)


def _places(columns: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return rank and z-score of each lane of RANKED, and the mean of the ranks."""
    values = np.array([columns[lane] for lane in RANKED], np.float64)
    ordered = np.sort(-values, axis=1)
    ranks = np.log1p([np.searchsorted(row, -lane) for row, lane in zip(ordered, values, strict=True)]).astype(np.float32)
    scores = (values - values.mean(axis=1, keepdims=True)) / (values.std(axis=1, keepdims=True) + 1e-6)
    found = {f"{lane}_rank": row for lane, row in zip(RANKED, ranks, strict=True)}
    found |= {f"{lane}_z": row for lane, row in zip(RANKED, scores.astype(np.float32), strict=True)}
    return found | {"places": ranks.mean(axis=0)}


def _compare(query: Query, shelf: Shelf, meanings: Meanings, concepts: Ints) -> dict[str, Floats]:
    """Return everything that compares the text's readings with units of the candidates."""
    comparison = _Comparison(shelf, meanings, concepts)
    near = meanings.units.take(comparison.units) @ query.vectors.T
    scopes = [
        comparison.compare(reading, near[:, place]) | comparison.align(reading, words)
        for place, (reading, words) in enumerate(zip(query.readings, query.words, strict=True))
    ]
    clauses = scopes[1:] or scopes
    columns = {f"whole_{name}": values for name, values in scopes[0].items()}
    return columns | {f"clause_{name}": _best([clause[name] for clause in clauses], name) for name in scopes[0]}


def _best(values: Sequence[Floats], name: str) -> Floats:
    return np.asarray(np.min(values, axis=0) if name == "missed" else np.max(values, axis=0), np.float32)


class _Comparison:
    """The units of some concepts, made ready to be compared with several readings."""

    def __init__(self, shelf: Shelf, meanings: Meanings, concepts: Ints) -> None:
        self.units, self._owners = units_of(shelf, concepts)
        self._shelf, self._concepts = shelf, concepts
        self._overlap = _Overlap(shelf, self.units)
        self._is_name = shelf.roles[self.units] <= Role.FOREIGN_NAME
        slots = self._owners * _ROLES + shelf.roles[self.units]
        self._starts = np.flatnonzero(np.r_[True, np.diff(slots) != 0]).astype(np.int32)
        self._slots = slots[self._starts]
        self._alignment = _Alignment(shelf, meanings, self.units, self._owners)

    def compare(self, reading: Reading, near: Floats) -> dict[str, Floats]:
        """Return the columns of one reading; `near` is the cosine of each unit."""
        covered, back, held = self._overlap.measure(reading)
        by_role = {"near": self._by_role(near), "shared": self._by_role(2 * covered * back / (covered + back + 1e-6))}
        best = _highest(covered, self._owners, self._is_name, len(self._concepts))
        most = self._is_name & (covered >= best[self._owners] - 1e-6) & (covered > 0)
        found = {f"{kind}_{role.name.lower()}": table[:, role] for kind, table in by_role.items() for role in Role}
        return found | {
            "name_covered": best,
            "name_weight": _highest(held, self._owners, most, len(self._concepts)),
            "text_covered": self._by_role(back).max(axis=1),
        }

    def align(self, reading: Reading, words: Floats) -> dict[str, Floats]:
        """Return the columns of one reading that compare word by word."""
        return self._alignment.measure(reading.weights, words, len(self._concepts))

    def _by_role(self, values: Floats) -> Floats:
        """Return the highest value of each (concept, role), shape (concepts, roles); 0 where a concept has no unit of a role."""
        table = np.zeros(len(self._concepts) * _ROLES, np.float32)
        table[self._slots] = np.maximum.reduceat(values, self._starts)
        return table.reshape(-1, _ROLES)


class _Overlap:
    """Words of units beside the words of texts."""

    def __init__(self, shelf: Shelf, units: Ints) -> None:
        starts = shelf.unit_starts[units]
        lengths = shelf.unit_starts[units + 1] - starts
        words = ranges(starts, lengths)
        self._lemmas, self._stems = shelf.lemma_ids[words], shelf.stem_ids[words]
        self._weights = shelf.idf[self._lemmas]
        self._unit = np.repeat(np.arange(len(units)), lengths)
        self._size = len(units)
        self._totals = np.bincount(self._unit, self._weights, self._size).astype(np.float32) + 1e-6
        self._by_lemma, self._by_stem = np.zeros(len(shelf.terms), np.float32), np.zeros(len(shelf.terms), np.float32)

    def measure(self, reading: Reading) -> tuple[Floats, Floats, Floats]:
        """Return for each unit the share of its weight that the text holds, the share of the text's that it holds, and the weight held."""
        self._by_lemma[reading.known_lemmas] = 1.0
        self._by_stem[reading.known_stems] = STEM_WORTH
        matched = np.maximum(self._by_lemma[self._lemmas], self._by_stem[self._stems])
        self._by_lemma[reading.known_lemmas] = 0.0
        self._by_stem[reading.known_stems] = 0.0
        held = np.bincount(self._unit, self._weights * matched, self._size).astype(np.float32)
        return held / self._totals, np.minimum(held / (reading.weight + 1e-6), 1.0), held


class _Alignment:
    """Words of Polish names beside the words of texts, by meaning (the greedy matching of BERTScore, Zhang et al., 2020)."""

    def __init__(self, shelf: Shelf, meanings: Meanings, units: Ints, owners: Ints) -> None:
        lengths = shelf.unit_starts[units + 1] - shelf.unit_starts[units]
        chosen = np.flatnonzero((shelf.roles[units] <= Role.OTHER_NAME) & (lengths > 0))
        self._lengths = lengths[chosen]
        self._owners = owners[chosen]
        self._is_shown = shelf.roles[units[chosen]] == Role.NAME
        words = shelf.lemma_ids[ranges(shelf.unit_starts[units[chosen]], self._lengths)]
        different, self._word = np.unique(words, return_inverse=True)
        self._vectors = meanings.terms.take(different)
        self._weights = shelf.idf[words]
        self._starts = (np.cumsum(self._lengths) - self._lengths).astype(np.int32)

    def measure(self, weights: Floats, vectors: Floats, size: int) -> dict[str, Floats]:
        """Return the columns of one reading, which has the word weights `weights` and word vectors `vectors`."""
        found = {name: np.zeros(size, np.float32) for name in ("name_meant", "text_meant", "missed", "head_meant", "opening_meant")}
        if not len(self._starts) or not len(vectors):
            return found
        alike = np.maximum(self._vectors @ vectors.T, 0.0)
        best = alike.max(axis=1)[self._word]
        meant = np.add.reduceat(best * self._weights, self._starts) / (np.add.reduceat(self._weights, self._starts) + 1e-6)
        np.maximum.at(found["name_meant"], self._owners, meant)
        misses = np.maximum.reduceat((1 - best) * self._weights, self._starts)
        found["missed"][self._owners[self._is_shown]] = misses[self._is_shown]
        found["head_meant"][self._owners[self._is_shown]] = best[self._starts[self._is_shown]]
        first = np.flatnonzero(np.r_[True, np.diff(self._owners) != 0])
        by_concept = np.maximum.reduceat(alike[self._word], self._starts[first], axis=0)
        found["text_meant"][self._owners[first]] = by_concept @ weights / (weights.sum() + 1e-6)
        found["opening_meant"][self._owners[first]] = by_concept[:, 0]
        return found


def units_of(shelf: Shelf, concepts: Ints) -> tuple[Ints, Ints]:
    """Return the units of concepts, and to which of them each belongs."""
    first = shelf.concept_starts[concepts]
    counts = shelf.concept_starts[concepts + 1] - first
    return ranges(first, counts), np.repeat(np.arange(len(concepts), dtype=np.int32), counts)


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """Return the numbers of all ranges `[start, start + length)`, one range after the other."""
    ends = np.cumsum(lengths)
    numbers: Ints = (np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)).astype(np.int32)
    return numbers


def _highest(values: NDArray[np.generic], owners: Ints, chosen: _Flags, size: int) -> Floats:
    best = np.zeros(size, np.float32)
    np.maximum.at(best, owners[chosen], values[chosen])
    return best
