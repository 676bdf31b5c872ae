"""Intervals: fixed, of sensible width, and paired where two are compared."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.esco.evaluation.bootstrap import (
    RESAMPLES,
    estimate_differences,
    estimate_shares,
    estimate_statistic,
    iter_counts,
)
from szlak.catalogue.esco.evaluation.metrics import Shares


def share(values: list[float], wholes: list[float] | None = None) -> Shares:
    return Shares(parts=np.array(values, dtype=np.float64), wholes=np.array(wholes or [1.0] * len(values)))


def test_every_resample_draws_as_many_sentences_as_there_are() -> None:
    """At least a thousand resamples, in blocks, the same each time."""
    counts, again = (np.concatenate(list(iter_counts(7))) for _ in range(2))
    assert counts.shape == (RESAMPLES, 7)
    assert RESAMPLES >= 1000
    assert (counts.sum(axis=1) == 7).all()
    assert np.array_equal(counts, again)


def test_the_interval_is_that_of_a_proportion() -> None:
    """Of 400 sentences half are right: close to the normal interval of .049 to each side."""
    found = estimate_shares({"right": share([0.0, 1.0] * 200)})["right"]
    assert (found.value, found.n) == (0.5, 400)
    assert found.low == pytest.approx(0.451, abs=0.01)
    assert found.high == pytest.approx(0.549, abs=0.01)


def test_what_never_varies_has_no_width() -> None:
    """All right is all right in every resample."""
    found = estimate_shares({"right": share([1.0] * 5)})["right"]
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)


def test_sentences_that_a_figure_leaves_out_do_not_count() -> None:
    """Only wholes are counted."""
    found = estimate_shares({"right": share([1.0, 0.0, 0.0], [1.0, 0.0, 1.0])})["right"]
    assert (found.value, found.n) == (0.5, 2)


@pytest.mark.parametrize("values", [[], [0.0, 0.0]])
def test_nothing_to_measure_is_none(values: list[float]) -> None:
    """No sentence, or none that counts."""
    found = estimate_shares({"right": share(values, [0.0] * len(values))})["right"]
    assert (found.value, found.low, found.high, found.n) == (None, None, None, 0)


def test_a_difference_is_drawn_on_the_same_sentences() -> None:
    """One that is always better by .1 is so in every resample, however much both vary."""
    mine = [place % 10 / 10 + 0.1 for place in range(50)]
    found = estimate_differences({"f": share(mine)}, {"f": share([value - 0.1 for value in mine])}, ["f"])["f"]
    assert (found.value, found.low, found.high) == pytest.approx((0.1, 0.1, 0.1))


def test_a_statistic_is_computed_anew_in_each_resample() -> None:
    """Given as a function of the counts, a mean has the interval that it has as a share."""
    values = [0.0, 1.0, 1.0, 0.0, 1.0]
    found = estimate_statistic(lambda counts: float(counts @ np.array(values) / counts.sum()), 5, 5)
    assert found == estimate_shares({"right": share(values)})["right"]


@pytest.mark.property
@given(values=st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_an_interval_stays_within_bounds(values: list[float]) -> None:
    """0 ≤ low ≤ high ≤ 1 for a mean of shares."""
    found = estimate_shares({"right": share(values)})["right"]
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.high <= 1
