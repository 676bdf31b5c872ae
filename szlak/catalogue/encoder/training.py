"""Training of the static encoder on pairs of texts that mean the same.

In-batch contrastive loss: of all texts of a batch, a text shall be closest to its partner (van den Oord et al., Representation
Learning with Contrastive Predictive Coding, 2018). The gradient is written out, so that NumPy and SciPy suffice.
"""

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from szlak.catalogue.encoder.checkpoint import State
from szlak.catalogue.encoder.weights import Weights
from szlak.catalogue.encoder.words import list_buckets, split_words

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Progress = Callable[[int, int, float], None]
"""Called with the steps done, all steps, and the mean loss since the last call."""

_EPSILON = 1e-8
_REPORT_EVERY = 50
_KEEP_EVERY = 250
"""A multiple of _REPORT_EVERY, so that a training that goes on reports the same losses."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How to train.

    `temperature` divides cosines; `rate` is Adam's, falling linearly to a tenth; `dropout` is the share of a word's pieces that a step
    does not see, so that no piece is learned to be relied on; `seed` fixes everything random.
    """

    buckets: int = 72_000
    dim: int = 256
    batch: int = 1024
    steps: int = 5000
    temperature: float = 0.05
    rate: float = 0.02
    dropout: float = 0.5
    seed: int = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class Pairs:
    """Pairs of texts: `left[i]` and `right[i]` index `texts`, `group[i]` is what both speak of, `weight[i]` how often they are drawn.

    Two pairs of one group are never each other's negatives.
    """

    texts: Sequence[str]
    left: Ints
    right: Ints
    group: Ints
    weight: Floats


def train_weights(
    pairs: Pairs,
    recipe: Recipe,
    progress: Progress | None = None,
    *,
    state: State | None = None,
    keep: Callable[[State], None] | None = None,
) -> Weights:
    """Return weights trained on pairs.

    Args:
        pairs: What to learn from.
        recipe: How.
        progress: Told the loss every fifty steps.
        state: Where a training of the same pairs and recipe stands; it is changed, and stands at the end afterwards.
        keep: Given the state every few hundred steps.

    Raises:
        ValueError: fewer than two pairs; one alone has nothing to be told from.
    """
    if len(pairs.left) < 2:
        raise ValueError("training needs at least two pairs")
    state = state or start_training(recipe)
    words, pieces = _read_texts(pairs.texts, recipe.buckets)
    share = np.cumsum(pairs.weight.astype(np.float64))
    losses: list[float] = []
    for step in range(state.step, recipe.steps):
        started = time.monotonic()
        chosen = _draw(share, min(recipe.batch, len(share)), state.random)
        rate = recipe.rate * max(0.1, 1 - step / recipe.steps)
        losses.append(_train_batch(state, words, pieces, (pairs.left[chosen], pairs.right[chosen], pairs.group[chosen]), recipe, rate))
        state.seconds += time.monotonic() - started
        if (step + 1) % _REPORT_EVERY == 0 or step + 1 == recipe.steps:
            state.loss, losses = float(np.mean(losses)), []
            if progress:
                progress(step + 1, recipe.steps, state.loss)
        if keep and (step + 1) % _KEEP_EVERY == 0:
            keep(state)
    return Weights.quantise(state.rows[:, :-1], state.rows[:, -1])


def start_training(recipe: Recipe) -> State:
    """Return the state before the first step: rows drawn at random, every emphasis alike."""
    random = np.random.default_rng(recipe.seed)
    rows = np.zeros((recipe.buckets, recipe.dim + 1), np.float32)
    rows[:, :-1] = random.normal(0, recipe.dim**-0.5, (recipe.buckets, recipe.dim))
    return State(rows=rows, mean=np.zeros_like(rows), square=np.zeros((recipe.buckets, 2), np.float32), random=random)


def hash_task(pairs: Pairs, recipe: Recipe) -> str:
    """Return 64 hexadecimal digits that change with any pair and any part of the recipe."""
    digest = hashlib.sha256(json.dumps(asdict(recipe), sort_keys=True).encode())
    for text in pairs.texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    for array in (pairs.left, pairs.right, pairs.group, pairs.weight):
        digest.update(array.tobytes())
    return digest.hexdigest()


def _draw(share: NDArray[np.float64], size: int, random: np.random.Generator) -> Ints:
    """Return places of pairs, drawn by weight: one from each of `size` equal parts of the sums `share`."""
    chosen = np.searchsorted(share, (random.random(size) + np.arange(size)) * share[-1] / size, side="right")
    places: Ints = np.minimum(chosen, len(share) - 1)
    return places


def _read_texts(texts: Sequence[str], buckets: int) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """Return counts of words (texts, words) and shares of buckets (words, buckets)."""
    numbers: dict[str, int] = {}
    rows = [[numbers.setdefault(word, len(numbers)) for word in split_words(text)] for text in texts]
    found = [list_buckets(word, buckets) for word in numbers]
    return _csr(rows, len(numbers), share=False), _csr(found, buckets, share=True)


