"""Codes of the catalogue in words."""

from collections.abc import Mapping

from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import OutcomeLink
from szlak.catalogue.model.places import VOIVODESHIPS

ALMOST_CERTAIN = 0.9
"""Confidence from which a machine's link is called almost certain; below it is called probable."""

FACETS: Mapping[str, Message] = {
    "voivodeship": Message("Place"),
    "mode": Message("Form"),
    "skill": Message("Skill"),
    "provider": Message("Provider"),
    "kind": Message("Kind"),
    "level": Message("Level"),
    "language": Message("Language of teaching"),
}
"""The facets in the order in which people choose."""

KINDS: Mapping[str, Message] = {
    "micro-credential": Message("Micro-credential"),
    "course": Message("Course"),
    "badge": Message("Badge"),
    "zsk-partial": Message("Partial qualification (ZSK)"),
    "zsk-full": Message("Full qualification (ZSK)"),
    "study-programme": Message("Study programme"),
}
MODES: Mapping[str, Message] = {
    "presential": Message("on site"),
    "online": Message("online"),
    "blended": Message("partly online"),
    "project": Message("project"),
    "workbased": Message("at a workplace"),
    "lab": Message("in a laboratory"),
}
LANGUAGES: Mapping[str, Message] = {
    "pl": Message("Polish"),
    "en": Message("English"),
    "de": Message("German"),
    "uk": Message("Ukrainian"),
    "fr": Message("French"),
    "es": Message("Spanish"),
}
SOURCES: Mapping[str, Message] = {"demonstration": Message("Szlak's demonstration data")}
SUPERVISION: Mapping[str, Message] = {
    "unsupervised-no-id": Message("without supervision"),
    "supervised-no-id": Message("supervised, identity not checked"),
    "supervised-id": Message("supervised, identity checked"),
}
VAT: Mapping[str, Message] = {
    "included": Message("VAT included"),
    "excluded": Message("VAT not included"),
    "exempt": Message("exempt from VAT"),
}
PRICE_PER: Mapping[str, Message] = {"participant": Message("per person"), "service": Message("for the whole group")}
LEVEL_BASIS: Mapping[str, Message] = {
    "zsk": Message("as in the Integrated Qualifications Register"),
    "provider-declared": Message("as the provider states"),
    "none": Message("no basis stated"),
}
STACKABILITY: Mapping[str, Message] = {
    "stand-alone": Message("It stands alone."),
    "integrated": Message("It is part of a larger programme."),
    "stackable": Message("It can be combined with others into a larger qualification."),
}
ANNEX_KEYS: Mapping[str, Message] = {
    "awarding_body": Message("awarding body"),
    "assessment": Message("assessment"),
    "assessment.supervision": Message("supervision of the assessment"),
    "assessment.type": Message("type of assessment"),
    "level": Message("level"),
    "outcomes": Message("learning outcomes"),
    "participation.mode": Message("form of participation"),
    "quality_assurance": Message("quality assurance"),
    "workload": Message("workload"),
    "prerequisites": Message("prerequisites"),
    "stackability": Message("stackability"),
    "language": Message("language"),
}
_LEVEL_FRAMES: Mapping[str, Message] = {"prk": Message("PRK level {n}"), "eqf": Message("EQF level {n}")}
_CERTAINTY: Mapping[str, Message] = {
    "human": Message("confirmed by a person"),
    "provider": Message("stated by the provider"),
    "zrk": Message("stated in the Integrated Qualifications Register"),
    "almost": Message("recognised automatically, almost certainly"),
    "probable": Message("recognised automatically, probably"),
}


def certainty_key(link: OutcomeLink) -> str:
    """Return how sure a link is: its origin, and for a machine's link almost or probable."""
    if link.origin != "model":
        return link.origin
    return "almost" if (link.confidence or 0) >= ALMOST_CERTAIN else "probable"


def say_certainty(link: OutcomeLink) -> Message:
    """Return how sure a link is, in words."""
    return _CERTAINTY[certainty_key(link)]


def say_level(code: str) -> Message:
    """Return a level such as `prk:4` in words."""
    frame, _, number = code.partition(":")
    return Message(_LEVEL_FRAMES[frame].id, {"n": number}) if frame in _LEVEL_FRAMES else Message("level {code}", {"code": code})


def say_value(facet: str, value: str) -> Message | str:
    """Return a facet's value in words; what has none (a provider, another language) stands as it is."""
    if facet == "voivodeship":
        return MODES["online"] if value == "online" else VOIVODESHIPS.get(value, value)
    if facet == "level":
        return say_level(value)
    tables: Mapping[str, Mapping[str, Message]] = {"kind": KINDS, "mode": MODES, "language": LANGUAGES}
    return tables.get(facet, {}).get(value, value)
