"""Notices: one duty for each who must be told, met by what is told of that recipient, or of all."""

from typing import Any

import pytest

from events.case.answer import Status
from events.case.copies import Copy, copy_of
from events.case.directory import directory
from events.case.noticing import Notice
from events.policies.in_force import Policies
from tests.case.given import Case, at, at_conference, on_a_plan, the_engine

clause = pytest.mark.clause
HEALTH, EDUCATION = {"agency": "health"}, {"agency": "education"}


def told(case: Case, rule: str) -> dict[str, Status]:
    """Where each recipient's duty of one entry stands."""
    return {duty.told_of.get("recipient", "nobody known"): duty.status for duty in case.duties(rule)}


@clause("STF-T32", "STF-R92")
def test_each_who_must_be_told_has_a_duty_of_their_own() -> None:
    case = on_a_plan()
    assert told(case, "STF-T32") == {"health authority": Status.OPEN, "education authority": Status.OPEN}

    case.tell("notification_sent", "2025-03-25", register_id="n07", to=[HEALTH])
    assert told(case, "STF-T32") == {"health authority": Status.MET, "education authority": Status.OPEN}

    case.tell("notification_sent", "2025-03-26", register_id="STF-T32", to=[{"role": "Education Authority"}])
    assert told(case, "STF-T32") == {"health authority": Status.MET, "education authority": Status.MET}


@clause("STF-T32")
@pytest.mark.parametrize(
    "about", [{}, {"to": [HEALTH, EDUCATION]}, {"to": [{"role": "nurse", "agency": "health"}, EDUCATION]}]
)
def test_a_notice_to_nobody_in_particular_or_to_all_tells_all(about: dict[str, Any]) -> None:
    case = on_a_plan()
    case.tell("notification_sent", "2025-03-25", register_id="N07", **about)

    assert set(told(case, "STF-T32").values()) == {Status.MET}


@clause("STF-T32")
@pytest.mark.parametrize("about", [
    {"register_id": "N07", "to": [{"agency": "police"}]},
    {"register_id": "N08", "to": [HEALTH]},
])  # fmt: skip
def test_telling_somebody_else_or_of_something_else_tells_nobody(about: dict[str, Any]) -> None:
    case = on_a_plan()
    case.tell("notification_sent", "2025-03-25", **about)

    assert set(told(case, "STF-T32").values()) == {Status.OPEN}


@clause("STF-T32")
@pytest.mark.parametrize("type_", ["notification_delivered", "notification_acknowledged"])
def test_what_arrived_was_sent(type_: str) -> None:
    case = on_a_plan()
    case.tell(type_, "2025-03-25", register_id="N07")

    assert set(told(case, "STF-T32").values()) == {Status.MET}


@clause("STF-T32")
@pytest.mark.parametrize("type_", ["notification_requested", "notification_failed"])
def test_asking_for_it_or_failing_tells_nobody(type_: str) -> None:
    case = on_a_plan()
    case.tell(type_, "2025-03-25", register_id="N07")

    assert set(told(case, "STF-T32").values()) == {Status.OPEN}


@clause("STF-T32")
def test_a_notice_is_named_by_its_key_whatever_its_recipient_is_called() -> None:
    case = on_a_plan()
    key = case.duties("STF-T32")[0].id
    case.tell("notification_sent", "2025-03-25", register_id=key, to=[{"name": "Nurse 1"}])

    assert told(case, "STF-T32") == {"health authority": Status.MET, "education authority": Status.OPEN}


def circulating(agreed: str, *recipients: dict[str, str]) -> Case:
    """A conference on 24 March 2025 that agreed, on a day, who gets its record."""
    case = at_conference("2025-03-24")
    case.tell("minutes_circulation_agreed", agreed, meeting="ICPC", recipients=list(recipients))
    return case


MOTHER, FATHER, TEACHER = {"ref": "P1"}, {"name": "Parent 2"}, {"role": "teacher", "agency": "school"}


