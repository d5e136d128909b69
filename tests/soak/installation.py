"""A whole Planclock in processes of its own, each of which may be killed without warning and is started again."""

import asyncio
import base64
import os
import signal
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from random import Random

from deploy.local.child import child
from deploy.local.databases import Databases
from deploy.local.postgres import Cluster
from deploy.local.state import CLONE
from service.identity.signing import Signer, new_key
from tests.store.telling import MASTER_KEY
from tests.workflows.server import Server, free_port

HOST = "127.0.0.1"
_AUDIENCE = "planclock"
_PLANCLOCK = Path(sys.executable).with_name("planclock")
_COMMANDS = {"api": "api", "worker": "worker", "other worker": "worker"}
_PAUSE = 0.5
"""Seconds before what died is started again."""

_SHORTEST, _LONGEST, _AWAY = 3.0, 15.0, 2.0
"""Seconds between two kills, at least and at most, and for which a server is away at most."""


@dataclass
class Installation:
    """The API, two workers, Temporal and PostgreSQL. What they write goes to the end of `log`."""

    cluster: Cluster
    databases: Databases
    temporal: Server
    log: Path
    killed: Counter[str] = field(default_factory=Counter)
    _key: str = field(default_factory=new_key)
    _port: int = field(default_factory=free_port)
    _processes: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    _kept: list["asyncio.Task[None]"] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where its API listens."""
        return f"http://{HOST}:{self._port}"

    @property
    def signer(self) -> Signer:
        """Signs tokens that it believes."""
        return Signer(self.url, self._key, _AUDIENCE, lambda: datetime.now(UTC))

    def start(self) -> None:
        """Starts what is a process of ours, and keeps it going; PostgreSQL and Temporal must run."""
        self._kept = [asyncio.create_task(self._keep(name)) for name in _COMMANDS]

    async def trouble(self, luck: Random) -> None:
        """Kills each part in turn, the turns in an order of luck's, and starts it again, for as long as it is let."""
        parts = [*_COMMANDS, "temporal", "postgresql"]
        for name in chain.from_iterable(luck.sample(parts, len(parts)) for _ in count()):
            await asyncio.sleep(luck.uniform(_SHORTEST, _LONGEST))
            self.killed[name] += 1
            await asyncio.shield(self._killed(name, luck.uniform(0, _AWAY)))

    async def stop(self) -> None:
        """Tells what runs to stop, and waits."""
        for kept in self._kept:
            kept.cancel()
        await asyncio.gather(*self._kept, return_exceptions=True)

    async def _killed(self, name: str, away: float) -> None:
        """Kills a part as a power cut would, and starts it again after so many seconds."""
        match name:
            case "postgresql":
                self.cluster.kill()
                await asyncio.sleep(away)
                self.cluster.start()
            case "temporal":
                await self.temporal.kill()
                await asyncio.sleep(away)
                await self.temporal.start()
            case _ if self._processes[name].returncode is None:
                self._processes[name].kill()

    async def _keep(self, name: str) -> None:
        """Starts it again whenever it dies, as whoever runs it would: killed, or because what it needs was away."""
        while True:
            await self._start(name)
            try:
                await self._processes[name].wait()
            except asyncio.CancelledError:
                self._processes[name].terminate()
                await self._processes[name].wait()
                raise
            await asyncio.sleep(_PAUSE)

    async def _start(self, name: str) -> None:
        with self.log.open("ab") as output:
            self._processes[name] = await asyncio.create_subprocess_exec(
                *child(_PLANCLOCK, _COMMANDS[name], dying=signal.SIGTERM),
                cwd=CLONE,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **self._environment()},
                start_new_session=True,
            )

    def _environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.databases.log_dsn,
            "PLANCLOCK_KEYS_URL": self.databases.keys_dsn,
            "PLANCLOCK_WORKER_URL": self.databases.worker_dsn,
            "PLANCLOCK_MASTER_KEY": base64.b64encode(MASTER_KEY).decode(),
            "PLANCLOCK_ISSUER": self.url,
            "PLANCLOCK_LOCAL_ISSUER_KEY": self._key,
            "PLANCLOCK_PORT": str(self._port),
            "TEMPORAL_ADDRESS": self.temporal.server.address,
        }
