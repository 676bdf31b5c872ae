"""Calibration error: by hand, against a plain reference, and the bins of the diagram."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.esco.evaluation.calibration import BINS, Claims, calibration_error, collect_claims, reliability_bins
from tests.catalogue.esco.evaluation.samples import result, sentence


def make_claims(pairs: list[tuple[float, bool]]) -> Claims:
    """One link a sentence."""
    order = sorted(range(len(pairs)), key=lambda place: pairs[place][0])
    return Claims(
        confidences=np.array([pairs[place][0] for place in order], dtype=np.float64),
        right=np.array([pairs[place][1] for place in order], dtype=np.float64),
        sentences=np.array(order, dtype=np.int64),
    )


def plain_error(pairs: list[tuple[float, bool]]) -> float:
    """Ten bins of the same number of links: only for a number that ten divides, and confidences of which no two are alike."""
    bins = np.array_split(np.array(sorted(pairs), dtype=np.float64), BINS)
    return sum(abs(float((part[:, 0] - part[:, 1]).sum())) for part in bins) / len(pairs)


def test_only_the_first_links_count_and_unjudged_ones_are_wrong() -> None:
    """Of two links a sentence: a is right, x unjudged; of a sentence that nothing fits every link is wrong."""
    gold = [sentence({"a": 2.0}), sentence(nil=True)]
    claims = collect_claims([result(("a", 0.9), ("x", 0.5), ("b", 0.4)), result(("a", 0.7))], gold, 2)
    assert claims.confidences.tolist() == [0.5, 0.7, 0.9]
    assert claims.right.tolist() == [0, 0, 1]
    assert claims.sentences.tolist() == [0, 1, 0]


def test_one_confidence_for_all_is_one_block() -> None:
    """Four links of confidence .5, one of them right: off by .25, whatever their order."""
    for right in ([True, False, False, False], [False, False, False, True]):
        claims = make_claims([(0.5, value) for value in right])
        assert calibration_error(claims, np.ones(4)) == pytest.approx(0.25)


def test_errors_of_bins_do_not_cancel_out() -> None:
    """Ten sure links that are wrong and ten doubted ones that are right: off by .9 everywhere."""
    claims = make_claims([(0.9 + place / 1e4, False) for place in range(10)] + [(0.1 + place / 1e4, True) for place in range(10)])
    assert calibration_error(claims, np.ones(20)) == pytest.approx(0.9, abs=0.001)


def test_without_links_there_is_no_error() -> None:
    """It is nan, and there are no bins."""
    claims = make_claims([])
    assert np.isnan(calibration_error(claims, np.ones(3)))
    assert reliability_bins(claims, 3) == []


def test_the_bins_hold_equal_parts_by_rising_confidence() -> None:
    """Twenty links make ten bins of two."""
    claims = make_claims([(place / 20, place % 2 == 1) for place in range(20)])
    bins = reliability_bins(claims, 20)
    assert [part.n for part in bins] == [2.0] * BINS
    assert [part.right for part in bins] == pytest.approx([0.5] * BINS)
    assert [part.confidence for part in bins] == pytest.approx([(4 * place + 1) / 40 for place in range(BINS)])


pairs = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


@pytest.mark.property
@given(pairs=st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=20, max_size=20, unique_by=lambda pair: pair[0]))
def test_it_is_the_usual_error_where_bins_are_even(pairs: list[tuple[float, bool]]) -> None:
    """Equal to the plain sum over ten bins of two."""
    assert calibration_error(make_claims(pairs), np.ones(20)) == pytest.approx(plain_error(pairs))


@pytest.mark.property
@given(pairs=pairs, seed=st.integers(0, 99))
def test_it_lies_between_0_and_1_and_does_not_depend_on_order(pairs: list[tuple[float, bool]], seed: int) -> None:
    """Shuffled sentences give the same error."""
    error = calibration_error(make_claims(pairs), np.ones(len(pairs)))
    shuffled = random.Random(seed).sample(pairs, len(pairs))
    assert 0 <= error <= 1
    assert calibration_error(make_claims(shuffled), np.ones(len(pairs))) == pytest.approx(error)


@pytest.mark.property
@given(pairs=pairs, counts=st.data())
def test_counting_a_sentence_twice_is_having_it_twice(pairs: list[tuple[float, bool]], counts: st.DataObject) -> None:
    """Counts stand for copies of sentences."""
    times = counts.draw(st.lists(st.integers(0, 3), min_size=len(pairs), max_size=len(pairs)).filter(any))
    copies = [pair for pair, count in zip(pairs, times, strict=True) for _ in range(count)]
    counted = calibration_error(make_claims(pairs), np.array(times, dtype=np.float64))
    assert counted == pytest.approx(calibration_error(make_claims(copies), np.ones(len(copies))))