def _csr(rows: list[list[int]], width: int, *, share: bool) -> sp.csr_matrix:
    lengths = np.array([len(row) for row in rows])
    ends = np.concatenate(([0], np.cumsum(lengths)))
    columns = np.array([column for row in rows for column in row], np.int32)
    values = np.repeat(1 / np.maximum(lengths, 1) if share else np.ones(len(rows)), lengths).astype(np.float32)
    matrix = sp.csr_matrix((values, columns, ends), shape=(len(rows), width))
    matrix.sum_duplicates()
    return matrix


def _train_batch(
    state: State, words: sp.csr_matrix, pieces: sp.csr_matrix, batch: tuple[Ints, Ints, Ints], recipe: Recipe, rate: float
) -> float:
    left, right, group = batch
    counts, used_words = _narrow(words[np.concatenate((left, right))])
    shares, used_buckets = _narrow(pieces[used_words])
    shares.data *= (state.random.random(len(shares.data)) >= recipe.dropout) / (1 - recipe.dropout)
    by_word = shares @ state.rows[used_buckets]
    loss, gradient = contrast(counts, by_word, group, recipe.temperature)
    _adam(state, used_buckets, shares.T.tocsr() @ gradient, rate)
    return loss


def _narrow(matrix: sp.csr_matrix) -> tuple[sp.csr_matrix, Ints]:
    """Return a matrix without its empty columns, and which columns are left."""
    used, places = np.unique(matrix.indices, return_inverse=True)
    return sp.csr_matrix((matrix.data, places, matrix.indptr), shape=(matrix.shape[0], len(used))), used


def contrast(counts: sp.csr_matrix, by_word: Floats, group: Ints, temperature: float) -> tuple[float, Floats]:
    """Return the loss of a batch and its gradient by words.

    Args:
        counts: How often each word stands in each text, shape (2 n, words): n left texts, then their n partners.
        by_word: Vector of each word, its last column the logarithm of the word's weight, shape (words, dim + 1).
        group: What each pair speaks of, shape (n,).
        temperature: Divides cosines.
    """
    weighted = by_word[:, :-1] * np.exp(by_word[:, -1:])
    sums = counts @ weighted
    norms = np.sqrt((sums * sums).sum(axis=1, keepdims=True)) + _EPSILON
    units = sums / norms
    n = len(group)
    loss, to_left, to_right = _cross_entropy(units[:n], units[n:], group, temperature)
    to_units = np.concatenate((to_left, to_right))
    to_sums = (to_units - units * (units * to_units).sum(axis=1, keepdims=True)) / norms
    to_weighted = counts.T.tocsr() @ to_sums
    gradient = np.empty_like(by_word)
    gradient[:, :-1] = to_weighted * np.exp(by_word[:, -1:])
    gradient[:, -1] = (to_weighted * weighted).sum(axis=1)
    return loss, gradient


def _cross_entropy(left: Floats, right: Floats, group: Ints, temperature: float) -> tuple[float, Floats, Floats]:
    """Return the mean of both directions' losses, and the gradients by left and right units."""
    n = len(group)
    logits = (left @ right.T) / temperature
    logits[(group[:, None] == group[None, :]) & ~np.eye(n, dtype=bool)] = -np.inf
    rows = np.exp(logits - logits.max(axis=1, keepdims=True))
    rows /= rows.sum(axis=1, keepdims=True)
    columns = np.exp(logits - logits.max(axis=0, keepdims=True))
    columns /= columns.sum(axis=0, keepdims=True)
    right_ones = np.diagonal(rows), np.diagonal(columns)
    loss = -float(sum(np.log(found + 1e-12).mean() for found in right_ones)) / 2
    to_logits = (rows + columns) / (2 * n * temperature)
    to_logits[np.diag_indices(n)] -= 1 / (n * temperature)
    return loss, to_logits @ right, to_logits.T @ left


def _adam(state: State, used: Ints, gradient: Floats, rate: float, betas: tuple[float, float] = (0.9, 0.99)) -> None:
    """Move the used rows alone (Kingma and Ba, Adam, 2015), with one second moment for a row's vector and one for its emphasis.

    Moments of rows that are not used wait.
    """
    state.step += 1
    mean = state.mean[used]
    mean *= betas[0]
    mean += (1 - betas[0]) * gradient
    state.mean[used] = mean
    squares = np.stack((np.einsum("ij,ij->i", gradient[:, :-1], gradient[:, :-1]) / (gradient.shape[1] - 1), gradient[:, -1] ** 2), axis=1)
    state.square[used] = betas[1] * state.square[used] + (1 - betas[1]) * squares
    scale = rate * np.sqrt(1 - betas[1] ** state.step) / (1 - betas[0] ** state.step)
    steps = (scale / (np.sqrt(state.square[used]) + _EPSILON)).astype(np.float32)
    mean[:, :-1] *= steps[:, :1]
    mean[:, -1] *= steps[:, 1]
    state.rows[used] -= mean
