"""What goes wrong with a database, and what a person is told."""

import sqlite3
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text

from szlak.catalogue.errors import ConfigError, ExtraMissing, RecordRefused, StoreBusy, StoreError, StoreFull, StoreUnavailable
from szlak.catalogue.store import Store, make_store
from szlak.catalogue.store.faults import translated
from tests.contract.samples import SEWING, make_credential, make_decision, make_release, make_vacancy
from tests.databases import BUSY_TIMEOUT_S, ENGINES, empty_database, migrated_store

pytestmark = pytest.mark.faults


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "szlak.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with migrated_store(f"sqlite:///{path}") as opened:
        yield opened


@pytest.fixture(params=ENGINES)
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with migrated_store(empty_database(request.param, tmp_path)) as opened:
        yield opened


def test_a_locked_database_is_busy(store: Store, path: Path) -> None:
    """A write waits for another one for a while, then says that it may be tried again; reading goes on."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="Try again"), store.begin():
        pytest.fail("the lock was not respected")
    with store.read() as uow:
        assert uow.counts()["credentials"] == 0
    other.execute("ROLLBACK")
    other.close()
    with store.begin() as uow:
        uow.upsert(make_credential())


@pytest.mark.services
def test_a_locked_table_of_postgresql_is_busy(tmp_path: Path) -> None:
    """A lock held by another connection ends the write after the time limit."""
    with migrated_store(empty_database("postgresql", tmp_path)) as store, store._engine.connect() as other:
        other.execute(text("LOCK TABLE credential"))
        with pytest.raises(StoreBusy), store.begin() as uow:
            uow.upsert(make_credential())


def test_two_writers_take_turns(any_store: Store) -> None:
    """Writers that come at the same time all get their turn."""
    patient = make_store(any_store._engine.url.render_as_string(hide_password=False), busy_timeout_s=30)

    def write(number: int) -> None:
        with patient.begin() as uow:
            uow.upsert(make_credential(f"mc:{number % 3}"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    patient.close()
    with any_store.read() as uow:
        assert uow.counts()["credentials"] == 3


def test_a_full_disk_leaves_what_was_there(store: Store) -> None:
    """The write that does not fit is undone, and the store says that space is missing."""
    with store.begin() as uow:
        uow.upsert(make_credential())
    store.close()
    event.listen(store._engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1").close())
    with pytest.raises(StoreFull, match="disk is full"), store.begin() as uow:
        uow.save_release(make_release(uris=tuple(f"urn:skill:{number}" for number in range(5_000))))
    with store.read() as uow:
        assert uow.releases() == ()
        assert uow.credential("mc:test:1") is not None


def test_a_database_that_may_only_be_read_is_told(store: Store) -> None:
    """It is not taken for a full disk."""
    event.listen(store._engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON").close())
    store.close()
    with pytest.raises(StoreFull, match="read-only"), store.begin() as uow:
        uow.upsert(make_credential())


@pytest.mark.services
def test_a_server_that_may_only_be_read_is_told(tmp_path: Path) -> None:
    """A standby server, for example."""
    with migrated_store(empty_database("postgresql", tmp_path)) as store:
        event.listen(store._engine, "begin", lambda connection: connection.exec_driver_sql("SET TRANSACTION READ ONLY"))
        with pytest.raises(StoreFull, match="read-only"), store.begin() as uow:
            uow.upsert(make_credential())


@pytest.mark.parametrize("name", ["pół znaku \ud800", pytest.param("zero \0", marks=pytest.mark.services)])
def test_a_name_that_cannot_be_stored_is_refused(tmp_path: Path, name: str) -> None:
    """Also where a release is copied row by row; SQLite can hold NUL, PostgreSQL cannot."""
    engine = "postgresql" if "\0" in name else "sqlite"
    with migrated_store(empty_database(engine, tmp_path)) as store:
        with store.begin() as uow:
            uow.save_release(make_release())
        with pytest.raises(RecordRefused), store.begin() as uow:
            uow.save_release(make_release(uris=(name,)))
        with store.read() as uow:
            assert uow.load_release("esco-1.2.1") == make_release()


def test_a_record_that_this_version_cannot_read_is_named(any_store: Store) -> None:
    """A body that somebody changed by hand is not taken for a missing record."""
    with any_store.begin() as uow:
        uow.upsert(make_vacancy("v:1"))
    with any_store._engine.begin() as connection:
        connection.execute(text("UPDATE vacancy SET body = '{}'"))
    with pytest.raises(StoreError, match="Vacancy in the database cannot be read"), any_store.read() as uow:
        uow.vacancy("v:1")


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL is an extra, and the message says which."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ExtraMissing, match=r"szlak\[postgres\]"):
        make_store("postgresql+psycopg://host/db")


def test_a_file_that_is_no_database_is_named(path: Path) -> None:
    """Neither migrating nor reading takes it for one, nor changes it."""
    path.write_text("to nie jest baza danych\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    store = make_store(f"sqlite:///{path}")
    with pytest.raises(StoreUnavailable, match=r"szlak\.db is damaged or is no database"):
        store.migrate()
    with pytest.raises(StoreUnavailable), store.read():
        pytest.fail("it was opened")
    assert path.read_bytes() == before


def test_a_database_that_is_not_there_is_not_made_by_reading(path: Path) -> None:
    """Only a migration makes the file."""
    with pytest.raises(StoreUnavailable, match="no database"), make_store(f"sqlite:///{path}").read():
        pytest.fail("it was opened")
    assert not path.exists()


def test_a_database_without_tables_asks_for_a_migration(path: Path) -> None:
    """An empty database is told apart from a broken one."""
    sqlite3.connect(path).close()
    path.touch()
    store = make_store(f"sqlite:///{path}")
    with pytest.raises(StoreUnavailable, match="migration"), store.read() as uow:
        uow.counts()
    store.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the place of the folder is a reason, not a traceback."""
    (tmp_path / "plain").write_text("x", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="folder"):
        make_store(f"sqlite:///{tmp_path / 'plain' / 'szlak.db'}").migrate()


