"""A child of another authority who moves here: listed, asked for, judged by six papers, taken over at a conference."""

from typing import Any

import pytest

from events.case.answer import Severity, Status
from tests.case.given import Case, child, last_day_in_time, on_a_plan, subject
from tests.case.moving import MANAGER, OTHER, SIX, agreed, asked, statuses, taken_over, told_of

clause = pytest.mark.clause


@clause("STF-T44")
@pytest.mark.parametrize(
    "type_, said", [("permanent_move_notified", {"impending": True}), ("child_moved", {"permanent": True})]
)
def test_a_move_here_that_is_only_impending_calls_for_the_list_at_once(type_: str, said: dict[str, Any]) -> None:
    case = child()
    case.tell(type_, "2025-03-31", direction="in", **said)
    case.tell(type_, "2025-04-01", direction="in", **said)
    assert [(each.status, each.due_on) for each in case.duties("STF-T44", "2025-04-01")] == [(Status.OPEN, None)]

    case.tell("child_added_to_temporary_list", "2025-04-02", basis="transferring")
    assert case.status("STF-T44") is Status.MET
    assert "on_temporary_list" in case.assess().state["flags"]


@clause("STF-T44", "STF-T45")
def test_a_move_away_a_stay_and_the_end_of_a_move_call_for_no_list() -> None:
    leaving, staying, gone = on_a_plan(), child(), told_of()
    leaving.tell("permanent_move_notified", "2025-04-01")
    leaving.tell("child_moved", "2025-04-01", permanent=True)
    staying.tell("child_moved", "2025-04-01", permanent=False)
    gone.tell("child_removed_from_temporary_list", "2025-04-02")
    gone.tell("child_moved", "2025-04-02", permanent=False, direction="in")

    for rule in ("STF-T44", "STF-T45"):
        assert (leaving.duties(rule), staying.duties(rule)) == ([], [])
        assert statuses(gone, rule, "2025-04-03") == [Status.CANCELLED]


@clause("STF-R99", "STF-R99a")
@pytest.mark.parametrize("basis", ["transferring", "excluded", None])
def test_health_and_the_responsible_authority_are_told_of_a_listing(basis: str | None) -> None:
    case = told_of()
    case.tell("child_added_to_temporary_list", "2025-04-01", **({"basis": basis} if basis else {}))
    case.tell("child_added_to_temporary_list", "2025-04-02", **({"basis": basis} if basis else {}))
    assert [statuses(case, rule, "2025-04-02") for rule in ("STF-R99", "STF-R99a")] == [[Status.OPEN]] * 2

    case.tell("notification_sent", "2025-04-03", register_id="STF-R99", to=[{"agency": "health"}])
    case.tell("notification_sent", "2025-04-03", register_id="STF-R99a")
    assert [statuses(case, rule, "2025-04-03") for rule in ("STF-R99", "STF-R99a")] == [[Status.MET]] * 2


@clause("STF-R99", "STF-R99a")
def test_a_letter_with_the_listing_is_enough_and_stays_and_moves_away_are_told_of_otherwise() -> None:
    written, staying, away = told_of(), Case(), on_a_plan()
    written.tell("child_added_to_temporary_list", "2025-04-01", letter_sent=True)
    staying.tell("temporary_move_reported", "2025-04-01", authority=OTHER)
    staying.tell("child_added_to_temporary_list", "2025-04-01", basis="temporary")
    away.tell("child_added_to_temporary_list", "2025-04-01", basis="transferring")

    assert [len(case.duties("STF-R99")) for case in (written, staying, away)] == [1, 0, 0]
    assert [len(case.duties("STF-R99a")) for case in (written, staying, away)] == [0, 0, 0]
    written.tell("child_removed_from_temporary_list", "2025-04-02")
    assert statuses(written, "STF-R99", "2025-04-03") == [Status.CANCELLED]


@clause("STF-R99a")
def test_off_the_list_nobody_need_be_told_any_more() -> None:
    case = told_of()
    case.tell("child_added_to_temporary_list", "2025-04-01")
    case.tell("child_removed_from_temporary_list", "2025-04-02")

    assert statuses(case, "STF-R99a", "2025-04-03") == [Status.CANCELLED]


