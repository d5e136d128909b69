"""The names, ids and payloads of batches that cross Temporal. As in `contracts`, and imported as that is."""

from dataclasses import astuple, dataclass
from datetime import timedelta
from uuid import UUID

BATCH = "batch"
"""The workflow type: one for each piece of work over every case of an authority."""

BATCHES = "batch"
"""Where the work of batches waits for a worker: apart, so that it never stands in the way of a date."""

PAUSE, RESUME = "pause", "resume"
"""The signals: begin nothing more of a batch, and go on with it. What is under way is finished."""

PROGRESS = "progress"
"""The query: how far a batch has come."""

PLAN_CHUNKS = "plan-chunks"
"""The activity: the next chunks of a batch, each by its last case."""

DO_CHUNK = "do-chunk"
"""The activity: assess the cases of one chunk under what is compared, and keep what differs."""

PUT_BATCH = "put-batch"
"""The activity: say in the database how far a batch is."""

AWAIT_FOLLOWERS = "await-followers"
"""The activity: wait until the lists and the timers have done every case anew after an activation."""

CHUNK, CHUNKS = 50, 20
"""Cases in a chunk of a batch, and chunks that are planned together."""

CHUNKS_AT_ONCE = 8
"""Chunks of one batch under way at the same time, over all workers."""

CHUNK_MAY_TAKE = timedelta(minutes=10)
"""How long one chunk may take."""

CHUNK_SILENT = timedelta(seconds=15)
"""How long whoever does a chunk may be silent before it counts as dead, and another does what is left of it."""

FOLLOWING = timedelta(hours=12)
"""How long the lists and the timers may take to follow an activation before it is asked again."""

FIRST_CASE = UUID(int=0)
"""Where a batch begins: before every case."""


@dataclass(frozen=True)
class Tally:
    """How many cases of a batch are done, how many of them change, and how many could not be assessed."""

    done: int = 0
    changed: int = 0
    failed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


NONE_DONE = Tally()


@dataclass(frozen=True)
class BatchRun:
    """A batch to be carried on after a case. What it does, and what it found, the database says.

    `pause` is what lies between the starts of two chunks, in seconds; `followed`: the lists and timers are waited for.
    """

    authority: UUID
    batch: UUID
    pause: float = 0.0
    followed: bool = False
    after: UUID = FIRST_CASE
    tally: Tally = NONE_DONE
    paused: bool = False


@dataclass(frozen=True)
class Chunk:
    """Some cases of a batch: those after one id and up to another. Without `upto`, all that come."""

    authority: UUID
    batch: UUID
    after: UUID
    upto: UUID | None = None


@dataclass(frozen=True)
class BatchStands:
    """How far a batch is: running, paused or done."""

    authority: UUID
    batch: UUID
    state: str


def batch_id(authority: UUID, batch: UUID) -> str:
    """The workflow id of a batch."""
    return f"{BATCH}/{authority}/{batch}"
