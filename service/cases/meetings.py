"""A meeting, put together from the children's copies: each fact once, each duty once, and how each child came out."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from events.case.history import history
from events.catalogue.envelope import Event
from events.store.read_models.case_list import CaseList
from service.cases.access import Reader
from service.cases.cases import Cases
from service.cases.faults import UnknownMeeting
from service.cases.reading import Reading, When, read
from service.cases.showing import Plain, shown_duty, shown_item

MOST = 100
"""How many cases one meeting may concern."""


async def read_meeting(cases: Cases, lists: CaseList, reader: Reader, meeting: str) -> Plain:
    """The meeting of that id, within what this caller may see.

    Raises:
        UnknownMeeting: No case at this authority has part in such a meeting.
    """
    found = await lists.at_meeting(reader.caller.authority, meeting, MOST)
    readings = [await read(cases, reader, str(case), When()) for case in found]
    parts = [(reading, part) for reading in readings if (part := _part(reading, meeting)) is not None]
    if not parts:
        raise UnknownMeeting
    return {
        "meeting": meeting,
        "kind": parts[0][1]["kind"],
        "cases": [{"case": reading.case, "version": reading.version, **_how(part)} for reading, part in parts],
        "facts": _facts([reading for reading, _ in parts], meeting),
        "duties": _duties([reading for reading, _ in parts], meeting),
        "position": max(reading.position for reading in readings),
        "sandbox": readings[0].sandbox,
    }


def _part(reading: Reading, meeting: str) -> dict[str, Any] | None:
    """The meeting as one child's case has it."""
    return next((each for each in reading.assessment.state["meetings"] if each["id"] == meeting), None)


def _how(part: dict[str, Any]) -> Plain:
    return {name: value for name, value in part.items() if name not in {"id", "kind"}}


def _facts(readings: Sequence[Reading], meeting: str) -> list[Plain]:
    """Each fact as it stands now, in order; a copy that was corrected for one child alone stands by itself."""
    merged: dict[tuple[UUID, str], tuple[Event, bool, list[UUID]]] = {}
    for reading in readings:
        for event in (told.event for told in history(reading.events).told):
            if event.meeting == meeting:
                corrected = event.fact in reading.assessment.superseded
                as_it_stands = (event.fact, event.item.model_dump_json())
                merged.setdefault(as_it_stands, (event, corrected, []))[2].append(reading.case)
    ordered = sorted(merged.values(), key=lambda each: each[0].order)
    return [_fact(*each) for each in ordered]


def _fact(event: Event, corrected: bool, concerned: Sequence[UUID]) -> Plain:  # noqa: FBT001  # taken from a tuple
    return {
        "fact": event.fact,
        "kind": event.kind,
        "cases": list(concerned),
        "corrected": corrected,
        **shown_item(event.item),
    }


def _duties(readings: Sequence[Reading], meeting: str) -> list[Plain]:
    """Each duty about the meeting once, as the first child's case has it, with every case it concerns."""
    merged: dict[str, Plain] = {}
    for reading in readings:
        for duty in reading.assessment.duties:
            if duty.meeting == meeting:
                shown = merged.setdefault(duty.id, {**shown_duty(duty), "cases": []})
                shown["cases"].append({"case": reading.case, "status": duty.status})
    return list(merged.values())
