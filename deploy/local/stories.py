"""Five made-up stories under Staffordshire's procedure, in the order in which they were told, from March to July 2025.

They show what Planclock is for: a first core group counted over Easter and held late, a conference without a quorum
and its reconvening, a plan made before a birth, an ending that the procedure forbids, and one that it allows. Nobody
in them exists.
"""

from dataclasses import dataclass
from typing import Any

BEGIN = "2025-03-03T09:00:00+00:00"
"""What the sandbox's clock says when the first story begins."""

END = "2025-07-15T09:00:00+01:00"
"""Where the clock is left: the day to look at the cases from."""

SIBLINGS = ("MADE-UP-A", "MADE-UP-B", "MADE-UP-C")
RECONVENED, UNBORN, ENDED = "MADE-UP-D", "MADE-UP-E", "MADE-UP-F"

_LEAD = {"person": {"name": "Worker 1", "ref": "W1"}, "qualified_sw": True}
_ROOM = [
    {"person": {"name": "Worker 1"}, "role": "social_worker", "agency": "csc", "contributed_to_s47": True},
    {"role": "health_visitor", "agency": "health", "contributed_to_s47": True},
    {"role": "police_officer", "agency": "police", "contributed_to_s47": True},
    {"role": "teacher", "agency": "school"},
]


@dataclass(frozen=True)
class Told:
    """What is told in one call, on one day: items for the API, without `source` and `id`."""

    day: str
    items: tuple[dict[str, Any], ...]

    @property
    def told_at(self) -> str:
        """The instant it is told: the end of the working day, after everything in it happened."""
        return f"{self.day}T17:00:00+00:00"


def stories() -> tuple[Told, ...]:
    """Every call, in the order of their days."""
    calls = [*_siblings(), *_reconvened(), *_before_birth(), *_ended()]
    return tuple(sorted(calls, key=lambda told: told.day))


def _told(day: str, cases: tuple[str, ...], *items: tuple[str, str | None, dict[str, Any]]) -> Told:
    return Told(day, tuple(_item(day, cases, *item) for item in items))


def _item(day: str, cases: tuple[str, ...], type_: str, meeting: str | None, data: dict[str, Any]) -> dict[str, Any]:
    when = {"occurred_at": f"{day}T14:00:00+00:00"} if type_ in _AT_AN_INSTANT else {"occurred_on": day}
    basis = {"basis": "here"} if type_ in _DECISIONS else {}
    return {
        "type": type_,
        "cases": list(cases),
        **when,
        **basis,
        **({"meeting": meeting} if meeting else {}),
        "data": data,
    }


_AT_AN_INSTANT = {"child_seen", "icpc_notification_form_completed", "initial_conference_requested"}
_DECISIONS = {"child_decision_made", "plan_ended"}


def _siblings() -> list[Told]:
    """One conference, three plans; the first core group is counted over Easter, and comes late all the same."""
    seen = {"by_sw": True, "spoken_to": True, "alone": True, "unannounced": False, "where": "At home"}
    ended = {"ground": "no_longer_at_risk", "reasons": "Things go better.", "tally": {"in_favour": 3, "against": 0}}
    return [
        *(_registered("2025-03-27", case, name, born) for case, name, born in _THREE),
        _told("2025-03-28", SIBLINGS, *_requested("ICPC-1", "2025-04-10", "neglect")),
        _told(
            "2025-04-10",
            SIBLINGS,
            *_held("ICPC-1", "initial_conference_held", "initial"),
            *_made_subject("ICPC-1", "neglect"),
        ),
        _told("2025-04-22", SIBLINGS, ("child_seen", None, seen)),
        _told("2025-05-02", SIBLINGS, ("core_group_meeting_held", "CG-1", _core_group(1, ["2025-06-06"]))),
        _told("2025-05-09", SIBLINGS[:1], ("child_seen", None, {**seen, "spoken_to": False})),
        _told("2025-06-06", SIBLINGS, ("core_group_meeting_held", "CG-2", _core_group(2, ["2025-07-18"]))),
        _told("2025-06-13", SIBLINGS, _done("ACT-1"), _done("ACT-2")),
        _told(
            "2025-06-16", SIBLINGS, ("review_conference_scheduled", "RCPC-1", {"date": "2025-07-08", "kind": "review"})
        ),
        _told("2025-07-08", SIBLINGS, *_held("RCPC-1", "review_conference_held", "review")),
        # Told alone and forbidden: neglect, and the first review.
        _told("2025-07-08", SIBLINGS[:1], ("plan_ended", "RCPC-1", ended)),
        _told(
            "2025-07-08", SIBLINGS, ("child_decision_made", "RCPC-1", {"decision": "continue", "category": "neglect"})
        ),
    ]


_THREE = (
    (SIBLINGS[0], "Child A", "2014-09-12"),
    (SIBLINGS[1], "Child B", "2017-02-03"),
    (SIBLINGS[2], "Child C", "2021-11-30"),
)


def _reconvened() -> list[Told]:
    """A conference without a quorum is not held, and is reconvened within seven working days."""
    inquorate = {"result": "inquorate_not_held", "counted_agencies": ["csc"], "required": 3}
    again = {"original_date": "2025-03-24", "new_date": "2025-04-01"}
    return [
        _registered("2025-03-10", RECONVENED, "Child D", "2016-05-20"),
        _told("2025-03-11", (RECONVENED,), *_requested("ICPC-2", "2025-03-24", "emotional")),
        _told(
            "2025-03-24",
            (RECONVENED,),
            ("quorum_assessed", "ICPC-2", inquorate),
            ("conference_not_held_inquorate", "ICPC-2", {"original_date": "2025-03-24"}),
            ("conference_reconvened", "ICPC-2", again),
        ),
        _told(
            "2025-04-01",
            (RECONVENED,),
            *_held("ICPC-2", "initial_conference_held", "initial"),
            *_made_subject("ICPC-2", "emotional"),
        ),
        _told("2025-04-14", (RECONVENED,), ("core_group_meeting_held", "CG-3", _core_group(1, ["2025-05-23"]))),
    ]


