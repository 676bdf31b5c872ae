"""What waits for a person, by how much an answer is worth: pure, from a record's texts, links and decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from szlak.catalogue.esco.agreement import disputed_subjects
from szlak.catalogue.esco.decisions import FRAMEWORK, last_words, standing_decisions
from szlak.catalogue.esco.effective import outcome_text
from szlak.catalogue.model.catalogue import Credential, LocalText, Offer, Vacancy
from szlak.catalogue.model.linking import Decision, Link, StoredLink, Zone
from szlak.catalogue.text import text_key

SubjectKind = Literal["outcome", "requirement"]

MOST_UNCERTAIN = 3
"""Links of a text that count towards its value: what comes after them seldom changes what people find."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A text that is linked: an outcome of a credential or a requirement of a vacancy, whose provider is then empty.

    `open_offers` depend on it; `stated` are concepts that the provider names.
    """

    kind: SubjectKind = "outcome"
    record_id: str
    key: str
    text: str
    lang: str
    title: LocalText
    provider: str
    open_offers: int
    demonstration: bool
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A subject in the queue.

    `value` is the sum, over the most uncertain links without a decision, of p(1 - p) times what depends on the answer: 1 + open
    offers + vacancies that ask for the concept. `waiting` counts the links that need a decision, `people` are those who decided.
    """

    subject: Subject
    value: float
    uncertainty: float
    vacancies: int
    waiting: int
    closed: bool
    disputed: bool
    people: frozenset[str]

    @property
    def order(self) -> tuple[float, str, str]:
        """Sorts the most valuable first."""
        return -self.value, self.subject.record_id, self.subject.key


def subjects_of(credential: Credential, today: date) -> Mapping[str, Subject]:
    """Return the texts of a credential by their key, in its order."""
    open_offers = sum(is_open(offer, today) for offer in credential.offers)
    found: dict[str, Subject] = {}
    for outcome in credential.outcomes:
        text = outcome_text(outcome)
        stated = frozenset(link.target for link in outcome.links if link.origin in ("provider", "zrk") and link.framework == FRAMEWORK)
        before = found.get(text_key(text))
        found[text_key(text)] = Subject(
            record_id=credential.record_id,
            key=text_key(text),
            text=text,
            lang="pl" if outcome.text.get("pl") else next(iter(outcome.text), "pl"),
            title=credential.title,
            provider=credential.provider.name,
            open_offers=open_offers,
            demonstration=bool(credential.demonstration),
            stated=stated | (before.stated if before else frozenset()),
        )
    return found


def subjects_of_vacancy(vacancy: Vacancy, texts: Mapping[str, str]) -> Mapping[str, Subject]:
    """Return the requirements of a vacancy; `texts` are its lines by their key."""
    record_id = vacancy.record_id or ""
    return {
        key: Subject(
            kind="requirement",
            record_id=record_id,
            key=key,
            text=text,
            lang="pl",
            title={"pl": vacancy.title or record_id},
            provider="",
            open_offers=0,
            demonstration=bool(vacancy.demonstration),
        )
        for key, text in texts.items()
    }


def is_open(offer: Offer, today: date) -> bool:
    """Return whether somebody may still enrol, as far as is known: unknown is not no."""
    last = offer.enrol_until or offer.starts
    return not offer.full and (last is None or last >= today)


def build_entries(
    subjects: Mapping[str, Subject], stored: Sequence[StoredLink], decisions: Sequence[Decision], demand: Mapping[str, int]
) -> tuple[Entry, ...]:
    """Return the entries of a record's subjects; `demand` says how many vacancies ask for a concept."""
    disputed = {key for _, key in disputed_subjects(decisions)}
    return tuple(
        _build_entry(
            subject,
            [row.link for row in stored if row.subject == key],
            [decision for decision in decisions if decision.subject == key],
            demand,
            disputed=key in disputed,
        )
        for key, subject in subjects.items()
    )


def _build_entry(
    subject: Subject, links: Sequence[Link], decisions: Sequence[Decision], demand: Mapping[str, int], *, disputed: bool
) -> Entry:
    standing = standing_decisions(decisions)
    waiting = undecided(links, standing)
    doubts = sorted(waiting, key=lambda link: (-doubt(link), link.concept_uri))[:MOST_UNCERTAIN]
    return Entry(
        subject=subject,
        value=sum(doubt(link) * (1 + subject.open_offers + demand.get(link.concept_uri, 0)) for link in doubts),
        uncertainty=sum(map(doubt, doubts)),
        vacancies=max((demand.get(link.concept_uri, 0) for link in waiting), default=0),
        waiting=len(waiting),
        closed=is_closed(links, standing),
        disputed=disputed,
        people=frozenset(decision.decided_by for decision in last_words(decisions)),
    )


def doubt(link: Link) -> float:
    """Return p(1 - p) of a link's confidence: 0.25 where the machine knows nothing, 0 where it is sure."""
    return link.confidence * (1 - link.confidence)


def undecided(links: Iterable[Link], standing: Sequence[Decision]) -> tuple[Link, ...]:
    """Return the links that the machine takes or asks about and no person has decided."""
    if any(decision.verdict == "nothing" for decision in standing):
        return ()
    decided = {decision.target for decision in standing}
    return tuple(link for link in links if link.zone is not Zone.NOTHING and link.concept_uri not in decided)


def is_closed(links: Iterable[Link], standing: Sequence[Decision]) -> bool:
    """Return whether people have said all there is to say: a text to which the machine found nothing waits for one word, too."""
    return bool(standing) and not undecided(links, standing)
