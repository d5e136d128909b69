"""One move between two authorities: each step told on one side is carried to the other, for as long as it goes on."""

from temporalio import workflow
from temporalio.common import RetryPolicy

from workflows import contracts
from workflows.contracts import Carried, Reach, Transfer

_RETRY = RetryPolicy(maximum_interval=contracts.RETRY_AT_MOST)


@workflow.defn(name=contracts.TRANSFER)
class CarryTransfer:
    """Runs until the move is declined, ended or taken back. It has no timers: each side's clocks are its duties.

    A step that is told, or put right, after it has ended starts it again.
    """

    @workflow.init
    def __init__(self, transfer: Transfer) -> None:
        self._transfer = transfer
        self._signalled = False
        self._steps = 0

    @workflow.signal(name=contracts.STEP)
    def step(self) -> None:
        """Something happened on either side. Any number of these before the next look cost one look."""
        self._signalled = True

    @workflow.run
    async def run(self, transfer: Transfer) -> None:
        """Carries what there is, waits for the next step, and carries again."""
        while True:
            self._signalled = False
            carried = await self._carry(transfer)
            self._steps += carried.steps
            if not self._signalled:
                workflow.set_current_details(_details(carried, self._steps))
                if not carried.open:
                    return
                await workflow.wait_condition(lambda: self._signalled)
            if workflow.info().get_current_history_length() >= contracts.LONGEST_RUN:
                workflow.continue_as_new(transfer)

    async def _carry(self, transfer: Transfer) -> Carried:
        carried: Carried = await workflow.execute_activity(
            contracts.CARRY,
            transfer,
            result_type=Carried,
            start_to_close_timeout=contracts.ASSESSING,
            retry_policy=_RETRY,
            summary="Bring each log what the other tells of the move",
        )
        return carried


def _details(carried: Carried, steps: int) -> str:
    if carried.reach is Reach.ELSEWHERE:
        return "The offer names no authority here that may be told. The two tell each other by other ways."
    if carried.reach is Reach.ERASED:
        return "The other authority's case was lawfully erased: nothing more is carried into it."
    if not carried.open:
        return f"Declined, ended or taken back. Carried in this run: {steps}. A later correction starts it again."
    return f"Waits for the next step on either side. Carried in this run: {steps}."
