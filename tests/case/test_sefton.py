"""Ending a plan in Sefton: on which grounds, what the family is owed after it, and how a decision is challenged."""

import pytest

from events.case.answer import Mark, Status
from tests.case import given
from tests.case.given import Anything, Case, last_day_in_time, on_a_plan

clause = pytest.mark.clause
GROUNDS = (
    "no_longer_at_risk",
    "transferred",
    "reached_18",
    "left_uk",
    "non_cooperation",
    "looked_after_single_plan",
    "not_confirmed_at_receiving_in",
)


def planned(conference: str = "2025-03-24", *, born: str = "2018-06-01") -> Case:
    """A child on a plan in Sefton."""
    return on_a_plan(conference, policy=given.pack("sefton"), requested="2023-11-01", born=born)


def at_review(held: str = "2025-06-16") -> Case:
    """A child on a plan whose first review (meeting CPRC) is being held."""
    case = planned()
    case.tell("review_conference_held", held, meeting="CPRC")
    return case


def ended(ground: str = "no_longer_at_risk", *, on: str = "2025-06-16") -> Case:
    """A child whose plan ended."""
    case = at_review(on)
    case.report("plan_ended", on, meeting="CPRC", ground=ground)
    return case


def not_subject() -> Case:
    """A child whose conference decided that no plan is needed."""
    case = given.at_conference()
    case.policy = given.pack("sefton")
    case.decide("child_decision_made", "2025-03-24", meeting="ICPC", decision="not_subject", support_considered=True)
    return case


@pytest.mark.parametrize("conference, last", [("2025-03-24", "2025-06-24"), ("2023-11-30", "2024-02-29")])
@clause("E-46", "E-01")
def test_the_first_review_is_taken_to_be_due_in_three_months_and_shown_as_inherited(conference: str, last: str) -> None:
    case = planned(conference)

    assert last_day_in_time(case, "E-46") == last
    assert case.duty("E-46").marks >= {Mark.INHERITED}


@pytest.mark.parametrize("held, last", [("2025-06-16", "2025-12-16"), ("2025-05-31", "2025-11-30")])
@clause("E-46", "E-46a", "E-12")
def test_later_reviews_are_taken_to_be_due_in_six(held: str, last: str) -> None:
    case = at_review(held)

    assert case.status("E-46") is Status.MET
    case.decide("child_decision_made", held, meeting="CPRC", decision="continue", continuing_sh=True)
    assert (case.status("E-46"), len(case.duties("E-46a"))) == (Status.MET, 1)
    assert last_day_in_time(case, "E-46a") == last
    case.tell("review_conference_held", "2025-11-03", meeting="CPRC-2")
    assert [duty.status for duty in case.duties("E-46a", "2025-11-03")] == [Status.MET, Status.OPEN]
    case.report("plan_ended", "2025-12-01", ground="reached_18")
    assert case.status("E-46a") is Status.CANCELLED


@clause("E-46")
def test_it_is_counted_from_the_conference_once_and_ends_with_the_plan() -> None:
    case = planned()
    before = case.duty("E-46").id
    case.void(case.events[-1], "2025-03-25")
    case.tell("plan_started", "2025-03-27", meeting="ICPC", category="neglect")
    case.tell("plan_started", "2025-03-28", meeting="ICPC", category="neglect")
    assert [(duty.id, str(duty.due_on)) for duty in case.duties("E-46")] == [(before, "2025-06-24")]

    case.report("plan_ended", "2025-04-20", ground="reached_18")
    assert case.status("E-46") is Status.CANCELLED


@clause("E-46")
def test_a_decision_corrected_to_one_that_makes_a_plan_makes_it_known_only_then() -> None:
    case = not_subject()
    case.correct(case.events[-1], "2025-07-01", data=given.subject())

    duty = case.duty("E-46", "2025-07-01")
    assert (str(duty.due_on), duty.marks) == ("2025-06-24", frozenset({Mark.LATE_WHEN_KNOWN, Mark.INHERITED}))