@clause("STF-T28", "STF-T29")
@pytest.mark.parametrize("rule, event, last", [
    ("STF-T28", "decision_and_recommendations_distributed", "2025-03-25"),
    ("STF-T29", "minutes_distributed", "2025-04-07"),
])  # fmt: skip
def test_the_record_goes_to_each_whom_the_conference_agreed(rule: str, event: str, last: str) -> None:
    case = circulating("2025-03-25", MOTHER, TEACHER)
    assert [str(duty.due_on) for duty in case.duties(rule, "2025-03-25")] == [last, last]

    case.tell(event, last, meeting="ICPC", recipients=[MOTHER])
    assert told(case, rule) == {"P1": Status.MET, "teacher/school": Status.MISSED}
    case.tell(event, last, meeting="ICPC")
    assert told(case, rule) == {"P1": Status.MET, "teacher/school": Status.MET}


@clause("STF-T28", "STF-T29")
@pytest.mark.parametrize("rule", ["STF-T28", "STF-T29"])
def test_a_record_that_is_sent_by_itself_tells_whom_it_was_sent_to_of_that_meeting(rule: str) -> None:
    case = circulating("2025-03-24", MOTHER, TEACHER)
    case.tell("notification_sent", "2025-03-25", register_id=rule, meeting="ELSEWHERE", to=[MOTHER])
    case.tell("notification_sent", "2025-03-25", register_id=rule, meeting="ICPC", to=[TEACHER])

    assert told(case, rule) == {"P1": Status.MISSED, "teacher/school": Status.MET}


@clause("STF-T28", "STF-T29")
def test_whom_the_record_goes_to_may_be_told_before_or_after_it_went() -> None:
    before, after = circulating("2025-03-24", MOTHER), at_conference("2025-03-24")
    for case in (before, after):
        case.tell("decision_and_recommendations_distributed", "2025-03-25", meeting="ICPC", recipients=[MOTHER])
    after.tell("minutes_circulation_agreed", "2025-03-26", meeting="ICPC", recipients=[MOTHER])

    assert told(before, "STF-T28") == told(after, "STF-T28") == {"P1": Status.MET}
    assert told(at_conference(), "STF-T28") == {"nobody known": Status.MISSED}


@clause("STF-T23")
def test_the_core_groups_record_goes_to_each_of_its_members() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("core_group_membership_confirmed", "2025-03-24", meeting="ICPC", members=[MOTHER, TEACHER])
    case.tell("core_group_meeting_held", "2025-04-04", meeting="CG-1")
    case.tell("core_group_record_circulated", "2025-04-10", meeting="CG-1", recipients=[TEACHER])

    assert told(case, "STF-T23") == {"P1": Status.MISSED, "teacher/school": Status.MET}
    case.tell("notification_sent", "2025-04-11", register_id="STF-T23", meeting="CG-1", to=[MOTHER])
    assert told(case, "STF-T23") == {"P1": Status.MET, "teacher/school": Status.MET}


@clause("STF-T39", "STF-R72")
def test_a_death_is_notified_to_the_board_and_to_ofsted() -> None:
    case = on_a_plan()
    case.tell("child_death_recorded", "2025-04-05")
    case.tell("critical_child_incident_notified", "2025-04-07", to=[{"role": "sscb_manager"}])
    assert told(case, "STF-T39") == {"SSCB manager": Status.MET, "Ofsted": Status.OPEN}

    case.tell("notification_sent", "2025-04-08", register_id="N15", to=[{"agency": "ofsted"}])
    assert told(case, "STF-T39") == {"SSCB manager": Status.MET, "Ofsted": Status.MET}


def notices(case: Case, rule: str, now: str = "2025-05-01") -> list[Notice]:
    """The notices of one entry."""
    assessor = the_engine().assessor
    found = assessor.notices(case.events, case.policies, case.calendar, at(now))
    return [notice for notice in found if notice.rule == rule]


def standings(case: Case, rule: str, now: str = "2025-05-01") -> list[str]:
    return [notice.status.value for notice in notices(case, rule, now)]


