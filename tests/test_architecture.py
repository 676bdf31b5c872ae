"""The house: which room may import which, and what no room may be called."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "szlak"

# Each line imports only from lines below it; names of one line never import one another.
LINES = [
    ["__main__"],
    ["cli"],
    ["web"],
    ["ui", "api"],
    ["app"],
    ["jobs"],
    ["services"],
    ["pipeline"],
    ["ingest", "search", "recommend", "profiles", "store", "accounts", "starter"],
    ["esco"],
    ["encoder", "polish", "fetch"],
    ["settings", "records"],
    ["model"],
    ["text", "readers"],
    ["errors"],
    ["messages"],
]
RANK = {room: len(LINES) - number for number, line in enumerate(LINES) for room in line}
FORBIDDEN = {"utils", "common", "helpers", "core", "managers"}
HEAVY = ("spacy", "torch", "tantivy", "highspy", "morfeusz2", "fastapi", "sqlalchemy")


def room_of(module: str) -> str | None:
    parts = module.split(".")
    if parts[0] != "szlak" or len(parts) < 2:
        return None
    return (parts[2] if len(parts) > 2 else None) if parts[1] == "catalogue" else parts[1]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_modules(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


SOURCES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_a_room_imports_only_from_lines_below(path: Path) -> None:
    """Every import goes downwards, or stays in its own room."""
    mine = room_of(module_of(path))
    if mine is None:
        return
    for module in imported_modules(path):
        other = room_of(module)
        if other is None or other == mine or other.startswith("_"):
            continue
        assert other in RANK, f"{module}: {other} is not a room of the house"
        assert RANK[other] < RANK[mine], f"{module_of(path)} must not import {module}"


def test_no_room_is_a_drawer() -> None:
    """No file or folder is named after nothing in particular."""
    names = {part for path in SOURCES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & FORBIDDEN


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    """`szlak --help` answers without loading language models, solvers or servers."""
    code = f"import sys, szlak.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"
