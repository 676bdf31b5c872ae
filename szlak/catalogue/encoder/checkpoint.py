"""Where a training stands, and the file that keeps it, so that a training that was stopped goes on."""

import json
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_FORMAT = 1
_COUNTED = ("step", "seconds", "loss")
_DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, MemoryError, zipfile.BadZipFile, zlib.error)


@dataclass(eq=False, kw_only=True)
class State:
    """Rows of the table (buckets, dim + 1) with Adam's moments; the last column of a row is the emphasis.

    `mean` has the shape of `rows`, `square` is (buckets, 2). `step` counts the steps done, `seconds` the time they took; `loss` is the
    mean loss told last, and `random` gives what is drawn next.
    """

    rows: Floats
    mean: Floats
    square: Floats
    random: np.random.Generator = field(repr=False)
    step: int = 0
    seconds: float = 0.0
    loss: float = float("nan")


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """A file for one task; `task` names data and recipe, and a file of another task is never gone on with."""

    path: Path
    task: str

    def load(self) -> State | None:
        """Return what was kept last; None where there is no file, or it is damaged or of another task."""
        try:
            with self.path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
                facts = json.loads(str(archive["facts"]))
                if facts["format"] != _FORMAT or facts["task"] != self.task:
                    return None
                random = np.random.default_rng()
                random.bit_generator.state = facts["random"]
                arrays = {name: archive[name] for name in ("rows", "mean", "square")}
        except _DAMAGE:
            return None
        return State(**arrays, random=random, **{name: facts[name] for name in _COUNTED})

    def save(self, state: State) -> None:
        """Replace the file by what stands now; a reader sees the old one or the new one.

        Raises:
            OSError: there is no room.
        """
        random: Any = state.random.bit_generator.state
        counted = {name: getattr(state, name) for name in _COUNTED}
        facts = {"format": _FORMAT, "task": self.task, "random": random, **counted}
        with self._partial.open("wb") as out:
            np.savez(out, facts=np.array(json.dumps(facts)), rows=state.rows, mean=state.mean, square=state.square)
        self._partial.replace(self.path)

    def remove(self) -> None:
        """Take the file away, and what a killed process left of one."""
        for path in (self.path, self._partial):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    @property
    def _partial(self) -> Path:
        return self.path.with_name(self.path.name + ".partial")