@clause("STF-T45", "STF-T45a")
@pytest.mark.parametrize("type_", ["permanent_move_notified", "child_moved"])
def test_the_agencies_there_are_told_and_each_tells_its_counterpart_here(type_: str) -> None:
    case = child()
    case.tell(type_, "2025-04-01", direction="in", permanent=True)
    case.tell(type_, "2025-04-02", direction="in", permanent=True)
    assert statuses(case, "STF-T45", "2025-04-02") == [Status.OPEN]
    case.tell("originating_agencies_notified", "2025-04-02", agencies=["health", "school"])
    case.tell("originating_agencies_notified", "2025-04-03", agencies=["health"])
    case.tell("counterpart_notified", "2025-04-03", agency="school", papers=["file"])

    assert case.status("STF-T45") is Status.MET
    told = {duty.told_of["agency"]: duty.status for duty in case.duties("STF-T45a")}
    assert told == {"health": Status.OPEN, "school": Status.MET}
    case.tell("child_removed_from_temporary_list", "2025-04-04")
    assert statuses(case, "STF-T45a", "2025-04-05") == [Status.CANCELLED, Status.MET]


NO_PLACE = {"status": "not_registered"}


@clause("STF-T46", "STF-T46a")
def test_a_child_without_a_school_place_is_treated_as_missing_and_the_parents_register() -> None:
    case = told_of()
    case.tell("school_place_status_recorded", "2025-04-01", **NO_PLACE)
    case.tell("school_place_status_recorded", "2025-04-02", **NO_PLACE)
    case.tell("child_missing_education_treated", "2025-04-03")
    assert (statuses(case, "STF-T46", "2025-04-03"), statuses(case, "STF-T46a", "2025-04-03")) == (
        [Status.MET],
        [Status.OPEN],
    )

    case.tell("school_place_status_recorded", "2025-04-04", status="registered")
    assert case.status("STF-T46a") is Status.MET


@clause("STF-T46", "STF-T46a")
def test_a_place_found_or_a_child_gone_ends_it_and_one_who_goes_away_is_not_ours() -> None:
    placed, gone, away = told_of(), told_of(), on_a_plan()
    away.tell("child_moved", "2025-04-01", permanent=True)
    for case in (placed, gone, away):
        case.tell("school_place_status_recorded", "2025-04-01", **NO_PLACE)
    placed.tell("school_place_status_recorded", "2025-04-02", status="registered")
    gone.tell("child_removed_from_temporary_list", "2025-04-02")

    assert statuses(placed, "STF-T46", "2025-04-03") == [Status.CANCELLED]
    assert [statuses(gone, rule, "2025-04-03") for rule in ("STF-T46", "STF-T46a")] == [[Status.CANCELLED]] * 2
    assert (away.duties("STF-T46"), away.duties("STF-T46a")) == ([], [])
    registered = told_of()
    registered.tell("school_place_status_recorded", "2025-04-01", status="registered")
    assert (registered.duties("STF-T46"), registered.duties("STF-T46a")) == ([], [])


@clause("STF-T46", "STF-T46a")
@pytest.mark.parametrize(
    "born, owed",
    [("2020-04-02", 0), ("2020-04-01", 1), ("2009-04-02", 1), ("2009-04-01", 0)],
)
def test_school_age_is_from_five_to_sixteen(born: str, owed: int) -> None:
    case = child(born)
    case.tell("permanent_move_notified", "2025-03-31", direction="in")
    case.tell("school_place_status_recorded", "2025-04-01", **NO_PLACE)

    assert (len(case.duties("STF-T46")), len(case.duties("STF-T46a"))) == (owed, owed)


@clause("STF-T47", "E-27")
def test_the_review_is_counted_from_the_sixth_paper_and_later_ones_start_nothing_anew() -> None:
    case = asked("2025-04-10", papers=SIX[:5])
    assert case.duties("STF-T47") == []
    case.tell("transfer_document_received", "2025-04-14", document=SIX[5])
    case.tell("transfer_document_received", "2025-04-16", document="chronology")

    assert len(case.duties("STF-T47")) == 1
    assert last_day_in_time(case, "STF-T47") == "2025-04-23"


@clause("STF-T47")
@pytest.mark.parametrize(
    "type_", ["transfer_request_reviewed", "receiving_in_conference_agreed", "receiving_in_conference_declined"]
)
@pytest.mark.parametrize("day, status", [("2025-04-08", Status.MET), ("2025-04-09", Status.MET_LATE)])
def test_a_review_or_a_decision_is_the_answer_in_time_or_late(type_: str, day: str, status: Status) -> None:
    case = asked("2025-04-01")
    (case.tell if type_ == "transfer_request_reviewed" else case.report)(type_, day, **MANAGER)

    assert statuses(case, "STF-T47", day) == [status]


