"""What a conference decides for a child: votes, category, lead professional, and what is set before it closes."""

from typing import Any

import pytest

from tests.case.given import LEAD, Anything, Case, at_conference, at_review, on_a_plan, reviewed, subject

clause = pytest.mark.clause
ENDING = {
    "ground": "no_longer_at_risk",
    "plan_implemented": True,
    "needs_reviewed": True,
    "core_group_recommends": True,
}


def voted(case: Case, *views: str | None, meeting: str = "ICPC") -> Case:
    """Each view is another agency's; None abstains."""
    day = case.events[-1].day.isoformat()
    for number, view in enumerate(views):
        said = {"view": view} if view else {"abstained": True}
        case.tell("agency_view_stated", day, meeting=meeting, agency=f"agency {number}", **said)
    return case


def refused(case: Case, **decision: Anything) -> tuple[str, ...]:
    return case.decide("child_decision_made", "2025-03-24", meeting="ICPC", **(decision or subject()))


@pytest.mark.parametrize(
    "views, allowed",
    [
        (("subject", "subject", "not_subject"), True),
        (("subject", "not_subject", "not_subject"), False),
        (("subject", "not_subject"), False),
        (("subject", None, None), True),
        ((None, None), True),
        (("subject", "subject", "not_subject", "not_subject", None), False),
    ],
)
@clause("STF-R57", "E-34")
def test_more_than_half_of_the_views_stated_decide(views: tuple[str | None, ...], allowed: bool) -> None:  # noqa: FBT001  # a table
    assert (refused(voted(at_conference(), *views)) == ()) is allowed


@pytest.mark.parametrize(
    "decision, allowed",
    [
        (subject(tally={"in_favour": 3, "against": 2}), True),
        (subject(tally={"in_favour": 2, "against": 3}), False),
        (subject(tally={"in_favour": 2, "against": 2, "abstained": 3}), False),
        (subject(tally={"in_favour": 2, "against": 2}, method="casting"), True),
        (subject(tally={"in_favour": 2, "against": 2}, method="chair"), True),
        (subject(tally={"in_favour": 1, "against": 3}, method="casting"), False),
        ({"decision": "not_subject", "tally": {"in_favour": 1, "against": 2}}, False),
        ({"decision": "not_subject", "tally": {"in_favour": 2, "against": 1}}, True),
    ],
)
@clause("STF-R57", "E-34")
def test_a_tally_told_with_the_decision_counts_as_well(decision: dict[str, Any], allowed: bool) -> None:  # noqa: FBT001  # a table
    assert (refused(at_conference(), **decision) == ()) is allowed


@clause("STF-R57", "E-34")
def test_the_last_view_an_agency_stated_is_its_view_and_each_health_provider_has_one() -> None:
    case = at_conference()
    for provider, view in (("midwifery", "not_subject"), ("school nursing", "subject"), ("midwifery", "subject")):
        said = {"agency": "health", "provider": provider, "view": view}
        case.tell("agency_view_stated", "2025-03-24", meeting="ICPC", **said)
    case.tell("agency_view_stated", "2025-03-24", meeting="ICPC", agency="police", view="not_subject")

    assert refused(case) == ()


@clause("STF-R57")
def test_one_dissent_told_beside_a_larger_tally_does_not_outvote_it() -> None:
    assert refused(voted(at_conference(), "not_subject"), **subject(tally={"in_favour": 4, "against": 1})) == ()


@pytest.mark.parametrize("cast, allowed", [("subject", True), ("not_subject", False), (None, True)])
@clause("STF-R57")
def test_the_chairs_casting_vote_breaks_a_tie_its_own_way(cast: str | None, allowed: bool) -> None:  # noqa: FBT001  # a table
    case = voted(at_conference(), "subject", "not_subject")
    case.tell("casting_vote_used", "2025-03-24", meeting="ICPC", **({"decision": cast} if cast else {}))

    assert (refused(case) == ()) is allowed


