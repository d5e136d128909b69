"""Who looked at which case."""

from migrations.sql_files import execute, load, load_folder

revision = "log_0004"
down_revision = "log_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("set local role planclock_owner")
    load("access/tables/access")
    load_folder("access/functions")
    load_folder("access/policies")
    load_folder("access/triggers")
    load(*(f"access/grants/{role}" for role in ("public", "planclock_app", "planclock_worker")))
    execute("reset role")


def downgrade() -> None:
    execute("drop function es.record_access; drop table es.access")
