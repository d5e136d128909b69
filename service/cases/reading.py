"""Reading one case: as it is now, as it stood at a version, as it was known at an instant, or as it was true at one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from events.calendars.counting import ONE_DAY
from events.case.answer import Assessment
from events.case.assess import ENGINE
from events.case.history import history
from events.case.standing import begins
from events.catalogue.envelope import LOCAL, Event, Kind
from events.policies.activated import InForce
from events.store.append import MICROSECOND
from events.store.log import Head
from service.cases.access import Reader
from service.cases.cases import Cases
from service.cases.faults import Fault, NotReached, Unacceptable, UnknownCase
from service.cases.reach import within_reach
from service.cases.showing import Plain, shown_assessment

Instant = datetime | date
"""An instant, or a date: the end of that local day."""


@dataclass(frozen=True)
class When:
    """Which of the three questions is asked; all None asks how the case stands now."""

    version: int | None = None
    known_at: Instant | None = None
    true_at: Instant | None = None
    min_position: int | None = None


@dataclass(frozen=True)
class Reading:
    """One case at one moment: the events that count, what they mean, and what the answer rests on."""

    case: UUID
    events: tuple[Event, ...]
    assessment: Assessment
    in_force: InForce
    now: datetime
    position: int
    chain: bytes
    provisional: bool
    sandbox: bool

    @property
    def version(self) -> int:
        """The version of the case up to which its events count."""
        return self.events[-1].version

    def grounds(self) -> Plain:
        """What the answer rests on: with the same of these and the same rights the same bytes come out."""
        today = self.now.astimezone(LOCAL).date()
        policy = self.in_force.policies.on(max(today, self.in_force.policies.activations[0].effective_from)).policy
        return {
            "now": self.now,
            "position": self.position,
            "chain": self.chain.hex(),
            "policy": {"id": policy.id, "version": policy.version, "digest": policy.digest},
            "calendar": self.in_force.calendar.id,
            "engine": ENGINE,
            "provisional": self.provisional,
            "sandbox": self.sandbox,
        }

    def shown(self) -> Plain:
        """The whole answer."""
        return {
            "case": self.case,
            "version": self.version,
            **shown_assessment(self.assessment),
            **self.grounds(),
        }


STANDING = timedelta(seconds=1) - MICROSECOND
"""A sandbox's clock stands still while what is told there is recorded a microsecond apart. To ask what was known when
it stood at an instant is to ask for all of that."""


@dataclass(frozen=True)
class _Moment:
    """A question resolved: up to which position, and the instant at which it is asked."""

    position: int
    now: datetime
    chain: bytes
    provisional: bool
    true_by: datetime | None = None


async def read(cases: Cases, reader: Reader, key: str, when: When) -> Reading:
    """The case that `key` means, at the moment asked for.

    Raises:
        UnknownCase: There is none, or it was not known yet then.
        Unacceptable: The moment lies in the future, or the case has no such version.
        NotReached: The log has not come to `min_position`.
        OutOfReach: No policy or calendar reaches what was asked.
    """
    head = await cases.log.head(reader.caller.authority)
    if when.min_position is not None and head.position < when.min_position:
        raise NotReached(f"The log has come to position {head.position}.")
    case = await reader.case_of(key)
    events = await reader.events(case)
    moment = await _moment(cases, reader.caller.authority, head, events, when)
    known = [event for event in events if event.position <= moment.position]
    if moment.true_by is not None:
        known = _true_by(known, moment.true_by)
    if not known:
        raise UnknownCase
    in_force = await cases.rules.of(reader.caller.authority, upto=moment.position)
    with within_reach(in_force):
        assessment = cases.assessor.assess(known, in_force.policies, in_force.calendar, moment.now)
    await reader.settle()
    return Reading(
        case=case,
        events=tuple(known),
        assessment=assessment,
        in_force=in_force,
        now=moment.now,
        position=moment.position,
        chain=moment.chain,
        provisional=moment.provisional,
        sandbox=await cases.authorities.is_sandbox(reader.caller.authority),
    )


async def standing_now(cases: Cases, authority: UUID, head: Head) -> datetime:
    """The time at an authority, never before what it has recorded: a sandbox's clock stands while its log goes on."""
    now = await cases.log.now(authority)
    return now if head.recorded_at is None else max(now, head.recorded_at)


async def _moment(cases: Cases, authority: UUID, head: Head, events: Sequence[Event], when: When) -> _Moment:
    """The question resolved. A true-at is asked of what is known now, or of what was known at `known_at`."""
    now = await standing_now(cases, authority, head)
    if when.version is not None:
        return await _at_version(cases, authority, head, events, when.version)
    known_at = None if when.known_at is None else _instant("known_at", when.known_at, now)
    true_at = None if when.true_at is None else _instant("true_at", when.true_at, now)
    if known_at is None:
        return _Moment(head.position, true_at or now, head.chain, provisional=True, true_by=true_at)
    upto = known_at
    if await cases.authorities.is_sandbox(authority):
        upto = min(known_at + STANDING, now)
    position = await cases.log.position_at(authority, upto)
    return _Moment(
        position=position,
        now=true_at or known_at,
        chain=await cases.log.chain_at(authority, position),
        provisional=head.recorded_at is None or head.recorded_at <= upto,
        true_by=true_at,
    )


async def _at_version(cases: Cases, authority: UUID, head: Head, events: Sequence[Event], version: int) -> _Moment:
    """As the case stood once its event of that version was recorded: final, for nothing comes before it any more."""
    known = [event for event in events if event.position <= head.position]
    if version > len(known):
        raise Unacceptable([Fault("version", f"The case has come to version {len(known)}.")])
    event = known[version - 1]
    chain = await cases.log.chain_at(authority, event.position)
    return _Moment(event.position, event.recorded_at, chain, provisional=False)


def _instant(parameter: str, asked: Instant, now: datetime) -> datetime:
    """The instant meant: a date is the end of that local day, or now while the day lasts. Refuses the future."""
    if isinstance(asked, datetime):
        instant = asked
    elif asked == now.astimezone(LOCAL).date():
        instant = now
    else:
        instant = begins(asked + ONE_DAY) - MICROSECOND
    if instant > now:
        raise Unacceptable([Fault(parameter, "Lies in the future; nothing is known of it yet.")])
    return instant


def _true_by(known: Sequence[Event], instant: datetime) -> list[Event]:
    """What had become true by an instant, as corrected since; corrections and announcements are about it, not in it."""
    day = instant.astimezone(LOCAL).date()
    true = {
        told.event.fact
        for told in history(known).told
        if (told.event.item.occurred_at or begins(told.event.day)) <= instant and told.event.day <= day
    }
    if not true:
        return []
    return [event for event in known if event.kind in {Kind.CORRECTION, Kind.ANNOUNCEMENT} or event.fact in true]
