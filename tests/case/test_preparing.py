"""Preparing a conference: family, child, chair, invitations, and the days they are counted back from."""

from typing import Any

import pytest

from events.case.answer import Mark, Status
from tests.case.given import Anything, Case, at_conference, booked, child, last_day_in_time, on_a_plan

clause = pytest.mark.clause


def review_booked(day: str = "2025-06-20", *, told: str = "2025-05-01", born: str = "2018-06-01") -> Case:
    """A child on a plan whose first review (meeting CPRC) is set for a day."""
    case = on_a_plan(born=born)
    case.tell("review_conference_scheduled", told, meeting="CPRC", date=day)
    return case


@clause("STF-T04")
def test_invitations_to_a_review_are_due_ten_working_days_before_it() -> None:
    case = review_booked("2025-06-20")

    assert last_day_in_time(case, "STF-T04") == "2025-06-06"

    case.tell("conference_invitations_issued", "2025-06-06", meeting="CPRC")
    assert case.status("STF-T04") is Status.MET


@pytest.mark.parametrize(
    "review, last",
    [
        ("2025-05-06", "2025-04-17"),  # over Easter and the bank holiday of early May
        ("2026-01-05", "2025-12-17"),  # over Christmas and New Year: counted back, only working days count
        ("2025-06-21", "2025-06-09"),  # from a Saturday
    ],
)
@clause("STF-T04", "E-04")
def test_working_days_are_counted_back_over_holidays(review: str, last: str) -> None:
    assert review_booked(review, told="2025-04-01").duty("STF-T04", "2025-04-01").due_on.isoformat() == last  # type: ignore[union-attr]  # dated


@clause("STF-T04", "STF-T08", "E-15")
def test_what_is_counted_back_moves_with_the_conference() -> None:
    case = review_booked("2025-06-20")
    case.tell("conference_rescheduled", "2025-05-10", meeting="CPRC", new_date="2025-06-27")

    assert last_day_in_time(case, "STF-T04") == "2025-06-13"
    assert last_day_in_time(case, "STF-T08") == "2025-06-20"


@clause("STF-T04")
def test_a_conference_called_off_needs_no_invitations() -> None:
    case = review_booked("2025-06-20")
    case.tell("conference_cancelled", "2025-05-10", meeting="CPRC")

    assert (case.status("STF-T04"), case.duty("STF-T04").reason) == (Status.CANCELLED, "the conference was called off")


@clause("STF-T04")
def test_an_initial_conference_has_no_ten_days_of_invitations() -> None:
    assert booked().duties("STF-T04") == []


@clause("STF-T02", "STF-T65", "STF-T65b")
@pytest.mark.parametrize("story", [booked, review_booked])
def test_each_conference_asks_that_family_and_chair_be_prepared(story: Anything) -> None:
    case = story()
    meeting = case.events[-1].meeting
    told = ("STF-T02", "STF-T65", "STF-T65b")
    now = case.events[-1].recorded_at.isoformat()
    assert [case.status(rule, now) for rule in told] == [Status.OPEN] * 3

    case.tell("family_prepared", "2025-05-02", meeting=meeting)
    case.tell("chair_pre_conference_discussion_held", "2025-05-02", meeting=meeting)
    case.tell("chair_met_family", "2025-05-02", meeting=meeting)

    assert all(case.duty(rule).met_by is not None for rule in told)


@clause("STF-T65", "STF-T65b")
def test_the_talks_are_due_by_the_day_of_the_conference() -> None:
    case = booked("2025-03-24")

    assert last_day_in_time(case, "STF-T65") == "2025-03-24"
    assert last_day_in_time(case, "STF-T65b") == "2025-03-24"


@clause("STF-T02", "STF-T65", "STF-T65b", "STF-T67")
def test_what_was_to_come_before_a_conference_is_over_once_it_is_held() -> None:
    case = at_conference("2025-03-24")

    assert case.status("STF-T02", "2025-03-24") is Status.CANCELLED
    for rule in ("STF-T65", "STF-T65b", "STF-T67"):
        duty = case.duty(rule, "2025-03-24")
        assert (duty.status, duty.reason) == (Status.MISSED, "the conference was held without it")


@clause("STF-T65")
def test_a_talk_on_the_morning_of_the_conference_counts_even_if_typed_after_it() -> None:
    case = at_conference("2025-03-24")
    case.tell("chair_pre_conference_discussion_held", "2025-03-24", meeting="ICPC")

    assert case.status("STF-T65") is Status.MET


