"""The log against a model of it: whatever is asked, in whatever order, both answer alike."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from deploy.local.databases import Databases
from events.catalogue.envelope import Event
from events.store.log import Appended, Command, Draft, Log, Outcome, ReferenceTaken, Repeated, Stale
from tests.store.telling import draft, opened

REFERENCES = ["REF-1", "REF-2", "REF-3"]


@dataclass
class Model:
    """What a log must answer, written as plainly as can be."""

    log: list[tuple[UUID, int, UUID, int]] = field(default_factory=list)
    references: dict[str, UUID] = field(default_factory=dict)

    def version(self, case: UUID) -> int:
        return sum(each == case for each, *_ in self.log)

    def append(self, command: Command) -> Outcome | None:
        """What the answer must be; None where the command must be appended, and then it is."""
        known = {(fact, copy) for _, _, fact, copy in self.log}
        repeated = [each.fact for each in command.drafts if (each.fact, each.copy) in known]
        if repeated:
            return Repeated(tuple(dict.fromkeys(repeated)))
        actual = {case: self.version(case) for case in command.expected}
        if actual != dict(command.expected):
            return Stale(actual)
        for reference, case in command.references.items():
            if self.references.get(reference, case) != case:
                return ReferenceTaken(reference)
        self.log += [(each.case, each.version, each.fact, each.copy) for each in command.drafts]
        self.references |= command.references
        return None


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """A loop of its own: the machine's rules are no coroutines."""
    with asyncio.Runner() as runner:
        yield runner


def test_the_log_answers_as_its_model_does(databases: Databases, runner: asyncio.Runner) -> None:
    context = opened(databases.log_dsn, databases.keys_dsn)
    log = runner.run(context.__aenter__())

    class Machine(LogMachine):
        def __init__(self) -> None:
            super().__init__(runner, log)

    try:
        run_state_machine_as_test(
            Machine,
            settings=settings(max_examples=30, stateful_step_count=25, deadline=None, derandomize=True, database=None),
        )
    finally:
        runner.run(context.__aexit__(None, None, None))


class LogMachine(RuleBasedStateMachine):
    """Asks both the log and the model, and compares."""

    def __init__(self, runner: asyncio.Runner, log: Log) -> None:
        super().__init__()
        self.runner = runner
        self.log = log
        self.model = Model()
        self.authority = uuid4()
        self.cases = [uuid4() for _ in range(4)]
        self.told: list[Draft] = []

    @initialize()
    def create(self) -> None:
        self.runner.run(self.log.create_authority(self.authority, name="Example authority"))

    @rule(chosen=st.lists(st.integers(0, 3), min_size=1, max_size=4), references=st.sets(st.sampled_from(REFERENCES)))
    def tell(self, chosen: list[int], references: set[str]) -> None:
        """A command that fits, of one or several cases, unless its references are taken."""
        self._append(self._command([self.cases[each] for each in chosen], references))

    @rule(case=st.integers(0, 3), off=st.sampled_from([-2, -1, 1, 5]))
    def tell_too_late_or_too_early(self, case: int, off: int) -> None:
        version = self.model.version(self.cases[case]) + 1 + off
        if version > 0:
            told = draft(self.cases[case], version)
            self._append(Command(self.authority, {told.case: version - 1}, (told,)))

    @rule(case=st.integers(0, 3), version=st.integers(0, 3))
    def rest_on_another_case(self, case: int, version: int) -> None:
        told = self._command([uuid4()], set())
        self._append(replace(told, expected={**told.expected, self.cases[case]: version}))

    @precondition(lambda self: self.told)
    @rule(data=st.data(), alone=st.booleans())
    def tell_again(self, data: st.DataObject, alone: bool) -> None:  # noqa: FBT001 - Hypothesis passes by keyword
        again = data.draw(st.sampled_from(self.told))
        moved = replace(again, version=self.model.version(again.case) + 1)
        fresh = self._command([each for each in self.cases if each != again.case], set())
        drafts = (moved,) if alone else (*fresh.drafts, moved)
        expected = {each.case: each.version - 1 for each in drafts}
        self._append(Command(self.authority, expected, drafts))

    @rule(chosen=st.permutations(range(4)), stale=st.integers(0, 4))
    def tell_at_once(self, chosen: list[int], stale: int) -> None:
        """Commands of different cases in one group: each succeeds or fails by itself."""
        commands = [self._command([self.cases[each]], set()) for each in chosen]
        if stale < len(commands):
            late = draft(self.cases[chosen[stale]], 99)
            commands[stale] = Command(self.authority, {late.case: 98}, (late,))

        async def together() -> list[Outcome]:
            return await asyncio.gather(*map(self.log.append, commands))

        for command, outcome in sorted(
            zip(commands, self.runner.run(together()), strict=True), key=lambda pair: _position(pair[1])
        ):
            self._compare(command, outcome)

    @invariant()
    def both_hold_the_same(self) -> None:
        events = self.runner.run(self.log.read_after(self.authority, 0, 10_000))
        assert [(event.case, event.version, event.fact, event.copy) for event in events] == self.model.log
        assert [event.position for event in events] == list(range(1, len(events) + 1))
        found = self.runner.run(self.log.versions(self.authority, self.cases))
        assert found == {case: self.model.version(case) for case in self.cases}
        for reference in REFERENCES:
            assert self.runner.run(self.log.resolve(self.authority, reference)) == self.model.references.get(reference)
        case = self.cases[0]
        assert self.runner.run(self.log.read_case(self.authority, case)) == [
            event for event in events if isinstance(event, Event) and event.case == case
        ]

    def _command(self, cases: list[UUID], references: set[str]) -> Command:
        versions = {case: self.model.version(case) for case in cases}
        expected = dict(versions)
        drafts = []
        for case in cases:
            versions[case] += 1
            drafts.append(draft(case, versions[case]))
        return Command(self.authority, expected, tuple(drafts), dict.fromkeys(sorted(references), cases[0]))

    def _append(self, command: Command) -> None:
        self._compare(command, self.runner.run(self.log.append(command)))

    def _compare(self, command: Command, outcome: Outcome) -> None:
        expected = self.model.append(command)
        if expected is None:
            assert isinstance(outcome, Appended)
            self.told += command.drafts
        else:
            assert outcome == expected


def _position(outcome: Outcome) -> int:
    return outcome.events[0].position if isinstance(outcome, Appended) else 0
