"""The Welsh review conference: its dates, who comes, in which order they speak, what is decided, who reads of it."""

from typing import Any

import pytest

from events.calendars import snapshots
from events.case.answer import Mark, Status
from tests.case import given
from tests.case.given import Anything, Case, last_day_in_time, on_a_plan

clause = pytest.mark.clause
MANAGER, CHAIR = {"name": "Manager 1"}, {"name": "Chair 1"}


def registered(conference: str = "2025-03-24") -> Case:
    """A child on the register in Wales."""
    case = on_a_plan(conference, policy=given.pack("wales"), requested="2023-11-01")
    case.calendar = snapshots.read(snapshots.stored("wales"))
    return case


def ahead(day: str = "2025-06-16") -> Case:
    """A child on the register whose first review (meeting CPRC) is set for a day."""
    case = registered()
    case.tell("review_conference_scheduled", "2025-04-01", meeting="CPRC", date=day)
    return case


def at_review(held: str = "2025-06-16") -> Case:
    """A child on the register whose first review is being held."""
    case = ahead(held)
    case.tell("review_conference_held", held, meeting="CPRC")
    return case


def ends(case: Case, on: str = "2025-06-16", **more: Anything) -> tuple[str, ...]:
    """Try to take the child off the register at the review."""
    said = {"continuing_sh": False, **more}
    return case.decide("plan_ended", on, meeting="CPRC", ground="no_longer_at_risk", **said)


@pytest.mark.parametrize(
    "conference, last", [("2025-03-24", "2025-06-24"), ("2025-11-30", "2026-02-28"), ("2023-11-30", "2024-02-29")]
)
@clause("WAL-T01", "E-01")
def test_the_first_review_is_held_within_three_months(conference: str, last: str) -> None:
    assert last_day_in_time(registered(conference), "WAL-T01") == last


@pytest.mark.parametrize("held, status", [("2025-06-24", Status.MET), ("2025-06-25", Status.MET_LATE)])
@clause("WAL-T01")
def test_the_last_day_is_in_time_and_the_next_is_late(held: str, status: Status) -> None:
    assert at_review(held).status("WAL-T01") is status


@clause("WAL-T01")
def test_a_plan_told_after_its_conference_is_counted_from_the_conference_and_once() -> None:
    case = registered()
    del case.events[-1]
    case.tell("plan_started", "2025-03-27", meeting="ICPC", category="neglect")
    case.tell("plan_started", "2025-03-28", meeting="ICPC", category="neglect")

    assert [str(duty.due_on) for duty in case.duties("WAL-T01")] == ["2025-06-24"]


@clause("WAL-T01", "WAL-T02")
def test_a_decision_at_a_review_meets_one_and_starts_the_next_however_the_review_is_told() -> None:
    case = ahead()
    case.report("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue", continuing_sh=True)
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")

    assert case.status("WAL-T01") is Status.MET
    assert [str(duty.due_on) for duty in case.duties("WAL-T02")] == ["2025-12-16"]


@clause("WAL-T01", "WAL-T02", "E-13")
def test_a_review_without_a_quorum_that_decided_nothing_is_none() -> None:
    case = ahead()
    case.tell("quorum_assessed", "2025-06-16", meeting="CPRC", result="inquorate_proceeding")
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    assert (case.status("WAL-T01", "2025-06-17"), case.duties("WAL-T02")) == (Status.OPEN, [])

    case.report("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue")
    assert (case.status("WAL-T01"), len(case.duties("WAL-T02"))) == (Status.MET, 1)


@clause("WAL-T01", "WAL-T02")
def test_an_ending_at_the_review_meets_it_and_ends_what_lies_ahead() -> None:
    case = ahead()
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")

    assert case.status("WAL-T01") is Status.MET


@pytest.mark.parametrize("held, last", [("2025-06-16", "2025-12-16"), ("2025-05-31", "2025-11-30")])
@clause("WAL-T02", "E-12")
def test_later_reviews_are_held_within_six_months(held: str, last: str) -> None:
    assert last_day_in_time(at_review(held), "WAL-T02") == last


@clause("WAL-T02")
def test_each_review_meets_the_one_before_and_the_end_of_registration_ends_the_last() -> None:
    case = at_review()
    case.tell("review_conference_held", "2025-11-03", meeting="CPRC-2")
    assert [duty.status for duty in case.duties("WAL-T02", "2025-11-03")] == [Status.MET, Status.OPEN]

    case.report("plan_ended", "2025-12-01", ground="reached_18")
    assert [duty.status for duty in case.duties("WAL-T02")] == [Status.MET, Status.CANCELLED]


@pytest.mark.parametrize("met", ["review_brought_forward", "review_bring_forward_declined", "review_conference_held"])
@pytest.mark.parametrize("start", ["early_review_need_identified", "early_ending_suggested_by_core_group"])
@clause("WAL-T05")
def test_a_reason_for_an_earlier_review_asks_for_a_decision_on_it(start: str, met: str) -> None:
    case = ahead("2025-06-20")
    assert case.duties("WAL-T05") == []
    case.tell(start, "2025-04-10")
    assert (case.status("WAL-T05"), case.duty("WAL-T05").due_on) == (Status.OPEN, None)

    case.tell(met, "2025-04-14", meeting="CPRC")
    assert case.status("WAL-T05") is Status.MET