@clause("STF-T47", "STF-T48", "E-27")
def test_a_gap_found_later_suspends_the_review_which_goes_on_with_the_days_it_had_left() -> None:
    case = asked("2025-04-01")
    case.tell("transfer_bundle_incomplete", "2025-04-03", missing=["plan", "chronology"])
    (review,) = case.duties("STF-T47", "2025-05-01")
    assert (review.status, review.due_on) == (Status.SUSPENDED, None)
    assert case.say("2025-05-01") == []

    case.tell("transfer_document_received", "2025-05-01", document="plan")
    assert statuses(case, "STF-T47", "2025-05-01") == [Status.SUSPENDED]
    case.tell("transfer_document_received", "2025-05-02", document="chronology")
    assert last_day_in_time(case, "STF-T47") == "2025-05-08"
    assert statuses(case, "STF-T48", "2025-05-02") == [Status.MET, Status.MET]


@clause("STF-T47", "E-27")
def test_a_gap_found_when_the_review_was_late_already_excuses_nothing() -> None:
    case = asked("2025-04-01")
    case.tell("transfer_bundle_incomplete", "2025-04-09", missing=["plan"])

    assert statuses(case, "STF-T47", "2025-04-10") == [Status.MISSED]


@clause("STF-T47")
def test_a_request_taken_back_ends_the_review_and_a_new_one_starts_another() -> None:
    case = asked("2025-04-01")
    case.tell("receiving_in_conference_request_withdrawn", "2025-04-02")
    assert statuses(case, "STF-T47", "2025-04-02") == [Status.CANCELLED]

    case.tell("receiving_in_conference_requested", "2025-05-01", permanent=True, secure_own_accommodation=True)
    assert str(case.duty("STF-T47", "2025-05-01").due_on) == "2025-05-09"
    case.tell("child_removed_from_temporary_list", "2025-05-02")
    assert statuses(case, "STF-T47", "2025-05-02") == [Status.CANCELLED, Status.CANCELLED]


@clause("STF-T47")
def test_papers_that_came_with_the_request_start_the_review_and_those_of_a_child_who_leaves_do_not() -> None:
    case, away = told_of(), on_a_plan()
    whole = {"permanent": True, "secure_own_accommodation": True}
    case.tell("receiving_in_conference_requested", "2025-04-01", documents=SIX, **whole)
    away.tell("child_moved", "2025-04-01", permanent=True)
    away.tell("receiving_in_conference_requested", "2025-04-01", documents=SIX[:5], **whole)
    away.tell("transfer_document_received", "2025-04-02", document=SIX[5])
    away.tell("receiving_in_conference_requested", "2025-04-03", **whole)

    assert str(case.duty("STF-T47", "2025-04-01").due_on) == "2025-04-08"
    assert away.duties("STF-T47") == []


@clause("STF-T48")
def test_what_is_missing_is_owed_by_the_other_authority_until_it_is_there() -> None:
    case = asked("2025-04-01", papers=SIX[:4])
    case.tell("transfer_bundle_incomplete", "2025-04-02", missing=SIX[4:])
    case.tell("transfer_document_received", "2025-04-03", document=SIX[4])
    assert statuses(case, "STF-T48", "2025-04-03") == [Status.OPEN]

    case.tell("transfer_document_received", "2025-04-04", document=SIX[5])
    assert statuses(case, "STF-T48", "2025-04-04") == [Status.MET]
    complete = told_of()
    complete.tell("receiving_in_conference_requested", "2025-04-01", documents=SIX)
    assert complete.duties("STF-T48") == []


@clause("STF-T48")
@pytest.mark.parametrize(
    "type_",
    [
        *("receiving_in_conference_request_withdrawn", "receiving_in_conference_declined"),
        "child_removed_from_temporary_list",
    ],
)
def test_papers_are_owed_no_more_once_the_request_is_off(type_: str) -> None:
    case = asked("2025-04-01", papers=[])
    (case.report if type_ == "receiving_in_conference_declined" else case.tell)(type_, "2025-04-02")

    assert statuses(case, "STF-T48", "2025-04-02") == [Status.CANCELLED]


@clause("STF-R100")
@pytest.mark.parametrize(
    "said, refused",
    [
        ({"permanent": True, "secure_own_accommodation": True}, ()),
        ({"secure_own_accommodation": True}, ()),
        ({"permanent": False, "secure_own_accommodation": True}, ("STF-R100",)),
        ({"permanent": True, "secure_own_accommodation": False}, ("STF-R100",)),
        ({"permanent": True}, ("STF-R100",)),
    ],
)
def test_a_conference_is_asked_for_only_for_good_and_with_accommodation(
    said: dict[str, bool], refused: tuple[str, ...]
) -> None:
    case = told_of()

    assert case.decide("receiving_in_conference_requested", "2025-04-01", direction="in", **said) == refused


