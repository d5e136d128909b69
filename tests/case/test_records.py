"""The record of a conference: decision and recommendations, minutes, amendments, and who is told."""

from typing import Any

import pytest

from events.case.answer import Severity, Status
from tests.case.given import Case, at_conference, at_review, last_day_in_time, on_a_plan, subject

clause = pytest.mark.clause
RECORDS = ("STF-T27", "STF-T28", "STF-T29", "STF-T31")


@pytest.mark.parametrize(
    "held, one, ten, twenty_eight",
    [
        ("2025-03-24", "2025-03-25", "2025-04-07", "2025-05-06"),  # over Easter and the bank holiday of early May
        ("2025-04-17", "2025-04-22", "2025-05-06", "2025-06-02"),  # from Maundy Thursday
        ("2024-02-16", "2024-02-19", "2024-03-01", "2024-03-27"),  # through 29 February
        ("2025-12-23", "2025-12-24", "2026-01-09", "2026-02-04"),  # over Christmas and New Year
        ("2025-10-17", "2025-10-20", "2025-10-31", "2025-11-26"),  # as the clocks go back
    ],
)
@clause(*RECORDS)
def test_the_clocks_of_the_record_run_from_the_conference(held: str, one: str, ten: str, twenty_eight: str) -> None:
    case = at_conference(held, requested="2024-02-01")
    case.tell("minutes_amendment_requested", held, meeting="ICPC")

    assert [last_day_in_time(case, rule) for rule in RECORDS] == [one, one, ten, twenty_eight]


@clause(*RECORDS)
def test_a_review_is_recorded_by_the_same_clocks() -> None:
    case = at_review("2025-06-16")
    case.tell("minutes_amendment_requested", "2025-06-16", meeting="CPRC")

    dues = [last_day_in_time(case, rule) for rule in RECORDS]
    assert dues == ["2025-06-17", "2025-06-17", "2025-06-30", "2025-07-24"]


@pytest.mark.parametrize(
    "rule, type_, last, late",
    [
        ("STF-T27", "decision_and_recommendations_completed", "2025-03-25", "2025-03-26"),
        ("STF-T28", "decision_and_recommendations_distributed", "2025-03-25", "2025-03-26"),
        ("STF-T29", "minutes_distributed", "2025-04-07", "2025-04-08"),
        ("STF-T31", "minutes_amended", "2025-05-06", "2025-05-07"),
    ],
)
@clause(*RECORDS, "E-51", "E-52")
def test_each_part_of_the_record_is_met_by_its_own_event(rule: str, type_: str, last: str, late: str) -> None:
    in_time, too_late = at_conference(), at_conference()
    in_time.tell(type_, last, meeting="ICPC")
    too_late.tell("minutes_amendment_requested", "2025-03-25", meeting="ICPC")
    too_late.tell(type_, late, meeting="ICPC")

    assert (in_time.status(rule), too_late.status(rule)) == (Status.MET, Status.MET_LATE)
    others = [each for each in RECORDS if each != rule]
    assert all(in_time.duty(each, last).met_by is None for each in others)


@clause(*RECORDS)
def test_a_decision_alone_says_that_there_was_a_conference_to_record() -> None:
    case = at_conference()
    del case.events[-1]  # nobody told that it was held
    case.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject())

    assert [len(case.duties(rule)) for rule in RECORDS] == [1, 1, 1, 1]
    assert len(on_a_plan().duties("STF-T29")) == 1


@clause(*RECORDS)
def test_a_decision_of_a_conference_that_was_not_held_leaves_nothing_to_record() -> None:
    case = at_conference()
    del case.events[-1]
    case.tell("conference_not_held_inquorate", "2025-03-24", meeting="ICPC")
    case.report("child_decision_made", "2025-03-24", meeting="ICPC", **subject())

    assert [case.duties(rule) for rule in RECORDS] == [[], [], [], []]


@clause("STF-T31")
def test_amendments_nobody_asked_for_lapse_and_those_asked_for_are_missed() -> None:
    unasked, asked = at_conference(), at_conference()
    asked.tell("minutes_amendment_requested", "2025-04-20", meeting="ICPC")

    assert unasked.status("STF-T31", "2025-05-06T23:59") is Status.OPEN
    assert unasked.status("STF-T31", "2025-05-07") is Status.CANCELLED
    assert asked.status("STF-T31", "2025-05-07") is Status.MISSED