@clause("WAL-T05")
def test_the_end_of_registration_ends_that_question() -> None:
    case = ahead()
    case.tell("early_review_need_identified", "2025-04-10")
    case.report("plan_ended", "2025-04-14", ground="reached_18")

    assert case.status("WAL-T05") is Status.CANCELLED


@pytest.mark.parametrize(
    "who, refused",
    [
        ({"manager": MANAGER, "chair": CHAIR}, ()),
        ({"manager": MANAGER}, ("WAL-R21",)),
        ({"chair": CHAIR}, ("WAL-R21",)),
        ({}, ("WAL-R21",)),
    ],
)
@clause("WAL-R21")
def test_manager_and_chair_decide_whether_a_review_is_brought_forward(who: Anything, refused: tuple[str, ...]) -> None:
    here, happened = ahead("2025-06-20"), ahead("2025-06-20")
    assert here.decide("review_brought_forward", "2025-04-14", meeting="CPRC", new_date="2025-05-16", **who) == refused

    happened.tell("review_brought_forward", "2025-04-14", meeting="CPRC", new_date="2025-05-16", **who)
    assert happened.severities("WAL-R21") == ["forbidden"] * len(refused)


@clause("WAL-R21")
def test_manager_and_chair_decide_too_where_it_is_not_brought_forward() -> None:
    case = ahead("2025-06-20")
    declines = "review_bring_forward_declined"

    assert case.decide(declines, "2025-04-14", meeting="CPRC", manager=MANAGER) == ("WAL-R21",)
    assert case.decide(declines, "2025-04-14", meeting="CPRC", manager=MANAGER, chair=CHAIR) == ()


@pytest.mark.parametrize("trigger", ["de_registration", "to consider ending", "discontinuation"])
@clause("WAL-R22", "E-64")
def test_an_earlier_review_to_end_registration_says_that_the_change_will_last(trigger: str) -> None:
    silent, said, other = ahead(), ahead(), ahead()
    silent.tell("review_brought_forward", "2025-04-14", meeting="CPRC", trigger=trigger)
    said.tell("review_brought_forward", "2025-04-14", meeting="CPRC", trigger=trigger, sustained_change_view="Likely.")
    other.tell("review_brought_forward", "2025-04-14", meeting="CPRC", trigger="new_concern")

    assert [each.severities("WAL-R22") for each in (silent, said, other)] == [["record"], [], []]


@pytest.mark.parametrize(
    "review, last",
    [
        ("2025-06-16", "2025-06-09"),
        ("2025-04-28", "2025-04-17"),  # over Easter: Good Friday, Easter Monday
        ("2026-01-05", "2025-12-24"),  # over Christmas
    ],
)
@clause("WAL-T03", "E-04")
def test_reports_are_shared_five_working_days_before(review: str, last: str) -> None:
    assert last_day_in_time(ahead(review), "WAL-T03") == last


@pytest.mark.parametrize("moved", ["conference_rescheduled", "conference_postponed"])
@clause("WAL-T03")
def test_the_day_moves_with_the_review(moved: str) -> None:
    case = ahead()
    case.tell(moved, "2025-05-01", meeting="CPRC", new_date="2025-06-23")

    assert last_day_in_time(case, "WAL-T03") == "2025-06-16"


@clause("WAL-T03")
def test_every_agency_invited_has_its_report_shared_with_the_family() -> None:
    case = ahead()
    invitees = [{"agency": "school"}, {"agency": "health"}, {"agency": "police"}, {"role": "mother"}]
    case.tell("conference_invitations_issued", "2025-05-20", meeting="CPRC", invitees=invitees)
    case.tell("report_shared", "2025-06-02", meeting="CPRC", agency="school", shared_with="family")
    case.tell("report_shared", "2025-06-02", meeting="CPRC", agency="health", shared_with="chair")
    case.tell("report_non_sharing_agreed", "2025-06-02", meeting="CPRC", agency="police", agreed_with=["chair"])
    assert case.status("WAL-T03", "2025-06-03") is Status.OPEN

    case.tell("report_shared", "2025-06-04", meeting="CPRC", agency="health")
    assert case.status("WAL-T03") is Status.MET


@clause("WAL-T03")
def test_where_nobody_said_who_is_invited_a_report_shared_with_the_family_is_enough() -> None:
    case, with_the_chair = ahead(), ahead()
    case.tell("report_shared", "2025-06-02", meeting="CPRC", agency="school", shared_with="family")
    with_the_chair.tell("report_shared", "2025-06-02", meeting="CPRC", agency="school", shared_with="chair")

    assert (case.status("WAL-T03"), with_the_chair.status("WAL-T03", "2025-06-03")) == (Status.MET, Status.OPEN)


@clause("WAL-T03")
def test_a_report_to_another_meeting_does_not_count_and_a_review_called_off_needs_none() -> None:
    case = ahead()
    case.tell("report_shared", "2025-06-02", meeting="CPRC-9", agency="school", shared_with="family")
    assert case.status("WAL-T03", "2025-06-03") is Status.OPEN

    case.tell("conference_cancelled", "2025-06-03", meeting="CPRC")
    assert case.status("WAL-T03") is Status.CANCELLED


