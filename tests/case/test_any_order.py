"""Under every pack, with every type of event: neither order of telling, correction nor the passing of time misleads."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.case.answer import Status
from events.catalogue.envelope import LOCAL, Event, Kind
from tests.case.given import Anything, Case, at, pack, the_catalogue
from tests.case.mutants import procedures

clause = pytest.mark.clause
FIRST, LAST = date(2025, 3, 3), date(2026, 11, 2)
TYPES = {name: entry for name, entry in the_catalogue().types.items() if entry.topic != "authority"}
TELLABLE = sorted(name for name, entry in TYPES.items() if entry.kind in {Kind.FACT, Kind.DECISION})
FREQUENT = [
    *("initial_conference_requested", "initial_conference_held", "child_decision_made", "plan_started"),
    *("review_conference_scheduled", "review_conference_held", "core_group_meeting_held", "plan_ended", "child_seen"),
]
Story = list[tuple[date, str]]
STORIES: st.SearchStrategy[Story] = st.lists(
    st.tuples(st.dates(FIRST, LAST), st.one_of(st.sampled_from(FREQUENT), st.sampled_from(TELLABLE))),
    min_size=2,
    max_size=16,
    unique_by=lambda told: told[0],
)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def told(name: str, story: Story, *, recorded: str | None = "2026-11-20") -> Case:
    """The story by each type's own example, each fact under an id of its own; decisions as taken elsewhere."""
    case = Case(policy=pack(name))
    for day, type_ in story:
        data: dict[str, Anything] = dict(TYPES[type_].example)
        meeting, instant = data.pop("meeting", None), data.pop("occurred_at", None)
        on = f"{day}T{instant.partition('T')[2]}" if instant else day.isoformat()
        more = {"meeting": meeting, "recorded": recorded, "shared": f"{day} {type_}", **data}
        (case.report if TYPES[type_].kind is Kind.DECISION else case.tell)(type_, on, **more)
    return case


def meant(case: Case, now: str = "2026-11-23") -> Anything:
    """All that an answer says, but for the positions at which it was told."""
    found = case.assess(now)
    duties = {
        duty.id: (duty.rule, duty.status, duty.due_on, duty.due_at, duty.missing, duty.closed_on, duty.reason)
        for duty in found.duties
    }
    return duties, found.state, sorted((each.rule, each.severity, each.on) for each in found.findings)


@pytest.mark.parametrize("name", procedures())
@given(story=STORIES, random=st.randoms(use_true_random=False))
@MANY
@clause("E-38", "E-85")
def test_facts_of_different_days_mean_the_same_in_whatever_order_they_are_told(
    name: str, story: Story, random: Anything
) -> None:
    shuffled = list(story)
    random.shuffle(shuffled)

    assert meant(told(name, shuffled)) == meant(told(name, sorted(story)))


@pytest.mark.parametrize("name", procedures())
@given(story=STORIES, data=st.data())
@MANY
@clause("E-06", "E-73")
def test_a_correction_equals_having_been_right_from_the_start_and_a_voiding_never_having_been_told(
    name: str, story: Story, data: st.DataObject
) -> None:
    right, number = told(name, story), data.draw(st.integers(0, len(story) - 1))
    day, _ = story[number]
    elsewhere = data.draw(st.dates(FIRST, LAST).filter(lambda each: each not in {told_on for told_on, _ in story}))
    wrong, void = replace(right, events=list(right.events)), replace(right, events=list(right.events))
    wrong.events[number] = moved(right.events[number], elsewhere)
    wrong.say("2026-11-20T13:00:00")
    instant = right.events[number].item.occurred_at
    true = {"occurred_at": instant.isoformat()} if instant else {"occurred_on": day.isoformat()}
    wrong.correct(wrong.events[number], "2026-11-20", recorded="2026-11-21", **true)
    void.say("2026-11-20T13:00:00")
    void.void(void.events[number], "2026-11-21")

    assert meant(wrong) == meant(right)
    if len(story) > 1:
        assert meant(void) == meant(told(name, [each for at_, each in enumerate(story) if at_ != number]))


def moved(event: Event, day: date) -> Event:
    """The same, told as if it had been true on another day."""
    instant = event.item.occurred_at
    when: dict[str, Anything] = (
        {"occurred_at": at(f"{day}T{instant.astimezone(LOCAL):%H:%M:%S}")} if instant else {"occurred_on": day}
    )
    return replace(event, item=event.item.model_copy(update=when))


@pytest.mark.parametrize("name", procedures())
@given(story=STORIES)
@MANY
@clause("E-60")
def test_everything_is_announced_once_and_at_its_own_instant(name: str, story: Story) -> None:
    case = told(name, sorted(story), recorded=None)
    now = at(case.events[-1].recorded_at).isoformat()
    case.say(now)

    assert case.assess(now).to_announce == ()
    coming = case.assess(now).next_instant
    assert coming is None or coming > at(now)
    if coming is not None:
        assert case.say((coming - timedelta(microseconds=1)).isoformat()) == []
        assert case.say(coming.isoformat()) != []


@pytest.mark.parametrize("name", procedures())
@given(story=STORIES)
@MANY
def test_time_alone_only_turns_open_duties_into_missed_or_lapsed_ones_and_calls_for_what_follows_a_miss(
    name: str, story: Story
) -> None:
    case = told(name, sorted(story), recorded=None)
    earlier, later = (
        {duty.id: duty for duty in case.assess((case.events[-1].day + timedelta(days)).isoformat()).duties}
        for days in (1, 300)
    )

    following = {entry.id for entry in case.policy.duty if entry.once_missed}
    assert earlier.keys() <= later.keys()
    assert {later[id_].rule for id_ in later.keys() - earlier.keys()} <= following
    assert all(len(id_) <= 100 for id_ in earlier)
    for id_, duty in earlier.items():
        same = later[id_].status is duty.status
        assert same or (duty.status is Status.OPEN and (duty.due_on or duty.due_at) is not None)
        assert later[id_].due_on == duty.due_on
