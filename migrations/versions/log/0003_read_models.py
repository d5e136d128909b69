"""The worklist, the case list, and how far each has followed the log."""

from migrations.sql_files import execute, load, load_folder

revision = "log_0003"
down_revision = "log_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("create schema rm authorization planclock_owner; set local role planclock_owner")
    load(*(f"read_models/tables/{table}" for table in ("checkpoint", "listed_case", "duty")))
    load_folder("read_models/indexes")
    load_folder("read_models/policies")
    load("read_models/grants/planclock_app", "read_models/grants/planclock_worker")
    execute("reset role")


def downgrade() -> None:
    execute("drop schema rm cascade")
