"""The `planclock` command, as somebody types it."""

import base64
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from deploy.local.databases import Databases
from service.command import COMMANDS

Planclock = Callable[..., "subprocess.CompletedProcess[str]"]

SCRIPT = Path(sys.executable).with_name("planclock")


def typed(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([SCRIPT, *words], check=False, capture_output=True, text=True, env=environment)


@pytest.fixture(scope="module")
def planclock(databases: Databases) -> Planclock:
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": databases.log_dsn,
        "PLANCLOCK_KEYS_URL": databases.keys_dsn,
        "PLANCLOCK_WORKER_URL": databases.worker_dsn,
        "PLANCLOCK_MASTER_KEY": base64.b64encode(b"k" * 32).decode(),
        "PLANCLOCK_ISSUER": "https://login.example",
    }

    def planclock(*words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return typed(environment | more, *words)

    return planclock


def test_help_says_what_each_command_does(planclock: Planclock) -> None:
    said = planclock("--help").stdout

    for command in COMMANDS:
        assert command.partition(" ")[0] in said


def test_an_authority_that_was_created_is_on_the_list(planclock: Planclock) -> None:
    created = planclock("authority", "create", "Example authority", "--pack", "staffordshire")

    assert created.returncode == 0, created.stderr
    assert f"{UUID(created.stdout.strip())}  real     Example authority" in planclock("authority", "list").stdout


def test_an_authority_may_be_created_under_an_agreed_id_and_only_once(planclock: Planclock) -> None:
    words = ("authority", "create", "Example authority", "--pack", "staffordshire", "--id", str(uuid4()))

    assert planclock(*words).stdout.strip() == words[-1]
    again = planclock(*words)

    assert (again.returncode, again.stderr) == (1, "planclock: an authority with that id is there already\n")


def test_an_unknown_pack_is_one_clear_line(planclock: Planclock) -> None:
    said = planclock("authority", "create", "Example authority", "--pack", "atlantis")

    assert (said.returncode, said.stderr) == (1, "planclock: no pack is called atlantis\n")


def test_a_database_that_cannot_be_reached_is_one_clear_line(planclock: Planclock) -> None:
    said = planclock("authority", "list", DATABASE_URL="postgresql://planclock_app:x@127.0.0.1:1/log")

    assert said.returncode == 1
    assert said.stderr.startswith("planclock: the database cannot be reached: ")
    assert said.stderr.count("\n") == 1


def test_missing_settings_are_named_and_nothing_else_is_said() -> None:
    said = typed({"PATH": os.environ["PATH"]}, "authority", "list")

    assert said.returncode == 1
    assert "DATABASE_URL is not set" in said.stderr
    assert "Traceback" not in said.stderr


def test_migrating_again_changes_nothing(planclock: Planclock, databases: Databases) -> None:
    keys = databases.server.dsn(databases.keys)

    said = planclock("migrate", DATABASE_URL=databases.admin_dsn, PLANCLOCK_KEYS_URL=keys)

    assert said.stdout == "planclock: the log and the case keys are at the newest schema\n"
