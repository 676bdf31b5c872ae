"""Links between texts and concepts, and what people decided about them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from szlak.catalogue.model.catalogue import Relation
from szlak.catalogue.model.noun import noun
from szlak.catalogue.model.reasons import Reason

RELEVANT = 2.0
"""A concept is attached to a text from this mean grade on (guidelines of the gold set)."""


class LinkTarget(StrEnum):
    """Which concepts a text is linked to."""

    SKILLS = "skills"
    OCCUPATIONS = "occupations"


class Zone(StrEnum):
    """What follows from the confidence: take the link, ask a person, or leave it."""

    ACCEPT = "accept"
    ASK = "ask"
    NOTHING = "nothing"


TEXT_KINDS = ("learning_outcome", "occupational_task", "job_requirement", "offer_title", "everyday")


@noun
class LinkText:
    """A text to link; `context` is the title of the course or vacancy, `kind` one of TEXT_KINDS or None, `lang` its language if known."""

    text: str
    context: str = ""
    kind: str | None = None
    lang: str | None = None


@noun
class Link:
    """A text tied to a concept.

    `score` is raw (higher is better, not a probability); `confidence` is a probability in [0, 1];
    `evidence` is the `[start, end)` span of code points in the text as received, or None.
    `reasons` say what the linker saw for it and against it, the most telling first; empty in the zone nothing.
    """

    concept_uri: str
    label: str
    score: float
    confidence: float
    zone: Zone
    evidence: tuple[int, int] | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the link is taken without asking a person."""
        return self.zone is Zone.ACCEPT


@noun
class LinkResult:
    """The links of one text by falling score; `nil` is true exactly when every zone is nothing.

    `lang` is the language (ISO 639-1) of a text in a language that is not linked: every confidence is then 0.
    """

    links: tuple[Link, ...]
    nil: bool
    lang: str | None = None


@noun
class StoredLink:
    """A machine link of a record's subject (the text key of an outcome or requirement; empty for the whole record)."""

    record_id: str
    subject: str
    link: Link
    linker_version: str
    release: str


Verdict = Literal["accept", "reject", "nothing", "withdrawn"]


@noun
class Decision:
    """What a person decided about (record, subject, target); rows are appended, never changed.

    `target` is a concept URI or a qualification's record id, or empty for "nothing fits". `decided_at` is in UTC.
    """

    decision_id: int | None = None
    record_id: str
    subject: str
    target: str
    verdict: Verdict
    relation: Relation | None = None
    decided_by: str
    decided_at: datetime
    release: str
    linker_version: str


class Linker(Protocol):
    """Ties texts to concepts. `version` names the method; the same version and taxonomy give the same links."""

    version: str

    def link(self, texts: Sequence[LinkText], *, kind_of_target: LinkTarget = LinkTarget.SKILLS, top_k: int = 20) -> list[LinkResult]:
        """Link each text to exactly min(top_k, number of concepts of the target) concepts."""
        ...

    def version_of(self, key: str) -> str:
        """Return the version of the links of one text by its text key: `version`, and what else they depend on for that text."""
        ...
