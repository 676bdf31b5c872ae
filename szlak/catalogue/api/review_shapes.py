"""The shapes of review: what is asked, what is answered. A decision is shown as it is stored, with the concept's name beside it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from szlak.catalogue.api.requests import Body, PagedQuery
from szlak.catalogue.api.schemas import Answer, EscoPage, Explanation, Reasons
from szlak.catalogue.api.validation import Query, Value
from szlak.catalogue.model.catalogue import LocalText, Relation
from szlak.catalogue.model.linking import Verdict, Zone
from szlak.catalogue.model.taxonomy import Label
from szlak.catalogue.services.review import State
from szlak.catalogue.services.review_board import SubjectKind

Subject = Annotated[Value, Field(description="Key of the text: the first 32 hexadecimal digits of the SHA-256 of its words in lower case.")]


class QueueQuery(PagedQuery):
    """Which texts."""

    state: Annotated[
        State, Field(description="Those that wait, those only others decided, those people differ on, those that are done, all.")
    ] = "waiting"
    kind: Annotated[SubjectKind | None, Field(description="Outcomes of credentials, or requirements of vacancies.")] = None
    provider: Value | None = None
    record: Annotated[Value | None, Field(description="A credential's or vacancy's id.")] = None


class HistoryQuery(PagedQuery):
    """Whose history."""

    record: Value
    subject: Subject


class AgreementQuery(PagedQuery):
    """Which two reviewers; without them every two who judged something in common."""

    a: Value | None = None
    b: Value | None = None


class UndoRequest(Body):
    """Which of the curator's own decisions is withdrawn; `target` is empty for "nothing fits"."""

    record_id: Value
    subject: Subject
    target: Query = ""


class DecisionRequest(UndoRequest):
    """What the curator says; `release` and `linker_version` are those of the item that was seen."""

    verdict: Literal["accept", "reject", "nothing"]
    relation: Relation | None = None
    release: Value | None = None
    linker_version: Value | None = None


class DecisionOut(Answer):
    """A decision with the name of its target; `target` is empty for "nothing fits"."""

    decision_id: int
    record_id: str
    subject: str
    target: str
    label: str | None
    verdict: Verdict
    relation: Relation | None
    decided_by: str
    decided_at: datetime
    release: str
    linker_version: str


class DecidedOut(Answer):
    """The decision in force; `recorded` is false where the curator had said the same before."""

    decision: DecisionOut
    recorded: bool


class CandidateOut(Answer):
    """A concept that may fit. Score to explanation are the machine's, null or empty where it did not name the concept."""

    concept_uri: str
    label: str
    skill_type: str | None
    reuse_level: str | None
    broader: Annotated[tuple[Label, ...], Field(description="What stands above it, the widest first.")]
    alternatives: tuple[str, ...]
    description: LocalText
    sentences: tuple[str, ...]
    score: float | None
    confidence: float | None
    zone: Zone | None
    evidence: tuple[int, int] | None
    reasons: Reasons
    explanation: Explanation
    stated: Annotated[bool, Field(description="The provider names the concept.")]
    waiting: bool
    decision: Annotated[DecisionOut | None, Field(description="The decision in force.")]


class ReviewItemOut(Answer):
    """A text under review. `value` orders the queue: doubt about its links times what depends on the answer."""

    kind: SubjectKind
    record_id: str
    subject: str
    title: LocalText
    provider: Annotated[str, Field(description="Empty for a vacancy.")]
    text: str
    lang: str
    value: float
    uncertainty: float
    open_offers: int
    vacancies: int
    waiting: int
    closed: bool
    disputed: bool
    release: str
    linker_version: str
    candidates: tuple[CandidateOut, ...]
    nothing: DecisionOut | None
    earlier: Annotated[tuple[DecisionOut, ...], Field(description="Decisions about texts that the record no longer has.")]


class ProgressOut(Answer):
    """How many texts there are, are decided, wait and are disputed, over the whole catalogue."""

    total: int
    decided: int
    waiting: int
    disputed: int


class QueueOut(EscoPage[ReviewItemOut]):
    """A page of the queue, the most valuable answers first."""

    progress: ProgressOut


class DisputeOut(Answer):
    """A concept that fits a text for one of the two."""

    record_id: str
    subject: str
    target: str
    label: str | None
    fits_a: bool
    fits_b: bool


class AgreementOut(Answer):
    """Two reviewers over the pairs of text and concept that both judged; null is undefined."""

    reviewer_a: str
    reviewer_b: str
    n: int
    agreed: int
    share: float | None
    kappa: Annotated[float | None, Field(description="Cohen's kappa.")]
    disputes: tuple[DisputeOut, ...]
