"""Fitting of the ranker to texts that people or annotators have linked: what `ranker` then evaluates.

The trees need LightGBM (extra `train`); without it the calibration alone can be fitted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.linking.ranker import Calibration, Ranker, Trees, can_fit, claim_features, fit_logistic
from szlak.catalogue.esco.linking.shelf import Floats
from szlak.catalogue.model.linking import RELEVANT

CLAIMS = 10
"""Links of a text that the calibration is fitted to."""

_FOLDS = 8
_RIDGE = 0.02
_ROUNDS = 100
_GAINS = (0.0, 0.3, 1.0, 3.0, 4.5, 5.5, 7.0)
"""Worth of half grades: a grade of one and a half or less is related, not fitting."""

_LAMBDARANK: dict[str, Any] = {
    "objective": "lambdarank",
    "learning_rate": 0.05,
    "num_leaves": 8,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "lambdarank_truncation_level": 15,
    "label_gain": list(_GAINS),
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 3,
    "verbose": -1,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Example:
    """The candidates of one text: features (candidates, features), grades 0 to 3, and the document that the text stands in.

    `known`: whether a candidate was judged; the others' grades mean nothing.
    """

    uris: tuple[str, ...]
    features: Floats
    grades: Floats
    known: NDArray[np.bool_]
    document: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Claim:
    """What a ranker says of the candidates of one text: a score and a confidence each."""

    scores: Floats
    confidences: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Fit:
    """A ranker fitted to examples, and of each what a ranker says that was fitted without its document."""

    ranker: Ranker
    held_out: tuple[Claim, ...]


def fit_ranker(examples: Sequence[Example], version: str, calibration: Calibration) -> Fit:
    """Fit both stages, and the calibration to what rankers fitted without a text's document say of it.

    Raises:
        ModuleNotFoundError: LightGBM is not installed.
    """
    folds = cross_folds(examples)
    ranker = fit_stages(examples, version, calibration)
    return _calibrate(ranker, examples, _cross_scores(examples, folds, version, calibration), folds)


def refit_calibration(ranker: Ranker, examples: Sequence[Example]) -> Fit:
    """Fit the calibration alone to the scores of a ranker; it must not have been fitted to these texts."""
    return _calibrate(ranker, examples, [ranker.score(example.features) for example in examples], cross_folds(examples))


def claim(ranker: Ranker, scores: Floats, features: Floats) -> Claim:
    """Return what a ranker says of candidates by their scores and features, in their order."""
    order = np.argsort(-scores, kind="stable")
    confidences = np.empty(len(scores))
    confidences[order] = ranker.confidence(scores[order], features[order])
    return Claim(scores=scores, confidences=confidences)


def _calibrate(ranker: Ranker, examples: Sequence[Example], scores: Sequence[Floats], folds: NDArray[np.int64]) -> Fit:
    """Fit the calibration to the scores of all texts, and for those of each fold once without them."""
    pairs = list(zip(scores, examples, strict=True))
    told: dict[int, Claim] = {}
    for fold in sorted(set(folds.tolist())):
        others = [pair for pair, of in zip(pairs, folds, strict=True) if of != fold]
        without = replace(ranker, calibration=fit_calibration(others, ranker.calibration))
        told |= {place: claim(without, scores[place], examples[place].features) for place in np.flatnonzero(folds == fold).tolist()}
    fitted = replace(ranker, calibration=fit_calibration(pairs, ranker.calibration))
    return Fit(ranker=fitted, held_out=tuple(told[place] for place in range(len(examples))))


def fit_calibration(scored: Sequence[tuple[Floats, Example]], before: Calibration) -> Calibration:
    """Fit the curve to the scores of texts and what is known of their first candidates; the zones' borders stay.

    Where there was a curve before, what the texts say little about stays near it.
    """
    rows: list[NDArray[np.float64]] = []
    right: list[NDArray[np.bool_]] = []
    for scores, example in scored:
        order = np.argsort(-scores, kind="stable")
        known = (example.known & can_fit(example.features))[order][:CLAIMS]
        rows.append(claim_features(scores[order], example.features[order])[:CLAIMS][known])
        right.append(example.grades[order][:CLAIMS][known] >= RELEVANT)
    weights = fit_logistic(np.concatenate(rows), np.concatenate(right), weights=before.weights or None)
    return replace(before, weights=tuple(round(float(weight), 6) for weight in weights))


def cross_folds(examples: Sequence[Example], folds: int = _FOLDS) -> NDArray[np.int64]:
    """Return the fold of each example; those of one document share it, and the folds are of like size."""
    sizes = np.zeros(folds, np.int64)
    found: dict[str, int] = {}
    documents = [example.document for example in examples]
    for document in sorted(set(documents), key=lambda name: (-documents.count(name), name)):
        found[document] = int(sizes.argmin())
        sizes[found[document]] += documents.count(document)
    return np.array([found[document] for document in documents])


def _cross_scores(examples: Sequence[Example], folds: NDArray[np.int64], version: str, calibration: Calibration) -> list[Floats]:
    """Return for each example the scores of a ranker fitted without its document."""
    scored: dict[int, Floats] = {}
    for fold in sorted(set(folds.tolist())):
        ranker = fit_stages([example for example, of in zip(examples, folds, strict=True) if of != fold], version, calibration)
        scored |= {place: ranker.score(examples[place].features) for place in np.flatnonzero(folds == fold).tolist()}
    return [scored[place] for place in range(len(examples))]


def fit_stages(examples: Sequence[Example], version: str, calibration: Calibration) -> Ranker:
    """Fit both stages; the calibration is taken as it is given."""
    rows = np.concatenate([example.features[example.known] for example in examples])
    grades = np.concatenate([example.grades[example.known] for example in examples])
    means, spreads = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    weights = _fit_linear((rows - means) / spreads, grades >= RELEVANT)
    return Ranker(
        version=version,
        means=means.astype(np.float32),
        spreads=spreads.astype(np.float32),
        weights=weights.astype(np.float32),
        blend=BLEND,
        trees=_fit_trees(rows, grades, [int(example.known.sum()) for example in examples if example.known.any()]),
        calibration=calibration,
    )


BLEND = 0.3
"""Worth of the linear score beside the trees': of 0, .15, .3, .5 and 1 the best nDCG@10, cross-validated."""


