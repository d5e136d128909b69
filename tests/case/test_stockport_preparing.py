"""Stockport 8.1, 8.3, 8.4 and 8.6: invitations, the core group's report, what a review records, the plan after it."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import Case, at, last_day_in_time, the_engine
from tests.case.stockport import REVIEW, end, keep, missing, on_a_plan, registered, reviewing

clause = pytest.mark.clause
MEMBERS = [{"role": "social_worker", "agency": "csc"}, {"role": "teacher", "agency": "school"}, {"role": "mother"}]
INVITED = [
    {"role": "mother"},
    {"role": "social_worker", "agency": "csc"},
    {"role": "teacher", "agency": "school"},
    {"role": "officer", "agency": "GMP Family Support Unit"},
]
POSTED: dict[str, Any] = {
    "channel": "post",
    "issued_by": {"role": "administrator", "agency": "safeguarding_children_unit"},
}
REPORT: dict[str, Any] = {
    "child_views": "V",
    "visit_dates": ["2025-04-14"],
    "core_group_dates": ["2025-04-07"],
    "household_changes": "None.",
    "plan_progress": "P",
    "family_views": "F",
    "risk_analysis": "R",
    "assessment_recommendations": "A",
    "recommendation": "Continue.",
}
MADE_OF: dict[str, Any] = {
    "core_assessment": "A-1",
    "contributors": ["school", "health"],
    "presented_by": {"role": "key_worker"},
}
RECORD: dict[str, Any] = {
    "continuing_sh": True,
    "development": "D",
    "parenting_capacity": "P",
    "wishes_and_feelings": "W",
    "outcomes_reviewed": "O",
    "safeguarding_adequate": True,
}
PLAN: dict[str, Any] = {
    "needs": "N",
    "actions": [{"action": "ACT-1", "due_on": "2025-07-01"}],
    "expectations": "E",
    "if_failing": "F",
    "liaison": "L",
    "visiting": "Weekly.",
}
AT_REVIEW = ["no_longer_at_risk", "non_cooperation", "looked_after_single_plan"]


def booked(*meetings: str) -> Case:
    """A child whose reviews are booked for one day."""
    case = on_a_plan()
    for meeting in meetings or ("CPRC",):
        case.tell("review_conference_scheduled", "2025-03-31", meeting=meeting, date=REVIEW)
    return case


@pytest.mark.parametrize(
    "rule, type_, data",
    [
        pytest.param("STK-T08", "conference_invitations_issued", {}, marks=clause("STK-T08")),
        pytest.param("STK-T09", "core_group_report_agreed", {}, marks=clause("STK-T09")),
    ],
)
def test_by_the_day_of_each_review_that_is_booked(rule: str, type_: str, data: dict[str, Any]) -> None:
    case = booked()
    assert last_day_in_time(case, rule) == REVIEW
    case.tell(type_, REVIEW, meeting="CPRC", **data)
    assert case.status(rule) is Status.MET

    two, held = booked("CPRC", "CPRC-2"), booked()
    two.tell(type_, "2025-05-01", meeting="CPRC-2", **data)
    held.tell("review_conference_held", REVIEW, meeting="CPRC")
    assert [duty.status for duty in two.duties(rule, "2025-05-02")] == [Status.OPEN, Status.MET]
    assert held.status(rule, REVIEW) is Status.MISSED


@clause("STK-T08", "N01")
def test_invitations_sent_as_notices_are_sent_to_each_who_is_invited() -> None:
    case, early = booked(), on_a_plan()
    case.tell("notification_sent", "2025-05-01", meeting="CPRC", register_id="N01", channel="post")
    early.tell("conference_invitations_issued", "2025-03-28", meeting="CPRC", invitees=INVITED[:2], channel="post")
    early.tell("review_conference_scheduled", "2025-03-31", meeting="CPRC", date=REVIEW)

    assert case.status("STK-T08") is Status.MET
    told = {duty.told_of["recipient"]: duty.status for duty in early.duties("STK-T08")}
    assert told == {"mother": Status.MET, "social_worker/csc": Status.MET}


@clause("STK-T08", "N01")
def test_whoever_is_invited_has_a_notice_of_their_own_from_then_on() -> None:
    case, elsewhere = booked(), booked()
    elsewhere.tell("receiving_in_conference_scheduled", "2025-05-01", meeting="RIC", date="2025-05-20")
    elsewhere.tell("conference_invitations_issued", "2025-05-01", meeting="RIC", invitees=INVITED[:1])
    assert [duty.told_of for duty in elsewhere.duties("STK-T08")] == [{}]

    case.tell("conference_invitations_issued", "2025-05-01", meeting="CPRC", invitees=INVITED[:1], channel="post")
    case.tell("conference_invitations_issued", "2025-05-02", meeting="CPRC", invitees=INVITED[:2], channel="post")
    case.tell("notification_acknowledged", "2025-05-06", meeting="CPRC", register_id="N01", to=[{"agency": "csc"}])

    notices = the_engine().assessor.notices(case.events, case.policies, case.calendar, at("2025-05-07"))
    steps = {each.recipient: [step.what for step in each.steps] for each in notices if each.rule == "STK-T08"}
    assert steps == {"mother": ["sent", "sent"], "social_worker/csc": ["sent", "acknowledged"]}
    assert {duty.status for duty in case.duties("STK-T08", "2025-05-07")} == {Status.MET}


@clause("STK-T08", "STK-T09")
def test_a_review_called_off_wants_neither_and_an_initial_conference_never_did() -> None:
    case = booked()
    case.tell("conference_cancelled", "2025-05-01", meeting="CPRC")
    first = registered()
    first.tell("initial_conference_requested", "2025-01-06")
    first.tell("initial_conference_scheduled", "2025-01-07", meeting="ICPC", date="2025-01-20")

    assert [case.status(rule) for rule in ("STK-T08", "STK-T09")] == [Status.CANCELLED] * 2
    assert first.duties("STK-T08") == first.duties("STK-T09") == []


def inviting(*invitees: dict[str, Any], meeting: str = "CPRC", **more: Any) -> Case:  # noqa: ANN401  # how they were sent
    """The invitations to a review go out. The core group has been confirmed."""
    case = booked()
    case.tell("core_group_membership_confirmed", "2025-03-24", meeting="ICPC", members=MEMBERS)
    case.tell("conference_invitations_issued", "2025-05-01", meeting=meeting, invitees=list(invitees), **more)
    return case


@pytest.mark.parametrize(
    "left_out, said",
    [
        (0, "parents or carers among those invited"),
        (2, "school of the core group among those invited"),
        (3, "the police's Family Support Unit among those invited"),
    ],
)
@clause("STK-R09")
def test_parents_core_group_and_the_family_support_unit_are_invited(left_out: int, said: str) -> None:
    whole, short = inviting(*INVITED), inviting(*INVITED[:left_out], *INVITED[left_out + 1 :])

    assert (whole.findings("STK-R09"), short.severities("STK-R09")) == ([], ["warning"])
    assert missing(short, "STK-R09") == [said]
    short.tell("conference_invitations_issued", "2025-05-02", meeting="CPRC", invitees=[INVITED[left_out]])
    assert len(short.findings("STK-R09")) == 1


@clause("STK-R09", "STK-R12")
def test_what_is_sent_for_an_initial_conference_is_not_judged_by_this() -> None:
    case = registered()
    case.tell("initial_conference_requested", "2025-01-06", meeting="ICPC")
    case.tell("initial_conference_scheduled", "2025-01-07", meeting="ICPC", date="2025-01-20")
    case.tell("conference_invitations_issued", "2025-01-08", meeting="ICPC", channel="email")

    assert case.findings("STK-R09") == case.findings("STK-R12") == []


@clause("STK-R12", "E-62")
def test_invitations_are_posted_by_the_unit_and_that_is_recorded() -> None:
    posted, mailed, silent = inviting(**POSTED), inviting(**{**POSTED, "channel": "email"}), inviting()

    assert [case.severities("STK-R12") for case in (posted, mailed, silent)] == [[], ["record"], ["record"]]
    assert missing(mailed, "STK-R12") == ["invitations sent by post"]
    assert missing(silent, "STK-R12") == ["a record of channel", "a record of issued by"]


@clause("STK-R13")
def test_each_review_has_the_core_groups_collective_report() -> None:
    silent, told = booked(), booked()
    told.tell("core_group_report_agreed", "2025-05-20", meeting="CPRC")
    for case in (silent, told):
        case.tell("review_conference_held", REVIEW, meeting="CPRC")

    assert [case.severities("STK-R13") for case in (silent, told)] == [["warning"], []]


def reporting(**report: Any) -> Case:  # noqa: ANN401  # whatever a report says
    """The core group has agreed its report."""
    case = booked()
    case.tell("lead_professional_named", "2025-03-24", person={"ref": "W1"}, qualified_sw=True)
    case.tell("core_group_report_agreed", "2025-05-20", meeting="CPRC", **report)
    return case


@pytest.mark.parametrize(
    "left_out, said",
    [
        ("core_assessment", "a record of core assessment"),
        ("contributors", "a record of contributors"),
        ("presented_by", "who presents the core assessment"),
    ],
)
@clause("STK-R13a")
def test_its_main_part_is_the_core_assessment_that_the_key_worker_presents(left_out: str, said: str) -> None:
    short = reporting(**{name: value for name, value in MADE_OF.items() if name != left_out})

    assert (reporting(**MADE_OF).findings("STK-R13a"), short.severities("STK-R13a")) == ([], ["warning"])
    assert missing(short, "STK-R13a") == [said]


@pytest.mark.parametrize(
    "who, allowed", [({"ref": "W1"}, True), ({"role": "Key worker"}, True), ({"role": "teacher"}, False)]
)
@clause("STK-R13a")
def test_the_key_worker_is_whoever_leads(who: dict[str, str], allowed: bool) -> None:  # noqa: FBT001  # a table
    case = reporting(**{**MADE_OF, "presented_by": who})

    assert (case.findings("STK-R13a") == []) is allowed


@clause("STK-R13a")
def test_what_was_commissioned_is_in_it() -> None:
    silent, told = booked(), booked()
    for case in (silent, told):
        case.tell("specialist_assessment_commissioned", "2025-04-14", assessment="A-2", kind="parenting")
    silent.tell("core_group_report_agreed", "2025-05-20", meeting="CPRC", **MADE_OF)
    told.tell("core_group_report_agreed", "2025-05-20", meeting="CPRC", commissioned=["A-2"], **MADE_OF)

    assert missing(silent, "STK-R13a") == ["the assessments that were commissioned"]
    assert told.findings("STK-R13a") == []


@pytest.mark.parametrize("content", REPORT)
@clause("STK-R14")
def test_the_report_has_nine_contents(content: str) -> None:
    short = reporting(**{name: value for name, value in REPORT.items() if name != content})

    assert (reporting(**REPORT).findings("STK-R14"), short.severities("STK-R14")) == ([], ["warning"])
    assert len(missing(short, "STK-R14")) == 1
    unsaid = {**REPORT, "plan_still_required": False}
    assert (
        reporting(**{name: value for name, value in unsaid.items() if name != "recommendation"}).findings("STK-R14")
        == []
    )


@clause("STK-R14")
def test_contents_that_the_report_holds_may_be_named_alone() -> None:
    named = [name for name in REPORT if name not in {"recommendation", "plan_still_required"}]
    whole, short = (
        reporting(items=items, recommendation="Continue.", presented_by={"role": "key_worker"})
        for items in (named, named[1:])
    )

    assert whole.findings("STK-R14") == []
    assert missing(short, "STK-R14") == [f"a record of {named[0].replace('_', ' ')}"]


@pytest.mark.parametrize(
    "rule, fields",
    [
        pytest.param("STK-R01", ["outcomes_reviewed", "safeguarding_adequate"], marks=clause("STK-R01")),
        pytest.param(
            "STK-R02",
            ["continuing_sh", "development", "parenting_capacity", "wishes_and_feelings"],
            marks=clause("STK-R02", "STK-R15"),
        ),
    ],
)
def test_a_review_records_its_work_whether_it_keeps_the_plan_or_ends_it(rule: str, fields: list[str]) -> None:
    severity = {"STK-R01": "record", "STK-R02": "warning"}[rule]
    for field in fields:
        rest = {name: said for name, said in RECORD.items() if name != field}
        kept, ended = reviewing(), reviewing()
        keep(kept, **rest)
        end(ended, **{**rest, **({"continuing_sh": False} if "continuing_sh" in rest else {})})
        for case in (kept, ended):
            assert (case.severities(rule), missing(case, rule)) == (
                [severity],
                [f"a record of {field.replace('_', ' ')}"],
            )
    whole = reviewing()
    keep(whole, **RECORD)
    assert whole.findings(rule) == []


@pytest.mark.parametrize("ground", AT_REVIEW)
@clause("STK-R01", "STK-R02")
def test_so_it_does_on_every_ground_that_a_review_decides_and_on_no_other(ground: str) -> None:
    case, other = reviewing(), reviewing()
    case.report("plan_ended", REVIEW, meeting="CPRC", ground=ground)
    other.report("plan_ended", REVIEW, meeting="CPRC", ground="transferred")

    assert [len(case.findings(rule)) for rule in ("STK-R01", "STK-R02")] == [1, 1]
    assert [len(other.findings(rule)) for rule in ("STK-R01", "STK-R02")] == [0, 0]
    assert [len(on_a_plan().findings(rule)) for rule in ("STK-R01", "STK-R02")] == [0, 0]


@clause("STK-R03")
def test_a_review_that_keeps_the_plan_sets_what_is_to_be_done_by_when_and_what_for() -> None:
    whole, bare, ended = reviewing(), reviewing(), reviewing()
    keep(whole)
    whole.tell("outline_plan_agreed", REVIEW, meeting="CPRC", outcomes=["O"], actions=PLAN["actions"])
    keep(bare)
    end(ended)
    for case in (whole, bare, ended):
        case.tell("conference_closed", REVIEW, meeting="CPRC")

    assert [case.severities("STK-R03") for case in (whole, bare, ended)] == [[], ["record"], []]
    assert missing(bare, "STK-R03") == ["actions with their dates and the outcomes desired"]


@clause("STK-R04")
def test_a_plan_kept_though_the_criteria_are_not_met_is_advised_against() -> None:
    kept, at_risk, first = reviewing(), reviewing(), registered()
    keep(kept, continuing_sh=False)
    keep(at_risk, continuing_sh=True)
    first.report("child_decision_made", "2025-03-24", meeting="ICPC", decision="not_subject", continuing_sh=False)

    assert ["STK-R04" in case.advice() for case in (kept, at_risk, first)] == [True, False, False]


@clause("STK-R05")
def test_a_change_of_category_shows_the_old_and_the_new() -> None:
    known, unknown, stated = reviewing(), registered(), registered()
    for case, old in ((unknown, {}), (stated, {"old": "neglect"})):
        case.tell("plan_started", "2025-03-24")
        case.report("category_changed", REVIEW, new="emotional", **old)
    known.decide("category_changed", REVIEW, meeting="CPRC", new="emotional")

    assert [case.severities("STK-R05") for case in (known, unknown, stated)] == [[], ["record"], []]
    categories = [each["category"] for each in known.assess().state["plan"]["categories"]]
    assert categories == ["neglect", "emotional"]


@clause("STK-R05", "E-16")
def test_each_childs_category_may_change_with_the_decision_on_that_child() -> None:
    case = reviewing()
    keep(case, category="emotional")

    assert case.assess().state["plan"]["category"] == "emotional"


@clause("STK-R06")
def test_proceedings_are_considered_where_harm_continues() -> None:
    silent, stated, told, safe, first = (reviewing() for _ in range(5))
    told.tell("court_proceedings_considered", REVIEW, meeting="CPRC")
    keep(silent, continuing_sh=True)
    keep(stated, continuing_sh=True, proceedings_considered=True)
    keep(told, continuing_sh=True)
    keep(safe, continuing_sh=False)
    first.report("child_decision_made", REVIEW, meeting="CPRC", decision="subject", continuing_sh=True)

    assert [len(case.severities("STK-R06")) for case in (silent, stated, told, safe, first)] == [1, 0, 0, 0, 0]
    assert silent.severities("STK-R06") == ["warning"]


@clause("STK-T10", "STK-R16", "STK-R21")
def test_a_review_that_keeps_the_plan_is_followed_by_its_revision() -> None:
    kept, ended = reviewing(), reviewing()
    keep(kept)
    end(ended)
    assert (kept.status("STK-T10"), kept.duty("STK-T10").due_on) == (Status.OPEN, None)
    assert ended.duties("STK-T10") == on_a_plan().duties("STK-T10") == []

    kept.tell("plan_revised", "2025-06-04", meeting="CG-3")
    assert kept.status("STK-T10") is Status.MET
    again = reviewing()
    keep(again)
    again.report("plan_ended", "2025-06-02", ground="transferred")
    assert again.status("STK-T10") is Status.CANCELLED


@clause("STK-R24")
def test_a_plan_not_revised_since_the_last_review_is_pointed_out_at_the_next() -> None:
    first, silent, revised, early = (reviewing() for _ in range(4))
    assert first.findings("STK-R24") == []
    early.tell("plan_revised", "2025-05-20", meeting="CG-2")
    for case in (silent, revised, early):
        keep(case)
    revised.tell("plan_revised", "2025-06-04", meeting="CG-3")
    for case in (silent, revised, early):
        case.tell("review_conference_held", "2025-11-17", meeting="CPRC-2")

    assert [case.severities("STK-R24") for case in (silent, revised, early)] == [["warning"], [], ["warning"]]


@pytest.mark.parametrize(
    "type_, data",
    [
        ("plan_action_added", {"action": "ACT-1", "due_on": "2025-07-01"}),
        ("outline_plan_agreed", {"actions": PLAN["actions"]}),
        ("detailed_plan_compiled", {"actions": PLAN["actions"]}),
        ("plan_revised", {"actions": PLAN["actions"]}),
        ("core_group_meeting_held", {"individual_actions": PLAN["actions"]}),
    ],
)
@clause("STK-T11")
def test_each_change_that_the_plan_requires_has_its_date(type_: str, data: dict[str, Any]) -> None:
    case = on_a_plan()
    case.tell(type_, "2025-04-07", **data)
    assert last_day_in_time(case, "STK-T11") == "2025-07-01"

    case.tell("plan_action_added", "2025-04-08", action="ACT-2", due_on="2025-07-02")
    case.tell("plan_action_completed", "2025-06-30", action="ACT-1")
    assert [duty.status for duty in case.duties("STK-T11", "2025-07-01")] == [Status.MET, Status.OPEN]


@clause("STK-T11")
def test_a_change_given_up_or_a_plan_that_ends_lets_it_go_and_a_new_date_moves_it() -> None:
    given_up, ended, moved = on_a_plan(), on_a_plan(), on_a_plan()
    for case in (given_up, ended, moved):
        case.tell("plan_action_added", "2025-04-07", action="ACT-1", due_on="2025-07-01")
    given_up.tell("plan_action_not_completed", "2025-05-01", action="ACT-1", rationale="R")
    ended.report("plan_ended", "2025-05-01", ground="transferred")
    moved.tell("plan_action_added", "2025-04-14", action="ACT-1", due_on="2025-08-01")

    assert (given_up.status("STK-T11"), ended.status("STK-T11")) == (Status.CANCELLED, Status.CANCELLED)
    assert [str(duty.due_on) for duty in moved.duties("STK-T11")] == ["2025-08-01"]


@clause("STK-T12")
def test_visits_follow_the_pattern_that_the_plan_sets() -> None:
    case = on_a_plan()
    case.tell("child_seen", "2025-03-26", by_sw=True, spoken_to=True)
    assert case.duties("STK-T12") == []
    case.tell("visit_pattern_set", "2025-03-28", frequency_days=14)
    assert last_day_in_time(case, "STK-T12") == "2025-04-11"

    case.tell("child_seen", "2025-04-10", by_sw=True, spoken_to=True)
    assert [(duty.status, str(duty.due_on)) for duty in case.duties("STK-T12", "2025-04-11")] == [
        (Status.MET, "2025-04-11"),
        (Status.OPEN, "2025-04-24"),
    ]
    case.tell("visit_pattern_set", "2025-04-14", frequency_days=7)
    assert [duty.status for duty in case.duties("STK-T12", "2025-04-15")] == [Status.MET, Status.CANCELLED, Status.OPEN]
    assert last_day_in_time(case, "STK-T12") == "2025-04-21"
    case.report("plan_ended", "2025-04-15", ground="transferred")
    assert case.status("STK-T12") is Status.CANCELLED


@clause("STK-T12")
def test_a_pattern_set_before_the_decision_runs_from_the_plans_first_day() -> None:
    decided, told = registered(), registered()
    for case in (decided, told):
        case.tell("visit_pattern_set", "2025-03-20", frequency_days=14)
    decided.report("child_decision_made", "2025-03-24", meeting="ICPC", decision="subject", category="neglect")
    told.tell("plan_started", "2025-03-24", category="neglect")
    continued = reviewing()
    continued.tell("visit_pattern_set", "2025-05-20", frequency_days=14)
    keep(continued)

    assert [[str(duty.due_on) for duty in case.duties("STK-T12")] for case in (decided, told)] == [["2025-04-07"]] * 2
    assert len(continued.duties("STK-T12")) == 1


@clause("STK-R22", "STK-R23")
def test_a_revised_plan_is_advised_upon() -> None:
    case = on_a_plan()
    assert "STK-R22" not in case.advice()

    case.tell("plan_revised", "2025-06-04", **PLAN)
    assert "STK-R22" in case.advice()
    assert case.findings("STK-R23") == []


@pytest.mark.parametrize("part", PLAN)
@clause("STK-R23")
def test_the_plan_has_five_parts(part: str) -> None:
    case, other = on_a_plan(), on_a_plan()
    short = {name: said for name, said in PLAN.items() if name != part}
    case.tell("plan_revised", "2025-06-04", **short)
    other.tell("plan_revised", "2025-06-04", following_review=False, **short)

    assert (case.severities("STK-R23"), other.findings("STK-R23")) == (["warning"], [])
    assert len(missing(case, "STK-R23")) == 1


@clause("STK-R23")
def test_a_change_without_a_date_is_none_and_a_pattern_set_is_the_visiting_pattern() -> None:
    undated, patterned, contingent = on_a_plan(), on_a_plan(), on_a_plan()
    undated.tell("plan_revised", "2025-06-04", **{**PLAN, "actions": [{"what": "W"}]})
    patterned.tell("visit_pattern_set", "2025-03-28", frequency_days=14)
    patterned.tell("plan_revised", "2025-06-04", **{name: said for name, said in PLAN.items() if name != "visiting"})
    rest = {name: said for name, said in PLAN.items() if name != "if_failing"}
    contingent.tell("plan_revised", "2025-06-04", contingency="C", **rest)

    assert missing(undated, "STK-R23") == ["the changes required, with their timescales"]
    assert patterned.findings("STK-R23") == contingent.findings("STK-R23") == []
