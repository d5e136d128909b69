"""Alembic's way in. `migrations.run` hands over an open connection to the database it migrates."""

from alembic import context

_LOCK = 1886151012
"""One migration of a database at a time."""

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=False)
with context.begin_transaction():
    connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")
    context.run_migrations()
