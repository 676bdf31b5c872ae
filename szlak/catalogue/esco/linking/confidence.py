"""From features to a raw score, from the score to a probability, and what follows from it.

The weights are a logistic regression (L2, strength 20 on standardised features) of "a cataloguer would attach it" (gold grade
of 2 or more) over the short lists of all 177 texts of the development half of the gold set, with the starter taxonomy; judged by
leaving one source of texts out at a time. `exact` was set by hand: no gold text is itself a name.
"""

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.linking.features import FEATURES
from szlak.catalogue.esco.linking.shelf import Floats
from szlak.catalogue.model.linking import Zone

WEIGHTS = {
    "bm25_share": 2.632,
    "lead": 1.989,
    "name_covered": 4.543,
    "name_weight": 0.012,
    "one_word": 1.064,
    "sentence_harmony": 2.763,
    "fuzzy": 1.476,
    "exact": 3.0,
    "bias": -8.349,
}

ACCEPT = 0.6
"""Cross-validated, 79 % of the links above were right (38 links on 35 of 177 texts); at .5 it were 57 %, at .7 no more than 81 %."""

NOTHING = 0.1
"""Cross-validated, 2.6 % of the first twenty candidates below were right."""

LOWEST_SCORE = -15.0
"""Score of a concept that no lane found; every candidate scores higher."""


def score_candidates(features: Floats) -> NDArray[np.float64]:
    """Return the raw score (log odds) of each row of features."""
    weights = np.array([WEIGHTS[name] for name in FEATURES])
    scores: NDArray[np.float64] = np.maximum(features.astype(np.float64) @ weights, LOWEST_SCORE + 1.0)
    return scores


def confidence_of(score: float) -> float:
    """Return the probability that a cataloguer would attach a link of this score."""
    return float(1.0 / (1.0 + np.exp(-score)))


def zone_of(confidence: float) -> Zone:
    """Return what follows from a confidence."""
    if confidence >= ACCEPT:
        return Zone.ACCEPT
    return Zone.ASK if confidence >= NOTHING else Zone.NOTHING