@clause("E-46", "E-46a", "E-13")
def test_a_review_without_a_quorum_is_one_if_it_decided_for_the_child() -> None:
    for type_, said in (("child_decision_made", {"decision": "continue"}), ("plan_ended", {"ground": "transferred"})):
        first, later = planned(), at_review()
        for case, rule in ((first, "E-46"), (later, "E-46a")):
            case.tell("quorum_assessed", "2025-11-03", meeting="CPRC-2", result="inquorate_proceeding")
            case.tell("review_conference_held", "2025-11-03", meeting="CPRC-2")
            assert case.duties(rule, "2025-11-04")[0].met_by is None
            assert len(case.duties("E-46a", "2025-11-04")) == (case is later)
            case.report(type_, "2025-11-05", meeting="CPRC-2", **said)
            assert case.duties(rule)[0].met_by is not None
            if type_ == "child_decision_made":
                assert str(case.duty("E-46a", "2025-11-05").due_on) == "2026-05-03"


@clause("E-46", "E-46a", "E-13")
def test_a_decision_at_a_review_that_was_not_held_meets_and_starts_none() -> None:
    first, later = planned(), at_review()
    for case, rule in ((first, "E-46"), (later, "E-46a")):
        case.tell("conference_not_held_inquorate", "2025-06-18", meeting="CPRC-2")
        case.report("child_decision_made", "2025-06-18", meeting="CPRC-2", decision="continue")
        assert case.status(rule, "2025-06-18") is Status.OPEN
    assert len(later.duties("E-46a")) == 1


@clause("SEF-R01", "SEF-R02")
def test_a_review_decides_that_the_plan_is_no_longer_needed() -> None:
    for ground, rule in (("no_longer_at_risk", "SEF-R02"), ("looked_after_single_plan", "SEF-R01")):
        apart, there, told = planned(), at_review(), planned()
        assert apart.decide("plan_ended", "2025-06-16", ground=ground) == (rule,)
        assert there.decide("plan_ended", "2025-06-16", meeting="CPRC", ground=ground) == ()
        told.report("plan_ended", "2025-06-16", ground=ground)
        assert told.severities(rule) == ["forbidden"]


@clause("SEF-R02")
def test_a_review_that_finds_the_harm_to_go_on_does_not_end_the_plan() -> None:
    case = at_review()
    said = {"ground": "no_longer_at_risk", "continuing_sh": True}

    assert case.decide("plan_ended", "2025-06-16", meeting="CPRC", **said) == ("SEF-R02",)


CONFERENCE = ("receiving_in_conference_held", {"meeting": "RIC"})
IN_WRITING = ("receiving_authority_confirmed_responsibility", {"written": True})
A_LETTER = ("receiving_authority_confirmed_responsibility", {"document": "LETTER-7"})
UNSAID: tuple[str, dict[str, Anything]] = ("receiving_authority_confirmed_responsibility", {})
BY_WORD = ("receiving_authority_confirmed_responsibility", {"written": False})


@pytest.mark.parametrize("ground", ["transferred", "not_confirmed_at_receiving_in"])
@pytest.mark.parametrize(
    "told, refused",
    [
        ((CONFERENCE, IN_WRITING), ()),
        ((IN_WRITING, CONFERENCE), ()),
        ((CONFERENCE,), ("SEF-R04",)),
        ((IN_WRITING,), ("SEF-R04",)),
        ((CONFERENCE, A_LETTER), ()),
        ((CONFERENCE, BY_WORD), ("SEF-R04",)),
        ((CONFERENCE, UNSAID), ("SEF-R04",)),
    ],
)
@clause("SEF-R04", "SEF-R03", "SEF-T05", "E-68")
def test_a_move_ends_the_plan_after_the_conference_there_and_its_word_in_writing(
    ground: str, told: tuple[tuple[str, dict[str, Anything]], ...], refused: tuple[str, ...]
) -> None:
    case = planned()
    for number, (type_, said) in enumerate(told):
        more = dict(said)
        case.tell(type_, f"2025-05-0{number + 6}", meeting=more.pop("meeting", None), **more)

    assert case.decide("plan_ended", "2025-05-09", ground=ground) == refused


