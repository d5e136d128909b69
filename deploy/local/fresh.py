"""`make fresh`: forgets the data of `make run`."""

import shutil
import sys

from deploy.local.lock import HeldError, Lock
from deploy.local.state import state_directory


def main() -> None:
    """Removes the clone's state, unless `make run` is on."""
    state = state_directory()
    try:
        with Lock(state / "run.lock"):
            shutil.rmtree(state)
    except HeldError as held:
        sys.exit(f"planclock: make run is on, {held}: stop it first")
    print(f"planclock: removed {state}")


if __name__ == "__main__":
    main()