@clause("STF-R57")
def test_a_casting_vote_where_there_is_no_tie_is_kept_as_forbidden() -> None:
    uneven, even = voted(at_conference(), "subject", "subject", "not_subject"), voted(at_conference(), "subject", "end")
    for case in (uneven, even):
        case.tell("casting_vote_used", "2025-03-24", meeting="ICPC", decision="subject")

    assert [case.severities("STF-R57") for case in (uneven, even)] == [["forbidden"], []]


@clause("STF-R57")
def test_the_majority_binds_at_an_ending_too_even_against_the_chair() -> None:
    against = voted(at_review(), "continue", "continue", "end", meeting="CPRC")
    for_it = voted(at_review(), "continue", "end", "end", meeting="CPRC")
    for case in (against, for_it):
        case.tell("chair_disagreement_recorded", "2025-06-16", meeting="CPRC", text="Too early.", in_summary=True)

    assert against.decide("plan_ended", "2025-06-16", meeting="CPRC", **ENDING) == ("STF-R57",)
    assert for_it.decide("plan_ended", "2025-06-16", meeting="CPRC", **ENDING) == ()


@pytest.mark.parametrize(
    "category, allowed",
    [("neglect", True), (None, False), (["neglect"], True), (["neglect", "physical"], False)],
)
@clause("STF-R61")
def test_a_plan_has_exactly_one_category(category: Anything, allowed: bool) -> None:  # noqa: FBT001  # a table
    case = at_conference()

    assert (refused(case, **subject(category)) == ()) is allowed
    if allowed:
        assert case.assess().state["plan"]["category"] == "neglect"


@clause("STF-R61")
def test_the_category_determined_at_the_conference_serves_before_the_decision_or_after_it() -> None:
    before, after = at_conference(), at_conference()
    told = {"meeting": "ICPC", "category": "sexual", "by": "chair"}
    before.tell("category_determined", "2025-03-24", **told)
    assert refused(before, **subject(None)) == ()
    decision = after.candidate("child_decision_made", "2025-03-24", meeting="ICPC", **subject(None))
    after.events.append(decision)
    after.tell("category_determined", "2025-03-24", **told)

    assert [case.assess().state["plan"]["category"] for case in (before, after)] == ["sexual"] * 2
    assert after.findings("STF-R61") == []


@clause("STF-R61")
def test_a_change_of_category_names_one_and_so_does_a_continued_plan_if_it_names_any() -> None:
    case = at_review()

    assert case.decide("category_changed", "2025-06-16", meeting="CPRC", new=["neglect", "sexual"]) == ("STF-R61",)
    assert case.decide("category_changed", "2025-06-16", meeting="CPRC", new="neglect") == ()
    two = {"decision": "continue", "category": ["neglect", "sexual"]}
    assert case.decide("child_decision_made", "2025-06-16", meeting="CPRC", **two) == ("STF-R61",)
    assert case.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue") == ()
    assert [each["category"] for each in case.assess().state["plan"]["categories"]] == ["physical", "neglect"]


@pytest.mark.parametrize(
    "lead, allowed",
    [
        (LEAD, True),
        (None, False),
        ({"person": {"ref": "W1"}, "qualified_sw": False}, False),
        ({"person": {"ref": "W1"}}, False),
        ({"person": {"ref": "W1"}, "role": "Social Worker"}, True),
        ({"person": {"ref": "W1", "role": "social_worker"}}, True),
        ({"person": {"ref": "W1"}, "role": "teacher"}, False),
    ],
)
@clause("STF-R62", "STF-R02")
def test_no_plan_without_a_lead_professional_who_is_a_qualified_social_worker(
    lead: dict[str, Any] | None,
    allowed: bool,  # noqa: FBT001  # a table
) -> None:
    assert (refused(at_conference(), **subject(lead_professional=lead)) == ()) is allowed


