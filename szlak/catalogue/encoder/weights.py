"""The weights of the static encoder: a table of small integers with a scale for each row, in one file."""

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.errors import FileUnreadable
from szlak.catalogue.messages import Message
from szlak.catalogue.readers import open_archive, unreadable

Floats = NDArray[np.float32]

_LEVELS = 127
_NAMES = ("table", "scales", "emphasis")
_DAMAGE = (OSError, ValueError, KeyError, EOFError, MemoryError, SyntaxError, zipfile.BadZipFile, zlib.error)
"""What NumPy raises, by no promise of its own, for archives that are damaged or hold other things."""


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
        # Divided by what the row is multiplied by again, rounded as it is; a row that is nearly zero becomes zero.
        divisors = np.where(scales > 0, scales, 1).astype(np.float32)[:, None]
        table = np.clip(np.rint(vectors / divisors), -_LEVELS, _LEVELS).astype(np.int8)
        return cls(table=table, scales=scales, emphasis=emphasis.astype(np.float16))

    def save(self, path: Path) -> None:
        """Write all arrays into one uncompressed NumPy archive."""
        with path.open("wb") as out:
            np.savez(out, **{name: getattr(self, name) for name in _NAMES})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote.

        Raises:
            FileUnreadable: the file is missing, damaged or no weights.
        """
        with open_archive(path):
            pass  # sizes and packing are within the limits of readers; the arrays are read below
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
                weights = cls(**{name: archive[name] for name in _NAMES})
        except _DAMAGE as error:
            raise _not_weights(path) from error
        if not weights.is_sound():
            raise _not_weights(path)
        return weights

    def is_sound(self) -> bool:
        """Whether shapes and types are those that the class states, and every number is finite."""
        rows, factors = self.table, (self.scales, self.emphasis)
        shaped = rows.ndim == 2 and rows.size > 0 and all(factor.shape == rows.shape[:1] for factor in factors)
        typed = rows.dtype == np.int8 and all(factor.dtype == np.float16 for factor in factors)
        return shaped and typed and all(bool(np.isfinite(factor).all()) for factor in factors)


def _not_weights(path: Path) -> FileUnreadable:
    return unreadable(path, Message("it holds no weights of the encoder, or damaged ones."))