def _fit_linear(rows: Floats, right: NDArray[np.bool_]) -> NDArray[np.float64]:
    with_constant = np.column_stack((rows.astype(np.float64), np.ones(len(rows))))
    return fit_logistic(with_constant, right, ridge=_RIDGE / 10)[:-1]


def _fit_trees(rows: Floats, grades: Floats, sizes: Sequence[int]) -> Trees:
    import lightgbm

    labels = np.rint(grades * 2).astype(int)
    model = lightgbm.train(_LAMBDARANK, lightgbm.Dataset(rows, labels, group=list(sizes)), _ROUNDS)
    return flatten_trees([tree["tree_structure"] for tree in model.dump_model()["tree_info"]])


def flatten_trees(structures: Sequence[dict[str, Any]]) -> Trees:
    """Return trees as LightGBM dumps them in arrays."""
    nodes: list[tuple[int, float, int, int, float]] = []
    depth = 0

    def add(structure: dict[str, Any], level: int) -> int:
        nonlocal depth
        depth = max(depth, level)
        place = len(nodes)
        nodes.append((0, 0.0, place, place, float(structure.get("leaf_value", 0.0))))
        if "split_feature" in structure:
            left, right = (add(structure[side], level + 1) for side in ("left_child", "right_child"))
            nodes[place] = (int(structure["split_feature"]), float(structure["threshold"]), left, right, 0.0)
        return place

    roots = [add(structure, 0) for structure in structures]
    feature, threshold, left, right, value = zip(*nodes, strict=True)
    return Trees(
        feature=np.array(feature, np.int32),
        threshold=np.array(threshold),
        left=np.array(left, np.int32),
        right=np.array(right, np.int32),
        value=np.array(value, np.float32),
        roots=np.array(roots, np.int32),
        depth=depth,
    )
