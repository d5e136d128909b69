"""What starts a duty and what does not, once or each time, and what it belongs to."""

import pytest

from events.case.answer import Mark, Status
from tests.case.given import LEAD, Case, at_conference, at_review, booked, child, on_a_plan, reviewed, subject
from tests.case.test_preparing import review_booked

clause = pytest.mark.clause
WITH_THE_PLAN = ("STF-T17", "STF-T20", "STF-T21", "STF-T32", "STF-T37", "STF-T38")
BEFORE_INITIAL = ("STF-T02", "STF-T05", "STF-T06", "STF-T07", "STF-T07a", "STF-T09", "STF-T65", "STF-T65b", "STF-T67")
BEFORE_REVIEW = ("STF-T02", "STF-T04", "STF-T05", "STF-T06", "STF-T08", "STF-T08a", "STF-T10", "STF-T65", "STF-T65b")
INVITED = [{"agency": "school"}]


@clause(*WITH_THE_PLAN)
def test_a_plan_told_as_begun_without_a_decision_starts_all_that_begins_with_a_plan() -> None:
    case = at_conference()
    case.tell("plan_started", "2025-03-26", meeting="ICPC", category="neglect", lp=LEAD)

    assert [len(case.duties(rule)) for rule in WITH_THE_PLAN] == [1, 1, 1, 2, 1, 1]  # health and education
    assert str(case.duty("STF-T20", "2025-03-26").due_on) == "2025-04-14"
    assert str(case.duty("STF-T21", "2025-03-26").due_on) == "2025-04-07"


@clause(*WITH_THE_PLAN)
def test_deciding_that_it_goes_on_or_telling_again_that_it_began_starts_nothing_of_that_anew() -> None:
    case = reviewed("2025-06-16")
    case.tell("plan_started", "2025-06-16", meeting="ICPC")

    assert [len(case.duties(rule)) for rule in WITH_THE_PLAN] == [1, 1, 1, 2, 1, 1]  # health and education


@clause(*WITH_THE_PLAN)
def test_a_decision_voided_and_told_again_has_the_same_duties() -> None:
    case = on_a_plan()
    each_plan = [rule for rule in WITH_THE_PLAN if rule not in {"STF-T20", "STF-T32"}]
    before = [case.duty(rule).id for rule in each_plan]
    case.void(case.events[-1], "2025-03-25")
    case.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject())

    assert [case.duty(rule).id for rule in each_plan] == before


@pytest.mark.parametrize("rule, due", [
    ("STF-T17", "2025-06-24"), ("STF-T20", "2025-04-14"), ("STF-T21", "2025-04-07"), ("STF-T37", "2025-05-31"),
    ("STF-T38", "2025-06-01"),
])  # fmt: skip
@clause(*WITH_THE_PLAN)
def test_a_decision_corrected_to_one_that_makes_a_plan_makes_it_known_only_then(rule: str, due: str) -> None:
    case = at_conference(born="2007-06-01")
    decision = case.report("child_decision_made", "2025-03-24", meeting="ICPC", decision="not_subject")
    assert case.duties(rule) == []
    case.correct(decision, "2025-07-01", data=subject())

    duty = case.duty(rule, "2025-07-01")
    assert (str(duty.due_on), duty.marks) == (due, frozenset({Mark.LATE_WHEN_KNOWN}))


@clause("STF-T03")
def test_a_request_told_twice_owes_leaflets_once() -> None:
    case = booked()
    case.tell("initial_conference_requested", "2025-03-12")

    assert len(case.duties("STF-T03")) == 1


@clause("STF-T16", "E-18")
def test_a_risk_or_a_birth_told_twice_asks_for_one_conference() -> None:
    case = Case()
    case.tell("unborn_child_registered", "2025-03-03", edd="2025-08-04")
    for day in ("2025-03-10", "2025-03-17"):
        case.tell("unborn_risk_identified", day)
    for day in ("2025-05-20", "2025-05-21"):
        case.tell("birth_recorded", day, dob="2025-05-20")

    assert (len(case.duties("STF-T16")), len(case.duties("E-18"))) == (1, 1)


