"""Encoding: texts as vectors whose dot product says how alike they are in meaning."""

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Role = Literal["query", "document"]
"""What a text is: something that is looked up, or something that is found. Some models want a different prefix for each."""

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors.

    `id` names model and revision: equal ids give equal vectors, so vectors may be kept under it. `dim` is their length.
    """

    id: str
    dim: int

    def encode(self, texts: Sequence[str], *, role: Role) -> Vectors:
        """Return unit rows, shape (len(texts), dim); a text without a letter or digit gives a row of zeros."""
        ...
