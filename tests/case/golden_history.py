"""One recorded plan of two years and its whole answer, so that a changed answer is noticed.

Rewrite after a change that was meant, and with a new ENGINE: `python -m tests.case.golden_history`.
"""

import json
from datetime import date, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from events.case.answer import Assessment
from events.case.assess import ENGINE
from tests.case.given import LEAD, Anything, Case

GOLDEN = Path(__file__).with_name("golden") / "two_years.json"
ASKED = ("2025-06-16", "2027-03-01")
"""The days on which the answer is asked for: in the middle, and when all is over."""

_THERE = [
    {"agency": "csc", "role": "social_worker", "contributed_to_s47": True},
    {"agency": "health", "provider": "school nursing", "contributed_to_s47": True},
    {"agency": "school", "contributed_to_s47": True},
]
_SEEN = {"by_sw": True, "spoken_to": True}


def history() -> Case:
    """The plan: asked for in January 2025, made in February, reviewed four times, ended in January 2027."""
    case = Case()
    case.tell("child_registered", "2025-01-20", names="Child A", dob="2013-02-15")
    case.tell("case_allocated", "2025-01-20", worker={"ref": "W1"}, team="team-north")
    case.tell("initial_conference_requested", "2025-01-20T10:00:00+00:00", meeting="ICPC", requested_by="csc")
    case.tell("icpc_notification_form_completed", "2025-01-21T09:00:00+00:00", meeting="ICPC", family_details=True)
    case.tell("initial_conference_scheduled", "2025-01-21", meeting="ICPC", date="2025-02-03")
    case.tell("conference_invitations_issued", "2025-01-22", meeting="ICPC", invitees=_THERE_INVITED)
    case.tell("report_shared", "2025-01-30", meeting="ICPC", agency="csc", shared_with="family", mode="face_to_face")
    case.tell("report_shared", "2025-01-31", meeting="ICPC", agency="school", shared_with="family", mode="post")
    _initial_conference(case, "2025-02-03")
    for number, day in enumerate(_every(date(2025, 2, 17), 42, 17)):
        _core_group(case, number + 1, day)
    for number, day in enumerate(_every(date(2025, 2, 20), 19, 37)):
        case.tell("child_seen", day, **{**_SEEN, "spoken_to": number % 7 != 3})
    _reviews(case)
    case.correct(case.events[0], "2025-03-03", data={"dob": "2013-02-16"})
    wrong = case.tell("child_seen", "2025-03-05", **_SEEN)
    case.void(wrong, "2025-03-06")
    case.events.sort(key=lambda event: event.recorded_at)
    for position, event in enumerate(case.events, 1):
        object.__setattr__(event, "position", position)
    return case


_THERE_INVITED = [{"role": "child", "age": 11}, *({"agency": each["agency"]} for each in _THERE)]


def _every(first: date, days: int, times: int) -> list[str]:
    return [(first + timedelta(days * number)).isoformat() for number in range(times)]


def _initial_conference(case: Case, day: str) -> None:
    told: dict[str, Anything] = {"meeting": "ICPC"}
    case.tell("attendance_recorded", day, **told, attendees=_THERE)
    case.tell("quorum_assessed", day, **told, result="quorate", history_represented=True)
    case.tell("initial_conference_held", day, **told)
    case.report("child_decision_made", day, **told, decision="subject", category="neglect", lead_professional=LEAD)
    case.tell("outline_plan_agreed", day, **told, actions=[{"action": "ACT-0", "due_on": "2025-03-03"}])
    case.tell("first_review_date_confirmed", day, **told, date="2025-05-02")
    case.tell("visit_pattern_set", day, **told, frequency_days=20)
    case.tell("conference_closed", day, **told)
    case.tell("decision_and_recommendations_completed", "2025-02-04", **told)
    case.tell("decision_and_recommendations_distributed", "2025-02-05", **told)
    case.report("minutes_signed", "2025-02-14", **told)
    case.report("minutes_distributed", "2025-02-17", **told)
    case.tell("notification_sent", "2025-02-06", register_id="N07", channel="email")
    case.tell("plan_action_completed", "2025-02-28", action="ACT-0")


