"""Telling Planclock what happened: decided in the light of what is there, appended whole, answered from the log."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from events.case.answer import Refusal
from events.case.reaching import reached
from events.case.story import Stage
from events.catalogue.announcements import DecisionRefused
from events.catalogue.envelope import Event, Kind
from events.store.log import Appended, Command, ReferenceTaken
from service.cases import faults
from service.cases.answering import Answer, Taken, answered
from service.cases.cases import Cases
from service.cases.checks import check_past, check_permitted, check_places
from service.cases.corrections import check_correction
from service.cases.deciding import Decided, Session, Standing, drafts
from service.cases.items import Copy, canonical
from service.cases.merging import check_merged
from service.cases.reach import within_reach
from service.cases.situation import Situation, Telling, look
from service.cases.targets import references

ATTEMPTS = 3
"""How often a request is decided anew because others wrote to its case meanwhile."""


async def tell(cases: Cases, telling: Telling) -> Answer:
    """Take in what is told and answer for each case it concerns, the one in the address first.

    Raises:
        Declined: Any of its kinds; then nothing was recorded.
    """
    check_permitted(telling.told, telling.caller, cases.catalogue)
    check_places(telling.told, over_cases=telling.key is None)
    async with cases.turns.at(telling.caller.authority, telling.all_keys):
        for _ in range(ATTEMPTS):
            answer = await _once(cases, telling)
            if answer is not None:
                return answer
    raise faults.Contended


async def _once(cases: Cases, telling: Telling) -> Answer | None:
    """Decide and append once. None when somebody else was faster, so that all must be looked at anew."""
    situation = await look(cases, telling)
    with within_reach(situation.in_force):
        decided, dropped = _decide(cases, telling, situation)
        if telling.dry_run or not decided:
            await telling.reader.settle()
            return await _answer(cases, telling, situation, decided, [each.event for each in decided], dropped)
        _rehearse(cases, situation, decided)
        outcome = await cases.log.append(await _command(cases, telling, situation, decided))
        if isinstance(outcome, ReferenceTaken) and outcome.reference not in situation.targets.opened:
            raise faults.ReferenceTaken
        if not isinstance(outcome, Appended):
            return None
        await telling.reader.settle(told={event.case for event in outcome.events})
        return await _answer(cases, telling, situation, decided, outcome.events, dropped)


def _decide(cases: Cases, telling: Telling, situation: Situation) -> tuple[list[Decided], list[Decided]]:
    """What is to be appended for the copies that are new, and refusals that no case is there to record.

    With `reject_all` and anything refused that is the refusals alone; a case that is not there yet is not opened then.
    """
    new = situation.new
    check_past(telling.told, situation.now)
    for copy in new:
        check_correction(copy, situation.histories[copy.case], situation.now)
    check_merged(new, situation.histories, lambda case: _on_a_plan(cases, situation, case))
    _check_versions(telling, situation, new)
    standing = Standing({case: list(events) for case, events in situation.histories.items()})
    _remember_refusals(situation, standing)
    session = Session(
        assessor=cases.assessor,
        catalogue=cases.catalogue,
        in_force=situation.in_force,
        authority=telling.caller.authority,
        recorder=telling.caller.recorder,
        now=situation.now,
    )
    decided = session.decide(new, standing)
    if telling.reject_all and (_refused_before(situation) or any(each.refused for each in decided)):
        opened = set(situation.targets.opened.values())
        refused = [each for each in decided if each.refused]
        return (
            [each for each in refused if each.copy.case not in opened],
            [each for each in refused if each.copy.case in opened],
        )
    return decided, []


def _on_a_plan(cases: Cases, situation: Situation, case: UUID) -> bool:
    in_force, events = situation.in_force, situation.histories[case]
    if not events:
        return False
    state = cases.assessor.assess(events, in_force.policies, in_force.calendar, situation.now).state
    return bool(state["stage"] == Stage.ACTIVE.value)


def _check_versions(telling: Telling, situation: Situation, new: Sequence[Copy]) -> None:
    """Raises VersionPassed where a caller went by a version that something else has overtaken (412)."""
    before: Counter[UUID] = Counter()
    for copy in new:
        events = situation.histories[copy.case]
        for version in (telling.if_match, copy.item.expected_version):
            if version is not None and _overtaken(events, version, before[copy.case]):
                raise faults.VersionPassed({copy.case: len(events)})
        before[copy.case] += 1


def _overtaken(events: Sequence[Event], version: int, told_before: int) -> bool:
    """Whether anything but announcements came after `version`, or it lies beyond what is there and is told with it."""
    return version > len(events) + told_before or any(event.kind is not Kind.ANNOUNCEMENT for event in events[version:])


def _remember_refusals(situation: Situation, standing: Standing) -> None:
    """Items refused in earlier requests still take with them what depends on them."""
    for copy in situation.copies:
        if copy.key in situation.repeated:
            event = situation.stored_event(copy)
            if isinstance(event.data, DecisionRefused):
                standing.refused[copy.item.id][copy.case] = _reasons(event.data)
    for name, fact in situation.depended.items():
        for case, events in situation.histories.items():
            for event in events:
                if event.fact == fact and isinstance(event.data, DecisionRefused):
                    standing.refused[name][case] = _reasons(event.data)


def _reasons(refused: DecisionRefused) -> list[Refusal]:
    return [Refusal(each.rule, each.cite, each.message, each.missing, override="nobody") for each in refused.reasons]


def _refused_before(situation: Situation) -> bool:
    return any(isinstance(situation.stored_event(copy).data, DecisionRefused) for copy in _repeated(situation))


def _repeated(situation: Situation) -> list[Copy]:
    return [copy for copy in situation.copies if copy.key in situation.repeated]


def _rehearse(cases: Cases, situation: Situation, decided: Sequence[Decided]) -> None:
    """Assess each case as it is about to stand, unless it is beyond doubt that policies and calendar reach all of it.

    What they do not reach must not get into the log.
    """
    coming: dict[UUID, list[Event]] = {}
    for each in decided:
        coming.setdefault(each.copy.case, []).append(each.event)
    policies, calendar = situation.in_force.policies, situation.in_force.calendar
    for case, events in coming.items():
        whole = [*situation.histories[case], *events]
        if not reached(whole, policies, calendar, situation.now):
            cases.assessor.assess(whole, policies, calendar, situation.now)


async def _command(cases: Cases, telling: Telling, situation: Situation, decided: Sequence[Decided]) -> Command:
    authority = telling.caller.authority
    versions = {each.copy.case: len(situation.histories[each.copy.case]) for each in decided}
    digests = {
        each.copy.key: await cases.log.request_digest(authority, each.copy.case, canonical(each.copy.item))
        for each in decided
    }
    kept = [each.copy for each in decided if not each.refused]
    return Command(
        authority=authority,
        expected=versions,
        drafts=tuple(drafts(decided, versions, digests)),
        references=references(kept, situation.targets, telling.caller),
    )


async def _answer(  # noqa: PLR0913, PLR0917  # all that became of one request
    cases: Cases,
    telling: Telling,
    situation: Situation,
    decided: Sequence[Decided],
    events: Sequence[Event],
    dropped: Sequence[Decided],
) -> Answer:
    """The answer, from the events as recorded, or as they would be in a dry run."""
    taken = {each.copy.key: Taken(each.copy, event) for each, event in zip(decided, events, strict=True)}
    taken |= {each.copy.key: Taken(each.copy, each.event, recorded=False) for each in dropped}
    taken |= {copy.key: Taken(copy, situation.stored_event(copy)) for copy in _repeated(situation)}
    in_order = [taken.get(copy.key, Taken(copy, None)) for copy in situation.copies]
    return await answered(cases, telling, situation, in_order, events)
