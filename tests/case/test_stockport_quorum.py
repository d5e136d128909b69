"""Stockport 8.3.1 and 8.5.3: the quorum of each child, and how the professionals decide."""

from typing import Any

import pytest

from tests.case import given
from tests.case.given import Case
from tests.case.stockport import (
    REVIEW,
    ROOM,
    attend,
    by_a_head_of_service,
    decided_by,
    end,
    keep,
    missing,
    on_a_plan,
    reviewing,
)

clause = pytest.mark.clause
AUTHORITY, HEALTH, SCHOOL = ROOM
POLICE = {"agency": "police", "direct_contact": False}
AT_REVIEW = ["no_longer_at_risk", "non_cooperation", "looked_after_single_plan"]


def sitting(*seats: dict[str, Any], **quorum: Any) -> Case:  # noqa: ANN401  # whatever the chair found
    """A review held with these there, and with what the chair found if anything. The core assessment is complete."""
    case = on_a_plan()
    case.tell("assessment_completed", "2025-04-07", kind="core")
    if seats:
        attend(case, REVIEW, "CPRC", *seats)
    if quorum:
        case.tell("quorum_assessed", REVIEW, meeting="CPRC", **quorum)
    case.tell("review_conference_held", REVIEW, meeting="CPRC")
    return case


@pytest.mark.parametrize(
    "seats",
    [
        ROOM,
        ({"agency": "Stockport Council"}, HEALTH, SCHOOL),
        ({"role": "social_worker"}, HEALTH, SCHOOL),
        (AUTHORITY, HEALTH, {**HEALTH, "role": "school_nurse"}),  # two professional groups of one service
        (AUTHORITY, {"agency": "gmp"}, {"agency": "school"}),  # nobody said who has had contact
    ],
)
@clause("STK-R10", "STK-R41")
def test_the_authority_and_two_others_in_contact_with_the_child_are_a_quorum(seats: tuple[dict[str, Any], ...]) -> None:
    case = sitting(*seats)

    assert end(case) == ()
    assert case.findings("STK-R10") == []


@pytest.mark.parametrize(
    "seats",
    [
        (HEALTH, SCHOOL, {**SCHOOL, "agency": "nursery"}),  # nobody for the authority
        (AUTHORITY, HEALTH, POLICE),  # the police have not met the child
        (AUTHORITY, HEALTH, {"agency": "police"}),  # nor is it known that they have
        (AUTHORITY, HEALTH, {**HEALTH}),
        (AUTHORITY, SCHOOL, {**SCHOOL, "role": "head_teacher"}),
        (AUTHORITY, HEALTH, {"role": "mother", "agency": "family", "direct_contact": True}),
        ({"role": "conference_chair", "agency": "csc"}, HEALTH, SCHOOL),  # who chairs does not represent it
    ],
)
@clause("STK-R10", "STK-R41")
def test_anything_less_may_keep_the_plan_and_never_end_it(seats: tuple[dict[str, Any], ...]) -> None:
    case = sitting(*seats)
    assert end(case) == ("STK-R41",)
    assert case.decided[-1].refusals[0].override == "nobody"

    assert keep(case) == ()
    assert case.severities("STK-R10") == ["warning"]


@pytest.mark.parametrize("ground", AT_REVIEW)
@clause("STK-R10", "STK-R10a", "STK-R41", "E-35")
def test_no_ending_of_a_review_goes_without_a_quorum_whoever_would_allow_it(ground: str) -> None:
    case = sitting(AUTHORITY, {"agency": "school", "direct_contact": True})
    assert "STK-R41" in end(case, ground=ground, **by_a_head_of_service("STK-R41"))

    case.report("plan_ended", REVIEW, meeting="CPRC", ground=ground)
    assert case.severities("STK-R10") == ["warning"]
    assert case.severities("STK-R41") == ["forbidden"]
    unknown = sitting()
    unknown.report("plan_ended", REVIEW, meeting="CPRC", ground=ground)
    assert (unknown.severities("STK-R10a"), missing(unknown, "STK-R10a")) == (["record"], ["who attended"])


@pytest.mark.parametrize("ground", ["transferred", "reached_18", "deceased", "left_uk"])
@clause("STK-R10", "STK-R10a", "STK-R18", "STK-R19", "STK-R20", "STK-R26", "STK-R38", "STK-R39", "STK-R41", "E-33a")
def test_what_no_review_decides_asks_for_no_quorum_vote_or_assessment(ground: str) -> None:
    case = on_a_plan()
    case.tell("core_assessment_exception_recorded", "2025-05-20", reasons="R")
    case.tell("quorum_assessed", REVIEW, meeting="CPRC", result="inquorate_proceeding")
    case.tell("review_conference_held", REVIEW, meeting="CPRC")
    for number, view in enumerate(["continue", "continue", "continue"]):
        case.tell("agency_view_stated", REVIEW, meeting="CPRC", agency=f"a{number}", view=view)
    case.report("plan_ended", REVIEW, meeting="CPRC", ground=ground, tally={"in_favour": 1, "against": 1})

    rules = {"STK-R10", "STK-R10a", "STK-R18", "STK-R19", "STK-R20", "STK-R26", "STK-R38", "STK-R39", "STK-R41"}
    assert {finding.rule for finding in case.assess().findings} & rules == set()


