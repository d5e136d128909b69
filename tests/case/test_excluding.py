"""Keeping somebody out of a conference: asked for in time, by the chair alone, after one warning, then redacted."""

import pytest

from events.case.answer import Status
from tests.case import given
from tests.case.given import Anything, Case, last_day_in_time, on_a_plan

clause = pytest.mark.clause
FATHER = {"name": "Parent 2", "role": "father"}
MOTHER = {"name": "Parent 1", "role": "mother"}
CHAIR = {"name": "Chair 1"}
WHOLE: dict[str, Anything] = {"who": FATHER, "grounds": ["marac"], "chair": CHAIR}


def ahead(day: str = "2025-06-16") -> Case:
    """A child on a plan whose first review (meeting CPRC) is set for a day."""
    case = on_a_plan()
    case.tell("review_conference_scheduled", "2025-04-01", meeting="CPRC", date=day)
    return case


def excluding(**more: Anything) -> Case:
    """A review, held, from which somebody was excluded in advance."""
    case = ahead()
    said = {**WHOLE, "advance": True, "documents_allowed": "D", **more}
    case.tell("participant_excluded", "2025-06-10", meeting="CPRC", **said)
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    return case


@pytest.mark.parametrize("told, found", [("2025-06-14", []), ("2025-06-15", ["warning"]), ("2025-06-16", ["warning"])])
@clause("STF-T13", "STF-R48", "E-10")
def test_the_chair_hears_two_calendar_days_before(told: str, found: list[str]) -> None:
    case, undated = ahead(), on_a_plan()
    case.tell("exclusion_requested", told, meeting="CPRC", by={"agency": "police"}, who=FATHER)
    undated.tell("exclusion_requested", told, meeting="CPRC-9", by={"agency": "police"})

    assert (case.severities("STF-T13"), undated.severities("STF-T13")) == (found, [])


@pytest.mark.parametrize(
    "told, found",
    [
        ("2025-06-12", (0, 0)),
        ("2025-06-13", (1, 0)),  # a Friday: two calendar days before the Monday, and not two working days
        ("2025-06-15", (1, 0)),
        ("2025-06-17", (1, 1)),
    ],
)
@clause("STF-T11", "STF-T12", "E-10")
def test_who_seeks_an_exclusion_rings_the_chair_two_working_days_before(told: str, found: tuple[int, int]) -> None:
    case = ahead()
    case.tell("exclusion_requested", told, meeting="CPRC", by={"agency": "police"}, who=FATHER)

    assert (len(case.findings("STF-T11")), len(case.findings("STF-T12"))) == found


@clause("STF-R47", "STF-R54")
def test_the_chair_alone_excludes() -> None:
    without = {"who": FATHER, "grounds": ["marac"]}
    assert ahead().decide("participant_excluded", "2025-06-10", meeting="CPRC", **without) == ("STF-R47",)
    assert ahead().decide("participant_excluded", "2025-06-10", meeting="CPRC", **WHOLE) == ()
    by_role = {"basis": "here", "decided_by": {"role": "independent_conference_chair", "person": "Chair 1"}}
    assert ahead().decide("participant_excluded", "2025-06-10", meeting="CPRC", envelope=by_role, **without) == ()
    another = {"basis": "here", "decided_by": {"role": "team_manager", "person": "Manager 1"}}
    refused = ahead().decide("participant_excluded", "2025-06-10", meeting="CPRC", envelope=another, **without)
    assert refused == ("STF-R47",)

    told = ahead()
    told.tell("participant_excluded", "2025-06-10", meeting="CPRC", **without)
    assert told.severities("STF-R47") == ["forbidden"]


@clause("STF-R49")
def test_the_grounds_are_recorded() -> None:
    assert excluding().severities("STF-R49") == []
    assert excluding(grounds=[]).severities("STF-R49") == ["record"]


@clause("STF-R50")
def test_written_consent_of_a_third_party_makes_it_needless() -> None:
    def found(grounds: list[str], *, written: bool | None) -> list[str]:
        case = ahead()
        if written is not None:
            case.tell("third_party_consent_recorded", "2025-06-02", written=written, information="I")
        case.tell("participant_excluded", "2025-06-10", meeting="CPRC", **{**WHOLE, "grounds": grounds})
        return [each.value for each in case.severities("STF-R50")]

    assert found(["third_party_information"], written=True) == ["record"]
    assert found(["third_party_information"], written=False) == []
    assert found(["third_party_information"], written=None) == []
    assert found(["third_party_information", "marac"], written=True) == []
    assert found([], written=True) == []


