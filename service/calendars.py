"""The calendars of an authority: its versions, and the next one with closures of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from events.calendars import snapshots
from events.calendars.counting import Calendar
from events.catalogue.authority import CalendarActivated
from events.policies.drafts import CalendarDraft
from events.store.log import Log


class CalendarError(ValueError):
    """A calendar cannot come into force so. Each line says why, and what to do instead."""


@dataclass(frozen=True)
class Version:
    """A calendar as it was activated: which, from which day, and when that was told."""

    id: str
    effective_from: date
    recorded_at: datetime


@dataclass(frozen=True)
class Next:
    """A calendar that may come into force: its text, and what it would be beside what is."""

    text: str
    draft: CalendarDraft

    @property
    def calendar(self) -> Calendar:
        """The calendar itself."""
        return self.draft.calendar


async def versions(log: Log, authority: UUID) -> list[Version]:
    """Every calendar an authority has activated, in order."""
    stream = await log.read_case(authority, authority)
    return [
        Version(event.data.calendar, event.data.effective_from, event.recorded_at)
        for event in stream
        if isinstance(event.data, CalendarActivated)
    ]


def following(
    now: Calendar, told: Sequence[Version], closures: Mapping[date, str] | None, effective_from: date
) -> Next:
    """The next version after those: the newest bank holidays of this build with these closures, or those there are.

    Raises:
        CalendarError: It would change nothing, or what it would change lies before the day it is to count from.
    """
    whole = closures if closures is not None else now.closures
    newest = snapshots.stored(now.nation)
    text = snapshots.with_closures(newest, f"{snapshots.read(newest).id}.{len(told) + 1}", whole)
    calendar = snapshots.read(text)
    if not calendar.first <= effective_from <= calendar.last:
        raise CalendarError(
            f"the calendar {calendar.id} runs from {calendar.first} to {calendar.last}: name a day in it"
        )
    early = [day for day, why in whole.items() if day < effective_from and now.closures.get(day) != why]
    if early:
        named = ", ".join(map(str, early))
        raise CalendarError(
            f"{named}: before {effective_from}, from which this would count; activate it from {early[0]}"
        )
    draft = CalendarDraft(calendar, effective_from)
    would_be = calendar.following(now, effective_from)
    if (would_be.holidays, would_be.closures, would_be.last) == (now.holidays, now.closures, now.last):
        raise CalendarError(f"{now.id} says the same from {effective_from}: nothing would change")
    return Next(text, draft)


def differences(before: Calendar, after: Calendar) -> dict[date, str]:
    """The days that are working days under one and not under the other, each with what becomes of it, in order."""
    found: dict[date, str] = {}
    for day in sorted({*before.holidays, *before.closures, *after.holidays, *after.closures}):
        if before.first <= day <= min(before.last, after.last):
            was, will = before.why_not_working(day), after.why_not_working(day)
            if (was is None) != (will is None):
                found[day] = f"{was or 'a working day'} -> {will or 'a working day'}"
    return found
