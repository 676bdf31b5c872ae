"""Bringing the tables to the newest revision with Alembic, from the installed package and without a file of settings."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from szlak.catalogue.errors import StoreUnavailable
from szlak.catalogue.messages import Message
from szlak.catalogue.store.faults import TOO_NEW, translated

_LOCK = 0x535A4C414B
"""Number of PostgreSQL's advisory lock for migrations ("SZLAK"); SQLite's own write lock is enough there."""


def upgrade(connection: Connection, database: str) -> None:
    """Upgrade to the newest revision within the connection's transaction; of two at the same time the second waits.

    Raises:
        StoreUnavailable: the database is at a revision that this version does not know.
    """
    config = make_config(connection)
    with translated(database):
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreUnavailable(Message(TOO_NEW.id, {"database": database, "reason": str(error)})) from error


def is_newest(connection: Connection, database: str) -> bool:
    """Return whether the tables are at the newest revision; asking takes no lock."""
    with translated(database):
        current = MigrationContext.configure(connection).get_current_revision()
    return current is not None and current == ScriptDirectory.from_config(make_config(connection)).get_current_head()


def make_config(connection: Connection) -> Config:
    """Return Alembic's settings for an open connection."""
    config = Config()
    config.set_main_option("script_location", "szlak:catalogue/store/migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