@clause("STF-T28")
def test_a_notice_goes_from_due_to_late_to_sent_to_delivered_to_acknowledged() -> None:
    case = circulating("2025-03-24", MOTHER)
    assert (standings(case, "STF-T28", "2025-03-25"), standings(case, "STF-T28", "2025-03-26")) == (["due"], ["late"])

    (notice,) = notices(case, "STF-T28")
    seen = []
    for type_ in ("requested", "failed", "sent", "delivered", "acknowledged"):
        case.tell(f"notification_{type_}", "2025-03-27", register_id=notice.key)
        seen.extend(standings(case, "STF-T28"))

    assert seen == ["requested", "failed", "sent", "delivered", "acknowledged"]
    (notice,) = notices(case, "STF-T28")
    assert ([step.what for step in notice.steps], notice.late, str(notice.due_on)) == (seen, True, "2025-03-25")


@clause("STF-T28")
def test_a_letter_that_came_back_has_failed_until_it_is_sent_again() -> None:
    case = circulating("2025-03-24", MOTHER)
    (notice,) = notices(case, "STF-T28")
    case.tell("notification_sent", "2025-03-25", register_id=notice.key, channel="post")
    case.tell("notification_failed", "2025-03-28", register_id=notice.key, reason="Returned to sender.")
    assert standings(case, "STF-T28") == ["failed"]

    case.tell("notification_sent", "2025-03-29", register_id=notice.key)
    assert standings(case, "STF-T28") == ["sent"]
    assert case.status("STF-T28") is Status.MET


@clause("STF-T32")
def test_what_is_said_of_a_plan_that_ends_is_no_part_of_the_notice_that_it_began() -> None:
    case = on_a_plan()
    case.tell("notification_sent", "2025-03-25", register_id="N07")
    case.report("plan_ended", "2025-06-16", ground="left_uk")
    case.tell("notification_acknowledged", "2025-06-20", register_id="N07", to=[HEALTH])

    assert standings(case, "STF-T32", "2025-07-01") == ["sent", "sent", "acknowledged", "due"]


@clause("E-54", "STF-T28", "STF-T29")
def test_what_still_goes_to_the_family_of_a_child_who_died_is_held_until_somebody_looked_at_it() -> None:
    case = circulating("2025-03-24", MOTHER, TEACHER)
    case.tell("family_member_added", "2025-03-10", ref="P1", relation="mother", name="Parent 1")
    case.tell("child_death_recorded", "2025-03-25")
    assert standings(case, "STF-T29", "2025-03-26") == ["held", "due"]

    mother = notices(case, "STF-T29")[0]
    assert (mother.family, mother.person) == (True, {"name": "Parent 1", "ref": "P1", "relation": "mother"})
    case.tell("notification_requested", "2025-03-27", register_id=mother.key, checked_by={"name": "Manager 1"})
    assert standings(case, "STF-T29", "2025-03-27") == ["requested", "due"]


def test_nobody_is_known_by_name_in_what_tells_duties_apart() -> None:
    case = circulating("2025-03-24", FATHER)
    (duty,) = case.duties("STF-T28")
    case.tell("decision_and_recommendations_distributed", "2025-03-25", meeting="ICPC", recipients=[FATHER])

    assert duty.told_of["recipient"].startswith("person ")
    assert "Parent 2" not in duty.told_of["recipient"]
    assert (case.status("STF-T28"), notices(case, "STF-T28")[0].person) == (Status.MET, {"name": "Parent 2"})


@clause("E-61", "E-59")
def test_a_copy_leaves_out_where_the_child_lives_for_whom_it_is_restricted_from() -> None:
    case = circulating("2025-03-24", MOTHER, {"ref": "P2"})
    case.tell("child_registered", "2025-03-03", names="Child A", dob="2018-06-01", address="1 Example Street")
    case.tell("address_restricted_from", "2025-03-10", people=[{"ref": "P2"}])
    state = case.assess().state

    def copies() -> dict[str | None, Copy]:
        history = [event for event in case.events if event.type != "duty_announced"]
        return {each.recipient: copy_of(each, history, state) for each in notices(case, "STF-T28")}

    assert copies()["P1"].content["child"]["address"] == "1 Example Street"
    assert "address" not in copies()["P2"].content["child"]
    assert [each.pointer for each in copies()["P2"].withheld] == ["/child/address"]
    case.tell("address_restricted_from", "2025-04-10", people=[{"ref": "P2"}], restricted=False)
    assert copies()["P2"].content["child"]["address"] == "1 Example Street"


