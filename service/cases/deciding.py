"""Taking items in their order, each seeing those before it: what stands, and what is refused in its place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from events.case.answer import Refusal
from events.case.assess import Assessor
from events.case.decide import decide, falls_with
from events.catalogue.announcements import DecisionRefused, Reason
from events.catalogue.envelope import Event, Kind, Recorder
from events.catalogue.registry import Catalogue
from events.policies.activated import InForce
from events.store.log import Draft
from service.cases.items import Copy

REFUSED = "decision_refused"


@dataclass(frozen=True)
class Decided:
    """What one copy of an item comes to: the event to append, a refusal in its place if it was refused."""

    copy: Copy
    event: Event
    refused: bool


@dataclass
class Standing:
    """Everything decided so far: each case's events, and each refused item's reasons by case."""

    events: dict[UUID, list[Event]]
    refused: defaultdict[str, dict[UUID, Sequence[Refusal]]] = field(default_factory=lambda: defaultdict(dict))


@dataclass(frozen=True)
class Session:
    """What all items of one request are decided by: rules, time, and who tells them."""

    assessor: Assessor
    catalogue: Catalogue
    in_force: InForce
    authority: UUID
    recorder: Recorder
    now: datetime

    def decide(self, copies: Iterable[Copy], standing: Standing) -> list[Decided]:
        """Decide each copy in order; `standing` grows by what stands and by what is refused."""
        told = list(copies)
        return [self._decide(copy, standing, told[number:]) for number, copy in enumerate(told, 1)]

    def _decide(self, copy: Copy, standing: Standing, later: Sequence[Copy]) -> Decided:
        past = standing.events[copy.case]
        candidate = self._candidate(copy, past)
        refusals = falls_with(candidate, _lost(copy, standing))
        if not refusals and candidate.refusable:
            beside = [each for each in later if each.case == copy.case]
            coming = [self._candidate(each, past, after=place) for place, each in enumerate(beside, 1)]
            asked = replace(candidate, item=copy.item)
            (decided,) = decide(
                self.assessor, past, [asked], self.in_force.policies, self.in_force.calendar, self.now, coming
            )
            refusals = decided.refusals
        if refusals:
            standing.refused[copy.item.id][copy.case] = refusals
            candidate = self._refusal(candidate, refusals)
        past.append(candidate)
        return Decided(copy, candidate, refused=bool(refusals))

    def _candidate(self, copy: Copy, past: Sequence[Event], *, after: int = 0) -> Event:
        """The event a copy would be, `after` so many others that are told before it."""
        entry = self.catalogue[copy.item.type]
        return Event(
            authority=self.authority,
            case=copy.case,
            position=(past[-1].position if past else 0) + 1 + after,
            version=len(past) + 1 + after,
            through=len(past) + 1 + after,
            fact=copy.fact,
            copy=copy.number,
            kind=entry.kind,
            schema_version=entry.schema_version,
            recorded_at=self.now,
            recorded_by=self.recorder,
            item=copy.kept,
        )

    def _refusal(self, candidate: Event, refusals: Sequence[Refusal]) -> Event:
        """The announcement that takes a refused item's place, under the same fact, so that a retry finds it."""
        entry, item = self.catalogue[REFUSED], candidate.item
        data = DecisionRefused(
            refused=item.type,
            item=item.model_dump(mode="json", exclude_none=True),
            reasons=tuple(
                Reason(rule=each.rule, cite=each.cite, message=each.message, missing=each.missing) for each in refusals
            ),
        )
        told = entry.item(
            source=item.source, id=item.id, type=REFUSED, occurred_at=self.now, meeting=item.meeting, data=data
        )
        return replace(candidate, kind=Kind.ANNOUNCEMENT, schema_version=entry.schema_version, item=told)


def drafts(
    decided: Sequence[Decided], versions: Mapping[UUID, int], digests: Mapping[tuple[UUID, int], bytes]
) -> list[Draft]:
    """What to append: versions follow those each case has now, and `through` is where this command leaves it."""
    through = Counter(each.copy.case for each in decided)
    next_version = {case: versions[case] for case in through}
    found: list[Draft] = []
    for each in decided:
        event, case = each.event, each.copy.case
        next_version[case] += 1
        found.append(
            Draft(
                case=case,
                version=next_version[case],
                through=versions[case] + through[case],
                fact=event.fact,
                copy=event.copy,
                kind=event.kind,
                schema_version=event.schema_version,
                recorded_by=event.recorded_by,
                item=event.item,
                request_digest=digests[event.fact, event.copy],
            )
        )
    return found


def _lost(copy: Copy, standing: Standing) -> dict[str, Sequence[Refusal]]:
    """The refused items that this one depends on: refused in its own case, or in others and never told for its own."""
    lost: dict[str, Sequence[Refusal]] = {}
    for name in copy.item.depends_on:
        by_case = standing.refused.get(name)
        if not by_case:
            continue
        if copy.case in by_case:
            lost[name] = by_case[copy.case]
        elif not any(event.item.id == name for event in standing.events[copy.case]):
            lost[name] = next(iter(by_case.values()))
    return lost