@pytest.mark.parametrize("met", ["conference_postponed", "conference_postponement_considered", "report_submitted"])
@clause("WAL-T06")
def test_an_absence_without_a_word_asks_the_chair_to_think_of_putting_it_off(met: str) -> None:
    case = ahead()
    case.tell("apologies_recorded", "2025-06-10", meeting="CPRC", agency="school", written_report=False)
    assert last_day_in_time(case, "WAL-T06") == "2025-06-16"

    said = {"agency": "school"} if met == "report_submitted" else {}
    case.tell(met, "2025-06-12", meeting="CPRC", **said)
    assert case.status("WAL-T06") is Status.MET


@clause("WAL-T06")
def test_whoever_wrote_or_sends_apologies_for_another_meeting_raises_no_such_question() -> None:
    wrote, reported, initial = ahead(), ahead(), given.booked()
    wrote.tell("apologies_recorded", "2025-06-10", meeting="CPRC", agency="school", written_report=True)
    reported.tell("report_submitted", "2025-06-09", meeting="CPRC", agency="school")
    reported.tell("apologies_recorded", "2025-06-10", meeting="CPRC", person={"agency": "school"})
    initial.policy = given.pack("wales")
    initial.tell("apologies_recorded", "2025-03-20", meeting="ICPC", agency="school", written_report=False)

    assert [each.duties("WAL-T06") for each in (wrote, reported, initial)] == [[], [], []]


@clause("WAL-T06")
def test_it_is_asked_of_each_meeting_and_goes_with_it() -> None:
    case = ahead()
    case.tell("apologies_recorded", "2025-06-10", meeting="CPRC", agency="school", written_report=False)
    case.tell("conference_postponement_considered", "2025-06-11", meeting="CPRC-9")
    assert case.status("WAL-T06", "2025-06-12") is Status.OPEN

    case.tell("conference_cancelled", "2025-06-12", meeting="CPRC")
    assert case.status("WAL-T06") is Status.CANCELLED


@clause("WAL-R08")
def test_a_review_held_although_somebody_was_silent_shows_that_putting_it_off_was_considered() -> None:
    silent, considered, put_off, wrote, came = ahead(), ahead(), ahead(), ahead(), ahead()
    for case in (silent, considered, put_off, wrote, came):
        case.tell("conference_invitations_issued", "2025-05-20", meeting="CPRC", invitees=[{"agency": "school"}])
    considered.tell("conference_postponement_considered", "2025-06-16", meeting="CPRC", postponed=False)
    put_off.tell("conference_postponed", "2025-06-10", meeting="CPRC", new_date="2025-06-16")
    wrote.tell("apologies_recorded", "2025-06-12", meeting="CPRC", agency="school", written_report=True)
    came.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=[{"agency": "school"}])
    for case in (silent, considered, put_off, wrote):
        case.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=[{"agency": "csc"}])
    for case in (silent, considered, put_off, wrote, came):
        case.tell("review_conference_held", "2025-06-16", meeting="CPRC")

    found = [each.severities("WAL-R08") for each in (silent, considered, put_off, wrote, came)]
    assert found == [["warning"], [], [], [], []]


@clause("WAL-R01", "WAL-R05")
def test_advice_on_preparing_and_on_the_chair() -> None:
    case = ahead()
    assert "WAL-R01" in case.advice()
    assert "WAL-R05" not in case.advice()

    case.tell("conference_chair_assigned", "2025-05-20", meeting="CPRC", same_as_previous=True)
    assert "WAL-R05" not in case.advice()
    case.tell("conference_chair_assigned", "2025-05-21", meeting="CPRC", same_as_previous=False)
    assert "WAL-R05" in case.advice()
    assert registered().advice().isdisjoint({"WAL-R01"})


@clause("WAL-R06", "WAL-R15")
def test_advice_on_what_the_chair_decides_and_on_drawing_the_views_together() -> None:
    case = ahead()
    assert case.advice().isdisjoint({"WAL-R06", "WAL-R15"})

    case.tell("agency_view_stated", "2025-06-16", meeting="CPRC", agency="school", view="continue")
    assert "WAL-R15" in case.advice()
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    assert {"WAL-R06", "WAL-R15"} <= case.advice()


@clause("WAL-R07")
def test_invitations_say_who_issued_them_and_to_whom() -> None:
    whole = {"issued_by": {"role": "plan_co_ordinator"}, "invitees": [{"agency": "school"}]}
    found = []
    for left_out in (None, "issued_by", "invitees"):
        case = ahead()
        said = {name: value for name, value in whole.items() if name != left_out}
        case.tell("conference_invitations_issued", "2025-05-20", meeting="CPRC", **said)
        found.append(case.severities("WAL-R07"))

    assert found == [[], ["record"], ["record"]]


