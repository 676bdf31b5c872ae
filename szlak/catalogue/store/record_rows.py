"""Credentials with their offers and providers, vacancies and qualifications."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

from sqlalchemy import Column, ColumnElement, Table, delete, exists, func, literal, select, update

from szlak.catalogue.model.catalogue import Credential, LocalText, Offer, Provider, Qualification, Record, Vacancy
from szlak.catalogue.store.mapping import (
    body_of,
    credential_from,
    credential_values,
    hash_record,
    offer_values,
    provider_values,
    record_from,
    settle,
    whole_values,
)
from szlak.catalogue.store.sql import Sql, Values
from szlak.catalogue.store.tables import credential, decision, link, offer, provider, qualification, vacancy

BATCH = 500
"""Records that are held in memory at once."""

Change = Literal["new", "changed", "unchanged"]
T = TypeVar("T", Vacancy, Qualification)
_TABLES: Mapping[str, Table] = {"credential": credential, "vacancy": vacancy, "qualification": qualification}
_STALE = ""
"""Hash of a credential that lost an offer to another one, so that its next harvest looks at it again."""
_HAS_CREDENTIALS = exists(select(literal(1)).where(credential.c.provider_id == provider.c.provider_id))


class ReadRecords:
    """What can be asked about records."""

    _sql: Sql

    def credential(self, record_id: str) -> Credential | None:
        """Return a credential with its offers, or None."""
        return self.credentials([record_id]).get(record_id)

    def credentials(self, record_ids: Sequence[str]) -> dict[str, Credential]:
        """Return those of the credentials that there are, by id, with two statements however many they are."""
        return self._credentials(self._sql.among(credential.c.record_id, record_ids), self._sql.among(offer.c.record_id, record_ids))

    def iter_credentials(self) -> Iterator[Credential]:
        """Yield all credentials by id, holding one batch in memory."""
        for batch in self.iter_credential_batches():
            yield from batch

    def iter_credential_batches(self, size: int = BATCH) -> Iterator[tuple[Credential, ...]]:
        """Yield all credentials by id, `size` at a time."""
        after: str | None = None
        while ids := self._credential_ids(after, size):
            found = self.credentials(ids)
            yield tuple(found[record_id] for record_id in ids)
            after = ids[-1]

    def vacancy(self, record_id: str) -> Vacancy | None:
        """Return a vacancy, or None."""
        return self._whole(vacancy, Vacancy, record_id)

    def list_vacancies(self, after: str | None, limit: int) -> tuple[Vacancy, ...]:
        """Return at most `limit` vacancies by id, those after an id."""
        query = select(vacancy.c.body).order_by(vacancy.c.record_id).limit(limit)
        rows = self._sql.rows(query if after is None else query.where(_after(vacancy.c.record_id, after)))
        return tuple(record_from(Vacancy, row.body) for row in rows)

    def iter_vacancies(self) -> Iterator[Vacancy]:
        """Yield all vacancies by id, holding one batch in memory."""
        return self._iter_whole(vacancy, Vacancy)

    def qualification(self, record_id: str) -> Qualification | None:
        """Return a qualification, or None."""
        return self._whole(qualification, Qualification, record_id)

    def iter_qualifications(self) -> Iterator[Qualification]:
        """Yield all qualifications by id, holding one batch in memory."""
        return self._iter_whole(qualification, Qualification)

    def offer(self, offer_id: str) -> tuple[Credential, Offer] | None:
        """Return an offer with the credential it is an edition of, or None."""
        row = self._sql.row(select(offer.c.record_id, offer.c.body).where(self._sql.among(offer.c.offer_id, [offer_id])))
        owner = self.credential(row.record_id) if row else None
        return (owner, record_from(Offer, row.body)) if owner else None

    def list_offers(self, after: str | None, limit: int) -> tuple[tuple[str, LocalText, Offer], ...]:
        """Return at most `limit` offers by id, those after an id, each with its credential's id and title."""
        query = select(offer.c.record_id, credential.c.title, offer.c.body).join(credential).order_by(offer.c.offer_id).limit(limit)
        rows = self._sql.rows(query if after is None else query.where(_after(offer.c.offer_id, after)))
        return tuple((row.record_id, json.loads(row.title), record_from(Offer, row.body)) for row in rows)

    def state(self) -> str:
        """Return 64 hexadecimal digits that change whenever a credential or a decision does."""
        digest = hashlib.sha256()
        for row in self._sql.rows(select(credential.c.record_id, credential.c.content_hash).order_by(credential.c.record_id)):
            digest.update(f"{row.record_id}\t{row.content_hash}\n".encode("utf-8", "surrogatepass"))
        last = self._sql.row(select(func.max(decision.c.decision_id).label("last")))
        digest.update(str(last.last if last else None).encode())
        return digest.hexdigest()

    def iter_providers(self) -> Iterator[tuple[str, Provider]]:
        """Yield the providers that have credentials, each with its id, by id."""
        query = select(provider).where(_HAS_CREDENTIALS).order_by(provider.c.provider_id)
        return ((row.provider_id, record_from(Provider, row.body)) for row in self._sql.rows(query))

    def _credential_ids(self, after: str | None, limit: int) -> list[str]:
        query = select(credential.c.record_id).order_by(credential.c.record_id).limit(limit)
        return [row.record_id for row in self._sql.rows(query if after is None else query.where(credential.c.record_id > after))]

    def _credentials(self, which: ColumnElement[bool], whose: ColumnElement[bool]) -> dict[str, Credential]:
        offers: dict[str, list[str]] = defaultdict(list)
        for row in self._sql.rows(select(offer.c.record_id, offer.c.body).where(whose).order_by(offer.c.record_id, offer.c.position)):
            offers[row.record_id].append(row.body)
        columns = (credential.c.record_id, credential.c.body, provider.c.body.label("provider"))
        rows = self._sql.rows(select(*columns).join(provider).where(which).order_by(credential.c.record_id))
        return {row.record_id: credential_from(row.body, row.provider, offers.get(row.record_id, ())) for row in rows}

    def _whole(self, table: Table, noun: type[T], record_id: str) -> T | None:
        row = self._sql.row(select(table.c.body).where(self._sql.among(table.c.record_id, [record_id])))
        return None if row is None else record_from(noun, row.body)

    def _iter_whole(self, table: Table, noun: type[T]) -> Iterator[T]:
        for batch in self._sql.iter_batches(table, table.c.record_id, BATCH):
            yield from (record_from(noun, row.body) for row in batch)


