"""A subject as a person reviews it: every concept that may fit, with what is known for and against it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from szlak.catalogue.esco.decisions import last_words, standing_decisions
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.catalogue import LocalText
from szlak.catalogue.model.linking import Decision, StoredLink
from szlak.catalogue.model.taxonomy import Concept, Label, LabelRole
from szlak.catalogue.services.review_board import Entry, Subject, undecided

LINKER_UNKNOWN = "-"
"""Linker version of a decision about a text that no linker has seen yet."""
ALTERNATIVES_SHOWN = 6
_DEEPEST = 12


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A concept that may fit a subject, and all that is known for and against it.

    `chain` are the groups and concepts above it, the widest first. `link` is the machine's, `stated` says that the provider
    names the concept, `decision` is the one in force and `words` the last word of each person. `concept` and `label` are None
    where the release does not know the URI.
    """

    uri: str
    name: str
    label: Label | None
    concept: Concept | None
    alternatives: tuple[str, ...]
    chain: tuple[Label, ...]
    description: LocalText
    sentences: tuple[str, ...]
    link: StoredLink | None
    stated: bool = False
    decision: Decision | None = None
    words: tuple[Decision, ...] = ()
    waiting: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewItem:
    """A subject with its candidates, and everything that people said about it, oldest first.

    `nothing` is the decision in force that nothing (else) fits. `earlier` are decisions in force about texts that this record no
    longer has. `release` and `linker_version` are what a decision made now is recorded with.
    """

    entry: Entry
    candidates: tuple[Candidate, ...]
    nothing: Decision | None
    history: tuple[Decision, ...]
    earlier: tuple[Decision, ...]
    release: str
    linker_version: str

    @property
    def subject(self) -> Subject:
        """The text under review."""
        return self.entry.subject


def build_item(
    entry: Entry, stored: Sequence[StoredLink], about_record: Sequence[Decision], current: frozenset[str], taxonomy: Taxonomy, lang: str
) -> ReviewItem:
    """Return a subject for review.

    Args:
        entry: The subject.
        stored: The machine links of its record.
        about_record: The decisions about its record.
        current: The keys of all texts that the record has now.
        taxonomy: The active release.
        lang: The language of names.
    """
    key = entry.subject.key
    mine = [row for row in stored if row.subject == key]
    history = tuple(row for row in about_record if row.subject == key)
    return ReviewItem(
        entry=entry,
        candidates=_candidates(entry.subject, mine, history, taxonomy, lang),
        nothing=next((row for row in standing_decisions(history) if row.verdict == "nothing"), None),
        history=history,
        earlier=tuple(row for row in standing_decisions(about_record) if row.subject and row.subject not in current),
        release=taxonomy.release.release_id,
        linker_version=mine[0].linker_version if mine else LINKER_UNKNOWN,
    )


def _candidates(
    subject: Subject, stored: Sequence[StoredLink], history: Sequence[Decision], taxonomy: Taxonomy, lang: str
) -> tuple[Candidate, ...]:
    """Return the machine's concepts in its order, then those that the provider or people added."""
    standing, words = standing_decisions(history), last_words(history)
    machine = {row.link.concept_uri: row for row in stored}
    waiting = {link.concept_uri for link in undecided((row.link for row in stored), standing)}
    decided = {row.target: row for row in standing}
    uris = dict.fromkeys((*machine, *sorted(subject.stated), *(row.target for row in words if row.target)))
    return tuple(
        replace(
            describe_concept(uri, taxonomy, lang, machine.get(uri)),
            stated=uri in subject.stated,
            decision=decided.get(uri),
            words=tuple(row for row in words if row.target == uri),
            waiting=uri in waiting,
        )
        for uri in uris
    )


def describe_concept(uri: str, taxonomy: Taxonomy, lang: str, link: StoredLink | None = None) -> Candidate:
    """Return a concept as a candidate about which nobody has said anything."""
    concept = taxonomy.find(uri)
    label = taxonomy.label(uri, lang) if concept else None
    return Candidate(
        uri=uri,
        name=label.text if label else link.link.label if link else uri,
        label=label,
        concept=concept,
        alternatives=_alternatives(taxonomy, uri, label) if label else (),
        chain=tuple(taxonomy.label(above, lang) for above in chain_above(taxonomy, uri)),
        description=concept.description if concept else {},
        sentences=taxonomy.sentences(uri),
        link=link,
    )


def chain_above(taxonomy: Taxonomy, uri: str) -> tuple[str, ...]:
    """Return what stands above a concept, the widest first, by the first way up where there are several."""
    chain: list[str] = []
    while len(chain) < _DEEPEST and (above := [up for up in taxonomy.broader(uri) if taxonomy.find(up) and up not in chain]):
        uri = above[0]
        chain.append(uri)
    return tuple(reversed(chain))


def _alternatives(taxonomy: Taxonomy, uri: str, shown: Label) -> tuple[str, ...]:
    others = (label for label in taxonomy.labels(uri) if label.lang == shown.lang and label.role is not LabelRole.HIDDEN)
    return tuple(label.text for label in others if label.text != shown.text)[:ALTERNATIVES_SHOWN]
