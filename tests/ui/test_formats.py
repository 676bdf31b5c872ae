"""Dates, numbers and money in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from szlak.ui.formats import format_day, format_days, format_money, format_number, typeset

A, B, C, D = date(2027, 2, 12), date(2027, 2, 26), date(2027, 3, 5), date(2028, 1, 2)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (format_day(A, "pl"), "12 lutego 2027 (piątek)"),
        (format_day(A, "en"), "12 February 2027 (Friday)"),
        (format_days(A, B, "pl"), "12–26 lutego 2027"),
        (format_days(A, C, "pl"), "12 lutego – 5 marca 2027"),
        (format_days(A, D, "pl"), "12 lutego 2027 – 2 stycznia 2028"),
        (format_days(A, A, "pl"), "12 lutego 2027 (piątek)"),
        (format_money(Decimal("1234.5"), "pl"), "1 234,50 zł"),
        (format_money(Decimal("1450.00"), "pl"), "1 450 zł"),
        (format_money(Decimal("1234.5"), "en"), "PLN 1,234.50"),
        (format_number(Decimal("7.5"), "pl"), "7,5"),
    ],
)
def test_it_is_written_as_people_write(written: str, expected: str) -> None:
    """The words are right once breaking and other spaces count the same."""
    assert written.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_a_number_is_never_parted_from_its_unit() -> None:
    """Money and dates hold no space at which a line may end, but between the two days of a range."""
    assert " " not in format_money(Decimal("1234.50"), "pl") + format_day(A, "pl")
    assert format_days(A, C, "pl").count(" ") == 2


def test_one_letter_words_hold_on_to_the_next() -> None:
    """As Polish typography asks; two in a row too, and not in English."""
    assert typeset("w domu i z kotem, a i o 5 rano", "pl") == "w\xa0domu i\xa0z\xa0kotem, a\xa0i\xa0o\xa05\xa0rano"
    assert typeset("a course", "en") == "a course"


def test_typesetting_moves_no_code_point() -> None:
    """Evidence offsets stay right."""
    text = "Liczy w 3 krokach i z głową"
    assert len(typeset(text, "pl")) == len(text)
