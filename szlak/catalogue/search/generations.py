"""Generations of the index on disk: their names, the pointer to the live one, and the removal of old ones.

    <directory>/LIVE                 the id of the live generation
    <directory>/<generation id>/     manifest.json, the indices, and what a process needs beside them

A pointer file is replaced as a whole, so a reader sees the old generation or the new one, never half of one.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from szlak.catalogue.errors import NotReady, RecordRefused
from szlak.catalogue.messages import Message
from szlak.catalogue.model.search import Generation
from szlak.catalogue.records import format_json, parse

if sys.platform != "win32":
    import fcntl

MANIFEST = "manifest.json"
_LIVE = "LIVE"
_LOCK = "LOCK"
_TIME = "%Y%m%dT%H%M%S%fZ"
_ID = re.compile(r"([0-9]{8}T[0-9]{12}Z)-([0-9a-f]{12})")
_FINGERPRINT_CHARS = 12


def format_generation_id(built_at: datetime, fingerprint: str) -> str:
    """Return the id of a generation: when it was built (UTC, to the microsecond) and how its fingerprint begins."""
    return f"{built_at.astimezone(UTC).strftime(_TIME)}-{fingerprint[:_FINGERPRINT_CHARS]}"


def parse_generation_id(text: str) -> tuple[datetime, str] | None:
    """Return the time and the beginning of the fingerprint; None for what is no id of a generation."""
    found = _ID.fullmatch(text)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], _TIME).replace(tzinfo=UTC), found[2]
    except ValueError:
        return None


def read_live(directory: Path) -> str | None:
    """Return the id of the live generation, or None if there is none."""
    try:
        name = (directory / _LIVE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if parse_generation_id(name) else None


def promote(directory: Path, generation_id: str) -> None:
    """Make a generation the live one, then remove all but it and the one before it."""
    previous = read_live(directory)
    fresh = directory / f"{_LIVE}.{os.getpid()}"
    with fresh.open("w", encoding="ascii") as file:
        file.write(generation_id)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(directory / _LIVE)
    prune(directory, keep={generation_id, previous or generation_id})


def prune(directory: Path, keep: set[str]) -> None:
    """Remove generations that are not to be kept; whatever is not named like one stays."""
    for folder in directory.iterdir():
        if folder.is_dir() and parse_generation_id(folder.name) and folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def lock_builds(directory: Path) -> Iterator[None]:
    """Wait until nobody else builds here: two builders would each remove what the other is writing."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / _LOCK).open("w") as file:
        if sys.platform != "win32":  # Windows has no such lock: there, one builder at a time is up to whoever runs them
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write_json(path: Path, value: object) -> None:
    """Write a file of a generation."""
    path.write_text(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8", errors="surrogatepass")


def read_json(path: Path) -> Any:  # noqa: ANN401 - JSON is anything
    """Return the value of a file of a generation.

    Raises:
        NotReady: it is missing or damaged.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
    except (OSError, ValueError) as error:
        raise damaged(path, error) from error


def write_manifest(folder: Path, generation: Generation, rules: str) -> None:
    """Write what a generation says of itself, and the version of the rules by which it was built."""
    write_json(folder / MANIFEST, {"generation": format_json(generation), "rules": rules})


def read_manifest(folder: Path, rules: str) -> Generation:
    """Return the generation of a folder.

    Raises:
        NotReady: the folder holds no whole generation, or one built by other rules.
    """
    path = folder / MANIFEST
    try:
        manifest = read_json(path)
        generation, found = parse(Generation, manifest["generation"]), manifest["rules"]
    except (RecordRefused, TypeError, KeyError) as error:
        raise damaged(path, error) from error
    if found != rules:
        raise NotReady(Message("The index in {path} was built by another version of szlak. Build it again.", {"path": str(folder)}))
    return generation


def damaged(path: Path, error: Exception) -> NotReady:
    """Return the error for a file of the index that cannot be used."""
    return NotReady(
        Message("The index file {path} cannot be read ({error}). Build the index again.", {"path": str(path), "error": str(error)})
    )
