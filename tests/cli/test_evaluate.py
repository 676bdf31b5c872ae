"""`szlak evaluate`: from files to figures, as a table and as JSON."""

import json
import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from szlak.catalogue.app import App
from szlak.catalogue.model.linking import Decision
from szlak.catalogue.settings import Settings
from szlak.catalogue.text import text_key
from tests.catalogue.esco.packages import WELDER
from tests.cli.conftest import TALK, WELD, Run

GOLD = [
    {"id": 1, "kind": "everyday", "source": "own", "text": "spawać", "grades": {WELD: 3}, "nil": False},
    {"id": 2, "kind": "everyday", "source": "own", "text": "rozmawiać", "grades": {TALK: 2.5, WELD: 1}, "nil": False},
    {"id": 3, "kind": "job_requirement", "source": "ads", "text": "miła atmosfera", "grades": {}, "nil": True},
]
TITLES = [{"id": 1, "title": "spawaczka", "concept_uris": [WELDER]}, {"id": 2, "title": "spawacz", "text": "…", "concept_uris": [WELDER]}]


def write(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def melo(tmp_path: Path) -> Path:
    """A set of two queries and three names."""
    files = {
        "queries": "Q1\tspawacz\nQ2\tkucharz\n",
        "corpus_elements": "C1\tspawacz\nC2\tkucharz\nC3\tmurarz\n",
        "annotations": "Q1\t0\tC1\t1\nQ2\t0\tC2\t1\n",
    }
    for name, content in files.items():
        (tmp_path / f"{name}.tsv").write_text(content, encoding="utf-8")
    return tmp_path


def test_linking_as_json(run: Run, package: Path, tmp_path: Path) -> None:
    """On the concepts of packages, without the database; both skills are found by their names."""
    answer = run("evaluate", "linking", write(tmp_path / "gold.jsonl", GOLD), "--esco", package, "--json")
    assert answer.status == 0
    assert answer.json["accuracy@1"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 2}
    assert {"exact_label", "rapidfuzz", "bm25", "char_tfidf"} <= answer.json["baselines"].keys()
    assert answer.json["by"]["source"].keys() == {"own", "ads"}
    assert not list((tmp_path / "data").glob("*.db"))


@pytest.mark.parametrize(("lang", "words"), [("en", ["Sentences: 3", "By source"]), ("pl", ["Zdania: 3", "Według źródła"])])
def test_linking_as_a_table_in_the_readers_language(run: Run, package: Path, tmp_path: Path, lang: str, words: list[str]) -> None:
    """Facts, figures, parts and baselines; what cannot be measured is a dash."""
    out = run("evaluate", "linking", write(tmp_path / "gold.jsonl", GOLD), "--esco", package, lang=lang).out
    assert all(word in out for word in [*words, "recall@10", "char_tfidf", "–"])


def test_linking_on_the_active_taxonomy(run: Run, catalogue: Path, tmp_path: Path) -> None:
    """Without packages the database's own."""
    answer = run("evaluate", "linking", write(tmp_path / "gold.jsonl", GOLD), "--json", data=catalogue)
    assert (answer.status, answer.json["release"], answer.json["sentences"]) == (0, "1.2.1", 3)


def test_decisions_on_the_texts_that_are_measured_change_no_figure(run: Run, catalogue: Path, tmp_path: Path) -> None:
    """They would answer for the linker."""
    decided = tmp_path / "decided"
    shutil.copytree(catalogue, decided)
    app = App(Settings.from_env({"SZLAK_DATA_DIR": str(decided)}))
    with app.catalogue.store.begin() as uow:
        for row in GOLD:
            uow.append_decision(deny(str(row["text"])))
    app.close()
    gold = write(tmp_path / "gold.jsonl", GOLD)
    before, after = (run("evaluate", "linking", gold, "--json", data=folder) for folder in (catalogue, decided))
    assert after.json == before.json


def deny(text: str) -> Decision:
    return Decision(
        record_id="mc:test:1",
        subject=text_key(text),
        target="",
        verdict="nothing",
        decided_by="Anna",
        decided_at=datetime(2027, 1, 4, tzinfo=UTC),
        release="1.2.1",
        linker_version="1",
    )


@pytest.mark.parametrize("command", ["linking", "occupations"])
def test_a_file_that_cannot_be_read_is_status_1(run: Run, tmp_path: Path, command: str) -> None:
    """The line is named, and nothing is measured."""
    answer = run("evaluate", command, write(tmp_path / "gold.jsonl", [[]]))
    assert (answer.status, answer.out) == (1, "")
    assert "Line 1" in answer.err


def test_occupations_as_json(run: Run, package: Path, tmp_path: Path) -> None:
    """The only occupation is always found."""
    answer = run("evaluate", "occupations", write(tmp_path / "titles.jsonl", TITLES), "--esco", package, "--json")
    assert answer.status == 0
    assert answer.json["accuracy@1"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 2}
    assert answer.json["baselines"].keys() == {"char_tfidf"}


def test_melo_as_json_with_its_run(run: Run, melo: Path, tmp_path: Path) -> None:
    """Equal names win; the run holds every pair."""
    answer = run("evaluate", "melo", melo, "--json", "--run", tmp_path / "out.run")
    assert answer.status == 0
    assert answer.json["mrr"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 2}
    assert answer.json["baselines"]["char_tfidf"]["success@1"]["value"] == 1.0
    lines = (tmp_path / "out.run").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("Q1 Q0 C1 1 1.00000 ")
    assert not list(tmp_path.glob("*.partial"))


def test_a_run_goes_through_a_device_that_stays_one(run: Run, melo: Path) -> None:
    """Written to, never replaced by a file."""
    assert run("evaluate", "melo", melo, "--run", os.devnull).status == 0
    assert Path(os.devnull).is_char_device()


def test_a_run_that_cannot_be_written_is_said_before_anything_is_measured(run: Run, melo: Path, tmp_path: Path) -> None:
    """A folder that is not there."""
    answer = run("evaluate", "melo", melo, "--run", tmp_path / "nowhere" / "out.run")
    assert (answer.status, answer.out) == (1, "")
    assert "cannot be written" in answer.err


def test_a_folder_that_is_no_melo_set_is_status_1(run: Run, tmp_path: Path) -> None:
    """The missing file is named."""
    answer = run("evaluate", "melo", tmp_path)
    assert answer.status == 1
    assert "queries.tsv" in answer.err
