"""Fitting the rankers to what people and annotators judged, and putting what was learned in their place."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.errors import ExtraMissing, InputInvalid
from szlak.catalogue.esco.evaluation.gold import GoldSentence
from szlak.catalogue.esco.kzis import GROUP_DIGITS, CodedTitle
from szlak.catalogue.esco.linking.examples import EXACT, Judged, draw_names, iter_examples, withhold_names
from szlak.catalogue.esco.linking.features import FEATURES
from szlak.catalogue.esco.linking.fitting import Claim, Example, fit_ranker, fit_stages, refit_calibration
from szlak.catalogue.esco.linking.linker import RankedLinker, build_linker
from szlak.catalogue.esco.linking.ranker import Calibration, Ranker, number_text, number_texts
from szlak.catalogue.esco.linking.shelf import Floats
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.messages import Message
from szlak.catalogue.model.encoding import Encoder
from szlak.catalogue.model.linking import RELEVANT, LinkTarget
from szlak.catalogue.polish import Polish
from szlak.catalogue.text import text_key

NAMES = 150
"""Names drawn to be fitted to beside judged texts: no annotator judges what is a name already, and it must be linked all the same."""

TITLES = 1_500
"""Job titles that are withheld from the taxonomy, so that the ranker of occupations can be fitted to finding them."""

FEWEST_FOR_RANKER = 100
"""Texts that say which skill fits, below which a new ranker would know less than the shipped one by far."""

FEWEST_FOR_CALIBRATION = 30
FEWEST_DOCUMENTS = 8
"""Records or sources, for what is fitted to some is judged on the others."""

SKILL_BORDERS = Calibration(weights=(), accept=0.55, accept_more=0.7, ask=0.15)
"""Cross-validated on our own fitting sentences with ESCO imported: 80 % of the links taken are right, 63 % of the texts have one."""

OCCUPATION_BORDERS = Calibration(weights=(), accept=0.6, accept_more=0.75, ask=0.1)

_SEED = 4


_ROUNDS = 2
"""Rounds of guessing which occupation a title means; a third changed nothing."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What links are made with."""

    polish: Polish
    encoder: Encoder


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A taxonomy that texts are seen with, and how to open a linker over it."""

    taxonomy: Taxonomy
    open_linker: Callable[[], RankedLinker]


@dataclass(frozen=True, kw_only=True, eq=False)
class Learned:
    """A ranker fitted to judged texts, with what is said of each by one that was fitted without its document.

    `examples` and `held_out` are those of `judged`, in that order, as the first of several taxonomies shows them.
    `is_whole`: the ranker is new; otherwise only its calibration is.
    """

    target: LinkTarget
    ranker: Ranker
    is_whole: bool
    judged: tuple[Judged, ...]
    examples: tuple[Example, ...]
    held_out: tuple[Claim, ...]


def learn_skills(grounds: Sequence[Ground], judged: Sequence[Judged], present: Ranker | None) -> Learned:
    """Fit the ranker of skills anew, or where LightGBM or texts are missing the calibration of the present one, if any, alone.

    Raises:
        ExtraMissing: LightGBM is not installed, and there is no present ranker.
        InputInvalid: there are too few judged texts even for that.
    """
    if present is None or (has_trees() and not missing_texts(judged, FEWEST_FOR_RANKER)):
        return fit_skills(grounds, judged)
    return recalibrate_skills(grounds[0], judged, present)


def has_trees() -> bool:
    """Return whether rankers can be fitted here: LightGBM is installed (extra `train`)."""
    return find_spec("lightgbm") is not None


def missing_texts(judged: Sequence[Judged], needed: int) -> int:
    """Return how many texts with a fitting concept are missing to the number needed."""
    return max(0, needed - sum(any(grade >= RELEVANT for grade in row.grades.values()) for row in judged))


def fit_skills(grounds: Iterable[Ground], judged: Sequence[Judged]) -> Learned:
    """Fit the ranker of skills to judged texts, seen with each of the taxonomies, and to names.

    A text with a title above it is seen without the title too: not every text that is linked has one.

    Raises:
        ExtraMissing: LightGBM is not installed.
        InputInvalid: there are too few judged texts.
    """
    _need_trees()
    _check_enough(judged, FEWEST_FOR_RANKER)
    untitled = tuple(replace(row, context="") for row in judged if row.context)
    examples: list[Example] = []
    for ground in grounds:
        names = draw_names(ground.taxonomy, ground.taxonomy.skills, NAMES, _SEED)
        examples += iter_examples(ground.open_linker(), (*judged, *untitled, *names))
    return _fit(LinkTarget.SKILLS, examples, judged, SKILL_BORDERS)


def fit_occupations(parts: Parts, taxonomies: Iterable[Taxonomy]) -> Learned:
    """Fit the ranker of occupations to finding titles that were taken away from the taxonomy, and to names.

    Raises:
        ExtraMissing: LightGBM is not installed.
        InputInvalid: the taxonomy holds too few titles.
    """
    _need_trees()
    examples: list[Example] = []
    first: tuple[Judged, ...] = ()
    for taxonomy in taxonomies:
        without, titles = withhold_titles(taxonomy)
        if missing_texts(titles, FEWEST_FOR_RANKER):
            raise InputInvalid(Message("The taxonomy holds too few names of occupations to learn from."))
        first = first or titles
        linker = build_linker(without, parts.polish, parts.encoder, cache_dir=None, rankers={})
        judged = (*titles, *draw_names(without, without.occupations, NAMES, _SEED))
        examples += iter_examples(linker, judged, LinkTarget.OCCUPATIONS)
    return _fit(LinkTarget.OCCUPATIONS, examples, first, OCCUPATION_BORDERS)


def fit_occupations_to_groups(parts: Parts, taxonomies: Iterable[Taxonomy], titles: Sequence[CodedTitle]) -> Learned:
    """Fit the ranker of occupations to job titles of which only the ISCO group is known.

    Which occupation of its group a title means is not known either: the one that the ranker of the round before puts first is taken to
    be it, the group's others are left out (multiple-instance learning: Andrews et al., Support Vector Machines for Multiple-Instance
    Learning, 2003).

    Raises:
        ExtraMissing: LightGBM is not installed.
        InputInvalid: there are too few titles.
    """
    _need_trees()
    if len(titles) < FEWEST_FOR_RANKER:
        params = {"found": len(titles), "needed": FEWEST_FOR_RANKER}
        raise InputInvalid(Message("There are {found} job titles with a group; {needed} are needed to fit a ranker.", params))
    judged = tuple(Judged(text=row.title, grades={}, document=f"title:{text_key(row.title)}") for row in titles)
    seen: list[tuple[Example, NDArray[np.bool_]]] = []
    for taxonomy in taxonomies:
        linker = build_linker(replace(taxonomy, skills=()), parts.polish, parts.encoder, cache_dir=None, rankers={})
        groups = {uri: _group_of(taxonomy, uri) for uri in taxonomy.occupations}
        for row, example in zip(titles, iter_examples(linker, judged, LinkTarget.OCCUPATIONS), strict=True):
            seen.append((example, np.array([groups[uri] == row.group for uri in example.uris], np.bool_)))
    score = _likeness
    for _ in range(_ROUNDS):
        ranker = fit_stages(_choose_all(seen, score), LinkTarget.OCCUPATIONS.value, OCCUPATION_BORDERS)
        score = ranker.score
    learned = _fit(LinkTarget.OCCUPATIONS, _choose_all(seen, score), judged, OCCUPATION_BORDERS)
    # Which occupation is right was only guessed: figures on that would say nothing.
    return replace(learned, judged=(), examples=(), held_out=())


def _choose_all(seen: Sequence[tuple[Example, NDArray[np.bool_]]], score: Callable[[Floats], Floats]) -> list[Example]:
    return [_choose(example, in_group, score(example.features)) for example, in_group in seen if in_group.any()]


def _likeness(features: Floats) -> Floats:
    """Return a score to begin with: how near names and sentences are, whole and by their words."""
    worth = {"near": 1.0, "clause_near": 0.3, "whole_name_meant": 0.3}
    return np.asarray(sum(value * features[:, tuple(FEATURES).index(name)] for name, value in worth.items()), np.float32)


def _choose(example: Example, in_group: NDArray[np.bool_], scores: Floats) -> Example:
    """Return the example with the best scored of its group as the right one, and without the group's others."""
    best = np.flatnonzero(in_group)[scores[in_group].argmax()]
    kept = ~in_group
    kept[best] = True
    grades = np.zeros(len(in_group), np.float32)
    grades[best] = EXACT
    chosen = np.flatnonzero(kept)
    return replace(
        example,
        uris=tuple(example.uris[place] for place in chosen.tolist()),
        features=example.features[chosen],
        grades=grades[chosen],
        known=np.ones(len(chosen), np.bool_),
    )


