"""What a caller is told after telling: worked out from the log alone, so that a repetition gets the same bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from events.catalogue.announcements import DecisionRefused
from events.catalogue.envelope import Event
from events.policies.activated import InForce
from service.cases.cases import Cases
from service.cases.items import Copy
from service.cases.showing import Plain, shown_assessment
from service.cases.situation import Situation, Telling


@dataclass(frozen=True)
class Taken:
    """What became of one copy of an item: its event, a refusal in its place, or None where it was left out.

    A refusal is not `recorded` when it concerns a case that was never opened because of it.
    """

    copy: Copy
    event: Event | None
    recorded: bool = True

    @property
    def refusal(self) -> DecisionRefused | None:
        """Why it was refused, if it was."""
        return self.event.data if self.event is not None and isinstance(self.event.data, DecisionRefused) else None


@dataclass(frozen=True)
class Answer:
    """What became of a request. `stands` is false when nothing of it was kept but refusals, because of them."""

    cases: tuple[Plain, ...]
    refused: tuple[Plain, ...]
    position: int | None
    stands: bool


async def answered(
    cases: Cases, telling: Telling, situation: Situation, taken: Sequence[Taken], new: Sequence[Event]
) -> Answer:
    """The answer for every case that is concerned, each as the last of this request's events left it.

    Each is worked out by the activations up to its own position, so that a repetition comes to the same.
    """
    by_case: dict[UUID, list[Taken]] = {}
    for each in taken:
        by_case.setdefault(each.copy.case, []).append(each)
    answers = []
    for case, of_case in by_case.items():
        events = _upto(situation, case, of_case, new)
        if events:
            upto = None if telling.dry_run else events[-1].position
            in_force = await cases.rules.of(telling.caller.authority, upto=upto)
            answers.append(_case(cases, situation, in_force, events, of_case, dry_run=telling.dry_run))
    refused = tuple(_refused(taken))
    alone = len(taken) == 1 and len(telling.told) == 1
    return Answer(
        cases=tuple(answers),
        refused=refused,
        position=None if telling.dry_run else max((answer["position"] for answer in answers), default=None),
        stands=not refused or not (alone or telling.reject_all),
    )


def _upto(situation: Situation, case: UUID, taken: Iterable[Taken], new: Sequence[Event]) -> list[Event]:
    """The case's events as this request left them; for one repeated whole, as its own command left them then."""
    history = situation.histories[case]
    coming = [event for event in new if event.case == case]
    through = max((each.event.through for each in taken if each.event and each.recorded), default=len(history))
    return [*history, *coming] if coming else history[:through]


def _case(  # noqa: PLR0913  # the whole of one answer
    cases: Cases,
    situation: Situation,
    in_force: InForce,
    events: Sequence[Event],
    taken: Sequence[Taken],
    *,
    dry_run: bool,
) -> Plain:
    last = events[-1]
    assessment = cases.assessor.assess(events, in_force.policies, in_force.calendar, last.recorded_at)
    opened = last.case in situation.targets.opened.values()
    return {
        "case": None if dry_run and opened else last.case,
        "version": last.version,
        "position": None if dry_run else last.position,
        "events": [_outcome(each, dry_run=dry_run) for each in taken],
        **shown_assessment(assessment),
        "refused": list(_refused(taken)),
        "sandbox": situation.sandbox,
    }


def _outcome(taken: Taken, *, dry_run: bool) -> Plain:
    """What became of one item in one case."""
    event = taken.event
    placed = taken.recorded and not dry_run
    return {
        "id": taken.copy.item.id,
        "fact": taken.copy.fact,
        "type": taken.copy.item.type,
        "outcome": "left_out" if event is None else "refused" if taken.refusal else "recorded",
        "version": event.version if event and taken.recorded else None,
        "position": event.position if event and placed else None,
        "recorded_at": event.recorded_at if event and placed else None,
    }


def _refused(taken: Iterable[Taken]) -> Iterable[Plain]:
    """Each refused item with its reasons."""
    for each in taken:
        refusal = each.refusal
        if refusal is not None:
            yield {
                "id": each.copy.item.id,
                "fact": each.copy.fact,
                "case": each.copy.case,
                "type": refusal.refused,
                "reasons": [reason.model_dump(mode="json") for reason in refusal.reasons],
            }
