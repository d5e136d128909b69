"""Work over every case of an authority, and what it found in each."""

from migrations.sql_files import execute, load

revision = "log_0010"
down_revision = "log_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("set local role planclock_owner")
    load("batches/tables/batch", "batches/tables/batch_case")
    load("batches/policies/batch", "batches/policies/batch_case")
    load("batches/grants/planclock_app", "batches/grants/planclock_worker")
    execute("reset role")


def downgrade() -> None:
    execute("drop table rm.batch_case, rm.batch")
