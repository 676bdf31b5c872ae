"""The environment that `make up` makes is enough for what a user runs: nothing of the test tools is needed."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from szlak.catalogue.settings import PREFIX
from tests.cli.conftest import WELD

SZLAK = Path(__file__).parents[2] / ".venv" / "bin" / "szlak"
FORBIDDEN = ("torch", "scipy", "sklearn", "pandas", "pytest")

pytestmark = [pytest.mark.faults, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def environment() -> None:
    """Leave the tests out where `make up` was never run; in CI that is an error."""
    if not SZLAK.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{SZLAK} is not there (make .venv/done)")
        pytest.skip(f"{SZLAK} is not there (make .venv/done)")


def szlak(folder: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    command = [str(SZLAK), *map(str, arguments)]
    return subprocess.run(command, env={**kept, "SZLAK_DATA_DIR": str(folder)}, capture_output=True, text=True, check=False, timeout=300)


def test_link_runs_in_it(tmp_path: Path, package: Path) -> None:
    """Over the concepts of a package alone, named as a person might rename it: the version is not needed."""
    renamed = tmp_path / "esco_pl.zip"
    renamed.write_bytes(package.read_bytes())
    (tmp_path / "texts.jsonl").write_text('{"id": 1, "text": "spawać"}\n', encoding="utf-8")
    answer = szlak(tmp_path / "data", "link", "--input", tmp_path / "texts.jsonl", "--output", tmp_path / "links.jsonl", "--esco", renamed)
    assert answer.returncode == 0, answer.stderr
    (line,) = map(json.loads, (tmp_path / "links.jsonl").read_text(encoding="utf-8").splitlines())
    assert line["links"][0]["concept_uri"] == WELD
    assert not (tmp_path / "data" / "szlak.db").exists()


def test_the_server_loads_in_it() -> None:
    """All that serving imports is there, and nothing heavy."""
    code = f"import sys, szlak.cli.server; print([name for name in {FORBIDDEN!r} if name in sys.modules])"
    answer = subprocess.run([str(SZLAK.parent / "python"), "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
