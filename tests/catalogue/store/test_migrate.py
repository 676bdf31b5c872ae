"""The revisions and the tables say the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from szlak.catalogue.store.engine import make_engine
from szlak.catalogue.store.migrate import make_config, upgrade
from szlak.catalogue.store.tables import metadata
from tests.databases import ENGINES, empty_database


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(empty_database(request.param, tmp_path))
    yield engine
    engine.dispose()


def test_an_upgraded_empty_database_has_the_tables_of_this_version(engine: Engine) -> None:
    """Alembic finds no difference between the database at the newest revision and `tables`."""
    with engine.begin() as connection:
        upgrade(connection, "test")
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_every_check_of_the_tables_is_in_the_database(engine: Engine) -> None:
    """Alembic does not compare checks, so they are compared here."""
    with engine.begin() as connection:
        upgrade(connection, "test")
        found = {name: len(inspect(connection).get_check_constraints(name)) for name in ("active_release", "live_generation")}
    assert found == {"active_release": 1, "live_generation": 1}


def test_a_failed_upgrade_leaves_nothing(engine: Engine) -> None:
    """Tables are made within the transaction, on SQLite too."""
    with engine.connect() as connection:
        transaction = connection.begin()
        upgrade(connection, "test")
        transaction.rollback()
        assert inspect(connection).get_table_names() == []


def test_the_first_revision_can_be_taken_back(engine: Engine) -> None:
    """A downgrade leaves Alembic's own table only, and another upgrade is as good as the first."""
    with engine.begin() as connection:
        upgrade(connection, "test")
        command.downgrade(make_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    with engine.begin() as connection:
        upgrade(connection, "test")
        assert set(metadata.tables) <= set(inspect(connection).get_table_names())
