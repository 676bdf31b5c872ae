"""Training from a taxonomy to a file: its card, going on, and what is learnt from the lexicon."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from szlak.catalogue.encoder.static import StaticEncoder, load_encoder
from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.esco.taxonomy import Taxonomy, build_taxonomy
from szlak.catalogue.esco.training_pairs import OccupationDescription, TextPair
from szlak.catalogue.messages import Message, render
from szlak.catalogue.model.taxonomy import Concept, LexiconEntry, Release, ReleaseContent
from szlak.catalogue.services.encoder_card import card_path, describe_weights
from szlak.catalogue.starter.lexicon import load_lexicon

train = pytest.importorskip("szlak.catalogue.services.train", reason="the extra train is not installed here (make train)")

pytestmark = pytest.mark.train

CONCEPTS = 300
STEP = 46
"""Every 46th skill: of all fields, so that few are alike."""

KZIS = (OccupationDescription(code="1", name="latarnik", synthesis="Pilnuje latarni.", tasks=("zapala światło", "gasi światło")),)


class Stopped(Exception):
    """The person at the keyboard."""


@pytest.fixture(scope="module")
def entries() -> tuple[LexiconEntry, ...]:
    """Some 300 skills of our lexicon."""
    return load_lexicon()[: CONCEPTS * STEP : STEP]


def make_taxonomy(entries: tuple[LexiconEntry, ...]) -> Taxonomy:
    """Return the taxonomy of these concepts, named by the lexicon alone."""
    concepts = tuple(Concept(concept_uri=entry.concept_uri, kind=entry.kind) for entry in entries)
    release = Release(release_id="r", version="1.2.1", origin="starter", languages=("pl",), content_hash="0" * 64)
    return build_taxonomy(ReleaseContent(release=release, concepts=concepts, relations=()), entries)


@pytest.fixture(scope="module")
def data(entries: tuple[LexiconEntry, ...]) -> Any:
    """The first two sentences of each skill; the third is kept for the examination."""
    taught = tuple(replace(entry, sentences=entry.sentences[:2]) for entry in entries)
    return train.TrainingData(taxonomy=make_taxonomy(taught), descriptions=KZIS)


@pytest.fixture(scope="module")
def recipe() -> Any:
    return train.Recipe(buckets=3000, dim=24, batch=64, steps=300, seed=4)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, data: Any, recipe: Any) -> Path:
    """The weights of an undisturbed training."""
    out = tmp_path_factory.mktemp("trained") / "mine.npz"
    train.train_encoder(data, recipe, out)
    return out


def share_found(encoder: StaticEncoder, entries: tuple[LexiconEntry, ...]) -> float:
    """Return how many of the sentences kept back lie closest to the name of their own skill."""
    sentences = encoder.encode([entry.sentences[2] for entry in entries], role="query")
    names = encoder.encode([entry.names[0] for entry in entries], role="document")
    return float(((sentences @ names.T).argmax(axis=1) == np.arange(len(entries))).mean())


def test_more_is_found_than_before(trained: Path, recipe: Any, entries: tuple[LexiconEntry, ...]) -> None:
    """Of sentences that were never seen, ten times as many as by chance; before the training hardly more than by chance."""
    start = train.start_training(recipe)
    untaught = StaticEncoder(train.Weights.quantise(start.rows[:, :-1], start.rows[:, -1]))
    chance = 1 / CONCEPTS
    assert share_found(load_encoder(trained), entries) > 10 * chance
    assert share_found(untaught, entries) < 5 * chance


def test_the_card_says_what_was_done(trained: Path, recipe: Any, data: Any) -> None:
    """Data, pairs by kind, recipe, time and loss; and the weights know it as theirs."""
    card = json.loads(card_path(trained).read_text(encoding="utf-8"))
    assert describe_weights(trained)["card"] == card
    assert card["id"] == load_encoder(trained).id
    assert card["release"] == {"version": "1.2.1", "origin": "starter", "languages": ["pl"], "content_hash": "0" * 64}
    assert card["data"]["content_hash"] == data.taxonomy.content_hash
    assert (card["data"]["lexicon_entries"], card["data"]["kzis_occupations"], card["data"]["kzis_tasks"]) == (CONCEPTS, 1, 2)
    assert (card["pairs_by_kind"]["synthesis"], card["pairs_by_kind"]["task"]) == (1, 2)
    assert sum(card["pairs_by_kind"].values()) == card["data"]["pairs"]
    assert (card["recipe"]["seed"], card["recipe"]["steps"]) == (4, 300)
    assert card["training"]["seconds"] > 0
    assert 0 < card["training"]["loss"] < 1
    assert card["size_bytes"] == trained.stat().st_size
    assert card["melo"] == {}


def test_nothing_else_is_left(trained: Path) -> None:
    """Neither a checkpoint nor anything half written."""
    assert set(trained.parent.iterdir()) == {trained, card_path(trained)}


def test_a_training_that_was_stopped_goes_on(tmp_path: Path, trained: Path, data: Any, recipe: Any) -> None:
    """It says so, and gives the very weights of one that was never stopped."""
    out, said = tmp_path / "mine.npz", list[Message]()

    def stop(step: str, done: int, total: int) -> None:
        if step == "train" and done == 300:
            raise Stopped

    with pytest.raises(Stopped):
        train.train_encoder(data, recipe, out, stop)
    assert list(tmp_path.iterdir()) == [train.checkpoint_path(out)]
    begun = list[tuple[str, int]]()
    card = train.train_encoder(data, recipe, out, lambda step, done, total: begun.append((step, done)), said.append)
    assert [render(message, "en") for message in said] == [f"Going on after 250 of 300 steps, as kept in {train.checkpoint_path(out)}."]
    assert [done for step, done in begun if step == "train"] == [250, 300]
    assert card["revision"] == json.loads(card_path(trained).read_text(encoding="utf-8"))["revision"]
    assert set(tmp_path.iterdir()) == {out, card_path(out)}


def test_a_checkpoint_of_another_recipe_is_not_gone_on_with(tmp_path: Path, data: Any) -> None:
    """It says that training begins anew."""
    said = list[Message]()
    out = tmp_path / "mine.npz"
    train.checkpoint_path(out).write_bytes(b"something else")
    train.train_encoder(data, train.Recipe(buckets=100, dim=4, batch=8, steps=2), out, say=said.append)
    assert ["begins anew" in render(message, "en") for message in said] == [True]
    assert load_encoder(out).dim == 4


def test_a_taxonomy_without_names_cannot_be_learnt_from(tmp_path: Path, recipe: Any) -> None:
    """Said before anything is written."""
    with pytest.raises(InputInvalid, match="too few"):
        train.train_encoder(train.TrainingData(taxonomy=make_taxonomy(())), recipe, tmp_path / "mine.npz")
    assert not list(tmp_path.iterdir())


@pytest.mark.faults
def test_a_place_that_vanishes_is_said(tmp_path: Path, data: Any) -> None:
    """The folder was taken away while training."""
    with pytest.raises(InputInvalid, match="cannot be written"):
        train.train_encoder(data, train.Recipe(buckets=100, dim=4, batch=8, steps=2), tmp_path / "gone" / "mine.npz")


def test_pairs_as_arrays() -> None:
    """A text or group that occurs twice has one number; weights are those of the kinds."""
    pairs = train.build_pairs(
        [
            TextPair(left="a", right="b", group="x", kind="task"),
            TextPair(left="b", right="c", group="x", kind="name-name"),
            TextPair(left="a", right="c", group="y", kind="task"),
        ]
    )
    assert pairs.texts == ["a", "b", "c"]
    assert (pairs.left.tolist(), pairs.right.tolist(), pairs.group.tolist()) == ([0, 1, 0], [1, 2, 2], [0, 0, 1])
    assert pairs.weight.tolist() == [0.5, 2.0, 0.5]


def test_figures_of_a_melo_set(trained: Path) -> None:
    """Names that are equal to the query are found first."""
    from szlak.catalogue.esco.evaluation.melo import MeloTask

    task = MeloTask(
        query_ids=("Q1", "Q2"),
        queries=("kucharz", "murarz"),
        name_ids=("C2", "C1"),
        names=("murarz", "kucharz"),
        relevant=(np.array([1]), np.array([0])),
        lost=(0, 0),
    )
    found = train.measure_melo(load_encoder(trained), {"own": task})
    assert found["own"]["mrr"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 2}