@clause("STF-R50", "STF-R50a")
def test_a_consent_says_what_is_shared_with_whom_in_writing() -> None:
    whole: dict[str, Anything] = {"written": True, "information": "I", "with_whom": [MOTHER]}
    found = []
    for left_out in (None, *whole):
        case = ahead()
        said = {name: value for name, value in whole.items() if name != left_out}
        case.tell("third_party_consent_recorded", "2025-06-02", person={"role": "grandmother"}, **said)
        found.append(len(case.severities("STF-R50a")))

    assert found == [0, 1, 1, 1]


@clause("STF-R51")
def test_whoever_is_excluded_is_heard_another_way() -> None:
    silent, heard, viewed, another, nobody = excluding(), excluding(), excluding(), excluding(), ahead()
    heard.tell("alternative_views_submitted", "2025-06-12", meeting="CPRC", who=FATHER, means="In writing.")
    viewed.tell("family_view_stated", "2025-06-16", meeting="CPRC", who={"role": "father"}, view="V")
    another.tell("alternative_views_submitted", "2025-06-12", meeting="CPRC", who=MOTHER, means="In writing.")
    for case in (silent, heard, viewed, another, nobody):
        case.tell("conference_closed", "2025-06-16", meeting="CPRC")

    found = [case.severities("STF-R51") for case in (silent, heard, viewed, another, nobody)]
    assert found == [["warning"], [], [], ["warning"], []]


@pytest.mark.parametrize("met", ["exclusion_communicated", "notification_sent"])
@clause("STF-T14", "N16")
def test_the_person_is_told_of_the_exclusion(met: str) -> None:
    case = excluding()
    case.tell("participant_excluded", "2025-06-11", meeting="CPRC", who=MOTHER, advance=True, chair=CHAIR)
    case.report("plan_ended", "2025-06-12", ground="reached_18")
    assert [duty.due_on for duty in case.duties("STF-T14")] == [None, None]

    case.tell("exclusion_communicated", "2025-06-12", meeting="CPRC-9", to=FATHER)
    assert [duty.status for duty in case.duties("STF-T14")] == [Status.OPEN, Status.OPEN]
    said = {"register_id": "N16"} if met == "notification_sent" else {}
    case.tell(met, "2025-06-13", meeting="CPRC", to=[FATHER] if said else FATHER, **said)
    stands = {str(duty.told_of["recipient"]): duty.status for duty in case.duties("STF-T14")}
    assert stands == {"father": Status.MET, "mother": Status.OPEN}


@clause("STF-T14")
def test_what_is_decided_in_the_meeting_need_not_be_told_afterwards() -> None:
    assert excluding(advance=False).duties("STF-T14") == []


@clause("STF-R52")
def test_the_minutes_are_not_signed_without_the_grounds() -> None:
    assert excluding().decide("minutes_signed", "2025-06-20", meeting="CPRC") == ()
    assert excluding(grounds=[]).decide("minutes_signed", "2025-06-20", meeting="CPRC") == ("STF-R52",)
    told = excluding(grounds=[])
    told.report("minutes_signed", "2025-06-20", meeting="CPRC")
    assert told.severities("STF-R52") == ["forbidden"]


@clause("STF-R52", "STF-R52a")
def test_which_papers_the_person_may_have_is_recorded_in_advance() -> None:
    found = [
        excluding(**said).severities("STF-R52a")
        for said in ({}, {"documents_allowed": None}, {"documents_allowed": None, "advance": False})
    ]

    assert found == [[], ["record"], []]


@clause("STF-R53")
def test_in_the_meeting_one_warning_comes_first() -> None:
    def found(*, warned: dict[str, str] | None = None, **more: Anything) -> list[str]:
        case = ahead()
        if warned is not None:
            case.tell("participant_warned", "2025-06-16", meeting="CPRC", who=warned)
        case.tell("participant_excluded", "2025-06-16", meeting="CPRC", **{**WHOLE, "grounds": ["disruption"], **more})
        return [each.value for each in case.severities("STF-R53")]

    assert found() == ["warning"]
    assert found(grounds=[]) == ["warning"]
    assert found(grounds=["intimidation"]) == ["warning"]
    assert found(warned=FATHER) == []
    assert found(warned=MOTHER) == ["warning"]
    assert found(advance=True) == []
    assert found(grounds=["legal_advice"]) == []


@clause("STF-T72")
def test_nobody_is_warned_twice() -> None:
    case = ahead()
    case.tell("participant_warned", "2025-06-16", meeting="CPRC", who=FATHER, count=1)
    case.tell("participant_warned", "2025-06-16", meeting="CPRC", who=MOTHER)
    assert case.severities("STF-T72") == []

    case.tell("participant_warned", "2025-06-16", meeting="CPRC", who=FATHER)
    assert case.severities("STF-T72") == ["warning"]
    counted = ahead()
    counted.tell("participant_warned", "2025-06-16", meeting="CPRC", who=FATHER, count=2)
    assert counted.severities("STF-T72") == ["warning"]


