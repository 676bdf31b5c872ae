"""What the catalogue holds: credentials with their offers, qualifications and vacancies.

The shapes are those of the record format (docs/reference/record-format.md); every code carries its scheme and version.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Literal

from szlak.catalogue.model.noun import Amount, Count, Grade, Share, noun
from szlak.catalogue.model.reasons import Reason

LocalText = Mapping[str, str]
"""A text by language code, for example `{"pl": "…"}`; an absent language is unknown, not empty."""

Kind = Literal["micro-credential", "course", "badge", "zsk-partial", "zsk-full", "study-programme"]
OutcomeKind = Literal["skill", "knowledge", "social-competence"]
Relation = Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]
Origin = Literal["provider", "zrk", "model", "human"]
Mode = Literal["presential", "online", "blended", "project", "workbased", "lab"]
Setting = Literal["formal", "non-formal", "informal"]
Supervision = Literal["unsupervised-no-id", "supervised-no-id", "supervised-id"]
LevelBasis = Literal["zsk", "provider-declared", "none"]
SectionKind = Literal["duties", "must", "nice", "offer", "praise", "legal", "other"]


@noun
class Registers:
    """The provider's numbers in public registers."""

    bur: str | None = None
    ris: str | None = None
    rspo: str | None = None
    polon: str | None = None


@noun
class Provider:
    """Who teaches and publishes the offer."""

    name: str
    nip: str | None = None
    regon: str | None = None
    registers: Registers = Registers()


@noun
class AwardingBody:
    """Who awards the credential; `country` is an ISO 3166-1 alpha-2 code."""

    name: str
    country: str | None = None


@noun
class OutcomeLink:
    """A learning outcome tied to a concept of a framework.

    `score` is raw, `confidence` a probability in [0, 1]; `evidence` is `[start, end)` in code points of the Polish text.
    `reasons` say what the linker saw for the link and against it, whoever made it.
    """

    target: str
    framework: str
    framework_version: str | None = None
    relation: Relation | None = None
    origin: Origin
    score: float | None = None
    confidence: Share | None = None
    evidence: tuple[int, int] | None = None
    reasons: tuple[Reason, ...] = ()
    reviewed_by: str | None = None
    linker_version: str | None = None
    release: str | None = None


@noun
class Outcome:
    """What a person will know or be able to do."""

    id: str
    text: LocalText
    criteria: tuple[str, ...] = ()
    kind: OutcomeKind | None = None
    reuse_level: str | None = None
    links: tuple[OutcomeLink, ...] = ()


@noun
class Workload:
    """Notional workload; `stated_as` says which of the two the source itself gave."""

    ects: Amount | None = None
    hours: Amount | None = None
    stated_as: Literal["ects", "hours", "ects+hours"] | None = None


@noun
class Level:
    """Level in the Polish (PRK, 1 to 8) and European (EQF, 1 to 8) frameworks, with the basis of the claim."""

    prk: Grade | None = None
    eqf: Grade | None = None
    qf_ehea_cycle: str | None = None
    srk: tuple[str, ...] = ()
    basis: LevelBasis | None = None


@noun
class Assessment:
    """How the outcomes are assessed; `type` is a URI of the ELM list."""

    type: str | None = None
    label: str | None = None
    supervision: Supervision | None = None


@noun
class Participation:
    """Form of taking part."""

    mode: Mode | None = None
    setting: Setting | None = None


@noun
class QualityAssurance:
    """A quality mark, for example an entry in a register."""

    type: str
    scheme: str | None = None
    evidence_url: str | None = None


@noun
class ZskEntry:
    """The entry of the Integrated Qualifications Register that stands behind a credential."""

    register_id: str | None = None
    category: str | None = None
    code: str | None = None


@noun
class Stackability:
    """Whether the credential stands alone or counts towards something larger."""

    mode: Literal["stand-alone", "integrated", "stackable"] | None = None
    towards: tuple[str, ...] = ()


@noun
class Price:
    """A price as the provider states it; `amount` is exact, never a float."""

    amount: Amount
    currency: Literal["PLN"] = "PLN"
    per: Literal["participant", "service"] | None = None
    vat: Literal["included", "excluded", "exempt"] | None = None


@noun
class Location:
    """Where an offer takes place; `teryt` is a code of 2, 4 or 7 digits."""

    teryt: str | None = None
    locality: str | None = None
    online: bool | None = None