@clause("WAL-R12")
def test_each_practitioner_of_the_core_group_reports() -> None:
    case = registered()
    members = [{"name": "Worker 1", "agency": "csc"}, {"agency": "school"}, {"name": "Parent 1", "role": "mother"}]
    case.tell("core_group_membership_confirmed", "2025-03-24", meeting="ICPC", members=members)
    case.tell("review_conference_scheduled", "2025-04-01", meeting="CPRC", date="2025-06-16")
    case.tell("report_submitted", "2025-06-09", meeting="CPRC", agency="csc", chronology="C")
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    assert [finding.missing for finding in case.findings("WAL-R12")] == [("the report of school",)]

    case.events.pop()
    case.tell("report_submitted", "2025-06-10", meeting="CPRC", agency="school", chronology="C")
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    assert case.severities("WAL-R12") == []


@clause("WAL-R12", "WAL-R12a")
def test_the_report_to_a_review_comes_with_a_chronology() -> None:
    without, with_one, initial = ahead(), ahead(), given.booked()
    without.tell("report_submitted", "2025-06-09", meeting="CPRC", agency="school")
    with_one.tell("report_submitted", "2025-06-09", meeting="CPRC", agency="school", chronology="Since March.")
    initial.policy = given.pack("wales")
    initial.tell("report_submitted", "2025-03-20", meeting="ICPC", agency="school")

    assert [each.severities("WAL-R12a") for each in (without, with_one, initial)] == [["warning"], [], []]


@clause("WAL-R13")
def test_how_a_report_was_shared_is_recorded() -> None:
    silent, said = ahead(), ahead()
    silent.tell("report_shared", "2025-06-02", meeting="CPRC", agency="school", shared_with="family")
    said.tell("report_shared", "2025-06-02", meeting="CPRC", agency="school", mode="face_to_face")

    assert [each.severities("WAL-R13") for each in (silent, said)] == [["record"], []]


def seats(*agencies: str) -> list[dict[str, Any]]:
    return [{"agency": name} for name in agencies]


@pytest.mark.parametrize(
    "came, found, refused",
    [
        (("csc", "health", "school"), None, ()),
        (("csc", "health"), None, ("WAL-R09a",)),
        (("csc", "health"), {"result": "quorate_by_exception", "reason": "Small team.", "by": CHAIR}, ()),
        (("csc", "health"), {"result": "inquorate_proceeding", "exceptional": True, "reason": "R", "by": CHAIR}, ()),
        (("csc",), {"result": "quorate_by_exception", "reason": "Small team.", "by": CHAIR}, ("WAL-R09a",)),
        ((), {"result": "quorate"}, ()),
        ((), {"result": "quorate_by_exception", "reason": "R", "by": CHAIR}, ()),
        ((), {"result": "inquorate_proceeding", "counted_agencies": ["csc", "health"]}, ("WAL-R09a",)),
        ((), None, ()),
    ],
)
@clause("WAL-R09", "WAL-R09a")
def test_three_agencies_or_two_by_exception(came: tuple[str, ...], found: Anything, refused: tuple[str, ...]) -> None:
    case, goes_on = at_review(), at_review()
    for each in (case, goes_on):
        if came:
            each.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=seats(*came))
        if found:
            each.tell("quorum_assessed", "2025-06-16", meeting="CPRC", **found)

    assert ends(case) == refused
    assert case.severities("WAL-R09") == []
    goes_on.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue", continuing_sh=True)
    assert goes_on.severities("WAL-R09") == ["warning"] * len(refused)


@clause("WAL-R09", "WAL-R09a")
def test_an_ending_told_of_elsewhere_without_a_quorum_is_kept_and_found() -> None:
    case = at_review()
    case.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=seats("csc", "health"))
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk", continuing_sh=False)

    assert (case.severities("WAL-R09"), case.severities("WAL-R09a")) == (["warning"], ["forbidden"])


@clause("WAL-R09", "WAL-R09a")
def test_a_birthday_needs_no_quorum() -> None:
    case = at_review()
    case.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=seats("csc"))
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="reached_18")

    assert (case.severities("WAL-R09"), case.severities("WAL-R09a")) == ([], [])


@clause("WAL-R10")
def test_why_two_were_enough_is_recorded_with_the_chair() -> None:
    found = []
    for said in (
        {"result": "quorate_by_exception"},
        {"result": "quorate_by_exception", "reason": "R"},
        {"result": "quorate_by_exception", "by": CHAIR},
        {"result": "quorate_by_exception", "reason": "R", "by": CHAIR},
        {"result": "quorate"},
        {"result": "inquorate_proceeding", "exceptional": True},
    ):
        case = ahead()
        case.tell("quorum_assessed", "2025-06-16", meeting="CPRC", **said)
        found.append(len(case.severities("WAL-R10")))

    assert found == [1, 1, 1, 0, 0, 1]


@clause("WAL-R11")
def test_each_agency_that_stayed_away_is_reported() -> None:
    case = ahead()
    case.tell("conference_invitations_issued", "2025-05-20", meeting="CPRC", invitees=seats("school", "police", "csc"))
    case.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=seats("csc"))
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    assert sorted(str(duty.told_of["agency"]) for duty in case.duties("WAL-R11")) == ["police", "school"]

    case.report("plan_ended", "2025-06-17", ground="reached_18")
    case.tell("non_attendance_reported", "2025-06-18", meeting="CPRC-9", agency="school")
    case.tell("non_attendance_reported", "2025-06-20", meeting="CPRC", agency="police")
    stands = {str(duty.told_of["agency"]): duty.status for duty in case.duties("WAL-R11")}
    assert stands == {"police": Status.MET, "school": Status.OPEN}


