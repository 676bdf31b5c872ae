"""What people decided, laid over what machine and provider say."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from szlak.catalogue.model.catalogue import OutcomeLink
from szlak.catalogue.model.linking import Decision

FRAMEWORK, QUALIFICATIONS = "ESCO", "ZSK"

_CONCEPTS = "http://data.europa.eu/esco/"


def standing_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the last decision on each (record, subject, target), by those three; one that was withdrawn decides nothing."""
    latest: dict[tuple[str, str, str], Decision] = {}
    for decision in sorted(decisions, key=lambda row: (row.decided_at, row.decision_id or 0)):
        latest[decision.record_id, decision.subject, decision.target] = decision
    return tuple(decision for _, decision in sorted(latest.items()) if decision.verdict != "withdrawn")


def apply_decisions(links: Iterable[OutcomeLink], decisions: Iterable[Decision]) -> tuple[OutcomeLink, ...]:
    """Return the links of one subject with people's word over them.

    An accepted target becomes a person's link and keeps what the old one had for evidence; a rejected one goes; under
    "nothing fits" everything goes that no person accepted. What people added comes last.
    """
    before = {link.target: link for link in links}
    standing = standing_decisions(decisions)
    nothing = any(decision.verdict == "nothing" for decision in standing)
    rejected = {decision.target for decision in standing if decision.verdict == "reject"}
    accepted = {decision.target: _decided(decision, before) for decision in standing if decision.verdict == "accept"}
    kept = {} if nothing else {target: link for target, link in before.items() if target not in rejected}
    return tuple((kept | accepted).values())


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
    return replace(person, evidence=old.evidence) if old else person
