"""One owner at a time: a file lock that says who holds it, and that the death of its holder opens."""

import fcntl
import os
import time
from pathlib import Path
from typing import BinaryIO, Self

_PATIENCE = 30.0
"""Seconds granted to what a dead owner left running and that still holds the lock."""


class HeldError(Exception):
    """Somebody else holds the lock. `owner` is their process id, or empty when it is not known."""

    def __init__(self, owner: str) -> None:
        super().__init__(f"held by process {owner}" if owner else "held")
        self.owner = owner


class Lock:
    """The lock in one file. Children that inherit `fileno` hold it too, until the last of them is gone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def take(self) -> None:
        """Takes the lock; waits only where its owner is dead and something they started has not finished yet.

        Raises:
            HeldError: A living process holds it.
        """
        file = self._path.open("a+b")
        deadline = time.monotonic() + _PATIENCE
        while not _locked(file):
            owner = self._path.read_text()
            if _lives(owner) or time.monotonic() > deadline:
                file.close()
                raise HeldError(owner)
            time.sleep(0.005)
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        self._file = file

    def fileno(self) -> int:
        """The descriptor to hand to a child that must hold the lock as well; the lock must have been taken."""
        if self._file is None:
            raise ValueError("the lock is not taken")
        return self._file.fileno()

    def release(self) -> None:
        """Gives it back. Nothing happens when it is not held."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _locked(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