@clause("STF-R100", "STF-R117")
def test_each_direction_has_its_own_conditions_and_a_stay_is_no_move() -> None:
    away, staying = on_a_plan(), Case()
    away.tell("child_moved", "2025-04-01", permanent=True)
    staying.tell("temporary_move_reported", "2025-04-01", authority=OTHER)

    assert away.decide("receiving_in_conference_requested", "2025-04-02") == ()
    secured = {"secure_own_accommodation": True}
    assert staying.decide("receiving_in_conference_requested", "2025-04-02", **secured) == ("STF-R100",)


@clause("STF-R101", "STF-R101a")
@pytest.mark.parametrize(
    "type_, rule",
    [
        ("receiving_in_conference_agreed", "STF-R101"),
        ("transfer_request_reviewed", "STF-R101"),
        ("receiving_in_conference_declined", "STF-R101a"),
    ],
)
def test_nothing_is_decided_without_all_six_papers(type_: str, rule: str) -> None:
    incomplete, gap, whole, away = asked(papers=SIX[:5]), asked(), asked(), on_a_plan()
    gap.tell("transfer_bundle_incomplete", "2025-04-02", missing=["plan"])
    away.tell("child_moved", "2025-04-01", permanent=True)

    for case, refused in ((incomplete, (rule,)), (gap, (rule,)), (whole, ()), (away, ())):
        assert case.decide(type_, "2025-04-03", **MANAGER) == refused


@clause("STF-R101a")
@pytest.mark.parametrize("said", [{"permanent": False}, {"secure_own_accommodation": False}])
def test_a_request_that_should_not_have_been_made_is_declined_without_papers(said: dict[str, Any]) -> None:
    case = asked(papers=[], **said)

    assert case.decide("receiving_in_conference_declined", "2025-04-03", **MANAGER) == ()


@clause("STF-R70", "STF-R70a", "E-42")
@pytest.mark.parametrize("type_", ["receiving_in_conference_agreed", "receiving_in_conference_declined"])
@pytest.mark.parametrize(
    "by, refused, unnamed",
    [
        ({"role": "specialist_safeguarding_development_manager"}, (), 0),
        ("ssm", (), 0),
        ({"role": "team_manager"}, ("STF-R70",), 0),
        (None, (), 1),
    ],
)
def test_only_the_safeguarding_manager_decides_by_either_title(
    type_: str, by: dict[str, str] | str | None, refused: tuple[str, ...], unnamed: int
) -> None:
    case, away = asked(), on_a_plan()
    away.tell("child_moved", "2025-04-01", permanent=True)
    said = {"by": by} if by is not None else {}

    assert case.decide(type_, "2025-04-03", **said) == refused
    assert case.severities("STF-R70a") == [Severity.RECORD] * unnamed
    away.report(type_, "2025-04-03", **said)
    assert (away.findings("STF-R70"), away.findings("STF-R70a")) == ([], [])


EXCLUDED = [
    ("STF-R102", "looked_after"),
    ("STF-R102", "statutory_order"),
    ("STF-R103", "temporary_placement"),
    ("STF-R104", "custody"),
    ("STF-R105", "relatives_or_friends"),
    ("STF-R106", "temporary_accommodation"),
    ("STF-R107", "public_law_outline"),
]
DECISIONS: list[tuple[str, dict[str, Any]]] = [
    ("receiving_in_conference_agreed", MANAGER),
    ("case_responsibility_transferred", {}),
    ("child_decision_made", {"meeting": "RIC", **subject()}),
]


@clause("STF-R102", "STF-R103", "STF-R104", "STF-R105", "STF-R106", "STF-R107", "STF-T49")
@pytest.mark.parametrize("rule, reason", [pytest.param(*row, marks=clause(row[0])) for row in EXCLUDED])
@pytest.mark.parametrize("type_, said", DECISIONS)
def test_each_reason_against_a_transfer_forbids_it_until_it_is_lifted(
    rule: str, reason: str, type_: str, said: dict[str, Any]
) -> None:
    case, lifted = agreed(), agreed()
    for each in (case, lifted):
        each.tell("receiving_in_conference_held", "2025-04-03", meeting="RIC")
        each.tell("transfer_excluded", "2025-04-04", reason=reason)
        assert each.decide(type_, "2025-04-07", **said) == (rule,)
    case.report(type_, "2025-04-07", **said)
    assert case.severities(rule) == [Severity.FORBIDDEN]

    lifted.tell("transfer_exclusion_lifted", "2025-04-08", reason=reason)
    assert lifted.decide(type_, "2025-04-09", **said) == ()


