"""The revisions and the tables say the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

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


def test_links_of_the_first_revision_are_kept_and_have_no_reasons(engine: Engine) -> None:
    """A database with links is upgraded as it stands; going back takes the reasons alone."""
    first = {"record_id": "mc:1", "subject": "s", "concept_uri": "urn:a", "position": 0, "label": "szycie", "score": 1.5, "confidence": 0.5}
    first |= {"zone": "ask", "evidence_start": 0, "evidence_end": 5, "linker_version": "words-1", "release": "starter-1.2.1"}
    row = text("SELECT * FROM link")
    with engine.begin() as connection:
        command.upgrade(make_config(connection), "0001")
        connection.execute(text(f"INSERT INTO link ({', '.join(first)}) VALUES ({', '.join(f':{name}' for name in first)})"), first)
    with engine.begin() as connection:
        upgrade(connection, "test")
        assert connection.execute(row).mappings().one() == {**first, "reasons": "[]"}
        command.downgrade(make_config(connection), "0001")
        assert connection.execute(row).mappings().one() == first


def test_the_first_revision_can_be_taken_back(engine: Engine) -> None:
    """A downgrade leaves Alembic's own table only, and another upgrade is as good as the first."""
    with engine.begin() as connection:
        upgrade(connection, "test")
        command.downgrade(make_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    with engine.begin() as connection:
        upgrade(connection, "test")
        assert set(metadata.tables) <= set(inspect(connection).get_table_names())
