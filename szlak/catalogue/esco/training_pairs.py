"""Pairs of texts that mean the same, made from a taxonomy, our lexicon and the official descriptions of occupations (KZiS).

The weight of a pair is how often it is drawn beside others. What sentences are paired with weighs most, for linking compares sentences
with names.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.taxonomy import Concept, ConceptKind, Label
from szlak.catalogue.text import label_key

WEIGHTS: Mapping[str, float] = {
    "sentence-name": 3.0,
    "sentence-other name": 1.5,
    "sentence-English name": 1.5,
    "sentence-description": 1.0,
    "sentence-sentence": 0.5,
    "name-name": 2.0,
    "name-English name": 2.0,
    "English name-English name": 1.0,
    "name-description": 1.0,
    "title-title": 1.5,
    "synthesis": 2.0,
    "task": 0.5,
}
"""Weight by kind of pair."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TextPair:
    """Two texts about the same thing; `group` names it, and two pairs of one group are no contrast to each other.

    `kind` is one of WEIGHTS.
    """

    left: str
    right: str
    group: str
    kind: str

    @property
    def weight(self) -> float:
        """How often the pair is drawn beside others."""
        return WEIGHTS[self.kind]


@dataclass(frozen=True, kw_only=True)
class OccupationDescription:
    """An entry of KZiS: its name, what it is in a sentence or two, and its tasks."""

    code: str
    name: str
    synthesis: str
    tasks: tuple[str, ...]


def iter_pairs(taxonomy: Taxonomy, descriptions: Iterable[OccupationDescription] = ()) -> Iterator[TextPair]:
    """Yield the pairs of all concepts and descriptions, in order; texts of one concept that are the same name are no pair."""
    for concept in taxonomy.concepts():
        key = cache(label_key)  # each text of a concept stands in many pairs
        for kind, left, right in _concept_pairs(concept, taxonomy):
            if key(left) != key(right):
                yield TextPair(left=left, right=right, group=concept.concept_uri, kind=kind)
    for description in descriptions:
        yield from _description_pairs(description)


def _concept_pairs(concept: Concept, taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    labels = taxonomy.labels(concept.concept_uri)
    polish, english = _texts(labels, "pl"), _texts(labels, "en")
    sentences, notes = taxonomy.sentences(concept.concept_uri), tuple(concept.description.values())
    yield from _sentence_pairs(sentences, polish, english, notes)
    same = "title-title" if concept.kind is ConceptKind.OCCUPATION else "name-name"
    yield from ((same, left, right) for left, right in combinations(polish, 2))
    yield from (("name-English name", left, right) for left, right in product(polish, english[:2]))
    yield from (("English name-English name", english[0], other) for other in english[1:])
    yield from (("name-description", name, note) for name, note in product((*polish[:2], *english[:1]), notes))


def _sentence_pairs(
    sentences: tuple[str, ...], polish: tuple[str, ...], english: tuple[str, ...], notes: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    for sentence in sentences:
        for place, name in enumerate(polish):
            yield "sentence-name" if place == 0 else "sentence-other name", sentence, name
        yield from (("sentence-English name", sentence, name) for name in english[:2])
        yield from (("sentence-description", sentence, note) for note in notes)
    yield from (("sentence-sentence", left, right) for left, right in combinations(sentences, 2))


def _texts(labels: Iterable[Label], lang: str) -> tuple[str, ...]:
    return tuple(label.text for label in labels if label.lang == lang)


def _description_pairs(description: OccupationDescription) -> Iterator[TextPair]:
    group = f"kzis:{description.code}"
    if description.synthesis:
        yield TextPair(left=description.name, right=description.synthesis, group=group, kind="synthesis")
    for task in description.tasks:
        yield TextPair(left=description.name, right=task, group=group, kind="task")
