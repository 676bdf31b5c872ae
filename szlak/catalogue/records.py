"""JSON <-> model: records, vacancies, profiles, limits, gaps and plans.

Reading is strict: an unknown key, a missing one or a wrong type is refused with its place. Amounts are read as string or
number and written as decimal strings.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from babel import Locale
from pydantic import TypeAdapter, ValidationError

from szlak.catalogue.errors import RecordRefused
from szlak.catalogue.messages import Message, render
from szlak.catalogue.model.catalogue import Credential, Qualification, Record, Vacancy
from szlak.catalogue.model.linking import TEXT_KINDS, Link, LinkResult, LinkText
from szlak.catalogue.model.matching import Gap, PlanResult, TargetOccupation
from szlak.catalogue.model.reasons import explain_reasons

RECORDS: Mapping[str, type[Record]] = {"credential": Credential, "vacancy": Vacancy, "qualification": Qualification}
T = TypeVar("T")

_NO_TEXT = re.compile(r"[\0\ud800-\udfff]")
_SUSPICIOUS = re.compile(r"\\u0000|[\ud800-\udfff]")
"""What `_NO_TEXT` looks like in JSON."""
_LANG = re.compile(r"[a-zA-Z]{2}")
_MAX_REASONS = 20
MAX_ID_CHARS = 500
"""Longest id: an entry of an index of PostgreSQL holds no more than 2,704 bytes."""


@cache
def adapter(noun: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a class, whichever it is
    """Return the reader and writer of a noun (a class, made once)."""
    return TypeAdapter(noun)


def parse(noun: type[T], value: object) -> T:
    """Return the noun that a JSON value describes. Nothing is converted: "3" is no number, 0 is no date.

    Raises:
        RecordRefused: with one detail for each thing that is wrong, and where.
    """
    # One look at the whole text; only where something is wrong is its place worth a walk.
    text = json.dumps(value, ensure_ascii=False, default=str)
    unreadable = tuple(_iter_unreadable(value, ())) if _SUSPICIOUS.search(text) else ()
    if unreadable:
        raise _refusal(noun.__name__, unreadable)
    try:
        # Through text, because only there strictness and dates, times and decimals written as strings go together.
        found: T = adapter(noun).validate_json(text, strict=True)  # type: ignore[arg-type]
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
    record: Record = parse(noun, value)
    if not isinstance(record, Vacancy) and not any(text.strip() for text in record.title.values()):
        raise RecordRefused(Message("title: this has no text in any language."))
    return record


def is_id(text: str) -> bool:
    """Whether a text can be the id of something that is stored."""
    return len(text) <= MAX_ID_CHARS and not _NO_TEXT.search(text)


def check_ids(record: Record) -> None:
    """Refuse a record whose ids cannot be stored, or a credential two of whose offers have the same one.

    Raises:
        RecordRefused: with the first such id.
    """
    if record.record_id == "":
        raise RecordRefused(Message("record_id: this is empty. Give the record an id that stays the same."))
    offers = record.offers if isinstance(record, Credential) else ()
    source = (record.provenance.source, record.provenance.source_id) if record.provenance else ()
    stated, given = [offer.source_id for offer in offers], [offer.offer_id for offer in offers if offer.offer_id]
    for key in (record.record_id or "", *source, *stated, *given):
        if not is_id(key):
            params = {"id": _mend(key[:60]), "limit": MAX_ID_CHARS}
            raise RecordRefused(Message("The id “{id}…” cannot be stored: expected a text of at most {limit} characters.", params))
    for ids in (stated, given):
        if len(set(ids)) < len(ids):
            twice = min(key for key in ids if ids.count(key) > 1)
            raise RecordRefused(Message("Two offers of {record} have the id “{id}”.", {"record": record.record_id, "id": twice}))


def format_line(value: object) -> str:
    """Return one canonical JSON line: sorted keys, no spaces, no line break."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def refused(what: str, error: ValidationError) -> RecordRefused:
    """Return our error for pydantic's, each reason with the place it speaks of."""
    return _refusal(what, tuple(_detail(item) for item in error.errors(include_url=False)))


def parse_link_line(value: object, line: int) -> tuple[object, LinkText]:
    """Return the id and the text of one line of `szlak link`; a kind that is not known counts as absent."""
    if not isinstance(value, dict) or "id" not in value or not isinstance(value.get("text"), str):
        raise RecordRefused(
            Message("Line {line} must be an object with “id” and a string “text”; found {found}.", {"line": line, "found": _short(value)})
        )
    context, kind = value.get("context"), value.get("kind")
    text = LinkText(
        text=_mend(value["text"]),
        context=_mend(context) if isinstance(context, str) else "",
        kind=kind if kind in TEXT_KINDS else None,
        lang=read_lang(value.get("lang")),
    )
    return value["id"], text


def read_lang(value: object) -> str | None:
    """Return a language code of two letters in lower case; None for what is none."""
    return value.lower() if isinstance(value, str) and _LANG.fullmatch(value) else None


