"""The notices of one case: who must be told what, what became of it, what a copy says, and asking to have one sent."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from events.case.copies import copy_of
from events.case.history import history
from events.case.noticing import Notice, Standing
from events.catalogue.envelope import Basis, Item
from events.catalogue.notices import NotificationRequested
from service.cases.access import Reader
from service.cases.cases import Cases
from service.cases.faults import NotDeliverable, UnknownNotice
from service.cases.reach import within_reach
from service.cases.reading import Reading, When, read
from service.cases.showing import Plain

WAITING = "It was asked for and has not been answered yet."
WITHOUT_TIMERS = "It was asked for and waits: Temporal is not set up or not reachable, so nothing is delivered now."

REQUESTED = "notification_requested"


async def notices_of(cases: Cases, reader: Reader, key: str, when: When) -> tuple[Reading, Sequence[Notice]]:
    """The notices of a case at the moment asked for. Raises what reading a case does."""
    reading = await read(cases, reader, key, when)
    rules = reading.in_force
    with within_reach(rules):
        found = cases.assessor.notices(reading.events, rules.policies, rules.calendar, reading.now)
    return reading, found


async def notices_behind(cases: Cases, reader: Reader, keys: Mapping[str, UUID]) -> list[tuple[UUID, Notice]]:
    """The notices whose keys are among those of some duties, each with the case it is shown in; in their order."""
    authority = reader.caller.authority
    rules = await cases.rules.of(authority)
    found: dict[str, Notice] = {}
    for case in dict.fromkeys(keys.values()):
        events = await reader.events(case)
        if events:
            now = max(await cases.log.now(authority), events[-1].recorded_at)
            with within_reach(rules):
                notices = cases.assessor.notices(events, rules.policies, rules.calendar, now)
            found |= {notice.key: notice for notice in notices}
    await reader.settle()
    return [(case, found[key]) for key, case in keys.items() if key in found]


def the_notice(notices: Sequence[Notice], key: str) -> Notice:
    """The one of that key. Raises UnknownNotice."""
    for notice in notices:
        if notice.key == key:
            return notice
    raise UnknownNotice("This case has no notice of that key; its notices are listed under /notices.")


def shown_notice(notice: Notice, *, delivering: bool) -> Plain:
    """One notice as it is shown. `delivering`: whether anything is delivered at present."""
    waiting = WAITING if delivering else WITHOUT_TIMERS
    return {
        "key": notice.key,
        "id": notice.rule,
        "title": notice.title,
        "cite": notice.cite,
        "owner": notice.owner,
        "recipient": notice.recipient,
        "person": notice.person,
        "family": notice.family,
        "meeting": notice.meeting,
        "needs": notice.needs,
        "by": list(notice.by),
        "document": notice.document,
        "status": notice.status.value,
        "late": notice.late,
        "due_on": notice.due_on,
        "due_at": notice.due_at,
        "started_on": notice.started_on,
        "held": notice.held,
        "undeliverable": notice.undeliverable,
        "waiting": waiting if notice.outstanding is not None else None,
        "history": [asdict(step) for step in notice.steps],
    }


def shown_copy(notice: Notice, reading: Reading) -> Plain:
    """What the copy of a notice says, and what was left out of it."""
    told = [each.event for each in history(reading.events).told]
    copy = copy_of(notice, told, reading.assessment.state)
    return {"content": dict(copy.content), "withheld": [asdict(each) for each in copy.withheld]}


def check_deliverable(notice: Notice, asked: NotificationRequested) -> None:
    """Raises NotDeliverable where Planclock could not deliver it as things stand, and says why."""
    if notice.held is not None and asked.checked_by is None:
        raise NotDeliverable(f"{notice.held} Name in `checked_by` who looked at it.")
    if notice.undeliverable is not None:
        raise NotDeliverable(notice.undeliverable)
    if notice.status is Standing.CANCELLED:
        raise NotDeliverable("Nobody need be told any more.")


def request_for(item: type[Item], notice: Notice, stated: Plain, told: dict[str, Any]) -> Item:
    """The request to deliver a notice, as an item told here. `stated` is the envelope, `told` its data."""
    to = _addressed(notice)
    data = {"register_id": notice.key, **({"to": [to]} if to else {}), **told}
    meeting = {"meeting": notice.meeting} if notice.meeting is not None else {}
    return item.model_validate_json(
        to_json({**stated, **meeting, "type": REQUESTED, "basis": Basis.HERE, "data": data})
    )


def _addressed(notice: Notice) -> Plain:
    """Whom the case knows under the recipient, by reference and role, or by name where there is nothing else."""
    person = notice.person or {}
    known = {name: person[name] for name in ("ref", "role", "agency") if name in person}
    return known or {name: person[name] for name in ("name",) if isinstance(person.get(name), str)}
