"""`szlak up` as a person runs it: from nothing, again, over a taken port, stopped and killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from szlak.catalogue.settings import PREFIX

pytestmark = [pytest.mark.faults, pytest.mark.slow]

PATIENCE_S = 240


@contextmanager
def running(folder: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """Start the command with a folder of its own; whatever is left of it at the end is killed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment = {**kept, "SZLAK_DATA_DIR": str(folder), "SZLAK_PORT": str(port), "SZLAK_LANGUAGE": "en"}
    command = [sys.executable, "-m", "szlak", "up"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


def free_ports() -> tuple[int, int]:
    """Return two neighbouring ports that nobody listens on."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port, port + 1


def wait_for_page(child: "subprocess.Popen[str]", port: int, path: str = "/") -> str:
    """Return the page once it is there."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        assert child.poll() is None, child.stderr.read() if child.stderr else ""
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"no page on port {port}")


def stop(child: "subprocess.Popen[str]") -> str:
    """Press Ctrl-C; return what was said on the error stream."""
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=30)
    assert child.returncode == 0
    assert "Traceback" not in said
    return said


def test_a_killed_first_start_is_finished_by_the_next(tmp_path: Path) -> None:
    """Killed in the middle of setting up, then started over a taken port, then started again: each time the catalogue is whole."""
    wanted, other = free_ports()
    with running(tmp_path, wanted) as child:
        until = time.monotonic() + PATIENCE_S
        while not (tmp_path / "szlak.db").exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(3)
        child.kill()
    with socket.create_server(("127.0.0.1", wanted)), running(tmp_path, wanted) as child:
        assert "szlak" in wait_for_page(child, other)
        assert '"items":[{' in wait_for_page(child, other, "/api/v1/credentials?q=magazyn")
        said = stop(child)
        assert f"Port {wanted} is taken; using {other}." in said
        assert f"http://127.0.0.1:{other}/" in said
    with running(tmp_path, wanted) as child:
        assert '"ready"' in wait_for_page(child, wanted, "/api/v1/ready")
        stop(child)


def test_ctrl_c_while_setting_up_says_what_is_kept(tmp_path: Path) -> None:
    """No traceback, exit status 130, and a word that the same command goes on."""
    with running(tmp_path, free_ports()[0]) as child:
        until = time.monotonic() + PATIENCE_S
        while not (tmp_path / "szlak.db").exists() and time.monotonic() < until:
            time.sleep(0.05)
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "run the same command to go on" in said
    assert "Traceback" not in said