@clause("STF-T25")
def test_an_action_named_twice_is_one_action() -> None:
    case = on_a_plan()
    for day in ("2025-04-07", "2025-04-08"):
        case.tell("plan_action_added", day, action="ACT-1", due_on="2025-05-16")

    assert len(case.duties("STF-T25")) == 1


@clause("STF-R78")
def test_stepping_down_told_twice_passes_the_lead_once() -> None:
    case = at_review()
    for day in ("2025-06-16", "2025-06-17"):
        case.tell("step_down_considered", day, meeting="CPRC", chosen="early_help")

    assert len(case.duties("STF-R78")) == 1


@clause("STF-T15", "E-14")
def test_the_original_date_may_be_told_with_the_failure() -> None:
    case = booked("2025-03-24")
    case.tell("conference_not_held_inquorate", "2025-03-25", meeting="ICPC", original_date="2025-03-24")

    assert str(case.duty("STF-T15", "2025-03-25").due_on) == "2025-04-02"


@clause("STF-T15")
def test_a_plan_made_at_the_failed_sitting_elsewhere_is_no_reconvening() -> None:
    case = booked("2025-03-24")
    case.tell("conference_not_held_inquorate", "2025-03-24", meeting="ICPC")
    case.report("child_decision_made", "2025-03-24", meeting="ICPC", **subject())

    assert (case.status("STF-T15"), case.duty("STF-T15").met_by) == (Status.CANCELLED, None)


@clause("STF-T27", "STF-T28", "STF-T29", "STF-T31")
def test_a_receiving_in_conference_is_recorded_like_any_other() -> None:
    case = child()
    case.tell("receiving_in_conference_held", "2025-06-12", meeting="RIC")

    assert {case.duty(rule).meeting for rule in ("STF-T27", "STF-T28", "STF-T29", "STF-T31")} == {"RIC"}


@pytest.mark.parametrize(
    "rule, met_by",
    [
        ("STF-T27", "decision_and_recommendations_completed"),
        ("STF-T28", "decision_and_recommendations_distributed"),
        ("STF-T31", "minutes_amended"),
    ],
)
@clause("STF-T27", "STF-T28", "STF-T31")
def test_the_record_of_one_conference_says_nothing_of_another(rule: str, met_by: str) -> None:
    case = at_review("2025-03-26")
    case.tell(met_by, "2025-03-26", meeting="CPRC")

    assert [duty.status for duty in case.duties(rule, "2025-03-24")] == [Status.OPEN, Status.MET]


@clause(*BEFORE_INITIAL)
@pytest.mark.parametrize("rule", BEFORE_INITIAL)
def test_what_comes_before_an_initial_conference_is_over_when_it_is_held_or_called_off(rule: str) -> None:
    held, off, withdrawn = booked(born="2012-01-01"), booked(born="2012-01-01"), booked(born="2012-01-01")
    for case in (held, off, withdrawn):
        case.tell("conference_invitations_issued", "2025-03-11", meeting="ICPC", invitees=INVITED)
    held.tell("initial_conference_held", "2025-03-24", meeting="ICPC")
    off.tell("conference_cancelled", "2025-03-12", meeting="ICPC")
    withdrawn.decide("initial_conference_request_withdrawn", "2025-03-12")

    assert [str(case.duty(rule).closed_on) for case in (held, off, withdrawn)] == [
        "2025-03-24",
        "2025-03-12",
        "2025-03-12",
    ]


@clause(*BEFORE_REVIEW)
@pytest.mark.parametrize("rule", BEFORE_REVIEW)
def test_what_comes_before_a_review_is_over_when_it_is_held_or_the_plan_ends(rule: str) -> None:
    held, ended = review_booked("2025-06-20", born="2012-01-01"), review_booked("2025-06-20", born="2012-01-01")
    for case in (held, ended):
        case.tell("conference_invitations_issued", "2025-06-09", meeting="CPRC", invitees=[*INVITED])
    held.tell("review_conference_held", "2025-06-20", meeting="CPRC")
    ended.report("plan_ended", "2025-06-10", ground="transferred")

    if rule != "STF-T04":  # met by the invitations
        assert [str(case.duty(rule).closed_on) for case in (held, ended)] == ["2025-06-20", "2025-06-10"]
    moved = review_booked("2025-06-20")
    moved.tell("review_conference_held", "2025-06-20", meeting="CPRC")
    assert rule != "STF-T04" or str(moved.duty(rule).closed_on) == "2025-06-20"