@clause("STF-T31", "E-51")
def test_late_minutes_leave_no_more_time_to_amend_them() -> None:
    case = at_conference()
    case.decide("minutes_signed", "2025-05-06", meeting="ICPC")
    case.decide("minutes_distributed", "2025-05-06", meeting="ICPC")
    case.tell("minutes_amendment_requested", "2025-05-06", meeting="ICPC")

    assert last_day_in_time(case, "STF-T31") == "2025-05-06"


@clause("STF-T27", "STF-T29")
def test_the_record_goes_on_after_the_plan_has_ended() -> None:
    case = at_review()
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")

    assert case.status("STF-T27", "2025-06-18") is Status.MISSED
    assert case.status("STF-T29", "2025-06-18") is Status.OPEN


@clause("STF-T32", "STF-R92")
def test_health_and_education_are_told_when_a_plan_begins_and_when_it_ends() -> None:
    case = on_a_plan()
    assert (case.status("STF-T32"), case.duty("STF-T32").due_on) == (Status.OPEN, None)
    case.tell("notification_sent", "2025-03-26", register_id="N08")
    assert case.status("STF-T32") is Status.OPEN

    case.tell("notification_sent", "2025-03-27", register_id="N07")
    case.report("plan_ended", "2025-06-16", ground="left_uk")

    assert [duty.status for duty in case.duties("STF-T32")] == [*([Status.MET] * 2), *([Status.OPEN] * 2)]


@clause("STF-T32")
def test_a_child_who_is_not_made_subject_or_stays_on_a_plan_calls_for_no_notice() -> None:
    case = at_conference()
    case.decide("child_decision_made", "2025-03-24", meeting="ICPC", decision="not_subject")
    continued = at_review()
    continued.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue")

    assert (len(case.duties("STF-T32")), len(continued.duties("STF-T32"))) == (0, 2)


@clause("STF-R91")
def test_minutes_are_signed_before_they_are_sent() -> None:
    case = at_conference()
    assert case.decide("minutes_distributed", "2025-04-01", meeting="ICPC") == ("STF-R91",)
    assert case.decided[-1].refusals[0].missing == ("minutes that the chair has signed",)

    assert case.decide("minutes_signed", "2025-04-01", meeting="ICPC") == ()
    assert case.decide("minutes_distributed", "2025-04-01", meeting="ICPC") == ()


@clause("STF-R91", "E-84")
def test_minutes_sent_elsewhere_unsigned_are_kept_as_forbidden_and_nobody_need_confirm_them() -> None:
    case = at_conference()
    case.report("minutes_distributed", "2025-04-01", meeting="ICPC")

    assert case.severities("STF-R91") == [Severity.FORBIDDEN]
    assert case.status("STF-T29") is Status.MET
    assert case.duties("E-82") == []


@clause("STF-R91a")
def test_minutes_sent_unchecked_are_found() -> None:
    unchecked, checked = at_conference(), at_conference()
    checked.tell("minutes_quality_assured", "2025-04-01", meeting="ICPC")
    for case in (unchecked, checked):
        case.decide("minutes_signed", "2025-04-01", meeting="ICPC")
        case.decide("minutes_distributed", "2025-04-01", meeting="ICPC")

    assert [case.severities("STF-R91a") for case in (unchecked, checked)] == [["warning"], []]


@pytest.mark.parametrize("trained, findings", [(False, 1), (True, 0), (None, 0)])
@clause("STF-R130")
def test_the_minute_taker_is_trained(trained: bool | None, findings: int) -> None:  # noqa: FBT001  # a table
    case = at_conference()
    case.tell("minutes_drafted", "2025-03-28", meeting="ICPC", **({} if trained is None else {"trained": trained}))

    assert len(case.findings("STF-R130")) == findings


@clause("STF-R68")
def test_minutes_are_not_signed_while_a_dissent_lacks_its_reasons() -> None:
    case = at_review()
    case.tell("dissent_recorded", "2025-06-16", meeting="CPRC", agency="school")
    assert case.decide("minutes_signed", "2025-06-20", meeting="CPRC") == ("STF-R68",)

    case.tell("dissent_recorded", "2025-06-16", meeting="CPRC", agency="School", reason="Still hungry.")
    assert case.decide("minutes_signed", "2025-06-20", meeting="CPRC") == ()


