"""What people decided, laid over what machine and provider say."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from szlak.catalogue.model.catalogue import OutcomeLink
from szlak.catalogue.model.linking import Decision

FRAMEWORK, QUALIFICATIONS = "ESCO", "ZSK"

_CONCEPTS = "http://data.europa.eu/esco/"


def last_words(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the last decision of each person on each (record, subject, target), oldest first; what a person withdrew is none."""
    latest: dict[tuple[str, str, str, str], Decision] = {}
    for decision in sorted(decisions, key=_by_arrival):
        latest[decision.record_id, decision.subject, decision.target, decision.decided_by] = decision
    return tuple(sorted((decision for decision in latest.values() if decision.verdict != "withdrawn"), key=_by_arrival))


def standing_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decision in force on each (record, subject, target), by those three: the last one that was not withdrawn.

    A person withdraws only their own word; what somebody else had decided before is then in force again.
    """
    latest = {(decision.record_id, decision.subject, decision.target): decision for decision in last_words(decisions)}
    return tuple(decision for _, decision in sorted(latest.items()))


def apply_decisions(links: Iterable[OutcomeLink], decisions: Iterable[Decision]) -> tuple[OutcomeLink, ...]:
    """Return the links of one subject with people's word over them.

    An accepted target becomes a person's link and keeps what the old one had for evidence and reasons; a rejected one goes; under
    "nothing fits" everything goes that no person accepted. What people added comes last.
    """
    before = {link.target: link for link in links}
    standing = standing_decisions(decisions)
    nothing = any(decision.verdict == "nothing" for decision in standing)
    rejected = {decision.target for decision in standing if decision.verdict == "reject"}
    accepted = {decision.target: _decided(decision, before) for decision in standing if decision.verdict == "accept"}
    kept = {} if nothing else {target: link for target, link in before.items() if target not in rejected}
    return tuple((kept | accepted).values())


def _by_arrival(decision: Decision) -> tuple[int, datetime]:
    """Order decisions as they were stored: clocks of several machines differ, and may be set back."""
    return decision.decision_id or 0, decision.decided_at


def _decided(decision: Decision, before: Mapping[str, OutcomeLink]) -> OutcomeLink:
    person = OutcomeLink(
        target=decision.target,
        framework=FRAMEWORK if decision.target.startswith(_CONCEPTS) else QUALIFICATIONS,
        relation=decision.relation,
        origin="human",
        confidence=1.0,
        reviewed_by=decision.decided_by,
        release=decision.release,
    )
    old = before.get(decision.target)
    return replace(person, evidence=old.evidence, reasons=old.reasons) if old else person
