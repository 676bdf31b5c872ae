"""Alembic's entry: migrates the connection it is given, within the transaction that is open there."""

from alembic import context

from szlak.catalogue.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_server_default=True,
    # SQLite can undo DDL too, once the driver leaves transactions alone (engine.py).
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
