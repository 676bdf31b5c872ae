"""Serving: the port it says, the first page, and a clean stop."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def start(data: Path, port: int, *options: str) -> "subprocess.Popen[str]":
    environ = {**os.environ, "SZLAK_DATA_DIR": str(data), "SZLAK_LANGUAGE": "en", "SZLAK_PORT": str(port)}
    environ.pop("SZLAK_DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "szlak", "serve", *options], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_it_takes_another_port_says_so_and_stops_cleanly(catalogue: Path, taken: int) -> None:
    """The search page answers at the address that was said, and Ctrl-C is a normal end."""
    with start(catalogue, taken) as process:
        try:
            assert process.stderr is not None
            said = []
            for line in process.stderr:
                said.append(line)
                if line.startswith("Open "):
                    break
            assert f"Port {taken} is taken; using " in "".join(said)
            address = said[-1].split()[1]
            with urllib.request.urlopen(address) as answer:
                assert answer.status == 200
            with urllib.request.urlopen(f"{address}api/v1/health") as answer:
                assert answer.status == 200
        finally:
            process.send_signal(signal.SIGINT)
            out, err = process.communicate()
    assert process.returncode == 0
    assert out == ""
    assert "Traceback" not in err


def test_where_no_port_is_free_it_says_what_to_set(catalogue: Path) -> None:
    """An address that is not this machine's has no free port: status 2 and the setting's name."""
    environ = {**os.environ, "SZLAK_DATA_DIR": str(catalogue), "SZLAK_LANGUAGE": "en", "SZLAK_HOST": "192.0.2.1"}
    ended = subprocess.run([sys.executable, "-m", "szlak", "serve"], env=environ, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "SZLAK_PORT" in ended.stderr


def test_a_curator_may_review_at_this_machine(catalogue: Path) -> None:
    """The name is said, and the review answers; without one it is shut."""
    with start(catalogue, 8731, "--curator", " Anna Kurator ") as process:
        try:
            assert process.stderr is not None
            said = [line for line, _ in zip(process.stderr, range(2), strict=False)]
            opened = next(line for line in said if line.startswith("Open "))
            assert any(line.startswith("Anna Kurator may review") for line in said)
            with urllib.request.urlopen(opened.split()[1] + "api/v1/review/queue") as answer:
                assert json.load(answer)["progress"]["total"] == 2
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("host", "name", "words"), [("0.0.0.0", "Anna", "SZLAK_HOST"), ("127.0.0.1", "  ", "printable"), ("127.0.0.1", "a" * 81, "printable")]
)
def test_a_curator_is_refused_where_others_could_write(catalogue: Path, host: str, name: str, words: str) -> None:
    """Status 2 and what to change, before anything is served."""
    environ = {**os.environ, "SZLAK_DATA_DIR": str(catalogue), "SZLAK_LANGUAGE": "en", "SZLAK_HOST": host}
    command = [sys.executable, "-m", "szlak", "serve", "--curator", name]
    ended = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert words in ended.stderr