@pytest.mark.parametrize("held, last", [("2025-06-16", "2025-06-30"), ("2025-04-14", "2025-04-30")])
@clause("STF-T30", "E-02")
def test_redacted_minutes_go_out_within_ten_working_days_of_the_conference(held: str, last: str) -> None:
    case = ahead(held)
    case.tell("participant_excluded", "2025-04-08", meeting="CPRC", **WHOLE, advance=True)
    case.tell("participant_excluded", "2025-04-09", meeting="CPRC", who=MOTHER, chair=CHAIR)
    case.tell("review_conference_held", held, meeting="CPRC")

    assert len(case.duties("STF-T30")) == 1
    assert last_day_in_time(case, "STF-T30") == last


@clause("STF-T30")
def test_only_redacted_minutes_of_that_conference_meet_it_though_the_plan_has_ended() -> None:
    case = excluding()
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="reached_18")
    case.report("minutes_distributed", "2025-06-20", meeting="CPRC", recipients=[MOTHER])
    case.report("minutes_distributed", "2025-06-20", meeting="CPRC-9", redacted_for=[FATHER])
    assert case.status("STF-T30", "2025-06-20") is Status.OPEN

    case.report("minutes_distributed", "2025-06-23", meeting="CPRC", recipients=[FATHER], redacted_for=[FATHER])
    assert case.status("STF-T30") is Status.MET


def sends(case: Case, **said: Anything) -> tuple[str, ...]:
    """Send the minutes of the review, signed in both versions unless told otherwise."""
    case.report("minutes_quality_assured", "2025-06-19", meeting="CPRC")
    case.report("minutes_signed", "2025-06-20", meeting="CPRC")
    if said.pop("signed", True):
        case.report("minutes_signed", "2025-06-20", meeting="CPRC", redacted=True)
    return case.decide("minutes_distributed", "2025-06-23", meeting="CPRC", **said)


@clause("STF-R55", "E-53", "E-84")
def test_nobody_gets_the_minutes_of_what_they_were_excluded_from() -> None:
    assert sends(excluding(), recipients=[MOTHER, FATHER]) == ("STF-R55",)
    assert sends(excluding(), recipients=[MOTHER]) == ()
    assert sends(excluding(), recipients=[MOTHER, FATHER], redacted_for=[FATHER]) == ()
    assert sends(excluding(), recipients=[MOTHER, FATHER], redacted_for=[MOTHER]) == ("STF-R55",)
    assert sends(excluding(), recipients=[FATHER], redacted_for=[FATHER], signed=False) == ("STF-R55",)
    assert sends(excluding(), recipients=[{"name": "Parent 2"}]) == ("STF-R55",)
    assert sends(excluding(who={"ref": "P2", "role": "father"}), recipients=[{"ref": "P2"}]) == ("STF-R55",)
    assert sends(excluding(who={"ref": "P2", "role": "father"}), recipients=[{"ref": "P1", "role": "father"}]) == ()
    assert sends(excluding(), recipients=[{"agency": "health"}]) == ()

    happened = excluding()
    happened.report("minutes_signed", "2025-06-20", meeting="CPRC")
    happened.report("minutes_distributed", "2025-06-23", meeting="CPRC", recipients=[FATHER])
    assert happened.severities("STF-R55") == ["forbidden"]


ASKED = "notification_requested"


@pytest.mark.parametrize("type_", [ASKED, "notification_sent"])
@clause("STF-R55", "E-53", "E-84")
def test_neither_does_planclock_send_them_as_the_notice_they_are(type_: str) -> None:
    case = excluding(who={"ref": "P2", "role": "father"})
    for redacted in (False, True):
        case.report("minutes_signed", "2025-06-20", meeting="CPRC", redacted=redacted)

    def told(register: str = "STF-T29", to: str = "P2", **said: Anything) -> tuple[str, ...]:
        return case.decide(type_, "2025-06-23", meeting="CPRC", register_id=register, to=[{"ref": to}], **said)

    assert told() == told("stf-t29:0f") == ("STF-R55",)
    assert told(redacted=True) == told(to="P1") == told("STF-T28") == told("N07") == ()


@clause("STF-R55")
def test_the_redacted_version_goes_out_as_a_notice_once_the_chair_has_signed_it() -> None:
    case = excluding()
    case.report("minutes_signed", "2025-06-20", meeting="CPRC")
    redacted = {"meeting": "CPRC", "register_id": "STF-T29", "to": [FATHER], "redacted": True}
    assert case.decide(ASKED, "2025-06-23", **redacted) == ("STF-R55",)

    case.report("minutes_signed", "2025-06-20", meeting="CPRC", redacted=True)
    assert case.decide(ASKED, "2025-06-23", **redacted) == ()


