"""`planclock reconcile`: the timers in Temporal, compared with the log."""

import asyncio
from collections.abc import Iterator
from uuid import UUID

from events.store.read_models.reconciliations import Reconciliation
from service.command.opened import with_temporal
from service.command.settings import read_settings
from service.settings import Settings
from workflows.reconcile_transfers import ComparedTransfers


def reconcile(authority: UUID | None = None) -> None:
    """Assess every case, compare what it waits for with Temporal, and name, mend and record what differs.

    Args:
        authority: Whose; by default everybody's.
    """
    asyncio.run(_reconcile(authority))


async def _reconcile(authority: UUID | None) -> None:
    async with with_temporal(read_settings(Settings)) as (parts, keeper, client):
        for each in [authority] if authority else [each.id for each in await parts.log.authorities()]:
            for line in _lines(await keeper.reconciler(client).compare(each, nightly=True)):
                print(line)
            for line in _of_transfers(await keeper.transfers(client).compare(each)):
                print(line)


def _of_transfers(found: ComparedTransfers) -> Iterator[str]:
    if found.expected or found.held:
        amiss = len(found.missing) + len(found.owing)
        yield f"  {found.expected} transfers under way, {found.held} held, {amiss} amiss and signalled"
    for transfers, what in ((found.missing, "under way and not held"), (found.owing, "a step was not carried")):
        for transfer in transfers:
            yield f"  {transfer.case}  the move that fact {transfer.move} offered: {what}"


def _lines(found: Reconciliation) -> Iterator[str]:
    yield f"{found.authority}  {found.expected} timers expected, {found.held} held, {found.amiss} amiss and nudged"
    for cases, what in (
        (found.missing, "an open duty and no timer"),
        (found.surplus, "a timer and no open duty"),
        (found.mistimed, "waits for another date than the log gives"),
        (found.late, "something is due and was not said"),
    ):
        for case in cases:
            yield f"  {case}  {what}"
