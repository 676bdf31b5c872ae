"""What occupations and skills ask for, and what several targets ask for together."""

from dataclasses import replace

import pytest

from szlak.catalogue.errors import NotFound
from szlak.catalogue.messages import Message, render
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.matching import Basis, Need, RequiredSkill
from szlak.catalogue.recommend.targets import merge_required, required_by_occupation, required_skill
from tests.catalogue.recommend.taxonomies import BAKING, COOK, COOKING, HYGIENE, IDLE, build_kitchen

KITCHEN = build_kitchen()


def wanted(uri: str, need: Need, weight: int, reason: str = "Somebody wants it.") -> RequiredSkill:
    return RequiredSkill(concept_uri=uri, label=uri, need=need, weight=weight, reason=Message(reason))


def test_an_occupation_asks_for_its_skills_essential_first() -> None:
    """Essential comes before optional, then by label; a skill named in both ways is essential."""
    required = required_by_occupation(KITCHEN, COOK)
    assert [(skill.concept_uri, skill.need, skill.weight) for skill in required] == [
        (COOKING, Need.ESSENTIAL, 4),
        (BAKING, Need.ESSENTIAL, 4),
        (HYGIENE, Need.OPTIONAL, 1),
    ]


def test_the_reason_names_the_occupation() -> None:
    """A person reads whose demand it is."""
    reasons = {skill.concept_uri: render(skill.reason, "en") for skill in required_by_occupation(KITCHEN, COOK)}
    assert reasons[COOKING] == "ESCO names it as essential for kucharz."
    assert reasons[HYGIENE] == "ESCO names it as useful for kucharz."


def test_an_occupation_without_relations_asks_for_nothing() -> None:
    """No relations is an empty answer, not an error."""
    assert required_by_occupation(KITCHEN, IDLE) == ()


@pytest.mark.parametrize("require", [required_by_occupation, required_skill])
def test_an_unknown_target_is_not_found(require) -> None:
    """A URI that the release does not have is named."""
    with pytest.raises(NotFound, match="urn:nothing"):
        require(KITCHEN, "urn:nothing")


def test_a_skill_as_target_is_essential() -> None:
    """What a person wants to learn counts like an essential skill of an occupation."""
    skill = required_skill(KITCHEN, BAKING)
    assert (skill.concept_uri, skill.label, skill.need, skill.weight) == (BAKING, "piec", Need.ESSENTIAL, 4)


def test_a_skill_asked_by_several_counts_once() -> None:
    """The strongest need stays with its reason, and the weights add up."""
    lists = [[wanted("urn:a", Need.OPTIONAL, 1, "First.")], [wanted("urn:a", Need.PREFERRED, 2, "Second.")]]
    (skill,) = merge_required(lists)
    assert (skill.need, skill.weight) == (Need.PREFERRED, 3)
    assert render(skill.reason, "en") == "Second. 1 other target asks for it."


def test_what_is_stated_goes_before_what_is_machine_made() -> None:
    """Of equal needs ESCO's own word stands, and a skill that is in doubt for one target is not in doubt for both."""
    stated = replace(wanted("urn:a", Need.OPTIONAL, 1), basis=Basis.RELATIONS)
    sure = replace(stated, basis=Basis.DUTIES, zone=Zone.ACCEPT, confidence=0.9)
    doubtful = replace(sure, zone=Zone.ASK, confidence=0.3)
    (skill,) = merge_required([[doubtful], [sure], [stated]])
    assert (skill.basis, skill.zone) == (Basis.RELATIONS, None)
    (skill,) = merge_required([[doubtful], [sure]])
    assert (skill.zone, skill.confidence) == (Zone.ACCEPT, 0.9)


def test_merged_skills_are_ordered_by_need_weight_label_and_uri() -> None:
    """The order does not depend on the order of the targets."""
    first = [wanted("urn:c", Need.OPTIONAL, 9), wanted("urn:b", Need.ESSENTIAL, 4)]
    second = [wanted("urn:a", Need.ESSENTIAL, 4), wanted("urn:d", Need.ESSENTIAL, 5)]
    expected = ["urn:d", "urn:a", "urn:b", "urn:c"]
    assert [skill.concept_uri for skill in merge_required([first, second])] == expected
    assert [skill.concept_uri for skill in merge_required([second, first])] == expected


def test_what_is_in_doubt_comes_last_among_equals() -> None:
    """A reader meets the sure ones first."""
    doubtful = replace(wanted("urn:a", Need.OPTIONAL, 1), zone=Zone.ASK)
    sure = replace(wanted("urn:b", Need.OPTIONAL, 1), zone=Zone.ACCEPT)
    assert [skill.concept_uri for skill in merge_required([[doubtful, sure]])] == ["urn:b", "urn:a"]


def test_nothing_merged_is_nothing() -> None:
    """No targets ask for no skills."""
    assert merge_required([]) == ()
