"""Which meeting a fact is about when it names none, or names one that no other fact has named yet."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from events.case.phases import When
from events.case.story import CORE_GROUP, INITIAL, RECEIVING_IN, REVIEW, UNKNOWN, Meeting, Stage, Story
from events.catalogue.envelope import Event
from events.catalogue.looked_after import COUNTS_AS

_HELD = "_held"
"""How the event types end that say of a meeting that it took place."""

ABOUT_CONFERENCES = frozenset({When.BEFORE, When.AT, When.AFTER})


def place(event: Event, when: When | None, story: Story) -> None:
    """Find the meeting an event is about, before anything is asked of it. What holds a meeting finds its own later."""
    meeting = _named(event, when, story) if event.meeting is not None else _meant(event, when, story)
    if meeting is not None:
        story.placed[event.key] = meeting
        if when in ABOUT_CONFERENCES:
            _enter(meeting, story)
    elif when in ABOUT_CONFERENCES:
        story.loose.append(event)


def held_under(events: Iterable[Event]) -> dict[str, list[date]]:
    """The names that callers have used for several meetings, with the days on which those were held, in order."""
    found: dict[str, set[date]] = {}
    for event in events:
        if event.meeting is not None and event.type.endswith(_HELD) and _kind(event) is not None:
            found.setdefault(event.meeting, set()).add(event.day)
    return {name: sorted(days) for name, days in found.items() if len(days) > 1}


def begun(event: Event, story: Story, kind: str) -> Meeting:
    """The meeting that an event schedules or holds: the one it names, one still to be held, or a new one."""
    meeting = story.meeting_of(event)
    if meeting is None:
        row = story.core_groups if kind == CORE_GROUP else story.conferences
        meeting = next((each for each in reversed(row) if _may_become(each, kind) and each.awaited), None)
    if meeting is None:
        meeting = _new(event, story, kind)
    story.placed[event.key] = meeting
    meeting.kind = kind
    _enter(meeting, story)
    return meeting


def _enter(meeting: Meeting, story: Story) -> None:
    row = story.core_groups if meeting.kind == CORE_GROUP else story.conferences
    if meeting in row:
        return
    if meeting.kind == CORE_GROUP and meeting in story.conferences:
        story.conferences.remove(meeting)
    row.append(meeting)
    if meeting.kind != CORE_GROUP:
        adopted = [event for event in story.loose if event.key not in story.placed]
        story.placed.update((event.key, meeting) for event in adopted)
        meeting.facts = sorted([*meeting.facts, *adopted], key=lambda event: event.day)
        story.loose.clear()


def _new(event: Event, story: Story, kind: str) -> Meeting:
    """A meeting that nobody has named yet: known by the fact that began it, which siblings share."""
    key = f"{kind}-{event.fact.hex}"
    meeting = story.meetings[key] = Meeting(key=key, id=key, kind=kind, named=False)
    return meeting


def _named(event: Event, when: When | None, story: Story) -> Meeting:
    """The meeting of that name; else one that nobody has named yet and that the event can only mean; else a new one."""
    name = event.meeting or ""
    key = _key(name, event, when, story)
    known = story.meetings.get(key)
    if known is not None:
        return known
    if when in {When.AT, When.ENDING} and name in story.core_group_names:
        when = When.HOLDING_CORE_GROUP
    meant = _meant(event, when, story) if when not in {When.HOLDING, When.HOLDING_CORE_GROUP} else _booked(event, story)
    if meant is None or meant.named:
        meant = Meeting(key=key, id=name, kind=_presumed(when, story), named=True)
    story.meetings.pop(meant.key, None)
    meant.id, meant.named = name, True
    story.meetings[key] = meant
    return meant


def _key(name: str, event: Event, when: When | None, story: Story) -> str:
    """The meeting that a name means: where it was used for several, the next to be held, the last, or the nearest."""
    days = story.held_under.get(name)
    if days is None:
        return name
    ahead, past = [day for day in days if day >= event.day], [day for day in days if day <= event.day]
    if when in {When.AFTER, When.CORE_GROUP}:
        day = past[-1] if past else days[0]
    elif when in {When.BEFORE, When.HOLDING, When.HOLDING_CORE_GROUP}:
        day = ahead[0] if ahead else days[-1]
    else:
        day = min(days, key=lambda each: abs((each - event.day).days))
    return name if day == days[0] else f"{name} {day}"


def _kind(event: Event) -> str | None:
    """The kind of meeting that an event schedules or holds."""
    type_ = COUNTS_AS.get(event.type, event.type)
    return next((kind for kind in (INITIAL, REVIEW, RECEIVING_IN, CORE_GROUP) if type_.startswith(kind)), None)


def _presumed(when: When | None, story: Story) -> str:
    if when in {When.CORE_GROUP, When.HOLDING_CORE_GROUP}:
        return CORE_GROUP
    if when is None or when is When.HOLDING or story.stage is Stage.NONE:
        return UNKNOWN
    return REVIEW if story.active else INITIAL


def _booked(event: Event, story: Story) -> Meeting | None:
    """The unnamed meeting that an event which names one schedules anew or holds."""
    kind = CORE_GROUP if event.meeting in story.core_group_names else _kind(event)
    row = story.core_groups if kind == CORE_GROUP else story.conferences
    return _last(each for each in row if each.kind == kind and each.awaited and not each.named)


def _may_become(meeting: Meeting, kind: str) -> bool:
    return meeting.kind in {kind, UNKNOWN}


def _meant(event: Event, when: When | None, story: Story) -> Meeting | None:
    return _CHOICES[when](event, story) if when in _CHOICES else None


def _last(meetings: Iterable[Meeting]) -> Meeting | None:
    found = list(meetings)
    return found[-1] if found else None


def _of_that_day(event: Event, story: Story) -> Meeting | None:
    """The conference held on the day of the event, or else set for it."""
    held = _last(each for each in story.conferences if each.held_on == event.day)
    return held or _last(each for each in story.conferences if each.awaited and each.scheduled_on == event.day)


def _to_come(event: Event, story: Story) -> Meeting | None:
    """The next conference to be held; one overdue rather than none; else the one of that day."""
    awaited = [each for each in story.conferences if each.awaited]
    ahead = [each for each in awaited if each.scheduled_on is None or each.scheduled_on >= event.day]
    soonest = min(ahead, key=lambda each: each.scheduled_on or event.day, default=None)
    return soonest or _last(awaited) or _of_that_day(event, story)


def _going_on(event: Event, story: Story) -> Meeting | None:
    """The conference of that day; else one that was to be held by then; else the last held, if it decided nothing."""
    return (
        _of_that_day(event, story)
        or _last(each for each in story.conferences if each.awaited and (each.scheduled_on or event.day) <= event.day)
        or _last(each for each in _held(event, story)[-1:] if each.last("child_decision_made") is None)
        or (_last(_held(event, story)) if event.type != "child_decision_made" else None)
    )


def _over(event: Event, story: Story) -> Meeting | None:
    """The conference last held; else the one of that day; else one that failed."""
    failed = (each for each in story.conferences if each.failed_on is not None)
    return _last(_held(event, story)) or _of_that_day(event, story) or _last(failed)


def _held(event: Event, story: Story) -> list[Meeting]:
    found = (each for each in story.conferences if each.held_on is not None and each.held_on <= event.day)
    return sorted(found, key=lambda each: each.held_on or event.day)


def _core_group_before(event: Event, story: Story) -> Meeting | None:
    """The core group last held."""
    return _last(each for each in story.core_groups if each.held_on is not None and each.held_on <= event.day)


_CHOICES: Mapping[When | None, Callable[[Event, Story], Meeting | None]] = {
    When.BEFORE: _to_come,
    When.AT: _going_on,
    When.AFTER: _over,
    When.ENDING: _of_that_day,
    When.CORE_GROUP: _core_group_before,
}
