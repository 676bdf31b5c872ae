"""JSON <-> model: records, vacancies, profiles, limits, gaps and plans.

Reading is strict: an unknown key, a missing one or a wrong type is refused with its place. Amounts are read as string or
number and written as decimal strings.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from szlak.catalogue.errors import RecordRefused
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Credential, Qualification, Record, Vacancy
from szlak.catalogue.model.linking import TEXT_KINDS, LinkResult, LinkText

RECORDS: Mapping[str, type[Record]] = {"credential": Credential, "vacancy": Vacancy, "qualification": Qualification}
T = TypeVar("T")


@cache
def adapter(noun: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a class, whichever it is
    """Return the reader and writer of a noun (a class, made once)."""
    return TypeAdapter(noun)


def parse(noun: type[T], value: object) -> T:
    """Return the noun that a JSON value describes.

    Raises:
        RecordRefused: with one detail for each thing that is wrong, and where.
    """
    try:
        found: T = adapter(noun).validate_python(value)  # type: ignore[arg-type]
    except ValidationError as error:
        raise refused(noun.__name__, error) from None
    return found


def format_json(value: Any) -> Any:  # noqa: ANN401 - any noun in, JSON out
    """Return the JSON value of a noun; the inverse of `parse`."""
    return adapter(type(value)).dump_python(value, mode="json")  # type: ignore[arg-type]


def parse_record(value: object) -> Record:
    """Return the credential, vacancy or qualification that a JSON object describes."""
    kind = value.get("record") if isinstance(value, dict) else None
    noun = RECORDS.get(kind) if isinstance(kind, str) else None
    if noun is None:
        known = ", ".join(sorted(RECORDS))
        raise RecordRefused(Message("The key “record” must be one of {known}; found {found}.", {"known": known, "found": _short(kind)}))
    return parse(noun, value)


def format_line(value: object) -> str:
    """Return one canonical JSON line: sorted keys, no spaces, no line break."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def refused(what: str, error: ValidationError) -> RecordRefused:
    """Return our error for pydantic's, each reason with the place it speaks of."""
    details = tuple(_detail(item) for item in error.errors(include_url=False, include_context=False)[:20])
    message = Message(
        "{what} has {n} thing that is wrong.", {"what": what}, plural="{what} has {n} things that are wrong.", n=error.error_count()
    )
    return RecordRefused(message, details)


def parse_link_line(value: object, line: int) -> tuple[object, LinkText]:
    """Return the id and the text of one line of `szlak link`; a kind that is not known counts as absent."""
    if not isinstance(value, dict) or "id" not in value or not isinstance(value.get("text"), str):
        raise RecordRefused(
            Message("Line {line} must be an object with “id” and a string “text”; found {found}.", {"line": line, "found": _short(value)})
        )
    context, kind = value.get("context"), value.get("kind")
    text = LinkText(text=value["text"], context=context if isinstance(context, str) else "", kind=kind if kind in TEXT_KINDS else None)
    return value["id"], text


def format_link_result(result: LinkResult) -> dict[str, Any]:
    """Return the links of one text in the shape of `szlak link` and `POST /links`."""
    return {"links": [{**format_json(link), "accepted": link.accepted} for link in result.links], "nil": result.nil}


_REASONS = {
    "missing": "{place}: this key is missing.",
    "unexpected_keyword_argument": "{place}: this key is unknown.",
    "extra_forbidden": "{place}: this key is unknown.",
}


def _detail(item: Mapping[str, Any]) -> Message:
    place = ".".join(str(part) for part in item["loc"]) or "$"
    known = _REASONS.get(item["type"])
    if known is not None:
        return Message(known, {"place": place})
    return Message("{place}: {reason}; found {found}.", {"place": place, "reason": item["msg"], "found": _short(item["input"])})


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else text[:77] + "…"
