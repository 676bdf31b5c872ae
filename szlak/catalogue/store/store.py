"""Store: opens the database, brings its tables up to date, and hands out units of work."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from szlak.catalogue.errors import StoreUnavailable
from szlak.catalogue.messages import Message
from szlak.catalogue.store.engine import BUSY_TIMEOUT_S, READING, make_engine, sqlite_file
from szlak.catalogue.store.faults import CANNOT_OPEN, translated
from szlak.catalogue.store.migrate import is_newest, upgrade
from szlak.catalogue.store.sql import Sql
from szlak.catalogue.store.unit_of_work import Reader, UnitOfWork


def make_store(database_url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> "Store":
    """Return the store of an SQLAlchemy URL; nothing is opened yet.

    Args:
        database_url: `sqlite:////path/to/file.db` or `postgresql+psycopg://user@host/database`.
        busy_timeout_s: How long a write waits for somebody else's before it is given up.

    Raises:
        ConfigError: the URL names no database that can be used.
        ExtraMissing: PostgreSQL is asked for and its driver is not installed.
    """
    return Store(make_engine(database_url, busy_timeout_s))


class Store:
    """A database of the catalogue. It may be used by many threads, a unit of work by one."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine; nothing is opened yet."""
        self._engine = engine
        self._file = sqlite_file(engine.url)
        self._database = engine.url.render_as_string(hide_password=True) if self._file is None else str(self._file)

    def migrate(self) -> None:
        """Create or upgrade the tables; an SQLite file and its folder are created. A second time changes nothing.

        Raises:
            StoreUnavailable: the database cannot be opened, or was written by a newer version of this program.
        """
        self._make_folder()
        with self._transaction(reading=True) as connection:
            if is_newest(connection, self._database):
                return
        with self._transaction(reading=False) as connection:
            upgrade(connection, self._database)

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Yield a unit of work that writes: kept as a whole when the block ends, and not at all when it raises.

        Raises:
            StoreBusy: somebody else has been writing for longer than a few seconds.
            StoreFull: nothing can be written.
            StoreUnavailable: the database cannot be opened.
        """
        self._require_file()
        with self._transaction(reading=False) as connection:
            yield UnitOfWork(Sql(connection, self._database))

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Yield a unit of work that only reads: it sees one state of the store and waits for nobody."""
        self._require_file()
        with self._transaction(reading=True) as connection:
            yield Reader(Sql(connection, self._database))

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, *, reading: bool) -> Iterator[Connection]:
        with translated(self._database):
            connection = self._engine.connect()
        try:
            with translated(self._database):
                transaction = self._prepared(connection, reading=reading).begin()
            try:
                yield connection
            except BaseException:
                with translated(self._database):
                    transaction.rollback()
                raise
            with translated(self._database):
                transaction.commit()
        finally:
            connection.close()

    def _prepared(self, connection: Connection, *, reading: bool) -> Connection:
        if not reading:
            return connection
        if self._file is None:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return connection.execution_options(**{READING: True})

    def _make_folder(self) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(Message(CANNOT_OPEN.id, {"database": self._database})) from error

    def _require_file(self) -> None:
        # SQLite would make an empty file, and then miss its tables.
        if self._file is not None and not self._file.exists():
            raise StoreUnavailable(Message("There is no database {database} yet. Migrate it first.", {"database": self._database}))
