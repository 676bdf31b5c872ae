"""Readers for hostile files: limits of size, encoding, archive and CSV, so that no other room opens a file by itself."""

import csv
import errno
import gzip
import io
import json
import math
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from szlak.catalogue.errors import FileUnreadable
from szlak.catalogue.messages import Message

MAX_DEPTH = 60
_CSV_FIELD_CHARS = 5_000_000
_CSV_LINE_BYTES = 20_000_000
_UTF8_BYTES = 4
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OverflowError, UnicodeDecodeError)
"""What zipfile raises, by no promise of its own, for archives that are damaged or made to harm."""


@dataclass(frozen=True)
class ReadLimits:
    """Bounds on what is read. `ratio` is unpacked to packed size: more is taken for a bomb."""

    file_bytes: int = 500_000_000
    line_chars: int = 5_000_000
    members: int = 200
    member_bytes: int = 200_000_000
    archive_bytes: int = 600_000_000
    ratio: int = 200


LIMITS = ReadLimits()


def unreadable(path: Path | str, reason: Message) -> FileUnreadable:
    """Return the error that says which file cannot be read, and why."""
    return FileUnreadable(Message("{path} cannot be read: {reason}", {"path": str(path), "reason": reason}))


def check_file(path: Path, limits: ReadLimits = LIMITS) -> None:
    """Refuse what is no file or is too large."""
    try:
        size_bytes = path.stat().st_size
        if not path.is_file():
            raise unreadable(path, Message("it is not a file."))
    except FileNotFoundError:
        raise unreadable(path, Message("it does not exist.")) from None
    except OSError as error:
        raise unreadable(path, Message("the system says: {error}.", {"error": error.strerror or "?"})) from error
    if size_bytes > limits.file_bytes:
        raise unreadable(
            path, Message("it has {size} bytes, more than the {limit} allowed.", {"size": size_bytes, "limit": limits.file_bytes})
        )


def read_text(path: Path, limits: ReadLimits = LIMITS) -> str:
    """Return a whole text file: UTF-8, with or without a byte order mark."""
    check_file(path, limits)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(path, Message("it is not UTF-8 (byte {position}). Save it as UTF-8.", {"position": error.start})) from None
    except OSError as error:
        raise unreadable(path, Message("the system says: {error}.", {"error": error.strerror or "?"})) from error


def parse_json(text: str) -> Any:  # noqa: ANN401 - JSON is anything
    """Return the value of a JSON text.

    Raises:
        ValueError: not JSON, or nested deeper than MAX_DEPTH.
    """
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_parse_finite)
    except RecursionError:
        raise ValueError(f"nested deeper than {MAX_DEPTH}") from None
    if _depth(value) > MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH}")
    return value


def read_json(path: Path, limits: ReadLimits = LIMITS) -> Any:  # noqa: ANN401 - JSON is anything
    """Return the value of a JSON file."""
    try:
        return parse_json(read_text(path, limits))
    except ValueError as error:
        raise unreadable(path, Message("it is not JSON: {error}.", {"error": str(error)})) from None


def iter_lines(path: Path, limits: ReadLimits = LIMITS) -> Iterator[tuple[int, str]]:
    """Yield the number (from 1) and text of each line that is not blank, holding one line in memory.

    A file whose name ends in `.gz` is unpacked as it is read.
    """
    check_file(path, limits)
    chars = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for number, line in _iter_decoded(cast("BinaryIO", stream), str(path), limits.line_chars * _UTF8_BYTES):
                chars += len(line)
                if chars > limits.archive_bytes:
                    raise unreadable(path, Message("it would unpack to more than {limit} bytes.", {"limit": limits.archive_bytes}))
                text = line.rstrip("\r\n")
                if len(text) > limits.line_chars:
                    raise _too_long(str(path), number, limits.line_chars)
                if text.strip():
                    yield number, text
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _damaged(path, error) from error
    except OSError as error:
        raise unreadable(path, Message("the system says: {error}.", {"error": error.strerror or "?"})) from error


