"""Rows <-> nouns. `*_values` make what a table stores; the others make the noun again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from szlak.catalogue.errors import StoreError
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Credential, Offer, Outcome, Provider, Record, Vacancy
from szlak.catalogue.model.harvest import HarvestReport, RawRecord, RecordInvalid
from szlak.catalogue.model.linking import Decision, Link, StoredLink, Zone
from szlak.catalogue.model.reasons import Reason
from szlak.catalogue.model.search import Generation
from szlak.catalogue.model.taxonomy import Release
from szlak.catalogue.records import adapter, check_ids, format_json, format_line
from szlak.catalogue.store.sql import Values
from szlak.catalogue.text import text_key

T = TypeVar("T")

# --- records


def settle(record: Record) -> Record:
    """Return the record as it is stored: with its ids, without links that only a linker or a curator may give.

    Raises:
        RecordRefused: an id cannot be stored, or two offers of a credential have the same one.
    """
    settled: Record = record
    if isinstance(record, Vacancy) and not record.record_id:
        settled = replace(record, record_id=f"vacancy:{text_key(record.text)}")
    elif isinstance(record, Credential):
        offers = tuple(_settle_offer(record.record_id, offer) for offer in record.offers)
        settled = replace(record, outcomes=tuple(map(_stated_outcome, record.outcomes)), offers=offers)
    check_ids(settled)
    return settled


def _settle_offer(record_id: str, offer: Offer) -> Offer:
    return offer if offer.offer_id else replace(offer, offer_id=f"{record_id}/{offer.source_id}")


def _stated_outcome(outcome: Outcome) -> Outcome:
    # Reasons are the linker's, whoever states the link.
    return replace(outcome, links=tuple(replace(link, reasons=()) for link in outcome.links if link.origin in ("provider", "zrk")))


def body_of(record: Record) -> dict[str, Any]:
    """Return the JSON object of a record."""
    body: dict[str, Any] = format_json(record)
    return body


def hash_record(body: Mapping[str, Any]) -> str:
    """Return the hash that decides whether a record has changed: of everything but the time it was fetched."""
    provenance = body.get("provenance")
    content = {**body, "provenance": {**provenance, "fetched_at": None}} if provenance else body
    return hash_json(content)


def hash_json(value: object) -> str:
    """Return `sha256:` and the hexadecimal hash of a JSON value's canonical line."""
    # Half characters are refused where the text is stored, with a sentence about it.
    return "sha256:" + hashlib.sha256(format_line(value).encode(errors="surrogatepass")).hexdigest()


def provider_values(provider: Provider) -> Values:
    """Return the row of a provider. Two ways of stating one are two rows: the store does not guess that they are the same."""
    body = format_json(provider)
    return {"provider_id": hash_json(body)[7:39], "body": format_line(body)}


def credential_values(credential: Credential, body: Mapping[str, Any], provider_id: str) -> Values:
    """Return the row of a credential; provider and offers are rows of their own and left out of its body."""
    return {
        "record_id": credential.record_id,
        "source": credential.provenance.source,
        "source_id": credential.provenance.source_id,
        "kind": credential.kind,
        "provider_id": provider_id,
        "content_hash": hash_record(body),
        "title": format_line(body["title"]),
        "body": format_line({key: value for key, value in body.items() if key not in ("provider", "offers")}),
    }


def offer_values(credential: Credential, body: Mapping[str, Any]) -> list[Values]:
    """Return the rows of a credential's offers, in their order."""
    owner = {"record_id": credential.record_id, "source": credential.provenance.source}
    return [
        {**owner, "offer_id": offer["offer_id"], "position": position, "source_id": offer["source_id"], "body": format_line(offer)}
        for position, offer in enumerate(body["offers"])
    ]


def credential_from(body: str, provider: str, offers: Sequence[str]) -> Credential:
    """Return the credential of the bodies of its rows."""
    # Joined as text: reading the parts only to write them again for the reader would take most of the time.
    return record_from(Credential, f'{body[:-1]},"provider":{provider},"offers":[{",".join(offers)}]}}')


def record_from(noun: type[T], body: str) -> T:
    """Return the noun of a stored body.

    Raises:
        StoreError: the body is not one of this version.
    """
    try:
        found: T = adapter(noun).validate_json(body)  # type: ignore[arg-type]
    except ValidationError as error:
        reason = Message("{what} in the database cannot be read: {reason}.", {"what": noun.__name__, "reason": error.errors()[0]["msg"]})
        raise StoreError(reason) from error
    return found


def whole_values(record: Record, body: Mapping[str, Any]) -> Values:
    """Return the row of a vacancy or qualification."""
    source = record.provenance.source if record.provenance else None
    return {"record_id": record.record_id, "source": source, "content_hash": hash_record(body), "body": format_line(body)}


# --- taxonomy


def release_values(release: Release) -> Values:
    """Return the row of a release."""
    return {
        "release_id": release.release_id,
        "version": release.version,
        "origin": release.origin,
        "languages": format_line(release.languages),
        "content_hash": release.content_hash,
        "imported_at": release.imported_at,
    }


