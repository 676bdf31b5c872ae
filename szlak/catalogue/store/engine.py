"""Engines: how SQLite and PostgreSQL are opened, and how their transactions begin."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from szlak.catalogue.errors import ConfigError, ExtraMissing
from szlak.catalogue.messages import Message

BUSY_TIMEOUT_S = 5.0
"""How long a write waits for another one before it is given up."""

_CONNECT_TIMEOUT_S = 10
READING = "szlak_reading"
"""Execution option of a connection that will only read."""


def make_engine(database_url: str, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """Return the engine of an SQLAlchemy URL; nothing is connected yet.

    Raises:
        ConfigError: not an URL, or not of SQLite (a file) or PostgreSQL.
        ExtraMissing: PostgreSQL is asked for and its driver is not installed.
    """
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):
        raise _refuse(database_url) from None
    if url.drivername in ("sqlite", "sqlite+pysqlite") and sqlite_file(url) is not None:
        return _make_sqlite(url, busy_timeout_s)
    if url.drivername == "postgresql+psycopg":
        return _make_postgres(url, busy_timeout_s)
    raise _refuse(url.render_as_string(hide_password=True))


def sqlite_file(url: URL) -> Path | None:
    """Return the file of an SQLite database, or None for other engines and databases in memory."""
    in_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if in_file else None


def _refuse(database_url: str) -> ConfigError:
    return ConfigError(
        Message(
            "“{url}” names no database that can be used. "
            "Expected sqlite:////path/to/szlak.db or postgresql+psycopg://user@host/database (setting SZLAK_DATABASE_URL).",
            {"url": database_url},
        )
    )


def _make_sqlite(url: URL, busy_timeout_s: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": busy_timeout_s, "isolation_level": None, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own record
    # A reader never waits for a writer in WAL; NORMAL is as durable there as it needs to be to survive a killed process.
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # The driver's own transactions begin too late and leave out DDL. A writer takes its lock at once: one that has read first
    # and then finds that somebody else wrote in between could only fail.
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _make_postgres(url: URL, busy_timeout_s: float) -> Engine:
    limits = {"connect_timeout": _CONNECT_TIMEOUT_S, "options": f"-c lock_timeout={int(busy_timeout_s * 1000)} -c timezone=UTC"}
    try:
        return create_engine(url, connect_args=limits, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise ExtraMissing(Message("PostgreSQL needs the extra “postgres”: pip install 'szlak[postgres]'.")) from None
