"""The kill drills, the races and the properties, round after round, with other luck in each."""

import random
import subprocess
import sys
import time
from collections.abc import Sequence

WORTH_REPEATING = ("tests/drills", "tests/store", "tests/read_models", "tests/http/test_description.py")
"""What depends on luck: who is killed when, who comes first, which examples are drawn."""


def repeat(minutes: float, paths: Sequence[str]) -> int:
    """Repeats until the time is over, and at least once. Stops at the first failure, with the seed that led to it."""
    end, number = time.monotonic() + minutes * 60, 0
    while number == 0 or time.monotonic() < end:
        number += 1
        seed = random.randrange(2**32)
        print(f"round {number}, seed {seed}", flush=True)
        chosen = ["--hypothesis-profile=soak", f"--hypothesis-seed={seed}", *paths]
        failed = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *chosen], check=False
        ).returncode
        if failed:
            print(f"round {number} failed; --hypothesis-seed={seed} draws the same examples again", flush=True)
            return failed
    print(f"{number} rounds, all passed", flush=True)
    return 0
