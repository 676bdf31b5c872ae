"""What is known of a person's hold on each required skill."""

import pytest

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import render
from szlak.catalogue.model.matching import GapSkill, Profile, ProfileSkill, Proof, SkillState
from szlak.catalogue.recommend.gap import build_gap, check_profile
from szlak.catalogue.recommend.targets import required_by_occupation, required_skill
from tests.catalogue.recommend.taxonomies import BAKING, BREAD, COOK, COOKING, KNIVES, SINGING, build_kitchen

KITCHEN = build_kitchen()


def profile(*skills: tuple[str, Proof], no: tuple[str, ...] = (), unknown: tuple[str, ...] = ()) -> Profile:
    return Profile(skills=tuple(ProfileSkill(concept_uri=uri, proof=proof) for uri, proof in skills), not_=no, unknown=unknown)


def judge(person: Profile, uri: str = BAKING) -> GapSkill:
    (skill,) = build_gap(person, [required_skill(KITCHEN, uri)], KITCHEN).skills
    return skill


@pytest.mark.parametrize(
    ("person", "state", "reason"),
    [
        (profile((BAKING, "stated")), SkillState.HAVE, "You say that you have this skill."),
        (profile((BAKING, "experienced")), SkillState.HAVE, "You have this skill from experience."),
        (profile((BAKING, "certified")), SkillState.HAVE, "You have this skill and a certificate of it."),
        (profile(no=(BAKING,)), SkillState.MISSING, "You say that you do not have this skill."),
        (profile(unknown=(BAKING,)), SkillState.UNKNOWN, "You say that you are not sure of this skill."),
        (profile(), SkillState.UNKNOWN, "Your profile does not say whether you have this skill."),
        (profile((COOKING, "stated")), SkillState.PARTLY, "You have a broader skill: gotować."),
        (profile((BREAD, "stated")), SkillState.PARTLY, "You have a narrower skill: piec chleb."),
        (profile((KNIVES, "stated")), SkillState.PARTLY, "You have a related skill: posługiwać się nożem."),
        (profile((SINGING, "certified")), SkillState.UNKNOWN, "Your profile does not say whether you have this skill."),
    ],
)
def test_each_state_has_its_own_reason(person: Profile, state: SkillState, reason: str) -> None:
    """The reason tells of the person, then of the demand."""
    skill = judge(person)
    assert skill.state is state
    assert render(skill.reason, "en") == f"{reason} This skill is what you want to learn."


@pytest.mark.parametrize("said", [{"no": (BAKING,)}, {"unknown": (BAKING,)}])
def test_the_persons_word_on_the_very_skill_stands(said) -> None:
    """A neighbouring skill does not overrule what the person says."""
    assert judge(profile((COOKING, "certified"), **said)).state is not SkillState.PARTLY


def test_a_neighbour_the_person_lacks_is_no_neighbour() -> None:
    """Only a skill that the person has makes another partly held."""
    assert judge(profile(no=(COOKING,))).state is SkillState.UNKNOWN


@pytest.mark.parametrize("proofs", [("stated", "certified", "experienced"), ("certified", "stated", "stated")])
def test_of_several_proofs_the_strongest_is_kept(proofs: tuple[Proof, ...]) -> None:
    """A skill listed twice is held once, with its best proof, in any order."""
    assert judge(profile(*((BAKING, proof) for proof in proofs))).proof == "certified"


def test_the_proof_of_a_neighbour_is_not_shown_as_proof_of_the_skill() -> None:
    """A certificate of baking bread certifies baking bread."""
    assert judge(profile((BREAD, "certified"))).proof is None


def test_a_gap_keeps_the_order_need_and_weight_of_what_is_required() -> None:
    """Every required skill is in the gap once, as it was asked for."""
    required = required_by_occupation(KITCHEN, COOK)
    gap = build_gap(profile(), required, KITCHEN)
    assert [(s.concept_uri, s.label, s.need, s.weight) for s in gap.skills] == [
        (r.concept_uri, r.label, r.need, r.weight) for r in required
    ]


@pytest.mark.parametrize(
    ("person", "lists"),
    [
        (profile((BAKING, "stated"), no=(BAKING,)), "“skills” and “not”"),
        (profile((BAKING, "stated"), unknown=(BAKING,)), "“skills” and “unknown”"),
        (profile(no=(BAKING,), unknown=(BAKING,)), "“not” and “unknown”"),
    ],
)
def test_a_profile_that_contradicts_itself_is_refused(person: Profile, lists: str) -> None:
    """The skill and the two lists are named, by a gap as by the check."""
    for use in (lambda: check_profile(person, KITCHEN), lambda: build_gap(person, (), KITCHEN)):
        with pytest.raises(InputInvalid) as caught:
            use()
        assert BAKING in str(caught.value)
        assert lists in str(caught.value)


def test_up_to_three_unknown_skills_are_named() -> None:
    """Each list is looked at; the count is of all."""
    person = profile(("urn:x1", "stated"), no=("urn:x2", BAKING), unknown=("urn:x3", "urn:x4"))
    with pytest.raises(InputInvalid) as caught:
        check_profile(person, KITCHEN)
    assert str(caught.value) == "ESCO 9 does not have 4 of the profile's skills, among them urn:x1, urn:x2, urn:x3."


def test_a_good_profile_passes() -> None:
    """Known skills in one list each are accepted."""
    check_profile(profile((BAKING, "stated"), no=(COOKING,), unknown=(BREAD,)), KITCHEN)
