"""Fitting the rankers to what people and annotators judged."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.esco.linking.examples import Judged, draw_names, iter_examples, withhold_names
from szlak.catalogue.esco.linking.fitting import Example, fit_ranker
from szlak.catalogue.esco.linking.linker import build_linker
from szlak.catalogue.esco.linking.ranker import Calibration, Ranker
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.encoding import Encoder
from szlak.catalogue.model.linking import LinkTarget
from szlak.catalogue.polish import Polish

NAMES = 150
"""Names drawn to be fitted to beside judged texts: no annotator judges what is a name already, and it must be linked all the same."""

TITLES = 1_500
"""Job titles that are withheld from the taxonomy, so that the ranker of occupations can be fitted to finding them."""

SKILL_BORDERS = Calibration(weights=(), accept=0.55, accept_more=0.7, ask=0.15)
"""Cross-validated on our own fitting sentences with ESCO imported: 82 % of the links taken are right, 55 % of the texts have one."""

OCCUPATION_BORDERS = Calibration(weights=(), accept=0.6, accept_more=0.75, ask=0.1)

_SEED = 4


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What links are made with."""

    polish: Polish
    encoder: Encoder


def fit_skills(parts: Parts, taxonomies: Iterable[Taxonomy], judged: Sequence[Judged], version: str) -> Ranker:
    """Fit the ranker of skills to judged texts, seen with each of the taxonomies, and to names.

    Raises:
        ModuleNotFoundError: LightGBM is not installed (extra `train`).
    """
    examples: list[Example] = []
    for taxonomy in taxonomies:
        linker = build_linker(replace(taxonomy, occupations=()), parts.polish, parts.encoder, cache_dir=None, rankers={})
        examples += iter_examples(linker, (*judged, *draw_names(taxonomy, taxonomy.skills, NAMES, _SEED)))
    return fit_ranker(examples, version, SKILL_BORDERS)


def fit_occupations(parts: Parts, taxonomies: Iterable[Taxonomy], version: str) -> Ranker:
    """Fit the ranker of occupations to finding titles that were taken away from the taxonomy, and to names.

    Raises:
        ModuleNotFoundError: LightGBM is not installed (extra `train`).
    """
    examples: list[Example] = []
    for taxonomy in taxonomies:
        chosen = random.Random(_SEED).sample(taxonomy.occupations, min(TITLES, len(taxonomy.occupations)))  # noqa: S311 - a sample, not a secret
        without, titles = withhold_names(replace(taxonomy, skills=()), chosen, _SEED)
        linker = build_linker(without, parts.polish, parts.encoder, cache_dir=None, rankers={})
        judged = (*titles, *draw_names(without, without.occupations, NAMES, _SEED))
        examples += iter_examples(linker, judged, LinkTarget.OCCUPATIONS)
    return fit_ranker(examples, version, OCCUPATION_BORDERS)


def judge_sentences(gold: Iterable[GoldSentence]) -> tuple[Judged, ...]:
    """Return gold sentences as texts to fit to; where a file names no documents, a source is one."""
    return tuple(Judged(text=row.text.text, grades=row.grades, document=f"{row.source}/{row.document}") for row in gold)
