"""One request to deliver a notice: handed to its channel, over days if need be, and given up where a person sees it."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

from workflows import contracts
from workflows.contracts import Delivery, GivenUp

_NO_ANSWER = "the channel did not take it in time"
_UNTIL_IT_IS_KEPT = RetryPolicy(maximum_interval=contracts.RETRY_AT_MOST)


@workflow.defn(name=contracts.DELIVER)
class DeliverNotice:
    """Its result says what came of it: `sent`, `settled` where it had been answered already, or `failed`."""

    @workflow.run
    async def run(self, delivery: Delivery) -> str:
        """Tries until the channel has taken the notice, and records it either way."""
        workflow.set_current_details("Handing a notice to its channel.")
        try:
            came_of_it: str = await workflow.execute_activity(
                contracts.HAND_OVER,
                delivery,
                result_type=str,
                start_to_close_timeout=contracts.HANDING_OVER,
                schedule_to_close_timeout=timedelta(seconds=delivery.retry_for),
                retry_policy=RetryPolicy(
                    initial_interval=timedelta(seconds=delivery.pause), maximum_interval=contracts.LONGEST_PAUSE
                ),
                summary="Hand the notice over",
            )
        except ActivityError as error:
            why = _why(error)
            workflow.set_current_details(f"Given up: {why}. A person can send it again.")
            await self._give_up(GivenUp(delivery, why))
            return "failed"
        workflow.set_current_details(f"Done: {came_of_it}.")
        return came_of_it

    @staticmethod
    async def _give_up(given_up: GivenUp) -> None:
        await workflow.execute_activity(
            contracts.GIVE_UP,
            given_up,
            start_to_close_timeout=contracts.ASSESSING,
            retry_policy=_UNTIL_IT_IS_KEPT,
            summary="Record that it could not be delivered",
        )


def _why(error: ActivityError) -> str:
    """What stood in the way at last: what the activity said, which is in words of ours."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ApplicationError):
            return cause.message
        cause = cause.__cause__
    return _NO_ANSWER
