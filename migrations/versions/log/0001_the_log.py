"""The log: authorities, events, blocks, references and erasures, with the functions that alone may write them."""

from migrations.sql_files import execute, load, load_folder

revision = "log_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    load_folder("roles")
    execute("create schema es authorization planclock_owner; set local role planclock_owner")
    load(*(f"tables/{table}" for table in ("clock", "authority", "event", "block", "reference", "erasure")))
    load_folder("functions")
    load_folder("triggers")
    load_folder("policies")
    load(*(f"grants/{role}" for role in ("public", "planclock_app", "planclock_worker", "planclock_records")))
    execute("reset role")


def downgrade() -> None:
    execute("drop schema es cascade")
