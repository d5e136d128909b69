"""Connecting to Temporal: any Temporal, by the variables that all of its own tools read."""

from datetime import timedelta

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError, RPCStatusCode

from workflows import contracts
from workflows.nudging import TemporalAwayError

_PATIENCE = timedelta(seconds=10)
_KNOWN_ALREADY = frozenset({RPCStatusCode.ALREADY_EXISTS})
_NOT_OURS_TO_ADD = frozenset(
    {RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNIMPLEMENTED, RPCStatusCode.UNAUTHENTICATED}
)


async def connect(*, lazy: bool = False) -> Client:
    """A connection by `TEMPORAL_ADDRESS`, `_NAMESPACE`, `_API_KEY`, `_TLS_…`, or a profile in Temporal's own file.

    `lazy` connects with the first call, so that a process starts while Temporal is away; a worker cannot use it.

    Raises:
        TemporalAwayError: It cannot be reached.
    """
    try:
        return await Client.connect(**ClientConfig.load_client_connect_config(), lazy=lazy, connect_timeout=_PATIENCE)
    except RuntimeError as error:
        raise TemporalAwayError("Temporal cannot be reached") from error


async def prepare(client: Client) -> bool:
    """Registers the search attribute that lifecycles show. False where an operator must do it (deploy/temporal.md).

    Raises:
        TemporalAwayError: Temporal did not answer.
    """
    request = AddSearchAttributesRequest(namespace=client.namespace)
    request.search_attributes[contracts.NEXT_DATE] = IndexedValueType.INDEXED_VALUE_TYPE_DATETIME
    try:
        await client.operator_service.add_search_attributes(request, timeout=_PATIENCE)
    except RPCError as error:
        if error.status in _KNOWN_ALREADY:
            return True
        if error.status in _NOT_OURS_TO_ADD:
            return False
        raise TemporalAwayError(f"Temporal did not take a search attribute: {error.status.name}") from error
    return True
