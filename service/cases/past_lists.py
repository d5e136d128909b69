"""The worklist and the case list as they stood at a position: every case made anew from the log for this one answer."""

import asyncio
from uuid import UUID

from events.store.errors import ErasedCaseError
from events.store.read_models.past import Past
from events.store.read_models.rows import CaseRow, assessed_at, row
from service.cases.cases import Cases
from service.cases.faults import Fault, NotReached, Unacceptable
from service.cases.reach import within_reach

MOST = 2_000
"""How many cases an authority may have for its lists to be made anew while a caller waits."""


async def past_lists(cases: Cases, authority: UUID, position: int) -> Past:
    """The rows as they stood, true at the instant at which that position was recorded.

    Cases erased since are left out, as the lists leave them out now.

    Raises:
        NotReached: The log has not come to that position.
        Unacceptable: Nothing was recorded by then, or there are too many cases.
    """
    head = await cases.log.head(authority)
    if head.position < position:
        raise NotReached(f"The log has come to position {head.position}.")
    if position == 0:
        raise Unacceptable([Fault("position", "Nothing was recorded by then.")])
    every = await cases.log.cases(authority)
    if len(every) > MOST:
        raise Unacceptable([Fault("position", f"Past lists are made for at most {MOST:,} cases.")])
    (last,) = await cases.log.read_after(authority, position - 1, 1)
    in_force = await cases.rules.of(authority, upto=position)
    rows: list[CaseRow] = []
    for case in every:
        try:
            events = [each for each in await cases.log.read_case(authority, case) if each.position <= position]
        except ErasedCaseError:
            continue
        if events:
            at = assessed_at(events, in_force.policies, last.recorded_at)
            with within_reach(in_force):
                assessment = cases.assessor.assess(events, in_force.policies, in_force.calendar, at)
            rows.append(row(events, assessment, in_force.policies, at))
        await asyncio.sleep(0)  # others of this process may have their turn between two cases
    return Past(authority, position, last.recorded_at, tuple(rows))
