"""Files and folders that only the user a server runs as may read. Folders above keep the permissions they have."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from deploy.local.child import User

_PRIVATE = 0o700
_NOTE = "sockets"


class ClosedError(Exception):
    """A place cannot be used; the message is one line that says why and what to do."""


def give(path: Path, user: User | None) -> None:
    """Makes `user` the owner of `path`, which is ours. None leaves it ours."""
    if user is not None:
        os.chown(path, user.uid, user.gid)


def make_private(directory: Path, user: User | None) -> None:
    """Makes `directory` and gives it to `user`.

    Raises:
        ClosedError: `user` may not enter a folder above it, or it holds somebody else's files.
    """
    directory.mkdir(parents=True, exist_ok=True)
    if user is None:
        return
    closed = next((above for above in directory.resolve().parents if not may_pass(above, user)), None)
    if closed is not None:
        raise ClosedError(f"PostgreSQL must run as {user.name}, who may not enter {closed}: choose another place")
    if directory.stat().st_uid != user.uid and any(directory.iterdir()):
        raise ClosedError(f"{directory} belongs to somebody else: choose another place")
    give(directory, user)
    directory.chmod(_PRIVATE)


def may_pass(directory: Path, user: User) -> bool:
    """Whether `user` may pass through `directory` on the way to something below it."""
    status = directory.stat()
    return bool(status.st_mode & 0o001) or (status.st_uid == user.uid and bool(status.st_mode & 0o100))


def write_private(path: Path, content: bytes, user: User | None) -> None:
    """Writes a file that only `user` may read, whole or not at all, in place of one that may be there."""
    half_written = path.with_name(f"{path.name}.new")
    half_written.unlink(missing_ok=True)
    with open(half_written, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
    give(half_written, user)
    half_written.rename(path)


def short_directory(directory: Path, user: User | None, *, longest: int) -> Path:
    """A private folder inside `directory`, or, where that path has more than `longest` bytes, one in `/tmp`.

    It is the same one at every call until `remove_short_directory`: `directory` remembers which was made.
    """
    inside, note = directory / "s", directory / _NOTE
    if len(os.fsencode(inside)) <= longest:
        inside.mkdir(mode=_PRIVATE, exist_ok=True)
        give(inside, user)
        return inside
    if note.exists() and _is_private(known := Path(note.read_text()), user):
        return known
    made = Path(tempfile.mkdtemp(prefix="planclock-", dir="/tmp"))
    give(made, user)
    note.write_text(str(made))
    return made


def remove_short_directory(directory: Path, user: User | None) -> None:
    """Removes the folder in `/tmp`, if there is one."""
    note = directory / _NOTE
    if note.exists():
        if _is_private(known := Path(note.read_text()), user):
            shutil.rmtree(known)
        note.unlink()


def _is_private(directory: Path, user: User | None) -> bool:
    with suppress(FileNotFoundError):
        status = directory.lstat()
        owner = user.uid if user else os.geteuid()
        return status.st_uid == owner and status.st_mode & 0o777 == _PRIVATE and directory.is_dir()
    return False
