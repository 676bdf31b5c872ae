"""The words of the review: verdicts, kinds of skill, which texts are listed."""

from collections.abc import Mapping

from szlak.catalogue.messages import Message
from szlak.catalogue.model.linking import Decision, StoredLink, Zone
from szlak.catalogue.services.review import State
from szlak.catalogue.services.review_board import SubjectKind

STATES: Mapping[State, Message] = {
    "waiting": Message("waiting for a decision"),
    "second": Message("decided only by others"),
    "disputed": Message("disputed"),
    "decided": Message("decided"),
    "all": Message("all"),
}
KINDS: Mapping[SubjectKind, Message] = {
    "outcome": Message("Learning outcome"),
    "requirement": Message("Requirement of a vacancy"),
}
VERDICTS: Mapping[str, Message] = {
    "accept": Message("Accepted"),
    "reject": Message("Rejected"),
    "nothing": Message("Nothing fits"),
    "withdrawn": Message("Withdrawn"),
}
RELATIONS: Mapping[str, Message] = {
    "exactMatch": Message("exactly this"),
    "closeMatch": Message("nearly this"),
    "broadMatch": Message("the concept is broader"),
    "narrowMatch": Message("the concept is narrower"),
    "relatedMatch": Message("only related"),
}
SKILL_TYPES: Mapping[str, Message] = {"skill/competence": Message("skill"), "knowledge": Message("knowledge")}
REUSE_LEVELS: Mapping[str, Message] = {
    "transversal": Message("for every occupation"),
    "cross-sector": Message("for many sectors"),
    "sector-specific": Message("for one sector"),
    "occupation-specific": Message("for one occupation"),
}
_ZONES: Mapping[Zone, Message] = {
    Zone.ACCEPT: Message("the machine takes it"),
    Zone.ASK: Message("the machine asks"),
    Zone.NOTHING: Message("the machine leaves it out"),
}


def say_zone(stored: StoredLink) -> Message:
    """Return what the machine does with a link while nobody decides."""
    return _ZONES[stored.link.zone]


def say_type(skill_type: str | None) -> Message | str | None:
    """Return the type of a skill; ESCO's own word where we have none."""
    return SKILL_TYPES.get(skill_type, skill_type) if skill_type else None


def say_reuse(reuse_level: str | None) -> Message | str | None:
    """Return how widely a skill is used; ESCO's own word where we have none."""
    return REUSE_LEVELS.get(reuse_level, reuse_level) if reuse_level else None


def say_verdict(decision: Decision, *, beside: bool = False) -> Message:
    """Return what a decision says; `beside` is whether something was accepted, so that "nothing" means nothing else."""
    return Message("Nothing else fits") if beside and decision.verdict == "nothing" else VERDICTS[decision.verdict]
