"""Review: people decide about machine links, the most valuable answers first. What they decide is only ever added."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal

from szlak.catalogue.errors import InputInvalid, NotFound, Stale
from szlak.catalogue.esco.agreement import Agreement, measure_agreement, measure_pairs
from szlak.catalogue.esco.decisions import last_words
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.esco.vacancies import requirement_texts
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Relation
from szlak.catalogue.model.linking import Decision, Verdict
from szlak.catalogue.model.taxonomy import ConceptKind
from szlak.catalogue.services.ports import Catalogue
from szlak.catalogue.services.review_board import Entry, Subject, SubjectKind, build_entries, subjects_of, subjects_of_vacancy
from szlak.catalogue.services.review_items import Candidate, ReviewItem, build_item, describe_concept
from szlak.catalogue.services.review_queue import Board
from szlak.catalogue.store import Reader, UnitOfWork
from szlak.catalogue.text import text_key

State = Literal["waiting", "second", "disputed", "decided", "all"]
"""Which subjects: those that wait, those only others have decided, those on which people differ, those that are done, every one."""

_TEXT_KEY_CHARS = 32


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which subjects, and which page of them; `kind`, `record` and `provider` narrow them down."""

    state: State = "waiting"
    kind: SubjectKind | None = None
    provider: str | None = None
    record: str | None = None
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many subjects there are, wait for a decision, and are disputed."""

    total: int
    waiting: int
    disputed: int

    @property
    def decided(self) -> int:
        """How many need no further word."""
        return self.total - self.waiting


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    """A page of the queue; `total` counts what fits the question, `progress` everything."""

    items: tuple[ReviewItem, ...]
    total: int
    progress: Progress


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a person says about (record, subject, target), and what they saw when they said it (None: not told).

    `target` is empty exactly for the verdict `nothing`, which means that nothing fits beside what was accepted.
    """

    record_id: str
    subject: str
    target: str = ""
    verdict: Verdict
    relation: Relation | None = None
    release: str | None = None
    linker_version: str | None = None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The decision now in force; `is_new` is false where the same person had said the same before."""

    decision: Decision
    is_new: bool


class Review:
    """The queue, decisions and agreement. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, today: Callable[[], date], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Keep the catalogue; `today` tells which offers are open, `now` dates decisions (UTC)."""
        self._catalogue = catalogue
        self._now = now
        self._board = Board(catalogue, today)
        self._today = today
        self._writing = threading.Lock()

    @property
    def _taxonomy(self) -> Taxonomy:
        return self._catalogue.taxonomy

    def queue(self, wanted: Wanted, lang: str, *, by: str) -> QueuePage:
        """Return a page of subjects, those first whose answer is worth most; ties by record and subject."""
        entries = self._entries(wanted, by)
        page = entries[wanted.offset : wanted.offset + wanted.limit]
        with self._catalogue.store.read() as uow:
            items = tuple(item for entry in page if (item := self._still_there(uow, entry, lang)))
        return QueuePage(items=items, total=len(entries), progress=self.progress())

    def progress(self) -> Progress:
        """Return how far the review is."""
        entries = self._board.entries()
        return Progress(
            total=len(entries), waiting=sum(not entry.closed for entry in entries), disputed=sum(entry.disputed for entry in entries)
        )

    def providers(self) -> tuple[str, ...]:
        """Return the names of the providers whose texts can be reviewed, sorted."""
        return tuple(sorted({entry.subject.provider for entry in self._board.entries() if entry.subject.provider}))

    def neighbours(self, wanted: Wanted, record_id: str, subject: str, *, by: str) -> tuple[Subject | None, Subject | None]:
        """Return what stands before and after a subject in a queue; one that is not in it has the queue's first after it."""
        entries = [entry.subject for entry in self._entries(wanted, by)]
        place = next((n for n, other in enumerate(entries) if (other.record_id, other.key) == (record_id, subject)), -1)
        return entries[place - 1] if place > 0 else None, entries[place + 1] if place + 1 < len(entries) else None

    def item(self, record_id: str, subject: str, lang: str) -> ReviewItem:
        """Return a subject with its candidates.

        Raises:
            NotFound: there is no such record, or it never had such a subject.
            Stale: the record's text has changed.
        """
        with self._catalogue.store.read() as uow:
            return self._item(uow, record_id, subject, lang)

    def history(self, record_id: str, subject: str) -> tuple[Decision, ...]:
        """Return everything that was decided about a subject, also about one that its record no longer has, oldest first.

        Raises:
            NotFound: nothing is known of it.
        """
        with self._catalogue.store.read() as uow:
            found = tuple(row for row in uow.decisions([record_id]).get(record_id, ()) if row.subject == subject)
            if not found and subject not in self._subjects(uow, record_id):
                raise _missing(subject, record_id)
        return found

    def decision(self, decision_id: int) -> Decision | None:
        """Return a decision by its number, or None."""
        with self._catalogue.store.read() as uow:
            found = uow.decisions_after(decision_id - 1)[:1]
        return found[0] if found and found[0].decision_id == decision_id else None

    def decide(self, answer: Answer, *, by: str) -> Decided:
        """Store what a person says; the same said twice is stored once.

        Raises:
            InputInvalid: verdict and target do not go together, or the concept is no skill.
            NotFound: the record, the subject or the concept does not exist.
            Stale: text, release or links are not those that the person saw.
        """
        _check_shape(answer)
        with self._writing, self._catalogue.store.begin() as uow:
            item = self._seen(uow, answer)
            self._check_target(answer)
            own = _own_word(item.history, answer.target, by)
            if own and (own.verdict, own.relation) == (answer.verdict, answer.relation):
                return Decided(decision=own, is_new=False)
            return Decided(decision=self._append(uow, answer, item, by), is_new=True)

    def undo(self, answer: Answer, *, by: str) -> Decided:
        """Withdraw a person's own word on (record, subject, target); withdrawn twice it is stored once.

        Raises:
            NotFound: the person has said nothing about it, or there is no such record or subject.
            Stale: the record's text has changed.
        """
        with self._writing, self._catalogue.store.begin() as uow:
            item = self._seen(uow, replace(answer, release=None, linker_version=None))
            mine = [row for row in item.history if (row.target, row.decided_by) == (answer.target, by)]
            if not mine:
                raise NotFound(Message("{name} has decided nothing here that could be undone.", {"name": by}))
            if mine[-1].verdict == "withdrawn":
                return Decided(decision=mine[-1], is_new=False)
            withdrawn = replace(answer, verdict="withdrawn", relation=None)
            return Decided(decision=self._append(uow, withdrawn, item, by), is_new=True)

    def agreement(self, reviewer_a: str, reviewer_b: str) -> Agreement:
        """Compare two reviewers over what both judged."""
        with self._catalogue.store.read() as uow:
            return measure_agreement(reviewer_a, reviewer_b, uow.iter_decisions())

    def agreements(self) -> tuple[Agreement, ...]:
        """Compare every two reviewers who judged something in common."""
        with self._catalogue.store.read() as uow:
            return measure_pairs(uow.iter_decisions())

    def describe(self, uri: str, lang: str) -> Candidate:
        """Return a concept that is not among the links, as a candidate to choose.

        Raises:
            NotFound: the release does not know it.
        """
        self._taxonomy.concept(uri)
        return describe_concept(uri, self._taxonomy, lang)

    def name(self, uri: str, lang: str) -> str:
        """Return the name of a concept, or the URI itself where the release does not know it."""
        return self._taxonomy.label(uri, lang).text if self._taxonomy.find(uri) else uri

    def _entries(self, wanted: Wanted, by: str) -> list[Entry]:
        fits = _STATES[wanted.state]
        found = (
            entry
            for entry in self._board.entries()
            if fits(entry, by)
            and wanted.kind in (None, entry.subject.kind)
            and wanted.record in (None, entry.subject.record_id)
            and wanted.provider in (None, entry.subject.provider)
        )
        return sorted(found, key=lambda entry: entry.order)

    def _subjects(self, uow: Reader, record_id: str) -> Mapping[str, Subject]:
        credential = uow.credential(record_id)
        if credential is not None:
            return subjects_of(credential, self._today())
        vacancy = uow.vacancy(record_id)
        if vacancy is None:
            raise NotFound(Message("No credential or vacancy has the id “{id}”.", {"id": record_id}))
        texts = requirement_texts(vacancy, self._catalogue.polish)
        return subjects_of_vacancy(vacancy, {text_key(text.text): text.text for text in texts})

    def _still_there(self, uow: Reader, entry: Entry, lang: str) -> ReviewItem | None:
        # A record may have changed since the board was built; it is looked at anew when links and index are up to date again.
        try:
            return self._item(uow, entry.subject.record_id, entry.subject.key, lang)
        except (NotFound, Stale):
            return None

    def _item(self, uow: Reader, record_id: str, subject: str, lang: str) -> ReviewItem:
        subjects = self._subjects(uow, record_id)
        if subject not in subjects:
            raise _missing(subject, record_id)
        stored, decisions = uow.links([record_id]).get(record_id, ()), uow.decisions([record_id]).get(record_id, ())
        (entry,) = build_entries({subject: subjects[subject]}, stored, decisions, self._board.demand())
        return build_item(entry, stored, decisions, frozenset(subjects), self._taxonomy, lang)

    def _seen(self, uow: UnitOfWork, answer: Answer) -> ReviewItem:
        item = self._item(uow, answer.record_id, answer.subject, "pl")
        if (answer.release or item.release, answer.linker_version or item.linker_version) != (item.release, item.linker_version):
            raise Stale(Message("The links were made anew while you were looking at them. Nothing was stored; look at the new ones."))
        return item

    def _check_target(self, answer: Answer) -> None:
        if answer.target and self._taxonomy.concept(answer.target).kind is not ConceptKind.SKILL:
            label = self._taxonomy.label(answer.target).text
            raise InputInvalid(Message("“{label}” is no skill. Choose a skill or a piece of knowledge.", {"label": label}))

    def _append(self, uow: UnitOfWork, answer: Answer, item: ReviewItem, by: str) -> Decision:
        return uow.append_decision(
            Decision(
                record_id=answer.record_id,
                subject=answer.subject,
                target=answer.target,
                verdict=answer.verdict,
                relation=answer.relation,
                decided_by=by,
                decided_at=self._now(),
                release=item.release,
                linker_version=item.linker_version,
            )
        )


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The review as one curator has it in front of them."""

    review: Review
    curator: str


_STATES: Mapping[State, Callable[[Entry, str], bool]] = {
    "waiting": lambda entry, by: not entry.closed,
    "second": lambda entry, by: bool(entry.people) and by not in entry.people,
    "disputed": lambda entry, by: entry.disputed,
    "decided": lambda entry, by: entry.closed,
    "all": lambda entry, by: True,
}


def _own_word(history: Sequence[Decision], target: str, by: str) -> Decision | None:
    return next((row for row in last_words(history) if (row.target, row.decided_by) == (target, by)), None)


def _check_shape(answer: Answer) -> None:
    if answer.verdict == "withdrawn":
        raise InputInvalid(Message("A decision is withdrawn by undoing it."))
    if (answer.verdict == "nothing") != (answer.target == ""):
        raise InputInvalid(Message("“Nothing fits” names no concept, every other answer names one."))
    if answer.relation and answer.verdict != "accept":
        raise InputInvalid(Message("Only an accepted concept has a relation."))


def _missing(subject: str, record_id: str) -> NotFound | Stale:
    if len(subject) == _TEXT_KEY_CHARS and not set(subject) - set("0123456789abcdef"):
        return Stale(
            Message(
                "“{id}” has no such text, or no longer: it was changed in between. Nothing was stored; look at the new text.",
                {"id": record_id},
            )
        )
    return NotFound(Message("“{id}” has no text with the key “{key}”.", {"id": record_id, "key": subject[:100]}))
