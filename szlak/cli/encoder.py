"""What `szlak encoder` does: train an encoder of one's own, and say what one is."""

import argparse
import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from szlak.catalogue.errors import ExtraMissing
from szlak.catalogue.messages import Message, render
from szlak.catalogue.settings import Settings
from szlak.cli import output
from szlak.cli.commands import opened
from szlak.cli.terminal import Terminal

FACTS = {
    "id": Message("Encoder: {value}"),
    "buckets": Message("Rows of the table: {value}"),
    "dim": Message("Numbers in a vector: {value}"),
    "size_bytes": Message("Size of the file in bytes: {value}"),
    "words": Message("Words of a text that are read: {value}"),
}
"""What a weights file is, in words."""

TRAINED = {
    "version": Message("Trained on ESCO: {value}"),
    "lexicon_entries": Message("Entries of our lexicon: {value}"),
    "kzis_occupations": Message("Occupations described by KZiS: {value}"),
    "pairs": Message("Pairs of texts: {value}"),
    "steps": Message("Steps: {value}"),
    "seed": Message("Seed: {value}"),
    "seconds": Message("Seconds: {value}"),
    "loss": Message("Loss at the end: {value}"),
}
"""What its card says, in words."""


def run_train(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Train on packages or on the active taxonomy; what was written is said at the end."""
    if importlib.util.find_spec("scipy") is None:
        raise ExtraMissing(Message("Training needs the extra “train”. In the clone: make train; elsewhere: pip install 'szlak[train]'."))
    from szlak.catalogue.encoder.training import Recipe
    from szlak.catalogue.esco.evaluation.melo import read_melo
    from szlak.catalogue.esco.kzis import read_descriptions
    from szlak.catalogue.services.encoder_card import claim_output
    from szlak.catalogue.services.train import TrainingData, train_encoder

    claim_output(options.output, force=options.force)
    descriptions = read_descriptions(options.kzis) if options.kzis else ()
    melo = {folder.resolve().name: read_melo(folder) for folder in options.melo}
    given = {"steps": options.steps, "seed": options.seed}
    recipe = replace(Recipe(), **{name: value for name, value in given.items() if value is not None})

    def say(sentence: Message) -> None:
        terminal.close()  # a sentence begins a line of its own, below the bars
        terminal.say(sentence)

    with opened(settings, terminal) as app:
        taxonomy = app.packages_taxonomy(options.esco, terminal.progress) if options.esco else app.catalogue.taxonomy
        data = TrainingData(taxonomy=taxonomy, descriptions=descriptions, melo=melo)
        card = train_encoder(data, recipe, options.output, terminal.progress, say)
        terminal.close()
        print("\n".join([*_iter_facts(card, terminal.lang), *_iter_card(card, terminal.lang)]))
    return 0


def run_info(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Say what a weights file is, and what its card says."""
    from szlak.catalogue.encoder.static import SHIPPED
    from szlak.catalogue.services.encoder_card import describe_weights

    found = describe_weights(options.file or SHIPPED)
    if options.json:
        print(output.dump(found))
    else:
        card = found["card"]
        print("\n".join([*_iter_facts(found, terminal.lang), *(_iter_card(card, terminal.lang) if card else ())]))
    return 0


def _iter_facts(found: Mapping[str, Any], lang: str) -> Iterator[str]:
    return (_say(message, found[name], lang) for name, message in FACTS.items())


def _iter_card(card: Mapping[str, Any], lang: str) -> Iterator[str]:
    told = {**card["release"], **card["data"], **card["recipe"], **card["training"]}
    yield from (_say(message, told.get(name, "–"), lang) for name, message in TRAINED.items())
    yield from (f"  {kind}: {count}" for kind, count in card["pairs_by_kind"].items())
    yield from (f"{name}: mrr {figures['mrr']['value']:.3f}" for name, figures in card["melo"].items())


def _say(message: Message, value: object, lang: str) -> str:
    return render(Message(message.id, {"value": value}), lang)