@clause("WAL-R02")
def test_whether_the_risk_continues_is_recorded() -> None:
    silent, said, ended = at_review(), at_review(), at_review()
    silent.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue")
    said.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue", continuing_sh=True)
    ends(ended, continuing_sh=None)

    assert [each.severities("WAL-R02") for each in (silent, said, ended)] == [["record"], [], ["record"]]
    assert registered().severities("WAL-R02") == []
    others = at_review()
    others.report("plan_ended", "2025-06-16", ground="reached_18")
    assert others.severities("WAL-R02") == []


@clause("WAL-R03")
def test_a_review_weighs_safety_well_being_and_development() -> None:
    whole = {"safety": "S", "well_being": "W", "development": "D"}
    found = []
    for said in (None, whole, {**whole, "development": None}):
        case = at_review()
        if said is not None:
            told = {name: value for name, value in said.items() if value}
            case.tell("outcomes_considered", "2025-06-16", meeting="CPRC", **told)
        case.tell("conference_closed", "2025-06-16", meeting="CPRC")
        found.append([finding.missing for finding in case.findings("WAL-R03")])

    assert found == [
        [("what was found of the child's safety, well-being, development",)],
        [],
        [("what was found of the child's development",)],
    ]


@clause("WAL-R03", "WAL-R16")
def test_what_a_review_must_do_is_not_asked_of_an_initial_conference() -> None:
    case = registered()
    case.tell("conference_closed", "2025-03-24", meeting="ICPC")

    assert (case.severities("WAL-R03"), case.severities("WAL-R16")) == ([], [])


@pytest.mark.parametrize("type_", ["child_decision_made", "plan_ended"])
@clause("WAL-R04")
def test_a_decision_is_taken_for_each_child(type_: str) -> None:
    said: dict[str, Any] = (
        {"decision": "continue", "continuing_sh": True}
        if type_ == "child_decision_made"
        else {"ground": "no_longer_at_risk", "continuing_sh": False}
    )
    together, alone, copied = at_review(), at_review(), at_review()
    envelope = {"cases": ["child-1", "child-2"]}

    assert together.decide(type_, "2025-06-16", meeting="CPRC", envelope=envelope, **said) == ("WAL-R04",)
    assert alone.decide(type_, "2025-06-16", meeting="CPRC", envelope={"cases": ["child-1"]}, **said) == ()
    copied.report(type_, "2025-06-16", meeting="CPRC", copy=1, **said)
    assert copied.severities("WAL-R04") == ["forbidden"]


@clause("WAL-R14", "E-65")
def test_the_core_groups_practitioners_speak_before_the_others() -> None:
    def said(*views: tuple[bool | None, int | None]) -> list[str]:
        case = at_review()
        for number, (member, seq) in enumerate(views):
            more = {"seq": seq} if seq else {}
            told = {"core_group_member": member} if member is not None else {}
            case.tell(
                "agency_view_stated", "2025-06-16", meeting="CPRC", agency=f"a{number}", view="end", **told, **more
            )
        return [each.value for each in case.severities("WAL-R14")]

    assert said((True, None), (False, None)) == []
    assert said((False, None), (True, None)) == ["warning"]
    assert said((False, 2), (True, 1)) == []
    assert said((True, 2), (False, 1)) == ["warning"]
    assert said((False, 1), (True, 2)) == ["warning"]
    assert said((None, None), (True, None)) == []


@clause("WAL-T07")
def test_the_chair_sums_up_on_the_day_of_the_review() -> None:
    case = at_review()
    assert last_day_in_time(case, "WAL-T07") == "2025-06-16"

    case.tell("chair_summary_given", "2025-06-16", meeting="CPRC-9", text="Another.")
    assert case.status("WAL-T07", "2025-06-16") is Status.OPEN
    case.tell("chair_summary_given", "2025-06-16", meeting="CPRC", text="Safe.")
    assert case.status("WAL-T07") is Status.MET


@clause("WAL-T07")
def test_the_end_of_registration_does_not_excuse_the_summary() -> None:
    case = at_review()
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="reached_18")

    assert case.status("WAL-T07", "2025-06-17") is Status.MISSED


@clause("WAL-R16")
def test_a_review_does_not_close_without_a_summary() -> None:
    silent, said = at_review(), at_review()
    said.tell("chair_summary_given", "2025-06-16", meeting="CPRC", text="Safe.")
    for case in (silent, said):
        case.tell("conference_closed", "2025-06-16", meeting="CPRC")

    assert [each.severities("WAL-R16") for each in (silent, said)] == [["warning"], []]


@clause("WAL-R17")
def test_dissent_says_what_it_is() -> None:
    silent, said = at_review(), at_review()
    silent.tell("dissent_recorded", "2025-06-16", meeting="CPRC", agency="school")
    said.tell("dissent_recorded", "2025-06-16", meeting="CPRC", agency="school", reason="Still hungry.")

    assert [each.severities("WAL-R17") for each in (silent, said)] == [["record"], []]