FAMILY = [
    ("family_member_added", {"name": "Parent 1", "ref": "P1", "relation": "mother"}),
    ("family_member_added", {"name": "Parent 2", "ref": "P2", "relation": "father"}),
]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    "restricted, sent_to, by_family",
    [
        ({"role": "father"}, {"ref": "P2", "role": "father"}, False),
        ({"name": "Parent 2"}, {"name": "Parent 2", "ref": "P2"}, False),
        ({"ref": "P2"}, {"ref": "P2"}, False),
        ({"role": "Father"}, {"role": "father"}, False),
        ({"role": "father"}, {"ref": "P2"}, True),
        ({"ref": "P2"}, {"name": "Parent 2"}, True),
        ({"ref": "P2"}, {"role": "father"}, True),
    ],
)
@clause("E-61", "E-59")
def test_whoever_the_address_is_restricted_from_is_that_person_however_named(
    restricted: dict[str, str], sent_to: dict[str, str], *, by_family: bool, known: bool
) -> None:
    case = circulating("2025-03-24", MOTHER, sent_to)
    for type_, data in FAMILY if known else ():
        case.tell(type_, "2025-03-03", **data)
    case.tell("child_registered", "2025-03-03", names="Child A", dob="2018-06-01", address="1 Example Street")
    case.tell("address_restricted_from", "2025-03-10", people=[restricted])

    state = case.assess().state
    copies = [copy_of(each, case.events, state) for each in notices(case, "STF-T28")]

    assert ["address" in each.content["child"] for each in copies] == [True, by_family and not known]


@clause("E-61")
def test_of_two_fathers_only_the_one_who_is_named_is_kept_from_it() -> None:
    case = circulating("2025-03-24", {"ref": "P2", "role": "father"}, {"ref": "P3", "role": "father"})
    case.tell("child_registered", "2025-03-03", names="Child A", dob="2018-06-01", address="1 Example Street")
    for ref in ("P2", "P3"):
        case.tell("family_member_added", "2025-03-03", ref=ref, relation="father")
    case.tell("address_restricted_from", "2025-03-10", people=[{"ref": "P3"}])

    copies = {each.recipient: copy_of(each, case.events, case.assess().state) for each in notices(case, "STF-T28")}

    assert {who: "address" in copy.content["child"] for who, copy in copies.items()} == {"P2": True, "P3": False}


@clause("STF-R42", "STF-R55", "E-61")
def test_whoever_sends_the_document_is_told_what_of_it_is_kept_from_each() -> None:
    case = circulating("2025-03-24", MOTHER, {"ref": "P2", "role": "father"}, {"ref": "P3"})
    case.tell("participant_excluded", "2025-03-20", meeting="ICPC", who={"ref": "P3"}, grounds=["marac"])
    first, last = ([{"who": {"ref": "P2"}, "withheld": what}, {"who": {"ref": "P1"}, "may_know": "All."}]
                   for what in ("Nothing.", "Where the mother works."))  # fmt: skip
    for shares in (first, last):
        case.tell("information_sharing_split_decided", "2025-03-20", meeting="ICPC", shares=shares)

    copies = {each.recipient: copy_of(each, case.events, case.assess().state) for each in notices(case, "STF-T28")}

    assert {who: [(each.pointer, each.why) for each in copy.withheld] for who, copy in copies.items()} == {
        "P1": [],
        "P2": [("/document", "The chair decided what is kept from this recipient: Where the mother works.")],
        "P3": [("/document", "The recipient was excluded, and gets the redacted version that the chair signed.")],
    }


