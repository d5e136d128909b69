"""The keys of cases and authorities, in a database of their own so that no backup of the log holds them."""

from migrations.sql_files import execute, load, load_folder

revision = "keys_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    load_folder("roles")
    execute("create schema keys authorization planclock_owner; set local role planclock_owner")
    load("keys/tables/case_key", "keys/tables/authority_key")
    load_folder("keys/functions")
    load_folder("keys/policies")
    load(*(f"keys/grants/{role}" for role in ("public", "planclock_app", "planclock_records")))
    execute("reset role")


def downgrade() -> None:
    execute("drop schema keys cascade")
