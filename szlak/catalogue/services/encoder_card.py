"""What lies beside the weights of an encoder: a card that says what they were trained on, and how."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from szlak.catalogue.encoder.static import StaticEncoder
from szlak.catalogue.encoder.weights import Weights
from szlak.catalogue.encoder.words import MAX_WORDS
from szlak.catalogue.errors import FileUnreadable, InputInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.readers import read_json

Card = Mapping[str, Any]

PARTS = ("release", "data", "pairs_by_kind", "recipe", "training", "versions", "melo")
"""What a card tells, beside what the weights themselves are."""


def card_path(weights: Path) -> Path:
    """Return where the card of a weights file lies: `static.npz` has `static.card.json` beside it."""
    return weights.with_name(f"{weights.stem}.card.json")


def describe_weights(path: Path) -> dict[str, Any]:
    """Return what a weights file is, and under `card` what is written beside it, None where nothing is or where it is of other weights.

    Raises:
        FileUnreadable: the file is missing, damaged or no weights.
    """
    weights = Weights.load(path)
    return {**name_weights(weights, path.stat().st_size), "card": _read_card(path, weights.revision)}


def name_weights(weights: Weights, size_bytes: int) -> dict[str, Any]:
    """Return id, sizes, and how many words of a text are read."""
    buckets, dim = weights.table.shape
    encoder = StaticEncoder(weights)
    return {"id": encoder.id, "buckets": buckets, "dim": dim, "size_bytes": size_bytes, "words": MAX_WORDS}


def write_card(card: Card, weights: Path) -> None:
    """Replace the card beside a weights file."""
    path = card_path(weights)
    with replacing_file(path) as partial:
        partial.write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def claim_output(path: Path, *, force: bool) -> None:
    """Make sure, before any work, that a file can be written there.

    Raises:
        InputInvalid: it is there already and may not be replaced, it is a folder, or its folder is not there or may not be written to.
    """
    if path.is_dir():
        raise InputInvalid(Message("{path} is a folder. Name a file.", {"path": str(path)}))
    if not os.access(path.parent, os.W_OK):
        raise InputInvalid(Message("The folder {path} is not there, or may not be written to.", {"path": str(path.parent)}))
    if path.exists() and not force:
        raise InputInvalid(Message("{path} is already there. Name another file, or add --force to replace it.", {"path": str(path)}))


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """Give a name beside a file; what is written there takes the file's place when the block ends well.

    Raises:
        InputInvalid: the system refuses, or there is no room.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        yield partial
        partial.replace(path)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        partial.unlink(missing_ok=True)


def not_written(path: Path, error: OSError) -> InputInvalid:
    """Return the error for a file that the system does not let us write."""
    return InputInvalid(Message("{path} cannot be written: the system says: {error}.", {"path": str(path), "error": error.strerror or "?"}))


def _read_card(weights: Path, revision: str) -> Card | None:
    try:
        card = read_json(card_path(weights))
    except FileUnreadable:
        return None
    return card if _is_card(card) and card["revision"] == revision else None


def _is_card(value: object) -> bool:
    return isinstance(value, dict) and "revision" in value and all(isinstance(value.get(part), dict) for part in PARTS)