@clause("STF-T65")
def test_a_talk_after_the_conference_is_none_before_it() -> None:
    case = at_conference("2025-03-24")
    case.tell("chair_pre_conference_discussion_held", "2025-03-25", meeting="ICPC")

    assert case.status("STF-T65") is Status.MISSED


@pytest.mark.parametrize(
    "born, asked", [("2013-03-24", False), ("2013-03-23", True), ("2012-01-01", True), ("2019-01-01", False)]
)
@clause("STF-T05", "E-21")
def test_a_child_is_over_12_from_the_day_after_the_birthday(born: str, asked: bool) -> None:  # noqa: FBT001  # a table
    assert bool(booked("2025-03-24", born=born).duties("STF-T05")) is asked


@pytest.mark.parametrize("born, told", [("2020-03-24", False), ("2020-03-23", True)])
@clause("STF-T06", "E-21")
def test_a_child_is_over_5_from_the_day_after_the_birthday(born: str, told: bool) -> None:  # noqa: FBT001  # a table
    assert bool(booked("2025-03-24", born=born).duties("STF-T06")) is told


@clause("STF-T05", "E-21")
def test_the_age_that_counts_is_that_on_the_day_the_conference_moved_to() -> None:
    case = booked("2025-03-24", born="2013-03-24")
    case.tell("conference_rescheduled", "2025-03-20", meeting="ICPC", new_date="2025-03-25")

    assert case.status("STF-T05", "2025-03-20") is Status.OPEN


@clause("STF-T05", "STF-T06", "E-22")
def test_a_corrected_date_of_birth_counts_from_the_beginning() -> None:
    case = booked("2025-03-24", born="2013-06-01")
    assert case.duties("STF-T05") == []

    case.tell("date_of_birth_corrected", "2025-03-20", new="2012-06-01")

    assert case.status("STF-T05", "2025-03-20") is Status.OPEN


@clause("STF-T05", "STF-T06", "E-81")
def test_of_a_child_whose_age_nobody_knows_it_cannot_be_calculated() -> None:
    case = Case()
    case.tell("initial_conference_requested", "2025-03-10")
    case.tell("initial_conference_scheduled", "2025-03-10", meeting="ICPC", date="2025-03-24")

    for rule in ("STF-T05", "STF-T06"):
        duty = case.duty(rule, "2025-03-10")
        assert (duty.due_on, duty.missing) == (None, "the child's date of birth")
        assert Mark.CANNOT_BE_CALCULATED in duty.marks


@clause("STF-T05", "STF-T06")
@pytest.mark.parametrize("story", [booked, review_booked])
def test_both_are_due_by_the_day_of_either_conference(story: Anything) -> None:
    case = story(born="2012-01-01")
    day = case.events[-1].data.date.isoformat()

    assert last_day_in_time(case, "STF-T05") == last_day_in_time(case, "STF-T06") == day


@pytest.mark.parametrize(
    "type_, data",
    [
        ("child_invitation_decided", {"invited": True}),
        ("child_invitation_decided", {"invited": False, "reason": "Exams."}),
        ("conference_invitations_issued", {"invitees": [{"role": "child"}]}),
    ],
)
@clause("STF-T05")
def test_the_invitation_or_the_decision_against_it_meets_it(type_: str, data: dict[str, Any]) -> None:
    case = booked(born="2012-01-01")
    case.tell(type_, "2025-03-12", meeting="ICPC", **data)

    assert case.status("STF-T05") is Status.MET


@clause("STF-T05")
def test_invitations_to_others_do_not_invite_the_child() -> None:
    case = booked(born="2012-01-01")
    case.tell("conference_invitations_issued", "2025-03-12", meeting="ICPC", invitees=[{"role": "teacher"}])

    assert case.status("STF-T05", "2025-03-12") is Status.OPEN


@clause("STF-T06", "STF-R06")
def test_telling_the_parent_of_advocacy_does_not_tell_the_child() -> None:
    case = booked()
    case.tell("advocacy_rights_given", "2025-03-12", meeting="ICPC", to="parent")
    assert case.status("STF-T06", "2025-03-12") is Status.OPEN
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")

    assert len(case.findings("STF-R06")) == 1


@clause("STF-T06", "STF-R06")
@pytest.mark.parametrize("to", ["child", None])
def test_telling_the_child_of_advocacy_meets_it(to: str | None) -> None:
    case = booked()
    case.tell("advocacy_rights_given", "2025-03-12", meeting="ICPC", **({"to": to} if to else {}))
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")

    assert case.status("STF-T06") is Status.MET
    assert case.findings("STF-R06") == []


