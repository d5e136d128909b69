"""The codes by which authorities address one another."""

from migrations.sql_files import execute, load, load_folder

revision = "log_0008"
down_revision = "log_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("set local role planclock_owner")
    load("codes/tables/authority_code")
    for folder in ("functions", "policies", "triggers"):
        load_folder(f"codes/{folder}")
    load("codes/grants/public", "codes/grants/planclock_app")
    execute("reset role")


def downgrade() -> None:
    execute("drop function es.take_code, es.same_world; drop table es.authority_code")
