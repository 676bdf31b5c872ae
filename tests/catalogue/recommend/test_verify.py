"""The verifier: it finds each fault that a plan can have."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from szlak.catalogue.messages import render
from szlak.catalogue.model.matching import Plan, PlanStatus
from szlak.catalogue.recommend.totals import build_totals, still_missing
from szlak.catalogue.recommend.verify import violations
from tests.catalogue.recommend.instances import SKILLS, offer, problem

WEIGHTS = dict.fromkeys(SKILLS, 2)
MARCH, JUNE = date(2027, 3, 1), date(2027, 6, 1)
GOOD = offer(
    "a",
    "urn:a",
    price_pln=Decimal(5),
    hours=Decimal(5),
    hours_per_week=Decimal(5),
    start=MARCH,
    end=JUNE,
    mode="lab",
    languages=("pl",),
    teryt="1465",
)


def plan_of(*offers: Any) -> Plan:
    return Plan(
        name="by hand",
        status=PlanStatus.FEASIBLE,
        bound_pct=0,
        time_limited=False,
        offers=offers,
        totals=build_totals(WEIGHTS, offers),
        still_missing=still_missing(WEIGHTS, offers),
    )


def test_a_good_plan_has_no_faults() -> None:
    """Nothing is found where nothing is wrong, with no limits and with limits just kept."""
    limits = {
        "budget_pln": Decimal(5),
        "hours": Decimal(5),
        "hours_per_week": Decimal(5),
        "start_from": MARCH,
        "end_by": JUNE,
        "modes": ("lab",),
        "languages": ("pl",),
        "teryt": ("14",),
        "max_offers": 1,
    }
    assert violations(problem(GOOD), plan_of(GOOD)) == ()
    assert violations(problem(GOOD, **limits), plan_of(GOOD)) == ()


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        ({"budget_pln": Decimal("4.99")}, "The plan costs more than the budget."),
        ({"hours": Decimal("4.99")}, "The plan takes more hours than allowed."),
        ({"hours_per_week": Decimal(4)}, "Offer a takes more hours a week than allowed."),
        ({"start_from": date(2027, 3, 2)}, "Offer a starts too early."),
        ({"end_by": date(2027, 5, 31)}, "Offer a ends too late."),
        ({"modes": ("online",)}, "Offer a has another form of taking part."),
        ({"languages": ("en",)}, "Offer a is in another language."),
        ({"teryt": ("1466", "02")}, "Offer a is in another place."),
        ({"max_offers": 0}, "The plan has more offers than allowed."),
    ],
)
def test_a_broken_limit_is_found(limits: dict[str, Any], fault: str) -> None:
    """Each limit is checked by itself."""
    assert [render(message, "en") for message in violations(problem(GOOD, **limits), plan_of(GOOD))] == [fault]


def test_a_full_or_foreign_offer_and_a_credential_taken_twice_are_found() -> None:
    """What cannot be chosen at all is found too."""
    full, sibling = offer("f", "urn:b", full=True), offer("s", "urn:c", credential_id="credential-f")
    found = [render(message, "en") for message in violations(problem(full), plan_of(full, sibling))]
    assert found == ["Offer f is full.", "Offer s is not among those to choose from.", "The plan takes one credential twice."]


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("covered_weight", 3, "The plan misstates the weight that it covers."),
        ("open_weight", 3, "The plan misstates the weight that it leaves open."),
        ("price_pln", Decimal(4), "The plan misstates its price or hours."),
        ("hours", Decimal(4), "The plan misstates its price or hours."),
        ("price_unknown", 1, "The plan misstates how many offers state no price or hours."),
    ],
)
def test_a_wrong_total_is_found(field: str, value: Any, fault: str) -> None:
    """A plan that says more or less than it holds is found out."""
    plan = plan_of(GOOD)
    wrong = replace(plan, totals=replace(plan.totals, **{field: value}))
    assert fault in [render(message, "en") for message in violations(problem(GOOD), wrong)]


def test_a_wrong_list_of_what_is_missing_is_found() -> None:
    """What is still missing is counted anew."""
    (fault,) = violations(problem(GOOD), replace(plan_of(GOOD), still_missing=()))
    assert render(fault, "en") == "The plan misstates what is still missing."