def _iter_decoded(stream: BinaryIO, name: str, limit_bytes: int) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line with its end; decoded one by one, so that an error is that of its line."""
    number = 0
    while line := stream.readline(limit_bytes + 3):
        number += 1
        if len(line) > limit_bytes + 2:
            raise _too_long(name, number, limit_bytes // _UTF8_BYTES)
        try:
            yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise unreadable(name, Message("line {line} is not UTF-8. Save the file as UTF-8.", {"line": number})) from None


def _too_long(name: str, number: int, limit: int) -> FileUnreadable:
    return unreadable(name, Message("line {line} is longer than {limit} characters.", {"line": number, "limit": limit}))


def iter_csv(stream: BinaryIO, name: str, on_odd_width: Callable[[int], None] | None = None) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV (comma, quotes, a header line, UTF-8) by column name.

    A row with other than the header's number of cells is yielded under what names there are; missing cells are empty.
    Of each such row `on_odd_width` is told the line on which it ends.
    """
    csv.field_size_limit(_CSV_FIELD_CHARS)
    buffered = io.BufferedReader(stream)  # type: ignore[type-var]  # members of an archive read line by line much faster so
    rows: csv.DictReader[Any] = csv.DictReader((line for _, line in _iter_decoded(buffered, name, _CSV_LINE_BYTES)), strict=False)
    try:
        for row in rows:
            if None in row or None in row.values():
                row.pop(None, None)
                row = {column: cell or "" for column, cell in row.items()}
                if on_odd_width is not None:
                    on_odd_width(rows.line_num)
            yield row
    except csv.Error as error:
        raise unreadable(name, Message("line {line} is not CSV: {error}.", {"line": rows.line_num, "error": str(error)})) from None
    except (*_DAMAGE, OSError) as error:
        raise _damaged(name, error) from error
    finally:
        # The stream is the caller's to close; where it is closed already, there is nothing left to detach from.
        with suppress(ValueError):
            buffered.detach()


def iter_csv_file(path: Path, limits: ReadLimits = LIMITS, on_odd_width: Callable[[int], None] | None = None) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file as `iter_csv` does; one whose name ends in `.gz` is unpacked as it is read."""
    check_file(path, limits)
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            bounded = _Bounded(cast("BinaryIO", stream), path, limits.archive_bytes)
            yield from iter_csv(cast("BinaryIO", bounded), str(path), on_odd_width)
    except OSError as error:
        raise unreadable(path, Message("the system says: {error}.", {"error": error.strerror or "?"})) from error


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than some bytes: what a small packed file unpacks to has no other bound."""

    def __init__(self, stream: BinaryIO, path: Path, limit: int) -> None:
        self._stream, self._path, self._limit, self._given = stream, path, limit, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - typeshed's own argument is private
        found = self._stream.read(len(buffer))
        self._given += len(found)
        if self._given > self._limit:
            raise unreadable(self._path, Message("it would unpack to more than {limit} bytes.", {"limit": self._limit}))
        buffer[: len(found)] = found
        return len(found)


@contextmanager
def open_archive(path: Path, limits: ReadLimits = LIMITS) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP whose members, sizes and ratio are within the limits; nothing is unpacked to disk."""
    check_file(path, limits)
    try:
        archive = zipfile.ZipFile(path)
    except (*_DAMAGE, OSError, ValueError) as error:
        raise _damaged(path, error) from error
    with archive:
        _check_members(path, archive.infolist(), limits)
        try:
            yield archive
        except _DAMAGE as error:
            raise _damaged(path, error) from error
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            raise _damaged(path, error) from error  # a directory that points before the beginning of the file


def _damaged(path: Path | str, error: Exception) -> FileUnreadable:
    return unreadable(path, Message("the archive is damaged: {error}.", {"error": str(error) or type(error).__name__}))


def _check_members(path: Path, members: list[zipfile.ZipInfo], limits: ReadLimits) -> None:
    if len(members) > limits.members:
        raise unreadable(
            path, Message("it holds {count} files, more than the {limit} allowed.", {"count": len(members), "limit": limits.members})
        )
    for member in members:
        if member.flag_bits & 0x1:
            raise unreadable(path, Message("{member} is encrypted.", {"member": member.filename}))
        if member.compress_type not in _PACKINGS:
            raise unreadable(path, Message("{member} is packed in a way that is not read here.", {"member": member.filename}))
        bomb = member.file_size > 1_000_000 and member.file_size > limits.ratio * max(member.compress_size, 1)
        if member.file_size > limits.member_bytes or bomb:
            raise unreadable(path, Message("{member} would unpack to {size} bytes.", {"member": member.filename, "size": member.file_size}))
    total = sum(member.file_size for member in members)
    if total > limits.archive_bytes:
        raise unreadable(path, Message("it would unpack to {size} bytes.", {"size": total}))


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a JSON number")


def _parse_finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is not a number that can be held")
    return number


def _depth(value: object) -> int:
    level, deepest = [value], 0
    while level and deepest <= MAX_DEPTH:
        deepest += 1
        level = [child for item in level for child in _children(item)]
    return deepest


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []
