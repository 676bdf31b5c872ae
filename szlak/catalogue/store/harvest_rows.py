"""Raw payloads, reports of harvests, and generations of the index."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from szlak.catalogue.errors import NotFound
from szlak.catalogue.messages import Message
from szlak.catalogue.model.harvest import HarvestReport, RawRecord, RecordInvalid
from szlak.catalogue.model.search import Generation
from szlak.catalogue.store.mapping import (
    generation_from,
    generation_values,
    invalid_from,
    invalid_values,
    raw_from,
    raw_values,
    report_from,
    report_values,
)
from szlak.catalogue.store.sql import Sql
from szlak.catalogue.store.tables import generation, harvest_report, live_generation, raw_record, record_invalid


class ReadHarvest:
    """What can be asked about harvests and generations."""

    _sql: Sql

    def iter_raw(self, source: str) -> Iterator[RawRecord]:
        """Yield every payload of a source by its id there, oldest first, so that it can be transformed again."""
        columns = raw_record.c
        query = select(columns.source_id).where(self._sql.among(columns.source, [source])).distinct().order_by(columns.source_id)
        for (source_id,) in self._sql.rows(query):
            versions = select(raw_record).where(columns.source == source, columns.source_id == source_id)
            yield from map(raw_from, self._sql.rows(versions.order_by(columns.fetched_at, columns.content_hash)))

    def reports(self, limit: int) -> tuple[HarvestReport, ...]:
        """Return at most `limit` reports, newest first, each with its refused records."""
        rows = self._sql.rows(select(harvest_report).order_by(harvest_report.c.report_id.desc()).limit(limit))
        invalid: dict[int, list[RecordInvalid]] = defaultdict(list)
        wanted = record_invalid.c.report_id.in_([row.report_id for row in rows])
        for row in self._sql.rows(select(record_invalid).where(wanted).order_by(record_invalid.c.report_id, record_invalid.c.number)):
            invalid[row.report_id].append(invalid_from(row))
        return tuple(report_from(row, invalid[row.report_id]) for row in rows)

    def live_generation(self) -> Generation | None:
        """Return the generation that answers searches, or None before the first one."""
        row = self._sql.row(select(generation).join(live_generation))
        return None if row is None else generation_from(row)

    def generation_payload(self, generation_id: str) -> bytes | None:
        """Return what was stored with a generation, or None."""
        row = self._sql.row(select(generation.c.payload).where(self._sql.among(generation.c.generation_id, [generation_id])))
        return None if row is None else row.payload


class WriteHarvest(ReadHarvest):
    """What can be done to harvests and generations."""

    def save_raw(self, raw: RawRecord) -> None:
        """Store a payload unless the same content of the same id is stored already."""
        self._sql.insert_missing(raw_record, raw_values(raw))

    def save_report(self, report: HarvestReport) -> None:
        """Store a report with its refused records."""
        report_id = self._sql.key_of(harvest_report.insert().values(**report_values(report)))
        rows = [invalid_values(report_id, number, invalid) for number, invalid in enumerate(report.invalid)]
        self._sql.run(record_invalid.insert(), rows)

    def save_generation(self, item: Generation, payload: bytes | None) -> None:
        """Store a generation, in place of one of the same id; it is not live yet."""
        self._sql.upsert(generation, generation_values(item, payload))

    def set_live(self, generation_id: str) -> None:
        """Let a stored generation answer from now on.

        Raises:
            NotFound: there is no such generation.
        """
        if self._sql.row(select(generation.c.generation_id).where(self._sql.among(generation.c.generation_id, [generation_id]))) is None:
            raise NotFound(Message("No generation of the index has the id “{id}”.", {"id": generation_id}))
        self._sql.upsert(live_generation, {"slot": 1, "generation_id": generation_id})
