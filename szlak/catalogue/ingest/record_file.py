"""Record files: JSON Lines in the record format (docs/reference/record-format.md), one record a line."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from szlak.catalogue.errors import InputInvalid, RecordRefused
from szlak.catalogue.ingest.redaction import redact_record
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Record
from szlak.catalogue.model.harvest import HarvestCursor, RawPage, RawRecord, RecordInvalid
from szlak.catalogue.readers import iter_lines, parse_json
from szlak.catalogue.records import check_ids, format_line, parse_record
from szlak.catalogue.text import redact_personal, text_key

PAGE_RECORDS = 500

Clock = Callable[[], datetime]


def now_utc() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class _Line:
    """A line of the file as read: its payload without personal data, or why it cannot be read."""

    number: int
    payload: Any
    redactions: int
    reasons: tuple[Message, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells records apart: two of different kinds may have one id."""
        return str(self.payload.get("record")), self.record_id

    @property
    def record_id(self) -> str:
        """The id of the record, or for a vacancy without one the id that it will be given."""
        stated = self.payload.get("record_id")
        return str(stated) if stated else f"vacancy:{text_key(str(self.payload.get('text', '')))}"


class RecordFileSource:
    """Reads a record file. A line that cannot be used is reported and stops none of the others.

    The file is read twice: when an id comes twice the later line is the record, and the earlier one must not be stored first,
    or harvesting the same file again would change it to and fro.
    """

    def __init__(self, path: Path, clock: Clock = now_utc) -> None:
        """Keep the path; nothing is read yet. `clock` gives the moment of fetching, in UTC."""
        self._path = path
        self._clock = clock

    @property
    def name(self) -> str:
        """`file:` and the name of the file without its folders."""
        return f"file:{self._path.name.encode(errors='replace').decode()}"

    def extract(self, after: HarvestCursor | None = None) -> Iterator[RawPage]:
        """Yield pages of lines; a cursor's position is the number of the last line before it.

        Raises:
            FileUnreadable: missing, too large, not UTF-8; nothing has been yielded then.
        """
        start = int(after.position) if after else 0
        winners, total, left = self._survey(start)
        records = self._iter_records(start, winners)
        while True:
            page = list(islice(records, PAGE_RECORDS))
            left -= len(page)
            position = str(page[-1][0]) if page else str(start)
            yield RawPage(
                records=tuple(record for _, record in page),
                cursor=HarvestCursor(source=self.name, position=position),
                stated_total=total,
                last=left <= 0,
            )
            # A file that grew shorter meanwhile ends without a last page: it was not read to the end that it had.
            if left <= 0 or not page:
                return

    def transform(self, raw: RawRecord) -> Iterable[Record | RecordInvalid]:
        """Return the record of a payload, or why it is refused."""
        try:
            return [_parse(raw.payload)]
        except RecordRefused as error:
            return [
                RecordInvalid(source=raw.source, position=raw.source_id, reasons=_reasons(error), payload_excerpt=_excerpt(raw.payload))
            ]

    def _survey(self, start: int) -> tuple[dict[tuple[str, str], int], int, int]:
        """Return the last line that can be used for each id, how many lines there are, and how many of them after `start`."""
        winners: dict[tuple[str, str], int] = {}
        total = left = 0
        for number, text in iter_lines(self._path):
            total += 1
            left += number > start
            line = _read(number, text)
            if not line.reasons:
                winners[line.key] = number
        return winners, total, left

    def _iter_records(self, start: int, winners: dict[tuple[str, str], int]) -> Iterator[tuple[int, RawRecord | RecordInvalid]]:
        good = set(winners.values())
        for number, text in iter_lines(self._path):
            if number > start:
                yield number, self._record(_read(number, text, known_good=number in good), winners)

    def _record(self, line: _Line, winners: dict[tuple[str, str], int]) -> RawRecord | RecordInvalid:
        if line.reasons:
            return self._refuse(line, line.reasons)
        winner = winners.get(line.key, line.number)
        if winner != line.number:
            params = {"id": line.record_id, "line": winner}
            return self._refuse(line, (Message("The id “{id}” comes again in line {line}, which is taken instead.", params),))
        content = hashlib.sha256(format_line(line.payload).encode()).hexdigest()
        return RawRecord(
            source=self.name,
            source_id=line.record_id,
            payload=line.payload,
            content_hash=f"sha256:{content}",
            fetched_at=self._clock(),
            redactions=line.redactions,
        )

    def _refuse(self, line: _Line, reasons: tuple[Message, ...]) -> RecordInvalid:
        return RecordInvalid(source=self.name, position=f"line {line.number}", reasons=reasons, payload_excerpt=_excerpt(line.payload))


def _read(number: int, text: str, *, known_good: bool = False) -> _Line:
    try:
        payload, redactions = redact_record(parse_json(text))
    except ValueError as error:
        # The reader's own words tell the column, never the text, which may name a person.
        return _Line(number, None, 0, (Message("The line is not JSON: {error}.", {"error": str(error)}),))
    try:
        if not (known_good and isinstance(payload, dict)):
            _parse(payload)
    except RecordRefused as error:
        return _Line(number, payload, redactions, _reasons(error))
    return _Line(number, payload, redactions)


def _parse(payload: object) -> Record:
    record = parse_record(payload)
    check_ids(record)
    return record


def _reasons(error: InputInvalid) -> tuple[Message, ...]:
    """Return the reasons without personal data: what was found is quoted in them, and may be an address in the wrong place."""
    return tuple(_redact(reason) for reason in error.details or (error.message,))


def _redact(message: Message) -> Message:
    params = {name: _redact_value(value) for name, value in message.params.items()}
    return replace(message, params=params)


def _redact_value(value: object) -> object:
    if isinstance(value, Message):
        return _redact(value)
    return redact_personal(value)[0] if isinstance(value, str) else value


def _excerpt(payload: object) -> str:
    """Return what tells which record it was. Nothing else of it: an unknown key is where a person's name would stand."""
    if not isinstance(payload, dict):
        return ""
    shown = {key: redact_personal(str(payload[key]))[0][:120] for key in ("record", "record_id") if key in payload}
    return format_line(shown).encode(errors="replace").decode()
