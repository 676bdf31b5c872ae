"""The shipped encoder: a text is the weighted mean of its words, a word the mean of its pieces. NumPy alone."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from szlak.catalogue.encoder.weights import Weights
from szlak.catalogue.encoder.words import number_pieces, split_words
from szlak.catalogue.model.encoding import Role, Vectors

SHIPPED = Path(__file__).with_name("data") / "static.npz"

_KEPT_WORDS = 40_000
"""Words whose vectors are kept (1 KB each); after that the keeping starts anew."""

_BLOCK = 64
"""Texts that are encoded at once: the vectors of their words mostly stay in the processor's cache; of the longest ones they take 26 MB."""

_NEW_WORDS = 2048


class StaticEncoder:
    """Encodes without regard to role (model.encoding.Encoder). Safe to share between threads."""

    def __init__(self, weights: Weights) -> None:
        self.id = f"szlak-static@{weights.revision}"
        self.dim = weights.table.shape[1]
        self._weights = weights
        self._lock = threading.Lock()
        self._places: dict[str, int] = {}
        self._kept = np.zeros((0, self.dim), np.float32)

    def encode(self, texts: Sequence[str], *, role: Role) -> Vectors:
        """Return unit rows, shape (len(texts), dim); zeros for a text without a letter or digit. Both roles are encoded alike."""
        found = np.zeros((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _BLOCK):
            block = texts[start : start + _BLOCK]
            found[start : start + len(block)] = self._encode_block(block)
        return found

    def _encode_block(self, texts: Sequence[str]) -> Vectors:
        words = [split_words(text) for text in texts]
        lengths = np.array([len(row) for row in words])
        filled = np.flatnonzero(lengths)
        sums = np.zeros((len(texts), self.dim), np.float32)
        if len(filled):
            vectors = self._look_up([word for row in words for word in row])
            starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
            sums[filled] = np.add.reduceat(vectors, starts[filled], axis=0)
        norms = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        rows: Vectors = sums / np.maximum(norms, 1e-12)[:, None]
        return rows

    def _look_up(self, words: list[str]) -> Vectors:
        with self._lock:
            if len(self._places) > _KEPT_WORDS:
                self._places, self._kept = {}, self._kept[:0]
            new = [word for word in dict.fromkeys(words) if word not in self._places]
            if new:
                self._keep(new)
            return self._kept[[self._places[word] for word in words]]

    def _keep(self, words: list[str]) -> None:
        first = len(self._places)
        if first + len(words) > len(self._kept):
            grown = np.zeros((max(2 * len(self._kept), first + len(words), 1024), self.dim), np.float32)
            grown[:first] = self._kept[:first]
            self._kept = grown
        for start in range(0, len(words), _NEW_WORDS):
            block = words[start : start + _NEW_WORDS]
            self._kept[first + start : first + start + len(block)] = _weigh_words(block, self._weights)
        self._places.update((word, first + place) for place, word in enumerate(words))


def _weigh_words(words: Sequence[str], weights: Weights) -> Vectors:
    """Return the vector of each word times the word's weight."""
    buckets, lengths = number_pieces(words, len(weights.table))
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    scales = weights.scales[buckets].astype(np.float32)
    emphasis = np.add.reduceat(weights.emphasis[buckets].astype(np.float32), starts) / lengths
    sums = np.empty((len(words), weights.table.shape[1]), np.float32)
    # One word at a time stays in the processor's cache; all at once is four times slower.
    for row, start, length in zip(sums, starts, lengths, strict=True):
        np.matmul(scales[start : start + length], weights.table[buckets[start : start + length]], out=row)
    weighed: Vectors = sums * (np.exp(emphasis) / lengths).astype(np.float32)[:, None]
    return weighed


def load_encoder(path: Path = SHIPPED) -> StaticEncoder:
    """Read the shipped weights, or others.

    Raises:
        FileUnreadable: the file is missing or damaged.
    """
    return StaticEncoder(Weights.load(path))
