"""The immutable texts of packs and calendars, by their digests."""

from migrations.sql_files import execute, load, load_folder

revision = "log_0002"
down_revision = "log_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute("set local role planclock_owner")
    load("texts/tables/stored_text")
    load_folder("texts/functions")
    load_folder("texts/triggers")
    load(*(f"texts/grants/{role}" for role in ("public", "planclock_app", "planclock_worker")))
    execute("reset role")


def downgrade() -> None:
    execute("drop function es.keep_text, es.text_of; drop table es.stored_text")
