"""Records, releases and links that the contract tests of the store keep."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import (
    Credential,
    Location,
    Offer,
    Outcome,
    OutcomeLink,
    Price,
    Provenance,
    Provider,
    Qualification,
    Record,
    Vacancy,
)
from szlak.catalogue.model.harvest import HarvestReport, RawRecord, RecordInvalid
from szlak.catalogue.model.linking import Decision, Link, StoredLink, Verdict, Zone
from szlak.catalogue.model.search import Generation
from szlak.catalogue.model.taxonomy import (
    Concept,
    ConceptKind,
    ConceptRelation,
    Label,
    LabelOrigin,
    LabelRole,
    RelationKind,
    Release,
    ReleaseContent,
)

NOON = datetime(2027, 1, 5, 12, 0, 0, 123456, tzinfo=UTC)
SEWING = "http://data.europa.eu/esco/skill/sewing"
FABRIC = "http://data.europa.eu/esco/skill/fabric"


def make_offer(source_id: str, **changes: object) -> Offer:
    offer = Offer(
        source_id=source_id,
        price=Price(amount=Decimal("900.10")),
        starts=date(2027, 2, 1),
        location=Location(teryt="1465011", locality="Warszawa", online=False),
    )
    return replace(offer, **changes)


def make_credential(record_id: str = "mc:test:1", *offers: Offer, source: str = "test", **changes: object) -> Credential:
    credential = Credential(
        record_id=record_id,
        kind="micro-credential",
        title={"pl": "Szycie przemysłowe", "en": "Industrial sewing"},
        provider=Provider(name="Pracownia Przykładowa", nip="0000000000"),
        outcomes=(Outcome(id="lo:1", text={"pl": "Szyje na maszynie przemysłowej"}, links=(make_stated("provider"),)),),
        offers=offers,
        provenance=Provenance(source=source, source_id=record_id),
    )
    return replace(credential, **changes)


def make_stated(origin: str, target: str = SEWING) -> OutcomeLink:
    return OutcomeLink(target=target, framework="ESCO", framework_version="1.2.1", origin=origin)  # type: ignore[arg-type]


def make_vacancy(record_id: str | None = None, text: str = "Szukamy krawcowej.") -> Vacancy:
    return Vacancy(record_id=record_id, title="Krawcowa", text=text, provenance=Provenance(source="test", source_id="v"))


def make_qualification(record_id: str = "zsk:1") -> Qualification:
    return Qualification(record_id=record_id, title={"pl": "Szycie"}, prk_level=3, provenance=Provenance(source="test", source_id="q"))


def all_records() -> tuple[Record, ...]:
    return (make_credential("mc:test:1", make_offer("1"), make_offer("2")), make_vacancy("v:1"), make_qualification())


def make_link(record_id: str, subject: str, uri: str, zone: Zone = Zone.ACCEPT) -> StoredLink:
    link = Link(concept_uri=uri, label="szycie", score=1.25, confidence=0.875, zone=zone, evidence=(0, 5))
    return StoredLink(record_id=record_id, subject=subject, link=link, linker_version="lexical-1", release="starter-1.2.1")


def make_decision(record_id: str, subject: str, target: str, verdict: Verdict = "accept") -> Decision:
    return Decision(
        record_id=record_id,
        subject=subject,
        target=target,
        verdict=verdict,
        relation="exactMatch" if verdict == "accept" else None,
        decided_by="kuratorka",
        decided_at=NOON,
        release="starter-1.2.1",
        linker_version="lexical-1",
    )


def make_release(release_id: str = "esco-1.2.1", *, uris: tuple[str, ...] = (SEWING, FABRIC)) -> ReleaseContent:
    return ReleaseContent(
        release=Release(
            release_id=release_id, version="1.2.1", origin="esco", languages=("pl", "en"), content_hash="sha256:0", imported_at=NOON
        ),
        concepts=tuple(_concept(uri) for uri in uris),
        relations=tuple(ConceptRelation(source=uri, kind=RelationKind.BROADER, target="urn:group") for uri in uris),
        collections={"digital": uris},
    )


def _concept(uri: str) -> Concept:
    labels = (
        Label(text="szyć", lang="pl", role=LabelRole.PREFERRED, origin=LabelOrigin.OFFICIAL),
        Label(text="sew", lang="en", role=LabelRole.ALTERNATIVE, origin=LabelOrigin.OURS),
    )
    return Concept(concept_uri=uri, kind=ConceptKind.SKILL, labels=labels, skill_type="skill/competence", description={"pl": "Szycie."})


def make_raw(content_hash: str = "sha256:1") -> RawRecord:
    return RawRecord(source="test", source_id="1", payload={"title": "Szycie"}, content_hash=content_hash, fetched_at=NOON, redactions=2)


def make_report(source: str = "test") -> HarvestReport:
    reason = Message("{n} thing in {place}.", {"place": Message("line {line}", {"line": 3})}, plural="{n} things in {place}.", n=2)
    invalid = RecordInvalid(source=source, position="line 3", reasons=(reason,), payload_excerpt="{}")
    return HarvestReport(
        source=source,
        started_at=NOON,
        finished_at=NOON,
        complete=True,
        read=4,
        new=1,
        changed=1,
        unchanged=1,
        invalid=(invalid,),
        redactions=2,
    )


def make_generation(generation_id: str = "g1") -> Generation:
    return Generation(generation_id=generation_id, fingerprint="f", built_at=NOON, documents={"offers": 3})