def format_link_result(result: LinkResult, lang: str) -> dict[str, Any]:
    """Return the links of one text in the shape of `szlak link` and `POST /links`, reasons also in words."""
    links = [_format_link(link, lang) for link in result.links]
    return {"links": links, "nil": result.nil, "lang": result.lang, "note": describe_foreign(result.lang, lang)}


def describe_foreign(foreign: str | None, lang: str) -> str | None:
    """Return in words that a text is in a language that is not linked (`LinkResult.lang`); None for any other."""
    if foreign is None:
        return None
    name = Locale(lang).languages.get(foreign, foreign)
    return render(
        Message("The text seems to be in another language: {language}. Only Polish and English are linked.", {"language": name}), lang
    )


def _format_link(link: Link, lang: str) -> dict[str, Any]:
    explanation = [render(sentence, lang) for sentence in explain_reasons(link.reasons)]
    return {**format_json(link), "explanation": explanation, "accepted": link.accepted}


def gap_to_json(gap: Gap, lang: str) -> dict[str, Any]:
    """Return a gap as `szlak gap` and `POST /gaps` give it, reasons in words."""
    skills = [{**format_json(skill), "reason": render(skill.reason, lang)} for skill in gap.skills]
    return {"schema_version": 1, "skills": skills, "occupations": _occupations_to_json(gap.occupations, lang)}


def plan_to_json(result: PlanResult, lang: str) -> dict[str, Any]:
    """Return plans as `szlak plan` and `POST /plans` give them, best first, notes in words."""
    plans = [format_json(plan) for plan in result.plans]
    return {"schema_version": 1, "plans": plans, "occupations": _occupations_to_json(result.occupations, lang)}


def _occupations_to_json(occupations: Sequence[TargetOccupation], lang: str) -> list[dict[str, Any]]:
    return [{**format_json(found), "note": found.note and render(found.note, lang)} for found in occupations]


_UNREADABLE = Message("NUL characters and halves of surrogate pairs are not text.")
_REASONS: Mapping[str, Message] = {
    "missing": Message("This is missing."),
    "unexpected_keyword_argument": Message("This key is unknown."),
    "extra_forbidden": Message("This key is unknown."),
}
_EXPECTED: Mapping[str, Message] = {
    "string": Message("Expected a text."),
    "int": Message("Expected a whole number."),
    "float": Message("Expected a number."),
    "decimal": Message("Expected a number."),
    "finite": Message("Expected a number."),
    "bool": Message("Expected true or false."),
    "date": Message("Expected a date such as 2027-02-12."),
    "time": Message("Expected a time such as 09:30."),
    "datetime": Message("Expected a date and time such as 2027-02-12T09:30:00Z."),
    "tuple": Message("Expected a list."),
    "too": Message("Expected a list of another length."),
    "dict": Message("Expected an object."),
    "dataclass": Message("Expected an object."),
}
"""What was expected, by the first word of pydantic's error type ("int_parsing", "date_from_datetime_inexact", …)."""


def _refusal(what: str, reasons: tuple[Message, ...]) -> RecordRefused:
    message = Message("{what} has {n} thing that is wrong.", {"what": what}, "{what} has {n} things that are wrong.", len(reasons))
    return RecordRefused(message, reasons[:_MAX_REASONS])


def _detail(item: Mapping[str, Any]) -> Message:
    place, kind = _place(item["loc"]), str(item["type"])
    known = _REASONS.get(kind)
    if known is not None:
        return Message("{place}: {reason}", {"place": place, "reason": known})
    return Message("{place}: {reason} Found {found}.", {"place": place, "reason": _expectation(kind, item), "found": _short(item["input"])})


def _expectation(kind: str, item: Mapping[str, Any]) -> Message:
    if kind in ("literal_error", "enum"):
        values = str(item["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
        return Message("Expected one of {expected}.", {"expected": values})
    if kind == "greater_than_equal":
        return Message("Expected at least {limit}.", {"limit": item["ctx"]["ge"]})
    if kind == "less_than_equal":
        return Message("Expected at most {limit}.", {"limit": item["ctx"]["le"]})
    return _EXPECTED.get(kind.split("_")[0]) or Message("This value is not valid: {reason}.", {"reason": item["msg"]})


def _iter_unreadable(value: object, place: tuple[object, ...]) -> Iterator[Message]:
    if isinstance(value, str):
        if _NO_TEXT.search(value):
            yield Message("{place}: {reason}", {"place": _place(place), "reason": _UNREADABLE})
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield from _iter_unreadable(key, (*place, key))
            yield from _iter_unreadable(child, (*place, key))
    elif isinstance(value, list | tuple):
        for number, child in enumerate(value):
            yield from _iter_unreadable(child, (*place, number))


def _mend(text: str) -> str:
    """Return the text with the same number of code points, each of which can be written as UTF-8."""
    return _NO_TEXT.sub("\ufffd", text)


def _place(parts: tuple[object, ...]) -> str:
    return _mend(".".join(map(str, parts))) or "$"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return _mend(text if len(text) <= 80 else text[:77] + "…")