@clause("STF-R62")
def test_a_lead_named_before_the_decision_or_behind_it_in_the_same_telling_serves() -> None:
    before, behind, alone = at_conference(), at_conference(), at_conference()
    named: dict[str, Anything] = {"meeting": "ICPC", "person": {"ref": "W1"}, "qualified_sw": True}
    before.tell("lead_professional_named", "2025-03-24", **named)
    assert refused(before, **subject(lead_professional=None)) == ()

    decision = behind.candidate("child_decision_made", "2025-03-24", meeting="ICPC", **subject(lead_professional=None))
    assert behind.decide_all([decision, behind.candidate("lead_professional_named", "2025-03-24", **named)]) == ()
    assert behind.findings("STF-R62") == []
    later = alone.candidate("lead_professional_named", "2025-03-25", **named)
    assert alone.decide_all([decision, later]) == ("STF-R62",)


@clause("STF-R62")
def test_nobody_sets_it_aside() -> None:
    case = at_conference()
    override = {"rule": "STF-R62", "reason": "Nobody is free.", "authoriser": "Head 1"}
    told = {"role": "head_of_service", "envelope": {"override": override}}

    decided = case.decide(
        "child_decision_made", "2025-03-24", meeting="ICPC", **told, **subject(lead_professional=None)
    )

    assert decided == ("STF-R62",)


@clause("STF-R62")
def test_while_the_plan_runs_the_lead_stays_with_a_qualified_social_worker() -> None:
    case = on_a_plan()
    case.tell("lead_professional_changed", "2025-04-01", person={"ref": "W2"}, qualified_sw=True)
    assert case.findings("STF-R62") == []

    case.tell("lead_professional_changed", "2025-04-02", person={"ref": "T1"}, role="teacher")
    case.tell("lead_professional_transferred", "2025-04-03", to={"ref": "T1", "role": "social_worker"})
    assert case.severities("STF-R62") == ["forbidden"] * 2


@clause("STF-R62", "STF-R78")
def test_after_the_plan_another_professional_may_lead() -> None:
    case = on_a_plan()
    case.report("plan_ended", "2025-06-01", ground="no_longer_at_risk")
    case.tell("lead_professional_transferred", "2025-06-02", to={"role": "teacher"})

    assert case.findings("STF-R62") == []


@clause("STF-R61", "STF-R62")
def test_a_plan_told_as_begun_without_a_decision_is_judged_alike() -> None:
    bare, whole = at_conference(), at_conference()
    bare.tell("plan_started", "2025-03-24", meeting="ICPC")
    whole.tell("plan_started", "2025-03-24", meeting="ICPC", category="neglect", lp=LEAD)

    assert [bare.severities(rule) for rule in ("STF-R61", "STF-R62")] == [["forbidden"], ["forbidden"]]
    assert [whole.findings(rule) for rule in ("STF-R61", "STF-R62", "P7")] == [[], [], []]
    assert whole.assess().state["plan"]["category"] == "neglect"


@clause("P7")
def test_a_plan_told_as_begun_beside_its_decision_is_one_plan() -> None:
    after, before = on_a_plan(), at_conference()
    after.tell("plan_started", "2025-03-24", meeting="ICPC")
    before.tell("plan_started", "2025-03-24", meeting="ICPC", lp=LEAD, category="neglect")
    assert refused(before) == ()

    for case in (after, before):
        assert (case.assess().state["episode"], len(case.duties("STF-T17"))) == (1, 1)


@clause("P7")
def test_a_child_on_a_plan_is_not_made_subject_again_nor_found_not_to_need_one() -> None:
    case = on_a_plan()

    assert case.decide("child_decision_made", "2025-06-16", meeting="CPRC", **subject()) == ("P7",)
    assert case.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="not_subject") == ("P7",)


