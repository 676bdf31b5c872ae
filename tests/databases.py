"""Empty databases for tests: an SQLite file, and the PostgreSQL of SZLAK_TEST_POSTGRES_URL emptied first."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from szlak.catalogue.store import Store, make_store

BUSY_TIMEOUT_S = 0.2
ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]


def empty_database(engine: str, folder: Path) -> str:
    """Return the URL of a database without tables."""
    if engine == "sqlite":
        return f"sqlite:///{folder / 'szlak.db'}"
    url = os.environ["SZLAK_TEST_POSTGRES_URL"]
    server = create_engine(url)
    with server.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    server.dispose()
    return url


@contextmanager
def migrated_store(url: str) -> Iterator[Store]:
    """Yield a store with its tables, and close it."""
    store = make_store(url, busy_timeout_s=BUSY_TIMEOUT_S)
    try:
        store.migrate()
        yield store
    finally:
        store.close()
