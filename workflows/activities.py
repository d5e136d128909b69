"""What lifecycles ask for: one case assessed, what is due in it said, and when to look next."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC
from traceback import extract_tb
from uuid import UUID

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from events.store.errors import LogError
from workflows import contracts
from workflows.announcing import UNWATCHED, Announcer, ContendedError
from workflows.contracts import Assessed, Case

_log = structlog.get_logger(__name__)

IsSandbox = Callable[[UUID], Awaitable[bool]]
"""Whether an authority is a sandbox."""


@dataclass(frozen=True)
class Activities:
    """The activities of lifecycles, over an open log."""

    announcer: Announcer
    is_sandbox: IsSandbox

    @activity.defn(name=contracts.ASSESS)
    async def assess(self, case: Case) -> Assessed:
        """Say what is due in a case, and answer when to look next.

        May be called any number of times, and after its answer was lost: the log keeps each saying once.
        """
        try:
            watch = await self.announcer.announce(case.authority, case.case)
            sandbox = await self.is_sandbox(case.authority)
        except Exception as error:  # noqa: BLE001 - whatever it was, it is told and tried again
            raise without_values(error) from None
        if watch.announced:
            _log.info("duties_announced", authority=str(case.authority), case=str(case.case), count=watch.announced)
        if watch is UNWATCHED:
            _log.info("no_such_case_to_watch", authority=str(case.authority), case=str(case.case))
        next_date = watch.next_date.astimezone(UTC) if watch.next_date is not None else None
        return Assessed(open=watch.open, next_date=next_date, sandbox=sandbox)


def without_values(error: Exception) -> ApplicationError:
    """The error as Temporal may keep it: what sort it is and where it arose. Its own words may be personal."""
    if isinstance(error, LogError | ContendedError):
        return ApplicationError(str(error), type=type(error).__name__)
    frame = extract_tb(error.__traceback__)[-1]
    return ApplicationError(f"{type(error).__name__} in {frame.name}, line {frame.lineno}", type=type(error).__name__)
