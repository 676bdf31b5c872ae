"""The shapes of answers. Nouns of the model stand as they are; amounts are decimal strings."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, WrapSerializer

from szlak.catalogue.model.catalogue import Credential, LocalText, Offer, Origin, Relation, SectionKind
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.matching import Basis, Need, PlanOffer, PlanStatus, PlanTotals, Proof, SkillState
from szlak.catalogue.model.reasons import Reason
from szlak.catalogue.model.taxonomy import ConceptKind, Label

ATTRIBUTION = "This service uses the ESCO classification of the European Commission."
T = TypeVar("T")

Reasons = Annotated[tuple[Reason, ...], Field(description="What the linker saw for the link and against it, the most telling first.")]
Explanation = Annotated[tuple[str, ...], Field(description="The same in sentences, one for each reason.")]
Attribution = Annotated[str, Field(description="To be shown wherever the data is.")]


class Answer(BaseModel):
    """An answer; nothing undocumented is in it."""

    model_config = ConfigDict(extra="forbid")


class Page(Answer, Generic[T]):
    """One page of a list. `next` is the cursor of the page after it; null at the end."""

    items: Sequence[T]
    total: int
    next: str | None = None


class EscoPage(Page[T], Generic[T]):
    """One page of a list that holds data of ESCO."""

    attribution: Attribution = ATTRIBUTION


def _leave_out_offers(credential: Credential, handler: SerializerFunctionWrapHandler) -> Any:  # noqa: ANN401 - JSON
    return {key: value for key, value in handler(credential).items() if key != "offers"}


CredentialRecord = Annotated[Credential, WrapSerializer(_leave_out_offers)]
"""A credential without its offers, which stand beside it; `application` puts its schema into the document."""


class CredentialOut(Answer):
    """A credential whose outcomes carry the links in force, and its offers (those that fit, in a list)."""

    credential: CredentialRecord
    offers: tuple[Offer, ...]


class CredentialAlone(CredentialOut):
    """One credential with all its offers."""

    attribution: Attribution = ATTRIBUTION


class FacetOut(Answer):
    """How many offers carry a value; `label` names a skill or a voivodeship."""

    value: str
    count: int
    label: str | None = None


class CredentialPageOut(EscoPage[CredentialOut]):
    """A page of credentials; `total` and facets count offers (and credentials that have none)."""

    facets: Mapping[str, tuple[FacetOut, ...]]


class OfferOut(Answer):
    """An offer with the credential it is an edition of."""

    credential_id: str
    title: LocalText
    offer: Offer


class ConceptOut(Answer):
    """A skill, occupation or group with the name to show; only a label of origin `official` is ESCO's own."""

    concept_uri: str
    kind: ConceptKind
    label: Label
    code: str | None = None
    skill_type: str | None = None
    reuse_level: str | None = None


class ReleaseOut(Answer):
    """The release of ESCO that answers."""

    release_id: str
    version: str
    origin: str


class ConceptAlone(ConceptOut):
    """A concept with all its names and what stands next to it; `essential` and `optional` are what it needs."""

    description: LocalText
    labels: tuple[Label, ...]
    broader: tuple[ConceptOut, ...]
    narrower: tuple[ConceptOut, ...]
    essential: tuple[ConceptOut, ...]
    optional: tuple[ConceptOut, ...]
    release: ReleaseOut
    attribution: Attribution = ATTRIBUTION


class OccupationOut(ConceptOut):
    """An occupation; where a job title was given, how surely it means this one. `confidence` is a probability."""

    confidence: float | None = None
    zone: Zone | None = None


class RequiredOut(Answer):
    """A skill that an advertisement or occupation asks for, and why we say so.

    With the basis `duties` it is machine-made: linked from the sentence in `duty`; in the zone `ask` a person should confirm it.
    """

    concept_uri: str
    label: str
    need: Need
    weight: int
    reason: str
    confidence: float | None
    basis: Basis | None = None
    zone: Zone | None = None
    duty: str | None = None


class OccupationAlone(ConceptAlone):
    """An occupation with what it needs: as ESCO names it, or machine-made from its duties, which `note` says in words."""

    basis: Basis
    note: str | None
    from_duties: tuple[RequiredOut, ...]


