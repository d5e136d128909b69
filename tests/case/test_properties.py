"""What holds of any story of a plan: no matter the order of telling, corrections, and repeats."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.case.answer import Status
from tests.case.given import LEAD, Anything, Case, at, at_review, pack

clause = pytest.mark.clause

MEETINGS = st.sampled_from([None, "A", "B"])
CORE_GROUPS = st.sampled_from([None, "C", "D"])
CONFERENCE: list[tuple[str, dict[str, Anything]]] = [
    ("initial_conference_scheduled", {"date": "2025-04-01"}),
    ("initial_conference_held", {}),
    ("review_conference_scheduled", {"date": "2025-08-01"}),
    ("review_conference_held", {}),
    ("conference_rescheduled", {"new_date": "2025-08-20"}),
    ("conference_cancelled", {}),
    ("conference_not_held_inquorate", {}),
    ("quorum_assessed", {"result": "inquorate_proceeding"}),
    ("attendance_recorded", {"attendees": [{"agency": "csc"}, {"agency": "police"}]}),
    ("agency_view_stated", {"agency": "csc", "view": "subject"}),
    ("report_shared", {"agency": "csc"}),
    ("conference_invitations_issued", {"invitees": [{"agency": "school"}, {"agency": "csc"}]}),
    ("decision_and_recommendations_completed", {}),
    ("minutes_signed", {}),
    ("minutes_distributed", {}),
    ("child_decision_made", {"decision": "subject", "category": "neglect", "lead_professional": LEAD}),
    ("child_decision_made", {"decision": "continue"}),
    ("child_decision_made", {"decision": "not_subject"}),
    ("plan_ended", {"ground": "no_longer_at_risk"}),
    ("conference_closed", {}),
]
CORE_GROUP: list[tuple[str, dict[str, Anything]]] = [
    ("core_group_meeting_held", {"individual_actions": [{"action": "ACT-1", "due_on": "2025-07-01"}]}),
    ("core_group_record_circulated", {}),
]
ELSEWHERE: list[tuple[str, dict[str, Anything]]] = [
    ("initial_conference_requested", {}),
    ("child_registered", {"dob": "2012-05-01"}),
    ("date_of_birth_corrected", {"new": "2012-06-01"}),
    ("child_seen", {"by_sw": True, "spoken_to": True}),
    ("visit_pattern_set", {"frequency_days": 10}),
    ("plan_action_added", {"action": "ACT-1", "due_on": "2025-06-01"}),
    ("plan_action_completed", {"action": "ACT-1"}),
    ("unborn_risk_identified", {"gestation": {"weeks": 20}}),
    ("birth_recorded", {"dob": "2025-05-01"}),
    ("child_death_recorded", {}),
    ("core_group_meeting_missed", {}),
    ("initial_conference_request_withdrawn", {}),
    ("plan_started", {"category": "physical"}),
]
TELLINGS = st.one_of(
    st.tuples(st.sampled_from(CONFERENCE), MEETINGS),
    st.tuples(st.sampled_from(CORE_GROUP), CORE_GROUPS),
    st.tuples(st.sampled_from(ELSEWHERE), st.none()),
)
Story = list[tuple[date, tuple[tuple[str, dict[str, Anything]], str | None]]]
STORIES: st.SearchStrategy[Story] = st.lists(
    st.tuples(st.dates(date(2025, 3, 1), date(2025, 9, 1)), TELLINGS),
    min_size=2,
    max_size=14,
    unique_by=lambda told: told[0],
)
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DECISIONS = frozenset({"child_decision_made", "plan_ended", "initial_conference_request_withdrawn"})
DECISIONS |= {"minutes_signed", "minutes_distributed"}


def told(story: Story, *, recorded: str | None = "2025-10-01") -> Case:
    """The story, each fact under an id of its own whatever its place; decisions as taken elsewhere."""
    case = Case()
    for day, ((type_, data), meeting) in story:
        more = {"meeting": meeting, "recorded": recorded, "shared": f"{day} {type_}", **data}
        (case.report if type_ in DECISIONS else case.tell)(type_, day.isoformat(), **more)
    return case


def meant(case: Case, now: str = "2025-10-02") -> Anything:
    assessment = case.assess(now)
    duties = {
        duty.id: (duty.rule, duty.status, duty.due_on, duty.due_at, duty.missing, duty.closed_on, duty.reason)
        for duty in assessment.duties
    }
    return duties, assessment.state, [(each.rule, each.severity, each.on) for each in assessment.findings]


@given(STORIES, st.randoms(use_true_random=False))
@SLOW
@clause("E-38", "E-85")
def test_facts_of_different_days_mean_the_same_in_whatever_order_they_are_recorded(
    story: Story, random: Anything
) -> None:
    shuffled = list(story)
    random.shuffle(shuffled)

    assert meant(told(shuffled)) == meant(told(sorted(story)))


@given(STORIES, st.data())
@SLOW
@clause("E-06")
def test_a_correction_equals_having_been_right_from_the_start(story: Story, data: st.DataObject) -> None:
    wrong = data.draw(st.integers(0, len(story) - 1))
    free = st.dates(date(2025, 3, 1), date(2025, 9, 1)).filter(lambda day: day not in {day for day, _ in story})
    elsewhere = data.draw(free)
    right = told(story)
    case = Case()
    for number, event in enumerate(right.events):
        item = event.item.model_copy(update={"occurred_on": elsewhere}) if number == wrong else event.item
        case.events.append(type(event)(**{**vars(event), "item": item} if number == wrong else vars(event)))
        case.events[-1].__dict__.pop("day", None)
        case.events[-1].__dict__.pop("order", None)
    case.correct(case.events[wrong], "2025-10-01", occurred_on=right.events[wrong].day.isoformat())

    assert meant(case) == meant(right)


@given(STORIES)
@SLOW
@clause("E-60")
def test_what_was_said_is_not_said_again_and_what_comes_comes_later(story: Story) -> None:
    case = told(sorted(story), recorded=None)
    now = at(case.events[-1].day).isoformat()
    case.say(now)

    assert case.assess(now).to_announce == ()
    coming = case.assess(now).next_instant
    assert coming is None or coming > at(now)
    if coming is not None:
        assert case.say((coming - timedelta(microseconds=1)).isoformat()) == []
        assert case.say(coming.isoformat()) != []


ONCE_ANOTHER_IS_MISSED = {entry.id for entry in pack("staffordshire").duty if entry.once_missed}
"""The duties that time alone begins: somebody must speak up once another is missed."""


@given(STORIES)
@SLOW
def test_time_alone_turns_an_open_duty_into_a_missed_or_lapsed_one_and_nothing_else(story: Story) -> None:
    case = told(sorted(story), recorded=None)
    start = case.events[-1].day
    moments = [start, *(start + timedelta(days) for days in (1, 9, 40, 200))]
    for earlier, later in pairwise(moments):
        before = {duty.id: duty for duty in case.assess(earlier.isoformat()).duties}
        after = {duty.id: duty for duty in case.assess(later.isoformat()).duties}

        assert {after[id_].rule for id_ in after.keys() - before.keys()} <= ONCE_ANOTHER_IS_MISSED
        assert before.keys() <= after.keys()
        for id_, duty in before.items():
            changed = after[id_].status
            assert changed is duty.status or (duty.status is Status.OPEN and (duty.due_on or duty.due_at))
            assert after[id_].due_on == duty.due_on


@given(STORIES)
@SLOW
def test_the_ids_of_duties_are_their_own_and_short_enough_to_be_announced(story: Story) -> None:
    ids = [duty.id for duty in told(story).assess("2025-10-02").duties]

    assert len(ids) == len(set(ids))
    assert all(len(id_) <= 100 for id_ in ids)


def test_the_same_question_has_the_same_answer() -> None:
    case = at_review()

    assert case.assess("2025-07-01") == case.assess("2025-07-01")
