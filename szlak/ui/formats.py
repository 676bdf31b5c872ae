"""Dates, numbers and money as a language writes them, and the spaces at which a line must not break."""

import re
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

NBSP = "\N{NO-BREAK SPACE}"
_LOCALES = {"pl": "pl", "en": "en_GB"}
_MONEY = {"pl": "#,##0.00\N{NO-BREAK SPACE}¤", "en": "¤\N{NO-BREAK SPACE}#,##0.00"}
_WHOLE_MONEY = {"pl": "#,##0\N{NO-BREAK SPACE}¤", "en": "¤\N{NO-BREAK SPACE}#,##0"}
# Polish typography: a one-letter word is not left at the end of a line, nor a number without its unit.
_ORPHAN = re.compile(r"(?<![^\W_]|\N{NO-BREAK SPACE})([aiouwzAIOUWZ]) (?=\S)")
_NUMBER = re.compile(r"(\d) (?=\w)")


def format_day(day: date, lang: str) -> str:
    """Return a date with its day of the week: `12 lutego 2027 (piątek)`."""
    return _date(day, "d MMMM y (EEEE)", lang)


def format_short_day(day: date, lang: str) -> str:
    """Return a date without its day of the week."""
    return _date(day, "d MMMM y", lang)


def format_days(starts: date, ends: date, lang: str) -> str:
    """Return a range of dates without saying month or year twice: `12 lutego – 5 marca 2027`."""
    if starts == ends:
        return format_day(starts, lang)
    last = _date(ends, "d MMMM y", lang)
    if (starts.year, starts.month) == (ends.year, ends.month):
        return f"{starts.day}–{last}"
    return f"{_date(starts, 'd MMMM' if starts.year == ends.year else 'd MMMM y', lang)} – {last}"


def format_money(amount: Decimal, lang: str) -> str:
    """Return an amount in złoty; a whole number of them without decimal places."""
    pattern = _WHOLE_MONEY if amount == amount.to_integral_value() else _MONEY
    written = format_currency(amount, "PLN", pattern[lang], locale=_LOCALES[lang], currency_digits=False)
    return written.replace(" ", NBSP)


def format_moment(moment: datetime, lang: str) -> str:
    """Return date and time of day where the server stands, to the minute."""
    local = moment.astimezone()
    return f"{_date(local.date(), 'd MMMM y', lang)}, {local:%H:%M}"


def format_share(share: float, lang: str) -> str:
    """Return a share in whole per cent; what is not quite all or nothing is not said to be."""
    shown = min(max(share, 0.01), 0.99) if 0 < share < 1 else share
    return format_percent(shown, "#,##0%", locale=_LOCALES[lang])


def format_ratio(ratio: float, lang: str) -> str:
    """Return a number with two decimal places."""
    return format_decimal(ratio, "0.00", locale=_LOCALES[lang])


def format_number(number: Decimal | int, lang: str) -> str:
    """Return a number with at most two decimal places."""
    return format_decimal(number, "#,##0.##", locale=_LOCALES[lang])


def typeset(text: str, lang: str) -> str:
    """Return a text with spaces that do not break where a line must not end."""
    if lang == "pl":
        text = _ORPHAN.sub(rf"\1{NBSP}", text)
    return _NUMBER.sub(rf"\1{NBSP}", text)


def _date(day: date, pattern: str, lang: str) -> str:
    return format_date(day, pattern, locale=_LOCALES[lang]).replace(" ", NBSP)
