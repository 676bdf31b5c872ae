"""`szlak encoder`: what a weights file is, and training one."""

import json
from pathlib import Path

import pytest

from szlak.catalogue.services.encoder_card import card_path
from tests.catalogue.encoder.random_weights import make_weights
from tests.cli.conftest import Run

KZIS = "code,name,synteza,zadania_zawodowe,dodatkowe_zadania_zawodowe\n1,latarnik,Pilnuje latarni.,zapala światło; gasi światło,\n"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "mine.npz"
    make_weights().save(path)
    return path


@pytest.mark.parametrize(("lang", "words"), [("en", ["Rows of the table: 500"]), ("pl", ["Wierszy w tabeli: 500"])])
def test_info_in_the_readers_language(run: Run, weights: Path, lang: str, words: list[str]) -> None:
    """The id first, then sizes."""
    answer = run("encoder", "info", weights, lang=lang)
    assert answer.status == 0
    assert all(word in answer.out for word in [*words, f"szlak-static@{make_weights().revision}", "16"])


def test_info_as_json(run: Run, weights: Path) -> None:
    """The same for programs."""
    answer = run("encoder", "info", weights, "--json")
    assert (answer.json["buckets"], answer.json["dim"], answer.json["card"]) == (500, 16, None)


@pytest.mark.parametrize("content", [b"", b"PK", b"[]"])
def test_a_damaged_file_is_status_1(run: Run, tmp_path: Path, content: bytes) -> None:
    """Named, without a traceback."""
    (tmp_path / "mine.npz").write_bytes(content)
    answer = run("encoder", "info", tmp_path / "mine.npz")
    assert (answer.status, answer.out) == (1, "")
    assert "mine.npz cannot be read" in answer.err


def test_training_without_the_extra_is_status_2(run: Run, package: Path, tmp_path: Path) -> None:
    """The extra is named before anything is read or written."""
    answer = run("encoder", "train", "--esco", package, "--output", tmp_path / "mine.npz")
    assert (answer.status, answer.out) == (2, "")
    assert "szlak[train]" in answer.err
    assert not (tmp_path / "mine.npz").exists()


def test_training_needs_a_place(run: Run) -> None:
    """The shipped file is never written by default."""
    answer = run("encoder", "train")
    assert (answer.status, answer.out) == (2, "")
    assert "--output" in answer.err


@pytest.mark.train
def test_training_on_packages(run: Run, package: Path, tmp_path: Path) -> None:
    """Weights, a card and what they are; a second time only by force."""
    out, kzis = tmp_path / "mine.npz", tmp_path / "kzis.csv"
    kzis.write_text(KZIS, encoding="utf-8")
    asked = ("encoder", "train", "--esco", package, "--kzis", kzis, "--output", out, "--steps", 3, "--seed", 7)
    answer = run(*asked)
    assert answer.status == 0, answer.err
    assert "Steps: 3" in answer.out
    assert "  task: 2" in answer.out
    told = run("encoder", "info", out, "--json").json
    assert told["card"] == json.loads(card_path(out).read_text(encoding="utf-8"))
    assert (told["card"]["recipe"]["seed"], told["card"]["data"]["kzis_occupations"]) == (7, 1)
    again = run(*asked)
    assert (again.status, again.out) == (1, "")
    assert "--force" in again.err
    assert run(*asked, "--force").out.splitlines()[0] == answer.out.splitlines()[0]
    assert not list((tmp_path / "data").glob("*.db"))


@pytest.mark.train
def test_training_on_the_active_taxonomy(run: Run, catalogue: Path, tmp_path: Path) -> None:
    """Without packages, on what the database holds; measured on a MELO set."""
    for name, content in {"queries": "Q1\tspawacz\n", "corpus_elements": "C1\tspawacz\n", "annotations": "Q1\t0\tC1\t1\n"}.items():
        (tmp_path / f"{name}.tsv").write_text(content, encoding="utf-8")
    out = tmp_path / "mine.npz"
    answer = run("encoder", "train", "--output", out, "--steps", 1, "--melo", tmp_path, data=catalogue)
    assert answer.status == 0, answer.err
    assert f"{tmp_path.name}: mrr 1.000" in answer.out
