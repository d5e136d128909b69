"""Brings the log and the keys, two databases, to the newest schema or back to nothing."""

import argparse
import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

HERE = Path(__file__).parent


async def upgrade(log_dsn: str, keys_dsn: str, passwords: Mapping[str, str] | None = None) -> None:
    """Brings both databases to the newest schema. Safe to run again, and by several processes at once.

    Args:
        log_dsn: The log, as a role that may create roles and schemas.
        keys_dsn: The case keys, a database of their own so that no backup of the log holds them.
        passwords: For each role that may log in here, its password.
    """
    await _migrate(log_dsn, "log", lambda config: command.upgrade(config, "head"))
    await _migrate(keys_dsn, "keys", lambda config: command.upgrade(config, "head"))
    await let_in(log_dsn, passwords or {})


async def downgrade(log_dsn: str, keys_dsn: str) -> None:
    """Takes everything out of both databases. Roles belong to the whole cluster and stay."""
    await _migrate(keys_dsn, "keys", lambda config: command.downgrade(config, "base"))
    await _migrate(log_dsn, "log", lambda config: command.downgrade(config, "base"))


async def let_in(dsn: str, passwords: Mapping[str, str]) -> None:
    """Lets each of these roles log in with its password."""
    connection = await asyncpg.connect(dsn)
    try:
        for role, password in passwords.items():
            statement = "select format('alter role %I login password %L', $1::text, $2::text)"
            await connection.execute(await connection.fetchval(statement, role, password))
    finally:
        await connection.close()


async def _migrate(dsn: str, branch: str, step: Callable[[Config], None]) -> None:
    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(dsn), poolclass=NullPool
    )
    try:
        async with engine.connect() as connection:
            await connection.run_sync(lambda sync: step(_config(sync, branch)))
    finally:
        await engine.dispose()


def _config(connection: Connection, branch: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("version_locations", str(HERE / "versions" / branch).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def main() -> None:
    """The command line: `python -m migrations.run upgrade|downgrade LOG_DSN KEYS_DSN`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["upgrade", "downgrade"])
    parser.add_argument("log", help="the log's database, as a URL")
    parser.add_argument("keys", help="the keys' database, as a URL")
    asked = parser.parse_args()
    step = upgrade if asked.step == "upgrade" else downgrade
    asyncio.run(step(asked.log, asked.keys))


if __name__ == "__main__":
    main()
