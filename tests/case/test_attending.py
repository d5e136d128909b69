"""Who is asked to a conference, who comes, who stands in, and who may watch."""

from typing import Any

import pytest

from tests.case.given import Case, at_conference, booked
from tests.case.test_preparing import review_booked

clause = pytest.mark.clause


def held(case: Case) -> Case:
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")
    return case


def with_attendance(case: Case, *attendees: dict[str, Any]) -> Case:
    case.tell("attendance_recorded", "2025-03-24", meeting="ICPC", attendees=list(attendees))
    return case


@clause("STF-R07")
def test_an_invited_agency_that_stayed_away_without_a_word_is_found() -> None:
    case = booked()
    invitees = [{"agency": "School"}, {"agency": "police"}, {"agency": "csc"}, {"role": "mother"}]
    case.tell("conference_invitations_issued", "2025-03-11", meeting="ICPC", invitees=invitees)
    case.tell("apologies_recorded", "2025-03-23", meeting="ICPC", agency="police", written_report=True)
    held(with_attendance(case, {"agency": "Children's Social Care"}, {"role": "mother"}))

    assert [finding.missing for finding in case.findings("STF-R07")] == [("the attendance of school",)]


@clause("STF-R07")
def test_where_nobody_recorded_who_came_nobody_is_said_to_have_stayed_away() -> None:
    case = booked()
    case.tell("conference_invitations_issued", "2025-03-11", meeting="ICPC", invitees=[{"agency": "school"}])

    assert held(case).findings("STF-R07") == []


@clause("STF-R07")
def test_at_a_review_too() -> None:
    case = review_booked("2025-06-20")
    case.tell("conference_invitations_issued", "2025-06-02", meeting="CPRC", invitees=[{"agency": "school"}])
    case.tell("attendance_recorded", "2025-06-20", meeting="CPRC", attendees=[{"agency": "csc"}])
    case.tell("review_conference_held", "2025-06-20", meeting="CPRC")

    assert len(case.findings("STF-R07")) == 1


@pytest.mark.parametrize(
    "reported, findings",
    [
        (None, 1),
        ("report_submitted", 0),
        ("report_shared", 0),
    ],
)
@clause("STF-R08")
def test_who_sends_apologies_still_sends_a_report(reported: str | None, findings: int) -> None:
    case = booked()
    if reported:
        case.tell(reported, "2025-03-20", meeting="ICPC", agency="Health")
    case.tell("apologies_recorded", "2025-03-23", meeting="ICPC", agency="health")

    assert len(held(case).findings("STF-R08")) == findings


@clause("STF-R08")
def test_apologies_that_come_with_a_written_report_are_enough_at_a_review() -> None:
    with_report, without = review_booked("2025-06-20"), review_booked("2025-06-20")
    with_report.tell("apologies_recorded", "2025-06-19", meeting="CPRC", agency="health", written_report=True)
    without.tell("apologies_recorded", "2025-06-19", meeting="CPRC", agency="health", written_report=False)
    for case in (with_report, without):
        case.tell("review_conference_held", "2025-06-20", meeting="CPRC")

    assert [len(case.findings("STF-R08")) for case in (with_report, without)] == [0, 1]


@pytest.mark.parametrize(
    "seat, findings",
    [
        ({"substitute": True}, 1),
        ({"substitute": True, "good_knowledge": True}, 0),
        ({"substitute": True, "good_knowledge": False}, 1),
        ({}, 0),
    ],
)
@clause("STF-R09")
def test_it_is_recorded_that_a_stand_in_knows_the_family(seat: dict[str, bool], findings: int) -> None:
    case = with_attendance(at_conference(), {"agency": "health", **seat})

    assert case.severities("STF-R09") == ["record"] * findings


@pytest.mark.parametrize("consent, findings", [(True, 0), (None, 1), (False, 1)])
@clause("STF-R32")
def test_it_is_recorded_that_the_child_agreed_to_the_advocate(consent: bool | None, findings: int) -> None:  # noqa: FBT001  # a table
    seat = {"role": "Advocate", **({} if consent is None else {"consent": consent})}

    assert len(with_attendance(at_conference(), seat, {"role": "mother"}).findings("STF-R32")) == findings


@clause("STF-R36")
def test_a_mckenzie_friend_brings_advice() -> None:
    assert "STF-R36" in with_attendance(at_conference(), {"role": "McKenzie friend"}).advice()
    assert "STF-R36" not in with_attendance(at_conference(), {"role": "friend"}).advice()


@pytest.mark.parametrize(
    "data, findings",
    [
        ({"granted": True}, 1),
        ({"granted": True, "family_consulted": True}, 0),
        ({"granted": False}, 0),
    ],
)
@clause("STF-R33")
def test_the_family_is_asked_before_an_observer_comes_in(data: dict[str, bool], findings: int) -> None:
    case = booked()
    case.tell("observer_permission_decided", "2025-03-20", meeting="ICPC", **data)

    assert case.severities("STF-R33") == ["warning"] * findings


