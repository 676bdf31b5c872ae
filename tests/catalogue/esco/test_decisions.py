"""Which decisions stand, and what they do to links, in whatever order they come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.esco.decisions import apply_decisions, last_words, standing_decisions
from szlak.catalogue.model.catalogue import OutcomeLink
from szlak.catalogue.model.linking import Decision, Verdict

NOON = datetime(2027, 1, 5, 12, tzinfo=UTC)
TARGETS = [f"http://data.europa.eu/esco/skill/{letter}" for letter in "abc"]
LINKS = [OutcomeLink(target=target, framework="ESCO", origin="model", evidence=(0, 3)) for target in TARGETS]


@st.composite
def rows(draw: st.DrawFn) -> list[Decision]:
    """Decisions on one subject, numbered, at times that may be the same."""
    drawn = draw(
        st.lists(st.tuples(st.sampled_from(["accept", "reject", "withdrawn"]), st.sampled_from(TARGETS), st.integers(0, 3)), max_size=8)
    )
    nothing = draw(st.lists(st.tuples(st.sampled_from(["nothing", "withdrawn"]), st.just(""), st.integers(0, 3)), max_size=3))
    return [
        Decision(
            decision_id=number,
            record_id="mc:1",
            subject="s",
            target=target,
            verdict=verdict,
            decided_by="kurator",
            decided_at=NOON + timedelta(hours=hours),
            release="esco-1.2.1",
            linker_version="words-1",
        )
        for number, (verdict, target, hours) in enumerate([*drawn, *nothing], 1)
    ]


@pytest.mark.property
@given(rows(), st.randoms())
def test_the_order_of_rows_says_nothing(decisions: list[Decision], random: Random) -> None:
    """Time and number decide which row is the last, not where it stands in a list."""
    shuffled = decisions.copy()
    random.shuffle(shuffled)
    assert standing_decisions(shuffled) == standing_decisions(decisions)
    assert set(apply_decisions(LINKS, shuffled)) == set(apply_decisions(LINKS, decisions))


@pytest.mark.property
@given(rows())
def test_people_have_the_last_word(decisions: list[Decision]) -> None:
    """What stands accepted is a person's link, what stands rejected is gone, and only "nothing" touches the rest."""
    standing = {row.target: row.verdict for row in standing_decisions(decisions)}
    found = {link.target: link.origin for link in apply_decisions(LINKS, decisions)}
    for target in TARGETS:
        verdict = standing.get(target)
        if verdict == "accept":
            assert found[target] == "human"
        elif verdict == "reject" or "" in standing:
            assert target not in found
        else:
            assert found[target] == "model"


def test_without_decisions_nothing_changes() -> None:
    """The links are as they were, in their order."""
    assert apply_decisions(LINKS, []) == tuple(LINKS)


def decide(number: int, who: str, verdict: Verdict) -> Decision:
    return Decision(
        decision_id=number,
        record_id="mc:1",
        subject="s",
        target=TARGETS[0],
        verdict=verdict,
        decided_by=who,
        decided_at=NOON + timedelta(minutes=number),
        release="esco-1.2.1",
        linker_version="words-1",
    )


def test_who_withdraws_takes_back_only_their_own_word() -> None:
    """What somebody else had decided before is in force again."""
    decisions = [decide(1, "a", "accept"), decide(2, "b", "reject"), decide(3, "b", "withdrawn")]
    assert standing_decisions(decisions) == (decisions[0],)
    assert standing_decisions(decisions[:2]) == (decisions[1],)


def test_the_last_word_of_each_person_is_kept_apart() -> None:
    """A person's earlier word is replaced by their later one, never by somebody else's."""
    decisions = [decide(1, "a", "accept"), decide(2, "b", "accept"), decide(3, "a", "reject")]
    assert last_words(decisions) == (decisions[1], decisions[2])


def test_a_clock_that_was_set_back_does_not_bring_old_words_back() -> None:
    """The decision that was stored last stands, whatever time it bears."""
    first = Decision(
        decision_id=1,
        record_id="mc:1",
        subject="s",
        target=TARGETS[0],
        verdict="accept",
        decided_by="kurator",
        decided_at=NOON,
        release="esco-1.2.1",
        linker_version="words-1",
    )
    second = replace(first, decision_id=2, verdict="reject", decided_at=NOON - timedelta(hours=1))
    assert standing_decisions([second, first]) == (second,)