@noun
class Meeting:
    """One dated meeting of an offer; `from` and `to` are local times in Poland."""

    date: date
    from_: time | None = None
    to: time | None = None


@noun
class Offer:
    """One edition of a credential: dates, price and place. What is null is unknown."""

    offer_id: str | None = None
    source_id: str
    url: str | None = None
    price: Price | None = None
    starts: date | None = None
    ends: date | None = None
    enrol_until: date | None = None
    places: Count | None = None
    location: Location = Location()
    mode: Mode | None = None
    language: tuple[str, ...] | None = None
    hours: Amount | None = None
    hours_per_week: Amount | None = None
    full: bool | None = None
    schedule: tuple[Meeting, ...] | None = None


@noun
class Funding:
    """A funding scheme that the source names for the credential."""

    scheme: str
    basis: str | None = None
    condition: str | None = None
    as_of: date | None = None


@noun
class Issuance:
    """In which digital formats the credential is issued."""

    formats: tuple[str, ...] = ()
    issuer_app: str | None = None
    badgeclass: str | None = None


@noun
class Provenance:
    """Where a record comes from: source, id there, time, content and licence."""

    source: str
    source_id: str
    fetched_at: datetime | None = None
    content_hash: str | None = None
    licence: str | None = None
    raw_ref: str | None = None


@noun
class AnnexOne:
    """Completeness after Annex I of the Council Recommendation of 16 June 2022."""

    complete: bool
    missing: tuple[str, ...] = ()


@noun
class Requirement:
    """What must be there before a person can enrol: exactly one of credential id, skill URI or PRK level."""

    credential: str | None = None
    skill: str | None = None
    level: Grade | None = None


@noun
class Credential:
    """One credential specification with none or more offers."""

    schema_version: Literal[1] = 1
    record: Literal["credential"] = "credential"
    record_id: str
    kind: Kind
    title: LocalText
    description: LocalText | None = None
    provider: Provider
    awarding_body: tuple[AwardingBody, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    workload: Workload = Workload()
    level: Level = Level()
    assessment: tuple[Assessment, ...] = ()
    participation: Participation = Participation()
    quality_assurance: tuple[QualityAssurance, ...] = ()
    zsk: ZskEntry = ZskEntry()
    stackability: Stackability = Stackability()
    prerequisites: LocalText | None = None
    requires: tuple[Requirement, ...] | None = None
    language: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    funding: tuple[Funding, ...] = ()
    credential: Issuance = Issuance()
    provenance: Provenance
    annex1: AnnexOne | None = None
    demonstration: bool | None = None


@noun
class QualificationOutcome:
    """An outcome of a qualification's set, with its verification criteria."""

    nr: str
    opis: str
    kryteria: tuple[str, ...] = ()


@noun
class OutcomeSet:
    """A set of outcomes of a qualification; Polish keys as the register has them."""

    nr: int
    nazwa: str
    poziom_prk: Grade | None = None
    naklad_godzin: Amount | None = None
    rodzaj: str | None = None
    efekty: tuple[QualificationOutcome, ...] = ()


@noun
class Qualification:
    """A qualification of the Integrated Qualifications System (ZSK)."""

    schema_version: Literal[1] = 1
    record: Literal["qualification"] = "qualification"
    record_id: str
    title: LocalText
    category: str | None = None
    register_id: str | None = None
    code: str | None = None
    status: str | None = None
    prk_level: Grade | None = None
    workload_hours: Amount | None = None
    sets: tuple[OutcomeSet, ...] = ()
    provenance: Provenance
    demonstration: bool | None = None


@noun
class Section:
    """One part of a vacancy, as read."""

    kind: SectionKind
    text: str


@noun
class KzisCode:
    """An occupation code of the Polish classification with the version it belongs to."""

    code: str
    version: str


@noun
class Vacancy:
    """A job advertisement. Only its text is needed; the rest may be unknown."""

    schema_version: Literal[1] = 1
    record: Literal["vacancy"] = "vacancy"
    record_id: str | None = None
    title: str | None = None
    text: str
    sections: tuple[Section, ...] | None = None
    kzis: KzisCode | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    demonstration: bool | None = None
    provenance: Provenance | None = None


Record = Credential | Vacancy | Qualification
