"""Figures against values computed by hand, and what holds of any ranking."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.esco.evaluation.bootstrap import estimate_shares
from szlak.catalogue.esco.evaluation.metrics import (
    Shares,
    accuracy_at,
    accuracy_shares,
    ndcg_at,
    ranking_shares,
    recall_at,
    reciprocal_rank,
    zone_shares,
)
from tests.catalogue.esco.evaluation.samples import result, sentence

GRADES = {"a": 3.0, "b": 2.0, "c": 1.0}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def value(share: Shares) -> float:
    return float(share.parts.sum() / share.wholes.sum())


def test_recall_is_divided_by_what_k_places_can_hold() -> None:
    """Two of three relevant ones among five places; one of two places where three are relevant."""
    relevant = frozenset("abc")
    assert recall_at("axbyz", relevant, 5) == pytest.approx(2 / 3)
    assert recall_at("ax", relevant, 2) == pytest.approx(1 / 2)


def test_accuracy_asks_for_any_relevant_concept() -> None:
    """The second place counts from depth 2 on."""
    assert [accuracy_at("xab", frozenset("ab"), k) for k in (1, 2)] == [0.0, 1.0]


def test_reciprocal_rank_is_that_of_the_first_relevant_concept() -> None:
    """Third place gives a third; none listed gives 0."""
    assert reciprocal_rank("xyab", frozenset("ab")) == pytest.approx(1 / 3)
    assert reciprocal_rank("xy", frozenset("ab")) == 0


def test_ndcg_has_the_gain_of_powers_of_two() -> None:
    """By hand: gains 7, 3, 1; found c at 1, x at 2, a at 3."""
    best = 7 / 1 + 3 / math.log2(3) + 1 / 2
    assert ndcg_at("cxa", GRADES, 10) == pytest.approx((1 + 7 / 2) / best)


def test_ndcg_counts_fractions_of_a_grade() -> None:
    """A mean grade of 1.5 gains 2^1.5 - 1."""
    assert ndcg_at("xa", {"a": 1.5}, 10) == pytest.approx(1 / math.log2(3))
    assert ndcg_at("ba", {"a": 3.0, "b": 1.5}, 1) == pytest.approx((2**1.5 - 1) / 7)


def test_sentences_without_a_relevant_concept_are_left_out_of_the_ranking() -> None:
    """One sentence of three has a relevant concept; a grade of 1 is none."""
    gold = [sentence(GRADES), sentence(nil=True), sentence({"a": 1.0})]
    shares = ranking_shares(["axb", "a", "a"], gold)
    assert {name: share.wholes.sum() for name, share in shares.items()} == dict.fromkeys(shares, 1.0)
    assert (value(shares["recall@5"]), value(shares["accuracy@1"]), value(shares["mrr"])) == (1.0, 1.0, 1.0)


def test_accuracy_at_several_depths() -> None:
    """Names carry the depth."""
    shares = accuracy_shares(["xa", "bx"], [frozenset("a"), frozenset("b")], (1, 5))
    assert {name: value(share) for name, share in shares.items()} == {"accuracy@1": 0.5, "accuracy@5": 1.0}


def test_zones_by_hand() -> None:
    """Accepted: a (right), x (unjudged) in the first; c (judged, wrong) in the second; x in the third, which nothing fits."""
    gold = [sentence(GRADES), sentence(GRADES), sentence(nil=True), sentence(nil=True), sentence(nil=True, disputed=True), sentence(GRADES)]
    results = [
        result(("a", 0.9), ("x", 0.8), ("b", 0.1), accepted=2),
        result(("c", 0.9), accepted=1),
        result(("x", 0.9), accepted=1),
        result(("x", 0.1)),
        result(("x", 0.1)),
        result(("a", 0.1)),
    ]
    found = {name: (share.parts.sum(), share.wholes.sum()) for name, share in zone_shares(results, gold).items()}
    assert found == {
        "accepted_precision": (1, 4),
        "accepted_precision_judged": (1, 2),
        "accepted_coverage": (2, 3),
        "nil_precision": (1, 2),
        "nil_recall": (1, 2),
    }


def test_nothing_accepted_has_no_precision() -> None:
    """A share of nothing is None, not 0."""
    found = estimate_shares(zone_shares([result(("a", 0.1))], [sentence(GRADES)]))
    assert (found["accepted_precision"].value, found["accepted_precision"].n, found["accepted_coverage"].value) == (None, 0, 0.0)


grades = st.dictionaries(st.sampled_from(LETTERS), st.floats(0.5, 3), max_size=8)
rankings = st.permutations(LETTERS)


@pytest.mark.property
@given(rows=st.lists(st.tuples(rankings, grades), min_size=1, max_size=6), seed=st.integers(0, 99))
def test_figures_are_shares_and_do_not_depend_on_the_order_of_sentences(rows: list[tuple[list[str], dict[str, float]]], seed: int) -> None:
    """Each lies in [0, 1] for every sentence, and shuffled sentences give the same."""
    shuffled = random.Random(seed).sample(rows, len(rows))
    shares, again = (ranking_shares([uris for uris, _ in part], [sentence(grades) for _, grades in part]) for part in (rows, shuffled))
    for name, share in shares.items():
        assert ((share.parts >= 0) & (share.parts <= share.wholes + 1e-9) & np.isin(share.wholes, (0, 1))).all()
        assert share.parts.sum() == pytest.approx(again[name].parts.sum())


@pytest.mark.property
@given(grades=grades)
def test_the_best_order_has_full_marks(grades: dict[str, float]) -> None:
    """Sorted by grade, every figure of a sentence with a relevant concept is 1."""
    best = sorted(LETTERS, key=lambda uri: -grades.get(uri, 0))
    shares = ranking_shares([best], [sentence(grades)])
    if any(grade >= 2 for grade in grades.values()):
        assert {name: value(share) for name, share in shares.items()} == pytest.approx(dict.fromkeys(shares, 1.0))
