"""Skills that something asks for, with the reason in words."""

from szlak.catalogue.api.schemas import RequiredOut
from szlak.catalogue.messages import render
from szlak.catalogue.model.matching import RequiredSkill
from szlak.catalogue.services.find import Find


def present_required(skill: RequiredSkill, find: Find, lang: str) -> RequiredOut:
    """Return a required skill with its name and reason in a language."""
    label = find.label(skill.concept_uri, lang)
    return RequiredOut(
        concept_uri=skill.concept_uri,
        label=label.text if label else skill.label,
        need=skill.need,
        weight=skill.weight,
        reason=render(skill.reason, lang),
        confidence=skill.confidence,
        basis=skill.basis,
        zone=skill.zone,
        duty=skill.duty,
    )
