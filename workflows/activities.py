"""What workflows ask for: one case assessed and what is due in it said, and timers compared with the log."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from traceback import extract_tb
from uuid import UUID

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from events.store.errors import LogError, OtherBuildError
from events.store.log import Log
from workflows import contracts
from workflows.announcing import UNWATCHED, Announcer, ContendedError, IsSandbox
from workflows.carrying import Carrier
from workflows.contracts import Assessed, Carried, Case, Compared, Comparison, Delivery, GivenUp, Transfer
from workflows.delivering import Deliverer
from workflows.nudging import TemporalAwayError
from workflows.reconcile import Reconciler
from workflows.reconcile_transfers import TransferReconciler
from workflows.reporting import Reporter
from workflows.webhook import CannotDeliverError, NotTakenError

_ANOTHER_WORKER = timedelta(seconds=5)
"""Between two tries of what this build cannot read."""

CLOCKS_APART = timedelta(minutes=1)
"""By how much Temporal's clock and the database's may differ before it is said."""

_log = structlog.get_logger(__name__)


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
        if watch.at is not None and not sandbox:
            _compare_clocks(watch.at)
        next_date = watch.next_date.astimezone(UTC) if watch.next_date is not None else None
        return Assessed(open=watch.open, next_date=next_date, sandbox=sandbox)


def _compare_clocks(database: datetime) -> None:
    """Temporal wakes a lifecycle by its own clock, and what is due is said by the database's."""
    ahead = database - activity.info().started_time
    if abs(ahead) > CLOCKS_APART:
        which = "ahead of" if ahead > timedelta() else "behind"
        says = f"the database's clock is {which} Temporal's: what is due is said by the database's. Set both by NTP"
        _log.warning("clocks_differ", seconds=round(abs(ahead).total_seconds()), says=says)


@dataclass(frozen=True)
class TransferActivities:
    """The activities of transfers."""

    carrier: Carrier

    @activity.defn(name=contracts.CARRY)
    async def carry(self, transfer: Transfer) -> Carried:
        """Bring each log what the other tells of a move, and answer whether more is to be expected.

        May be called any number of times, and after its answer was lost: the logs keep each step once.
        """
        try:
            return await self.carrier.carry(transfer)
        except Exception as error:  # noqa: BLE001 - as above
            raise without_values(error) from None


@dataclass(frozen=True)
class KeepingActivities:
    """The activities of comparing timers with the log."""

    log: Log
    reconciler: Reconciler
    transfers: TransferReconciler

    @activity.defn(name=contracts.AUTHORITIES)
    async def authorities(self) -> list[UUID]:
        """Every authority there is."""
        try:
            return [authority.id for authority in await self.log.authorities()]
        except Exception as error:  # noqa: BLE001 - as above
            raise without_values(error) from None

    @activity.defn(name=contracts.COMPARE)
    async def compare(self, comparison: Comparison) -> Compared:
        """Compare one authority's timers with its log, nudge what differs, and leave a record."""
        assert comparison.authority is not None  # noqa: S101 - the workflow names one at a time
        try:
            found = await self.reconciler.compare(
                comparison.authority, nightly=comparison.nightly, alive=activity.heartbeat
            )
            await self.transfers.compare(comparison.authority, alive=activity.heartbeat)
        except Exception as error:  # noqa: BLE001 - as above
            raise without_values(error) from None
        return Compared(
            expected=found.expected,
            held=found.held,
            missing=len(found.missing),
            surplus=len(found.surplus),
            mistimed=len(found.mistimed),
            late=len(found.late),
        )


@dataclass(frozen=True)
class ReportActivities:
    """The activity of producing reports."""

    log: Log
    reporter: Reporter

    @activity.defn(name=contracts.PRODUCE)
    async def produce(self, authority: UUID) -> int:
        """Produce the reports that are due at an authority, and say how many.

        May be called any number of times, and after its answer was lost: the log keeps each report once.
        """
        try:
            now = await self.log.now(authority)
            reported = await self.reporter.produce_due(authority, now, activity.heartbeat)
        except Exception as error:  # noqa: BLE001 - as above
            raise without_values(error) from None
        if reported.produced:
            _log.info("reports_produced", authority=str(authority), count=reported.produced)
        return reported.produced


@dataclass(frozen=True)
class DeliveryActivities:
    """The activities of delivering notices."""

    deliverer: Deliverer

    @activity.defn(name=contracts.HAND_OVER)
    async def hand_over(self, delivery: Delivery) -> str:
        """Hand a notice to its channel and record it, or say that it was answered already.

        Called again after its answer was lost, the channel sees the same id again, and the log keeps one record.
        """
        try:
            came_of_it = await self.deliverer.hand_over(delivery.authority, delivery.case, delivery.position)
        except CannotDeliverError as error:
            raise ApplicationError(str(error), type=type(error).__name__, non_retryable=True) from None
        except Exception as error:  # noqa: BLE001 - as above
            raise without_values(error) from None
        _log.info("notice_handed_over", authority=str(delivery.authority), case=str(delivery.case), outcome=came_of_it)
        return came_of_it

    @activity.defn(name=contracts.GIVE_UP)
    async def give_up(self, given_up: GivenUp) -> None:
        """Record that a notice could not be delivered, and why."""
        asked = given_up.delivery
        try:
            await self.deliverer.give_up(asked.authority, asked.case, asked.position, given_up.why)
        except Exception as error:  # noqa: BLE001 - as above
            raise without_values(error) from None
        _log.warning("notice_not_delivered", authority=str(asked.authority), case=str(asked.case))


def without_values(error: Exception) -> ApplicationError:
    """The error as Temporal may keep it: what sort it is and where it arose. Its own words may be personal.

    What only a newer build knows is tried again soon, for a worker of that build may be the next to be asked.
    """
    if isinstance(error, OtherBuildError):
        return ApplicationError(str(error), type=type(error).__name__, next_retry_delay=_ANOTHER_WORKER)
    if isinstance(error, LogError | ContendedError | TemporalAwayError | NotTakenError):
        return ApplicationError(str(error), type=type(error).__name__)
    frame = extract_tb(error.__traceback__)[-1]
    return ApplicationError(f"{type(error).__name__} in {frame.name}, line {frame.lineno}", type=type(error).__name__)