@clause("STF-T02", "STF-T05", "STF-T06", "STF-T07", "STF-T08", "STF-T10", "STF-T65", "STF-T65b")
def test_what_was_done_for_one_conference_is_still_to_be_done_for_the_next() -> None:
    case = booked("2025-03-24", born="2012-01-01")
    told = {
        "STF-T02": ("family_prepared", {}),
        "STF-T05": ("child_invitation_decided", {"invited": True}),
        "STF-T06": ("advocacy_rights_given", {}),
        "STF-T65": ("chair_pre_conference_discussion_held", {}),
        "STF-T65b": ("chair_met_family", {}),
    }
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")
    case.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject())
    case.tell("review_conference_scheduled", "2025-03-24", meeting="CPRC", date="2025-06-20")
    for type_, data in told.values():
        case.tell(type_, "2025-03-24", meeting="ICPC", **data)

    for rule in told:
        assert [duty.status for duty in case.duties(rule, "2025-03-24")] == [Status.MET, Status.OPEN]


@clause("STF-T10")
def test_a_report_to_one_review_is_none_to_the_next() -> None:
    case = review_booked("2025-06-20")
    for meeting, day in (("CPRC", "2025-06-02"), ("CPRC-2", "2025-06-03")):
        if meeting == "CPRC-2":
            case.tell("review_conference_scheduled", day, meeting=meeting, date="2025-07-20")
        case.tell("conference_invitations_issued", day, meeting=meeting, invitees=INVITED)
    case.tell("report_shared", "2025-06-04", meeting="CPRC-2", agency="school")

    assert [duty.status for duty in case.duties("STF-T10", "2025-06-04")] == [Status.OPEN, Status.MET]


@clause("STF-T09", "STF-T10")
def test_each_kind_of_conference_has_its_own_days_for_the_agencies_reports() -> None:
    first, later = booked(), review_booked("2025-06-20")
    first.tell("conference_invitations_issued", "2025-03-11", meeting="ICPC", invitees=INVITED)
    later.tell("conference_invitations_issued", "2025-06-02", meeting="CPRC", invitees=INVITED)

    assert [len(case.duties(rule)) for case in (first, later) for rule in ("STF-T09", "STF-T10")] == [1, 0, 0, 1]


@clause("STF-T17", "STF-T18", "E-13")
def test_ending_the_plan_at_an_inquorate_review_is_a_decision_at_it() -> None:
    first, later = on_a_plan(), reviewed("2025-06-16")
    for case, rule in ((first, "STF-T17"), (later, "STF-T18")):
        case.tell("quorum_assessed", "2025-11-03", meeting="CPRC-9", result="inquorate_proceeding")
        case.tell("review_conference_held", "2025-11-03", meeting="CPRC-9")
        case.report("plan_ended", "2025-11-03", meeting="CPRC-9", ground="no_longer_at_risk")

        assert case.duties(rule)[0].met_by is not None


@clause("STF-T18", "E-12")
def test_the_next_review_is_counted_from_the_day_held_though_it_decided_later() -> None:
    case = on_a_plan()
    case.tell("quorum_assessed", "2025-06-16", meeting="CPRC", result="inquorate_proceeding")
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    case.report("child_decision_made", "2025-06-18", meeting="CPRC", decision="continue")

    assert str(case.duty("STF-T18", "2025-06-18").due_on) == "2025-12-16"


@clause("STF-T18", "E-13")
def test_a_decision_at_a_review_that_was_not_held_starts_no_six_months() -> None:
    case = on_a_plan()
    case.tell("conference_not_held_inquorate", "2025-06-16", meeting="CPRC")
    case.report("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue")

    assert case.duties("STF-T18") == []


@clause("STF-T19")
def test_an_earlier_review_is_no_longer_needed_when_the_plan_has_ended() -> None:
    case = on_a_plan()
    case.tell("early_review_need_identified", "2025-04-28")
    case.report("plan_ended", "2025-05-12", ground="transferred")

    assert case.status("STF-T19") is Status.CANCELLED