@clause("WAL-R23")
def test_a_review_takes_a_child_off_the_register_who_is_no_longer_at_risk() -> None:
    assert ends(at_review()) == ()
    assert ends(at_review(), continuing_sh=True) == ("WAL-R23",)
    assert registered().decide("plan_ended", "2025-06-16", ground="no_longer_at_risk") == ("WAL-R23",)

    told = at_review()
    told.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk", continuing_sh=True)
    assert told.severities("WAL-R23") == ["forbidden"]
    birthday = registered()
    birthday.report("plan_ended", "2025-06-16", ground="reached_18")
    assert birthday.severities("WAL-R23") == []


@clause("WAL-R23a")
def test_families_who_do_not_co_operate_are_no_reason_to_take_a_child_off_the_register() -> None:
    case = at_review()
    told = {"ground": "non_cooperation", "continuing_sh": False}
    override = {"rule": "WAL-R23a", "reason": "R", "authoriser": "Head 1"}
    overridden = {**told, "role": "head_of_service", "envelope": {"override": override}}

    assert case.decide("plan_ended", "2025-06-16", meeting="CPRC", **told) == ("WAL-R23a",)
    assert case.decide("plan_ended", "2025-06-16", meeting="CPRC", **overridden) == ("WAL-R23a",)
    assert ends(case) == ()


@pytest.mark.parametrize("held, last", [("2025-06-16", "2025-06-23"), ("2025-04-14", "2025-04-23")])
@clause("WAL-T04", "E-02")
def test_the_decisions_go_to_everybody_invited_within_five_working_days(held: str, last: str) -> None:
    assert last_day_in_time(at_review(held), "WAL-T04") == last


@clause("WAL-T04", "WAL-R18", "N19")
def test_each_who_was_invited_is_sent_the_decisions_whether_they_came_or_not() -> None:
    case = ahead()
    invited = [{"agency": "school"}, {"agency": "health"}, {"role": "mother"}]
    case.tell("conference_invitations_issued", "2025-05-20", meeting="CPRC", invitees=invited)
    case.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=[{"agency": "school"}])
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    case.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue", continuing_sh=True)
    assert [str(duty.due_on) for duty in case.duties("WAL-T04")] == ["2025-06-23"] * 3

    case.tell("decision_and_recommendations_distributed", "2025-06-20", meeting="CPRC", recipients=invited[:1])
    case.tell("notification_sent", "2025-06-23", register_id="N19", meeting="CPRC", to=[{"role": "mother"}])
    stands = {str(duty.told_of["recipient"]): duty.status for duty in case.duties("WAL-T04", "2025-06-24")}
    assert stands == {"school": Status.MET, "mother": Status.MET, "health": Status.MISSED}


@clause("WAL-R18a")
def test_the_decisions_that_go_out_are_those_that_the_chair_approved() -> None:
    silent, said, initial = at_review(), at_review(), registered()
    silent.tell("decision_and_recommendations_distributed", "2025-06-20", meeting="CPRC")
    said.tell("decision_and_recommendations_distributed", "2025-06-20", meeting="CPRC", approved_by=CHAIR)
    initial.tell("decision_and_recommendations_distributed", "2025-03-28", meeting="ICPC")

    assert [each.severities("WAL-R18a") for each in (silent, said, initial)] == [["record"], [], []]


@clause("WAL-T04", "WAL-R18")
def test_sending_them_meets_it_even_after_the_plan_ended() -> None:
    case = ahead()
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk", continuing_sh=False)
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    case.tell("decision_and_recommendations_distributed", "2025-06-20", meeting="CPRC-9")
    assert [duty.status for duty in case.duties("WAL-T04", "2025-06-20")] == [Status.OPEN]

    case.tell("decision_and_recommendations_distributed", "2025-06-23", meeting="CPRC")
    assert case.status("WAL-T04") is Status.MET


@clause("WAL-T04")
def test_it_is_counted_from_the_review_though_the_decision_is_told_later_and_not_for_an_initial_conference() -> None:
    case = at_review()
    case.events.pop()
    case.report("child_decision_made", "2025-06-18", meeting="CPRC", decision="continue")
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC", recorded="2025-06-18")

    assert [str(duty.due_on) for duty in case.duties("WAL-T04")] == ["2025-06-23"]
    assert registered().duties("WAL-T04") == []


@pytest.mark.parametrize("told", [("record_shared", {"family": True}), ("minutes_distributed", {})])
@clause("WAL-T08")
def test_the_family_members_of_the_core_group_get_the_record(told: tuple[str, dict[str, Any]]) -> None:
    case = at_review()
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="reached_18")
    case.report("minutes_signed", "2025-06-20", meeting="CPRC")
    case.tell("record_shared", "2025-06-21", meeting="CPRC", chair_permission=True)
    case.tell("record_shared", "2025-06-21", meeting="CPRC-9", family=True)
    assert (case.status("WAL-T08"), case.duty("WAL-T08").due_on) == (Status.OPEN, None)

    type_, said = told
    case.report(type_, "2025-06-23", meeting="CPRC", **said)
    assert case.status("WAL-T08") is Status.MET


