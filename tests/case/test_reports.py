"""Reports to a conference: shared in time, by whom, with whom and how; and what they say."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import AUTHORITY, Anything, Case, booked, last_day_in_time
from tests.case.test_preparing import review_booked

clause = pytest.mark.clause
INVITED = [
    {"role": "social_worker", "agency": "csc"},
    {"role": "teacher", "agency": "School"},
    {"role": "police_officer", "agency": "police"},
    {"role": "mother"},
]


def invited(case: Case) -> Case:
    case.tell("conference_invitations_issued", "2025-03-11", meeting="ICPC", invitees=INVITED)
    return case


@pytest.mark.parametrize("agency", ["csc", "CSC", "Children's Social Care", "childrens-social-care", "LA"])
@clause("STF-T07")
def test_social_care_shares_its_report_two_working_days_before_an_initial_conference(agency: str) -> None:
    case = booked("2025-03-24")
    assert last_day_in_time(case, "STF-T07") == "2025-03-20"

    case.tell("report_shared", "2025-03-20", meeting="ICPC", agency=agency, shared_with="family")

    assert case.status("STF-T07") is Status.MET


@clause("STF-T08")
def test_social_care_shares_its_report_five_working_days_before_a_review() -> None:
    case = review_booked("2025-06-20")
    assert last_day_in_time(case, "STF-T08") == "2025-06-13"

    case.tell("report_shared", "2025-06-16", meeting="CPRC", agency="csc")

    assert case.status("STF-T08") is Status.MET_LATE


@pytest.mark.parametrize("rule, story", [("STF-T07", booked), ("STF-T08", review_booked)], ids=["ICPC", "CPRC"])
@clause("STF-T07", "STF-T08")
def test_the_report_of_another_agency_or_to_the_chair_only_does_not_count(rule: str, story: Anything) -> None:
    case = story()
    meeting = case.events[-1].meeting
    case.tell("report_shared", "2025-05-02", meeting=meeting, agency="school", shared_with="family")
    case.tell("report_shared", "2025-05-02", meeting=meeting, agency="csc", shared_with="chair")

    assert case.duty(rule).met_by is None


@pytest.mark.parametrize(
    "rule, story, last",
    [
        pytest.param("STF-T07a", booked, "2025-03-20", marks=clause("STF-T07a")),
        pytest.param("STF-T08a", review_booked, "2025-06-13", marks=clause("STF-T08a")),
    ],
)
def test_the_chair_has_the_report_as_early_as_the_family(rule: str, story: Anything, last: str) -> None:
    case = story()
    meeting = case.events[-1].meeting
    assert last_day_in_time(case, rule) == last

    case.tell("report_shared", "2025-03-11", meeting=meeting, agency="school", shared_with="chair")
    case.tell("report_shared", "2025-03-11", meeting=meeting, agency="csc", shared_with="family")
    case.tell("report_shared", "2025-03-11", meeting=meeting, agency="csc", recipients=[{"name": "Parent 1"}])
    assert case.duty(rule).met_by is None

    case.tell("report_shared", last, meeting=meeting, agency="csc", shared_with="chair")
    assert case.status(rule) is Status.MET


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"recipients": [{"role": "independent_conference_chair"}]},
        {"shared_with": "family", "recipients": [{"role": "mother"}, {"role": "chair"}]},
    ],
)
@clause("STF-T07a")
def test_the_chair_is_among_those_whom_the_report_went_to(told: dict[str, Any]) -> None:
    case = booked()
    case.tell("report_shared", "2025-03-20", meeting="ICPC", agency="csc", **told)

    assert case.status("STF-T07a") is Status.MET


@pytest.mark.parametrize(
    "rule, story, type_, ends",
    [
        pytest.param("STF-T07a", booked, "initial_conference_held", "2025-03-24", marks=clause("STF-T07a")),
        pytest.param("STF-T08a", review_booked, "review_conference_held", "2025-06-20", marks=clause("STF-T08a")),
    ],
)
def test_once_the_conference_is_held_the_chairs_copy_is_too_late(
    rule: str, story: Anything, type_: str, ends: str
) -> None:
    case = story()
    meeting = case.events[-1].meeting
    case.tell(type_, ends, meeting=meeting)
    case.tell("report_shared", f"{ends[:-2]}28", meeting=meeting, agency="csc", shared_with="chair")

    assert (case.status(rule), case.duty(rule).reason) == (Status.MISSED, "the conference was held without it")


@clause("STF-T08a")
def test_a_dual_meeting_has_no_copy_of_a_review_beside_its_own() -> None:
    case = booked()
    case.tell("dual_process_meeting_scheduled", "2025-03-24", meeting="DPM", date="2025-06-20")
    case.tell("review_conference_scheduled", "2025-03-25", meeting="DPM-2", date="2025-06-20", kind="dual_process")

    assert case.duties("STF-T08a") == []


@pytest.mark.parametrize(
    "rule, story",
    [
        pytest.param("STF-T07a", booked, marks=clause("STF-T07a")),
        pytest.param("STF-T08a", review_booked, marks=clause("STF-T08a")),
    ],
)
def test_it_is_owed_once_a_meeting_however_many_children_it_concerns(rule: str, story: Anything) -> None:
    case, sibling = story(), story()
    sibling.id = AUTHORITY

    assert case.duty(rule).id == sibling.duty(rule).id


@clause("STF-T09", "E-10")
def test_each_agency_invited_shares_its_own_report_two_working_days_before() -> None:
    case = invited(booked("2025-03-24"))

    duties = case.duties("STF-T09", "2025-03-11")
    assert [duty.told_of for duty in duties] == [{"agency": "police"}, {"agency": "school"}]
    assert last_day_in_time(case, "STF-T09") == "2025-03-20"

    case.tell("report_shared", "2025-03-19", meeting="ICPC", agency="school", shared_with="family")
    assert [duty.status for duty in case.duties("STF-T09", "2025-03-19")] == [Status.OPEN, Status.MET]


@clause("STF-T10")
def test_before_a_review_each_agency_has_five_working_days() -> None:
    case = review_booked("2025-06-20")
    case.tell("conference_invitations_issued", "2025-06-02", meeting="CPRC", invitees=INVITED)

    assert len(case.duties("STF-T10")) == 2
    assert case.duties("STF-T09") == []
    assert last_day_in_time(case, "STF-T10") == "2025-06-13"
    case.tell("report_shared", "2025-06-13", meeting="CPRC", agency="SCHOOL")
    assert case.status("STF-T10") is Status.MET


@clause("STF-T09")
def test_an_initial_conference_has_no_five_days() -> None:
    assert invited(booked()).duties("STF-T10") == []


@clause("STF-T09", "STF-T10")
def test_a_report_to_the_chair_only_is_not_shared_with_the_family() -> None:
    first = invited(booked())
    later = review_booked("2025-06-20")
    later.tell("conference_invitations_issued", "2025-06-02", meeting="CPRC", invitees=INVITED)
    first.tell("report_shared", "2025-03-12", meeting="ICPC", agency="school", shared_with="chair")
    later.tell("report_shared", "2025-06-03", meeting="CPRC", agency="school", shared_with="chair")

    assert all(duty.met_by is None for duty in (*first.duties("STF-T09"), *later.duties("STF-T10")))


@clause("STF-T09", "STF-T10", "STF-R41")
def test_an_agreement_not_to_share_ends_that_agencys_duty_and_no_others() -> None:
    first = invited(booked())
    later = review_booked("2025-06-20")
    later.tell("conference_invitations_issued", "2025-06-02", meeting="CPRC", invitees=INVITED)
    first.tell("report_non_sharing_agreed", "2025-03-12", meeting="ICPC", agency="police")
    later.tell("report_non_sharing_agreed", "2025-06-03", meeting="CPRC", agency="police")

    for duties in (first.duties("STF-T09", "2025-03-12"), later.duties("STF-T10", "2025-06-03")):
        assert [duty.status for duty in duties] == [Status.CANCELLED, Status.OPEN]


@clause("STF-T09")
def test_invitations_told_twice_ask_for_each_report_once() -> None:
    assert len(invited(invited(booked())).duties("STF-T09")) == 2


@clause("STF-T09")
def test_a_report_shared_before_the_invitations_went_out_counts() -> None:
    case = booked()
    case.tell("report_shared", "2025-03-10", meeting="ICPC", agency="school")
    invited(case)

    assert [duty.status for duty in case.duties("STF-T09", "2025-03-11")] == [Status.OPEN, Status.MET]


@pytest.mark.parametrize(
    "asked, rules",
    [
        ("2025-03-20", set()),
        ("2025-03-21", {"STF-T11"}),
        ("2025-03-24", {"STF-T11", "STF-T12"}),
    ],
)
@clause("STF-T11", "STF-T12", "E-10")
def test_an_agency_asks_not_to_share_two_working_days_before_and_never_on_the_day(asked: str, rules: set[str]) -> None:
    case = booked("2025-03-24")
    case.tell("report_non_sharing_requested", asked, meeting="ICPC", agency="police")

    broken = {finding.rule for finding in case.assess().findings if finding.type == "report_non_sharing_requested"}
    assert broken == rules


@pytest.mark.parametrize(
    "data, findings",
    [
        ({"mode": "post"}, 1),
        ({"mode": "face_to_face", "explained": False}, 1),
        ({"mode": "handed", "explained": True}, 0),
        ({}, 0),
        ({"mode": "post", "shared_with": "chair"}, 0),
        ({"mode": "post", "agency": "school"}, 0),
    ],
)
@clause("STF-R40", "E-62")
def test_social_cares_report_is_explained_to_the_family_and_never_posted(data: dict[str, Any], findings: int) -> None:
    case = booked()
    case.tell("report_shared", "2025-03-18", meeting="ICPC", **{"agency": "csc", "shared_with": "family", **data})

    assert case.severities("STF-R40") == ["warning"] * findings


def test_a_posted_report_was_shared_all_the_same() -> None:
    case = booked()
    case.tell("report_shared", "2025-03-18", meeting="ICPC", agency="csc", shared_with="family", mode="post")

    assert case.status("STF-T07") is Status.MET


@clause("STF-R30")
def test_a_report_off_the_agencys_template_is_found() -> None:
    case = booked()
    said = {"agency": "school", "worries": "W", "positives": "P", "changes": "C"}
    case.tell("report_submitted", "2025-03-18", meeting="ICPC", **said, on_template=False)

    assert [finding.missing for finding in case.findings("STF-R30")] == [("the agency's template",)]


@clause("STF-R30a")
def test_only_a_report_to_a_review_weighs_the_effect_of_a_plan() -> None:
    first, later = booked(), review_booked()
    first.tell("report_submitted", "2025-03-18", meeting="ICPC", agency="school")
    later.tell("report_submitted", "2025-06-02", meeting="CPRC", agency="school")

    assert (first.severities("STF-R30a"), later.severities("STF-R30a")) == ([], ["warning"])


@clause("STF-R30a")
def test_social_cares_own_report_to_a_review_is_another_matter() -> None:
    case = review_booked()
    case.tell("report_submitted", "2025-06-02", meeting="CPRC", agency="csc")

    assert case.findings("STF-R30a") == []


@clause("STF-R21", "STF-R30")
def test_social_cares_report_and_other_agencies_go_by_their_own_clause() -> None:
    case = booked()
    case.tell("report_submitted", "2025-03-18", meeting="ICPC", agency="Children's Social Care")
    assert (len(case.findings("STF-R21")), len(case.findings("STF-R30"))) == (1, 0)

    case.tell("report_submitted", "2025-03-18", meeting="ICPC", agency="school")
    assert (len(case.findings("STF-R21")), len(case.findings("STF-R30"))) == (1, 1)


@clause("STF-R37")
def test_an_assessment_without_eco_map_and_genogram_is_found() -> None:
    case = booked()
    case.tell("assessment_completed", "2025-03-12", kind="cswa", fgc_explored=True, permanency_considered=True)

    assert [finding.missing for finding in case.findings("STF-R37")] == [("the ecomap and the genogram",)]


@clause("STF-R22", "STF-R37", "STF-R38")
def test_an_assessment_of_another_kind_goes_by_none_of_this() -> None:
    case = booked()
    case.tell("assessment_completed", "2025-03-12", kind="single")

    assert {"STF-R22", "STF-R37", "STF-R38"}.isdisjoint(finding.rule for finding in case.assess().findings)


@clause("STF-R39")
def test_reports_and_assessments_bring_the_advice_to_keep_fact_and_opinion_apart() -> None:
    case, other = booked(), booked()
    case.tell("report_submitted", "2025-03-12", agency="school")
    other.tell("assessment_completed", "2025-03-12")

    assert "STF-R39" in case.advice() & other.advice()


@pytest.mark.parametrize(
    "preferred, language, found",
    [("Polish", "polish", []), ("Polish", "English", ["warning"]), ("Polish", None, []), (None, "English", [])],
)
@clause("STF-R40")
def test_the_report_is_in_a_language_that_the_family_prefers(
    preferred: str | None, language: str | None, found: list[str]
) -> None:
    case = booked()
    if preferred is not None:
        case.tell("family_member_added", "2025-03-11", ref="P1", relation="mother", preferred_language=preferred)
    said = {"language": language} if language is not None else {}
    case.tell("report_shared", "2025-03-20", meeting="ICPC", agency="csc", mode="face_to_face", **said)

    assert case.severities("STF-R40") == found