@clause("P8", "P9", "P11")
def test_without_a_plan_there_is_nothing_to_continue_to_change_or_to_end() -> None:
    case = at_conference()

    assert case.decide("child_decision_made", "2025-03-24", meeting="ICPC", decision="continue") == ("P8",)
    assert case.decide("category_changed", "2025-03-24", meeting="ICPC", new="neglect") == ("P9",)
    assert "P11" in case.decide("plan_ended", "2025-03-24", ground="left_uk")


@clause("STF-R80")
@pytest.mark.parametrize("told", [None, "support_recommended", "step_down_considered", "flag"])
def test_for_a_child_not_made_subject_support_is_considered(told: str | None) -> None:
    case = at_conference()
    if told and told != "flag":
        case.tell(told, "2025-03-24", meeting="ICPC", **({"tier": "early_help"} if "support" in told else {}))
    considered = {"support_considered": True} if told == "flag" else {}

    assert refused(case, decision="not_subject", **considered) == ()
    assert case.severities("STF-R80") == ([] if told else ["record"])
    assert case.assess().state["stage"] == "not_subject"


@clause("STF-R24")
def test_a_plan_continued_because_harm_goes_on_asks_whether_to_go_to_court() -> None:
    silent, safe, considered, noted = at_review(), at_review(), at_review(), at_review()
    considered.tell("court_proceedings_considered", "2025-06-16", meeting="CPRC", household_children_considered=True)
    for case, more in ((silent, {}), (considered, {}), (noted, {"proceedings_considered": True})):
        case.decide(
            "child_decision_made", "2025-06-16", meeting="CPRC", decision="continue", continuing_sh=True, **more
        )
    safe.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue", continuing_sh=False)

    assert [len(case.findings("STF-R24")) for case in (silent, safe, considered, noted)] == [1, 0, 0, 0]


@clause("STF-R24")
def test_for_one_child_only_is_not_for_the_household() -> None:
    case = reviewed()
    told = len(case.findings("STF-R24"))
    case.tell("court_proceedings_considered", "2025-06-16", meeting="CPRC")

    assert len(case.findings("STF-R24")) == told  # the decision is answered, the event itself falls short
    assert case.findings("STF-R24")[-1].missing == ("all the children of the household considered",)


def closing(case: Case, *told: tuple[str, dict[str, Any]]) -> Case:
    for type_, data in told:
        case.tell(type_, "2025-03-24", **({} if "scheduled" in type_ else {"meeting": "ICPC"}), **data)
    case.tell("conference_closed", "2025-03-24", meeting="ICPC")
    return case


MEMBERS = ("core_group_membership_confirmed", {"members": [{"name": "P"}], "first_meeting_on": "2025-04-07"})
FIRST_REVIEW = ("first_review_date_confirmed", {"date": "2025-06-24"})


@pytest.mark.parametrize(
    "told, missing",
    [
        ([], "who is in the core group, the date of the first core group, the date of the first review"),
        ([MEMBERS], "the date of the first review"),
        ([FIRST_REVIEW], "who is in the core group, the date of the first core group"),
        ([MEMBERS, FIRST_REVIEW], None),
        ([MEMBERS, ("review_conference_scheduled", {"date": "2025-06-24"})], None),
        ([MEMBERS, ("first_review_date_confirmed", {"date": "2025-06-25"})], "the date of the first review"),
        (
            [("core_group_membership_confirmed", {**MEMBERS[1], "first_meeting_on": "2025-04-08"}), FIRST_REVIEW],
            "the date of the first core group",
        ),
    ],
)
@clause("STF-R63")
def test_the_close_sets_core_group_and_first_review_within_their_limits(
    told: list[tuple[str, dict[str, Any]]], missing: str | None
) -> None:
    findings = closing(on_a_plan(), *told).findings("STF-R63")

    assert [finding.missing for finding in findings] == ([(missing,)] if missing else [])