@clause("STK-R10", "STK-R41", "E-16")
def test_each_child_has_a_quorum_of_its_own() -> None:
    brother, sister = given.CASE.hex, "00000000-0000-4000-8000-00000000000d"
    both = [brother, sister]
    seats = [
        AUTHORITY,
        {"agency": "health", "direct_contact_children": both},
        {"agency": "school", "direct_contact_children": [sister]},
    ]
    here, there = sitting(*seats), sitting(*seats, {"agency": "nursery", "direct_contact_children": [brother]})

    assert (end(here), end(there)) == (("STK-R41",), ())
    assert here.decided[-1].refusals[0].missing == (
        "2 other agencies that have had direct contact with this child; 1 attended",
    )


@pytest.mark.parametrize(
    "quorum, allowed",
    [
        ({"result": "quorate"}, True),
        ({"result": "quorate", "counted_agencies": ["csc", "health", "school"]}, True),
        ({"result": "quorate", "counted_agencies": ["csc", "health"]}, False),
        ({"result": "quorate", "counted_agencies": ["nursery", "health", "school"]}, False),
        ({"result": "inquorate_proceeding"}, False),
        ({"result": "quorate_by_exception", "reason": "R"}, False),
        ({"result": "quorate", "exceptional": True, "reason": "R"}, False),
    ],
)
@clause("STK-R41", "E-23")
def test_what_the_chair_found_counts_too(quorum: dict[str, Any], allowed: bool) -> None:  # noqa: FBT001  # a table
    assert (end(sitting(**quorum)) == ()) is allowed


@clause("STK-R10", "STK-R41")
def test_the_chair_cannot_find_a_quorum_that_did_not_attend() -> None:
    assert end(sitting(AUTHORITY, HEALTH, POLICE, result="quorate")) == ("STK-R41",)


@clause("STK-R10", "STK-R11", "STK-R41", "E-23")
def test_an_exception_lets_the_review_run_and_not_end_the_plan() -> None:
    case = sitting(AUTHORITY, HEALTH, result="quorate_by_exception", reason="The child is under one.")
    assert end(case) == ("STK-R41",)
    assert case.decided[-1].refusals[0].missing == ("a quorum: an exception lets the review run, and not end the plan",)

    assert keep(case) == ()
    assert (case.findings("STK-R10"), case.findings("STK-R11")) == ([], [])
    assert case.status("STK-T01") == "met"


@pytest.mark.parametrize(
    "quorum, said",
    [
        ({"result": "quorate"}, None),
        ({"result": "inquorate_proceeding"}, None),
        ({"result": "quorate_by_exception", "reason": "R", "agencies_with_contact": 2}, None),
        ({"result": "quorate_by_exception"}, "the reason for the exception"),
        ({"result": "inquorate_proceeding", "exceptional": True}, "the reason for the exception"),
        (
            {"result": "quorate_by_exception", "reason": "R", "agencies_with_contact": 3},
            "fewer than 3 agencies that have had relevant contact with the child",
        ),
    ],
)
@clause("STK-R11")
def test_an_exception_has_its_reason_and_its_ground(quorum: dict[str, Any], said: str | None) -> None:
    case = sitting(**quorum)

    assert [finding.missing for finding in case.findings("STK-R11")] == ([] if said is None else [(said,)])
    assert case.severities("STK-R11") == ([] if said is None else ["record"])


@clause("STK-R10a")
def test_where_nobody_recorded_who_came_or_who_had_contact_that_is_asked_for() -> None:
    nobody, unsaid, said, chair = (
        sitting(),
        sitting(AUTHORITY, {"agency": "health"}, {"agency": "school"}),
        sitting(*ROOM),
        sitting(result="quorate"),
    )
    for case in (nobody, unsaid, said, chair):
        assert keep(case) == ()

    assert [case.severities("STK-R10a") for case in (nobody, unsaid, said, chair)] == [["record"], ["record"], [], []]
    assert missing(unsaid, "STK-R10a") == ["which of them have had direct contact with the child"]


def voted(*views: str, **professional: str) -> Case:
    """A quorate review at which each of several agencies stated a view."""
    case = sitting(*ROOM)
    for number, view in enumerate(views):
        case.tell("agency_view_stated", REVIEW, meeting="CPRC", agency=f"agency {number}", view=view, **professional)
    return case


