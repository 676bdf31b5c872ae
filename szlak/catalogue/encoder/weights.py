"""The weights of the static encoder: a table of small integers with a scale for each row, in one file."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_LEVELS = 127
_NAMES = ("table", "scales", "emphasis")


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
    """A row for each bucket.

    `table` (buckets, dim) int8; `scales` (buckets,) float16: row times scale is the bucket's vector; `emphasis` (buckets,) float16:
    the logarithm of how much a piece makes its word count.
    """

    table: NDArray[np.int8]
    scales: NDArray[np.float16]
    emphasis: NDArray[np.float16]

    @cached_property
    def revision(self) -> str:
        """Twelve hexadecimal digits that change with any weight."""
        digest = hashlib.sha256()
        for name in _NAMES:
            digest.update(getattr(self, name).tobytes())
        return digest.hexdigest()[:12]

    @classmethod
    def quantise(cls, vectors: Floats, emphasis: Floats) -> Self:
        """Return the weights nearest to vectors (buckets, dim) and emphasis (buckets,)."""
        scales = (np.abs(vectors).max(axis=1) / _LEVELS).astype(np.float16)
        safe = np.maximum(scales.astype(np.float32), np.finfo(np.float16).tiny)[:, None]
        table = np.clip(np.rint(vectors / safe), -_LEVELS, _LEVELS).astype(np.int8)
        return cls(table=table, scales=scales, emphasis=emphasis.astype(np.float16))

    def save(self, path: Path) -> None:
        """Write all arrays into one uncompressed NumPy archive."""
        with path.open("wb") as out:
            np.savez(out, **{name: getattr(self, name) for name in _NAMES})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote.

        Raises:
            OSError, ValueError: the file is missing, damaged or of another shape.
        """
        try:
            with np.load(path, allow_pickle=False) as archive:
                table, scales, emphasis = (archive[name] for name in _NAMES)
        except (KeyError, EOFError) as error:
            raise ValueError(f"{path} holds no weights") from error
        if table.dtype != np.int8 or table.ndim != 2 or not len(table) == len(scales) == len(emphasis):  # noqa: PLR2004
            raise ValueError(f"{path} holds no weights")
        return cls(table=table, scales=scales, emphasis=emphasis)