@clause("WAL-T08", "N20")
def test_each_of_the_family_in_the_core_group_gets_it() -> None:
    case = at_review()
    family = [{"role": "mother"}, {"ref": "P2", "role": "father"}, {"role": "child"}]
    others = [{"role": "health_visitor"}, {"agency": "school"}]
    case.tell("core_group_membership_confirmed", "2025-03-24", meeting="ICPC", members=[*family, *others])
    case.report("minutes_signed", "2025-06-20", meeting="CPRC")
    case.tell("record_shared", "2025-06-23", meeting="CPRC", family=True, recipients=[{"role": "mother"}])
    case.tell("notification_sent", "2025-06-23", register_id="N20", meeting="CPRC", to=[{"ref": "P2"}])
    stands = {str(duty.told_of["recipient"]): duty.status for duty in case.duties("WAL-T08")}
    assert stands == {"mother": Status.MET, "P2": Status.MET, "child": Status.OPEN}

    case.report("minutes_distributed", "2025-06-24", meeting="CPRC")
    assert {duty.status for duty in case.duties("WAL-T08")} == {Status.MET}


@clause("WAL-T08")
def test_the_record_of_an_initial_conference_is_another_procedures_matter() -> None:
    case = registered()
    case.report("minutes_signed", "2025-03-28", meeting="ICPC")

    assert case.duties("WAL-T08") == []


@clause("WAL-R19")
def test_the_record_goes_to_others_only_with_the_chairs_permission() -> None:
    silent, said, before, refused, family = (at_review() for _ in range(5))
    before.tell("minutes_disclosure_consented", "2025-06-20", meeting="CPRC", consent=True)
    refused.tell("minutes_disclosure_consented", "2025-06-20", meeting="CPRC", consent=False)
    to_court = {"recipients": [{"agency": "court"}]}

    assert silent.decide("record_shared", "2025-06-23", meeting="CPRC", **to_court) == ("WAL-R19",)
    assert said.decide("record_shared", "2025-06-23", meeting="CPRC", chair_permission=True, **to_court) == ()
    assert before.decide("record_shared", "2025-06-23", meeting="CPRC", **to_court) == ()
    assert refused.decide("record_shared", "2025-06-23", meeting="CPRC", **to_court) == ("WAL-R19",)
    assert family.decide("record_shared", "2025-06-23", meeting="CPRC", family=True) == ()
    silent.tell("record_shared", "2025-06-24", meeting="CPRC", **to_court)
    assert silent.severities("WAL-R19") == ["forbidden"]
    court = {"to": {"agency": "court"}}
    assert refused.decide("minutes_disclosed", "2025-06-23", meeting="CPRC", **court) == ("WAL-R19",)
    assert refused.decide("minutes_disclosed", "2025-06-23", meeting="CPRC", chair_permission=True, **court) == ()


FORCE = {
    "block": "WAL-R04 WAL-R09a WAL-R19 WAL-R20 WAL-R21 WAL-R23 WAL-R23a",
    "warn": "WAL-R03 WAL-R08 WAL-R09 WAL-R12 WAL-R12a WAL-R14 WAL-R16",
    "record": "WAL-R18a WAL-R02 WAL-R07 WAL-R10 WAL-R13 WAL-R17 WAL-R22",
    "guide": "WAL-R01 WAL-R05",
}


@pytest.mark.parametrize(
    "rule, force",
    [pytest.param(id_, force, marks=clause(id_)) for force, ids in FORCE.items() for id_ in ids.split()],
)
def test_each_rule_has_the_force_that_the_requirements_give_it(rule: str, force: str) -> None:
    assert [entry.enforce.value for entry in given.pack("wales").rule if entry.id == rule] == [force]


@clause("WAL-T01")
def test_registering_again_or_going_on_starts_no_first_review_anew() -> None:
    case = at_review()
    case.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue", continuing_sh=True)
    case.tell("plan_started", "2025-06-16", meeting="ICPC")

    assert len(case.duties("WAL-T01")) == 1


@clause("WAL-T01")
def test_a_registration_voided_and_told_again_has_the_same_duty() -> None:
    case = registered()
    before = case.duty("WAL-T01").id
    case.void(case.events[-1], "2025-03-25")
    case.decide("child_decision_made", "2025-03-24", meeting="ICPC", **given.subject())

    assert case.duty("WAL-T01").id == before


@clause("WAL-T01", "WAL-T02")
def test_what_is_decided_at_a_review_that_was_not_held_meets_none() -> None:
    first, later = ahead(), at_review()
    for case, meeting, rule in ((first, "CPRC", "WAL-T01"), (later, "CPRC-2", "WAL-T02")):
        case.tell("conference_not_held_inquorate", "2025-06-18", meeting=meeting)
        case.report("child_decision_made", "2025-06-18", meeting=meeting, decision="continue")
        assert case.status(rule, "2025-06-18") is Status.OPEN


@clause("WAL-T04")
def test_a_review_told_by_its_decision_alone_owes_its_decisions_to_those_invited() -> None:
    case = registered()
    case.report("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue")
    assert [str(duty.due_on) for duty in case.duties("WAL-T04")] == ["2025-06-23"]

    case.tell("review_conference_held", "2025-06-13", meeting="CPRC", recorded="2025-06-18")
    assert [str(duty.due_on) for duty in case.duties("WAL-T04")] == ["2025-06-20"]


