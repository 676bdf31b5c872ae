"""How sure a figure is: percentile intervals from drawing the sentences anew, with a fixed seed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.evaluation.metrics import Floats, Shares

RESAMPLES = 2_000
SEED = 20_260_901
_LEVEL = (2.5, 97.5)
_CELLS = 4_000_000
"""Counts held at once: 32 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with its 95 % interval; `n` is what it is a share of (sentences, links). All None and 0 where nothing can be measured."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much higher a figure is than another's on the same sentences, with its 95 % interval."""

    value: float | None
    low: float | None
    high: float | None


def iter_counts(n: int, resamples: int = RESAMPLES) -> Iterator[Floats]:
    """Yield how often each of n sentences is drawn, in blocks of shape (resamples of the block, n); the same for the same n."""
    rng = np.random.default_rng(SEED)
    block = max(1, _CELLS // max(n, 1))
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        drawn = rng.integers(0, n, size=(rows, n)) + n * np.arange(rows)[:, None]
        yield np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n).astype(np.float64)


def estimate_shares(shares: Mapping[str, Shares]) -> dict[str, Estimate]:
    """Return each figure with its interval; all are drawn from the same resamples."""
    names = list(shares)
    drawn = _draw_shares([shares[name] for name in names])
    return {name: _estimate(_ratio(shares[name]), drawn[:, place], shares[name].wholes.sum()) for place, name in enumerate(names)}


def estimate_differences(mine: Mapping[str, Shares], other: Mapping[str, Shares], names: Sequence[str]) -> dict[str, Difference]:
    """Return how much higher my figures are than the other's, drawing the same sentences for both (a paired bootstrap)."""
    drawn = _draw_shares([mine[name] for name in names]) - _draw_shares([other[name] for name in names])
    found = {}
    for place, name in enumerate(names):
        low, high = _interval(drawn[:, place])
        found[name] = Difference(value=_number(_ratio(mine[name]) - _ratio(other[name])), low=low, high=high)
    return found


def estimate_statistic(statistic: Callable[[Floats], float], sentences: int, n: int) -> Estimate:
    """Return a figure that is no share, given as a function of how often each sentence counts.

    An error of calibration grows in a resample, for it adds up distances: its interval lies rather high, never too low.
    """
    if not n:
        return Estimate(value=None, low=None, high=None, n=0)
    drawn = np.array([statistic(counts) for block in iter_counts(sentences) for counts in block])
    return _estimate(statistic(np.ones(sentences)), drawn, n)


def _draw_shares(shares: Sequence[Shares]) -> Floats:
    """Return each figure in each resample, shape (RESAMPLES, n figures)."""
    parts = np.stack([share.parts for share in shares], axis=1)
    wholes = np.stack([share.wholes for share in shares], axis=1)
    if not len(parts):
        return np.full((RESAMPLES, len(shares)), np.nan)
    return np.concatenate([_divide(counts @ parts, counts @ wholes) for counts in iter_counts(len(parts))])


def _ratio(share: Shares) -> float:
    return float(_divide(share.parts.sum(keepdims=True), share.wholes.sum(keepdims=True))[0])


def _divide(parts: Floats, wholes: Floats) -> Floats:
    return np.divide(parts, wholes, out=np.full_like(wholes, np.nan), where=wholes > 0)


def _estimate(value: float, drawn: Floats, n: float) -> Estimate:
    low, high = _interval(drawn)
    return Estimate(value=_number(value), low=low, high=high, n=round(n))


def _interval(drawn: Floats) -> tuple[float | None, float | None]:
    """Return the percentiles over resamples in which the figure exists."""
    there: NDArray[np.float64] = drawn[~np.isnan(drawn)]
    if not len(there):
        return None, None
    low, high = np.percentile(there, _LEVEL)
    return _number(low), _number(high)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)
