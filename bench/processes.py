"""Times whole processes: the first start, the second, the import of a full ESCO release."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.measure import Figure

SZLAK = [sys.executable, "-m", "szlak"]
ESCO = Path(__file__).parents[2] / "shared" / "data" / "esco"
PATIENCE_S = 300


def time_starts(runs: int) -> list[Figure]:
    """Time `szlak up` until its first page is there: with nothing at all, and again over what the first start left."""
    first, second, peaks = [], [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as directory:
            first.append(_start(directory)[0])
            seconds, peak_mb = _start(directory)
            second.append(seconds)
            peaks.append(peak_mb)
    return [
        Figure("first start to first page (packages are there)", tuple(first), "90 s"),
        Figure("second start to first page", tuple(second), "8 s", max(peaks)),
    ]


def time_import(runs: int) -> list[Figure]:
    """Time `szlak esco import` of release 1.2.1 in Polish and English, relinking included, where the packages are there."""
    packages = [str(path) for path in sorted(ESCO.glob("*v1.2.1*.zip"))]
    if len(packages) != 2:
        return []
    seconds, peaks = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as directory:
            started = time.perf_counter()
            child = subprocess.Popen(
                [*SZLAK, "esco", "import", *packages], env=_environment(directory), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            peaks.append(_wait(child))
            seconds.append(time.perf_counter() - started)
    return [Figure("import of ESCO 1.2.1 (pl, en), relink and index", tuple(seconds), "60 s (import), 1500 MB", max(peaks))]


def _start(directory: str) -> tuple[float, int]:
    port = _free_port()
    started = time.perf_counter()
    child = subprocess.Popen([*SZLAK, "up"], env=_environment(directory, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if child.poll() is not None or time.perf_counter() - started > PATIENCE_S:
                raise RuntimeError(f"szlak up did not answer (exit status {child.returncode})")
            time.sleep(0.02)
        seconds = time.perf_counter() - started
        time.sleep(5)  # what is opened in the background counts for the memory
    finally:
        child.send_signal(signal.SIGINT)
    return seconds, _wait(child)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


def _wait(child: "subprocess.Popen[bytes]") -> int:
    """Return the peak memory of a finished child in MB (the kernel's own account)."""
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return usage.ru_maxrss // 1024


def _environment(directory: str, port: int = 8000) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SZLAK_")}
    return {**kept, "SZLAK_DATA_DIR": directory, "SZLAK_PORT": str(port)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
