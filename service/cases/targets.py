"""Which cases an item concerns: by id or reference, opened if it may be, and wherever a corrected fact has copies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from events.catalogue.allocation import CaseReferenceAdded
from events.catalogue.corrections import EventCorrected, EventVoided
from events.catalogue.envelope import Item, Kind
from events.catalogue.registry import Catalogue
from events.store.log import Log, Stored
from service.cases.checks import changes_status
from service.cases.faults import Erased, Fault, NotPermitted, Unacceptable, UnknownCase
from service.cases.items import Copy, Placed
from service.identity.principal import Principal
from service.identity.roles import Permission


@dataclass
class Targets:
    """The cases of one request. `opened` are new ones, by the reference that opens each."""

    of_key: dict[str, UUID] = field(default_factory=dict)
    opened: dict[str, UUID] = field(default_factory=dict)


async def resolve(log: Log, authority: UUID, keys: Sequence[str]) -> Targets:
    """The cases that keys mean; a key that means none is left out. The authority's own stream is no case."""
    targets = Targets()
    for key in keys:
        case = await log.resolve(authority, key)
        if case is not None and case != authority:
            targets.of_key[key] = case
    return targets


def open_cases(
    told: Sequence[tuple[Placed, Sequence[str]]],
    targets: Targets,
    caller: Principal,
    catalogue: Catalogue,
    new: list[UUID],
) -> None:
    """Gives each key that means no case one of the ids in `new`, if the first item that names it may open a case.

    Raises UnknownCase otherwise: for a caller who may not open cases nothing tells the two apart.
    """
    for placed, keys in told:
        for key in keys:
            if key in targets.of_key:
                continue
            opens = catalogue[placed.item.type].opens_case and caller.may(Permission.OPEN_CASE)
            if not opens or placed.item.depends_on:
                raise UnknownCase
            targets.of_key[key] = targets.opened[key] = new.pop()


def references(copies: Sequence[Copy], targets: Targets, caller: Principal) -> dict[str, UUID]:
    """The callers' references that this request registers, each with its case."""
    registered = dict(targets.opened)
    for copy in copies:
        if isinstance(copy.item.data, CaseReferenceAdded):
            if not caller.may(Permission.OPEN_CASE):
                raise NotPermitted("Only integration clients choose references.")
            registered[copy.item.data.reference] = copy.case
    return registered


def corrected_fact(item: Item) -> UUID | None:
    """The fact that a correction names, or None for what is no correction."""
    return item.data.fact if isinstance(item.data, EventCorrected | EventVoided) else None


def cases_of(
    placed: Placed,
    named: Sequence[UUID],
    found: Mapping[UUID, Sequence[Stored]],
    caller: Principal,
    catalogue: Catalogue,
) -> list[UUID]:
    """The cases an item concerns: those it names, and for a correction every other that holds a copy of the fact.

    Raises:
        Unacceptable: The fact is not recorded in a case that is named, or is an announcement, which is never corrected.
        NotPermitted: It is a decision that this caller could not have taken.
        Erased: The fact's case has been erased.
    """
    fact = corrected_fact(placed.item)
    if fact is None:
        return list(dict.fromkeys(named))
    copies = found.get(fact, ())
    holding = {copy.case for copy in copies}
    if not copies or not holding.issuperset(named):
        raise Unacceptable([Fault(f"{placed.pointer}/data/fact", "No fact of this id is recorded for this case.")])
    if any(copy.through is None for copy in copies):
        raise Erased
    corrected = catalogue[copies[0].type]
    if corrected.kind is Kind.ANNOUNCEMENT:
        raise Unacceptable([Fault(f"{placed.pointer}/data/fact", "Only what callers told can be corrected.")])
    if changes_status(corrected.name, catalogue) and not caller.may(Permission.DECIDE):
        raise NotPermitted("Your role does not put right this decision.")
    if placed.item.data.this_case_only:  # type: ignore[attr-defined]  # both corrections have it
        return list(named)
    return list(dict.fromkeys([*named, *(copy.case for copy in copies)]))
