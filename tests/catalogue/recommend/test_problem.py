"""From credentials and gaps to what a planner solves."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Credential, Location, Offer, Participation, Price, Provenance, Provider, Workload
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.model.matching import Gap, GapSkill, Limits, Need, PlanOffer, SkillState
from szlak.catalogue.recommend.problem import build_plan_offers, build_problem
from tests.catalogue.recommend.instances import offer

TODAY = date(2027, 3, 10)
DAY = timedelta(days=1)


def credential(*offers: Offer, **stated: Any) -> Credential:
    return Credential(
        record_id="c1",
        kind="course",
        provider=Provider(name="Szkoła"),
        provenance=Provenance(source="s", source_id="1"),
        offers=offers,
        **{"title": {"en": "Baking", "pl": "Pieczenie"}, **stated},
    )


def only(whole: Credential) -> PlanOffer:
    (found,) = build_plan_offers(whole, ["urn:a"])
    return found


def gap(**states: SkillState) -> Gap:
    return Gap(
        skills=tuple(
            GapSkill(
                concept_uri=f"urn:{name}", label=name, need=Need.ESSENTIAL, weight=3, state=state, proof=None, reason=Message("Because.")
            )
            for name, state in states.items()
        )
    )


def kept(*offers: PlanOffer, **limits: Any) -> list[str]:
    problem = build_problem(gap(a=SkillState.MISSING), offers, Limits(**limits), today=TODAY)
    return [each.offer_id for each in problem.offers]


def test_every_offer_of_a_credential_is_an_offer_of_the_plan() -> None:
    """One each, with the credential's id and Polish title; none where there are none."""
    offers = build_plan_offers(credential(Offer(offer_id="o1", source_id="1"), Offer(offer_id="o2", source_id="2")), ["urn:a", "urn:a"])
    assert [(o.offer_id, o.credential_id, o.title, o.concept_uris) for o in offers] == [
        ("o1", "c1", "Pieczenie", ("urn:a",)),
        ("o2", "c1", "Pieczenie", ("urn:a",)),
    ]
    assert build_plan_offers(credential(), ["urn:a"]) == ()


def test_an_offer_without_an_id_is_known_by_its_source() -> None:
    """Its id is made of the credential's and the source's."""
    assert only(credential(Offer(source_id="77"))).offer_id == "c1/77"


@pytest.mark.parametrize(
    ("workload", "hours", "expected"),
    [
        (Workload(hours=Decimal(30)), Decimal(20), Decimal(20)),
        (Workload(hours=Decimal(30)), Decimal(0), Decimal(0)),
        (Workload(hours=Decimal(30)), None, Decimal(30)),
        (Workload(ects=Decimal(2)), None, None),
        (Workload(), None, None),
    ],
)
def test_hours_are_the_offers_then_the_credentials(workload: Workload, hours: Decimal | None, expected: Decimal | None) -> None:
    """ECTS points are not hours."""
    assert only(credential(Offer(source_id="1", hours=hours), workload=workload)).hours == expected


@pytest.mark.parametrize(("per", "expected"), [("participant", Decimal(100)), (None, Decimal(100)), ("service", None)])
def test_only_a_price_for_one_person_is_a_price(per: Any, expected: Decimal | None) -> None:
    """A price for the whole service says nothing of what a person pays."""
    price = Price(amount=Decimal(100), per=per)
    assert only(credential(Offer(source_id="1", price=price))).price_pln == expected


def test_mode_and_language_are_the_offers_then_the_credentials() -> None:
    """What neither states is unknown."""
    whole = {"participation": Participation(mode="blended"), "language": ("pl",)}
    own = only(credential(Offer(source_id="1", mode="online", language=("en",)), **whole))
    inherited = only(credential(Offer(source_id="1"), **whole))
    silent = only(credential(Offer(source_id="1")))
    assert (own.mode, own.languages) == ("online", ("en",))
    assert (inherited.mode, inherited.languages) == ("blended", ("pl",))
    assert (silent.mode, silent.languages) == (None, None)


def test_dates_place_and_state_are_the_offers() -> None:
    """Everything else is taken over as it stands."""
    stated = Offer(
        source_id="1", starts=TODAY, ends=TODAY + DAY, enrol_until=TODAY, full=False, location=Location(teryt="1465", online=False)
    )
    found = only(credential(stated))
    assert (found.start, found.end, found.enrol_until, found.full) == (TODAY, TODAY + DAY, TODAY, False)
    assert (found.teryt, found.online) == ("1465", False)


@pytest.mark.parametrize(
    ("title", "expected"), [({"uk": "б", "de": "a"}, "a"), ({"en": "E", "de": "a"}, "E"), ({}, "")], ids=["first", "English", "none"]
)
def test_a_title_is_polish_then_english_then_any(title: dict[str, str], expected: str) -> None:
    """A plan always has something to show where there is a title at all."""
    assert only(credential(Offer(source_id="1"), title=title)).title == expected


def test_weights_are_doubled_and_halves_counted_for_partly() -> None:
    """Missing and unknown count in full, partly half, have not at all."""
    states = {"a": SkillState.MISSING, "b": SkillState.UNKNOWN, "c": SkillState.PARTLY, "d": SkillState.HAVE}
    problem = build_problem(gap(**states), (), Limits(), today=TODAY)
    assert problem.weights == {"urn:a": 6, "urn:b": 6, "urn:c": 3}


def test_nobody_pays_for_a_skill_that_is_in_doubt() -> None:
    """What the machine would ask a person about is in the gap, and no plan closes it."""
    (stated,) = gap(a=SkillState.MISSING).skills
    doubtful, sure = replace(stated, concept_uri="urn:b", zone=Zone.ASK), replace(stated, concept_uri="urn:c", zone=Zone.ACCEPT)
    problem = build_problem(Gap(skills=(stated, doubtful, sure)), (), Limits(), today=TODAY)
    assert sorted(problem.weights) == ["urn:a", "urn:c"]


@pytest.mark.parametrize(
    "stated",
    [
        {"full": True},
        {"start": TODAY - DAY},
        {"end": TODAY - DAY},
        {"enrol_until": TODAY - DAY},
        {"start": TODAY - DAY, "end": TODAY + DAY},
    ],
    ids=["full", "begun", "over", "closed", "running"],
)
def test_an_offer_that_cannot_be_joined_is_left_out(stated: dict[str, Any]) -> None:
    """What is known to be full, begun or past is no choice."""
    assert kept(offer("o", "urn:a", **stated)) == []


def test_an_offer_of_today_or_of_no_known_date_is_kept() -> None:
    """Unknown is not past, and today is not over."""
    assert kept(offer("o", "urn:a", start=TODAY, end=TODAY, enrol_until=TODAY, full=False), offer("p", "urn:a")) == ["o", "p"]


def test_offers_that_teach_nothing_open_or_break_a_limit_are_left_out() -> None:
    """The planner is given only what can help."""
    dear, other, good = offer("d", "urn:a", price_pln=Decimal(9)), offer("x", "urn:x"), offer("g", "urn:a", price_pln=Decimal(5))
    assert kept(dear, other, good, budget_pln=Decimal(5)) == ["g"]


def test_limits_that_make_no_sense_are_refused() -> None:
    """A problem is never built on them."""
    with pytest.raises(InputInvalid):
        kept(max_offers=0)
