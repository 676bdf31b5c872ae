"""Training an encoder of one's own: the taxonomy, our lexicon and the descriptions of occupations, made into pairs and learnt from.

Needs the extra `train`; whoever imports this makes sure that it is there.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy

from szlak import __version__
from szlak.catalogue.encoder.checkpoint import Checkpoint, State
from szlak.catalogue.encoder.static import StaticEncoder
from szlak.catalogue.encoder.training import Pairs, Recipe, hash_task, start_training, train_weights
from szlak.catalogue.encoder.weights import Weights
from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.esco.evaluation.bootstrap import estimate_shares
from szlak.catalogue.esco.evaluation.melo import MeloTask, melo_shares
from szlak.catalogue.esco.evaluation.names import EncoderScorer
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.esco.training_pairs import OccupationDescription, TextPair, iter_pairs
from szlak.catalogue.messages import Message
from szlak.catalogue.model.taxonomy import Release
from szlak.catalogue.pipeline import Progress, quiet
from szlak.catalogue.services.encoder_card import Card, name_weights, not_written, replacing_file, write_card

Say = Callable[[Message], None]
"""Called with a sentence for the person who waits."""

_FEWEST_PAIRS = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingData:
    """What to learn from, and under `melo` what to measure the result on, by name; without KZiS there are no descriptions."""

    taxonomy: Taxonomy
    descriptions: tuple[OccupationDescription, ...] = ()
    melo: Mapping[str, MeloTask] = field(default_factory=dict)


def train_encoder(data: TrainingData, recipe: Recipe, out: Path, progress: Progress = quiet, say: Say = lambda sentence: None) -> Card:
    """Train, write the weights and their card, and return the card.

    A training that was stopped goes on from the file beside `out`, if data and recipe are the same; what comes out is the same too.

    Raises:
        InputInvalid: the data holds too few pairs, or the system does not let us write.
    """
    progress("pairs", 0, 1)
    pairs, kinds = _gather(data)
    progress("pairs", 1, 1)
    checkpoint = Checkpoint(path=checkpoint_path(out), task=hash_task(pairs, recipe))
    state = _find_state(checkpoint, recipe, say)
    weights = _train(pairs, recipe, state, checkpoint, progress)
    card = {
        "revision": weights.revision,
        "release": _describe_release(data.taxonomy.release),
        "data": {**_describe_data(data), "texts": len(pairs.texts), "pairs": len(pairs.left)},
        "pairs_by_kind": kinds,
        "recipe": asdict(recipe),
        "training": {"seconds": round(state.seconds, 1), "loss": round(state.loss, 4)},
        "versions": {"szlak": __version__, "numpy": np.__version__, "scipy": scipy.__version__},
        "melo": measure_melo(StaticEncoder(weights), data.melo),
    }
    return _write(weights, card, out, checkpoint)


def build_pairs(pairs: Sequence[TextPair]) -> Pairs:
    """Return pairs as arrays; a text or a group that occurs twice has one number."""
    texts: dict[str, int] = {}
    groups: dict[str, int] = {}
    rows = [
        (texts.setdefault(pair.left, len(texts)), texts.setdefault(pair.right, len(texts)), groups.setdefault(pair.group, len(groups)))
        for pair in pairs
    ]
    left, right, group = np.array(rows, np.int64).reshape(-1, 3).T
    return Pairs(texts=list(texts), left=left, right=right, group=group, weight=np.array([pair.weight for pair in pairs], np.float32))


def measure_melo(encoder: StaticEncoder, tasks: Mapping[str, MeloTask]) -> dict[str, Any]:
    """Return the figures of each set, each with its interval."""
    return {
        name: {
            figure: asdict(estimate)
            for figure, estimate in estimate_shares(melo_shares(task, EncoderScorer(encoder).score(task.queries, task.names))).items()
        }
        for name, task in tasks.items()
    }


def checkpoint_path(out: Path) -> Path:
    """Return where a training that is to write `out` keeps how far it is."""
    return out.with_name(out.name + ".checkpoint.npz")


def _find_state(checkpoint: Checkpoint, recipe: Recipe, say: Say) -> State:
    there = checkpoint.path.exists()
    state = checkpoint.load()
    if state is not None:
        params = {"done": state.step, "steps": recipe.steps, "path": str(checkpoint.path)}
        say(Message("Going on after {done} of {steps} steps, as kept in {path}.", params))
        return state
    if there:
        say(Message("{path} is damaged, or of other data or another recipe: training begins anew.", {"path": str(checkpoint.path)}))
    return start_training(recipe)


def _gather(data: TrainingData) -> tuple[Pairs, dict[str, int]]:
    """Return the pairs, and how many there are of each kind."""
    found = tuple(iter_pairs(data.taxonomy, data.descriptions))
    if len(found) < _FEWEST_PAIRS:
        raise InputInvalid(Message("The taxonomy holds too few names and sentences to learn from."))
    return build_pairs(found), dict(Counter(pair.kind for pair in found))


def _train(pairs: Pairs, recipe: Recipe, state: State, checkpoint: Checkpoint, progress: Progress) -> Weights:
    progress("train", state.step, recipe.steps)
    try:
        return train_weights(pairs, recipe, lambda done, steps, loss: progress("train", done, steps), state=state, keep=checkpoint.save)
    except OSError as error:
        raise not_written(checkpoint.path, error) from error


def _describe_release(release: Release) -> dict[str, Any]:
    kept = ("version", "origin", "languages", "content_hash")
    return {name: value for name, value in asdict(release).items() if name in kept}


def _describe_data(data: TrainingData) -> dict[str, Any]:
    return {
        "content_hash": data.taxonomy.content_hash,
        "lexicon_entries": len(data.taxonomy.lexicon),
        "kzis_occupations": len(data.descriptions),
        "kzis_tasks": sum(len(description.tasks) for description in data.descriptions),
    }


def _write(weights: Weights, card: dict[str, Any], out: Path, checkpoint: Checkpoint) -> Card:
    """Write the card, then the weights, so that weights that are there are finished."""
    with replacing_file(out) as partial:
        weights.save(partial)
        card = {**name_weights(weights, partial.stat().st_size), **card}
        write_card(card, out)
    checkpoint.remove()
    return card
