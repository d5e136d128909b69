"""Everything a request is decided by, read just before: its cases, what was told before, the rules and the time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID

from events.catalogue.envelope import Event
from events.policies.activated import InForce
from events.store.log import Stored
from service.cases.access import Reader
from service.cases.cases import Cases
from service.cases.deciding import REFUSED
from service.cases.faults import Erased, Fault, ToldOtherwise, Unacceptable
from service.cases.items import Copy, Placed, canonical, children_named
from service.cases.merging import goes_on, merging
from service.cases.targets import Targets, cases_of, corrected_fact, open_cases, resolve
from service.identity.principal import Principal


@dataclass(frozen=True)
class Telling:
    """What is told, by whom, and how it is to be taken.

    `key` is the case that the address names, None where each item names its own. `if_match` is the version the caller
    goes by. `dry_run` appends nothing. `reject_all`: when one decision is refused nothing but the refusals is kept.
    """

    reader: Reader
    told: tuple[Placed, ...]
    key: str | None
    if_match: int | None = None
    dry_run: bool = False
    reject_all: bool = False

    @property
    def caller(self) -> Principal:
        """Who tells it."""
        return self.reader.caller

    def keys(self, placed: Placed) -> Sequence[str]:
        """The cases one item names, as the caller calls them."""
        named = (self.key,) if self.key is not None else placed.item.cases or ()
        into = goes_on(placed.item)
        return (*(each for each in named if each != into), into) if into is not None else named

    @property
    def all_keys(self) -> list[str]:
        """Every case that is named, once, in order."""
        return list(dict.fromkeys(key for placed in self.told for key in self.keys(placed)))


@dataclass(frozen=True)
class Situation:
    """`copies` in order; those in `repeated` are in the log already. `depended`: earlier items that new ones need."""

    targets: Targets
    copies: tuple[Copy, ...]
    repeated: Mapping[tuple[UUID, int], Stored]
    depended: Mapping[str, UUID]
    histories: Mapping[UUID, list[Event]]
    in_force: InForce
    now: datetime
    sandbox: bool

    @property
    def new(self) -> list[Copy]:
        """The copies that are not in the log yet, each once however often it was sent in this request."""
        return list({copy.key: copy for copy in reversed(self.copies) if copy.key not in self.repeated}.values())[::-1]

    def stored_event(self, copy: Copy) -> Event:
        """What the log holds of a copy that is repeated."""
        return self.histories[copy.case][self.repeated[copy.key].version - 1]


async def look(cases: Cases, telling: Telling) -> Situation:
    """The situation as it is now.

    Raises:
        UnknownCase, Unacceptable, NotPermitted: What is told cannot concern what it names.
        ToldOtherwise: An item's source and id already stand for something else.
        Erased: What is told again has been erased.
    """
    log, authority = cases.log, telling.caller.authority
    targets = await resolve(log, authority, telling.all_keys)
    new_ids = [cases.new_id() for key in telling.all_keys if key not in targets.of_key]
    open_cases(
        [(placed, telling.keys(placed)) for placed in telling.told], targets, telling.caller, cases.catalogue, new_ids
    )
    facts = [await log.fact_id(authority, placed.item.source, placed.item.id) for placed in telling.told]
    depended = await _depended(cases, telling)
    corrected = [fact for placed in telling.told if (fact := corrected_fact(placed.item)) is not None]
    found = await log.find(authority, {*facts, *corrected, *depended.values()})
    children = {**targets.of_key, **await _children(cases, telling, targets)}
    copies, repeated = await _copies(cases, telling, facts, targets, found, children)
    opened = set(targets.opened.values())
    touched = dict.fromkeys(copy.case for copy in copies)
    histories = {case: [] if case in opened else await telling.reader.events(case) for case in touched}
    now, version = await log.standing(authority)
    return Situation(
        targets=targets,
        copies=copies,
        repeated=repeated,
        depended=depended,
        histories=histories,
        in_force=await cases.rules.of(authority, version),
        now=now,
        sandbox=await cases.authorities.is_sandbox(authority),
    )


async def _depended(cases: Cases, telling: Telling) -> dict[str, UUID]:
    """The facts of earlier requests that items depend on, by the caller's id. Raises Unacceptable for a later one."""
    order = {(placed.item.source, placed.item.id): index for index, placed in reversed([*enumerate(telling.told)])}
    late = [
        Fault(f"{placed.pointer}/depends_on", "Names an item that is told after this one.")
        for index, placed in enumerate(telling.told)
        for name in placed.item.depends_on
        if order.get((placed.item.source, name), -1) >= index
    ]
    if late:
        raise Unacceptable(late)
    return {
        name: await cases.log.fact_id(telling.caller.authority, placed.item.source, name)
        for placed in telling.told
        for name in placed.item.depends_on
        if (placed.item.source, name) not in order
    }


async def _children(cases: Cases, telling: Telling, targets: Targets) -> dict[str, UUID]:
    """The cases of children whom an attendance names and the request does not."""
    named = {name for placed in telling.told for name in children_named(placed.item)} - targets.of_key.keys()
    return (await resolve(cases.log, telling.caller.authority, sorted(named))).of_key


async def _copies(  # noqa: PLR0913, PLR0917  # what was looked up, each for its own use
    cases: Cases,
    telling: Telling,
    facts: Sequence[UUID],
    targets: Targets,
    found: Mapping[UUID, Sequence[Stored]],
    children: Mapping[str, UUID],
) -> tuple[tuple[Copy, ...], dict[tuple[UUID, int], Stored]]:
    copies: list[Copy] = []
    repeated: dict[tuple[UUID, int], Stored] = {}
    within: dict[UUID, tuple[bytes, list[UUID]]] = {}
    for placed, fact in zip(telling.told, facts, strict=True):
        named = [targets.of_key[key] for key in telling.keys(placed)]
        concerned = cases_of(placed, named, found, telling.caller, cases.catalogue)
        told, joined = (canonical(placed.item), concerned), merging(placed, concerned, targets.of_key)
        if within.setdefault(fact, told) != told:
            raise ToldOtherwise([placed.pointer])
        stored = await _as_stored(cases, telling, placed, found.get(fact, ()), named)
        free = (number for number in count() if number not in {copy.copy for copy in stored.values()})
        for case in concerned:
            number = stored[case].copy if case in stored else next(free)
            called = frozenset(name for name, child in children.items() if child == case)
            copies.append(Copy(placed, fact, case, number, called, joined))
            if case in stored:
                repeated[fact, number] = stored[case]
    return tuple(copies), repeated


async def _as_stored(
    cases: Cases, telling: Telling, placed: Placed, stored: Sequence[Stored], named: Iterable[UUID]
) -> dict[UUID, Stored]:
    """The stored copies that an item repeats, by case. Raises ToldOtherwise when it says something else.

    A copy may be wanting only where nothing but refusals was kept of the item, because it was told all or nothing.
    """
    if any(copy.through is None for copy in stored):
        raise Erased
    by_case = {copy.case: copy for copy in stored}
    told = canonical(placed.item)
    for case in named if stored else ():
        if case not in by_case:
            if any(copy.type != REFUSED for copy in stored):
                raise ToldOtherwise([placed.pointer])
            continue
        digest = await cases.log.request_digest(telling.caller.authority, case, told)
        if digest != by_case[case].request_digest:
            raise ToldOtherwise([placed.pointer])
    return by_case
