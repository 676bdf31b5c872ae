"""Joins the rooms for data: harvest into the store, link what is new, build the index. Every step may be run again."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from szlak.catalogue.errors import RecordRefused
from szlak.catalogue.esco.effective import effective_links, outcome_lang, outcome_text, taught_uris
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.esco.vacancies import read_vacancy, requirement_texts
from szlak.catalogue.ingest.source import Source
from szlak.catalogue.model.catalogue import Credential, Record, Vacancy
from szlak.catalogue.model.harvest import HarvestReport, RawRecord, RecordInvalid
from szlak.catalogue.model.linking import Linker, LinkText, StoredLink, Zone
from szlak.catalogue.model.matching import VacancyReading
from szlak.catalogue.model.search import Generation
from szlak.catalogue.polish import Polish
from szlak.catalogue.search.build import build_index
from szlak.catalogue.search.documents import OfferDocument, build_concept_documents, build_offer_documents
from szlak.catalogue.store import Store, UnitOfWork
from szlak.catalogue.text import text_key

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, how much is done, and how much there is (0 when unknown)."""

LINKS_KEPT = 10
VACANCY_BATCH = 100


def quiet(step: str, done: int, total: int) -> None:
    """Report nothing."""


@dataclass
class _Tally:
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    redactions: int = 0

    def count(self, outcome: str) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)


def harvest(source: Source, store: Store, progress: Progress = quiet) -> HarvestReport:
    """Read a source to its end, one transaction a page, and keep a report. Refused records are in it, none is lost."""
    started, tally, complete = datetime.now(UTC), _Tally(), False
    invalid: list[RecordInvalid] = []
    for page in source.extract():
        with store.begin() as uow:
            for raw in page.records:
                tally.read += 1
                invalid.extend(_store_raw(source, raw, uow, tally))
        complete = page.last
        progress("harvest", tally.read, page.stated_total or 0)
    report = HarvestReport(
        source=source.name,
        started_at=started,
        finished_at=datetime.now(UTC),
        complete=complete,
        read=tally.read,
        new=tally.new,
        changed=tally.changed,
        unchanged=tally.unchanged,
        invalid=tuple(invalid),
        redactions=tally.redactions,
    )
    with store.begin() as uow:
        uow.save_report(report)
    return report


def _store_raw(source: Source, raw: RawRecord | RecordInvalid, uow: UnitOfWork, tally: _Tally) -> Iterator[RecordInvalid]:
    if isinstance(raw, RecordInvalid):
        yield raw
        return
    uow.save_raw(raw)
    tally.redactions += raw.redactions
    for record in source.transform(raw):
        if isinstance(record, RecordInvalid):
            yield record
            continue
        try:
            tally.count(uow.upsert(record))
        except RecordRefused as error:
            yield RecordInvalid(source=raw.source, position=raw.source_id, reasons=(error.message, *error.details))


def store_records(records: Iterable[Record], store: Store) -> int:
    """Store records that need no harvest, as one unit of work; return how many are new or changed."""
    with store.begin() as uow:
        return sum(uow.upsert(record) != "unchanged" for record in records)


def link_credentials(store: Store, linker: Linker, release: str, progress: Progress = quiet) -> int:
    """Link the outcomes whose text, linker or release is new; return how many texts were linked. One transaction a batch."""
    linked = done = 0
    with store.read() as uow:
        total = uow.counts()["credentials"]
        batches = [[credential.record_id for credential in batch] for batch in uow.iter_credential_batches()]
    for ids in batches:
        with store.begin() as uow:
            stored = uow.links(ids)
            stale = [c for c in uow.credentials(ids).values() if not _is_linked(c, stored.get(c.record_id, ()), linker, release)]
            linked += _link_batch(stale, linker, release, uow)
        done += len(ids)
        progress("link", done, total)
    return linked


def subject_texts(credential: Credential) -> dict[str, LinkText]:
    """Return what is linked of a credential, by the text keys of its outcomes."""
    texts = [(outcome_text(outcome), outcome_lang(outcome)) for outcome in credential.outcomes]
    title = credential.title.get("pl", "")
    return {text_key(text): LinkText(text=text, context=title, kind="learning_outcome", lang=lang) for text, lang in texts}


def _is_linked(credential: Credential, stored: Sequence[StoredLink], linker: Linker, release: str) -> bool:
    return _is_current(stored, set(subject_texts(credential)), linker, release)


def _is_current(stored: Sequence[StoredLink], subjects: set[str], linker: Linker, release: str) -> bool:
    versions = {subject: linker.version_of(subject) for subject in subjects}
    current = {row.subject for row in stored if row.linker_version == versions.get(row.subject) and row.release == release}
    return current == subjects and len(current) == len({row.subject for row in stored})