@clause("STF-R102", "STF-R103", "STF-R104", "STF-R105", "STF-R106", "STF-R107")
@pytest.mark.parametrize("rule, reason", [pytest.param(*row, marks=clause(row[0])) for row in EXCLUDED])
def test_a_reason_against_a_transfer_forbids_neither_to_leave_the_child_off_a_plan_nor_a_plan_of_its_own(
    rule: str, reason: str
) -> None:
    case, own = agreed(), agreed()
    case.tell("receiving_in_conference_held", "2025-04-03", meeting="RIC")
    own.tell("initial_conference_held", "2025-04-03", meeting="ICPC")
    for each in (case, own):
        each.tell("transfer_excluded", "2025-04-04", reason=reason)
    case.report("child_decision_made", "2025-04-07", meeting="RIC", decision="not_subject")

    assert case.findings(rule) == []
    assert own.decide("child_decision_made", "2025-04-07", meeting="ICPC", **subject()) == ()


@clause("STF-R100a", "E-25")
@pytest.mark.parametrize(
    "said, refused",
    [
        ({"permanent": False}, ("STF-R100a",)),
        ({"secure_own_accommodation": False}, ("STF-R100a",)),
        ({"permanent": None, "secure_own_accommodation": None}, ()),
        ({}, ()),
    ],
)
def test_a_conference_is_not_agreed_for_a_family_that_comes_for_a_time_or_has_no_home_of_its_own(
    said: dict[str, bool | None], refused: tuple[str, ...]
) -> None:
    case, away = told_of(), on_a_plan()
    said = {"permanent": True, "secure_own_accommodation": True, **said}
    case.tell("receiving_in_conference_requested", "2025-04-01", documents=SIX, **said)
    away.tell("receiving_in_conference_requested", "2025-04-01", direction="out", permanent=False)
    away.report("receiving_in_conference_agreed", "2025-04-03")
    assert case.decide("receiving_in_conference_agreed", "2025-04-03", **MANAGER) == refused
    assert away.findings("STF-R100a") == []

    case.tell("receiving_in_conference_requested", "2025-04-04", permanent=True, secure_own_accommodation=True)
    assert case.decide("receiving_in_conference_agreed", "2025-04-04", **MANAGER) == ()


@clause("STF-R100a")
def test_agreed_elsewhere_all_the_same_it_is_kept_as_forbidden() -> None:
    case = asked(permanent=False)
    case.report("receiving_in_conference_agreed", "2025-04-03")

    assert case.severities("STF-R100a") == [Severity.FORBIDDEN]


@clause("STF-R102", "STF-R103", "STF-R104", "STF-R105", "STF-R106", "STF-R107")
def test_excluded_the_child_stays_the_other_authoritys_and_a_decline_needs_no_papers() -> None:
    case = asked(papers=[])
    case.tell("transfer_excluded", "2025-04-04", reason="custody")
    state = case.assess("2025-04-05").state

    assert (state["move"]["stands"], state["move"]["excluded_for"]) == ("excluded", ["custody"])
    assert (state["responsible"]["here"], state["responsible"]["authority"]) == (False, OTHER)
    assert case.decide("receiving_in_conference_declined", "2025-04-05", **MANAGER) == ()


@clause("STF-R106", "E-25")
@pytest.mark.parametrize(
    "until, refused",
    [("2025-06-29", ("STF-R106",)), ("2025-06-30", ()), ("2025-07-31", ()), (None, ())],
)
def test_accommodation_for_exactly_three_months_is_not_less(until: str | None, refused: tuple[str, ...]) -> None:
    case = asked()
    stay = {"arrangement": "temporary_accommodation", "from_on": "2025-03-31"}
    case.tell("temporary_move_reported", "2025-04-01", **stay, **({"until_on": until} if until else {}))

    assert case.decide("receiving_in_conference_agreed", "2025-04-03", **MANAGER) == refused


@clause("STF-R106", "E-25")
def test_a_longer_stay_told_later_removes_the_reason() -> None:
    case = asked()
    stay = {"arrangement": "temporary_accommodation", "from_on": "2025-04-01"}
    case.tell("temporary_move_reported", "2025-04-01", until_on="2025-05-31", **stay)
    assert case.decide("receiving_in_conference_agreed", "2025-04-03", **MANAGER) == ("STF-R106",)

    case.tell("temporary_move_reported", "2025-04-07", until_on="2025-07-01", **stay)
    assert case.decide("receiving_in_conference_agreed", "2025-04-08", **MANAGER) == ()


