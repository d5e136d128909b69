"""`make soak`: two years of a plan, a week of cases with kills, and whatever depends on luck, round after round."""

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from deploy.local.postgres import Cluster
from deploy.local.temporal_binary import NoTemporalError
from service.logs import configure
from tests.soak import many, week, years
from tests.soak.rounds import WORTH_REPEATING, repeat
from tests.soak.skipping import NoSkippingError

PARTS = ("years", "week", "many", "rounds")

_CASES = 2_000


def main() -> int:
    """Soaks in what is asked for, and stops at the first part that fails."""
    asked = _asked()
    configure("console", "error")
    for part in asked.parts or PARTS:
        if part == "rounds":
            failed = repeat(asked.minutes, asked.paths)
        else:
            print(f"{part}: {_DOCUMENTED[part]}", flush=True)
            failed = _lived(part, asked.cases)
        if failed:
            return failed
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"some of: {', '.join(PARTS)}; by default all")
    parser.add_argument("--minutes", type=float, default=10.0, help="repeat so long; the last round is finished")
    parser.add_argument("--paths", nargs="+", default=WORTH_REPEATING, help="what to repeat")
    parser.add_argument("--cases", type=int, default=_CASES, help="how many live through the week, and are worked over")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    return asked


_OVER = {"week": week.soak, "many": many.soak}
_DOCUMENTED = {"years": years.__doc__, "week": week.__doc__, "many": many.__doc__}


def _lived(part: str, cases: int) -> int:
    """Lives through it on a PostgreSQL of its own, which is gone afterwards. Where it cannot be had, it says so."""
    directory = Path(tempfile.mkdtemp(prefix="planclock-soak-", dir="/tmp"))
    directory.chmod(0o711)
    try:
        with Cluster(directory / "postgres") as cluster:
            came_of_it = asyncio.run(years.soak(cluster) if part == "years" else _OVER[part](cluster, cases))
    except (NoSkippingError, NoTemporalError) as error:
        came_of_it = f"not lived through: {error}"
    except AssertionError as error:
        print(f"{part} failed: {error}", flush=True)
        return 1
    finally:
        shutil.rmtree(directory)
    print(came_of_it, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
