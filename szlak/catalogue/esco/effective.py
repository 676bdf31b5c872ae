"""Which concepts an outcome teaches: what the provider says, what the machine found, what people decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from szlak.catalogue.model.catalogue import Credential, Outcome, OutcomeLink
from szlak.catalogue.model.linking import Decision, StoredLink
from szlak.catalogue.text import text_key

FRAMEWORK, QUALIFICATIONS = "ESCO", "ZSK"
_CONCEPTS = "http://data.europa.eu/esco/"

_ORDER = {"human": 0, "provider": 1, "zrk": 1, "model": 2}


def outcome_text(outcome: Outcome) -> str:
    """Return the text that is linked: Polish where there is one."""
    return outcome.text.get("pl") or next(iter(outcome.text.values()), "")


def effective_links(
    credential: Credential, stored: Sequence[StoredLink], decisions: Sequence[Decision]
) -> Mapping[str, tuple[OutcomeLink, ...]]:
    """Return the links of each outcome by its id, most certain first.

    A person's word overrides machine and provider. The provider's own links stand beside accepted machine links; a concept
    that both name keeps the provider's origin and gains the machine's evidence.
    """
    return {outcome.id: _links_of(outcome, stored, decisions) for outcome in credential.outcomes}


def taught_uris(links: Mapping[str, tuple[OutcomeLink, ...]]) -> tuple[str, ...]:
    """Return the ESCO concepts of all outcomes, each once, sorted."""
    return tuple(sorted({link.target for group in links.values() for link in group if link.framework == FRAMEWORK}))


def _links_of(outcome: Outcome, stored: Sequence[StoredLink], decisions: Sequence[Decision]) -> tuple[OutcomeLink, ...]:
    subject = text_key(outcome_text(outcome))
    machine = {row.link.concept_uri: row for row in stored if row.subject == subject and row.link.accepted}
    found = {link.target: _with_evidence(link, machine.get(link.target)) for link in outcome.links if link.origin in ("provider", "zrk")}
    for uri, row in machine.items():
        found.setdefault(uri, _from_machine(row))
    for decision in _standing(decisions, subject):
        _apply(found, decision, machine.get(decision.target))
    return tuple(sorted(found.values(), key=lambda link: (_ORDER[link.origin], -(link.confidence or 0), link.target)))


def _standing(decisions: Sequence[Decision], subject: str) -> list[Decision]:
    """Return the last decision about each target of a subject, without those withdrawn; "nothing fits" comes first."""
    mine = sorted((d for d in decisions if d.subject == subject), key=lambda d: (d.decided_at, d.decision_id or 0))
    latest = {decision.target: decision for decision in mine}
    return sorted((d for d in latest.values() if d.verdict != "withdrawn"), key=lambda d: (d.verdict != "nothing", d.target))


def _apply(found: dict[str, OutcomeLink], decision: Decision, row: StoredLink | None) -> None:
    if decision.verdict == "nothing":
        found.clear()
    elif decision.verdict == "reject":
        found.pop(decision.target, None)
    else:
        found[decision.target] = OutcomeLink(
            target=decision.target,
            framework=FRAMEWORK if decision.target.startswith(_CONCEPTS) else QUALIFICATIONS,
            relation=decision.relation,
            origin="human",
            confidence=1.0,
            evidence=row.link.evidence if row else None,
            reviewed_by=decision.decided_by,
            release=decision.release,
        )


def _from_machine(row: StoredLink) -> OutcomeLink:
    return OutcomeLink(
        target=row.link.concept_uri,
        framework=FRAMEWORK,
        framework_version=row.release.rpartition("-")[2],
        origin="model",
        score=row.link.score,
        confidence=row.link.confidence,
        evidence=row.link.evidence,
        linker_version=row.linker_version,
        release=row.release,
    )


def _with_evidence(stated: OutcomeLink, row: StoredLink | None) -> OutcomeLink:
    if row is None or stated.evidence is not None:
        return stated
    return replace(stated, score=row.link.score, evidence=row.link.evidence)