@pytest.mark.parametrize("first, then", [(CONFERENCE, IN_WRITING), (IN_WRITING, CONFERENCE)])
@clause("SEF-R04", "E-58", "E-68")
def test_it_ended_on_the_later_of_the_two_days(
    first: tuple[str, dict[str, Anything]], then: tuple[str, dict[str, Anything]]
) -> None:
    case = planned()
    for (type_, said), day in ((first, "2025-05-06"), (then, "2025-05-08")):
        more = dict(said)
        case.tell(type_, day, meeting=more.pop("meeting", None), **more)

    assert case.decide("plan_ended", "2025-05-20", ground="transferred") == ()
    state = case.assess().state
    assert [str(each) for each in (state["plan"]["ended_on"], state["responsible"]["since"])] == ["2025-05-08"] * 2


@clause("SEF-R04", "SEF-R05")
def test_non_co_operation_is_no_ground_and_the_others_are() -> None:
    assert at_review().decide("plan_ended", "2025-06-16", ground="non_cooperation") == ("SEF-R05",)
    adult = planned(born="2007-06-01")
    assert adult.decide("plan_ended", "2025-06-01", ground="reached_18") == ()


@clause("SEF-T02")
def test_the_plan_may_end_on_the_18th_birthday() -> None:
    case = planned(born="2007-06-01")
    assert last_day_in_time(case, "SEF-T02") == "2025-06-01"
    assert case.duty("SEF-T02").modality == "may"

    case.decide("plan_ended", "2025-06-01", ground="reached_18")
    assert case.status("SEF-T02") is Status.MET


@clause("SEF-T02")
def test_it_begins_with_the_plan_once_and_ends_with_it() -> None:
    case = planned()
    before = case.duty("SEF-T02").id
    case.void(case.events[-1], "2025-03-25")
    case.tell("plan_started", "2025-03-27", meeting="ICPC")
    assert [duty.id for duty in case.duties("SEF-T02")] == [before]
    case.report("plan_ended", "2025-06-16", ground="no_longer_at_risk")
    assert case.status("SEF-T02") is Status.CANCELLED

    told = given.at_conference()
    told.policy = given.pack("sefton")
    told.tell("plan_started", "2025-03-26", meeting="ICPC")
    assert len(told.duties("SEF-T02")) == 1
    unborn = Case(policy=given.pack("sefton"))
    unborn.tell("unborn_child_registered", "2025-03-03", edd="2025-08-04")
    unborn.tell("plan_started", "2025-03-26")
    assert unborn.duties("SEF-T02") == []
    corrected = not_subject()
    corrected.correct(corrected.events[-1], "2036-07-01", data=given.subject())
    assert corrected.duty("SEF-T02", "2036-07-02").marks == frozenset({Mark.LATE_WHEN_KNOWN})


@clause("SEF-T03", "SEF-R06", "N24")
def test_the_representatives_of_each_agency_invited_are_told_by_themselves() -> None:
    case = given.booked()
    case.policy = given.pack("sefton")
    invited = [{"agency": "school"}, {"agency": "health"}, {"agency": "health", "role": "gp"}, {"role": "mother"}]
    case.tell("conference_invitations_issued", "2025-03-12", meeting="ICPC", invitees=invited)
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")
    case.report("child_decision_made", "2025-03-24", meeting="ICPC", **given.subject())
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    case.tell("conference_invitations_issued", "2025-05-20", meeting="CPRC", invitees=[{"agency": "police"}])
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")

    case.tell("notification_sent", "2025-06-18", register_id="N24", to=[{"agency": "school"}])
    stands = {str(duty.told_of["recipient"]): duty.status for duty in case.duties("SEF-T03")}
    assert stands == {"school": Status.MET, "health": Status.OPEN}


