"""A real Temporal server that skips time: nothing waits for a date, and everything else is as it is in real time."""

import asyncio
import json
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from deploy.local.child import child
from deploy.local.temporal_binary import TOOLS, installed_with_go
from tests.workflows.running import eventually
from tests.workflows.server import free_port
from workflows.connecting import prepare
from workflows.nudging import TemporalAwayError

MODULE = "go.temporal.io/server/cmd/server@v1.32.1"
"""The first server that skips time by itself. The command that `make run` uses carries an older one."""

_HOST = "127.0.0.1"
_SERVICES = ("frontend", "matching", "history", "worker")
_STARTING = 120.0
_RETENTION = timedelta(days=30)


class NoSkippingError(Exception):
    """There is no such server here; the message says why."""


async def binary() -> Path:
    """The server, built with Go the first time.

    Raises:
        NoSkippingError: It is not there, and could not be built.
    """
    found = TOOLS / "bin" / "server"
    if not found.exists() and not await installed_with_go(MODULE, "Temporal's server that skips time", TOOLS, print):
        raise NoSkippingError(f"{found} is not there and could not be built with Go: go install {MODULE}")
    return found


@asynccontextmanager
async def skipping() -> AsyncIterator[Client]:
    """The server with everything in memory, and a connection to it.

    Raises:
        NoSkippingError: There is none.
    """
    server = await binary()
    directory = Path(tempfile.mkdtemp(prefix="planclock-skipping-", dir="/tmp"))
    port = free_port()
    (directory / "dynamic.json").write_text(json.dumps(_dynamic()))
    (directory / "server.json").write_text(json.dumps(_settings(directory, port)))
    with (directory / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *child(server, "--config-file", directory / "server.json", "start", dying=signal.SIGTERM),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield await eventually(lambda: _connected(process, port, directory / "log"), patience=_STARTING)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        shutil.rmtree(directory)


async def _connected(process: asyncio.subprocess.Process, port: int, log: Path) -> Client | None:
    """A connection, once the server has a namespace, and says so; it comes without any."""
    assert process.returncode is None, log.read_text()[-2000:]
    with suppress(RuntimeError):
        client = await Client.connect(f"{_HOST}:{port}")
        with suppress(RPCError, TemporalAwayError):
            await _register(client)
            return client if await prepare(client) else None
    return None


async def _register(client: Client) -> None:
    request = RegisterNamespaceRequest(namespace=client.namespace)
    request.workflow_execution_retention_period.FromTimedelta(_RETENTION)
    try:
        await client.workflow_service.register_namespace(request)
    except RPCError as error:
        if error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise


def _dynamic() -> Mapping[str, Any]:
    """Time is skipped, without the second that timers may wait for each other, and the cap on skips is far off."""
    return {
        "frontend.WorkflowTimeSkippingEnabled": [{"value": True}],
        "history.timerProcessorMaxTimeShift": [{"value": "1ms"}],
        "system.forceSearchAttributesCacheRefreshOnRead": [{"value": True}],
    }


def _settings(directory: Path, port: int) -> Mapping[str, Any]:
    """One process, one shard, SQLite in memory, ports of its own; YAML that is JSON."""
    ports = {service: {"grpcPort": free_port(), "membershipPort": free_port()} for service in _SERVICES}
    ports["frontend"]["grpcPort"] = port
    return {
        "log": {"stdout": True, "level": "warn"},
        "persistence": {
            "defaultStore": "events",
            "visibilityStore": "visibility",
            "numHistoryShards": 1,
            "datastores": {"events": {"sql": _sqlite("events")}, "visibility": {"sql": _sqlite("visibility")}},
        },
        "global": {"membership": {"maxJoinDuration": "30s", "broadcastAddress": _HOST}},
        "services": {service: {"rpc": {**each, "bindOnLocalHost": True}} for service, each in ports.items()},
        "clusterMetadata": {
            "failoverVersionIncrement": 10,
            "masterClusterName": "active",
            "currentClusterName": "active",
            "clusterInformation": {
                "active": {
                    "enabled": True,
                    "initialFailoverVersion": 1,
                    "rpcName": "frontend",
                    "rpcAddress": f"{_HOST}:{port}",
                }
            },
        },
        "dcRedirectionPolicy": {"policy": "noop"},
        "dynamicConfigClient": {"filepath": str(directory / "dynamic.json"), "pollInterval": "10s"},
    }


def _sqlite(name: str) -> Mapping[str, Any]:
    return {
        "pluginName": "sqlite",
        "databaseName": name,
        "connectAddr": "localhost",
        "connectProtocol": "tcp",
        "connectAttributes": {"mode": "memory", "cache": "shared", "setup": "true"},
        "maxConns": 1,
        "maxIdleConns": 1,
        "maxConnLifetime": "1h",
    }
