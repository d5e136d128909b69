"""What an item must be before its case is looked at: allowed to this caller, in its place, and not yet to come."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from events.catalogue.allocation import CasesMerged
from events.catalogue.envelope import LOCAL, OURS, Basis, Item, Kind
from events.catalogue.past import past_dates
from events.catalogue.registry import Catalogue
from service.cases.faults import Fault, NotPermitted, Unacceptable
from service.cases.items import Placed
from service.cases.merging import MERGES
from service.identity.principal import Principal
from service.identity.roles import Permission, Role, Scope

STATUS_TOPICS = frozenset({"decisions", "endings"})
"""The topics whose decisions change a child's status: who may only tell facts may not take these."""

TAKING_ON = "case_taken_on"
"""Says at once what conferences have decided elsewhere."""

ALSO_THE_CHAIRS = frozenset({"minutes_signed"})


def changes_status(event_type: str, catalogue: Catalogue) -> bool:
    """Whether only those who may decide may tell this, or put it right afterwards."""
    entry = catalogue[event_type]
    return entry.kind is Kind.DECISION and (entry.topic in STATUS_TOPICS or event_type in ALSO_THE_CHAIRS)


def check_permitted(told: Sequence[Placed], caller: Principal, catalogue: Catalogue) -> None:
    """Raises NotPermitted for what this caller may not tell, Unacceptable where the person who decided is missing."""
    for each in told:
        _check_permitted(each.item, caller, catalogue)
    if caller.role is Role.INTEGRATION_CLIENT and Scope.ACT_FOR_ANYONE not in caller.scopes:
        _raise(
            Fault(f"{each.pointer}/decided_by", "Say which person decided this; a system decides nothing.")
            for each in told
            if each.item.basis is Basis.HERE and each.item.decided_by is None
        )


def check_places(told: Sequence[Placed], *, over_cases: bool) -> None:
    """Raises Unacceptable where an item names cases and must not, or none and must, or one twice, or speaks for us."""
    _raise(fault for each in told for fault in _misplaced(each.item, each.pointer, over_cases=over_cases))


def check_past(told: Sequence[Placed], now: datetime) -> None:
    """Raises Unacceptable for what is said to have happened after `now`."""
    _raise(fault for each in told for fault in yet_to_come(each.item, each.pointer, now))


def yet_to_come(item: Item, pointer: str, now: datetime) -> Iterator[Fault]:
    """What `item` says that cannot have happened by `now`."""
    today = now.astimezone(LOCAL).date()
    if item.occurred_at is not None and item.occurred_at > now:
        yield Fault(f"{pointer}/occurred_at", "Lies in the future; an event has already happened.")
    if item.occurred_on is not None and item.occurred_on > today:
        yield Fault(f"{pointer}/occurred_on", "Lies in the future; an event has already happened.")
    if item.reported is not None and item.reported.date > today:
        yield Fault(f"{pointer}/reported/date", "Lies in the future; what is reported has already been decided.")
    for place, day in past_dates(item.data):
        if day > today:
            yield Fault(f"{pointer}/data{place}", "Lies in the future; this can only have happened already.")


def _check_permitted(item: Item, caller: Principal, catalogue: Catalogue) -> None:
    if changes_status(item.type, catalogue) and not caller.may(Permission.DECIDE):
        raise NotPermitted("Your role does not take this decision.")
    if item.basis is Basis.REPORTED and Scope.REPORT_DECISIONS not in caller.scopes:
        raise NotPermitted("Telling of decisions taken elsewhere needs the scope decisions:report.")
    if item.historical_import and Scope.REPORT_DECISIONS not in caller.scopes:
        raise NotPermitted("Importing history needs the scope decisions:report.")
    if item.type == TAKING_ON and not (caller.may(Permission.OPEN_CASE) and Scope.REPORT_DECISIONS in caller.scopes):
        raise NotPermitted("Taking on a case is for an integration client with the scope decisions:report.")
    if item.type == MERGES and not caller.may(Permission.OPEN_CASE):
        raise NotPermitted("Only integration clients merge cases.")
    if item.override is not None and not caller.may(Permission.OVERRIDE):
        raise NotPermitted("Only a head of service sets a rule aside.")


def _misplaced(item: Item, pointer: str, *, over_cases: bool) -> Iterator[Fault]:
    if over_cases and item.cases is None:
        yield Fault(f"{pointer}/cases", "Name the cases this concerns.")
    if not over_cases and item.cases is not None:
        yield Fault(f"{pointer}/cases", "The address names the case; to tell of several, use /v1/events.")
    if isinstance(item.data, CasesMerged) and item.data.merged is not None:
        yield Fault(f"{pointer}/data/merged", "Planclock fills this in.")
    if item.source == OURS:
        yield Fault(f"{pointer}/source", "This source is Planclock's own; name your system.")
    if item.cases is not None and len(set(item.cases)) != len(item.cases):
        yield Fault(f"{pointer}/cases", "Names a case twice.")


def _raise(faults: Iterator[Fault]) -> None:
    found = list(faults)
    if found:
        raise Unacceptable(found)
