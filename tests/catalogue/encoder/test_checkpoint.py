"""A training on disk: whole or not there."""

from pathlib import Path

import numpy as np
import pytest

from szlak.catalogue.encoder.checkpoint import Checkpoint, State


@pytest.fixture
def checkpoint(tmp_path: Path) -> Checkpoint:
    return Checkpoint(path=tmp_path / "mine.npz.checkpoint.npz", task="names and recipe")


def make_state() -> State:
    random = np.random.default_rng(5)
    rows = random.normal(size=(20, 5)).astype(np.float32)
    return State(rows=rows, mean=rows / 2, square=rows[:, :2] ** 2, random=random, step=250, seconds=1.5, loss=0.25)


def test_what_is_kept_is_found(checkpoint: Checkpoint) -> None:
    """Arrays, counts, and what is drawn next."""
    state = make_state()
    checkpoint.save(state)
    found = checkpoint.load()
    assert found is not None
    assert all(np.array_equal(getattr(found, name), getattr(state, name)) for name in ("rows", "mean", "square"))
    assert (found.step, found.seconds, found.loss) == (250, 1.5, 0.25)
    assert np.array_equal(found.random.random(9), state.random.random(9))


def test_a_loss_that_is_not_known_yet_is_kept(checkpoint: Checkpoint) -> None:
    """Not a number before the first report."""
    state = make_state()
    state.loss = float("nan")
    checkpoint.save(state)
    found = checkpoint.load()
    assert found is not None
    assert np.isnan(found.loss)


def test_nothing_is_found_before_anything_is_kept(checkpoint: Checkpoint) -> None:
    """A missing file is no error."""
    assert checkpoint.load() is None


def test_a_file_of_another_task_is_not_gone_on_with(checkpoint: Checkpoint) -> None:
    """Other data or another recipe."""
    checkpoint.save(make_state())
    assert Checkpoint(path=checkpoint.path, task="another").load() is None


@pytest.mark.faults
def test_a_damaged_file_is_not_gone_on_with(checkpoint: Checkpoint) -> None:
    """Cut at any place, or no archive at all."""
    checkpoint.save(make_state())
    content = checkpoint.path.read_bytes()
    for end in range(0, len(content) - 1, 97):
        checkpoint.path.write_bytes(content[:end])
        assert checkpoint.load() is None
    checkpoint.path.write_bytes(b"{}")
    assert checkpoint.load() is None


def test_the_later_replaces_the_earlier(checkpoint: Checkpoint) -> None:
    """One file, and nothing half written beside it."""
    state = make_state()
    checkpoint.save(state)
    state.step = 500
    checkpoint.save(state)
    found = checkpoint.load()
    assert found is not None
    assert found.step == 500
    assert list(checkpoint.path.parent.iterdir()) == [checkpoint.path]


def test_removing_leaves_nothing(checkpoint: Checkpoint) -> None:
    """Not even what a killed process left; and twice is no error."""
    checkpoint.save(make_state())
    checkpoint.path.with_name(checkpoint.path.name + ".partial").write_bytes(b"half")
    checkpoint.remove()
    checkpoint.remove()
    assert not list(checkpoint.path.parent.iterdir())
