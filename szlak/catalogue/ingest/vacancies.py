"""Vacancies from what people have at hand: a pasted text, JSON, JSON Lines, a table in CSV."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from szlak.catalogue.errors import RecordRefused
from szlak.catalogue.ingest.redaction import redact_record
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Vacancy
from szlak.catalogue.model.harvest import RecordInvalid
from szlak.catalogue.readers import iter_csv, iter_lines, parse_json, read_json, read_text, unreadable
from szlak.catalogue.records import check_ids, parse
from szlak.catalogue.text import clean

MAX_TITLE_CHARS = 100

_SECTIONS = ("duties", "must", "nice")
_BULLET = re.compile(r"\s*(?:[-–—*•·▪●‣◦]|\d{1,2}[.)])\s")
_SENTENCE_END = (".", ":", ";", ",", "!", "?", "…")

Positioned = Iterator[tuple[str, object]]
"""What a file holds, each with the place where it stood; an Exception stands for what could not be read there."""


def load_vacancies(path: Path) -> tuple[Vacancy | RecordInvalid, ...]:
    """Return the vacancies of a file in their order, without e-mail addresses, telephone and PESEL numbers.

    The ending of the name decides: `.txt` and `.md` hold the text of one vacancy, `.json` one record or a list, `.jsonl` a record
    a line, `.csv` a row each, under the columns title, text, record_id, valid_from, valid_to, kzis_code, kzis_version, duties,
    must, nice, of which text or one of the last three is needed; other columns are left alone.

    Raises:
        FileUnreadable: missing, too large, not UTF-8, of another kind, or a table without a column that holds text.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        known = ", ".join(sorted(_READERS))
        raise unreadable(path, Message("its kind “{kind}” is not known. Expected one of {known}.", {"kind": path.suffix, "known": known}))
    return tuple(_vacancy(path.name, position, value) for position, value in read(path))


def parse_vacancy_text(text: str) -> Vacancy:
    """Return the vacancy of a text; its title is the first line where that reads like one: short, no sentence, no bullet."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    title = clean(first)
    is_title = 0 < len(title) <= MAX_TITLE_CHARS and not title.endswith(_SENTENCE_END) and not _BULLET.match(first)
    return Vacancy(text=text, title=title if is_title else None)


def _vacancy(name: str, position: str, value: object) -> Vacancy | RecordInvalid:
    try:
        if isinstance(value, Exception):
            raise RecordRefused(Message("This is not JSON: {error}.", {"error": str(value)}))
        return _checked(_with_text(parse(Vacancy, redact_record(value)[0])))
    except RecordRefused as error:
        return RecordInvalid(source=f"file:{name}", position=position, reasons=error.details or (error.message,))


def _with_text(vacancy: Vacancy) -> Vacancy:
    if vacancy.text.strip():
        return vacancy
    text = "\n".join(section.text for section in vacancy.sections or ()).strip()
    if not text:
        raise RecordRefused(Message("The vacancy holds no text. Give its text or at least one section."))
    return replace(vacancy, text=text)


def _checked(vacancy: Vacancy) -> Vacancy:
    check_ids(vacancy)
    return vacancy


def _read_text(path: Path) -> Positioned:
    vacancy = parse_vacancy_text(read_text(path))
    yield "$", {"text": vacancy.text, "title": vacancy.title}


def _read_json(path: Path) -> Positioned:
    value = read_json(path)
    if isinstance(value, list):
        yield from ((f"$[{number}]", item) for number, item in enumerate(value))
    else:
        yield "$", value


def _read_json_lines(path: Path) -> Positioned:
    for number, line in iter_lines(path):
        try:
            yield f"line {number}", parse_json(line)
        except ValueError as error:
            yield f"line {number}", error


def _read_csv(path: Path) -> Positioned:
    content = BytesIO(read_text(path).encode())
    for number, row in enumerate(iter_csv(content, str(path)), 1):
        if number == 1:
            _check_columns(path, row)
        yield f"row {number}", _from_row(row)


def _check_columns(path: Path, row: Mapping[str, str]) -> None:
    if not {"text", *_SECTIONS} & row.keys():
        found = ", ".join(map(str, row))[:200]
        raise unreadable(
            path,
            Message(
                "it has no column text, duties, must or nice; found {found}. Commas part the columns named in its first line.",
                {"found": found},
            ),
        )


def _from_row(row: Mapping[str, str]) -> dict[str, Any]:
    filled = {name: cell.strip() for name, cell in row.items() if cell and cell.strip()}
    value: dict[str, Any] = {name: filled[name] for name in ("record_id", "title", "valid_from", "valid_to") if name in filled}
    sections = [{"kind": kind, "text": filled[kind]} for kind in _SECTIONS if kind in filled]
    kzis = {name: filled[f"kzis_{name}"] for name in ("code", "version") if f"kzis_{name}" in filled}
    value.update({name: part for name, part in (("sections", sections), ("kzis", kzis)) if part})
    return {**value, "text": filled.get("text", "")}


_READERS: Mapping[str, Callable[[Path], Positioned]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".json": _read_json,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
    ".csv": _read_csv,
}