@clause("STF-R68")
def test_an_agency_outvoted_at_an_ending_is_minuted_with_its_reasons() -> None:
    case = at_review()
    for agency, view in (("csc", "end"), ("police", "end"), ("school", "continue")):
        case.tell("agency_view_stated", "2025-06-16", meeting="CPRC", agency=agency, view=view)
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")
    assert case.decide("minutes_signed", "2025-06-20", meeting="CPRC") == ("STF-R68",)
    assert case.decided[-1].refusals[0].missing == ("the reasons of 1 agencies that disagreed",)

    case.tell("dissent_recorded", "2025-06-16", meeting="CPRC", agency="school", reason="Still hungry.")
    assert case.decide("minutes_signed", "2025-06-20", meeting="CPRC") == ()


@pytest.mark.parametrize(
    "type_, data, findings",
    [
        ("decision_and_recommendations_distributed", {"channel": "email"}, 1),
        ("decision_and_recommendations_distributed", {"channel": "email", "secure": True}, 0),
        ("decision_and_recommendations_distributed", {"channel": "secure_email"}, 0),
        ("decision_and_recommendations_distributed", {}, 0),
        ("notification_sent", {"register_id": "N07", "channel": "email", "secure": False}, 1),
        ("report_shared", {"agency": "csc", "mode": "email"}, 1),
        ("report_shared", {"agency": "csc", "mode": "handed"}, 0),
        ("information_shared_between_meetings", {"channel": "email"}, 1),
    ],
)
@clause("STF-R128", "E-84")
def test_what_went_by_insecure_e_mail_is_kept_as_forbidden(type_: str, data: dict[str, Any], findings: int) -> None:
    case = at_conference()
    case.tell(type_, "2025-03-25", meeting="ICPC", **data)

    assert case.severities("STF-R128") == ["forbidden"] * findings


@clause("STF-R128", "E-84")
def test_minutes_are_not_let_go_by_insecure_e_mail() -> None:
    case = at_conference()
    case.decide("minutes_signed", "2025-04-01", meeting="ICPC")

    assert case.decide("minutes_distributed", "2025-04-01", meeting="ICPC", channel="email") == ("STF-R128",)
    assert case.decide("minutes_distributed", "2025-04-01", meeting="ICPC", channel="email", secure=True) == ()


