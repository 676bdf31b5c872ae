"""The card beside the weights, and the place where they are written."""

import json
from pathlib import Path

import pytest

from szlak.catalogue.encoder.words import MAX_WORDS
from szlak.catalogue.errors import FileUnreadable, InputInvalid
from szlak.catalogue.services.encoder_card import PARTS, card_path, claim_output, describe_weights, replacing_file, write_card
from tests.catalogue.encoder.random_weights import make_weights

WEIGHTS = make_weights()
CARD = {"revision": WEIGHTS.revision, **{part: {} for part in PARTS}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A weights file without a card."""
    WEIGHTS.save(tmp_path / "mine.npz")
    return tmp_path / "mine.npz"


def test_weights_without_a_card(path: Path) -> None:
    """What they are is told by the file alone."""
    assert describe_weights(path) == {
        "id": f"szlak-static@{WEIGHTS.revision}",
        "buckets": 500,
        "dim": 16,
        "size_bytes": path.stat().st_size,
        "words": MAX_WORDS,
        "card": None,
    }


def test_the_card_lies_beside_the_weights(path: Path) -> None:
    """What is written is told again."""
    write_card(CARD, path)
    assert card_path(path).name == "mine.card.json"
    assert describe_weights(path)["card"] == CARD


@pytest.mark.parametrize(
    "content",
    ["", "[]", "null", "{", json.dumps({**CARD, "revision": "0" * 12}), json.dumps({"revision": WEIGHTS.revision}), "\ud800"],
)
def test_what_is_no_card_of_these_weights_is_not_told(path: Path, content: str) -> None:
    """A card of other weights, or a file that is none."""
    card_path(path).write_bytes(content.encode("utf-8", "surrogatepass"))
    assert describe_weights(path)["card"] is None


def test_damaged_weights_have_no_description(path: Path) -> None:
    """The file is named."""
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(FileUnreadable, match=r"mine\.npz"):
        describe_weights(path)


def test_a_file_that_is_there_is_replaced_only_by_force(path: Path) -> None:
    """What stands there may have taken an hour to make."""
    with pytest.raises(InputInvalid, match="already there"):
        claim_output(path, force=False)
    claim_output(path, force=True)


@pytest.mark.parametrize(("name", "reason"), [("", "is a folder"), ("nowhere/mine.npz", "is not there")])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    """Before any work, by force too."""
    with pytest.raises(InputInvalid, match=reason):
        claim_output(tmp_path / name, force=True)


def test_a_new_place_is_not_touched(tmp_path: Path) -> None:
    """Asking for it makes no file."""
    claim_output(tmp_path / "mine.npz", force=False)
    assert not list(tmp_path.iterdir())


def test_a_file_is_replaced_when_all_is_written(path: Path) -> None:
    """Until then it is what it was, and when the work fails it stays so."""
    old = path.read_bytes()

    def fail_half_way() -> None:
        with replacing_file(path) as partial:
            partial.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert path.read_bytes() == old
    with replacing_file(path) as partial:
        partial.write_bytes(b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.faults
def test_a_full_disk_is_said(path: Path) -> None:
    """In a sentence that names the file."""
    with pytest.raises(InputInvalid, match=r"mine\.npz cannot be written"), replacing_file(path), Path("/dev/full").open("wb", 0) as full:
        full.write(b"x")
