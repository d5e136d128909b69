"""What a workflow costs that does nothing: it asks for one activity, which does nothing, and ends. Or it only waits."""

from datetime import timedelta

from temporalio import activity, workflow

QUEUE = "bench-noop"


@activity.defn(name="noop")
async def nothing() -> None:
    """Does nothing."""


@workflow.defn(name="noop")
class Noop:
    """One activity, and the end."""

    @workflow.run
    async def run(self) -> None:
        """Asks for the activity."""
        await workflow.execute_activity("noop", start_to_close_timeout=timedelta(minutes=1))


@workflow.defn(name="waiting")
class Waiting:
    """Waits for a week."""

    @workflow.run
    async def run(self) -> None:
        """Waits."""
        await workflow.sleep(timedelta(days=7))
