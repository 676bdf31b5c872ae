"""Machine links, which are replaced, and human decisions, which are only ever added."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Select, delete, distinct, func, select, tuple_

from szlak.catalogue.model.linking import Decision, StoredLink, Zone
from szlak.catalogue.store.mapping import decision_from, decision_values, link_from, link_values
from szlak.catalogue.store.sql import Sql
from szlak.catalogue.store.tables import credential, decision, link, vacancy

BATCH = 2000
"""Links or decisions that are held in memory at once."""


class ReadLinks:
    """What can be asked about links and decisions."""

    _sql: Sql

    def links(self, record_ids: Sequence[str]) -> dict[str, tuple[StoredLink, ...]]:
        """Return the machine links of those of the records that have some, in the order in which they were stored."""
        found: dict[str, list[StoredLink]] = defaultdict(list)
        query = select(link).where(self._sql.among(link.c.record_id, record_ids)).order_by(link.c.record_id, link.c.position)
        for row in self._sql.rows(query):
            found[row.record_id].append(link_from(row))
        return {record_id: tuple(links) for record_id, links in found.items()}

    def iter_links(self) -> Iterator[StoredLink]:
        """Yield all machine links by record, subject and concept."""
        key = (link.c.record_id, link.c.subject, link.c.concept_uri)
        query: Select[tuple[object, ...]] = select(link).order_by(*key).limit(BATCH)
        batch = self._sql.rows(query)
        while batch:
            yield from (link_from(row) for row in batch)
            last = batch[-1]
            batch = self._sql.rows(query.where(tuple_(*key) > tuple_(last.record_id, last.subject, last.concept_uri)))

    def count_demand(self) -> dict[str, int]:
        """Return in how many vacancies each concept was recognised without doubt, as far as vacancies are linked."""
        asking = link.c.record_id.in_(select(vacancy.c.record_id)) & link.c.record_id.not_in(select(credential.c.record_id))
        count = func.count(distinct(link.c.record_id)).label("count")
        query = select(link.c.concept_uri, count).where(asking, link.c.zone == Zone.ACCEPT.value).group_by(link.c.concept_uri)
        return {row.concept_uri: row[1] for row in self._sql.rows(query.order_by(link.c.concept_uri))}

    def decisions(self, record_ids: Sequence[str]) -> dict[str, tuple[Decision, ...]]:
        """Return the decisions about those of the records that have some, oldest first."""
        found: dict[str, list[Decision]] = defaultdict(list)
        query = select(decision).where(self._sql.among(decision.c.record_id, record_ids)).order_by(decision.c.decision_id)
        for row in self._sql.rows(query):
            found[row.record_id].append(decision_from(row))
        return {record_id: tuple(decisions) for record_id, decisions in found.items()}

    def last_decision(self) -> int:
        """Return the number of the newest decision, or 0 before the first one."""
        row = self._sql.row(select(func.max(decision.c.decision_id).label("last")))
        return int(row.last or 0)

    def decisions_after(self, decision_id: int) -> tuple[Decision, ...]:
        """Return the decisions with a higher number, oldest first: what a reader who has seen that one has still to see."""
        query = select(decision).where(decision.c.decision_id > decision_id).order_by(decision.c.decision_id)
        return tuple(map(decision_from, self._sql.rows(query)))

    def iter_decisions(self) -> Iterator[Decision]:
        """Yield all decisions, oldest first."""
        for batch in self._sql.iter_batches(decision, decision.c.decision_id, BATCH):
            yield from map(decision_from, batch)


class WriteLinks(ReadLinks):
    """What can be done to links and decisions."""

    def replace_links(self, record_id: str, links: Sequence[StoredLink]) -> None:
        """Store the machine links of a record in place of all it had; of two of one subject and concept the first stays."""
        first = {(stored.subject, stored.link.concept_uri): stored for stored in reversed(links)}
        kept = [stored for stored in links if first.get((stored.subject, stored.link.concept_uri)) is stored]
        self._sql.run(delete(link).where(link.c.record_id == record_id))
        self._sql.run(link.insert(), [link_values(replace(stored, record_id=record_id), position) for position, stored in enumerate(kept)])

    def append_decision(self, item: Decision) -> Decision:
        """Store a decision; return it with its id."""
        decision_id = self._sql.key_of(decision.insert().values(**decision_values(item)))
        return decision_from(self._sql.row(select(decision).where(decision.c.decision_id == decision_id)))