class SuggestionOut(Answer):
    """A completion; `id` is a URI, a record id or a provider's name."""

    text: str
    kind: Literal["skill", "occupation", "credential", "provider"]
    id: str


class LinkOut(Answer):
    """A concept for a text. `score` is raw, `confidence` a probability; `evidence` is [start, end) in code points of the text."""

    concept_uri: str
    label: str
    score: float
    confidence: float
    zone: Zone
    accepted: bool
    evidence: tuple[int, int] | None
    reasons: Reasons
    explanation: Explanation


class LinkedText(Answer):
    """The links of one text by falling score; `nil` says that nothing fits.

    `lang` is the language of a text in a language that is not linked, and `note` says so in words.
    """

    id: str
    links: tuple[LinkOut, ...]
    nil: bool
    lang: str | None
    note: str | None


class LinkAnswer(Answer):
    """The links of each text, in the order of the request."""

    items: tuple[LinkedText, ...]
    attribution: Attribution = ATTRIBUTION


class OutcomeLinkOut(Answer):
    """A link in force: what provider, machine and people say together about one outcome."""

    outcome_id: str
    target: str
    label: Label | None
    framework: str
    framework_version: str | None
    relation: Relation | None
    origin: Origin
    score: float | None
    confidence: float | None
    evidence: tuple[int, int] | None
    reasons: Reasons
    explanation: Explanation
    linker_version: str | None
    release: str | None


class LineOut(Answer):
    """One line of an advertisement; `start` and `end` are code points of the text; `lang` and `note` as for a linked text."""

    text: str
    section: SectionKind
    start: int
    end: int
    links: tuple[LinkOut, ...]
    nil: bool
    lang: str | None
    note: str | None


class ReadingOut(Answer):
    """An advertisement as read. Offsets count in `text`. `occupations` are what its title may mean, machine-made."""

    title: str | None
    text: str
    lines: tuple[LineOut, ...]
    skills: tuple[RequiredOut, ...]
    occupations: tuple[LinkOut, ...]
    attribution: Attribution = ATTRIBUTION


class GapSkillOut(Answer):
    """A required skill with what is known of the person's hold on it; `basis`, `zone` and `duty` as in RequiredOut."""

    concept_uri: str
    label: str
    need: Need
    weight: int
    state: SkillState
    proof: Proof | None
    reason: str
    confidence: float | None
    basis: Basis | None
    zone: Zone | None
    duty: str | None


class TargetOccupationOut(Answer):
    """An occupation among the targets, and how it is known what it needs; `note` says in words what `duties` means.

    `title` is the job title by which it was found, with the confidence of that.
    """

    concept_uri: str
    label: str
    basis: Basis
    note: str | None
    title: str | None
    confidence: float | None


class GapOut(Answer):
    """What the targets ask for, most needed first."""

    schema_version: Literal[1]
    skills: tuple[GapSkillOut, ...]
    occupations: tuple[TargetOccupationOut, ...]
    attribution: Attribution = ATTRIBUTION


class PlanOut(Answer):
    """A set of offers. `bound_pct` is how far it may be from the best, in per cent; 0 when proved the best."""

    name: str
    status: PlanStatus
    bound_pct: float
    time_limited: bool
    offers: tuple[PlanOffer, ...]
    totals: PlanTotals
    still_missing: tuple[str, ...]


class PlansOut(Answer):
    """The plans, best first; at least one, empty where nothing fits."""

    schema_version: Literal[1]
    plans: tuple[PlanOut, ...]
    occupations: tuple[TargetOccupationOut, ...]
    attribution: Attribution = ATTRIBUTION


class Health(Answer):
    """The process answers."""

    status: Literal["ok"] = "ok"
    version: str


class Ready(Answer):
    """Every part answers."""

    status: Literal["ready"] = "ready"
    parts: Mapping[str, bool]


class ProblemError(Answer):
    """One fault, with its place: a JSON pointer in the body, or a parameter."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[ProblemError, ...] = ()
    filter: Annotated[str, Field(description="The filter that has no such value.")] = ""
    suggestions: Annotated[tuple[str, ...], Field(description="The nearest values that do exist.")] = ()
    restart: Annotated[str, Field(description="Where the list starts again, when its cursor is gone.")] = ""
    parts: Annotated[Mapping[str, bool], Field(description="Which part of the catalogue answers.")] = {}
