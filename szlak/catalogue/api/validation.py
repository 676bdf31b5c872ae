"""What is wrong with a request: the checks of plain values, and pydantic's findings in our own words."""

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Request
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import Message

_UNREADABLE = {"Cs"}


def check_readable(text: str) -> str:
    """Refuse NUL and half surrogate pairs: no database and no UTF-8 document can hold them."""
    if "\0" in text or any(unicodedata.category(char) in _UNREADABLE for char in text):
        raise PydanticCustomError("unreadable_text", "NUL and lone surrogates are not text")
    return text


Text = Annotated[str, AfterValidator(check_readable)]
Query = Annotated[Text, Field(max_length=1000)]
Value = Annotated[Text, Field(min_length=1, max_length=500)]
Id = Annotated[Text, Field(max_length=500)]
"""In a path; an empty one is simply not found."""
Values = Annotated[list[Value], Field(max_length=50)]
Amount = Annotated[Decimal, Field(ge=0, le=10_000_000, decimal_places=2)]
Limit = Annotated[int, Field(ge=1, le=100)]
Cursor = Annotated[Text, Field(max_length=4000)]

_REASONS: Mapping[str, Message] = {
    "missing": Message("This is missing."),
    "extra_forbidden": Message("This key is unknown."),
    "unexpected_keyword_argument": Message("This key is unknown."),
    "unreadable_text": Message("NUL characters and halves of surrogate pairs are not text."),
    "string_unicode": Message("NUL characters and halves of surrogate pairs are not text."),
    "string_type": Message("Expected a text."),
    "json_invalid": Message("This is not JSON."),
    "int_parsing": Message("Expected a whole number."),
    "int_parsing_size": Message("The number is too large."),
    "int_type": Message("Expected a whole number."),
    "decimal_parsing": Message("Expected a number."),
    "decimal_type": Message("Expected a number."),
    "finite_number": Message("Expected a number."),
    "decimal_max_places": Message("Expected a number with at most two decimal places."),
    "date_from_datetime_parsing": Message("Expected a date such as 2027-02-12."),
    "date_parsing": Message("Expected a date such as 2027-02-12."),
    "model_attributes_type": Message("Expected a JSON object, sent with the header Content-Type: application/json."),
    "dataclass_type": Message("Expected an object."),
    "list_type": Message("Expected a list."),
    "tuple_type": Message("Expected a list."),
}
_REASONS_WITH_LIMIT: Mapping[str, Message] = {
    "greater_than_equal": Message("Expected {ge} or more."),
    "less_than_equal": Message("Expected {le} or less."),
    "string_too_long": Message("Expected at most {max_length} characters."),
    "string_too_short": Message("Expected at least {min_length} character."),
    "too_long": Message("Expected at most {max_length} items."),
    "too_short": Message("Expected at least {min_length} item."),
    "literal_error": Message("Expected one of {expected}."),
    "enum": Message("Expected one of {expected}."),
}


def explain(fault: Mapping[str, Any]) -> Message:
    """Return what one finding of pydantic says, in words that can be translated."""
    kind = fault["type"]
    if kind in _REASONS:
        return _REASONS[kind]
    if kind in _REASONS_WITH_LIMIT:
        return Message(_REASONS_WITH_LIMIT[kind].id, fault.get("ctx", {}))
    return Message("This value is not valid: {reason}.", {"reason": str(fault["msg"])})


def place_of(loc: Sequence[int | str]) -> Mapping[str, str]:
    """Return the place of a fault: a JSON pointer in the body, or the name of a parameter."""
    where, *path = [str(part) for part in loc]
    if where == "body":
        return {"pointer": "#" + "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)}
    return {"parameter": ".".join(path) or where}


def refuse_unknown_query(request: Request) -> None:
    """Refuse query parameters that the document does not name: a misspelt filter must not look like an unfiltered list."""
    names: Mapping[tuple[str, str], frozenset[str]] = request.app.state.query_names
    known = names[(request.scope["route"].path_format, request.method)]
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        details = tuple(Message("The query parameter “{name}” is unknown.", {"name": name[:100]}) for name in unknown[:20])
        listed = ", ".join(sorted(known)) or "–"
        raise InputInvalid(Message("Unknown query parameter. Known here: {known}.", {"known": listed}), details)
