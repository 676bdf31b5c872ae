"""Which concepts an outcome teaches: what the provider says, what the machine found, what people decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from szlak.catalogue.esco.decisions import FRAMEWORK, apply_decisions
from szlak.catalogue.model.catalogue import Credential, Outcome, OutcomeLink
from szlak.catalogue.model.linking import Decision, StoredLink
from szlak.catalogue.text import text_key

_ORDER = {"human": 0, "provider": 1, "zrk": 1, "model": 2}


def outcome_text(outcome: Outcome) -> str:
    """Return the text that is linked: Polish where there is one."""
    return outcome.text.get("pl") or next(iter(outcome.text.values()), "")


def outcome_lang(outcome: Outcome) -> str | None:
    """Return the language that a provider states for that text; None for Polish, which is often stated for want of a choice."""
    return None if outcome.text.get("pl") else next(iter(outcome.text), None)


def effective_links(
    credential: Credential, stored: Sequence[StoredLink], decisions: Sequence[Decision]
) -> Mapping[str, tuple[OutcomeLink, ...]]:
    """Return the links of each outcome by its id, most certain first.

    A person's word overrides machine and provider. The provider's own links stand beside accepted machine links; a concept
    that both name keeps the provider's origin and gains the machine's evidence and reasons.
    """
    return {outcome.id: _links_of(outcome, stored, decisions) for outcome in credential.outcomes}


def taught_uris(links: Mapping[str, tuple[OutcomeLink, ...]]) -> tuple[str, ...]:
    """Return the ESCO concepts of all outcomes, each once, sorted."""
    return tuple(sorted({link.target for group in links.values() for link in group if link.framework == FRAMEWORK}))


def _links_of(outcome: Outcome, stored: Sequence[StoredLink], decisions: Sequence[Decision]) -> tuple[OutcomeLink, ...]:
    subject = text_key(outcome_text(outcome))
    machine = {row.link.concept_uri: row for row in stored if row.subject == subject}
    stated = {link.target: _with_evidence(link, machine.get(link.target)) for link in outcome.links if link.origin in ("provider", "zrk")}
    found = {uri: _from_machine(row) for uri, row in machine.items()} | stated
    decided = apply_decisions(found.values(), [decision for decision in decisions if decision.subject == subject])
    taught = (link for link in decided if link.origin != "model" or machine[link.target].link.accepted)
    return tuple(sorted(taught, key=lambda link: (_ORDER[link.origin], -(link.confidence or 0), link.target)))


def _from_machine(row: StoredLink) -> OutcomeLink:
    return OutcomeLink(
        target=row.link.concept_uri,
        framework=FRAMEWORK,
        framework_version=row.release.rpartition("-")[2],
        origin="model",
        score=row.link.score,
        confidence=row.link.confidence,
        evidence=row.link.evidence,
        reasons=row.link.reasons,
        linker_version=row.linker_version,
        release=row.release,
    )


def _with_evidence(stated: OutcomeLink, row: StoredLink | None) -> OutcomeLink:
    if row is None:
        return stated
    explained = replace(stated, reasons=row.link.reasons)
    return explained if stated.evidence is not None else replace(explained, score=row.link.score, evidence=row.link.evidence)
