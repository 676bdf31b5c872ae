"""An invented catalogue for a first look. Its dates move with the day, so that there is always something to enrol in."""

import re
from datetime import date, timedelta
from typing import Any

from szlak.catalogue.model.catalogue import Record
from szlak.catalogue.records import parse_record
from szlak.catalogue.starter.files import iter_json_lines

_DATES = {"starts", "ends", "enrol_until", "date", "valid_from", "valid_to"}
_DAYS = re.compile(r"([+-]\d{1,4})d")


def load_demonstration(today: date) -> tuple[Record, ...]:
    """Return the demonstration credentials and vacancies, their dates counted from `today`."""
    return tuple(parse_record(date_value(row, today)) for row in iter_json_lines("demonstration.jsonl"))


def date_value(value: Any, today: date, key: str = "") -> Any:  # noqa: ANN401 - JSON is anything
    """Return a JSON value in which a date written as days from today (`"+14d"`, `"-2d"`) is an ISO date."""
    if isinstance(value, dict):
        return {name: date_value(inner, today, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [date_value(inner, today, key) for inner in value]
    days = _DAYS.fullmatch(value) if key in _DATES and isinstance(value, str) else None
    return (today + timedelta(days=int(days[1]))).isoformat() if days else value