@clause("SEF-T03")
def test_a_plan_ended_twice_is_told_of_once() -> None:
    case = ended()
    case.report("plan_ended", "2025-06-17", ground="reached_18")

    assert len(case.duties("SEF-T03")) == 1


@clause("SEF-T03", "SEF-R06")
def test_those_invited_to_the_initial_conference_are_told_of_the_end() -> None:
    case = ended()
    assert (case.status("SEF-T03"), case.duty("SEF-T03").due_on) == (Status.OPEN, None)

    case.tell("notification_sent", "2025-06-18", register_id="N07")
    assert case.status("SEF-T03") is Status.OPEN
    case.tell("notification_sent", "2025-06-18", register_id="N24")
    assert case.status("SEF-T03") is Status.MET


@pytest.mark.parametrize("ground", GROUNDS)
@clause("SEF-T04")
def test_what_services_go_on_is_discussed_with_parents_and_child(ground: str) -> None:
    case = ended(ground)
    assert (case.status("SEF-T04"), case.duty("SEF-T04").due_on) == (Status.OPEN, None)

    case.tell("services_discussed_with_family", "2025-06-20", parents=True, child=False)
    assert case.status("SEF-T04") is Status.OPEN
    case.tell("services_discussed_with_family", "2025-06-23", parents=True, child=True)
    assert case.status("SEF-T04") is Status.MET


@clause("SEF-T04", "E-54")
def test_nothing_is_discussed_of_services_for_a_child_who_died() -> None:
    assert ended("deceased").duties("SEF-T04") == []


@clause("SEF-R07")
def test_the_talk_says_who_took_part_and_on_which_assessment_it_rests() -> None:
    whole = {"parents": True, "child": True, "re_assessment_ref": "A-3"}
    found = []
    for left_out in (None, *whole):
        case = ended()
        said = {name: value for name, value in whole.items() if name != left_out}
        case.tell("services_discussed_with_family", "2025-06-20", **said)
        found.append(len(case.severities("SEF-R07")))

    assert found == [0, 1, 1, 1]


@clause("SEF-R08")
def test_support_that_goes_on_has_a_child_in_need_plan() -> None:
    case, early_help, again = ended(), ended(), ended()
    early_help.tell("step_down_considered", "2025-06-16", chosen="early_help", consent=True)
    for each in (case, again):
        each.tell("step_down_considered", "2025-06-16", chosen="child_in_need", consent=True)
    assert (early_help.duties("SEF-R08"), case.status("SEF-R08")) == ([], Status.OPEN)

    case.tell("child_in_need_plan_started", "2025-06-20")
    again.tell("initial_conference_held", "2025-06-27", meeting="ICPC-2")
    again.report("child_decision_made", "2025-06-27", meeting="ICPC-2", decision="not_subject")
    assert again.status("SEF-R08") is Status.OPEN
    again.report("child_decision_made", "2025-06-28", meeting="ICPC-3", **given.subject())
    assert (case.status("SEF-R08"), again.status("SEF-R08")) == (Status.MET, Status.CANCELLED)


@clause("SEF-R08")
def test_the_end_of_the_plan_does_not_excuse_it() -> None:
    case = at_review()
    case.tell("step_down_considered", "2025-06-16", meeting="CPRC", chosen="child_in_need", consent=True)
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")

    assert case.status("SEF-R08") is Status.OPEN


@clause("SEF-T01")
def test_child_in_need_meetings_are_held_every_four_weeks() -> None:
    case = ended()
    case.tell("child_in_need_plan_started", "2025-06-20")
    assert last_day_in_time(case, "SEF-T01") == "2025-07-18"

    case.tell("child_in_need_meeting_held", "2025-07-21")
    assert case.duties("SEF-T01")[0].status is Status.MET_LATE
    assert last_day_in_time(case, "SEF-T01") == "2025-08-18"
    case.tell("child_in_need_plan_closed", "2025-08-11", consensus=True)
    assert case.status("SEF-T01") is Status.CANCELLED


