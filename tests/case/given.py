"""Given / when / then for one case, in memory: tell it things, move its clock, ask what they mean."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from pydantic_core import to_json

from events.calendars import snapshots
from events.calendars.counting import Calendar
from events.case.answer import Assessment, Duty, Finding
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
    """An instant: noon of a local day, unless an instant is given."""
    if isinstance(day, datetime):
        return day
    if isinstance(day, str) and "T" in day:
        return datetime.fromisoformat(day).astimezone(UTC)
    local = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(local, time(12), LOCAL).astimezone(UTC)


@dataclass
class Case:
    """One case under one pack. Facts are recorded at noon of the day they were true, unless `recorded` says otherwise."""

    policy: Policy = field(default_factory=lambda: pack("staffordshire"))
    calendar: Calendar = field(default_factory=england)
    events: list[Event] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    id: UUID = CASE

    @property
    def policies(self) -> Policies:
        """The pack, in force since long before."""
        return Policies([Activation(self.policy, date(1990, 1, 1))])

    def candidate(  # noqa: PLR0913  # what an envelope holds
        self,
        type_: str,
        on: str,
        *,
        recorded: str | None = None,
        meeting: str | None = None,
        role: str = "social_worker",
        copy: int = 0,
        envelope: dict[str, Any] | None = None,
        **data: Any,
    ) -> Event:
        """An event as it would stand next in the log, not told yet. `on` is a day, or an instant with its offset."""
        entry = the_catalogue()[type_]
        position = len(self.events) + 1
        whole: dict[str, Any] = {
            "source": "test",
            "id": f"{type_}-{position}",
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

    def tell(self, type_: str, on: str, **more: Any) -> Event:
        """Record something, whatever it breaks. Facts and reported decisions are always kept."""
        event = self.candidate(type_, on, **more)
        self.events.append(event)
        return event

    def decide(self, type_: str, on: str, **more: Any) -> tuple[str, ...]:
        """Try a decision here: it is recorded unless refused. Returns the ids of the rules that refused it."""
        candidate = self.candidate(type_, on, **more)
        (outcome,) = decide(
            the_engine().assessor, self.events, [candidate], self.policies, self.calendar, candidate.recorded_at
        )
        self.decided.append(outcome)
        if outcome.accepted:
            self.events.append(candidate)
        return tuple(refusal.rule for refusal in outcome.refusals)

    def correct(self, event: Event, on: str, **change: Any) -> Event:
        """Correct an event told before."""
        return self.tell("event_corrected", on, fact=str(event.fact), reason="Typed wrongly.", **change)

    def void(self, event: Event, on: str) -> Event:
        """Void an event told before."""
        return self.tell("event_voided", on, fact=str(event.fact), reason="Never happened.")

    def assess(self, now: str) -> Assessment:
        """What it all means at noon of a day, or at an instant."""
        return the_engine().assessor.assess(self.events, self.policies, self.calendar, at(now))

    def duties(self, rule: str, now: str) -> list[Duty]:
        """Every duty of one entry, oldest first."""
        return [duty for duty in self.assess(now).duties if duty.rule == rule]

    def duty(self, rule: str, now: str) -> Duty:
        """The latest duty of one entry."""
        return self.duties(rule, now)[-1]

    def findings(self, rule: str, now: str = "2030-01-01") -> list[Finding]:
        """The findings of one rule."""
        return [finding for finding in self.assess(now).findings if finding.rule == rule]

    def under(self, policy: Policy) -> "Case":
        """The same history under another policy."""
        return replace(self, policy=policy)


def on_a_plan(  # noqa: PLR0913  # the usual beginning, each part of which some test varies
    conference: str = "2025-03-24",
    *,
    category: str = "physical",
    born: str = "2018-06-01",
    requested: str = "2025-03-10",
    policy: Policy | None = None,
) -> Case:
    """A child made subject to a plan at an initial conference (meeting ICPC) on a day."""
    case = Case(policy or pack("staffordshire"))
    case.tell("child_registered", requested, dob=born)
    case.tell("initial_conference_requested", requested, requested_by="csc")
    case.tell("initial_conference_scheduled", requested, meeting="ICPC", date=conference)
    case.tell("initial_conference_held", conference, meeting="ICPC")
    lead = {"person": {"ref": "W1"}, "qualified_sw": True}
    refused = case.decide(
        "child_decision_made",
        conference,
        meeting="ICPC",
        decision="subject",
        category=category,
        lead_professional=lead,
        test_limb="suffered",
    )
    assert refused == ()
    return case
