"""`planclock` typed at a terminal, against a test's own databases and Temporal."""

import asyncio
import os
import sys
from pathlib import Path

from deploy.local.databases import Databases
from tests.workflows.server import Server

PLANCLOCK = Path(sys.executable).with_name("planclock")


def environment(databases: Databases, temporal: Server) -> dict[str, str]:
    """What a process of this Planclock needs to know; the key is the one of the tests' world."""
    return {
        **os.environ,
        "DATABASE_URL": databases.log_dsn,
        "PLANCLOCK_KEYS_URL": databases.keys_dsn,
        "PLANCLOCK_WORKER_URL": databases.worker_dsn,
        "PLANCLOCK_MASTER_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "PLANCLOCK_ISSUER": "http://127.0.0.1:1",
        "TEMPORAL_ADDRESS": temporal.server.address,
    }


async def planclock(*words: str, environment: dict[str, str]) -> tuple[int, str]:
    """How a command ended, and what it said."""
    process = await asyncio.create_subprocess_exec(
        PLANCLOCK, *words, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()
