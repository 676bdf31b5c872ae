"""Names, sentences and descriptions as vectors: what a concept means, beside what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from szlak.catalogue.esco.linking.shelf import NAMES, STEM_MARK, Floats, Ints, Role, Shelf, list_units
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.model.encoding import Encoder

_BLOCK = 4096
_ROWS = ("units", "terms")
_TABLES = ("called", "said")
_LEVELS = 127


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """Unit rows as small integers, mapped from disk where they lie there: `values` (n, dim) int8 times `scales` (n,) float32."""

    values: NDArray[np.int8]
    scales: Floats

    def take(self, places: NDArray[np.integer]) -> Floats:
        """Return some of the rows, shape (places, dim)."""
        taken: Floats = self.values[places].astype(np.float32)
        taken *= self.scales[places, None]
        return taken


@dataclass(frozen=True, kw_only=True, eq=False)
class Meanings:
    """Vectors of a shelf's units and concepts.

    `units` has a row for each unit and `terms` for each term, zeros for stems. `called` and `said` (concepts, dim) float32: the mean
    direction of a concept's names, and of its sentences and descriptions; zeros where it has none.
    """

    units: Rows
    terms: Rows
    called: Floats
    said: Floats

    def nearest(self, queries: Floats, limit: int) -> Ints:
        """Return the concepts nearest to each query by what they are called, then by what is said of them: (queries, 2 * limit)."""
        if not len(self.called):
            return np.zeros((len(queries), 0), np.int32)
        limit = min(limit, len(self.called))
        found = [np.argpartition(-(queries @ table.T), limit - 1, axis=1)[:, :limit] for table in (self.called, self.said)]
        return np.concatenate(found, axis=1).astype(np.int32)


def build_meanings(taxonomy: Taxonomy, shelf: Shelf, encoder: Encoder) -> Meanings:
    """Encode all units of a shelf that was built from this taxonomy."""
    units = _encode([text for uri in shelf.uris for _, text in list_units(taxonomy, uri)], encoder)
    terms = _encode(["" if term.startswith(STEM_MARK) else term for term in shelf.terms], encoder)
    return Meanings(
        units=units, terms=terms, called=_directions(units, shelf, NAMES), said=_directions(units, shelf, (Role.SENTENCE, Role.NOTE))
    )


def _encode(texts: Sequence[str], encoder: Encoder) -> Rows:
    values, scales = np.zeros((len(texts), encoder.dim), np.int8), np.zeros(len(texts), np.float32)
    for start in range(0, len(texts), _BLOCK):
        vectors = encoder.encode(texts[start : start + _BLOCK], role="document")
        scale = np.abs(vectors).max(axis=1) / _LEVELS
        scales[start : start + _BLOCK] = scale
        values[start : start + _BLOCK] = np.rint(vectors / np.maximum(scale, 1e-12)[:, None])
    return Rows(values=values, scales=scales)


def _directions(units: Rows, shelf: Shelf, roles: Sequence[Role]) -> Floats:
    """Return the direction of the sum of each concept's units of these roles."""
    owners = np.repeat(np.arange(len(shelf.uris)), np.diff(shelf.concept_starts))
    chosen = np.flatnonzero(np.isin(shelf.roles, roles))
    found = np.zeros((len(shelf.uris), units.values.shape[1]), np.float32)
    for start in range(0, len(chosen), _BLOCK):
        block = chosen[start : start + _BLOCK]
        first = np.flatnonzero(np.r_[True, np.diff(owners[block]) != 0])
        found[owners[block][first]] += np.add.reduceat(units.take(block), first, axis=0)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
    return found


def save_meanings(meanings: Meanings, folder: Path) -> None:
    """Write one NumPy file for each array into an existing folder."""
    for name in _ROWS:
        rows: Rows = getattr(meanings, name)
        np.save(folder / f"{name}.npy", rows.values)
        np.save(folder / f"{name}-scales.npy", rows.scales)
    for name in _TABLES:
        np.save(folder / f"{name}.npy", getattr(meanings, name))


def open_meanings(folder: Path, shelf: Shelf) -> Meanings:
    """Map what `save_meanings` wrote.

    Raises:
        OSError, ValueError: a file is missing or damaged.
    """
    units, terms = (_open_rows(folder, name) for name in _ROWS)
    called, said = (np.load(folder / f"{name}.npy", allow_pickle=False) for name in _TABLES)
    found = (len(units.values), len(units.scales), len(terms.values), len(terms.scales), len(called), len(said))
    if found != (len(shelf.roles),) * 2 + (len(shelf.terms),) * 2 + (len(shelf.uris),) * 2:
        raise ValueError(f"{folder}: files do not belong together")
    return Meanings(units=units, terms=terms, called=called, said=said)


def _open_rows(folder: Path, name: str) -> Rows:
    values = np.load(folder / f"{name}.npy", allow_pickle=False, mmap_mode="r")
    return Rows(values=values, scales=np.load(folder / f"{name}-scales.npy", allow_pickle=False))
