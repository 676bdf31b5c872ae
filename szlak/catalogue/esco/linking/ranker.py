"""From features to a raw score and a calibrated confidence: shipped numbers, evaluated by NumPy alone.

Two stages. A linear one over all candidates keeps the most likely; over these a sum of regression trees and the linear score decide.
The confidence is a logistic curve over the score, the place in the list and the lead before the next.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.linking.features import FEATURES
from szlak.catalogue.esco.linking.shelf import Floats, Ints
from szlak.catalogue.model.linking import Zone
from szlak.catalogue.text import text_key

SHIPPED = Path(__file__).with_name("data")

KEPT = 48
"""Candidates that the trees look at: on the fitting texts no relevant concept among the first ten stood lower by the linear score."""

DROPPED_SCORE = -100.0
"""Added to the score of what the trees do not look at, so that it comes after what they do, and of what cannot fit."""

LOWEST_SCORE = -1000.0
"""Score of a concept that no lane found."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Trees:
    """Regression trees as arrays, all trees one after the other.

    Node i of a tree asks whether `feature[i]` of a row is at most `threshold[i]`, and goes to node `left[i]` or `right[i]`; a leaf has
    itself for both and the worth `value[i]`. `roots` are the first nodes of the trees, `depth` the longest way down.
    """

    feature: Ints
    threshold: NDArray[np.float64]
    left: Ints
    right: Ints
    value: Floats
    roots: Ints
    depth: int

    def sum(self, rows: Floats) -> Floats:
        """Return the sum of all trees for each row."""
        nodes = np.repeat(self.roots[None, :], len(rows), axis=0)
        places = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            below = rows[places, self.feature[nodes]] <= self.threshold[nodes]
            nodes = np.where(below, self.left[nodes], self.right[nodes])
        total: Floats = self.value[nodes].sum(axis=1)
        return total


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Weights of `claim_features` in the logistic curve, and the zones' borders, which are confidences.

    A text's best link is taken from `accept` on, its others from `accept_more`: a second wrong link costs as much as the first, and
    does not make the text found. Below `ask` nobody is bothered.
    """

    weights: tuple[float, ...]
    accept: float
    accept_more: float
    ask: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranker:
    """What was learned. `means`, `spreads` and `weights` are by feature; `blend` is the worth of a linear score beside the trees'.

    `fitted` are the numbers (`number_texts`) of the texts that the scores were fitted to, `calibrated` of those that the confidence was:
    figures on these say nothing about texts that it has not seen.
    """

    version: str
    means: Floats
    spreads: Floats
    weights: Floats
    blend: float
    trees: Trees
    calibration: Calibration
    fitted: frozenset[int] = frozenset()
    calibrated: frozenset[int] = frozenset()

    @property
    def content_hash(self) -> str:
        """Twelve hexadecimal digits that change with any score or zone."""
        arrays = (self.means, self.spreads, self.weights, *(getattr(self.trees, name) for name in _TREE_ARRAYS))
        digest = hashlib.sha256(repr((FEATURES, CLAIM_FEATURES, self.blend, self.trees.depth, self.calibration)).encode())
        for array in arrays:
            digest.update(array.tobytes())
        return digest.hexdigest()[:12]

    def named(self, stem: str) -> Self:
        """Return the ranker with a version of its own, so that links made by another one are made again."""
        return replace(self, version=f"{stem}-{self.content_hash}")

    def score(self, features: Floats) -> Floats:
        """Return the raw score of each candidate of one text; higher is better, comparable within the text."""
        linear = self.score_linear(features)
        kept = np.argsort(-linear, kind="stable")[:KEPT]
        scores = linear + np.float32(DROPPED_SCORE)
        scores[kept] = self.trees.sum(features[kept]) + self.blend * linear[kept]
        return scores + np.where(can_fit(features), np.float32(0), np.float32(DROPPED_SCORE))

    def score_linear(self, features: Floats) -> Floats:
        """Return the score of the first stage."""
        return np.asarray(((features - self.means) / self.spreads) @ self.weights, np.float32)

    def confidence(self, scores: Floats, features: Floats) -> NDArray[np.float64]:
        """Return for candidates in falling order of scores the probability that a careful cataloguer would attach the concept."""
        return logistic(claim_features(scores, features) @ np.array(self.calibration.weights)) * can_fit(features)

    def zone(self, confidence: float, *, is_best: bool) -> Zone:
        """Return what follows from a link's confidence."""
        if confidence >= (self.calibration.accept if is_best else self.calibration.accept_more):
            return Zone.ACCEPT
        return Zone.ASK if confidence >= self.calibration.ask else Zone.NOTHING

    def save(self, folder: Path) -> None:
        """Write `ranker.npz` and `ranker.json` into an existing folder."""
        arrays: dict[str, Any] = {name: getattr(self.trees, name) for name in _TREE_ARRAYS}
        arrays |= {name: np.array(sorted(getattr(self, name)), np.uint64) for name in _TEXT_ARRAYS}
        with (folder / "ranker.npz").open("wb") as out:
            np.savez_compressed(out, means=self.means, spreads=self.spreads, weights=self.weights, **arrays)
        calibration = self.calibration
        facts = {
            "version": self.version,
            "features": list(FEATURES),
            "blend": self.blend,
            "depth": self.trees.depth,
            "calibration": {
                "weights": list(calibration.weights),
                "accept": calibration.accept,
                "accept_more": calibration.accept_more,
                "ask": calibration.ask,
            },
        }
        (folder / "ranker.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Self:
        """Read what `save` wrote.

        Raises:
            OSError, ValueError: a file is missing, damaged, or made for other features.
        """
        try:
            return cls._load(folder)
        except (KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"{folder}: the ranker is damaged: {error}") from error

    @classmethod
    def _load(cls, folder: Path) -> Self:
        facts = json.loads((folder / "ranker.json").read_text(encoding="utf-8"))
        if facts["features"] != list(FEATURES) or len(facts["calibration"]["weights"]) != len(CLAIM_FEATURES):
            raise ValueError(f"{folder}: the ranker was made for other features")
        with (folder / "ranker.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            trees = Trees(**{name: arrays[name] for name in _TREE_ARRAYS}, depth=int(facts["depth"]))
            means, spreads, weights = arrays["means"], arrays["spreads"], arrays["weights"]
            seen = {name: frozenset(arrays[name].tolist()) for name in _TEXT_ARRAYS}
        stated = facts["calibration"]
        borders = {name: float(stated[name]) for name in ("accept", "accept_more", "ask")}
        calibration = Calibration(weights=tuple(stated["weights"]), **borders)
        return cls(
            version=str(facts["version"]),
            means=means,
            spreads=spreads,
            weights=weights,
            blend=float(facts["blend"]),
            trees=trees,
            calibration=calibration,
            **seen,
        )


_TREE_ARRAYS = ("feature", "threshold", "left", "right", "value", "roots")
_TEXT_ARRAYS = ("fitted", "calibrated")


def number_texts(texts: Iterable[str]) -> frozenset[int]:
    """Return the numbers by which a ranker remembers texts: half of their keys, from which nobody reads them."""
    return frozenset(number_text(text) for text in texts)


def number_text(text: str) -> int:
    """Return the number of one text."""
    return int(text_key(text)[:16], 16)


CLAIM_FEATURES = ("score", "place", "lead", "named", "aside", "always 1")
_LEAD = 3
_ASIDE_SPREAD = 0.2
_EXACT, _ASIDE, _PROPER = (tuple(FEATURES).index(name) for name in ("exact", "aside", "proper"))


def claim_features(scores: Floats, features: Floats) -> NDArray[np.float64]:
    """Return for candidates in falling order of scores what the confidence is made from, columns as in CLAIM_FEATURES.

    `place` is the logarithm of the place; `lead` how far the score is ahead of the one three places below; `named` is 1 for a concept
    whose name the text is, and is shared where several concepts have it; `aside` the share of the text that asks for no skill, in
    units of its spread among texts, so that a small weight tells.
    """
    scores = np.maximum(scores.astype(np.float64), DROPPED_SCORE / 4)
    places = np.log1p(np.arange(len(scores)))
    after = np.concatenate((scores[_LEAD:], np.full(min(_LEAD, len(scores)), scores.min(initial=0.0))))
    named = features[:, _EXACT].astype(np.float64)
    aside = features[:, _ASIDE].astype(np.float64) / _ASIDE_SPREAD
    return np.column_stack((scores, places, scores - after, named / max(1.0, named.sum()), aside, np.ones(len(scores))))


def can_fit(features: Floats) -> NDArray[np.bool_]:
    """Return which candidates may be linked at all: a concept that has but proper names must be named in the text."""
    return np.asarray(features[:, _PROPER] >= 0)


def logistic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logistic function of each value, without overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -40, 40))))


def fit_logistic(
    rows: NDArray[np.float64], right: NDArray[np.bool_], *, ridge: float = 1e-2, weights: Sequence[float] | None = None
) -> NDArray[np.float64]:
    """Return the weights of a logistic regression, the last column being the constant, by Newton's method.

    `ridge` pulls the weights but the constant's towards zero, or towards `weights` where they are given.
    """
    start = np.zeros(rows.shape[1]) if weights is None else np.array(weights, np.float64)
    penalty = np.full(rows.shape[1], ridge * len(rows))
    penalty[-1] = 0.0
    found = start.copy()
    for _ in range(50):
        chance = logistic(rows @ found)
        gradient = rows.T @ (chance - right) + penalty * (found - start)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, gradient)
        found -= np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-8:
            break
    return found