def test_a_folder_in_the_place_of_the_file_is_told(path: Path) -> None:
    """SQLite cannot open a folder."""
    path.mkdir()
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        make_store(f"sqlite:///{path}").migrate()


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    """A first start needs no folder."""
    with migrated_store(f"sqlite:///{tmp_path / 'new' / 'folder' / 'szlak.db'}") as store, store.read() as uow:
        assert uow.counts()["credentials"] == 0


def test_a_database_of_a_newer_version_is_left_alone(any_store: Store) -> None:
    """A revision that this version does not know is not migrated over."""
    with any_store._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match="newer version"):
        any_store.migrate()


@pytest.mark.services
def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    """The message says which server, and keeps the password to itself."""
    store = make_store("postgresql+psycopg://szlak:tajne@127.0.0.1:1/nothing")
    with pytest.raises(StoreUnavailable) as refusal:
        store.migrate()
    assert "127.0.0.1:1/nothing" in str(refusal.value)
    assert "tajne" not in str(refusal.value)


@pytest.mark.parametrize(
    "url", ["", "szlak.db", "sqlite://", "sqlite:///:memory:", "mysql://host/db", "postgresql://host/db", "postgresql+psycopg2://h/d"]
)
def test_an_url_that_cannot_be_used_is_refused(url: str) -> None:
    """The refusal says which URLs can."""
    with pytest.raises(ConfigError, match=r"postgresql\+psycopg://"):
        make_store(url)


def test_a_row_that_contradicts_another_is_a_store_error(any_store: Store) -> None:
    """What the database refuses does not leave the room as an exception of its driver."""
    with any_store.begin() as uow:
        uow.append_decision(make_decision("mc:1", "", SEWING))
    with pytest.raises(StoreError, match="only ever added"), translated("test"), any_store._engine.begin() as connection:
        connection.execute(text("UPDATE decision SET verdict = 'reject'"))


def test_an_iterator_used_too_late_is_a_store_error(store: Store) -> None:
    """After its unit of work an iterator says that the store failed, not SQLAlchemy."""
    with store.begin() as uow:
        uow.append_decision(make_decision("mc:1", "", SEWING))
        decisions = uow.iter_decisions()
    with pytest.raises(StoreError):
        next(decisions)


def test_a_lock_is_waited_for(store: Store, path: Path) -> None:
    """A write that has to wait for less than the limit is done."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(BUSY_TIMEOUT_S / 4, other.execute, ("ROLLBACK",))
    release.start()
    with store.begin() as uow:
        uow.upsert(make_credential())
    release.join()
    other.close()