@clause("STF-R55")
def test_nor_does_the_record_go_to_them_in_another_way_unless_it_is_edited() -> None:
    case = excluding()

    assert case.decide("record_shared", "2025-06-23", meeting="CPRC", recipients=[FATHER]) == ("STF-R55",)
    assert case.decide("record_shared", "2025-06-23", meeting="CPRC", recipients=[FATHER], edited=True) == ()


@clause("STF-R91")
def test_planclock_sends_no_minutes_as_a_notice_before_they_are_signed() -> None:
    case, told = ahead(), {"register_id": "STF-T29", "to": [MOTHER]}
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    assert case.decide(ASKED, "2025-06-23", meeting="CPRC", **told) == ("STF-R91",)
    assert case.decide(ASKED, "2025-06-23", meeting="CPRC", register_id="STF-T28", to=[MOTHER]) == ()

    assert case.decide("minutes_signed", "2025-06-23", meeting="CPRC") == ()
    assert case.decide(ASKED, "2025-06-23", meeting="CPRC", **told) == ()


@clause("STF-R91b")
def test_exclusion_minutes_say_in_bold_that_they_are_confidential() -> None:
    plain, faint, bold, nobody = excluding(), excluding(), excluding(), ahead()
    faint.tell("restricted_section_marked", "2025-06-19", meeting="CPRC", bold_confidential_mark=False)
    bold.tell("restricted_section_marked", "2025-06-19", meeting="CPRC", bold_confidential_mark=True)
    for case in (plain, faint, bold, nobody):
        assert sends(case, recipients=[MOTHER]) == ()

    assert [case.severities("STF-R91b") for case in (plain, faint, bold, nobody)] == [["record"], ["record"], [], []]


@clause("STF-R55", "STF-R55a", "E-67")
def test_minutes_go_to_third_parties_only_with_the_chairs_consent() -> None:
    silent, said, before, told = ahead(), ahead(), ahead(), ahead()
    before.tell("minutes_disclosure_consented", "2025-06-20", meeting="CPRC", consent=True)
    court = {"to": {"agency": "court"}}

    assert silent.decide("minutes_disclosed", "2025-06-23", meeting="CPRC", **court) == ("STF-R55a",)
    assert said.decide("minutes_disclosed", "2025-06-23", meeting="CPRC", chair_permission=True, **court) == ()
    assert before.decide("minutes_disclosed", "2025-06-23", meeting="CPRC", **court) == ()
    told.tell("minutes_disclosed", "2025-06-23", meeting="CPRC", **court)
    assert told.severities("STF-R55a") == ["forbidden"]


@clause("STF-R56")
def test_who_told_the_prosecution_is_recorded() -> None:
    silent, said = ahead(), ahead()
    silent.tell("minutes_existence_disclosed_to_cps", "2025-06-23", meeting="CPRC")
    said.tell("minutes_existence_disclosed_to_cps", "2025-06-23", meeting="CPRC", by={"agency": "police"})

    assert [case.severities("STF-R56") for case in (silent, said)] == [["record"], []]


@pytest.mark.parametrize("type_", ["record_shared", "minutes_distributed"])
@clause("WAL-R20")
def test_in_wales_the_record_is_edited_for_whoever_was_excluded(type_: str) -> None:
    def shares(**said: Anything) -> tuple[str, ...]:
        case = excluding()
        case.policy = given.pack("wales")
        family = {"family": True} if type_ == "record_shared" else {}
        return case.decide(type_, "2025-06-23", meeting="CPRC", **family, **said)

    assert shares(recipients=[FATHER]) == ("WAL-R20",)
    assert shares(recipients=[MOTHER]) == ()
    edited: dict[str, Anything] = {"edited": True} if type_ == "record_shared" else {"redacted_for": [FATHER]}
    assert shares(recipients=[FATHER], **edited) == ()
    if type_ == "record_shared":  # to the family, whoever of it: somebody excluded may be among them
        assert (shares(), shares(edited=True)) == (("WAL-R20",), ())
    happened = excluding()
    happened.policy = given.pack("wales")
    happened.report(type_, "2025-06-23", meeting="CPRC", recipients=[FATHER])
    assert happened.severities("WAL-R20") == ["forbidden"]


@pytest.mark.parametrize("known, refused", [(True, ("STF-R55",)), (False, ())])
@clause("STF-R55", "E-53")
def test_the_excluded_father_is_the_one_whom_the_case_knows_by_reference(
    refused: tuple[str, ...], *, known: bool
) -> None:
    case = excluding(who={"role": "father"})
    if known:
        case.tell("family_member_added", "2025-03-03", name="Parent 2", ref="P2", relation="father")
    assert case.decide("minutes_signed", "2025-06-20", meeting="CPRC") == ()

    assert case.decide("minutes_distributed", "2025-06-20", meeting="CPRC", recipients=[{"ref": "P2"}]) == refused
