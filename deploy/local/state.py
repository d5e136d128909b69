"""Where a clone keeps its local state, and as whom: outside the clone, so that `git clean` loses no data."""

import hashlib
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from deploy.local.child import User

CLONE = Path(__file__).resolve().parents[2]
"""The root of this clone."""


def state_directory(clone: Path = CLONE) -> Path:
    """The clone's state: in `/var/lib/planclock` as root, else under `$XDG_STATE_HOME`. Made if it is not there."""
    is_root = os.geteuid() == 0
    home = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    shared = (Path("/var/lib") if is_root else home) / "planclock"
    own = shared / hashlib.sha256(os.fsencode(clone)).hexdigest()[:12]
    for directory, mode in ((shared, 0o755), (own, 0o711 if is_root else 0o700)):
        if not directory.exists():
            directory.mkdir(parents=True, exist_ok=True)
            # Whatever the umask: the unprivileged server must be able to pass.
            directory.chmod(mode)
    return own


def unprivileged_user() -> User | None:
    """Who a server runs as when we are root: `planclock`, made if it can be, else `nobody`. Else None: as us."""
    if os.geteuid() != 0:
        return None
    return _user("planclock") or _made("planclock") or _user("nobody")


def _user(name: str) -> User | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return User(name, entry.pw_uid, entry.pw_gid)


def _made(name: str) -> User | None:
    useradd = shutil.which("useradd")
    if useradd is None:
        return None
    # Its failure is not ours: another start may have made the user a moment before, and `nobody` is left in any case.
    subprocess.run(
        [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name],
        check=False,
        capture_output=True,
    )
    return _user(name)
