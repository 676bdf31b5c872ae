"""The one gate through which every statement goes, so that no error of an engine escapes untranslated."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Executable, Table, Text, any_, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from szlak.catalogue.records import is_id
from szlak.catalogue.store.faults import translate, translated

Values = Mapping[str, Any]


class Sql:
    """Statements within one transaction."""

    def __init__(self, connection: Connection, database: str) -> None:
        """Keep the connection and the name of the database for error messages."""
        self._connection = connection
        self._database = database

    def rows(self, statement: Executable) -> list[Any]:
        """Return all rows of a query."""
        with translated(self._database):
            return list(self._connection.execute(statement).all())

    def row(self, statement: Executable) -> Any:  # noqa: ANN401 - a row has the columns that were asked for
        """Return the first row of a query, or None."""
        with translated(self._database):
            return self._connection.execute(statement).first()

    def run(self, statement: Executable, rows: Sequence[Values] | None = None) -> int:
        """Execute a statement, once for each row if rows are given (none at all for none); return how many rows it touched."""
        if rows is not None and not rows:
            return 0
        with translated(self._database):
            return self._connection.execute(statement, rows).rowcount

    def key_of(self, statement: Executable) -> int:
        """Execute an insert and return the number that the new row was given."""
        with translated(self._database):
            key: Any = self._connection.execute(statement).inserted_primary_key
            return int(key[0])

    def fill(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert many rows, each in the order of the table's columns, the quickest way that the engine has.

        SQLAlchemy's own way would take twice as long for the 280,000 rows of a release. Columns of a type of ours (Moment) cannot
        be filled so.
        """
        if not rows:
            return
        if self._connection.dialect.name == "postgresql":
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            self._copy(f'COPY "{table.name}" ({names}) FROM STDIN', rows)
            return
        statement = str(table.insert().compile(dialect=self._connection.dialect))
        with translated(self._database):
            self._connection.exec_driver_sql(statement, list(rows))

    def _copy(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        cursor: Any = self._connection.connection.cursor()
        try:
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        except (self._connection.dialect.loaded_dbapi.Error, UnicodeError) as error:
            raise translate(error, self._database) from error

    def upsert(self, table: Table, values: Values) -> None:
        """Insert a row, or give the row of the same primary key these values."""
        rest = [column.name for column in table.columns if not column.primary_key and column.name in values]
        statement = self._insert(table).values(**values)
        keys = [column.name for column in table.primary_key]
        self.run(statement.on_conflict_do_update(index_elements=keys, set_={name: statement.excluded[name] for name in rest}))

    def insert_missing(self, table: Table, values: Values) -> bool:
        """Insert a row unless its primary key is there already; return whether it was inserted."""
        return self.run(self._insert(table).values(**values).on_conflict_do_nothing()) > 0

    def _insert(self, table: Table) -> Any:  # noqa: ANN401 - the two engines' inserts share these methods, not a class
        return postgresql.insert(table) if self._connection.dialect.name == "postgresql" else sqlite.insert(table)

    def among(self, column: Column[Any], keys: Sequence[str]) -> ColumnElement[bool]:
        """Return the condition that a column is one of the keys, as one parameter however many there are."""
        wanted = [key for key in keys if is_id(key)]
        if self._connection.dialect.name == "postgresql":
            return column == any_(bindparam(None, wanted, type_=postgresql.ARRAY(Text)))
        return column.in_(select(func.json_each(json.dumps(wanted)).table_valued("value").c.value))

    def iter_batches(self, table: Table, key: Column[Any], size: int) -> Iterator[list[Any]]:
        """Yield the rows of a table by its key, `size` at a time, holding one batch in memory."""
        batch = self.rows(select(table).order_by(key).limit(size))
        while batch:
            yield batch
            batch = self.rows(select(table).where(key > batch[-1]._mapping[key]).order_by(key).limit(size))