def _before_birth() -> list[Told]:
    """A plan made before the birth goes on after it."""
    unborn = {"edd": "2025-06-20", "edd_basis": "scan", "mother": {"name": "Parent 5", "role": "mother"}}
    risk = {"assessment": "A-5", "gestation": {"weeks": 26}}
    return [
        _told(
            "2025-03-14", (UNBORN,), ("unborn_child_registered", None, unborn), ("unborn_risk_identified", None, risk)
        ),
        _told("2025-03-17", (UNBORN,), *_requested("ICPC-3", "2025-04-03", "neglect")),
        _told(
            "2025-04-03",
            (UNBORN,),
            *_held("ICPC-3", "initial_conference_held", "initial"),
            *_made_subject("ICPC-3", "neglect"),
        ),
        _told("2025-04-15", (UNBORN,), ("core_group_meeting_held", "CG-4", _core_group(1, ["2025-05-30"]))),
        _told(
            "2025-06-18",
            (UNBORN,),
            ("birth_recorded", None, {"dob": "2025-06-17", "premature": False, "names": "Child E"}),
        ),
    ]


def _ended() -> list[Told]:
    """A plan that a quorate review ends, as the procedure allows."""
    grounds = {
        "ground": "no_longer_at_risk",
        "reasons": "The child is safe and thrives.",
        "tally": {"in_favour": 3, "against": 0},
        "method": "unanimous",
        "plan_implemented": True,
        "needs_reviewed": True,
        "core_group_recommends": True,
    }
    return [
        _registered("2025-03-04", ENDED, "Child F", "2013-01-15"),
        _told("2025-03-05", (ENDED,), *_requested("ICPC-4", "2025-03-17", "physical")),
        _told(
            "2025-03-17",
            (ENDED,),
            *_held("ICPC-4", "initial_conference_held", "initial"),
            *_made_subject("ICPC-4", "physical"),
        ),
        _told("2025-03-28", (ENDED,), ("core_group_meeting_held", "CG-5", _core_group(1, ["2025-05-09"]))),
        _told("2025-05-09", (ENDED,), _done("ACT-1")),
        _told(
            "2025-05-19", (ENDED,), ("review_conference_scheduled", "RCPC-2", {"date": "2025-06-13", "kind": "review"})
        ),
        _told(
            "2025-06-13",
            (ENDED,),
            *_held("RCPC-2", "review_conference_held", "review"),
            ("plan_ended", "RCPC-2", grounds),
        ),
    ]


def _done(action: str) -> tuple[str, None, dict[str, Any]]:
    return "plan_action_completed", None, {"action": action}


_Items = tuple[tuple[str, str | None, dict[str, Any]], ...]


def _registered(day: str, case: str, name: str, born: str) -> Told:
    return _told(day, (case,), ("child_registered", None, {"names": name, "dob": born}))


def _requested(meeting: str, date: str, category: str) -> _Items:
    return (
        ("initial_conference_requested", meeting, {"requested_by": "csc", "category_concern": category}),
        (
            "icpc_notification_form_completed",
            meeting,
            {"family_details": True, "invitees": [{"role": "teacher", "agency": "school"}]},
        ),
        ("initial_conference_scheduled", meeting, {"date": date, "kind": "initial", "chair": {"name": "Chair 1"}}),
        ("family_prepared", meeting, {"who": [{"role": "mother"}], "supporter_rights": True}),
        ("chair_pre_conference_discussion_held", meeting, {"sw": {"name": "Worker 1"}, "exclusion_need": False}),
        (
            "report_shared",
            meeting,
            {"agency": "csc", "shared_with": "family", "mode": "face_to_face", "explained": True},
        ),
        ("support_network_recorded", None, {"members": [{"role": "grandparent"}], "outcome": "Weekends covered."}),
    )


def _held(meeting: str, type_: str, kind: str) -> _Items:
    quorate = {"result": "quorate", "counted_agencies": ["csc", "health", "police"], "required": 3}
    return (
        ("attendance_recorded", meeting, {"attendees": _ROOM}),
        ("quorum_assessed", meeting, {**quorate, "history_represented": True, "risk_expertise_represented": True}),
        (type_, meeting, {"kind": kind, "chair": {"name": "Chair 1"}}),
        ("decision_and_recommendations_completed", meeting, {"by": {"name": "Chair 1"}}),
        (
            "decision_and_recommendations_distributed",
            meeting,
            {"recipients": [{"role": "mother"}, {"agency": "health"}]},
        ),
    )


def _made_subject(meeting: str, category: str) -> _Items:
    decision = {"decision": "subject", "category": category, "lead_professional": _LEAD, "test_limb": "likely_past"}
    votes = {"tally": {"in_favour": 3, "against": 0}, "method": "unanimous"}
    return (("child_decision_made", meeting, {**decision, **votes}),)


def _core_group(number: int, next_dates: list[str]) -> dict[str, Any]:
    chair = (
        {"chair": {"name": "Manager 1"}, "chair_role": "team_manager"}
        if number == 1
        else {"chair": {"name": "Worker 1"}}
    )
    return {
        "seq": number,
        **chair,
        "attendance": _ROOM[:2],
        "decisions": ["Breakfast at school every day."],
        "individual_actions": [{"action": f"ACT-{number}", "owner": {"role": "teacher"}, "due_on": next_dates[0]}],
        "next_dates": next_dates,
    }
