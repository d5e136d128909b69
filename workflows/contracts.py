"""Every name, id and payload that crosses Temporal. Renaming one breaks what is running: see deploy/temporal.md.

Payloads hold ids and instants, counts and plain yes or no: nothing that says who a child is. Workflow modules import
this module and nothing else of ours, so it imports nothing heavy.
"""

from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

QUEUE = "plan-lifecycle"
"""Where lifecycles and the assessing of cases wait for a worker."""

LIFECYCLE = "plan-lifecycle"
"""The workflow type: one running for each case with an open duty."""

NUDGE = "nudge"
"""The signal: something happened to the case, look again. It carries nothing."""

ASSESS = "assess-case"
"""The activity: say what is due, and answer when to look next."""

TRANSFER = "transfer"
"""The workflow type: one running for each move between two authorities that is under way."""

STEP = "step"
"""The signal: something happened on either side of a move, look again. It carries nothing."""

CARRY = "carry-steps"
"""The activity: bring each log what the other tells of a move, and answer whether more is to be expected."""

RECONCILE = "reconcile-timers"
"""The workflow type: every authority's timers compared with its log, and mended."""

AUTHORITIES = "list-authorities"
"""The activity: every authority there is."""

COMPARE = "compare-timers"
"""The activity: one authority's timers compared with its log, what differs nudged, and a record left."""

REPORT = "produce-reports"
"""The workflow type: at every authority, the half-yearly report of each period that is over and has none."""

PRODUCE = "produce-report"
"""The activity: one authority's cases counted, and the report kept on its stream. Answers how many were produced."""

COMPARING = timedelta(hours=2)
"""How long comparing one authority may take, or counting for its report."""

HEARTBEAT = timedelta(minutes=2)
"""How long a comparison, or a count, may be silent before it counts as dead."""

DELIVER = "deliver-notice"
"""The workflow type: one for each time that somebody asked for a notice to be delivered."""

HAND_OVER = "hand-over-notice"
"""The activity: hand a notice to its channel, and record that it was sent. It refuses what was answered already."""

GIVE_UP = "give-up-notice"
"""The activity: record that a notice could not be delivered, for a person to see and send again."""

HANDING_OVER = timedelta(seconds=45)
"""How long one try to hand a notice over may take, its record included."""

FIRST_PAUSE = timedelta(seconds=30)
"""Between the first try to hand a notice over and the second; each later pause is twice as long."""

LONGEST_PAUSE = timedelta(hours=6)
"""The longest pause between two tries to hand a notice over."""

RETRY_FOR = timedelta(days=3)
"""How long a notice is tried before Planclock gives up, unless it is told another time."""

NEXT_DATE = "PlanclockNextDate"
"""The search attribute, a datetime: when something of the case next falls due or is missed. Absent in a sandbox."""

NAP = timedelta(days=7)
"""No lifecycle waits longer without looking again, so that none sleeps through a release, or a lost nudge, for long."""

SHORTEST_WAIT = timedelta(seconds=1)
"""What a lifecycle waits at least: a timer is always set, so that every turn has the same shape."""

LONGEST_RUN = 1_000
"""Events after which a run continues as a new one: read from the start, it costs a fifth of a second."""

ASSESSING = timedelta(seconds=30)
"""How long assessing one case may take before it is tried again, as after the death of the worker that was at it."""

RETRY_AT_MOST = timedelta(minutes=5)
"""The longest pause between two tries. There is no last try: a failing one stays visible until it is mended."""


@dataclass(frozen=True)
class Case:
    """A case, by the ids that name nobody."""

    authority: UUID
    case: UUID


@dataclass(frozen=True)
class Delivery:
    """A request to deliver a notice: the position at which it stands in the log. Which notice, the log says.

    It is tried for so many seconds, with `pause` seconds between the first two tries.
    """

    authority: UUID
    case: UUID
    position: int
    retry_for: float = RETRY_FOR.total_seconds()
    pause: float = FIRST_PAUSE.total_seconds()


@dataclass(frozen=True)
class GivenUp:
    """A delivery that is not tried any more, and why: in words of ours, which hold nothing that anybody told."""

    delivery: Delivery
    why: str


@dataclass(frozen=True)
class Assessed:
    """What a lifecycle needs to know once its case has been assessed.

    `open`: whether any duty is open; without one the lifecycle ends. `next_date`: the next instant at which something
    falls due or is missed, however far off. `sandbox`: its clock stands still, so only a nudge can change anything.
    """

    open: bool
    next_date: datetime | None = None
    sandbox: bool = False


@dataclass(frozen=True)
class Transfer:
    """A move between two authorities: the one the child leaves, the case there, and the fact that first offered it."""

    authority: UUID
    case: UUID
    move: UUID


class Reach(StrEnum):
    """Whether the other side of a move can be told."""

    THERE = "there"
    ELSEWHERE = "elsewhere"
    ERASED = "erased"


@dataclass(frozen=True)
class Carried:
    """What came of carrying the steps of a move: how many, whether more are to be expected, and whether they can be."""

    steps: int
    open: bool
    reach: Reach = Reach.THERE


@dataclass(frozen=True)
class Comparison:
    """Whose timers to compare. `nightly`: assess every case, rather than those that look amiss."""

    nightly: bool
    authority: UUID | None = None


@dataclass(frozen=True)
class Compared:
    """How many timers were expected and held, and how many cases were amiss and nudged."""

    expected: int = 0
    held: int = 0
    missing: int = 0
    surplus: int = 0
    mistimed: int = 0
    late: int = 0

    def __add__(self, other: "Compared") -> "Compared":
        return Compared(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


def lifecycle_id(case: Case) -> str:
    """The workflow id of a case."""
    return f"{LIFECYCLE}/{case.authority}/{case.case}"


def transfer_id(transfer: Transfer) -> str:
    """The workflow id of a move."""
    return f"{TRANSFER}/{transfer.authority}/{transfer.case}/{transfer.move}"


def transfer_of(workflow_id: str) -> Transfer | None:
    """The move whose workflow has this id; None for the id of anything else."""
    kind, *ids = workflow_id.split("/")
    try:
        authority, case, move = map(UUID, ids)
    except ValueError:
        return None
    return Transfer(authority, case, move) if kind == TRANSFER else None


def delivery_id(delivery: Delivery) -> str:
    """The workflow id of one request to deliver a notice."""
    return f"{DELIVER}/{delivery.authority}/{delivery.position}"


def case_of(workflow_id: str) -> Case | None:
    """The case whose lifecycle has this id; None for the id of anything else."""
    kind, _, ids = workflow_id.partition("/")
    authority, _, case = ids.partition("/")
    try:
        return Case(UUID(authority), UUID(case)) if kind == LIFECYCLE else None
    except ValueError:
        return None