@clause("STF-R05")
def test_a_conference_held_without_inviting_a_child_over_12_leaves_a_finding() -> None:
    uninvited, invited = booked(born="2012-01-01"), booked(born="2012-01-01")
    young = at_conference(born="2014-01-01")
    invited.tell("child_invitation_decided", "2025-03-12", meeting="ICPC", invited=True)
    for case in (uninvited, invited):
        case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")

    assert [case.severities("STF-R05") for case in (uninvited, invited, young)] == [["warning"], [], []]


@clause("STF-R05")
def test_an_invitation_among_others_counts() -> None:
    case = booked(born="2012-01-01")
    case.tell("conference_invitations_issued", "2025-03-12", meeting="ICPC", invitees=[{"role": "child"}])
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")

    assert case.findings("STF-R05") == []


@clause("STF-R06")
def test_nobody_is_blamed_for_a_child_too_young_to_be_told() -> None:
    assert at_conference(born="2021-01-01").findings("STF-R06") == []


@clause("STF-T67")
@pytest.mark.parametrize("type_", ["family_group_conference_explored", "support_network_recorded"])
def test_the_familys_own_network_is_explored_before_the_initial_conference(type_: str) -> None:
    case = booked("2025-03-24")
    assert last_day_in_time(case, "STF-T67") == "2025-03-24"

    case.tell(type_, "2025-03-20", outcome="Weekends covered.")

    assert case.status("STF-T67") is Status.MET


@clause("STF-T67")
def test_exploring_it_during_the_assessment_before_any_date_is_set_counts() -> None:
    case = child()
    case.tell("initial_conference_requested", "2025-03-10")
    case.tell("family_group_conference_explored", "2025-03-11", outcome="No.")
    case.tell("initial_conference_scheduled", "2025-03-12", meeting="ICPC", date="2025-03-24")

    assert case.status("STF-T67") is Status.MET


@clause("STF-R25")
def test_a_chair_who_manages_the_case_is_kept_as_forbidden() -> None:
    conflicted, independent, unsaid = booked(), booked(), booked()
    conflicted.tell("conference_chair_assigned", "2025-03-12", meeting="ICPC", independent=False)
    independent.tell("conference_chair_assigned", "2025-03-12", meeting="ICPC", independent=True)
    unsaid.tell("conference_chair_assigned", "2025-03-12", meeting="ICPC")

    assert [each.severities("STF-R25") for each in (conflicted, independent, unsaid)] == [["forbidden"], [], []]


@pytest.mark.parametrize(
    "chair, found",
    [
        ({"name": "Manager 1", "ref": "M1"}, ["forbidden"]),
        ({"name": "Worker 1", "ref": "W1"}, ["forbidden"]),
        ({"name": "Chair 1", "ref": "C1"}, []),
        ({"name": "Chair 1"}, []),
    ],
)
@clause("STF-R25")
def test_whoever_has_or_manages_the_case_is_no_independent_chair_whatever_is_said(
    chair: dict[str, str], found: list[str]
) -> None:
    case = booked()
    case.tell("case_allocated", "2025-03-11", worker={"name": "Worker 1", "ref": "W1"}, manager={"ref": "M1"})
    case.tell("conference_chair_assigned", "2025-03-12", meeting="ICPC", chair=chair, independent=True)

    assert case.severities("STF-R25") == found


@clause("STF-R25", "E-84")
def test_an_act_is_refused_where_planclock_is_asked_to_let_it_through() -> None:
    here, happened = booked(), booked()
    refused = here.decide("conference_chair_assigned", "2025-03-12", meeting="ICPC", independent=False)
    happened.report("conference_chair_assigned", "2025-03-12", meeting="ICPC", independent=False)

    assert refused == ("STF-R25",)
    assert here.severities("STF-R25") == []
    assert happened.severities("STF-R25") == ["forbidden"]


@clause("STF-R25a")
def test_another_chair_than_before_is_explained() -> None:
    silent, explained = review_booked(), review_booked()
    silent.tell("conference_chair_assigned", "2025-05-02", meeting="CPRC", same_as_previous=False)
    explained.tell("conference_chair_assigned", "2025-05-02", meeting="CPRC", same_as_previous=False, reason="Leave.")

    assert [each.severities("STF-R25a") for each in (silent, explained)] == [["record"], []]


@clause("STF-R10", "STF-R31")
def test_invitations_bring_the_advice_on_what_agencies_owe() -> None:
    case = booked()
    case.tell("conference_invitations_issued", "2025-03-12", meeting="ICPC")

    assert case.advice() >= {"STF-R10", "STF-R31"}
