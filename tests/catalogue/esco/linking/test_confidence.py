"""Scores, probabilities and zones."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.esco.linking.confidence import ACCEPT, LOWEST_SCORE, NOTHING, WEIGHTS, confidence_of, score_candidates, zone_of
from szlak.catalogue.esco.linking.features import FEATURES
from szlak.catalogue.model.linking import Zone


def test_every_feature_has_its_weight_and_its_own_words() -> None:
    """Weights and features are one table, and no two explanations are the same."""
    assert list(WEIGHTS) == list(FEATURES)
    assert len(set(FEATURES.values())) == len(FEATURES)


@given(st.floats(-30, 30), st.floats(-30, 30))
def test_a_higher_score_is_never_less_likely(one: float, other: float) -> None:
    """Confidence is a probability and rises with the score."""
    low, high = sorted((one, other))
    assert 0 <= confidence_of(low) <= confidence_of(high) <= 1


def test_every_candidate_scores_above_what_was_not_found() -> None:
    """Whatever the features say."""
    assert score_candidates(np.full((1, len(FEATURES)), -1e6, np.float32))[0] > LOWEST_SCORE


def test_thresholds_belong_to_the_better_zone() -> None:
    """Three zones without a gap."""
    assert [zone_of(value) for value in (1.0, ACCEPT, NOTHING, NOTHING - 1e-9)] == [Zone.ACCEPT, Zone.ACCEPT, Zone.ASK, Zone.NOTHING]
