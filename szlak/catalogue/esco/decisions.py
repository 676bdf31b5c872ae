"""What people decided, laid over what the machine found."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from szlak.catalogue.model.linking import Decision, Link, StoredLink, Zone


def standing_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the last decision on each (record, subject, target), by those three; one that was withdrawn decides nothing."""
    latest: dict[tuple[str, str, str], Decision] = {}
    for decision in sorted(decisions, key=lambda row: (row.decided_at, row.decision_id or 0)):
        latest[decision.record_id, decision.subject, decision.target] = decision
    return tuple(decision for _, decision in sorted(latest.items()) if decision.verdict != "withdrawn")


def apply_decisions(links: Sequence[StoredLink], decisions: Sequence[Decision]) -> tuple[StoredLink, ...]:
    """Return the links with people's word over the machine's, in the same order; what people added comes last.

    An accepted target is in zone accept, a rejected one in zone nothing, and under "nothing fits" every other link of that
    subject is too. Score and confidence stay the machine's; a target that the machine did not find has score 0 and
    confidence 1, and its URI for a label.
    """
    standing = {(row.record_id, row.subject, row.target): row for row in standing_decisions(decisions)}
    decided = [_decide(row, standing) for row in links]
    known = {(row.record_id, row.subject, row.link.concept_uri) for row in links}
    return (*decided, *(_added(row) for key, row in standing.items() if row.verdict == "accept" and key not in known))


def _decide(row: StoredLink, standing: dict[tuple[str, str, str], Decision]) -> StoredLink:
    own = standing.get((row.record_id, row.subject, row.link.concept_uri))
    if own is not None:
        zone = Zone.ACCEPT if own.verdict == "accept" else Zone.NOTHING
    elif _says_nothing(standing.get((row.record_id, row.subject, ""))):
        zone = Zone.NOTHING
    else:
        return row
    return replace(row, link=replace(row.link, zone=zone))


def _says_nothing(decision: Decision | None) -> bool:
    return decision is not None and decision.verdict == "nothing"


def _added(row: Decision) -> StoredLink:
    link = Link(concept_uri=row.target, label=row.target, score=0.0, confidence=1.0, zone=Zone.ACCEPT)
    return StoredLink(record_id=row.record_id, subject=row.subject, link=link, linker_version=row.linker_version, release=row.release)
