"""Every figure of every pack: on thousands of days its due date is that of a slow reference that shares no code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.calendars import snapshots
from events.calendars.counting import Calendar
from tests.case import given as told
from tests.case import slow
from tests.case.given import Anything, Case, at
from tests.case.moving import SIX
from tests.case.mutants import procedures

clause = pytest.mark.clause
DAYS = st.dates(date(2018, 10, 1), date(2045, 1, 1))
OTHER = "another-authority"
Expected = Callable[[date, Calendar], date]


@dataclass(frozen=True)
class Lived:
    """A stretch of a life that begins on any day, and by when, counted from that day, each duty is due."""

    pack: str
    live: Callable[[Case, date], None]
    due: Mapping[str, Expected]

    def __str__(self) -> str:
        return f"{self.pack}-{self.live.__name__}"

    def begin(self, day: date) -> Case:
        nation = told.pack(self.pack).nation
        calendar = snapshots.read(snapshots.stored(nation or "england"))
        case = Case(policy=told.pack(self.pack), calendar=calendar)
        self.live(case, day)
        return case


def on(number: int) -> Expected:
    """So many calendar days from the beginning."""
    return lambda day, _: slow.days(day, number)


def working(number: int, after: int = 0) -> Expected:
    """So many working days from a day so many days after the beginning."""
    return lambda day, calendar: slow.working(slow.days(day, after), number, calendar)


def months(number: int, after: int = 0) -> Expected:
    """So many months from a day so many days after the beginning."""
    return lambda day, _: slow.months(slow.days(day, after), number)


def tell(case: Case, type_: str, day: date, after: int = 0, **more: Anything) -> None:
    """Something true so many days after the beginning; decisions as taken elsewhere."""
    kind = told.the_catalogue()[type_].kind
    (case.report if kind == "decision" else case.tell)(type_, slow.days(day, after).isoformat(), **more)


def a_plan_begins(case: Case, day: date) -> None:
    tell(case, "child_registered", day, -30, dob=slow.days(day, -400).isoformat())
    tell(case, "initial_conference_held", day, meeting="ICPC")
    tell(case, "child_decision_made", day, meeting="ICPC", **told.subject())


def a_review_is_held(case: Case, day: date) -> None:
    a_plan_begins(case, slow.days(day, -45))
    tell(case, "review_conference_held", day, meeting="CPRC")
    tell(case, "child_decision_made", day, meeting="CPRC", decision="continue")


def a_review_is_set(case: Case, day: date) -> None:
    a_plan_begins(case, slow.days(day, -45))
    tell(case, "review_conference_scheduled", day, -40, meeting="CPRC", date=day.isoformat())
    invitees = [{"role": "teacher", "agency": "school"}]
    tell(case, "conference_invitations_issued", day, -40, meeting="CPRC", invitees=invitees)


def an_initial_conference_is_set(case: Case, day: date) -> None:
    tell(case, "child_registered", day, -90, dob=slow.days(day, -4000).isoformat())
    tell(case, "initial_conference_requested", day, -60, requested_by="csc")
    tell(case, "initial_conference_scheduled", day, -60, meeting="ICPC", date=day.isoformat())
    invitees = [{"role": "teacher", "agency": "school"}]
    tell(case, "conference_invitations_issued", day, -60, meeting="ICPC", invitees=invitees)


def it_is_not_held(case: Case, day: date) -> None:
    an_initial_conference_is_set(case, day)
    tell(case, "conference_not_held_inquorate", day, meeting="ICPC")


def somebody_is_excluded_from_it(case: Case, day: date) -> None:
    an_initial_conference_is_set(case, day)
    tell(case, "participant_excluded", day, meeting="ICPC", who={"ref": "P1", "role": "father"})
    tell(case, "initial_conference_held", day, meeting="ICPC")


def a_core_group_meets(case: Case, day: date) -> None:
    a_plan_begins(case, slow.days(day, -7))
    tell(case, "core_group_meeting_held", day, meeting="CG-1")


def an_unborn_child_is_at_risk(case: Case, day: date) -> None:
    tell(case, "unborn_child_registered", day, edd=slow.days(day, 100).isoformat())
    tell(case, "unborn_risk_identified", day)


def an_answer_is_awaited(case: Case, day: date) -> None:
    a_plan_begins(case, slow.days(day, -7))
    tell(case, "response_requested", day, agency="health", required_by=slow.days(day, 9).isoformat())


def the_child_becomes_looked_after(case: Case, day: date) -> None:
    a_plan_begins(case, slow.days(day, -20))
    tell(case, "looked_after_started", day, basis="s20")


def a_dual_meeting_is_set(case: Case, day: date) -> None:
    the_child_becomes_looked_after(case, slow.days(day, -19))
    tell(case, "dual_process_meeting_scheduled", day, -18, meeting="DPM-1", date=day.isoformat())
    invitees = [{"role": "teacher", "agency": "school"}]
    tell(case, "conference_invitations_issued", day, -18, meeting="DPM-1", invitees=invitees)


def dual_planning_goes_on(case: Case, day: date) -> None:
    the_child_becomes_looked_after(case, slow.days(day, -19))
    tell(case, "dual_process_meeting_held", day, meeting="DPM-1")
    tell(case, "dual_planning_confirmed", day, meeting="DPM-1")


def a_second_dual_meeting_is_held(case: Case, day: date) -> None:
    dual_planning_goes_on(case, slow.days(day, -80))
    tell(case, "dual_process_meeting_held", day, meeting="DPM-2")


def a_child_comes_with_all_papers(case: Case, day: date) -> None:
    tell(case, "permanent_move_notified", day, -9, direction="in", from_authority=OTHER)
    asked = {"permanent": True, "secure_own_accommodation": True, "documents": SIX[:5]}
    tell(case, "receiving_in_conference_requested", day, -8, **asked)
    tell(case, "transfer_document_received", day, document=SIX[5])


def its_conference_is_agreed(case: Case, day: date) -> None:
    a_child_comes_with_all_papers(case, slow.days(day, -3))
    tell(case, "receiving_in_conference_agreed", day)


def its_conference_is_set(case: Case, day: date) -> None:
    its_conference_is_agreed(case, slow.days(day, -14))
    tell(case, "receiving_in_conference_scheduled", day, -13, meeting="RIC", date=day.isoformat())


def it_is_taken_over(case: Case, day: date) -> None:
    its_conference_is_set(case, day)
    tell(case, "receiving_in_conference_held", day, meeting="RIC")
    tell(case, "child_decision_made", day, meeting="RIC", **told.subject())


def a_child_leaves(case: Case, day: date) -> None:
    a_plan_begins(case, slow.days(day, -30))
    tell(case, "child_moved", day, -5, permanent=True, to_la=OTHER)
    tell(case, "receiving_authority_notified", day, authority=OTHER)


def a_plan_of_a_child_born_then_begins(case: Case, day: date) -> None:
    tell(case, "child_registered", day, dob=day.isoformat())
    tell(case, "initial_conference_held", day, 30, meeting="ICPC")
    tell(case, "child_decision_made", day, 30, meeting="ICPC", **told.subject())


def an_ending_for_non_cooperation_is_proposed(case: Case, day: date) -> None:
    a_review_is_set(case, day)
    tell(case, "non_cooperation_ending_proposed", day, -39)


def a_team_is_agreed_around_the_child(case: Case, day: date) -> None:
    a_plan_begins(case, slow.days(day, -30))
    tell(case, "team_around_the_child_transfer_agreed", day)


def the_plan_became_one_for_a_child_in_need(case: Case, day: date) -> None:
    a_review_is_held(case, slow.days(day, -4))
    tell(case, "plan_ended", day, -4, meeting="CPRC", ground="no_longer_at_risk")
    tell(case, "child_in_need_plan_started", day)


def reports_are_to_be_made(case: Case, day: date) -> None:
    tell(case, "biannual_reporting_began", day, next_from=day.replace(day=1).isoformat())


BIRTHDAY: Expected = lambda born, _: slow.eighteenth(born)  # noqa: E731  # one row of the table below
DAY_BEFORE: Expected = lambda born, _: slow.days(slow.eighteenth(born), -1)  # noqa: E731  # the same
HALF_YEAR: Expected = lambda day, _: slow.months(day.replace(day=1), 6)  # noqa: E731  # the same
LIVED = (
    Lived(
        "staffordshire",
        a_plan_begins,
        {"STF-T17": months(3), "STF-T20": on(21), "STF-T21": working(10), "STF-T27": working(1)}
        | {"STF-T28": working(1), "STF-T29": working(10), "STF-T31": working(28)},
    ),
    Lived("staffordshire", a_review_is_held, {"STF-T18": months(6)}),
    Lived(
        "staffordshire",
        a_review_is_set,
        {"STF-T04": working(-10), "STF-T08": working(-5), "STF-T08a": working(-5), "STF-T10": working(-5)},
    ),
    Lived(
        "staffordshire",
        an_initial_conference_is_set,
        {"STF-T07": working(-2), "STF-T07a": working(-2), "STF-T09": working(-2)},
    ),
    Lived("staffordshire", it_is_not_held, {"STF-T15": working(7)}),
    Lived("staffordshire", somebody_is_excluded_from_it, {"STF-T30": working(10)}),
    Lived("staffordshire", a_core_group_meets, {"STF-T22": on(42), "STF-T23": working(10)}),
    Lived("staffordshire", an_unborn_child_is_at_risk, {"STF-T16": on(44)}),
    Lived("staffordshire", an_answer_is_awaited, {"STF-T60": on(10)}),
    Lived("staffordshire", the_child_becomes_looked_after, {"STF-T41": working(20)}),
    Lived("staffordshire", a_dual_meeting_is_set, {"STF-T43": working(-5), "STF-T43a": working(-5)}),
    Lived("staffordshire", dual_planning_goes_on, {"STF-T42": months(3)}),
    Lived("staffordshire", a_second_dual_meeting_is_held, {"STF-T42a": months(6)}),
    Lived("staffordshire", a_child_comes_with_all_papers, {"STF-T47": working(5)}),
    Lived("staffordshire", its_conference_is_agreed, {"STF-T49": working(15)}),
    Lived("staffordshire", its_conference_is_set, {"STF-T50": working(-2)}),
    Lived("staffordshire", it_is_taken_over, {"STF-T51": months(3)}),
    Lived("staffordshire", a_child_leaves, {"STF-T36": working(15)}),
    Lived("staffordshire", a_plan_of_a_child_born_then_begins, {"STF-T37": DAY_BEFORE, "STF-T38": BIRTHDAY}),
    Lived("stockport", a_plan_begins, {"STK-T01": on(70)}),
    Lived("stockport", a_review_is_held, {"STK-T02": months(6)}),
    Lived("stockport", a_plan_of_a_child_born_then_begins, {"STK-T14": BIRTHDAY}),
    Lived("stockport", a_child_leaves, {"STK-T13": working(15)}),
    Lived("stockport", an_ending_for_non_cooperation_is_proposed, {"STK-T19": working(-10)}),
    Lived("stockport", a_team_is_agreed_around_the_child, {"STK-T16": working(15)}),
    Lived("wales", a_plan_begins, {"WAL-T01": months(3)}),
    Lived("wales", a_review_is_set, {"WAL-T03": working(-5)}),
    Lived("wales", a_review_is_held, {"WAL-T02": months(6), "WAL-T04": working(5)}),
    Lived("calderdale", a_plan_begins, {"E-46": months(3), "CAL-T10": months(15), "CAL-T05": months(24)}),
    Lived("calderdale", a_review_is_held, {"E-46a": months(6)}),
    Lived("calderdale", reports_are_to_be_made, {"CAL-T09": HALF_YEAR}),
    Lived("sefton", a_plan_begins, {"E-46": months(3)}),
    Lived("sefton", a_review_is_held, {"E-46a": months(6)}),
    Lived("sefton", a_plan_of_a_child_born_then_begins, {"SEF-T02": BIRTHDAY}),
    Lived("sefton", the_plan_became_one_for_a_child_in_need, {"SEF-T01": on(28)}),
)


@clause("E-01", "E-03", "E-04", "E-05", "E-12", "E-20", "E-49")
@pytest.mark.parametrize("lived", LIVED, ids=str)
@given(day=DAYS)
@settings(max_examples=60, deadline=None)
def test_each_is_due_on_the_day_of_the_slow_reference(lived: Lived, day: date) -> None:
    case = lived.begin(day)
    expected = {rule: due(day, case.calendar) for rule, due in lived.due.items()}

    found = {duty.rule: duty.due_on for duty in case.assess(case.events[-1].day.isoformat()).duties}
    assert {rule: found.get(rule) for rule in expected} == expected


@clause("STF-T01", "E-09")
@given(st.datetimes(at("2018-10-01").replace(tzinfo=None), at("2045-01-01").replace(tzinfo=None)))
@settings(max_examples=300, deadline=None)
def test_24_hours_are_24_hours_on_any_day_of_any_year(instant: Anything) -> None:
    case = told.child("2017-01-01", known=instant.date().isoformat())
    case.tell("initial_conference_requested", f"{instant.isoformat()}+00:00")

    due = case.duty("STF-T01", f"{instant.isoformat()}+00:00").due_at
    assert due is not None
    assert due - at(f"{instant.isoformat()}+00:00") == timedelta(hours=24)


def test_no_figure_of_any_pack_is_left_out() -> None:
    figures = {
        (name, duty.id)
        for name in procedures()
        for duty in told.pack(name).duty
        if duty.due is not None
        and any(getattr(duty.due, unit) for unit in ("working_days", "days", "weeks", "months", "years"))
    }

    assert figures == {(lived.pack, rule) for lived in LIVED for rule in lived.due}