@pytest.mark.parametrize(
    "told, missing",
    [
        ([], ("whether to claim criminal injuries compensation", "who gets the minutes")),
        ([("criminal_injuries_claim_considered", {})], ("who gets the minutes",)),
        ([("minutes_circulation_agreed", {})], ("whether to claim criminal injuries compensation",)),
        ([("criminal_injuries_claim_considered", {}), ("minutes_circulation_agreed", {})], None),
    ],
)
@clause("STF-R63a")
def test_before_it_closes_the_chair_considers_a_claim_and_agrees_who_gets_the_minutes(
    told: list[tuple[str, dict[str, Any]]], missing: tuple[str, ...] | None
) -> None:
    findings = closing(on_a_plan(), *told).findings("STF-R63a")

    assert [finding.missing for finding in findings] == ([missing] if missing else [])


@pytest.mark.parametrize(
    "said, found", [({}, ["warning"]), ({"in_summary": False}, ["warning"]), ({"in_summary": True}, [])]
)
@clause("STF-R57a")
def test_what_the_chair_thinks_of_the_majoritys_decision_stands_in_the_summary(
    said: dict[str, bool], found: list[str]
) -> None:
    case, agreed = at_review(), at_review()
    case.tell("chair_disagreement_recorded", "2025-06-16", meeting="CPRC", text="Too early.", **said)
    for each in (case, agreed):
        assert each.decide("minutes_signed", "2025-06-20", meeting="CPRC") == ()

    assert (case.severities("STF-R57a"), agreed.severities("STF-R57a")) == (found, [])


@clause("STF-R16a", "STF-R17", "STF-R63", "STF-R63a", "STF-R64")
def test_where_no_plan_was_made_the_close_asks_for_nothing() -> None:
    case = at_conference()
    refused(case, decision="not_subject")

    broken = {finding.rule for finding in closing(case).assess().findings}
    assert broken.isdisjoint({"STF-R16a", "STF-R17", "STF-R63", "STF-R63a", "STF-R64"})


@clause("STF-R63")
def test_the_close_of_a_review_sets_no_first_core_group() -> None:
    case = reviewed()
    case.tell("conference_closed", "2025-06-16", meeting="CPRC")

    assert case.findings("STF-R63") == []


@clause("STF-R16a", "STF-R17", "STF-R64")
def test_a_plan_made_without_outline_contingency_or_visits_is_found() -> None:
    bare = closing(on_a_plan())
    outlined = closing(on_a_plan(), ("outline_plan_agreed", {"contingency": "Ring the duty worker."}))
    planned = closing(on_a_plan(), ("contingency_plan_recorded", {}), ("visit_pattern_set", {"frequency_days": 14}))

    def broken(case: Case) -> set[str]:
        return {finding.rule for finding in case.assess().findings} & {"STF-R16a", "STF-R17", "STF-R64"}

    assert broken(bare) == {"STF-R16a", "STF-R17", "STF-R64"}
    assert broken(outlined) == {"STF-R16a"}
    assert broken(planned) == {"STF-R64"}


@clause("STF-R59")
def test_every_agencys_view_or_abstention_is_recorded() -> None:
    case = voted(at_conference(), "subject", None)
    assert case.findings("STF-R59") == []

    case.tell("agency_view_stated", "2025-03-24", meeting="ICPC", agency="school", reason="Worried.")
    assert case.severities("STF-R59") == ["record"]


@clause("STF-R58")
def test_every_decision_brings_the_advice_that_welfare_is_paramount() -> None:
    assert "STF-R58" in on_a_plan().advice()


@clause("STF-T61")
def test_dissent_is_voiced_in_the_meeting() -> None:
    case = reviewed()
    case.tell("dissent_recorded", "2025-06-16", meeting="CPRC", agency="school", reason="R")
    assert case.findings("STF-T61") == []

    case.tell("dissent_recorded", "2025-06-17", meeting="CPRC", agency="health", reason="R")
    assert case.severities("STF-T61") == ["warning"]