@clause("STF-R103", "STF-R105")
@pytest.mark.parametrize(
    "arrangement, rule",
    [
        *((f"placed_for_{what}", "STF-R103") for what in ("assessment", "treatment", "education")),
        ("relatives_or_friends", "STF-R105"),
    ],
)
def test_a_stay_from_which_the_child_goes_back_forbids_a_transfer(arrangement: str, rule: str) -> None:
    case, for_good = asked(), asked()
    case.tell("temporary_move_reported", "2025-04-01", arrangement=arrangement)
    for_good.tell("temporary_move_reported", "2025-04-01", arrangement=arrangement, returning=False)
    assert case.decide("receiving_in_conference_agreed", "2025-04-03", **MANAGER) == (rule,)
    assert for_good.decide("receiving_in_conference_agreed", "2025-04-03", **MANAGER) == ()

    case.tell("child_returned_from_temporary_move", "2025-04-04")
    assert case.decide("receiving_in_conference_agreed", "2025-04-07", **MANAGER) == ()


@clause("STF-T49", "E-26")
def test_the_conference_is_due_fifteen_working_days_after_the_decision_over_easter() -> None:
    case = agreed("2025-04-02")
    assert last_day_in_time(case, "STF-T49") == "2025-04-25"

    case.tell("receiving_in_conference_held", "2025-04-25")
    assert statuses(case, "STF-T49", "2025-04-25") == [Status.MET]


@clause("STF-T49", "STF-R110", "STF-R110a", "STF-R102", "STF-R103", "STF-R104", "STF-R107")
@pytest.mark.parametrize(
    "type_, said",
    [
        ("receiving_in_conference_request_withdrawn", {}),
        ("receiving_in_conference_declined", {}),
        ("transfer_excluded", {"reason": "custody"}),
        ("looked_after_started", {"basis": "s20", "authority": OTHER}),
        ("interim_care_order_granted", {}),
        ("statutory_order_recorded", {"holder": OTHER}),
        ("custody_recorded", {"kind": "remand"}),
        ("plo_started", {"authority": OTHER}),
        ("legal_gateway_held", {"threshold_met": True}),
        ("child_removed_from_temporary_list", {}),
    ],
)
def test_an_agreement_that_comes_to_nothing_owes_nothing(type_: str, said: dict[str, Any]) -> None:
    case = agreed("2025-04-02")
    case.tell("conference_invite_list_supplied", "2025-04-02", move=None)
    unlisted = agreed("2025-04-02")
    for each in (case, unlisted):
        (each.report if type_ == "receiving_in_conference_declined" else each.tell)(type_, "2025-04-03", **said)

    assert statuses(case, "STF-T49", "2025-04-03") == [Status.CANCELLED]
    assert statuses(case, "STF-R110a", "2025-04-03") == [Status.CANCELLED]
    assert statuses(unlisted, "STF-R110", "2025-04-03") == [Status.CANCELLED]


@clause("STF-T49", "STF-R110", "STF-R110a")
@pytest.mark.parametrize(
    "type_, said",
    [
        ("statutory_order_recorded", {"holder": "another-authority"}),
        ("custody_recorded", {"until_on": "2025-04-01"}),
        ("legal_gateway_held", {"threshold_met": False}),
    ],
)
def test_what_rules_no_transfer_out_leaves_an_agreement_as_it_was(type_: str, said: dict[str, Any]) -> None:
    case, unlisted = agreed("2025-04-02"), agreed("2025-04-02")
    case.tell("conference_invite_list_supplied", "2025-04-02")
    for each in (case, unlisted):
        each.tell(type_, "2025-04-03", **said)

    assert statuses(case, "STF-T49", "2025-04-03") == [Status.OPEN]
    assert statuses(case, "STF-R110a", "2025-04-03") == [Status.OPEN]
    assert statuses(unlisted, "STF-R110", "2025-04-03") == [Status.OPEN]


@clause("STF-R110", "STF-R110a", "STF-T49", "STF-R119", "STF-R119a")
def test_the_list_comes_from_there_and_the_invitations_go_out_from_here() -> None:
    case, away = agreed(), on_a_plan()
    away.tell("child_moved", "2025-04-01", permanent=True)
    away.report("receiving_in_conference_agreed", "2025-04-02")
    assert (statuses(case, "STF-R110", "2025-04-02"), case.duties("STF-R110a")) == ([Status.OPEN], [])
    for each in (case, away):
        each.tell("conference_invite_list_supplied", "2025-04-03")
        each.tell("conference_invite_list_supplied", "2025-04-04")
    assert statuses(case, "STF-R110", "2025-04-03") == [Status.MET]
    assert statuses(case, "STF-R110a", "2025-04-04") == [Status.OPEN]

    case.tell("receiving_in_invitations_sent", "2025-04-05")
    assert statuses(case, "STF-R110a", "2025-04-05") == [Status.MET]
    assert [away.duties(rule) for rule in ("STF-R110", "STF-R110a", "STF-T49")] == [[], [], []]
    assert (case.duties("STF-R119"), case.duties("STF-R119a")) == ([], [])


