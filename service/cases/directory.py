"""Telling of the authority itself: its posts, agencies, addresses and go-live, kept on its own stream."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from events.catalogue.biannual_reports import BiannualReportProduced, BiannualReportShared, BiannualReportSubmitted
from events.catalogue.envelope import Event
from events.store.log import Appended, Command, Draft, Repeated, Stored
from service.cases.cases import Cases
from service.cases.checks import check_past, check_places
from service.cases.corrections import check_correction
from service.cases.faults import Contended, Fault, ToldOtherwise, Unacceptable
from service.cases.items import Copy, Placed, as_kept, canonical
from service.cases.showing import Plain
from service.cases.targets import corrected_fact
from service.identity.principal import Principal

ATTEMPTS = 5


async def tell_of_authority(cases: Cases, caller: Principal, told: Sequence[Placed]) -> Plain:
    """Append what is new of it to the authority's own stream, and say where each item stands there.

    Raises:
        Unacceptable: Something lies in the future, names a case, or corrects what is not there.
        ToldOtherwise: An item's source and id already stand for something else.
        Contended: Others told of the authority at the same time, again and again.
    """
    check_places(told, over_cases=False)
    authority = caller.authority
    copies = [
        Copy(each, await cases.log.fact_id(authority, each.item.source, each.item.id), authority, 0) for each in told
    ]
    for _ in range(ATTEMPTS):
        stream = await cases.log.read_case(authority, authority)
        new = await _new(cases, authority, copies, stream)
        check_past(told, await cases.log.now(authority))
        if not new:
            return await _answer(cases, authority, copies, stream)
        outcome = await cases.log.append(await _command(cases, caller, new, len(stream)))
        if isinstance(outcome, Appended):
            return await _answer(cases, authority, copies, [*stream, *outcome.events])
        if isinstance(outcome, Repeated):
            continue
    raise Contended


async def _new(cases: Cases, authority: UUID, copies: Sequence[Copy], stream: Sequence[Event]) -> list[Copy]:
    """The items that are not in the log yet, each checked."""
    found = await cases.log.find(authority, {copy.fact for copy in copies})
    by_fact = {copy.fact: copy for copy in reversed(copies)}
    new = []
    for fact, copy in by_fact.items():
        if any(canonical(each.item) != canonical(copy.item) for each in copies if each.fact == fact):
            raise ToldOtherwise([copy.placed.pointer])
        if fact in found:
            await _check_repeated(cases, authority, copy, found)
        else:
            _check_period(copy, stream)
            await _check_corrected(cases, copy, stream, authority)
            new.append(copy)
    return sorted(new, key=copies.index)


async def _check_repeated(cases: Cases, authority: UUID, copy: Copy, found: Mapping[UUID, Sequence[Stored]]) -> None:
    digest = await cases.log.request_digest(authority, authority, canonical(copy.item))
    if any(stored.case != authority or stored.request_digest != digest for stored in found[copy.fact]):
        raise ToldOtherwise([copy.placed.pointer])


def _check_period(copy: Copy, stream: Sequence[Event]) -> None:
    """Raises Unacceptable where a report is said to have gone somewhere that was never produced."""
    data = copy.item.data
    if not isinstance(data, BiannualReportSubmitted | BiannualReportShared):
        return
    produced = {event.data.period for event in stream if isinstance(event.data, BiannualReportProduced)}
    if data.period not in produced:
        raise Unacceptable([Fault(f"{copy.placed.pointer}/data/period", "No report of this half-year was produced.")])


async def _check_corrected(cases: Cases, copy: Copy, stream: Sequence[Event], authority: UUID) -> None:
    """Raises Unacceptable for a correction of anything but what was told of the authority."""
    fact = corrected_fact(copy.item)
    if fact is None:
        return
    if not any(event.fact == fact and not cases.catalogue[event.type].ours for event in stream):
        where = f"{copy.placed.pointer}/data/fact"
        raise Unacceptable([Fault(where, "No fact of this id is recorded of the authority.")])
    check_correction(copy, stream, await cases.log.now(authority))


async def _command(cases: Cases, caller: Principal, new: Sequence[Copy], version: int) -> Command:
    drafts = []
    for number, copy in enumerate(new, 1):
        entry = cases.catalogue[copy.item.type]
        drafts.append(
            Draft(
                case=caller.authority,
                version=version + number,
                through=version + len(new),
                fact=copy.fact,
                copy=0,
                kind=entry.kind,
                schema_version=entry.schema_version,
                recorded_by=caller.recorder,
                item=as_kept(copy.item),
                request_digest=await cases.log.request_digest(caller.authority, caller.authority, canonical(copy.item)),
            )
        )
    return Command(caller.authority, {caller.authority: version}, tuple(drafts))


async def _answer(cases: Cases, authority: UUID, copies: Sequence[Copy], stream: Sequence[Event]) -> Plain:
    """Where each item stands: the same when it is told again."""
    by_fact = {event.fact: event for event in stream}
    kept = [by_fact[copy.fact] for copy in copies]
    return {
        "position": max(event.position for event in kept),
        "events": [
            {
                "id": event.item.id,
                "fact": event.fact,
                "type": event.type,
                "version": event.version,
                "position": event.position,
                "recorded_at": event.recorded_at,
            }
            for event in kept
        ],
        "sandbox": await cases.authorities.is_sandbox(authority),
    }
