"""The queue in memory: built once for a state of the catalogue, then only what was decided since is looked at again."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from szlak.catalogue.model.catalogue import Vacancy
from szlak.catalogue.model.linking import Decision
from szlak.catalogue.services.ports import Catalogue
from szlak.catalogue.services.review_board import Entry, build_entries, subjects_of, subjects_of_vacancy
from szlak.catalogue.store import Reader

VACANCY_BATCH = 500
"""Vacancies that are held in memory at once."""


@dataclass(frozen=True)
class _State:
    """What the board was built from, but for decisions. Links of credentials change only when a new generation follows."""

    generation: str | None
    release: str | None
    day: date


@dataclass
class _Kept:
    state: _State
    last_decision: int
    demand: Mapping[str, int]
    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)


class Board:
    """The entries of all records. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, today: Callable[[], date]) -> None:
        """Keep the catalogue; nothing is read yet."""
        self._catalogue = catalogue
        self._today = today
        self._lock = threading.Lock()
        self._kept: _Kept | None = None

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries, in no order that means anything."""
        with self._lock:
            return tuple(entry for group in self._current().entries.values() for entry in group)

    def demand(self) -> Mapping[str, int]:
        """Return how many stored vacancies ask for each concept, as far as they are linked."""
        with self._lock:
            return self._current().demand

    def _current(self) -> _Kept:
        with self._catalogue.store.read() as uow:
            state = self._read_state(uow)
            if self._kept is None or self._kept.state != state:
                self._kept = self._build(uow, state)
            else:
                self._follow(uow, self._kept)
            return self._kept

    def _read_state(self, uow: Reader) -> _State:
        generation, release = uow.live_generation(), uow.active_release()
        return _State(generation.generation_id if generation else None, release.content_hash if release else None, self._today())

    def _build(self, uow: Reader, state: _State) -> _Kept:
        kept = _Kept(state=state, last_decision=uow.last_decision(), demand=uow.count_demand())
        for batch in uow.iter_credential_batches():
            self._rate(uow, kept, [credential.record_id for credential in batch])
        after: str | None = None
        while vacancies := uow.list_vacancies(after, VACANCY_BATCH):
            self._rate_vacancies(uow, kept, vacancies)
            after = vacancies[-1].record_id
        return kept

    def _follow(self, uow: Reader, kept: _Kept) -> None:
        news: tuple[Decision, ...] = uow.decisions_after(kept.last_decision)
        if news:
            record_ids = sorted({decision.record_id for decision in news})
            self._rate(uow, kept, record_ids)
            self._rate_vacancies(uow, kept, [vacancy for vacancy in map(uow.vacancy, record_ids) if vacancy])
            kept.last_decision = max(decision.decision_id or 0 for decision in news)

    def _rate(self, uow: Reader, kept: _Kept, record_ids: list[str]) -> None:
        stored, decisions = uow.links(record_ids), uow.decisions(record_ids)
        for record_id, credential in uow.credentials(record_ids).items():
            subjects = subjects_of(credential, kept.state.day)
            kept.entries[record_id] = build_entries(subjects, stored.get(record_id, ()), decisions.get(record_id, ()), kept.demand)

    def _rate_vacancies(self, uow: Reader, kept: _Kept, vacancies: Sequence[Vacancy]) -> None:
        """Rate the requirements that are linked; their texts are read only when they are shown, since that takes a while."""
        record_ids = [vacancy.record_id or "" for vacancy in vacancies]
        stored, decisions, others = uow.links(record_ids), uow.decisions(record_ids), uow.credentials(record_ids)
        for record_id, vacancy in zip(record_ids, vacancies, strict=True):
            rows = stored.get(record_id, ())
            if rows and record_id not in others:
                subjects = subjects_of_vacancy(vacancy, {row.subject: "" for row in rows})
                kept.entries[record_id] = build_entries(subjects, rows, decisions.get(record_id, ()), kept.demand)