def release_from(row: Any) -> Release:  # noqa: ANN401 - a row of `release`
    """Return the release of a row."""
    return Release(
        release_id=row.release_id,
        version=row.version,
        origin=row.origin,
        languages=tuple(json.loads(row.languages)),
        content_hash=row.content_hash,
        imported_at=row.imported_at,
    )


# --- links and decisions


def link_values(stored: StoredLink, position: int) -> Values:
    """Return the row of a machine link."""
    start, end = stored.link.evidence or (None, None)
    return {
        "record_id": stored.record_id,
        "subject": stored.subject,
        "concept_uri": stored.link.concept_uri,
        "position": position,
        "label": stored.link.label,
        "score": float(stored.link.score),
        "confidence": float(stored.link.confidence),
        "zone": stored.link.zone.value,
        "evidence_start": start,
        "evidence_end": end,
        "reasons": format_line(stored.link.reasons),
        "linker_version": stored.linker_version,
        "release": stored.release,
    }


def link_from(row: Any) -> StoredLink:  # noqa: ANN401 - a row of `link`
    """Return the machine link of a row."""
    evidence = None if row.evidence_start is None else (row.evidence_start, row.evidence_end)
    link = Link(
        concept_uri=row.concept_uri,
        label=row.label,
        score=row.score,
        confidence=row.confidence,
        zone=Zone(row.zone),
        evidence=evidence,
        reasons=tuple(map(Reason, json.loads(row.reasons))),
    )
    return StoredLink(record_id=row.record_id, subject=row.subject, link=link, linker_version=row.linker_version, release=row.release)


DECISION_FIELDS = ("record_id", "subject", "target", "verdict", "relation", "decided_by", "decided_at", "release", "linker_version")


def decision_values(decision: Decision) -> Values:
    """Return the row of a decision, without the number that the database gives it."""
    return {name: getattr(decision, name) for name in DECISION_FIELDS}


def decision_from(row: Any) -> Decision:  # noqa: ANN401 - a row of `decision`
    """Return the decision of a row."""
    return Decision(decision_id=row.decision_id, **{name: getattr(row, name) for name in DECISION_FIELDS})


# --- harvest


def raw_values(raw: RawRecord) -> Values:
    """Return the row of a payload."""
    return {
        "source": raw.source,
        "source_id": raw.source_id,
        "content_hash": raw.content_hash,
        "payload": format_line(raw.payload),
        "fetched_at": raw.fetched_at,
        "redactions": raw.redactions,
    }


def raw_from(row: Any) -> RawRecord:  # noqa: ANN401 - a row of `raw_record`
    """Return the payload of a row."""
    return RawRecord(
        source=row.source,
        source_id=row.source_id,
        payload=json.loads(row.payload),
        content_hash=row.content_hash,
        fetched_at=row.fetched_at,
        redactions=row.redactions,
    )


REPORT_FIELDS = ("source", "started_at", "finished_at", "complete", "read", "new", "changed", "unchanged", "redactions")


def report_values(report: HarvestReport) -> Values:
    """Return the row of a report, without its refused records."""
    return {name: getattr(report, name) for name in REPORT_FIELDS}


def report_from(row: Any, invalid: Sequence[RecordInvalid]) -> HarvestReport:  # noqa: ANN401 - a row of `harvest_report`
    """Return the report of a row and its refused records."""
    return HarvestReport(invalid=tuple(invalid), **{name: getattr(row, name) for name in REPORT_FIELDS})


def invalid_values(report_id: int, number: int, invalid: RecordInvalid) -> Values:
    """Return the row of a refused record."""
    return {
        "report_id": report_id,
        "number": number,
        "source": invalid.source,
        "position": invalid.position,
        "reasons": format_line([_message_json(reason) for reason in invalid.reasons]),
        "payload_excerpt": invalid.payload_excerpt,
    }


def invalid_from(row: Any) -> RecordInvalid:  # noqa: ANN401 - a row of `record_invalid`
    """Return the refused record of a row."""
    reasons = tuple(_message_from(reason) for reason in json.loads(row.reasons))
    return RecordInvalid(source=row.source, position=row.position, reasons=reasons, payload_excerpt=row.payload_excerpt)


def _message_json(message: Message) -> dict[str, Any]:
    params = {
        name: {"message": _message_json(value)} if isinstance(value, Message) else {"value": _plain(value)}
        for name, value in message.params.items()
    }
    return {"id": message.id, "params": params, "plural": message.plural, "n": message.n}


def _message_from(value: Mapping[str, Any]) -> Message:
    params = {name: _message_from(param["message"]) if "message" in param else param["value"] for name, param in value["params"].items()}
    return Message(value["id"], params, plural=value["plural"], n=value["n"])


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | float) else str(value)


# --- index generations


def generation_values(generation: Generation, payload: bytes | None) -> Values:
    """Return the row of a generation."""
    return {
        "generation_id": generation.generation_id,
        "fingerprint": generation.fingerprint,
        "built_at": generation.built_at,
        "documents": format_line(dict(generation.documents)),
        "payload": payload,
    }


def generation_from(row: Any) -> Generation:  # noqa: ANN401 - a row of `generation`
    """Return the generation of a row."""
    return Generation(
        generation_id=row.generation_id,
        fingerprint=row.fingerprint,
        built_at=row.built_at,
        documents=json.loads(row.documents),
    )