@clause("STF-R110", "STF-R110a")
def test_a_conference_held_or_invitations_issued_are_as_good() -> None:
    case = agreed()
    case.tell("conference_invite_list_supplied", "2025-04-03")
    case.tell("conference_invitations_issued", "2025-04-04", invitees=[{"agency": "school"}])
    unlisted = agreed()
    unlisted.tell("receiving_in_conference_held", "2025-04-10")

    assert statuses(case, "STF-R110a", "2025-04-05") == [Status.MET]
    assert statuses(unlisted, "STF-R110", "2025-04-10") == [Status.MET]


@clause("STF-T50", "STF-T57", "E-04")
def test_the_report_is_shared_two_working_days_before_over_easter() -> None:
    case = agreed()
    case.tell("receiving_in_conference_scheduled", "2025-04-03", meeting="RIC", date="2025-04-22")
    case.tell("receiving_in_conference_scheduled", "2025-04-03", meeting="RIC", date="2025-04-23")
    assert last_day_in_time(case, "STF-T50") == "2025-04-17"
    assert (len(case.duties("STF-T50")), case.duties("STF-T57")) == (1, [])

    case.tell("receiving_in_report_shared", "2025-04-04", with_parents=False)
    assert statuses(case, "STF-T50", "2025-04-04") == [Status.OPEN]
    case.tell("receiving_in_report_shared", "2025-04-17", with_parents=True)
    assert statuses(case, "STF-T50", "2025-04-17") == [Status.MET]


@clause("STF-T50")
def test_a_conference_held_without_the_report_shared_missed_it() -> None:
    case = agreed()
    case.tell("receiving_in_conference_scheduled", "2025-04-03", meeting="RIC", date="2025-04-10")
    case.tell("receiving_in_conference_held", "2025-04-10", meeting="RIC")
    case.tell("receiving_in_report_shared", "2025-04-11")

    assert statuses(case, "STF-T50", "2025-04-11") == [Status.MISSED]


@clause("STF-R111")
@pytest.mark.parametrize(
    "report, came, findings",
    [
        ({"new_agencies": True}, {"attended_by": {"role": "social_worker"}}, 0),
        ({"new_agencies": True}, {"stand_in": True, "good_knowledge": True}, 0),
        ({"new_agencies": True}, {"stand_in": True}, 1),
        ({"new_agencies": True}, {}, 1),
        ({"new_agencies": False}, {"attended_by": {"role": "social_worker"}}, 1),
        (None, {"attended_by": {"role": "social_worker"}}, 1),
    ],
)
def test_the_other_authority_brings_its_report_and_somebody_who_knows_the_family(
    report: dict[str, Any] | None, came: dict[str, Any], findings: int
) -> None:
    case = agreed()
    if report is not None:
        case.tell("receiving_in_report_completed", "2025-04-09", **report)
    case.tell("receiving_in_conference_held", "2025-04-10", meeting="RIC", **came)

    assert case.severities("STF-R111") == [Severity.WARNING] * findings
    assert case.findings("STF-R119b") == []


@clause("STF-R112", "STF-T52")
def test_responsibility_passes_at_the_conference_and_no_day_before() -> None:
    case = agreed()
    assert case.decide("case_responsibility_transferred", "2025-04-10") == ("STF-R112",)
    assert case.assess("2025-04-16").state["responsible"] == {
        "here": False,
        "authority": OTHER,
        "since": case.events[0].day,
    }
    case.tell("receiving_in_conference_held", "2025-04-17", meeting="RIC")
    early = {"effective_on": "2025-04-16"}
    assert case.decide("case_responsibility_transferred", "2025-04-17", **early) == ("STF-R112",)
    assert case.decide("case_responsibility_transferred", "2025-04-17") == ()

    held = case.assess("2025-04-17").state
    assert (held["responsible"]["here"], str(held["responsible"]["since"])) == (True, "2025-04-17")


@clause("STF-T51", "STF-T17", "STF-T21", "STF-T20")
def test_the_clocks_of_a_plan_that_was_taken_over_start_at_the_conference() -> None:
    case = taken_over("2025-04-17")
    assert last_day_in_time(case, "STF-T51") == "2025-07-17"
    assert case.duties("STF-T17") == []
    assert [str(case.duty(rule, "2025-04-17").due_on) for rule in ("STF-T20", "STF-T21")] == [
        "2025-05-08",
        "2025-05-06",
    ]

    case.tell("review_conference_held", "2025-07-17", meeting="CPRC")
    assert statuses(case, "STF-T51", "2025-07-17") == [Status.MET]
    assert str(case.duty("STF-T18", "2025-07-17").due_on) == "2026-01-17"


