"""`planclock migrate`: the databases to the newest schema."""

import asyncio

from migrations.run import upgrade
from service.command.settings import read_settings
from service.settings import MigrationSettings


def migrate() -> None:
    """Bring the log and the case keys to the newest schema. Safe to run again, and while the service runs."""
    settings = read_settings(MigrationSettings)
    given = {"planclock_app": settings.app_password, "planclock_worker": settings.worker_password}
    passwords = {role: password.get_secret_value() for role, password in given.items() if password is not None}
    asyncio.run(upgrade(settings.database_url.get_secret_value(), settings.keys_url.get_secret_value(), passwords))
    print("planclock: the log and the case keys are at the newest schema")
