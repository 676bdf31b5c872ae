"""Reading the official descriptions of KZiS, the Polish classification of occupations."""

import re
from collections.abc import Iterator
from pathlib import Path

from szlak.catalogue.errors import FileUnreadable
from szlak.catalogue.esco.training_pairs import OccupationDescription
from szlak.catalogue.messages import Message
from szlak.catalogue.readers import iter_csv_file, unreadable
from szlak.catalogue.text import clean

COLUMNS = ("code", "name", "synteza", "zadania_zawodowe", "dodatkowe_zadania_zawodowe")

_TASKS = COLUMNS[3:]
_END_OF_TASK = re.compile(r";|[\r\n]+|[,.]\s*(?=-\s)")
_FEWEST_LETTERS = 3
_MARKS = " -–•.,;\t"
_NOTHING = "brak"
"""What the ministry writes where there is no further task."""


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
    def refuse(line: int) -> None:
        raise unreadable(path, Message("line {line} has another number of cells than the header.", {"line": line}))

    for row in iter_csv_file(path, on_odd_width=refuse):
        missing = [column for column in COLUMNS if column not in row]
        if missing:
            raise _other_columns(path, missing)
        name = clean(row["name"])
        if name:
            tasks = dict.fromkeys(task for column in _TASKS for task in split_tasks(row[column]))
            yield OccupationDescription(code=clean(row["code"]), name=name, synthesis=clean(row["synteza"]), tasks=tuple(tasks))


def _other_columns(path: Path, missing: list[str]) -> FileUnreadable:
    return unreadable(
        path,
        Message(
            "it has no column {missing}. Expected the official descriptions of KZiS with the columns {columns}.",
            {"missing": ", ".join(missing), "columns": ", ".join(COLUMNS)},
        ),
    )
