"""Times linking over ESCO's Polish and English packages, each run in a process of its own with one thread of arithmetic.

Texts are our own gold sentences (`evaluation/gold/fit.jsonl`); a clause is what `find_mentions` cuts a text into.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.measure import Figure
from szlak.catalogue.app import App
from szlak.catalogue.esco.linking.mentions import find_mentions
from szlak.catalogue.model.linking import LinkText
from szlak.catalogue.settings import Settings

ROOT = Path(__file__).parents[1]
PACKAGES = sorted((ROOT.parent / "shared" / "data" / "esco").glob("*v1.2.1*.zip"))
GOLD = ROOT / "evaluation" / "gold" / "fit.jsonl"
BATCH, SINGLES = 64, 60


def time_linking(runs: int) -> list[Figure]:
    """Time opening taxonomy, encoder and index from a warm cache, a clause of a batch, and a clause alone."""
    if len(PACKAGES) != 2:
        return []
    with tempfile.TemporaryDirectory() as directory:
        environment = os.environ | {"SZLAK_DATA_DIR": directory, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        _run("import", environment)
        found = [json.loads(_run("measure", environment)) for _ in range(runs)]
    peak = max(row["peak_mb"] for row in found)
    return [
        Figure("opening taxonomy, encoder and index (pl, en)", tuple(row["open"] for row in found), "3 s, 700 MB", peak),
        Figure(f"linking one clause (batches of {BATCH} texts)", tuple(row["batch"] for row in found), "5 ms"),
        Figure("linking one clause alone, p50", tuple(row["single"] for row in found), "25 ms"),
    ]


def _run(step: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "bench.linking", step]
    return subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _prepare() -> None:
    app = App(Settings.from_env(os.environ))
    app.upkeep.import_release(PACKAGES)
    app.close()


def _measure() -> dict[str, float]:
    started = time.perf_counter()
    app = App(Settings.from_env(os.environ))
    linker = app.catalogue.linker
    opened = time.perf_counter() - started
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rows = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    mentions = [find_mentions(text, app.catalogue.polish.analyse(text)) for text in rows]
    clauses = sum(max(1, len(found.parts)) for found in mentions)
    singles = [found.whole.text for found in mentions if not found.parts][:SINGLES]
    texts = [LinkText(text=text) for text in rows]
    linker.link(texts[:BATCH])
    batch = _time_s(lambda: [linker.link(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]) / clauses
    single = statistics.median(_time_s(lambda text=text: linker.link([LinkText(text=text)])) for text in singles)
    return {"open": opened, "peak_mb": peak_mb, "batch": batch, "single": single}


def _time_s(work: Callable[[], object]) -> float:
    # Seconds of the processor: others share the machine.
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Do one step in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("import", "measure"))
    if parser.parse_args().step == "import":
        _prepare()
    else:
        print(json.dumps(_measure()))


if __name__ == "__main__":
    main()
