"""Whether a confidence means what it says: expected calibration error over bins of equal mass, and the bins for a diagram."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.esco.evaluation.metrics import Floats
from szlak.catalogue.model.linking import LinkResult

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claims:
    """Links with what they claim, by rising confidence; shape (n links,) each. `sentences` numbers the sentence of each link."""

    confidences: Floats
    right: Floats
    sentences: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Links of nearby confidence: their mean confidence, the share that is right, and how many (a link may be split by two bins)."""

    confidence: float
    right: float
    n: float


def collect_claims(results: Sequence[LinkResult], gold: Sequence[GoldSentence], depth: int) -> Claims:
    """Return the first `depth` links of every sentence; an unjudged concept is wrong, and so is any of a sentence that nothing fits."""
    found = [
        (link.confidence, link.concept_uri in sentence.relevant, number)
        for number, (result, sentence) in enumerate(zip(results, gold, strict=True))
        for link in result.links[:depth]
    ]
    found.sort(key=lambda claim: claim[0])
    return Claims(
        confidences=np.array([claim[0] for claim in found], dtype=np.float64),
        right=np.array([claim[1] for claim in found], dtype=np.float64),
        sentences=np.array([claim[2] for claim in found], dtype=np.int64),
    )


def calibration_error(claims: Claims, counts: Floats) -> float:
    """Return the expected calibration error when each sentence counts `counts` times (shape (n sentences,)); nan without a link.

    Every bin holds a tenth of the links; a link on a border is split. Links of equal confidence are one block, split in the same
    proportion of right and wrong, so that the order of the sentences does not matter.
    """
    masses, confidences, right = _bin_sums(claims, counts)
    total = float(masses.sum())
    return float(np.abs(confidences - right).sum()) / total if total else float("nan")


def reliability_bins(claims: Claims, sentences: int) -> list[Bin]:
    """Return the bins over which the error is taken, by rising confidence; none without a link."""
    masses, confidences, right = _bin_sums(claims, np.ones(sentences))
    return [
        Bin(confidence=float(conf / mass), right=float(good / mass), n=round(float(mass), 1))
        for mass, conf, good in zip(masses, confidences, right, strict=True)
        if mass > 0
    ]


def _bin_sums(claims: Claims, counts: Floats) -> tuple[Floats, Floats, Floats]:
    """Return links, sum of confidences and sum of right ones of each bin, shape (BINS,) each."""
    if not len(claims.confidences):
        return np.zeros(BINS), np.zeros(BINS), np.zeros(BINS)
    weights = counts[claims.sentences]
    ends = np.flatnonzero(np.append(np.diff(claims.confidences) > 0, True))
    mass, confidence, right = (
        np.concatenate(([0.0], np.cumsum(values)[ends])) for values in (weights, weights * claims.confidences, weights * claims.right)
    )
    borders = np.linspace(0.0, mass[-1], BINS + 1)
    sums = [np.diff(np.interp(borders, mass, values)) for values in (mass, confidence, right)]
    return sums[0], sums[1], sums[2]
