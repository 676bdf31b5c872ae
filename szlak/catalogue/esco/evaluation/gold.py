"""Judged texts: sentences with graded skills, and titles with their occupations, as JSON Lines (a name in .gz is unpacked)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from szlak.catalogue.errors import RecordRefused
from szlak.catalogue.messages import Message
from szlak.catalogue.model.linking import RELEVANT, LinkText
from szlak.catalogue.readers import iter_lines, parse_json, unreadable
from szlak.catalogue.records import parse_link_line

HIGHEST_GRADE = 3.0
TITLE_KIND = "offer_title"

T = TypeVar("T")
Fields = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class GoldSentence:
    """A sentence as annotators judged it.

    `grades` holds the mean grade, in [0, 3], of each judged concept URI; whatever is not in it is unjudged. `nil`: no concept fits;
    `nil_disputed`: the annotators did not agree on that. Where the file does not tell, these are false, and `kind`,
    `source` and `document` empty.
    """

    identity: str
    text: LinkText
    grades: Mapping[str, float]
    nil: bool
    nil_disputed: bool = False
    kind: str = ""
    source: str = ""
    document: str = ""

    @cached_property
    def relevant(self) -> frozenset[str]:
        """The URIs of the concepts that fit."""
        return frozenset(uri for uri, grade in self.grades.items() if grade >= RELEVANT)


@dataclass(frozen=True, kw_only=True)
class GoldTitle:
    """A job title and the URIs of the occupations any of which is right."""

    identity: str
    text: LinkText
    relevant: frozenset[str]


def read_gold(path: Path, max_chars: int) -> list[GoldSentence]:
    """Read the judged sentences of a file; of each text the first `max_chars` characters are kept.

    Raises:
        FileUnreadable: no file, no line, or a line that is not JSON.
        RecordRefused: a line of another shape, or an id that was there before.
    """
    return _read(path, lambda value, line: _parse_sentence(value, line, max_chars), lambda row: row.identity)


def read_titles(path: Path, max_chars: int) -> list[GoldTitle]:
    """Read the job titles of a file; errors as in `read_gold`."""
    return _read(path, lambda value, line: _parse_title(value, line, max_chars), lambda row: row.identity)


def _read(path: Path, parse: Callable[[object, int], T], identity: Callable[[T], str]) -> list[T]:
    found: dict[str, T] = {}
    for line, value in _iter_values(path):
        row = parse(value, line)
        if identity(row) in found:
            raise RecordRefused(Message("Line {line}: the id {id} was there before. Give each line its own.", _at(line, id=identity(row))))
        found[identity(row)] = row
    if not found:
        raise unreadable(path, Message("it holds no line. Name a file of judged texts (JSON Lines)."))
    return list(found.values())


def _iter_values(path: Path) -> Iterator[tuple[int, object]]:
    for line, text in iter_lines(path):
        try:
            yield line, parse_json(text)
        except ValueError as error:
            raise unreadable(path, Message("line {line} is not JSON: {error}.", _at(line, error=str(error)))) from None


def _parse_sentence(value: object, line: int, max_chars: int) -> GoldSentence:
    identity, text = parse_link_line(value, line)
    fields: Fields = value if isinstance(value, dict) else {}
    grades, nil = _grades(fields, line), _flag(fields, "nil", line)
    if nil and max(grades.values(), default=0.0) >= RELEVANT:
        raise RecordRefused(Message("Line {line}: “nil” says that nothing fits, but a concept has a grade of at least 2.", _at(line)))
    return GoldSentence(
        identity=str(identity),
        text=replace(text, text=text.text[:max_chars]),
        grades=grades,
        nil=nil,
        nil_disputed=_flag(fields, "nil_disputed", line),
        kind=_word(fields, "kind"),
        source=_word(fields, "source"),
        document=_word(fields, "document"),
    )


def _parse_title(value: object, line: int, max_chars: int) -> GoldTitle:
    fields: Fields = value if isinstance(value, dict) else {}
    uris = fields.get("concept_uris")
    if "id" not in fields or not isinstance(fields.get("title"), str):
        raise RecordRefused(Message("Line {line} must be an object with “id”, a string “title” and a list “concept_uris”.", _at(line)))
    if not isinstance(uris, list) or not uris or not all(isinstance(uri, str) for uri in uris):
        raise RecordRefused(Message("Line {line}: “concept_uris” must be a list of at least one concept URI.", _at(line)))
    identity, text = parse_link_line({"id": fields["id"], "text": fields["title"], "kind": TITLE_KIND}, line)
    return GoldTitle(identity=str(identity), text=replace(text, text=text.text[:max_chars]), relevant=frozenset(uris))


def _grades(fields: Fields, line: int) -> Mapping[str, float]:
    grades = fields.get("grades")
    if not isinstance(grades, dict):
        raise RecordRefused(Message("Line {line}: “grades” must be an object of concept URIs and their mean grades, or {{}}.", _at(line)))
    for uri, grade in grades.items():
        if isinstance(grade, bool) or not isinstance(grade, int | float) or not 0 <= grade <= HIGHEST_GRADE:
            params = _at(line, uri=uri, found=str(grade)[:40])
            raise RecordRefused(Message("Line {line}: the grade of {uri} must be a number from 0 to 3; found {found}.", params))
    return {uri: float(grade) for uri, grade in grades.items()}


def _flag(fields: Fields, name: str, line: int) -> bool:
    value = fields.get(name, False)
    if not isinstance(value, bool):
        raise RecordRefused(
            Message("Line {line}: “{name}” must be true or false; found {found}.", _at(line, name=name, found=str(value)[:40]))
        )
    return value


def _word(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _at(line: int, **params: object) -> dict[str, object]:
    return {"line": line, **params}
