"""The data files of the starter, as they lie in the package."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any


def read_bytes(name: str) -> bytes:
    """Return a file of `starter/data`."""
    return (files("szlak") / "catalogue" / "starter" / "data" / name).read_bytes()


def iter_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV by column name."""
    yield from csv.DictReader(io.StringIO(read_bytes(name).decode(), newline=""))


def iter_json_lines(name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, unpacked when its name ends in .gz."""
    packed = read_bytes(name)
    text = gzip.decompress(packed) if name.endswith(".gz") else packed
    return (json.loads(line) for line in text.decode().split("\n") if line)