def _group_of(taxonomy: Taxonomy, uri: str) -> str:
    entry = taxonomy.lexicon.get(uri)
    return (taxonomy.concept(uri).code or (entry.code if entry else None) or "")[:GROUP_DIGITS]


def withhold_titles(taxonomy: Taxonomy) -> tuple[Taxonomy, tuple[Judged, ...]]:
    """Return the occupations of a taxonomy without the titles to be found, and these."""
    chosen = random.Random(_SEED).sample(taxonomy.occupations, min(TITLES, len(taxonomy.occupations)))  # noqa: S311 - a sample, not a secret
    return withhold_names(replace(taxonomy, skills=()), chosen, _SEED)


def recalibrate_skills(ground: Ground, judged: Sequence[Judged], present: Ranker) -> Learned:
    """Fit the calibration of the present ranker to texts that its scores were not fitted to.

    Raises:
        InputInvalid: there are too few such texts.
    """
    unseen = tuple(row for row in judged if number_text(row.text) not in present.fitted)
    if missing := missing_texts(unseen, FEWEST_FOR_CALIBRATION) * (not missing_texts(judged, FEWEST_FOR_CALIBRATION)):
        params = {"found": FEWEST_FOR_CALIBRATION - missing, "needed": FEWEST_FOR_CALIBRATION}
        raise InputInvalid(
            Message(
                "The present ranker was fitted to these texts, so that they cannot tell how sure it may be: {found} others have a fitting "
                "concept, {needed} are needed. Name others, or fit the ranker anew, which needs the extra “train” "
                "(in the clone: make train).",
                params,
            )
        )
    _check_enough(unseen, FEWEST_FOR_CALIBRATION)
    examples = tuple(iter_examples(ground.open_linker(), unseen))
    fit = refit_calibration(present, examples)
    ranker = replace(fit.ranker, calibrated=number_texts(row.text for row in unseen)).named(LinkTarget.SKILLS.value)
    return Learned(target=LinkTarget.SKILLS, ranker=ranker, is_whole=False, judged=unseen, examples=examples, held_out=fit.held_out)


