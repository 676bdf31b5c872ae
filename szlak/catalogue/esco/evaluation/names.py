"""Scorers of names: how well each of many names answers a query. MELO compares them; higher is better."""

import unicodedata
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.evaluation.grams import MELO_SCHEME, GramIndex
from szlak.catalogue.model.encoding import Encoder

Scores = NDArray[np.float32]

_BLOCK = 4_096
"""Names that are encoded at once."""


class NameScorer(Protocol):
    """Scores names for queries."""

    def score(self, queries: Sequence[str], names: Sequence[str]) -> Scores:
        """Return how well each name answers each query, shape (n queries, n names)."""
        ...


class CharacterScorer:
    """Character TF-IDF as the authors of MELO ran it: ASCII in lower case, one to three letters, fitted on the names."""

    def score(self, queries: Sequence[str], names: Sequence[str]) -> Scores:
        """Return cosines, shape (n queries, n names)."""
        index = GramIndex([_to_ascii(name) for name in names], MELO_SCHEME)
        scores = np.empty((len(queries), len(names)), dtype=np.float32)
        for place, query in enumerate(queries):
            scores[place] = index.score(_to_ascii(query))
        return scores


class EncoderScorer:
    """The dot product of what an encoder makes of query and name, and nothing else."""

    def __init__(self, encoder: Encoder) -> None:
        """Take any encoder."""
        self._encoder = encoder

    def score(self, queries: Sequence[str], names: Sequence[str]) -> Scores:
        """Return cosines, shape (n queries, n names); names are encoded in blocks, so that this matrix is all that is large."""
        scores = np.zeros((len(queries), len(names)), dtype=np.float32)
        vectors = self._encoder.encode(queries, role="query")
        for start in range(0, len(names), _BLOCK):
            block = self._encoder.encode(names[start : start + _BLOCK], role="document")
            scores[:, start : start + _BLOCK] = vectors @ block.T
        return scores


def _to_ascii(text: str) -> str:
    """Drop what has no ASCII form, such as the Polish ł: the published figures depend on it."""
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