@clause("SEF-T01")
def test_they_begin_when_the_plan_ends_if_the_child_in_need_plan_was_there_first() -> None:
    case = at_review()
    case.tell("child_in_need_plan_started", "2025-06-12")
    case.tell("child_in_need_meeting_held", "2025-06-13")
    assert case.duties("SEF-T01") == []

    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")
    assert [str(duty.due_on) for duty in case.duties("SEF-T01")] == ["2025-07-14"]


@clause("SEF-T01")
def test_a_new_plan_ends_them_and_without_a_child_in_need_plan_there_are_none() -> None:
    again, closed, without = ended(), ended(), ended()
    again.tell("child_in_need_plan_started", "2025-06-20")
    again.report("child_decision_made", "2025-07-01", meeting="ICPC-2", decision="not_subject")
    assert again.status("SEF-T01", "2025-07-02") is Status.OPEN
    again.report("child_decision_made", "2025-07-10", meeting="ICPC-3", **given.subject())
    closed.tell("child_in_need_plan_started", "2025-06-17")
    closed.tell("child_in_need_plan_closed", "2025-06-18")
    closed.tell("child_in_need_meeting_held", "2025-06-19")
    without.tell("child_in_need_meeting_held", "2025-06-19")

    assert again.status("SEF-T01") is Status.CANCELLED
    assert ([duty.status for duty in closed.duties("SEF-T01")], without.duties("SEF-T01")) == ([Status.CANCELLED], [])


@clause("SEF-R09")
def test_no_plan_for_a_child_found_not_to_be_at_risk() -> None:
    denied, found, unsaid, told = (given.at_conference() for _ in range(4))
    for case in (denied, found, unsaid, told):
        case.policy = given.pack("sefton")
    no_risk, risk = given.subject(continuing_sh=False), given.subject(continuing_sh=True)

    assert denied.decide("child_decision_made", "2025-03-24", meeting="ICPC", **no_risk) == ("SEF-R09",)
    assert found.decide("child_decision_made", "2025-03-24", meeting="ICPC", **risk) == ()
    assert unsaid.decide("child_decision_made", "2025-03-24", meeting="ICPC", **given.subject()) == ()
    told.report("child_decision_made", "2025-03-24", meeting="ICPC", **no_risk)
    assert told.severities("SEF-R09") == ["forbidden"]
    said = {"decision": "not_subject", "continuing_sh": False}
    assert planned().severities("SEF-R09") == []
    other = given.at_conference()
    other.policy = given.pack("sefton")
    assert other.decide("child_decision_made", "2025-03-24", meeting="ICPC", **said) == ()


@clause("SEF-R10")
def test_a_child_without_a_plan_is_thought_of() -> None:
    silent, said, on_plan = given.at_conference(), not_subject(), planned()
    silent.policy = given.pack("sefton")
    silent.decide("child_decision_made", "2025-03-24", meeting="ICPC", decision="not_subject")

    assert [each.severities("SEF-R10") for each in (silent, said, on_plan)] == [["record"], [], []]


@clause("SEF-R10", "SEF-R10a")
def test_help_rests_on_consent() -> None:
    silent, said = not_subject(), not_subject()
    silent.tell("step_down_considered", "2025-03-24", meeting="ICPC", chosen="early_help")
    said.tell("step_down_considered", "2025-03-24", meeting="ICPC", chosen="early_help", consent=False)

    assert [each.severities("SEF-R10a") for each in (silent, said)] == [["record"], []]


