"""Which sandboxes share a clock."""

from migrations.sql_files import execute, load, load_folder

revision = "log_0005"
down_revision = "log_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("set local role planclock_owner")
    load_folder("clocks/functions")
    load_folder("clocks/policies")
    load("clocks/grants/public", "clocks/grants/planclock_app")
    execute("reset role")


def downgrade() -> None:
    execute("drop function es.sharing_clock; drop policy sharing_clock on es.authority")
