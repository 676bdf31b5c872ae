"""People's decisions over machine links."""

from datetime import UTC, datetime, timedelta

import pytest

from szlak.catalogue.esco.decisions import apply_decisions, standing_decisions
from szlak.catalogue.model.linking import Decision, Link, StoredLink, Verdict, Zone

START = datetime(2026, 1, 1, tzinfo=UTC)


def stored(target: str, *, zone: Zone = Zone.ASK, subject: str = "s", record: str = "r") -> StoredLink:
    link = Link(concept_uri=target, label=target, score=1.0, confidence=0.5, zone=zone)
    return StoredLink(record_id=record, subject=subject, link=link, linker_version="v", release="1")


def decide(target: str, verdict: Verdict, day: int = 0, subject: str = "s") -> Decision:
    return Decision(
        decision_id=day,
        record_id="r",
        subject=subject,
        target=target,
        verdict=verdict,
        decided_by="anna",
        decided_at=START + timedelta(days=day),
        release="1",
        linker_version="v",
    )


def zones(links: tuple[StoredLink, ...]) -> dict[str, Zone]:
    return {row.link.concept_uri: row.link.zone for row in links}


@pytest.mark.parametrize(("verdict", "zone"), [("accept", Zone.ACCEPT), ("reject", Zone.NOTHING)])
def test_a_person_overrides_the_machine(verdict: Verdict, zone: Zone) -> None:
    """The decided link follows the person, the other one the machine; figures stay the machine's."""
    found = apply_decisions([stored("a"), stored("b")], [decide("a", verdict)])
    assert zones(found) == {"a": zone, "b": Zone.ASK}
    assert found[0].link.confidence == 0.5


def test_nothing_fits_closes_a_subject_but_not_what_was_accepted() -> None:
    """The empty target speaks for all links of its subject that have no decision of their own."""
    links = [stored("a", zone=Zone.ACCEPT), stored("b"), stored("a", subject="other", zone=Zone.ACCEPT)]
    found = apply_decisions(links, [decide("", "nothing"), decide("b", "accept")])
    assert [row.link.zone for row in found] == [Zone.NOTHING, Zone.ACCEPT, Zone.ACCEPT]


def test_the_last_word_counts_whatever_the_order_of_rows() -> None:
    """Rows are appended; the latest of a target stands."""
    rows = [decide("a", "reject", day=2), decide("a", "accept", day=1)]
    assert zones(apply_decisions([stored("a")], rows)) == {"a": Zone.NOTHING}
    assert standing_decisions(rows) == (rows[0],)


def test_a_withdrawn_decision_gives_the_link_back_to_the_machine() -> None:
    """As if nobody had decided."""
    rows = [decide("a", "reject", day=1), decide("a", "withdrawn", day=2)]
    assert apply_decisions([stored("a")], rows) == (stored("a"),)


def test_a_person_may_add_what_the_machine_did_not_find() -> None:
    """An accepted target without a machine link is a link of its own."""
    found = apply_decisions([stored("a")], [decide("new", "accept")])
    assert zones(found) == {"a": Zone.ASK, "new": Zone.ACCEPT}


def test_decisions_of_another_record_change_nothing() -> None:
    """The key is record, subject and target together."""
    assert apply_decisions([stored("a", record="x")], [decide("a", "reject")]) == (stored("a", record="x"),)
