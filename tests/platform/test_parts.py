"""Parts of a local stack: started again when they die, one owner at a time, gone when their owner is gone."""

import os
import select
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from deploy.local.child import child
from deploy.local.lock import HeldError, Lock
from deploy.local.part import Program, keep
from deploy.local.state import CLONE

TAKE_AND_WAIT = """
import sys, pathlib
from deploy.local.lock import Lock
Lock(pathlib.Path(sys.argv[1])).take()
print(flush=True)
sys.stdin.read()
"""

START_A_CHILD_AND_WAIT = """
import subprocess, sys
from deploy.local.child import child
print(subprocess.Popen(child("/bin/sleep", "600")).pid, flush=True)
sys.stdin.read()
"""


class EnoughError(Exception):
    """The test has seen enough."""


class Life:
    """A part whose lives last as long as a test says, with a clock and a sleep to match."""

    def __init__(self, *lives: float) -> None:
        self.now = 0.0
        self.lives = list(lives)
        self.pauses: list[float] = []
        self.said: list[str] = []

    async def run(self) -> str:
        if not self.lives:
            raise EnoughError
        self.now += self.lives.pop(0)
        return "exit 1"

    async def sleep(self, pause: float) -> None:
        self.pauses.append(pause)

    async def keep(self) -> None:
        with pytest.raises(EnoughError):
            await keep("the part", self.run, self.said.append, clock=lambda: self.now, sleep=self.sleep)


async def test_a_part_that_dies_at_once_is_started_again_later_each_time_and_half_a_minute_at_most() -> None:
    life = Life(*[0.1] * 10)

    await life.keep()

    assert life.pauses[0] == 0.5
    assert all(after == min(2 * before, 30) for before, after in pairwise(life.pauses))
    assert life.pauses[-1] == 30


async def test_a_part_that_ran_well_for_a_while_is_started_again_soon() -> None:
    life = Life(0.1, 0.1, 0.1, 3600)

    await life.keep()

    assert life.pauses == [0.5, 1, 2, 0.5]


async def test_the_death_of_a_part_is_said_in_one_line() -> None:
    life = Life(0.1)

    await life.keep()

    assert life.said == ["the part stopped (exit 1); starting it again in 0.5 s"]


async def test_a_program_that_fails_says_how_and_where_to_read_more(tmp_path: Path) -> None:
    log = tmp_path / "log"

    died = await Program("no-such-command", {}, log).run()

    assert died == f"exit 2, see {log}"
    assert "no-such-command" in log.read_text()


def test_a_lock_that_somebody_holds_names_them(tmp_path: Path) -> None:
    with (
        Lock(tmp_path / "lock"),
        pytest.raises(HeldError, match=f"held by process {os.getpid()}"),
        Lock(tmp_path / "lock"),
    ):
        pass


def test_a_lock_whose_holder_was_killed_is_free(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TAKE_AND_WAIT, str(tmp_path / "lock")],
        cwd=CLONE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()

    with Lock(tmp_path / "lock"):
        pass


def test_a_lock_that_is_given_back_can_be_taken_again(tmp_path: Path) -> None:
    with Lock(tmp_path / "lock"):
        pass

    with Lock(tmp_path / "lock"):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_child_dies_with_its_parent() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", START_A_CHILD_AND_WAIT], cwd=CLONE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        orphan = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()

    died, _, _ = select.select([orphan], [], [], 30)
    assert died == [orphan]


def test_a_child_whose_parent_is_already_dead_does_not_begin() -> None:
    command = child("/bin/echo", "begun")
    command[command.index(str(os.getpid()))] = "1"

    ended = subprocess.run(command, check=False, capture_output=True, text=True)

    assert (ended.returncode, ended.stdout) == (1, "")
