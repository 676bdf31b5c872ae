"""What a target asks for: the skills of an occupation, a single skill, or several targets at once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.messages import Message
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.matching import NEED_WEIGHT, Basis, Need, RequiredSkill
from szlak.catalogue.model.taxonomy import ConceptRelation, RelationKind

_STRENGTH = {need: place for place, need in enumerate(Need)}


def required_by_occupation(taxonomy: Taxonomy, occupation_uri: str) -> tuple[RequiredSkill, ...]:
    """Return the skills that ESCO names for an occupation; empty where the release has none for it.

    Raises:
        NotFound: the release has no such concept.
    """
    occupation = taxonomy.label(occupation_uri).text
    strongest: dict[str, ConceptRelation] = {}
    for relation in taxonomy.needs(occupation_uri):  # essential first
        strongest.setdefault(relation.target, relation)
    return tuple(sorted((_required(taxonomy, relation, occupation) for relation in strongest.values()), key=_order))


def required_skill(taxonomy: Taxonomy, skill_uri: str) -> RequiredSkill:
    """Return a skill that is itself the target.

    Raises:
        NotFound: the release has no such concept.
    """
    label = taxonomy.label(skill_uri).text
    reason = Message("This skill is what you want to learn.")
    return RequiredSkill(concept_uri=skill_uri, label=label, need=Need.ESSENTIAL, weight=NEED_WEIGHT[Need.ESSENTIAL], reason=reason)


def merge_required(lists: Iterable[Sequence[RequiredSkill]]) -> tuple[RequiredSkill, ...]:
    """Return what several targets ask for together, each skill once, in order of need, weight, label and URI, those in doubt last.

    A skill that several ask for has the strongest need among them, with its reason and all else that is known of that demand, and
    the sum of the weights: learning it serves each of the targets. Of equal needs, what is stated goes before what is machine-made.
    """
    by_uri: dict[str, list[RequiredSkill]] = {}
    for required in lists:
        for skill in required:
            by_uri.setdefault(skill.concept_uri, []).append(skill)
    return tuple(sorted(map(_merge, by_uri.values()), key=_order))


def _required(taxonomy: Taxonomy, relation: ConceptRelation, occupation: str) -> RequiredSkill:
    params = {"occupation": occupation}
    if relation.kind is RelationKind.ESSENTIAL:
        need, reason = Need.ESSENTIAL, Message("ESCO names it as essential for {occupation}.", params)
    else:
        need, reason = Need.OPTIONAL, Message("ESCO names it as useful for {occupation}.", params)
    label = taxonomy.label(relation.target).text
    weight = NEED_WEIGHT[need]
    return RequiredSkill(concept_uri=relation.target, label=label, need=need, weight=weight, reason=reason, basis=Basis.RELATIONS)


def _merge(same: list[RequiredSkill]) -> RequiredSkill:
    strongest = min(same, key=_strength)
    if len(same) == 1:
        return strongest
    others = Message("{n} other target asks for it.", {}, plural="{n} other targets ask for it.", n=len(same) - 1)
    reason = Message("{reason} {others}", {"reason": strongest.reason, "others": others})
    return replace(strongest, weight=sum(skill.weight for skill in same), reason=reason)


def _strength(skill: RequiredSkill) -> tuple[int, bool, bool, float]:
    return _STRENGTH[skill.need], skill.zone is Zone.ASK, skill.basis is Basis.DUTIES, -(skill.confidence or 0.0)


def _order(skill: RequiredSkill) -> tuple[int, int, bool, str, str]:
    return _STRENGTH[skill.need], -skill.weight, skill.zone is Zone.ASK, skill.label, skill.concept_uri