def _core_group(case: Case, number: int, day: str) -> None:
    action = {"action": f"ACT-{number}", "due_on": (date.fromisoformat(day) + timedelta(30)).isoformat()}
    meeting = f"CG-{number}"
    case.tell("core_group_meeting_held", day, meeting=meeting, individual_actions=[action], chair_role="team_manager")
    circulated = date.fromisoformat(day) + timedelta(10 + number)
    case.tell("core_group_record_circulated", circulated.isoformat(), meeting=meeting)
    case.tell("plan_action_completed", circulated.isoformat(), action=f"ACT-{number}")


def _reviews(case: Case) -> None:
    for number, day in enumerate(("2025-05-02", "2025-10-30", "2026-05-05", "2027-01-11"), 1):
        told: dict[str, Anything] = {"meeting": f"CPRC-{number}"}
        booked = (date.fromisoformat(day) - timedelta(30)).isoformat()
        case.tell("review_conference_scheduled", booked, **told, date=day)
        case.tell("conference_invitations_issued", booked, **told, invitees=_THERE_INVITED)
        case.tell("attendance_recorded", day, **told, attendees=_THERE[:2])
        case.tell("review_conference_held", day, **told)
        if number < 4:
            case.report("child_decision_made", day, **told, decision="continue", continuing_sh=True)
        case.report("minutes_signed", (date.fromisoformat(day) + timedelta(3)).isoformat(), **told)
        case.report("minutes_distributed", (date.fromisoformat(day) + timedelta(4)).isoformat(), **told)
    case.report("category_changed", "2025-10-30", meeting="CPRC-2", new="emotional")
    case.report("plan_ended", "2027-01-11", meeting="CPRC-4", ground="no_longer_at_risk")


def answers() -> dict[str, Anything]:
    """What each of the questions is answered, and by which engine."""
    case = history()
    return {"engine": ENGINE, "answers": {day: plain(_known(case, day).assess(day)) for day in ASKED}}


def _known(case: Case, day: str) -> Case:
    """The case as it was known on a day."""
    return Case(events=[event for event in case.events if event.recorded_at.date().isoformat() <= day])


def plain(assessment: Assessment) -> dict[str, Anything]:
    """An assessment as JSON, always the same for the same one."""
    written: dict[str, Anything] = TypeAdapter(Assessment).dump_python(assessment, mode="json")
    written["superseded"].sort()
    for duty in written["duties"]:
        duty["marks"].sort()
    return written


def main() -> None:
    """Write the answers anew. Refused where they changed and ENGINE did not rise."""
    fresh = answers()
    kept = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {"engine": None}
    if kept["engine"] == fresh["engine"] and kept != fresh:
        raise SystemExit("The answers changed: raise ENGINE in events/case/assess.py first.")
    GOLDEN.write_text(_written(fresh))


def _written(fresh: dict[str, Anything]) -> str:
    """One line a duty, a finding or a part of the state, so that a change shows in few of them."""
    days = []
    for day, answer in fresh["answers"].items():
        parts = []
        for name, part in answer.items():
            opened, closed = (
                ("[", "]") if isinstance(part, list) else ("{", "}") if isinstance(part, dict) else ("", "")
            )
            pairs = part.items() if isinstance(part, dict) else ()
            lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in pairs]
            lines = lines or [json.dumps(each) for each in (part if isinstance(part, list) else ())]
            text = f"{opened}\n" + ",\n".join(lines) + f"\n{closed}" if lines else json.dumps(part)
            parts.append(f"{json.dumps(name)}: {text}")
        days.append(f"{json.dumps(day)}: {{\n" + ",\n".join(parts) + "\n}")
    return f'{{"engine": {json.dumps(fresh["engine"])}, "answers": {{\n' + ",\n".join(days) + "\n}}\n"


if __name__ == "__main__":
    main()