def _link_batch(credentials: Sequence[Credential], linker: Linker, release: str, uow: UnitOfWork) -> int:
    work = [(credential.record_id, key, text) for credential in credentials for key, text in subject_texts(credential).items()]
    results = linker.link([text for _, _, text in work], top_k=LINKS_KEPT)
    rows: dict[str, list[StoredLink]] = {credential.record_id: [] for credential in credentials}
    for (record_id, subject, _), result in zip(work, results, strict=True):
        version = linker.version_of(subject)
        rows[record_id].extend(
            StoredLink(record_id=record_id, subject=subject, link=link, linker_version=version, release=release) for link in result.links
        )
    for record_id, links in rows.items():
        uow.replace_links(record_id, links)
    return len(work)


def link_vacancies(store: Store, linker: Linker, taxonomy: Taxonomy, polish: Polish, progress: Progress = quiet) -> int:
    """Link the requirements of stored vacancies where text, linker or release is new; return how many vacancies were linked.

    Nothing but the review's order depends on these links: a vacancy that is asked about is read anew. One transaction a batch.
    """
    linked = done = 0
    with store.read() as uow:
        total = uow.counts()["vacancies"]
        batch = uow.list_vacancies(None, VACANCY_BATCH)
    while batch:
        linked += _link_vacancy_batch(batch, store, linker, taxonomy, polish)
        done += len(batch)
        progress("vacancies", done, total)
        with store.read() as uow:
            batch = uow.list_vacancies(batch[-1].record_id, VACANCY_BATCH)
    return linked


def _link_vacancy_batch(batch: Sequence[Vacancy], store: Store, linker: Linker, taxonomy: Taxonomy, polish: Polish) -> int:
    ids = [vacancy.record_id or "" for vacancy in batch]
    release = taxonomy.release.release_id
    with store.read() as uow:
        stored, others = uow.links(ids), uow.credentials(ids)
    rows: dict[str, list[StoredLink]] = {}
    for record_id, vacancy in zip(ids, batch, strict=True):
        keys = {text_key(text.text) for text in requirement_texts(vacancy, polish)}
        # Links are kept by record id, and a credential of the same id needs its own.
        if record_id not in others and not _is_current(stored.get(record_id, ()), keys, linker, release):
            reading = read_vacancy(vacancy, linker, taxonomy, polish)
            rows[record_id] = list(_vacancy_links(record_id, reading, linker, release))
    with store.begin() as uow:
        for record_id, links in rows.items():
            uow.replace_links(record_id, links)
    return len(rows)


def _vacancy_links(record_id: str, reading: VacancyReading, linker: Linker, release: str) -> Iterator[StoredLink]:
    """Yield what is taken or asked about, and of every other line the best, which says that it was linked."""
    for line in reading.lines:
        kept = [link for link in line.links if link.zone is not Zone.NOTHING] or line.links[:1]
        key = text_key(line.text)
        version = linker.version_of(key)
        for link in kept:
            yield StoredLink(record_id=record_id, subject=key, link=link, linker_version=version, release=release)


def describe_state(store: Store, taxonomy: Taxonomy, linker_version: str) -> str:
    """Return 64 hexadecimal digits that change with anything that links and index are made from."""
    with store.read() as uow:
        parts = (taxonomy.content_hash, taxonomy.release.release_id, linker_version, uow.state())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_built(store: Store, generation: Generation, state: str) -> bool:
    """Return whether a generation was built from this state of the store."""
    with store.read() as uow:
        return uow.generation_payload(generation.generation_id) == state.encode()


def build_search(
    store: Store, taxonomy: Taxonomy, polish: Polish, directory: Path, *, state: str, progress: Progress = quiet
) -> Generation:
    """Build a generation of the index from the store, switch to it, and keep a record of it and the state it was built from."""
    generation = build_index(
        directory,
        offers=list(_offer_documents(store, taxonomy)),
        concepts=build_concept_documents(taxonomy),
        analyser=polish,
        taxonomy_hash=taxonomy.content_hash,
        progress=progress,
    )
    with store.begin() as uow:
        uow.save_generation(generation, state.encode())
        uow.set_live(generation.generation_id)
    return generation


def _offer_documents(store: Store, taxonomy: Taxonomy) -> Iterator[OfferDocument]:
    with store.read() as uow:
        for batch in uow.iter_credential_batches():
            ids = [credential.record_id for credential in batch]
            stored, decisions = uow.links(ids), uow.decisions(ids)
            for credential in batch:
                links = effective_links(credential, stored.get(credential.record_id, ()), decisions.get(credential.record_id, ()))
                yield from build_offer_documents(credential, taught_uris(links), taxonomy)
