"""Training on pairs: the written-out gradient, what is learnt, and that nothing but the seed is random."""

from typing import Any

import numpy as np
import pytest

from szlak.catalogue.encoder.checkpoint import Checkpoint, State
from szlak.catalogue.encoder.static import StaticEncoder

training = pytest.importorskip("szlak.catalogue.encoder.training", reason="the extra train is not installed here (make train)")

pytestmark = pytest.mark.train

THINGS = [f"{first}{second}" for first in ("zupa", "most", "kot", "lampa") for second in ("rak", "lis", "wół", "żuk", "jeż", "ryś")]


@pytest.fixture(scope="module")
def pairs() -> Any:
    """Things, each called by two words that share no letters."""
    texts = [text for number, thing in enumerate(THINGS) for text in (thing, f"{number * 7919}")]
    places = np.arange(len(THINGS))
    weight = np.ones(len(THINGS), np.float32)
    return training.Pairs(texts=texts, left=2 * places, right=2 * places + 1, group=places, weight=weight)


@pytest.fixture(scope="module")
def recipe() -> Any:
    return training.Recipe(buckets=800, dim=12, batch=16, steps=300, seed=4)


def train(pairs: Any, recipe: Any, **options: Any) -> tuple[Any, list[float]]:
    """Return the weights and the losses."""
    losses: list[float] = []
    return training.train_weights(pairs, recipe, lambda done, steps, loss: losses.append(loss), **options), losses


@pytest.mark.parametrize("column", [0, 3, 5], ids=["first", "last of the vector", "emphasis"])
@pytest.mark.parametrize("temperature", [0.05, 0.5])
def test_the_gradient_is_that_of_the_loss(column: int, temperature: float) -> None:
    """Every derivative written out equals the difference quotient, with groups that are no contrast and words that stand twice."""
    import scipy.sparse as sp

    random = np.random.default_rng(1)
    counts = sp.csr_matrix(random.integers(0, 3, (8, 9)).astype(np.float64))
    by_word = random.normal(size=(9, 6))
    group = np.array([0, 1, 1, 2])
    _, gradient = training.contrast(counts, by_word, group, temperature)
    step = 1e-6
    for word in range(9):
        losses = []
        for sign in (1, -1):
            moved = by_word.copy()
            moved[word, column] += sign * step
            losses.append(training.contrast(counts, moved, group, temperature)[0])
        assert gradient[word, column] == pytest.approx((losses[0] - losses[1]) / (2 * step), rel=1e-4, abs=1e-6)


def test_pairs_of_one_group_are_no_contrast() -> None:
    """With nothing to be told from, a pair costs nothing."""
    import scipy.sparse as sp

    counts = sp.csr_matrix(np.eye(4))
    loss, gradient = training.contrast(counts, np.random.default_rng(0).normal(size=(4, 3)), np.array([7, 7]), 0.05)
    assert loss == pytest.approx(0, abs=1e-9)
    assert gradient == pytest.approx(0, abs=1e-9)


def test_the_loss_falls(pairs: Any, recipe: Any) -> None:
    """From that of guessing to little, half of all pieces unseen at each step."""
    _, losses = train(pairs, recipe)
    assert len(losses) == 6
    assert losses[-1] < 0.2 < losses[0]


def test_partners_are_found(pairs: Any, recipe: Any) -> None:
    """What was trained compares as it was taught; what was not does not."""
    untaught = StaticEncoder(training.train_weights(pairs, training.Recipe(buckets=800, dim=12, batch=16, steps=1, rate=0.0, seed=4)))
    taught = StaticEncoder(train(pairs, recipe)[0])

    def accuracy(encoder: StaticEncoder) -> float:
        left, right = (encoder.encode([pairs.texts[place] for place in side], role="query") for side in (pairs.left, pairs.right))
        return float(((left @ right.T).argmax(axis=1) == np.arange(len(left))).mean())

    assert accuracy(taught) == 1
    assert accuracy(untaught) < 0.5


def test_one_seed_gives_the_same_weights(pairs: Any, recipe: Any) -> None:
    """To the last bit; another seed gives others."""
    first, second = (train(pairs, recipe)[0].revision for _ in range(2))
    other, _ = train(pairs, training.Recipe(buckets=800, dim=12, batch=16, steps=300, seed=5))
    assert first == second != other.revision


def test_going_on_equals_never_having_stopped(pairs: Any, recipe: Any, tmp_path: Any) -> None:
    """From the file, with the same losses from there on."""
    checkpoint = Checkpoint(path=tmp_path / "kept.npz", task=training.hash_task(pairs, recipe))
    whole, losses = train(pairs, recipe, keep=checkpoint.save)
    kept = checkpoint.load()
    assert kept is not None
    assert (kept.step, kept.loss) == (250, losses[4])
    rest, later = train(pairs, recipe, state=kept)
    assert rest.revision == whole.revision
    assert later == losses[5:]


def test_a_finished_training_is_not_trained_further(pairs: Any, recipe: Any) -> None:
    """Its weights are given again."""
    state = training.start_training(recipe)
    weights, _ = train(pairs, recipe, state=state)
    assert state.step == recipe.steps
    assert train(pairs, recipe, state=state)[0].revision == weights.revision


def test_time_is_counted(pairs: Any, recipe: Any) -> None:
    """It goes on from what a kept state has taken."""
    state = training.start_training(recipe)
    state.seconds = 1000.0
    train(pairs, recipe, state=state)
    assert state.seconds > 1000


@pytest.mark.parametrize("change", ["texts", "left", "weight", "recipe"])
def test_a_task_is_known_by_its_data_and_recipe(pairs: Any, recipe: Any, change: str) -> None:
    """Any part of either makes another task."""
    texts, left, weight = list(pairs.texts), pairs.left.copy(), pairs.weight.copy()
    steps = recipe.steps
    if change == "texts":
        texts[3] += "."
    elif change == "left":
        left[0] = 2
    elif change == "weight":
        weight[0] = 2
    else:
        steps += 1
    other = training.Pairs(texts=texts, left=left, right=pairs.right, group=pairs.group, weight=weight)
    changed = training.Recipe(buckets=800, dim=12, batch=16, steps=steps, seed=4)
    assert training.hash_task(other, changed) != training.hash_task(pairs, recipe)


def test_heavier_pairs_are_drawn_more_often() -> None:
    """In proportion to their weights, whatever the order."""
    share = np.cumsum([1.0, 3.0, 0.0, 4.0])
    drawn = np.bincount(training._draw(share, 8000, np.random.default_rng(0)), minlength=4)
    assert drawn.tolist() == pytest.approx([1000, 3000, 0, 4000], abs=2)


def test_a_pair_alone_cannot_be_trained_on(recipe: Any) -> None:
    """There is nothing to tell it from."""
    places = np.zeros(1, np.int64)
    with pytest.raises(ValueError, match="two pairs"):
        training.train_weights(training.Pairs(texts=["a"], left=places, right=places, group=places, weight=np.ones(1)), recipe)


def test_texts_without_words_do_no_harm(recipe: Any) -> None:
    """They have no row to move."""
    places = np.arange(3)
    weight = np.ones(3, np.float32)
    pairs = training.Pairs(texts=["…", "kot", "pies", "mysz"], left=places, right=places + 1, group=places, weight=weight)
    state: State = training.start_training(recipe)
    training.train_weights(pairs, recipe, state=state)
    assert np.isfinite(state.rows).all()
