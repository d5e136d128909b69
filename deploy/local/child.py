"""Runs a program as a given user, in a session of its own, so that it dies with whoever started it.

A process becomes `child.py` first and the program after, because the kernel forgets the wish to die with the
parent whenever the user changes: it has to be made in between. It imports nothing but the standard library.
"""

import ctypes
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class User:
    """The user a program runs as."""

    name: str
    uid: int
    gid: int


def child(
    program: Path | str, *arguments: Path | str, user: User | None = None, dying: int = signal.SIGINT
) -> list[str]:
    """The command line that runs `program` as `user` and sends it `dying` when the present process dies.

    Start it from a thread that lives as long as the process: Linux counts the thread as the parent. Elsewhere than
    on Linux nothing is sent, and a program left behind is found by its lock at the next start.
    """
    become = f"{user.uid}:{user.gid}" if user else "-"
    here = [sys.executable, "-I", "-S", __file__, str(os.getpid()), become, str(int(dying))]
    return [*here, str(program), *map(str, arguments)]


def _become(parent: str, user: str, dying: str, program: str, *arguments: str) -> None:
    if user != "-":
        uid, gid = map(int, user.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(dying))
    if os.getppid() != int(parent):
        sys.exit("the process that asked for this one died before it began")
    os.execv(program, (program, *arguments))  # noqa: S606 - the caller's own program, without a shell on purpose


if __name__ == "__main__":
    _become(*sys.argv[1:])
