"""Texts with their grades as a ranker is fitted to them: what annotators judged, and names that stand for themselves."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from szlak.catalogue.esco.linking.fitting import Example
from szlak.catalogue.esco.linking.linker import RankedLinker
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.linking import LinkTarget, LinkText

EXACT = 3.0
"""Grade of a concept whose very name a text is."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A text with the grade, 0 to 3, of each judged concept; texts of one document are never fitted to and judged at once.

    `closed`: whoever judged it looked for everything that fits, so that what is not in `grades` does not. `context` and `kind` as in
    `model.linking.LinkText`.
    """

    text: str
    grades: Mapping[str, float]
    document: str
    closed: bool = True
    context: str = ""
    kind: str | None = None


def iter_examples(linker: RankedLinker, judged: Sequence[Judged], target: LinkTarget = LinkTarget.SKILLS) -> Iterator[Example]:
    """Yield the candidates of each text with their grades; what was not judged has the grade 0, and is known only of closed texts."""
    examined = linker.examine([LinkText(text=row.text, context=row.context, kind=row.kind) for row in judged], kind_of_target=target)
    for row, (uris, features) in zip(judged, examined, strict=True):
        grades = np.array([row.grades.get(uri, 0.0) for uri in uris], np.float32)
        known = np.array([row.closed or uri in row.grades for uri in uris], np.bool_)
        yield Example(uris=tuple(uris), features=features, grades=grades, known=known, document=row.document)


def draw_names(taxonomy: Taxonomy, uris: Sequence[str], count: int, seed: int) -> tuple[Judged, ...]:
    """Return names of `count` concepts drawn at random, one each, judged to mean their concepts."""
    draw = random.Random(seed)  # noqa: S311 - a sample, not a secret
    chosen = draw.sample(sorted(uris), min(count, len(uris)))
    names = [draw.choice([label.text for label in taxonomy.labels(uri)]) for uri in chosen]
    return tuple(Judged(text=name, grades={uri: EXACT}, document=f"name:{uri}") for uri, name in zip(chosen, names, strict=True))


def withhold_names(taxonomy: Taxonomy, uris: Iterable[str], seed: int) -> tuple[Taxonomy, tuple[Judged, ...]]:
    """Return the taxonomy without one of our names of each of these concepts, and those names, judged to mean their concepts.

    The name that is shown stays; a concept that has no other is left as it is.
    """
    draw = random.Random(seed)  # noqa: S311 - a sample, not a secret
    entries = dict(taxonomy.lexicon)
    withheld: list[Judged] = []
    for uri in sorted(uris):
        entry = entries.get(uri)
        if entry is None or len(entry.names) < 2:
            continue
        name = draw.choice(entry.names[1:])
        entries[uri] = replace(entry, names=tuple(other for other in entry.names if other != name))
        withheld.append(Judged(text=name, grades={uri: EXACT}, document=f"name:{uri}"))
    return replace(taxonomy, lexicon=entries, content_hash=f"{taxonomy.content_hash}-withheld-{seed}"), tuple(withheld)