@pytest.mark.parametrize("start", ["child_in_need_plan_started", "early_help_plan_started"])
@clause("SEF-T07")
def test_support_without_a_plan_is_reviewed_on_the_day_that_was_set(start: str) -> None:
    case = not_subject()
    case.tell(start, "2025-04-01", next_review="2025-05-13")
    assert last_day_in_time(case, "SEF-T07") == "2025-05-13"

    case.tell("child_in_need_plan_reviewed", "2025-05-12", next_review="2025-06-24")
    assert case.duties("SEF-T07")[0].status is Status.MET
    assert last_day_in_time(case, "SEF-T07") == "2025-06-24"
    case.tell("child_in_need_plan_closed", "2025-06-20")
    assert case.status("SEF-T07") is Status.CANCELLED


@clause("SEF-T07")
def test_without_a_day_it_says_what_is_missing_and_a_meeting_or_a_new_plan_settles_it() -> None:
    met, again, after = not_subject(), not_subject(), ended()
    for case in (met, again, after):
        case.tell("child_in_need_plan_started", "2025-06-20")
    assert after.duties("SEF-T07") == []
    assert Mark.CANNOT_BE_CALCULATED in met.duty("SEF-T07").marks

    met.tell("child_in_need_meeting_held", "2025-06-23")
    again.report("child_decision_made", "2025-06-24", meeting="ICPC-2", decision="not_subject")
    assert again.status("SEF-T07") is Status.OPEN
    again.report("child_decision_made", "2025-07-24", meeting="ICPC-3", **given.subject())
    assert (met.status("SEF-T07"), again.status("SEF-T07")) == (Status.MET, Status.CANCELLED)


@clause("SEF-R11")
def test_minutes_are_not_signed_without_a_dissent_that_was_voiced() -> None:
    left_out, there, unsaid = at_review(), at_review(), at_review()
    left_out.tell("dissent_recorded", "2025-06-16", meeting="CPRC", agency="school", in_minutes=False)
    there.tell("dissent_recorded", "2025-06-16", meeting="CPRC", agency="school", in_minutes=True)
    unsaid.tell("dissent_recorded", "2025-06-16", meeting="CPRC", agency="school")

    assert [each.decide("minutes_signed", "2025-06-20", meeting="CPRC") for each in (left_out, there, unsaid)] == [
        ("SEF-R11",),
        (),
        (),
    ]
    left_out.report("minutes_signed", "2025-06-20", meeting="CPRC")
    assert left_out.severities("SEF-R11") == ["forbidden"]


@clause("SEF-T06", "SEF-R14")
def test_a_concern_about_a_decision_is_resolved_each_by_itself() -> None:
    case = at_review()
    case.tell("practitioner_concern_raised", "2025-06-17", concern="C-1", about="conference_decision")
    case.tell("practitioner_concern_raised", "2025-06-17", concern="C-2")
    case.tell("practitioner_concern_raised", "2025-06-17", concern="C-3", about="csc")
    assert [duty.status for duty in case.duties("SEF-T06")] == [Status.OPEN, Status.OPEN]

    case.report("plan_ended", "2025-06-18", ground="reached_18")
    case.tell("concern_resolved", "2025-06-20", concern="C-1", how="The visits go on.")
    assert [duty.status for duty in case.duties("SEF-T06")] == [Status.MET, Status.OPEN]


@pytest.mark.parametrize("type_", ["representation_made_to_chair", "escalation_started"])
@clause("SEF-R12")
def test_advice_is_taken_before_it_goes_further(type_: str) -> None:
    without, with_it, of_another = at_review(), at_review(), at_review()
    with_it.tell("advice_sought", "2025-06-17", concern="C-1", from_whom={"role": "designated_professional"})
    of_another.tell("advice_sought", "2025-06-17", concern="C-2")
    for case in (without, with_it, of_another):
        case.tell(type_, "2025-06-18", concern="C-1")

    assert [each.severities("SEF-R12") for each in (without, with_it, of_another)] == [["record"], [], ["record"]]


