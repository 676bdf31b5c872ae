"""How far reviewers agree, on figures that can be checked by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.esco.agreement import cohen_kappa, disputed_subjects, measure_agreement, measure_pairs
from szlak.catalogue.model.linking import Decision, Verdict

NOON = datetime(2027, 1, 5, 12, tzinfo=UTC)


def say(who: str, subject: str, target: str, verdict: Verdict, minute: int = 0) -> Decision:
    return Decision(
        record_id="mc:1",
        subject=subject,
        target=target,
        verdict=verdict,
        decided_by=who,
        decided_at=NOON + timedelta(minutes=minute),
        release="esco-1.2.1",
        linker_version="words-1",
    )


def test_kappa_is_that_of_the_textbook() -> None:
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: agreement 0.7, by chance 0.5, kappa 0.4."""
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize("pairs", [[], [(True, True)] * 3, [(False, False)]])
def test_kappa_has_no_value_where_chance_explains_everything(pairs: list[tuple[bool, bool]]) -> None:
    """Nothing judged, or the same answer throughout."""
    assert cohen_kappa(pairs) is None


@pytest.mark.property
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_kappa_does_not_depend_on_who_is_first_and_is_one_only_for_full_agreement(pairs: list[tuple[bool, bool]]) -> None:
    """It is symmetric, at least -1, and 1 exactly when nobody differs."""
    kappa = cohen_kappa(pairs)
    assert kappa == cohen_kappa([(b, a) for a, b in pairs])
    if kappa is not None:
        assert -1 <= kappa <= 1
        assert (kappa == 1) == all(a == b for a, b in pairs)


def test_only_what_both_judged_counts() -> None:
    """A concept that one of the two left open is no agreement and no dispute."""
    found = measure_agreement(
        "a", "b", [say("a", "s", "x", "accept"), say("b", "s", "x", "accept"), say("a", "s", "y", "reject"), say("b", "t", "x", "reject")]
    )
    assert (found.n, found.agreed, found.share, found.disputes) == (1, 1, 1.0, ())


def test_nothing_fits_judges_what_the_other_judged() -> None:
    """Who says that nothing fits disagrees with who accepts, and agrees with who rejects."""
    found = measure_agreement("a", "b", [say("a", "s", "", "nothing"), say("b", "s", "x", "accept"), say("b", "s", "y", "reject")])
    assert (found.n, found.agreed) == (2, 1)
    assert [(dispute.target, dispute.fits_a, dispute.fits_b) for dispute in found.disputes] == [("x", False, True)]


def test_twice_nothing_is_one_agreement() -> None:
    """There is no concept to count, but an answer in common."""
    found = measure_agreement("a", "b", [say("a", "s", "", "nothing"), say("b", "s", "", "nothing")])
    assert (found.n, found.agreed, found.kappa) == (1, 1, None)


def test_what_was_withdrawn_does_not_count() -> None:
    """Nor what a person has said before and changed since."""
    decisions = [
        say("a", "s", "x", "reject", 1),
        say("a", "s", "x", "accept", 2),
        say("b", "s", "x", "accept", 3),
        say("b", "s", "y", "accept", 4),
        say("b", "s", "y", "withdrawn", 5),
        say("a", "s", "y", "reject", 6),
    ]
    found = measure_agreement("a", "b", decisions)
    assert (found.n, found.agreed) == (1, 1)


def test_pairs_are_those_with_something_in_common() -> None:
    """Those with most in common come first; who judged alone is not listed."""
    decisions = [say("c", "s", "x", "accept"), say("a", "s", "x", "accept"), say("b", "s", "x", "reject"), say("a", "s", "y", "accept")]
    decisions += [say("b", "s", "y", "accept"), say("alone", "t", "x", "accept")]
    assert [(pair.reviewer_a, pair.reviewer_b, pair.n) for pair in measure_pairs(decisions)] == [
        ("a", "b", 2),
        ("a", "c", 1),
        ("b", "c", 1),
    ]
    assert disputed_subjects(decisions) == {("mc:1", "s")}


def test_strangers_have_nothing_in_common() -> None:
    """Nothing is invented for a name that nobody knows."""
    found = measure_agreement("a", "nobody", [say("a", "s", "x", "accept")])
    assert (found.n, found.share, found.kappa) == (0, None, None)