@clause("STF-R34")
def test_one_professional_observer_is_normal_and_the_second_is_found() -> None:
    case = booked()
    told = {"granted": True, "family_consulted": True}
    case.tell("observer_permission_decided", "2025-03-19", meeting="ICPC", **told)
    case.tell("observer_permission_decided", "2025-03-20", meeting="ICPC", professional=True, **told)
    assert case.findings("STF-R34") == []

    case.tell("observer_permission_decided", "2025-03-21", meeting="ICPC", professional=True, **told)
    assert case.severities("STF-R34") == ["warning"]


@pytest.mark.parametrize(
    "data, findings",
    [
        ({"attends": True, "party": "csc"}, 1),
        ({"attends": True, "party": "csc", "exceptional_reason": "Proceedings are near."}, 0),
        ({"attends": False, "party": "csc"}, 0),
        ({"attends": True, "party": "family"}, 0),
    ],
)
@clause("STF-R35")
def test_social_cares_lawyer_comes_for_a_reason(data: dict[str, Any], findings: int) -> None:
    case = booked()
    case.tell("legal_representative_attendance_decided", "2025-03-20", meeting="ICPC", **data)

    assert case.severities("STF-R35") == ["warning"] * findings


@pytest.mark.parametrize(
    "invitee, findings",
    [
        ({"role": "Midwife", "agency": "health"}, 0),
        ({"agency": "Midwifery"}, 0),
        ({"agency": "health", "provider": "midwifery services"}, 0),
        ({"role": "health_visitor", "agency": "health"}, 1),
    ],
)
@clause("STF-R20")
def test_midwifery_is_invited_to_a_pre_birth_conference(invitee: dict[str, str], findings: int) -> None:
    case = Case()
    case.tell("unborn_child_registered", "2025-03-03", edd="2025-06-20")
    case.tell("initial_conference_requested", "2025-03-10")
    case.tell("conference_invitations_issued", "2025-03-11", invitees=[invitee])

    assert case.severities("STF-R20") == ["warning"] * findings


@pytest.mark.parametrize(
    "type_, data, findings",
    [
        ("conference_invitations_issued", {"invitees": [{"role": "midwife"}]}, []),
        ("attendance_recorded", {"attendees": [{"role": "midwife", "agency": "health"}]}, []),
        ("attendance_recorded", {"attendees": [{"role": "health_visitor", "agency": "health"}]}, ["warning"]),
        ("agenda_issued", {}, ["warning"]),
    ],
)
@clause("STF-R20")
def test_a_pre_birth_conference_is_not_held_without_midwifery(
    type_: str, data: dict[str, Any], findings: list[str]
) -> None:
    case = Case()
    case.tell("unborn_child_registered", "2025-03-03", edd="2025-05-20")
    case.tell("initial_conference_scheduled", "2025-03-10", meeting="ICPC", date="2025-03-24")
    case.tell(type_, "2025-03-24", meeting="ICPC", **data)
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")

    assert case.severities("STF-R20") == findings


@clause("STF-R42")
def test_what_each_person_may_know_is_what_the_chair_decided() -> None:
    case = booked()
    shares = [{"who": {"role": "father"}, "withheld": "Where the mother works."}]
    case.tell("information_sharing_split_decided", "2025-03-20", meeting="ICPC", chair={"ref": "C1"}, shares=shares)

    assert case.findings("STF-R42") == []


@clause("STF-R20")
def test_a_born_child_needs_no_midwife() -> None:
    case = booked()
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")
    case.tell("conference_invitations_issued", "2025-03-11", meeting="ICPC", invitees=[{"agency": "school"}])

    assert case.findings("STF-R20") == []


@clause("STF-R13", "STF-R58")
def test_a_conference_opens_with_what_it_is_and_is_not_for() -> None:
    case = booked()
    case.tell("conference_opened", "2025-03-24", meeting="ICPC")

    assert case.advice() >= {"STF-R13", "STF-R58"}


@clause("STF-R28")
def test_a_conference_that_closes_without_its_agenda_is_found() -> None:
    without, with_agenda = at_conference(), booked()
    with_agenda.tell("agenda_issued", "2025-03-20", meeting="ICPC", kind="initial")
    with_agenda.tell("initial_conference_held", "2025-03-24", meeting="ICPC")
    for case in (without, with_agenda):
        case.tell("conference_closed", "2025-03-24", meeting="ICPC")

    assert [case.severities("STF-R28") for case in (without, with_agenda)] == [["record"], []]


@pytest.mark.parametrize(
    "granted, found", [([], ["warning"]), ([False], ["warning"]), ([True], []), ([True, True], [])]
)
@clause("STF-R33a")
def test_nobody_observes_whom_the_chair_did_not_let_in(granted: list[bool], found: list[str]) -> None:
    case = booked()
    for each in granted:
        said = {"granted": each, "observer": {"role": "student"}, "family_consulted": True}
        case.tell("observer_permission_decided", "2025-03-20", meeting="ICPC", **said)
    there = [{"role": "social_worker", "agency": "csc"}, {"role": "Observer"}]
    case.tell("attendance_recorded", "2025-03-24", meeting="ICPC", attendees=there)

    assert case.severities("STF-R33a") == found
