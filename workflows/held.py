"""What Temporal holds: the lifecycles that run, and the date each waits for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import SearchAttributeKey
from temporalio.service import RPCError, RPCStatusCode

from workflows import contracts
from workflows.contracts import Case, case_of
from workflows.nudging import TemporalAwayError

_NEXT_DATE = SearchAttributeKey.for_datetime(contracts.NEXT_DATE)
RUNNING = f"WorkflowType = '{contracts.LIFECYCLE}' and ExecutionStatus = 'Running'"


@dataclass(frozen=True)
class Timer:
    """What a running lifecycle shows: the date it waits for, None in a sandbox and where no date is to come."""

    date: datetime | None


@dataclass(frozen=True)
class Held:
    """Reads what is held. The list may lag a second behind; `one` does not."""

    client: Client

    async def all(self, authority: UUID) -> Mapping[UUID, Timer]:
        """The cases of an authority whose lifecycles run.

        Raises:
            TemporalAwayError: Temporal did not say.
        """
        query = f"{RUNNING} and WorkflowId starts_with '{contracts.LIFECYCLE}/{authority}/'"
        found: dict[UUID, Timer] = {}
        try:
            async for each in self.client.list_workflows(query):
                case = case_of(each.id)
                if case is not None:
                    found[case.case] = Timer(each.typed_search_attributes.get(_NEXT_DATE))
        except RPCError as error:
            raise TemporalAwayError(f"Temporal did not list its lifecycles: {error.status.name}") from error
        return found

    async def one(self, case: Case) -> Timer | None:
        """The lifecycle of a case, None if it does not run. Raises TemporalAwayError."""
        try:
            described = await self.client.get_workflow_handle(contracts.lifecycle_id(case)).describe()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise TemporalAwayError(f"Temporal did not describe a lifecycle: {error.status.name}") from error
        if described.status is not WorkflowExecutionStatus.RUNNING:
            return None
        return Timer(described.typed_search_attributes.get(_NEXT_DATE))