@clause("SEF-R13")
def test_the_chair_is_spoken_with_and_written_to_before_an_escalation_which_is_never_refused() -> None:
    def found(*ways: dict[str, bool]) -> tuple[tuple[str, ...], list[str]]:
        case = at_review()
        case.tell("advice_sought", "2025-06-17")
        for way in ways:
            case.tell("representation_made_to_chair", "2025-06-18", concern="C-1", **way)
        refused = case.decide("escalation_started", "2025-06-20", concern="C-1")
        return refused, [each.value for each in case.severities("SEF-R13")]

    assert found() == ((), ["warning"])
    assert found({"verbal": True}) == ((), ["warning"])
    assert found({"written": True}) == ((), ["warning"])
    assert found({"verbal": True}, {"written": True}) == ((), [])


@clause("SEF-T08")
def test_the_chair_goes_through_the_concerns_of_parents() -> None:
    case = at_review()
    case.tell("parent_disagreement_raised", "2025-06-16", meeting="CPRC", who={"name": "Parent 1"})
    case.report("plan_ended", "2025-06-17", ground="reached_18")
    assert (case.status("SEF-T08"), case.duty("SEF-T08").due_on) == (Status.OPEN, None)

    case.tell("parent_concerns_discussed_by_chair", "2025-06-18", meeting="CPRC", appeals_explained=True)
    assert case.status("SEF-T08") is Status.MET


@clause("SEF-R15")
def test_the_chair_explains_how_to_appeal() -> None:
    silent, said = at_review(), at_review()
    silent.tell("parent_concerns_discussed_by_chair", "2025-06-18", meeting="CPRC")
    said.tell("parent_concerns_discussed_by_chair", "2025-06-18", meeting="CPRC", appeals_explained=True)

    assert [each.severities("SEF-R15") for each in (silent, said)] == [["record"], []]


FORCE = {
    "block": "E-46c SEF-R01 SEF-R02 SEF-R04 SEF-R05 SEF-R09 SEF-R11",
    "warn": "E-46b SEF-R13",
    "record": "SEF-R07 SEF-R10 SEF-R10a SEF-R12 SEF-R15",
}


@pytest.mark.parametrize(
    "rule, force",
    [pytest.param(id_, force, marks=clause(id_)) for force, ids in FORCE.items() for id_ in ids.split()],
)
def test_each_rule_has_the_force_that_the_requirements_give_it(rule: str, force: str) -> None:
    assert [entry.enforce.value for entry in given.pack("sefton").rule if entry.id == rule] == [force]


@clause("E-46b", "E-46c")
def test_three_agencies_are_taken_to_be_a_quorum_and_without_one_no_plan_ends() -> None:
    def decided(agencies: list[str], **said: Anything) -> tuple[tuple[str, ...], list[str]]:
        case = at_review()
        case.tell("quorum_assessed", "2025-06-16", meeting="CPRC", counted_agencies=agencies, **said)
        case.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue", continuing_sh=True)
        refused = case.decide("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")
        return refused, [each.value for each in case.severities("E-46b")]

    two, three = ["csc", "health"], ["csc", "health", "police"]
    assert decided(three, result="quorate") == ((), [])
    assert decided(two, result="inquorate_proceeding") == (("E-46c",), ["warning"])
    assert decided(two, result="quorate_by_exception", exceptional=True) == (("E-46c",), ["warning"])
    assert decided(three, result="quorate_by_exception", exceptional=True) == ((), [])


@clause("E-46c")
def test_other_endings_need_no_quorum_and_one_told_of_is_found() -> None:
    other, told = at_review(), at_review()
    for case in (other, told):
        case.tell(
            "quorum_assessed", "2025-06-16", meeting="CPRC", counted_agencies=["csc"], result="inquorate_proceeding"
        )
    assert other.decide("plan_ended", "2025-06-16", meeting="CPRC", ground="looked_after_single_plan") == ()
    told.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")

    assert told.severities("E-46c") == ["forbidden"]