@clause("STF-T51", "STF-T17")
def test_a_plan_made_here_has_the_first_review_of_an_initial_conference() -> None:
    assert (on_a_plan().duties("STF-T51"), len(on_a_plan().duties("STF-T17"))) == ([], 1)


@clause("STF-R74", "E-33")
@pytest.mark.parametrize("shown, refused", [(None, ("STF-R74",)), ("2025-01-15", ())])
def test_neglect_holds_at_the_first_review_here_unless_the_papers_show_an_earlier_one(
    shown: str | None, refused: tuple[str, ...]
) -> None:
    case = taken_over(category="neglect")
    if shown is not None:
        case.tell("transfer_document_received", "2025-04-18", document="conference_papers", latest_review_on=shown)
    case.tell("review_conference_held", "2025-07-17", meeting="CPRC")

    assert case.decide("plan_ended", "2025-07-17", meeting="CPRC", ground="no_longer_at_risk") == refused


@clause("STF-T53", "STF-R113")
@pytest.mark.parametrize("told, owed", [(True, []), (False, [Status.OPEN])])
def test_after_the_conference_the_other_authority_ends_its_plan_and_tells_the_agencies(
    told: bool,  # noqa: FBT001  # a table
    owed: list[Status],
) -> None:
    case = taken_over()
    assert (statuses(case, "STF-T53", "2025-04-18"), case.duties("STF-R113")) == ([Status.OPEN], [])

    case.tell("originating_plan_ended", "2025-04-22", agencies_notified=told)
    assert (statuses(case, "STF-T53", "2025-04-22"), statuses(case, "STF-R113", "2025-04-22")) == ([Status.MET], owed)
    assert case.assess("2025-04-22").state["move"]["stands"] == "ended"
    if owed:
        case.tell("originating_plan_ended", "2025-04-23", agencies_notified=True)
        assert statuses(case, "STF-R113", "2025-04-23") == [Status.MET]


@clause("STF-T55", "STF-T55a")
def test_the_other_authority_goes_on_paying() -> None:
    case = told_of()
    case.tell("funding_responsibility_recorded", "2025-04-01", kind="services", held_by=OTHER, until_on="2025-06-30")
    case.tell("funding_responsibility_recorded", "2025-04-01", kind="housing", until="Until they can claim.")
    case.tell("funding_responsibility_recorded", "2025-04-01", kind="no_recourse_to_public_funds", until="Status.")
    assert statuses(case, "STF-T55", "2025-06-30") == [Status.OPEN]
    assert statuses(case, "STF-T55", "2025-07-01") == [Status.CANCELLED]
    assert statuses(case, "STF-T55a", "2025-07-01") == [Status.OPEN, Status.OPEN]

    case.tell("funding_responsibility_ended", "2025-05-01", kind="housing")
    assert statuses(case, "STF-T55a", "2025-07-01") == [Status.MET, Status.OPEN]
    case.tell("funding_responsibility_ended", "2025-05-02", kind="services")
    assert statuses(case, "STF-T55", "2025-07-01") == [Status.MET]


@clause("STF-R109")
@pytest.mark.parametrize(
    "said, findings",
    [
        ({"held_by": OTHER, "until_on": "2025-06-30"}, 0),
        ({"until": "Until they can claim."}, 0),
        ({"held_by": "staffordshire", "until_on": "2025-06-30"}, 1),
        ({"held_by": OTHER}, 1),
    ],
)
def test_who_pays_and_how_long_is_recorded(said: dict[str, str], findings: int) -> None:
    case = told_of()
    case.tell("funding_responsibility_recorded", "2025-04-01", kind="services", **said)

    assert case.severities("STF-R109") == [Severity.RECORD] * findings


@clause("STF-R112", "E-58")
@pytest.mark.parametrize("meeting", ["RIC", "RIC-2", None])
def test_a_conference_that_sat_twice_is_of_one_move_whatever_it_is_called(meeting: str | None) -> None:
    case = taken_over("2025-04-17")
    case.tell("receiving_in_conference_held", "2025-04-22", meeting=meeting, attended_by={"role": "social_worker"})
    state = case.assess("2025-04-22").state

    assert (state["move"]["direction"], state["responsible"]["here"], state["stage"]) == ("in", True, "active")
    assert str(state["responsible"]["since"]) == "2025-04-17"
