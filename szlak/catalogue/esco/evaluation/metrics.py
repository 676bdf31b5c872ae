"""Figures of a ranking and of a confidence, one sentence at a time: pure functions over URIs and grades.

A figure over many sentences is a share: the sum of what was won over the sum of what could be won. Keeping both for each
sentence (`Shares`) is what lets a bootstrap draw sentences without computing anything anew.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.model.linking import LinkResult

Floats = NDArray[np.float64]
Rankings = Sequence[Sequence[str]]
"""For each text its concept URIs, best first, none twice."""

RECALL_DEPTHS = (5, 10, 20)
NDCG_DEPTH = 10
ECE_DEPTH = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shares:
    """A figure before it is summed: `parts` of `wholes`, shape (n sentences,) each. A whole of 0 leaves the sentence out."""

    parts: Floats
    wholes: Floats


def recall_at(ranking: Sequence[str], relevant: AbstractSet[str], k: int) -> float:
    """Return the share of the relevant concepts among the first k, divided by what k places can hold."""
    return len(relevant & set(ranking[:k])) / min(k, len(relevant))


def accuracy_at(ranking: Sequence[str], relevant: AbstractSet[str], k: int) -> float:
    """Return 1 when a relevant concept is among the first k, otherwise 0."""
    return float(not relevant.isdisjoint(ranking[:k]))


def reciprocal_rank(ranking: Sequence[str], relevant: AbstractSet[str]) -> float:
    """Return 1 over the place of the first relevant concept, 0 when none is listed."""
    return next((1 / place for place, uri in enumerate(ranking, start=1) if uri in relevant), 0.0)


def ndcg_at(ranking: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    """Return the gain (2^grade - 1, discounted by log2 of place + 1) of the first k over that of the best order; 0 without a grade."""
    best = _gain(sorted(grades.values(), reverse=True)[:k])
    return _gain(grades.get(uri, 0.0) for uri in ranking[:k]) / best if best else 0.0


def _gain(grades: Iterable[float]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def accuracy_shares(rankings: Rankings, relevant: Sequence[AbstractSet[str]], depths: Iterable[int]) -> dict[str, Shares]:
    """Return accuracy@k for each depth over texts that have a relevant concept."""
    pairs = list(zip(rankings, relevant, strict=True))
    return {f"accuracy@{k}": _over_linkable(relevant, [accuracy_at(*pair, k) for pair in pairs]) for k in depths}


def ranking_shares(rankings: Rankings, gold: Sequence[GoldSentence]) -> dict[str, Shares]:
    """Return recall@k, accuracy@1, mrr and ndcg@10 over sentences that have a relevant concept."""
    relevant = [sentence.relevant for sentence in gold]
    pairs = list(zip(rankings, relevant, strict=True))
    recalls = {f"recall@{k}": [recall_at(*pair, k) if pair[1] else 0.0 for pair in pairs] for k in RECALL_DEPTHS}
    others = {
        "mrr": [reciprocal_rank(*pair) for pair in pairs],
        f"ndcg@{NDCG_DEPTH}": [ndcg_at(ranking, sentence.grades, NDCG_DEPTH) for ranking, sentence in zip(rankings, gold, strict=True)],
    }
    shares = {name: _over_linkable(relevant, values) for name, values in (recalls | others).items()}
    return accuracy_shares(rankings, relevant, (1,)) | shares


def zone_shares(results: Sequence[LinkResult], gold: Sequence[GoldSentence]) -> dict[str, Shares]:
    """Return what the zones are worth: precision and coverage of accepted links, precision and recall of "nothing fits".

    A link to an unjudged concept is wrong, but left out of `accepted_precision_judged`. Sentences whose annotators did not agree
    on "nothing fits" are left out of both figures on it.
    """
    accepted = [[link.concept_uri for link in result.links if link.accepted] for result in results]
    right = [len(sentence.relevant.intersection(uris)) for uris, sentence in zip(accepted, gold, strict=True)]
    said = np.array([result.nil for result in results], dtype=bool)
    nil = np.array([sentence.nil for sentence in gold], dtype=bool)
    agreed = np.array([not sentence.nil_disputed for sentence in gold], dtype=bool)
    judged = [_count_in(uris, sentence.grades) for uris, sentence in zip(accepted, gold, strict=True)]
    return {
        "accepted_precision": _shares(right, [len(uris) for uris in accepted]),
        "accepted_precision_judged": _shares(right, judged),
        "accepted_coverage": _over_linkable([sentence.relevant for sentence in gold], [float(bool(uris)) for uris in accepted]),
        "nil_precision": _shares(said & nil & agreed, said & agreed),
        "nil_recall": _shares(said & nil & agreed, nil & agreed),
    }


def _count_in(uris: Iterable[str], judged: Collection[str]) -> int:
    return sum(uri in judged for uri in uris)


def _over_linkable(relevant: Sequence[AbstractSet[str]], values: Sequence[float]) -> Shares:
    wholes = np.array([bool(uris) for uris in relevant], dtype=np.float64)
    return Shares(parts=wholes * np.array(values, dtype=np.float64), wholes=wholes)


def _shares(parts: object, wholes: object) -> Shares:
    return Shares(parts=np.array(parts, dtype=np.float64), wholes=np.array(wholes, dtype=np.float64))
