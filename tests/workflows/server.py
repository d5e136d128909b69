"""A real Temporal dev server for the tests that need one, that may be killed and started again."""

import asyncio
import signal
import socket

from temporalio.client import Client
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter

from deploy.local.temporal import DevServer

PATIENCE = 60.0


class Server:
    """One dev server over a database file of its own."""

    def __init__(self, server: DevServer) -> None:
        self.server = server
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self.process = await self.server.start()
        assert await self.server.listens(self.process), self.server.log.read_text()

    async def kill(self) -> None:
        """As a machine that loses its power would."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            await self.process.wait()

    def forget(self) -> None:
        """Deletes its database: every timer in it is gone."""
        for file in self.server.file.parent.glob(f"{self.server.file.name}*"):
            file.unlink()

    async def client(self) -> Client:
        """Connects, once it takes connections. The SDK's own log lines are left out of what tests print."""
        quiet = Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(TelemetryFilter("ERROR", "ERROR"))))
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    return await Client.connect(self.server.address, runtime=quiet)
                except RuntimeError:
                    await asyncio.sleep(0.1)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
