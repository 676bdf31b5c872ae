"""Reading what is coded by KZiS, the Polish classification of occupations: its official descriptions, and job titles."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from szlak.catalogue.errors import FileUnreadable
from szlak.catalogue.esco.training_pairs import OccupationDescription
from szlak.catalogue.messages import Message
from szlak.catalogue.readers import iter_csv_file, unreadable
from szlak.catalogue.text import clean

COLUMNS = ("code", "name", "synteza", "zadania_zawodowe", "dodatkowe_zadania_zawodowe")

TITLE_COLUMNS = ("job_title", "kzis_code")

GROUP_DIGITS = 4
"""Digits of a KZiS code that are those of its ISCO group."""

_TASKS = COLUMNS[3:]
_END_OF_TASK = re.compile(r";|[\r\n]+|[,.]\s*(?=-\s)")
_GROUP = re.compile(r"\d{4}")
_FEWEST_LETTERS = 3
_MARKS = " -–•.,;\t"
_NOTHING = "brak"
"""What the ministry writes where there is no further task."""


@dataclass(frozen=True, kw_only=True)
class CodedTitle:
    """A job title as advertised, and the four digits of the ISCO group that an expert gave it."""

    title: str
    group: str


def read_coded_titles(path: Path) -> tuple[CodedTitle, ...]:
    """Return the job titles of a CSV file with their groups, each once, in the file's order; other columns are not looked at.

    Raises:
        FileUnreadable: as in `read_descriptions`; a code that does not begin with four digits is none.
    """
    found: dict[CodedTitle, None] = {}
    for row in _iter_rows(path, TITLE_COLUMNS):
        title, code = clean(row["job_title"]), clean(row["kzis_code"])
        if title and _GROUP.match(code):
            found[CodedTitle(title=title, group=code[:GROUP_DIGITS])] = None
    if not found:
        raise unreadable(path, Message("it holds no occupation."))
    return tuple(found)


def read_descriptions(path: Path) -> tuple[OccupationDescription, ...]:
    """Return the occupations of a CSV file, or of one that ends in .gz, in the file's order; a row without a name is left out.

    Raises:
        FileUnreadable: the file is missing, beyond the limits of `readers`, not of these columns, or holds no occupation.
    """
    found = tuple(_iter_descriptions(path))
    if not found:
        raise unreadable(path, Message("it holds no occupation."))
    return found


def split_tasks(text: str) -> tuple[str, ...]:
    """Return the tasks of a cell, each once: they end with a semicolon or a line, and may begin with a dash; a heading is none."""
    pieces = (clean(piece).strip(_MARKS) for piece in _END_OF_TASK.split(text))
    return tuple(dict.fromkeys(piece for piece in pieces if _is_task(piece)))


def _is_task(piece: str) -> bool:
    return sum(map(str.isalpha, piece)) >= _FEWEST_LETTERS and not piece.endswith(":") and piece.casefold() != _NOTHING


def _iter_descriptions(path: Path) -> Iterator[OccupationDescription]:
    for row in _iter_rows(path, COLUMNS):
        name = clean(row["name"])
        if name:
            tasks = dict.fromkeys(task for column in _TASKS for task in split_tasks(row[column]))
            yield OccupationDescription(code=clean(row["code"]), name=name, synthesis=clean(row["synteza"]), tasks=tuple(tasks))


def _iter_rows(path: Path, columns: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a CSV file that has certain columns."""

    def refuse(line: int) -> None:
        raise unreadable(path, Message("line {line} has another number of cells than the header.", {"line": line}))

    for row in iter_csv_file(path, on_odd_width=refuse):
        missing = [column for column in columns if column not in row]
        if missing:
            raise _other_columns(path, missing, columns)
        yield row


def _other_columns(path: Path, missing: Sequence[str], columns: Sequence[str]) -> FileUnreadable:
    params = {"missing": ", ".join(missing), "columns": ", ".join(columns)}
    if tuple(columns) == COLUMNS:
        return unreadable(
            path, Message("it has no column {missing}. Expected the official descriptions of KZiS with the columns {columns}.", params)
        )
    return unreadable(path, Message("it has no column {missing}. Expected job titles with the columns {columns}.", params))
