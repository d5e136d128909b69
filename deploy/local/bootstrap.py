"""Makes the project's own environment from nothing but a Python: first uv in `.tools/`, then `.venv` from the lock.

Run by the Makefile with whatever Python the machine has, before anything is installed, so it imports only the
standard library. When nothing has changed it touches no network and takes some thirty milliseconds. Two at once are
safe: the second waits.
"""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
UV_VERSION = "uv>=0.13,<0.14"
OLDEST, NEWEST = (3, 11), (3, 14)


def main() -> None:
    """Makes `.venv` if it is not there or not up to date."""
    _check_python()
    tools = CLONE / ".tools"
    tools.mkdir(exist_ok=True)
    with (tools / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, wanted = CLONE / ".venv" / ".stamp", _fingerprint()
        if not stamp.exists() or stamp.read_text() != wanted:
            _sync(_uv(tools))
            stamp.write_text(wanted)


def _check_python() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        have = ".".join(map(str, sys.version_info[:2]))
        _give_up(f"needs Python 3.11 to 3.14 and found {have}: name one with make PYTHON=/path/to/python3.x")
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        _give_up("needs Python's venv module: install it (on Debian: apt install python3-venv)")


def _fingerprint() -> str:
    """What the environment is made from, so that any change of it makes a new one."""
    made_from = [(CLONE / name).read_bytes() for name in ("pyproject.toml", "uv.lock")]
    return hashlib.sha256(b"\0".join([*made_from, sys.version.encode(), os.fsencode(CLONE)])).hexdigest()


def _uv(tools: Path) -> Path:
    uv = tools / "uv" / "bin" / "uv"
    if not uv.exists():
        _say("installing uv into .tools/ (once)")
        _run("uv could not be installed", sys.executable, "-m", "venv", "--clear", str(tools / "uv"))
        pip = [str(tools / "uv" / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-cache-dir"]
        _run("uv could not be installed", *pip, "--disable-pip-version-check", UV_VERSION)
    return uv


def _sync(uv: Path) -> None:
    _say("installing what uv.lock names into .venv/ (once, and again when the lock changes)")
    os.environ.setdefault("UV_CACHE_DIR", str(CLONE / ".tools" / "cache"))
    os.environ.update(UV_PYTHON_DOWNLOADS="never", UV_PROJECT_ENVIRONMENT=str(CLONE / ".venv"))
    os.environ.pop("VIRTUAL_ENV", None)
    _run("the environment could not be made", str(uv), "sync", "--locked", "--quiet", "--python", sys.executable)


def _run(failure: str, *command: str) -> None:
    if subprocess.run(command, cwd=CLONE, check=False).returncode != 0:
        _give_up(f"{failure}: see above; what is missing is usually the network")


def _say(line: str) -> None:
    print(f"planclock: {line}", file=sys.stderr, flush=True)


def _give_up(line: str) -> None:
    sys.exit(f"planclock: {line}")


if __name__ == "__main__":
    main()