class WriteRecords(ReadRecords):
    """What can be done to records."""

    def upsert(self, record: Record) -> Change:
        """Store a record if it is not stored as it is; a second time changes nothing.

        A credential is the whole truth about its offers: those that it no longer has are removed. Links that a linker or a
        curator gave are dropped, as the store keeps them apart. Under another title the texts of a record mean something else: its stored
        machine links go, and are made again. The title of a vacancy without one is read from its text.

        Raises:
            RecordRefused: an id or a text of it cannot be stored.
        """
        settled = settle(record)
        body = body_of(settled)
        table = _TABLES[settled.record]
        stored = self._sql.row(select(table.c.content_hash, table.c.body).where(table.c.record_id == settled.record_id))
        if stored is not None and stored.content_hash == hash_record(body):
            return "unchanged"
        if stored is not None and _title_source(json.loads(stored.body)) != _title_source(body):
            self._sql.run(delete(link).where(link.c.record_id == settled.record_id))
        if isinstance(settled, Credential):
            self._write_credential(settled, body)
        else:
            self._sql.upsert(table, whole_values(settled, body))
        return "new" if stored is None else "changed"

    def delete_records(self, source: str) -> int:
        """Remove all records of a source with their machine links; decisions stay. Return how many records there were."""
        removed = 0
        for table in _TABLES.values():
            gone = select(table.c.record_id).where(table.c.source == source)
            self._sql.run(delete(link).where(link.c.record_id.in_(gone)))
            removed += self._sql.run(delete(table).where(table.c.source == source))
        self._drop_lone_providers()
        return removed

    def _write_credential(self, item: Credential, body: Mapping[str, Any]) -> None:
        owner = provider_values(item.provider)
        self._sql.insert_missing(provider, owner)
        self._sql.upsert(credential, credential_values(item, body, owner["provider_id"]))
        self._write_offers(item.record_id, offer_values(item, body))

    def _write_offers(self, record_id: str, rows: Sequence[Values]) -> None:
        ids = self._sql.among(offer.c.offer_id, [row["offer_id"] for row in rows])
        elsewhere = select(offer.c.record_id).where(ids, offer.c.record_id != record_id)
        self._sql.run(update(credential).where(credential.c.record_id.in_(elsewhere)).values(content_hash=_STALE))
        # All of them go before any comes, since two offers may have swapped their numbers.
        self._sql.run(delete(offer).where(ids | (offer.c.record_id == record_id)))
        self._sql.run(offer.insert(), rows)

    def _drop_lone_providers(self) -> None:
        self._sql.run(delete(provider).where(~_HAS_CREDENTIALS))


def _title_source(body: Mapping[str, object]) -> object:
    return body.get("title") or body.get("text")


def _after(key: Column[Any], after: str) -> ColumnElement[bool]:
    """Return the condition that a key comes after another text, which need not be a key itself.

    PostgreSQL takes no NUL in a parameter; as no key holds one, what comes before it decides.
    """
    return key > after.split("\0")[0].encode(errors="replace").decode()
