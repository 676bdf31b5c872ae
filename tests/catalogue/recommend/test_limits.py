"""Which limits make sense, and which offers keep to them alone."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.model.matching import Limits
from szlak.catalogue.recommend.limits import check_limits, fits_limits
from tests.catalogue.recommend.instances import offer

MAY, JUNE, JULY = date(2027, 5, 1), date(2027, 6, 1), date(2027, 7, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("budget_pln", Decimal(-1)),
        ("budget_pln", Decimal("NaN")),
        ("budget_pln", Decimal("Infinity")),
        ("budget_pln", Decimal("1E+9")),
        ("hours", Decimal(0)),
        ("hours", Decimal("-0.01")),
        ("hours_per_week", Decimal(0)),
        ("max_offers", 0),
        ("max_offers", -3),
        ("modes", ()),
        ("languages", ()),
        ("teryt", ()),
        ("teryt", ("1",)),
        ("teryt", ("14", "146")),
        ("teryt", ("14650",)),
        ("teryt", ("1465011 ",)),
        ("teryt", ("١٤",)),
        ("teryt", ("mazowieckie",)),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_by_name(field: str, value: Any) -> None:
    """The detail begins with the field's name."""
    with pytest.raises(InputInvalid) as caught:
        check_limits(Limits(**{field: value}))
    (detail,) = caught.value.details
    assert detail.params.get("field") == field


def test_a_start_after_the_end_is_refused() -> None:
    """Dates the wrong way round leave nothing to choose from."""
    with pytest.raises(InputInvalid) as caught:
        check_limits(Limits(start_from=JULY, end_by=MAY))
    assert caught.value.details[0].params == {"start": "2027-07-01", "end": "2027-05-01"}


def test_all_faults_are_told_at_once() -> None:
    """A person mends a form in one go."""
    with pytest.raises(InputInvalid) as caught:
        check_limits(Limits(budget_pln=Decimal(-1), hours=Decimal(0), teryt=("x",)))
    assert str(caught.value) == "3 limits cannot be used."
    assert len(caught.value.details) == 3


@pytest.mark.parametrize(
    "limits",
    [
        Limits(),
        Limits(budget_pln=Decimal(0)),
        Limits(start_from=MAY, end_by=MAY),
        Limits(teryt=("14", "1465", "1465011"), modes=("online",), languages=("pl",), max_offers=1, hours=Decimal("0.5")),
    ],
)
def test_sensible_limits_pass(limits: Limits) -> None:
    """No money is a limit like any other, and so is a single day."""
    check_limits(limits)


@pytest.mark.parametrize(
    ("stated", "limit", "fits"),
    [
        ({"start": MAY}, {"start_from": JUNE}, False),
        ({"end": MAY}, {"start_from": JUNE}, False),
        ({"start": JUNE}, {"start_from": JUNE}, True),
        ({"end": JULY}, {"end_by": JUNE}, False),
        ({"start": JULY}, {"end_by": JUNE}, False),
        ({"end": JUNE}, {"end_by": JUNE}, True),
        ({"mode": "online"}, {"modes": ("lab", "online")}, True),
        ({"mode": "online"}, {"modes": ("lab",)}, False),
        ({"languages": ("pl", "uk")}, {"languages": ("uk",)}, True),
        ({"languages": ("pl",)}, {"languages": ("en",)}, False),
        ({"languages": ()}, {"languages": ("en",)}, True),
        ({"teryt": "1465011"}, {"teryt": ("1465",)}, True),
        ({"teryt": "14"}, {"teryt": ("1465",)}, True),
        ({"teryt": "1466"}, {"teryt": ("1465", "14")}, True),
        ({"teryt": "1466"}, {"teryt": ("1465", "02")}, False),
        ({"teryt": "1466", "online": True}, {"teryt": ("02",)}, True),
        ({"teryt": "1466", "mode": "online"}, {"teryt": ("02",)}, True),
        ({"teryt": "1466", "online": False}, {"teryt": ("02",)}, False),
        ({"hours_per_week": Decimal(11)}, {"hours_per_week": Decimal(10)}, False),
        ({"hours_per_week": Decimal(10)}, {"hours_per_week": Decimal(10)}, True),
        ({"hours": Decimal(11)}, {"hours": Decimal(10)}, False),
        ({"price_pln": Decimal("10.01")}, {"budget_pln": Decimal(10)}, False),
    ],
)
def test_an_offer_is_refused_for_what_is_known_of_it(stated: dict[str, Any], limit: dict[str, Any], fits: bool) -> None:
    """A known figure, date, form, language or place against its limit."""
    assert fits_limits(offer("a", "urn:a", **stated), Limits(**limit)) is fits


def test_an_offer_that_states_nothing_fits_everything() -> None:
    """Unknown is not no."""
    limits = Limits(
        budget_pln=Decimal(0),
        hours=Decimal(1),
        hours_per_week=Decimal(1),
        start_from=MAY,
        end_by=MAY,
        modes=("lab",),
        languages=("uk",),
        teryt=("02",),
    )
    assert fits_limits(offer("a", "urn:a"), limits)