@clause("E-61")
def test_a_copy_for_nobody_known_tells_no_restricted_address() -> None:
    case = at_conference()
    case.tell("child_registered", "2025-03-03", names="Child A", dob="2018-06-01", address="1 Example Street")
    (notice,) = notices(case, "STF-T28")
    assert copy_of(notice, case.events, case.assess().state).content["child"]["address"] == "1 Example Street"

    case.tell("address_restricted_from", "2025-03-10", people=[{"ref": "P2"}])
    assert "address" not in copy_of(notice, case.events, case.assess().state).content["child"]


AGENCY = ("agency_recorded", {"agency": "nhs-1", "title": "Trust 1", "stands_for": ["health authority"]})
ADDRESS = ("secure_email_confirmed", {"agency": "nhs-1", "address": "safe@trust.example"})
POST = ("post_recorded", {"post": "EDU", "title": "Head of Education", "stands_for": ["education authority"]})
HELD = ("post_holder_changed", {"post": "EDU", "holder": {"ref": "E1"}})
NOT_SECURE = "No address is confirmed as secure."
VACANT = "The post is vacant, and nobody stands in."
NOBODY = "Nobody answers to this title in the authority's directory."


@clause("STF-T32", "STF-T69", "STF-R128")
@pytest.mark.parametrize("told_of_it, health, education", [
    ([], None, None),
    ([AGENCY], NOT_SECURE, NOBODY),
    ([AGENCY, ADDRESS, POST], None, VACANT),
    ([POST, HELD], NOBODY, NOT_SECURE),
])  # fmt: skip
def test_a_vacant_post_or_one_without_a_secure_address_makes_its_notice_visibly_undeliverable(
    told_of_it: list[tuple[str, dict[str, Any]]], health: str | None, education: str | None
) -> None:
    stream, case = Case(), on_a_plan()
    for type_, data in told_of_it:
        stream.tell(type_, "2025-01-06", **data)
    policies = Policies(case.policies.activations, directory=directory(stream.events))

    found = the_engine().assessor.notices(case.events, policies, case.calendar, at("2025-05-01"))

    stand = {each.recipient: each.undeliverable for each in found if each.rule == "STF-T32"}
    assert stand == {"health authority": health, "education authority": education}


def test_a_notice_to_nobody_who_is_known_cannot_be_delivered() -> None:
    assert [each.undeliverable for each in notices(at_conference(), "STF-T28")] == ["Nobody is known yet who gets it."]


@pytest.mark.parametrize(
    "type_, to",
    [
        ("core_group_record_circulated", {"recipients": [{"agency": "nhs-1"}]}),
        ("conference_invitations_issued", {"invitees": [{"agency": "nhs-1"}]}),
        ("minutes_disclosed", {"to": {"agency": "nhs-1"}, "chair_permission": True}),
        ("record_shared", {"recipients": [{"agency": "nhs-1"}], "chair_permission": True}),
        ("notification_sent", {"register_id": "N07", "to": [{"agency": "nhs-1"}]}),
    ],
)
@clause("STF-T69", "STF-R128")
def test_e_mail_goes_to_an_address_that_is_said_or_known_to_be_secure(type_: str, to: dict[str, Any]) -> None:
    stream = Case()
    for told, data in (AGENCY, ADDRESS):
        stream.tell(told, "2025-01-06", **data)
    case = on_a_plan()
    for secure in ({"secure": True}, {}, {"secure": False}):
        case.tell(type_, "2025-03-25", meeting="ICPC", channel="email", **to, **secure)
    known = Policies(case.policies.activations, directory=directory(stream.events))

    assess = the_engine().assessor.assess
    answers = (assess(case.events, each, case.calendar, at("2025-05-01")) for each in (case.policies, known))
    found = [[each.fact for each in answer.findings if each.rule == "STF-R128"] for answer in answers]

    _, unsaid, insecure = (each.fact for each in case.events[-3:])
    assert found == [[unsaid, insecure], [insecure]]
