"""The alarm clock of one case: it looks, says what is due through its activity, and waits for the next date or news."""

from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey

from workflows import contracts
from workflows.contracts import Assessed, Case

_RETRY = RetryPolicy(maximum_interval=contracts.RETRY_AT_MOST)
_NEXT_DATE = SearchAttributeKey.for_datetime(contracts.NEXT_DATE)


@workflow.defn(name=contracts.LIFECYCLE)
class PlanLifecycle:
    """Runs while any duty of the case is open. Why it woke never matters: it asks anew each time."""

    @workflow.init
    def __init__(self, case: Case) -> None:
        self._case = case
        self._nudged = False

    @workflow.signal(name=contracts.NUDGE)
    def nudge(self) -> None:
        """Something happened to the case. Any number of these before the next look cost one look."""
        self._nudged = True

    @workflow.run
    async def run(self, case: Case) -> None:
        """Looks, waits, and looks again until no duty is open."""
        while True:
            self._nudged = False
            found = await self._look(case)
            if not self._nudged:
                if not found.open:
                    return
                self._show(found)
                await self._wait(found)
            if self._is_long():
                workflow.continue_as_new(case)

    async def _look(self, case: Case) -> Assessed:
        found: Assessed = await workflow.execute_activity(
            contracts.ASSESS,
            case,
            result_type=Assessed,
            start_to_close_timeout=contracts.ASSESSING,
            retry_policy=_RETRY,
            summary="Say what is due, and find the next date",
        )
        return found

    async def _wait(self, found: Assessed) -> None:
        """Waits for news until the next date, at most for a nap; never for less than a moment."""
        until_date = contracts.NAP
        if found.next_date is not None and not found.sandbox:
            until_date = min(until_date, found.next_date - workflow.now())
        timeout = max(until_date, contracts.SHORTEST_WAIT)
        try:
            await workflow.wait_condition(
                lambda: self._nudged, timeout=timeout, timeout_summary=_summary(found, timeout)
            )
        except TimeoutError:
            return

    def _show(self, found: Assessed) -> None:
        """Tells operations staff what the case waits for."""
        workflow.set_current_details(_details(found))
        shown = workflow.info().typed_search_attributes.get(_NEXT_DATE)
        date = None if found.sandbox else found.next_date
        if shown != date:
            workflow.upsert_search_attributes(
                [_NEXT_DATE.value_unset() if date is None else _NEXT_DATE.value_set(date)]
            )

    @staticmethod
    def _is_long() -> bool:
        info = workflow.info()
        return info.is_continue_as_new_suggested() or info.get_current_history_length() >= contracts.LONGEST_RUN


def _summary(found: Assessed, timeout: timedelta) -> str:
    """What a timer says of itself: it is the first thing on the page that an operator sees."""
    if found.sandbox:
        return "a sandbox: until its clock is moved, or news comes"
    if found.next_date is None:
        return "until news comes, for no date is to come; looks again within seven days"
    if timeout < contracts.NAP:
        return f"until {_plainly(found.next_date)}, the next date"
    return f"the next date is {_plainly(found.next_date)}; looks again within seven days"


def _details(found: Assessed) -> str:
    if found.sandbox:
        return "A sandbox: it waits for its clock to be moved, or for news."
    if found.next_date is None:
        return "No open duty here has a date still to come. It waits for news, and looks again every seven days."
    return (
        f"Next date: **{_plainly(found.next_date)}**. Something falls due then, or will have been missed. "
        "News of the case wakes it before, and it looks again every seven days."
    )


def _plainly(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
