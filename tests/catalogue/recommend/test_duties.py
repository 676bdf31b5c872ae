"""What an occupation asks for by its duties."""

import pytest

from szlak.catalogue.errors import NotFound
from szlak.catalogue.messages import render
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.matching import Basis, Need
from szlak.catalogue.recommend.duties import required_by_duties
from tests.catalogue.recommend.taxonomies import COOKING, HYGIENE, IDLE, KNIVES, build_kitchen
from tests.fakes.linker import WordLinker

GOTUJE, KROI = "gotować i dbać o higienę", "posługiwać się czymś"


def test_each_skill_comes_with_the_duty_that_it_was_linked_from() -> None:
    """Sure ones first, then those in doubt; nothing weighs more than what ESCO calls optional."""
    kitchen = build_kitchen(GOTUJE, KROI)
    found = required_by_duties(kitchen, WordLinker(kitchen), IDLE)
    assert [(skill.concept_uri, skill.zone, skill.duty) for skill in found] == [
        (COOKING, Zone.ACCEPT, GOTUJE),
        (HYGIENE, Zone.ACCEPT, GOTUJE),
        (KNIVES, Zone.ASK, KROI),
    ]
    assert {(skill.basis, skill.need, skill.weight) for skill in found} == {(Basis.DUTIES, Need.OPTIONAL, 1)}


def test_the_reason_quotes_the_duty_and_says_how_sure_it_is() -> None:
    """A person reads that it is machine-made, and which ones to check."""
    kitchen = build_kitchen(GOTUJE, KROI)
    sure, _, doubtful = (render(skill.reason, "en") for skill in required_by_duties(kitchen, WordLinker(kitchen), IDLE))
    assert sure == f"Recognised automatically, 100 % sure, from this duty: “{GOTUJE}”"
    assert doubtful == f"Recognised automatically, but only 50 % sure, so check it; from this duty: “{KROI}”"


def test_a_skill_of_two_duties_is_taken_from_the_one_it_fits_best() -> None:
    """Each skill is there once."""
    best = "posługiwać się nożem"
    kitchen = build_kitchen(KROI, best, KROI)
    (skill,) = required_by_duties(kitchen, WordLinker(kitchen), IDLE)
    assert (skill.concept_uri, skill.zone, skill.duty) == (KNIVES, Zone.ACCEPT, best)


@pytest.mark.parametrize("duties", [(), ("qwerty",)])
def test_without_fitting_words_nothing_is_asked_for(duties: tuple[str, ...]) -> None:
    """No duties, or duties that no skill fits, give no skills."""
    kitchen = build_kitchen(*duties)
    assert required_by_duties(kitchen, WordLinker(kitchen), IDLE) == ()


def test_an_unknown_occupation_is_not_found() -> None:
    """A URI that the release does not have is named."""
    kitchen = build_kitchen()
    with pytest.raises(NotFound, match="urn:nothing"):
        required_by_duties(kitchen, WordLinker(kitchen), "urn:nothing")
