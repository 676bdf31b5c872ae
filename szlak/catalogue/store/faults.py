"""What a database says, told as errors of the house: no exception of SQLAlchemy or of a driver leaves the store."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import exc

from szlak.catalogue.errors import RecordRefused, StoreBusy, StoreError, StoreFull, StoreUnavailable, SzlakError
from szlak.catalogue.messages import Message

BUSY = Message(
    "Somebody else is writing to the database and did not finish in time. Try again; if it stays so, look for another harvest or import."
)
FULL = Message("The database cannot be written: the disk is full. Free some space and try again; nothing was changed.")
READ_ONLY = Message("The database cannot be written: its file, folder or server is read-only. Change that and try again.")
NOT_A_DATABASE = Message("{database} is damaged or is no database of this program. Name another file, or restore a copy.")
CANNOT_OPEN = Message("{database} cannot be opened. See that its folder exists and may be read and written.")
DISK = Message("The disk under {database} answers with errors ({reason}). See that it has space and is in order.")
UNREACHABLE = Message(
    "The database {database} cannot be reached ({reason}). See that it runs, and that address, user and password are right."
)
NO_TABLES = Message("The database {database} lacks a table or column ({reason}). Bring it to this version by a migration first.")
TOO_NEW = Message("The database {database} was written by a newer version of this program ({reason}). Use that version.")
CONTRADICTION = Message("The database refused a row that contradicts what it holds ({reason}).")
UNSTORABLE = Message("A text cannot be stored: it holds NUL or half of a character ({reason}).")
FAILED = Message("The database failed: {reason}.")

_SQLITE: Mapping[int, tuple[type[StoreError], Message]] = {
    sqlite3.SQLITE_BUSY: (StoreBusy, BUSY),
    sqlite3.SQLITE_LOCKED: (StoreBusy, BUSY),
    sqlite3.SQLITE_FULL: (StoreFull, FULL),
    sqlite3.SQLITE_READONLY: (StoreFull, READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (StoreUnavailable, CANNOT_OPEN),
    sqlite3.SQLITE_PERM: (StoreUnavailable, CANNOT_OPEN),
    sqlite3.SQLITE_NOTADB: (StoreUnavailable, NOT_A_DATABASE),
    sqlite3.SQLITE_CORRUPT: (StoreUnavailable, NOT_A_DATABASE),
    sqlite3.SQLITE_IOERR: (StoreUnavailable, DISK),
}
"""By primary result code (https://sqlite.org/rescode.html)."""

_POSTGRES: Mapping[str, tuple[type[SzlakError], Message]] = {
    "40": (StoreBusy, BUSY),  # serialisation failure, deadlock
    "55P03": (StoreBusy, BUSY),  # lock not available in time
    "57014": (StoreBusy, BUSY),  # cancelled by a time limit
    "25006": (StoreFull, READ_ONLY),
    "53100": (StoreFull, FULL),
    "42": (StoreUnavailable, NO_TABLES),
    "22021": (RecordRefused, UNSTORABLE),
}
"""By SQLSTATE or its class, the longest that fits (PostgreSQL manual, appendix A)."""


@contextmanager
def translated(database: str) -> Iterator[None]:
    """Turn every error of the database inside the block into one of the house.

    Args:
        database: Name of the database for the reader, without a password.
    """
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error, UnicodeError) as error:
        raise translate(error, database) from error


def translate(error: Exception, database: str) -> SzlakError:
    """Return our error for the engine's, with what to do about it."""
    kind, message = _classify(error, getattr(error, "orig", None) or error)
    reason = (str(getattr(error, "orig", None) or error).splitlines() or ["?"])[0].rstrip(".")
    return kind(Message(message.id, {"database": database, "reason": reason}))


def _classify(error: Exception, cause: BaseException) -> tuple[type[SzlakError], Message]:
    if isinstance(cause, UnicodeError):
        return RecordRefused, UNSTORABLE
    if isinstance(error, exc.TimeoutError):
        return StoreBusy, BUSY
    if isinstance(cause, sqlite3.Error):
        return _classify_sqlite(cause)
    return _classify_postgres(cause)


def _classify_sqlite(cause: sqlite3.Error) -> tuple[type[SzlakError], Message]:
    primary = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if primary in _SQLITE:
        return _SQLITE[primary]
    if isinstance(cause, sqlite3.IntegrityError):
        return StoreError, CONTRADICTION
    missing = str(cause).startswith(("no such table", "no such column")) or "has no column" in str(cause)
    return (StoreUnavailable, NO_TABLES) if missing else (StoreError, FAILED)


def _classify_postgres(cause: BaseException) -> tuple[type[SzlakError], Message]:
    state = getattr(cause, "sqlstate", None) or ""
    found = _POSTGRES.get(state) or _POSTGRES.get(state[:2])
    if found is not None:
        return found
    # By name, since the driver need not be installed; its errors derive from those of PEP 249.
    names = {kind.__name__ for kind in type(cause).__mro__}
    if "IntegrityError" in names:
        return StoreError, CONTRADICTION
    if "DataError" in names and not state:
        return RecordRefused, UNSTORABLE
    return (StoreUnavailable, UNREACHABLE) if names & {"OperationalError", "InterfaceError"} else (StoreError, FAILED)
