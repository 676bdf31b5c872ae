"""Vectors kept on disk, so that a slow model encodes a text once.

One SQLite file for each encoder, named by the hash of its id. Every vector carries a checksum that covers encoder, role and text too:
what was damaged, or belongs elsewhere, is not used but made anew. Any file here may be deleted at any time.
"""

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

import numpy as np

from szlak.catalogue.model.encoding import Encoder, Role, Vectors

_log = logging.getLogger(__name__)

_FORMAT = 1
"""Part of the file's name: a later program with another format leaves this one's files alone."""

_PATIENCE_S = 30.0
_AT_ONCE = 500
_STORED = np.dtype("<f4")
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL, checksum BLOB NOT NULL)"
_NOT_DAMAGE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}
"""Reasons to go without the file this time, rather than to begin it anew."""

Found = TypeVar("Found")


class CachedEncoder:
    """Gives what another encoder gives (model.encoding.Encoder), and asks it only for what is not on disk.

    `roles` are those whose vectors are kept. Safe with several threads and processes; each call opens the file for itself.
    """

    def __init__(self, encoder: Encoder, folder: Path, *, roles: Collection[Role] = ("query", "document")) -> None:
        self.id = encoder.id
        self.dim = encoder.dim
        self._encoder = encoder
        self._roles = frozenset(roles)
        self.path = folder / f"{hashlib.sha256(encoder.id.encode()).hexdigest()[:24]}.v{_FORMAT}.sqlite3"

    def encode(self, texts: Sequence[str], *, role: Role) -> Vectors:
        """Return unit rows, shape (len(texts), dim), in the order of the texts; a text that occurs twice is encoded once."""
        if role not in self._roles:
            return self._encoder.encode(texts, role=role)
        keys = [self._key(text, role) for text in texts]
        by_key = dict(zip(keys, texts, strict=True))
        known: dict[bytes, Vectors] = self._use(lambda file: self._read(file, list(by_key)), {}) if by_key else {}
        missing = [key for key in by_key if key not in known]
        if missing:
            made = self._encoder.encode([by_key[key] for key in missing], role=role)
            known.update(zip(missing, made, strict=True))
            self._use(lambda file: self._write(file, missing, made), None)
        rows = np.zeros((len(texts), self.dim), np.float32)
        for number, key in enumerate(keys):
            rows[number] = known[key]
        return rows

    def _key(self, text: str, role: Role) -> bytes:
        return role.encode() + b":" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

    def _checksum(self, key: bytes, vector: bytes) -> bytes:
        return hashlib.blake2b(b"\0".join((self.id.encode(), key, vector)), digest_size=16).digest()

    def _read(self, file: sqlite3.Connection, keys: list[bytes]) -> dict[bytes, Vectors]:
        found: dict[bytes, Vectors] = {}
        for start in range(0, len(keys), _AT_ONCE):
            asked = keys[start : start + _AT_ONCE]
            places = ",".join("?" * len(asked))
            rows = file.execute(f"SELECT key, vector, checksum FROM vectors WHERE key IN ({places})", asked)  # noqa: S608 - marks alone
            found.update((key, np.frombuffer(vector, _STORED)) for key, vector, checksum in rows if self._is_whole(key, vector, checksum))
        return found

    def _is_whole(self, key: object, vector: object, checksum: object) -> bool:
        return (
            isinstance(key, bytes)
            and isinstance(vector, bytes)
            and len(vector) == self.dim * _STORED.itemsize
            and self._checksum(key, vector) == checksum
        )

    def _write(self, file: sqlite3.Connection, keys: Sequence[bytes], rows: Vectors) -> None:
        with file:
            file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", self._iter_rows(keys, rows))

    def _iter_rows(self, keys: Sequence[bytes], rows: Vectors) -> Iterator[tuple[bytes, bytes, bytes]]:
        for key, row in zip(keys, rows, strict=True):
            vector = row.astype(_STORED).tobytes()
            yield key, vector, self._checksum(key, vector)

    def _use(self, work: Callable[[sqlite3.Connection], Found], otherwise: Found) -> Found:
        """Return what `work` makes of the file. A damaged file is begun anew; one that cannot be used now is done without."""
        for last in (False, True):
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with closing(sqlite3.connect(self.path, timeout=_PATIENCE_S)) as file:
                    file.execute(_TABLE)
                    return work(file)
            except (sqlite3.Error, OSError) as error:
                if last or _may_pass(error):
                    _log.warning("vectors are not kept in %s: %s", self.path, error)
                    break
                _log.warning("%s is damaged and begun anew: %s", self.path, error)
                self._discard()
        return otherwise

    def _discard(self) -> None:
        for path in (self.path, self.path.with_name(self.path.name + "-journal")):
            with suppress(OSError):
                path.unlink()


def _may_pass(error: Exception) -> bool:
    if isinstance(error, OSError):
        return True
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _NOT_DAMAGE
