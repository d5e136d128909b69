"""What comparing timers with the log has found."""

from migrations.sql_files import execute, load

revision = "log_0006"
down_revision = "log_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("set local role planclock_owner")
    load("timers/tables/reconciliation", "timers/policies/reconciliation")
    load("timers/grants/planclock_app", "timers/grants/planclock_worker")
    execute("reset role")


def downgrade() -> None:
    execute("drop table rm.reconciliation")