@clause("STK-R19", "STK-R20")
def test_the_majority_of_the_professionals_prevails() -> None:
    ends, keeps = voted("end", "end", "continue"), voted("end", "continue", "continue")

    assert (keep(ends), end(ends)) == (("STK-R19",), ())
    assert (end(keeps), keep(keeps)) == (("STK-R19",), ())
    assert ends.decided[1].refusals[0].missing == (
        "a majority: 1 professionals are for this decision and 2 against it",
    )
    assert end(voted("continue"), **by_a_head_of_service("STK-R19")) == ()


@pytest.mark.parametrize("ground", AT_REVIEW)
@clause("STK-R19", "STK-R20")
def test_it_decides_every_ending_of_a_review(ground: str) -> None:
    assert "STK-R19" in end(voted("continue"), ground=ground)
    assert "STK-R20" in end(voted("continue", "end"), ground=ground)


@clause("STK-R19", "STK-R25")
def test_so_it_does_at_an_initial_conference() -> None:
    case = on_a_plan()
    del case.events[-1]
    case.tell("agency_view_stated", "2025-03-24", meeting="ICPC", agency="health", view="not_subject")

    decision = {"meeting": "ICPC", "decision": "subject", "category": "neglect"}
    assert case.decide("child_decision_made", "2025-03-24", **decision) == ("STK-R19",)


@clause("STK-R19", "STK-R20", "E-34")
def test_each_professional_of_one_agency_has_a_view_and_family_and_chair_have_none() -> None:
    case = sitting(*ROOM)
    for who in ("health_visitor", "school_nurse"):
        case.tell("agency_view_stated", REVIEW, meeting="CPRC", agency="health", professional={"role": who}, view="end")
    case.tell("agency_view_stated", REVIEW, meeting="CPRC", agency="school", view="continue")
    for agency, who in (("family", "mother"), ("csc", "conference_chair"), ("other", "father")):
        case.tell(
            "agency_view_stated", REVIEW, meeting="CPRC", agency=agency, professional={"role": who}, view="continue"
        )

    assert keep(case) == ("STK-R19",)
    assert end(case) == ()


@clause("STK-R20")
def test_where_there_is_no_majority_the_chair_decides() -> None:
    tie = voted("end", "continue")
    assert (end(tie), keep(tie)) == (("STK-R20",), ("STK-R20",))
    assert tie.decided[1].refusals[0].missing == ("the chair's decision: there is no majority",)

    assert end(voted("end", "continue"), method="chair") == ()
    assert end(voted("end", "continue"), **by_a_head_of_service("STK-R20")) == ()
    assert end(voted("end", "continue"), **decided_by("conference_chair")) == ()
    tie.tell("casting_vote_used", REVIEW, meeting="CPRC", decision="end")
    assert keep(tie, **decided_by("conference_chair")) == ("STK-R20",)
    assert (keep(tie), end(tie)) == (("STK-R20",), ())


@pytest.mark.parametrize("tally, refused", [((2, 3), ("STK-R19",)), ((2, 2), ("STK-R20",)), ((3, 2), ())])
@clause("STK-R19", "STK-R20")
def test_a_tally_counts_as_the_views_do(tally: tuple[int, int], refused: tuple[str, ...]) -> None:
    votes = {"in_favour": tally[0], "against": tally[1], "abstained": 4}
    assert end(sitting(*ROOM), tally=votes) == refused


@pytest.mark.parametrize(
    "decider, refused",
    [
        ("conference_chair", ()),
        ("social_worker", ()),
        ("team_manager", ("STK-R18",)),
        ("service_director", ("STK-R18",)),
        ("mother", ("STK-R18",)),
    ],
)
@clause("STK-R18")
def test_nobody_but_the_professionals_at_the_conference_ends_a_plan(decider: str, refused: tuple[str, ...]) -> None:
    assert end(sitting(*ROOM), **decided_by(decider)) == refused


@pytest.mark.parametrize("ground", AT_REVIEW)
@clause("STK-R18")
def test_whatever_the_ground(ground: str) -> None:
    assert "STK-R18" in end(sitting(*ROOM), ground=ground, **decided_by("mother"))


@clause("STK-R18")
def test_a_manager_who_sits_at_the_conference_is_one_of_them() -> None:
    case = sitting(*ROOM, {"role": "team_manager", "agency": "csc"})

    assert end(case, **decided_by("team_manager")) == ()


@clause("STK-R18", "E-35")
def test_a_head_of_service_may_set_it_aside() -> None:
    told = by_a_head_of_service("STK-R18")
    told["envelope"] |= decided_by("mother")["envelope"]

    assert end(reviewing(), **told) == ()
