"""What schedules start, one authority after the other: timers compared with the log, and reports produced."""

from uuid import UUID

from temporalio import workflow
from temporalio.common import RetryPolicy

from workflows import contracts
from workflows.contracts import Compared, Comparison

_RETRY = RetryPolicy(maximum_interval=contracts.RETRY_AT_MOST)


@workflow.defn(name=contracts.RECONCILE)
class ReconcileTimers:
    """Its result is how many timers were expected, held and amiss; which ones, the database keeps."""

    @workflow.run
    async def run(self, comparison: Comparison) -> Compared:
        """Compares every authority, and adds up what was found."""
        authorities = await _every_authority()
        total = Compared()
        for number, authority in enumerate(authorities, 1):
            workflow.set_current_details(f"Comparing authority {number} of {len(authorities)}.")
            total += await self._one(Comparison(comparison.nightly, authority))
        workflow.set_current_details(_in_words(total))
        return total

    @staticmethod
    async def _one(comparison: Comparison) -> Compared:
        compared: Compared = await workflow.execute_activity(
            contracts.COMPARE,
            comparison,
            result_type=Compared,
            start_to_close_timeout=contracts.COMPARING,
            heartbeat_timeout=contracts.HEARTBEAT,
            retry_policy=_RETRY,
        )
        return compared


@workflow.defn(name=contracts.REPORT)
class ProduceReports:
    """Its result is how many reports were produced; the reports themselves, the log keeps."""

    @workflow.run
    async def run(self) -> int:
        """Goes to every authority; most have nothing to report."""
        produced = 0
        authorities = await _every_authority()
        for number, authority in enumerate(authorities, 1):
            workflow.set_current_details(f"Reporting for authority {number} of {len(authorities)}.")
            produced += await workflow.execute_activity(
                contracts.PRODUCE,
                authority,
                result_type=int,
                start_to_close_timeout=contracts.COMPARING,
                heartbeat_timeout=contracts.HEARTBEAT,
                retry_policy=_RETRY,
            )
        workflow.set_current_details(f"{produced} reports produced.")
        return produced


async def _every_authority() -> list[UUID]:
    authorities: list[UUID] = await workflow.execute_activity(
        contracts.AUTHORITIES,
        result_type=list[UUID],
        start_to_close_timeout=contracts.ASSESSING,
        retry_policy=_RETRY,
    )
    return authorities


def _in_words(total: Compared) -> str:
    return (
        f"{total.expected} timers expected and {total.held} held. Amiss and nudged: {total.missing} missing, "
        f"{total.surplus} surplus, {total.mistimed} mistimed, {total.late} late."
    )