WHOLE: list[tuple[str, str, dict[str, Any], tuple[str, ...]]] = [
    ("STF-R01", "icpc_notification_form_completed", {"family_details": True, "invitees": [{"role": "a"}]}, ()),
    ("STF-R03", "family_prepared", {"supporter_rights": True, "absent_parent_considered": True}, ()),
    ("STF-R04", "family_prepared", {"child_participation_mode": "written"}, ()),
    (
        "STF-R05a",
        "child_invitation_decided",
        {"invited": False, "reason": "R", "sw": {"ref": "W1"}, "chair": {"ref": "C1"}},
        ("invited",),
    ),
    (
        "STF-R23",
        "chair_pre_conference_discussion_held",
        {"history": "H", "staff_protection": "None needed.", "exclusion_need": False},
        (),
    ),
    ("STF-R27", "chair_met_family", {"who": [{"role": "mother"}], "child_met": True}, ()),
    ("STF-R29", "conference_quality_assured", {"outcome": "O"}, ()),
    ("STF-R41", "report_non_sharing_agreed", {"agency": "p", "agreed_with": ["chair"], "reason": "R"}, ("agency",)),
    ("STF-R42", "information_sharing_split_decided", {"chair": {"ref": "C1"}, "decision": "D"}, ()),
    (
        "STF-R45",
        "quorum_assessed",
        {"result": "quorate", "history_represented": True, "risk_expertise_represented": True},
        ("result",),
    ),
    ("STF-R85", "case_supervision_reviewed", {"tm": {"ref": "M1"}, "outcome": "O"}, ()),
    ("STF-R87", "detailed_plan_compiled", {"names": [{"ref": "W1"}]}, ()),
    ("STF-R75a", "child_no_longer_in_concern_household", {"new_carer": {"role": "grandparent"}}, ()),
    ("STF-R81", "family_preference_not_accepted", {"explanation": "E"}, ()),
    ("STF-R124", "practitioner_concern_raised", {"about": "csc", "risk": "R"}, ()),
    (
        "STF-R88",
        "core_group_meeting_held",
        {
            "attendance": [{"role": "a"}],
            "decisions": ["D"],
            "individual_actions": [{"what": "W"}],
            "next_dates": ["2025-05-16"],
        },
        (),
    ),
    ("STF-R15", "child_decision_made", {"decision": "continue", "continuing_sh": False}, ("decision",)),
    ("STF-R60", "child_decision_made", subject(), ("decision", "category", "lead_professional")),
    ("STF-R73", "plan_ended", {"ground": "left_uk", "continuing_sh": False}, ("ground",)),
    ("STF-R21", "report_submitted", {"agency": "csc", "worries": "W", "positives": "P", "changes": "C"}, ("agency",)),
    ("STF-R30", "report_submitted", {"agency": "a", "worries": "W", "positives": "P", "changes": "C"}, ("agency",)),
    ("STF-R30a", "report_submitted", {"agency": "a", "impact": "I"}, ("agency",)),
    ("STF-R22", "assessment_completed", {"multi_agency_inputs": ["health"], "la_recommendation": "R"}, ()),
    (
        "STF-R37",
        "assessment_completed",
        {"ecomap": True, "genogram": True, "fgc_explored": True, "permanency_considered": False},
        (),
    ),
    (
        "STF-R38",
        "assessment_completed",
        {"concerns": "C", "positives": "P", "changes": "C", "plan_view": "V", "lived_experience": "L"},
        (),
    ),
    (
        "STF-R84",
        "core_group_meeting_held",
        {
            "objectives_set": True,
            "resources_agreed": True,
            "safeguarding_addressed": True,
            "assessment_progressed": True,
            "individual_actions": [{"what": "W"}],
        },
        (),
    ),
    (
        "STF-R67a",
        "plan_ended",
        {
            "ground": "no_longer_at_risk",
            "plan_implemented": True,
            "needs_reviewed": True,
            "core_group_recommends": False,
        },
        ("ground",),
    ),
]
"""For each clause that names what is recorded: an event that holds all of it, and fields that are not part of it."""


@pytest.mark.parametrize(
    "rule, type_, whole, given",
    [pytest.param(*row, id=row[0], marks=clause(row[0])) for row in WHOLE],
)
def test_each_thing_that_a_record_lacks_is_found_and_a_whole_record_is_not(
    rule: str, type_: str, whole: dict[str, Any], given: tuple[str, ...]
) -> None:
    assert _lacking(rule, type_, whole) == []
    for name in set(whole) - set(given):
        (missing,) = _lacking(rule, type_, {each: value for each, value in whole.items() if each != name})
        assert len(missing) == 1
        assert name.split("_")[0] in missing[0]


def _lacking(rule: str, type_: str, data: dict[str, Any]) -> list[tuple[str, ...]]:
    case: Case
    if type_ == "child_decision_made" and data["decision"] == "subject":
        case = at_conference()
    else:
        case = on_a_plan() if type_ == "core_group_meeting_held" else at_review()
    known = {finding.fact for finding in case.findings(rule)}
    meeting = {"core_group_meeting_held": "CG-1", "case_supervision_reviewed": None}.get(type_, case.events[-1].meeting)
    decision = type_ in {"child_decision_made", "plan_ended"}
    (case.report if decision else case.tell)(type_, "2025-06-16", meeting=meeting, **data)
    return [finding.missing for finding in case.findings(rule) if finding.fact not in known]


@clause("STF-R93", "STF-T68")
def test_what_an_agencys_own_retention_policy_says_is_recorded() -> None:
    case = at_review()
    case.tell("retention_policy_noted", "2025-06-16", agency="school", policy="Until the 25th birthday.")
    assert case.findings("STF-R93") == []

    case.tell("retention_policy_noted", "2025-06-16", agency="health")
    assert case.severities("STF-R93") == [Severity.RECORD]
