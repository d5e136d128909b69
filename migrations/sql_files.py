"""The SQL that migrations load: one object a file, each named after its object."""

from pathlib import Path

from alembic import op

SQL = Path(__file__).parent / "sql"


def load(*objects: str) -> None:
    """Runs `sql/<object>.sql` for each object, in order, as the role that migrates."""
    for name in objects:
        execute((SQL / f"{name}.sql").read_text())


def load_folder(folder: str) -> None:
    """Runs every file of a folder under `sql/`, by name."""
    load(*sorted(f"{folder}/{file.stem}" for file in (SQL / folder).glob("*.sql")))


def execute(script: str) -> None:
    """Runs a script of several statements, which no prepared statement can hold, in the migration's transaction."""
    bind = op.get_bind()
    bind.exec_driver_sql("select 1")  # begins the transaction, if nothing did yet
    connection = bind.connection.dbapi_connection
    connection.run_async(lambda driver: driver.execute(script))  # type: ignore[union-attr]  # asyncpg's adapter has it
