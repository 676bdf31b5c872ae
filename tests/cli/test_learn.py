"""`szlak esco learn`: what would change is shown, nothing is replaced unasked, and there is a way back."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from szlak.catalogue.app import App
from szlak.catalogue.model.catalogue import Credential, Outcome, Provenance, Provider
from szlak.catalogue.model.linking import Decision
from szlak.catalogue.settings import Settings
from szlak.catalogue.text import text_key
from tests.cli.conftest import TALK, WELD, Run

DEEDS = {"spawać": WELD, "rozmawiać": TALK}
DOCUMENTS, EACH = 10, 2


def make_texts(document: int) -> dict[str, str]:
    """Texts of a document with the concept that each means."""
    return {f"{deed} {document} {number}": uri for number in range(EACH) for deed, uri in DEEDS.items()}


@pytest.fixture
def decided(tmp_path: Path, package: Path) -> Path:
    """A data folder with ten courses, about each of whose texts somebody has decided."""
    folder = tmp_path / "decided"
    app = App(Settings.from_env({"SZLAK_DATA_DIR": str(folder)}))
    app.upkeep.import_release([package])
    with app.catalogue.store.begin() as uow:
        for document in range(DOCUMENTS):
            uow.upsert(make_course(document))
            for text, uri in make_texts(document).items():
                uow.append_decision(decide(f"mc:{document}", text, uri))
    app.upkeep.refresh()
    app.close()
    return folder


def make_course(document: int) -> Credential:
    return Credential(
        record_id=f"mc:{document}",
        kind="course",
        title={"pl": "Kurs"},
        provider=Provider(name="Warsztat"),
        outcomes=tuple(Outcome(id=f"lo:{text}", text={"pl": text}) for text in make_texts(document)),
        provenance=Provenance(source="test", source_id=str(document)),
    )


def decide(record_id: str, text: str, uri: str) -> Decision:
    return Decision(
        record_id=record_id,
        subject=text_key(text),
        target=uri,
        verdict="accept",
        decided_by="Anna",
        decided_at=datetime(2027, 1, 4, tzinfo=UTC),
        release="esco-1.2.1",
        linker_version="words-1",
    )


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Judged texts enough for a ranker of its own."""
    path = tmp_path / "gold.jsonl"
    rows = [(document, text, uri) for document in range(30) for text, uri in make_texts(document).items()]
    lines = [
        {"id": number, "text": text, "source": "own", "document": str(document), "grades": {uri: 3.0}, "nil": False}
        for number, (document, text, uri) in enumerate(rows)
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return path


def linker_version(data: Path) -> str:
    app = App(Settings.from_env({"SZLAK_DATA_DIR": str(data)}))
    try:
        with app.catalogue.store.read() as uow:
            (version,) = {row.linker_version.partition("+votes-")[0] for row in uow.iter_links()}
    finally:
        app.close()
    return version


def test_too_few_decisions_are_counted(run: Run, catalogue: Path) -> None:
    """How many there are, how many are needed, and how to come by them."""
    answer = run("esco", "learn", data=catalogue)
    assert (answer.status, answer.out) == (1, "")
    assert "0 texts" in answer.err
    assert "30 are needed" in answer.err
    assert "szlak serve --curator" in answer.err


def test_without_apply_nothing_is_replaced(run: Run, decided: Path) -> None:
    """What would change is said; that the extra is missing, too."""
    answer = run("esco", "learn", data=decided)
    assert answer.status == 0, answer.err
    assert "Judged texts: 40 by people’s decisions, 0 from files." in answer.out
    assert "the ranker needs the extra “train”" in answer.out
    assert "On texts that the present ranker has not seen: 40" in answer.out
    assert "In 40 of 40 stored texts with 80 links" in answer.out
    assert "Nothing was replaced" in answer.err
    assert not (decided / "rankers").exists()


def test_what_was_learned_is_used_and_forgotten(run: Run, decided: Path) -> None:
    """Stored links are made again under a version of its own; after a reset under the shipped one."""
    shipped = linker_version(decided)
    answer = run("esco", "learn", "--apply", "--json", data=decided)
    assert answer.status == 0, answer.err
    learned = answer.json["targets"]["skills"]["new_version"]
    assert run("index", data=decided).status == 0
    assert learned in linker_version(decided)
    again = run("esco", "learn", "--json", data=decided).json["targets"]["skills"]
    assert again["present_version"] == learned
    assert [row["seen_by_present"] for row in again["compared"]] == [True]
    assert run("esco", "learn", "--reset", data=decided).status == 0
    assert run("index", data=decided).status == 0
    assert linker_version(decided) == shipped
    assert "Nothing was learned here" in run("esco", "learn", "--reset", data=decided).err


def test_a_folder_can_be_named(run: Run, package: Path, gold: Path, tmp_path: Path) -> None:
    """On packages and the starter taxonomy, from files alone, in Polish too; the data folder keeps its ranker."""
    answer = run("esco", "learn", "--gold", gold, "--esco", package, "--output", tmp_path / "out", lang="pl")
    assert answer.status == 0, answer.err
    assert "Ocenione teksty: z decyzji ludzi 0, z plików 120." in answer.out
    assert sorted(path.name for path in (tmp_path / "out" / "skills").iterdir()) == ["ranker.json", "ranker.npz"]
    assert not (tmp_path / "data" / "rankers").exists()


def test_a_damaged_ranker_is_refused_and_can_be_removed(run: Run, catalogue: Path) -> None:
    """The folder to delete is named, and the reset works all the same."""
    place = catalogue / "rankers" / "skills"
    place.mkdir(parents=True)
    answer = run("index", data=catalogue)
    assert (answer.status, answer.out) == (2, "")
    assert str(place) in answer.err
    assert run("esco", "learn", "--reset", data=catalogue).status == 0
    assert not place.exists()
    assert run("index", data=catalogue).status == 0


def test_applying_and_resetting_exclude_each_other(run: Run) -> None:
    """Nobody knows which was meant."""
    assert run("esco", "learn", "--apply", "--reset").status == 2


def test_occupations_need_the_extra(run: Run, catalogue: Path) -> None:
    """Nothing can be fitted for them without it."""
    answer = run("esco", "learn", "--targets", "occupations", data=catalogue)
    assert (answer.status, answer.out) == (2, "")
    assert "szlak[train]" in answer.err


@pytest.mark.train
def test_with_the_extra_the_ranker_is_fitted(run: Run, decided: Path, gold: Path) -> None:
    """From decisions and files together; the same again gives the same version."""
    asked = ("esco", "learn", "--gold", gold, "--apply", "--json")
    first = run(*asked, data=decided)
    assert first.status == 0, first.err
    skills = first.json["targets"]["skills"]
    assert (skills["fitted"], skills["texts"], first.json["decided"]) == ("ranker", 120, 40)
    assert run(*asked, data=decided).json["targets"]["skills"]["new_version"] == skills["new_version"]
