"""Given / when / then for one case, in memory: tell it things, move its clock, ask what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from pydantic_core import to_json

from events.calendars import snapshots
from events.calendars.counting import Calendar
from events.case.answer import Assessment, Duty, Finding, Severity, Status
from events.case.decide import Decided, decide
from events.case.engine import Engine, engine
from events.catalogue.envelope import LOCAL, Event, Kind, Recorder
from events.catalogue.registry import Catalogue
from events.catalogue.whole import catalogue
from events.policies.in_force import Activation, Policies
from events.policies.loading import load, packs
from events.policies.model import Policy

AUTHORITY = UUID("00000000-0000-4000-8000-000000000001")
CASE = UUID("00000000-0000-4000-8000-00000000000c")
Anything = Any
"""Whatever the catalogue lets an event say."""

LEAD: dict[str, Anything] = {"person": {"ref": "W1"}, "qualified_sw": True}
FAR_OFF = "2035-01-01"
"""A day by which everything in these stories has happened."""


@cache
def the_catalogue() -> Catalogue:
    """The whole catalogue, built once for all tests."""
    return catalogue()


@cache
def the_engine() -> Engine:
    """The engine over it."""
    return engine(the_catalogue())


@cache
def pack(name: str) -> Policy:
    """A pack this build carries."""
    return load(name, packs(), the_engine().vocabulary)


@cache
def england() -> Calendar:
    """The newest stored calendar of England."""
    return snapshots.read(snapshots.stored("england"))


def at(day: str | date | datetime) -> datetime:
    """An instant: noon of a local day, or what `2025-03-30T01:30` means in London, or an instant with its offset."""
    if isinstance(day, str):
        day = datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
    if not isinstance(day, datetime):
        day = datetime.combine(day, time(12))
    return (day if day.tzinfo else day.replace(tzinfo=LOCAL)).astimezone(UTC)


@dataclass
class Case:
    """One case under one pack. Facts are recorded at noon of the day they were true, unless `recorded` says another."""

    policy: Policy = field(default_factory=lambda: pack("staffordshire"))
    calendar: Calendar = field(default_factory=england)
    events: list[Event] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    id: UUID = CASE
    activations: tuple[Activation, ...] = ()

    @property
    def policies(self) -> Policies:
        """The pack, in force since long before, and whatever was activated later."""
        return Policies([Activation(self.policy, date(1990, 1, 1)), *self.activations])

    def candidate(
        self,
        type_: str,
        on: str,
        *,
        recorded: str | None = None,
        meeting: str | None = None,
        role: str = "social_worker",
        copy: int = 0,
        shared: str | None = None,
        envelope: dict[str, Any] | None = None,
        **data: Anything,
    ) -> Event:
        """An event as it would stand next in the log, not told yet. `on` is a day, or an instant with its offset.

        `shared` names a fact told for several cases at once: it has one id in all of them.
        """
        entry = the_catalogue()[type_]
        position = len(self.events) + 1
        whole: dict[str, Any] = {
            "source": "test",
            "id": shared or f"{self.id.hex[-6:]}-{type_}-{position}",
            "type": type_,
            ("occurred_at" if "T" in on else "occurred_on"): on,
            "data": data,
            **({"meeting": meeting} if meeting else {}),
            **({"basis": "here"} if entry.kind is Kind.DECISION else {}),
            **(envelope or {}),
        }
        item = the_catalogue().recorded.validate_json(to_json(whole))
        return Event(
            authority=AUTHORITY,
            case=self.id,
            position=position,
            version=position,
            through=position,
            fact=uuid5(AUTHORITY, f"{item.source} {item.id}"),
            copy=copy,
            kind=entry.kind,
            schema_version=entry.schema_version,
            recorded_at=at(recorded or (on if "T" in on else item.day)),
            recorded_by=Recorder("test", role),
            item=item,
        )

    def tell(self, type_: str, on: str, **more: Anything) -> Event:
        """Record something, whatever it breaks. Facts and reported decisions are always kept."""
        event = self.candidate(type_, on, **more)
        self.events.append(event)
        return event

    def decide(self, type_: str, on: str, **more: Anything) -> tuple[str, ...]:
        """Try a decision, or an act, here: recorded unless refused. Returns the ids of the rules that refused it."""
        envelope = {"basis": "here", **more.pop("envelope", {})}
        return self.decide_all([self.candidate(type_, on, envelope=envelope, **more)])

    def decide_all(self, candidates: Sequence[Event]) -> tuple[str, ...]:
        """Try these in one go: what is not refused is recorded. Returns the ids of the rules that refused any."""
        now = candidates[0].recorded_at
        outcomes = decide(the_engine().assessor, self.events, candidates, self.policies, self.calendar, now)
        self.decided.extend(outcomes)
        self.events.extend(outcome.event for outcome in outcomes if outcome.accepted)
        return tuple(refusal.rule for outcome in outcomes for refusal in outcome.refusals)

    def report(self, type_: str, on: str, **more: Anything) -> Event:
        """Tell of a decision taken elsewhere: it is kept, whatever it breaks."""
        reported = {"source": "Other system", "decider": "Chair 1", "date": on[:10]}
        return self.tell(type_, on, envelope={"basis": "reported", "reported": reported}, **more)

    def correct(self, event: Event, on: str, **change: Anything) -> Event:
        """Correct an event told before."""
        return self.tell("event_corrected", on, fact=str(event.fact), reason="Typed wrongly.", **change)

    def void(self, event: Event, on: str) -> Event:
        """Void an event told before."""
        return self.tell("event_voided", on, fact=str(event.fact), reason="Never happened.")

    def say(self, now: str) -> list[str]:
        """Announce whatever is to be announced by now, as the service would. Returns what was said, in order."""
        said = self.assess(now).to_announce
        for each in said:
            words = {"duty": each.duty, "rule": each.rule, "said": each.said.value, "due_on": each.due_on}
            self.tell("duty_announced", at(now).isoformat(), due_at=each.due_at, **words)
        return [f"{each.rule} {each.said.value}" for each in said]

    def assess(self, now: str = FAR_OFF) -> Assessment:
        """What it all means at noon of a day, or at an instant."""
        return the_engine().assessor.assess(self.events, self.policies, self.calendar, at(now))

    def duties(self, rule: str, now: str = FAR_OFF) -> list[Duty]:
        """Every duty of one entry, oldest first."""
        return [duty for duty in self.assess(now).duties if duty.rule == rule]

    def duty(self, rule: str, now: str = FAR_OFF) -> Duty:
        """The latest duty of one entry."""
        return self.duties(rule, now)[-1]

    def status(self, rule: str, now: str = FAR_OFF) -> Status:
        """Where the latest duty of one entry stands."""
        return self.duty(rule, now).status

    def findings(self, rule: str, now: str = FAR_OFF) -> list[Finding]:
        """The findings of one rule."""
        return [finding for finding in self.assess(now).findings if finding.rule == rule]

    def severities(self, rule: str) -> list[Severity]:
        """How grave each finding of one rule is."""
        return [finding.severity for finding in self.findings(rule)]

    def advice(self) -> set[str]:
        """The clauses that give advice."""
        return {guidance.rule for guidance in self.assess().guidance}

    def under(self, policy: Policy) -> "Case":
        """The same history under another policy."""
        return replace(self, policy=policy)


def last_day_in_time(case: Case, rule: str) -> str:
    """The last day on which the latest duty of an entry is not late: open as it ends, missed as the next begins."""
    duty = case.duty(rule, case.events[-1].recorded_at.isoformat())
    assert duty.due_on is not None, f"{rule} has no day: {duty.missing}"
    assert case.duty(rule, f"{duty.due_on}T23:59:59").status is Status.OPEN
    assert case.duty(rule, f"{duty.due_on + timedelta(1)}T00:00:00").status is Status.MISSED
    return duty.due_on.isoformat()


def child(born: str = "2018-06-01", known: str = "2025-03-03") -> Case:
    """A child known to the authority, and nothing else yet."""
    case = Case()
    case.tell("child_registered", known, dob=born)
    return case


def asked_for(requested: str = "2025-03-10", *, born: str = "2018-06-01") -> Case:
    """A child for whom an initial conference was asked for."""
    case = child(born, requested)
    case.tell("initial_conference_requested", requested, requested_by="csc")
    return case


def booked(conference: str = "2025-03-24", *, born: str = "2018-06-01", requested: str = "2025-03-10") -> Case:
    """A child whose initial conference (meeting ICPC) is set for a day."""
    case = asked_for(requested, born=born)
    case.tell("initial_conference_scheduled", requested, meeting="ICPC", date=conference)
    return case


def at_conference(conference: str = "2025-03-24", *, born: str = "2018-06-01", requested: str = "2025-03-10") -> Case:
    """A child whose initial conference (meeting ICPC) is being held and has decided nothing yet."""
    case = booked(conference, born=born, requested=requested)
    case.tell("initial_conference_held", conference, meeting="ICPC")
    return case


def subject(category: str | None = "physical", **more: Anything) -> dict[str, Any]:
    """What the decision says that makes a child subject to a plan."""
    whole = {"decision": "subject", "category": category, "lead_professional": LEAD, "test_limb": "suffered", **more}
    return {name: value for name, value in whole.items() if value is not None}


def on_a_plan(
    conference: str = "2025-03-24",
    *,
    category: str = "physical",
    born: str = "2018-06-01",
    requested: str = "2025-03-10",
    policy: Policy | None = None,
) -> Case:
    """A child made subject to a plan at an initial conference (meeting ICPC) on a day."""
    case = at_conference(conference, born=born, requested=requested)
    case.policy = policy or case.policy
    assert case.decide("child_decision_made", conference, meeting="ICPC", **subject(category)) == ()
    return case


def at_review(
    held: str = "2025-06-16", *, category: str = "physical", conference: str = "2025-03-24", born: str = "2018-06-01"
) -> Case:
    """A child on a plan whose first review (meeting CPRC) is being held and has decided nothing yet."""
    case = on_a_plan(conference, category=category, born=born)
    case.tell("review_conference_held", held, meeting="CPRC")
    return case


def reviewed(held: str = "2025-06-16", *, category: str = "physical", conference: str = "2025-03-24") -> Case:
    """A child whose plan was continued at a first review."""
    case = at_review(held, category=category, conference=conference)
    assert case.decide("child_decision_made", held, meeting="CPRC", decision="continue", continuing_sh=True) == ()
    return case
