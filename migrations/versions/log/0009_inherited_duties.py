"""Which duties fell due before the authority carried the case, so that they are counted nowhere."""

from migrations.sql_files import execute, load

revision = "log_0009"
down_revision = "log_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("set local role planclock_owner")
    load("inheriting/columns/duty_inherited")
    execute("reset role")


def downgrade() -> None:
    execute("alter table rm.duty drop column inherited")
