"""`make soak` repeats, and stops at a failure."""

import subprocess
import sys

from deploy.local.state import CLONE


def soak(*paths: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.soak", "--minutes", "0", "rounds", "--paths", *paths]
    return subprocess.run(command, cwd=CLONE, check=False, capture_output=True, text=True)


def test_a_round_that_passes_is_counted() -> None:
    ended = soak("tests/platform/test_network.py")

    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (0, "1 rounds, all passed")


def test_a_round_that_fails_ends_it_and_names_the_seed() -> None:
    ended = soak("tests/platform/test_that_is_not_there.py")

    assert ended.returncode != 0
    assert "round 1 failed; --hypothesis-seed=" in ended.stdout