@clause("WAL-T01")
def test_a_decision_corrected_to_one_that_registers_makes_it_known_only_then() -> None:
    case = given.at_conference()
    case.policy = given.pack("wales")
    decision = case.report("child_decision_made", "2025-03-24", meeting="ICPC", decision="not_subject")
    case.correct(decision, "2025-07-01", data=given.subject())

    duty = case.duty("WAL-T01", "2025-07-01")
    assert (str(duty.due_on), duty.marks) == ("2025-06-24", frozenset({Mark.LATE_WHEN_KNOWN}))


@clause("WAL-T01", "WAL-T02")
def test_an_ending_decided_at_an_inquorate_review_meets_it() -> None:
    first, later = ahead(), at_review()
    later.tell("review_conference_scheduled", "2025-07-01", meeting="CPRC-2", date="2025-11-03")
    for case, meeting, day in ((first, "CPRC", "2025-06-16"), (later, "CPRC-2", "2025-11-03")):
        case.tell("quorum_assessed", day, meeting=meeting, result="inquorate_proceeding")
        case.tell("review_conference_held", day, meeting=meeting)
        case.report("plan_ended", day, meeting=meeting, ground="no_longer_at_risk", continuing_sh=False)

    assert first.status("WAL-T01") is Status.MET
    assert later.duties("WAL-T02")[0].status is Status.MET


@clause("WAL-T01")
def test_the_end_of_registration_ends_the_first_review() -> None:
    case = registered()
    case.report("plan_ended", "2025-04-20", ground="reached_18")

    assert case.status("WAL-T01") is Status.CANCELLED


@clause("WAL-T02", "WAL-T04")
def test_a_decision_told_days_after_its_review_counts_from_the_review() -> None:
    case = ahead()
    case.tell("quorum_assessed", "2025-06-16", meeting="CPRC", result="inquorate_proceeding")
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    case.report("child_decision_made", "2025-06-18", meeting="CPRC", decision="continue")

    assert [str(duty.due_on) for duty in case.duties("WAL-T04")] == ["2025-06-23"]
    assert [str(duty.due_on) for duty in case.duties("WAL-T02")] == ["2025-12-16"]


@clause("WAL-T02", "E-12")
def test_a_review_told_by_its_decision_alone_starts_the_next_from_its_day() -> None:
    case = ahead()
    case.tell("quorum_assessed", "2025-06-16", meeting="CPRC", result="inquorate_proceeding")
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    case.report("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue")
    case.tell("quorum_assessed", "2025-11-03", meeting="CPRC-2", result="inquorate_proceeding")
    case.tell("review_conference_held", "2025-11-03", meeting="CPRC-2")
    assert [duty.status for duty in case.duties("WAL-T02", "2025-11-04")] == [Status.OPEN]

    case.report("child_decision_made", "2025-11-03", meeting="CPRC-2", decision="continue")
    assert [duty.status for duty in case.duties("WAL-T02", "2025-11-04")] == [Status.MET, Status.OPEN]


def never_registered() -> Case:
    """A child whose conference in Wales has decided nothing yet."""
    case = given.at_conference()
    case.policy = given.pack("wales")
    return case


@clause("P7", "P8", "P9", "P11")
def test_what_needs_a_child_on_the_register_is_refused_in_the_words_of_the_register() -> None:
    case, day, meeting = never_registered(), "2025-03-24", {"meeting": "ICPC"}
    assert case.decide("child_decision_made", day, **meeting, decision="continue") == ("P8",)
    assert case.decide("category_changed", day, **meeting, new="neglect") == ("P9",)
    assert case.decide("plan_ended", day, ground="left_uk") == ("P11", "P16")
    assert case.decide("child_decision_made", day, **meeting, **given.subject()) == ()

    on = at_review()
    said = {"continuing_sh": True}
    for decision in ("subject", "not_subject"):
        refused = {"category": "neglect", **given.subject(decision=decision), **said}
        assert on.decide("child_decision_made", "2025-06-16", meeting="CPRC", **refused) == ("P7",)
    assert on.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue", **said) == ()
    assert on.decide("category_changed", "2025-06-16", meeting="CPRC", new="neglect") == ()
    assert all("regist" in each.message for outcome in case.decided for each in outcome.refusals)


@clause("P14", "P15", "P16")
def test_registration_ends_at_18_by_death_or_by_leaving_only_where_that_is_recorded() -> None:
    grounds = {"reached_18": "P14", "deceased": "P15", "left_uk": "P16"}
    for ground, rule in grounds.items():
        assert registered().decide("plan_ended", "2025-04-01", ground=ground) == (rule,)

    adult = on_a_plan("2025-03-24", born="2007-04-01", policy=given.pack("wales"))
    dead, gone = registered(), registered()
    dead.tell("child_death_recorded", "2025-04-01")
    gone.tell("permanent_departure_from_uk_recorded", "2025-04-01", permanent=True)
    for case, ground in zip((adult, dead, gone), grounds, strict=True):
        assert case.decide("plan_ended", "2025-04-01", ground=ground) == ()