def judge_sentences(gold: Iterable[GoldSentence]) -> tuple[Judged, ...]:
    """Return gold sentences as texts to fit to; where a file names no documents, a source is one, or else each sentence."""
    return tuple(
        Judged(text=row.text.text, grades=row.grades, document=_document(row), context=row.text.context, kind=row.text.kind) for row in gold
    )


def _document(row: GoldSentence) -> str:
    return f"{row.source}/{row.document}" if row.source or row.document else f"text:{row.identity}"


def _fit(target: LinkTarget, examples: Sequence[Example], judged: Sequence[Judged], borders: Calibration) -> Learned:
    """Fit to examples of which the first are those of `judged`."""
    fit = fit_ranker(examples, target.value, borders)
    seen = number_texts(row.text for row in judged)
    return Learned(
        target=target,
        ranker=replace(fit.ranker, fitted=seen, calibrated=seen).named(target.value),
        is_whole=True,
        judged=tuple(judged),
        examples=tuple(examples[: len(judged)]),
        held_out=fit.held_out[: len(judged)],
    )


def _need_trees() -> None:
    if not has_trees():
        raise ExtraMissing(
            Message("Fitting a ranker needs the extra “train”. In the clone: make train; elsewhere: pip install 'szlak[train]'.")
        )


def _check_enough(judged: Sequence[Judged], needed: int) -> None:
    missing, documents = missing_texts(judged, needed), len({row.document for row in judged})
    if missing:
        params = {"found": needed - missing, "needed": needed}
        raise InputInvalid(
            Message(
                "Too few judged texts: {found} texts that were not learned from yet have a fitting concept, {needed} are needed. "
                "Decide about more links (szlak serve --curator NAME), or name files of judged texts with --gold.",
                params,
            )
        )
    if documents < FEWEST_DOCUMENTS:
        params = {"found": documents, "needed": FEWEST_DOCUMENTS}
        raise InputInvalid(Message("Too few records: the judged texts stand in {found} records or sources, {needed} are needed.", params))
