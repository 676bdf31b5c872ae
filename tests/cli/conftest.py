"""The command line run in this process, on a catalogue of its own whose taxonomy is a small invented ESCO package."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from szlak.cli import main
from tests.catalogue.esco.packages import TALK, WELD, sound_tables, write_zip

Run = Callable[..., "Answer"]


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full ESCO package without any fault, in Polish: an occupation with two skills."""
    return write_zip(tmp_path_factory.mktemp("packages"), sound_tables())


@pytest.fixture(scope="session")
def record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two credentials, one of them with an offer for each skill, a vacancy, and a line that is refused."""
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    credential = {
        "schema_version": 1,
        "record": "credential",
        "record_id": "mc:test:1",
        "kind": "micro-credential",
        "title": {"pl": "Spawanie w warsztacie"},
        "provider": {"name": "Warsztat Przykładowy"},
        "provenance": {"source": "test", "source_id": "1"},
        "outcomes": [{"id": "lo:1", "text": {"pl": "spawać"}}, {"id": "lo:2", "text": {"pl": "rozmawiać"}}],
        "offers": [{"source_id": "a", "price": {"amount": "900.00"}, "starts": "2099-02-01", "hours": 40, "location": {"online": True}}],
    }
    undated = {**credential, "record_id": "mc:test:2", "title": {"pl": "Rozmowa"}, "outcomes": [], "offers": []}
    vacancy = {
        "schema_version": 1,
        "record": "vacancy",
        "record_id": "v:test:1",
        "text": "Wymagania:\n- spawać\nMile widziane:\n- rozmawiać",
    }
    lines = [json.dumps(value) for value in (credential, undated, vacancy, {**undated, "record_id": "mc:test:3", "colour": "red"})]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory, package: Path, record_file: Path) -> Path:
    """A data folder with the package imported and the records harvested, all by the commands themselves."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("SZLAK_DATA_DIR", str(folder))
        environ.delenv("SZLAK_DATABASE_URL", raising=False)
        assert main(["esco", "import", str(package)]) == 0
        assert main(["harvest", str(record_file)]) == 1
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run one command, in English unless told otherwise, on a data folder; without one it is empty."""

    def command(*arguments: object, data: Path | None = None, lang: str = "en") -> Answer:
        monkeypatch.setenv("SZLAK_LANGUAGE", lang)
        monkeypatch.setenv("SZLAK_DATA_DIR", str(data or tmp_path / "data"))
        monkeypatch.delenv("SZLAK_DATABASE_URL", raising=False)
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return command


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A person who can talk, and says nothing of welding."""
    path = tmp_path / "me.json"
    path.write_text(json.dumps({"schema_version": 1, "skills": [{"concept_uri": TALK, "proof": "stated"}], "not": [], "unknown": []}))
    return path


__all__ = ["TALK", "WELD", "Answer", "Run"]
