"""What can be wrong with what was asked, said so that a person can act on it. Never holds what the caller sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where, as a JSON Pointer (RFC 6901) into the body or a parameter's name, and what to do."""

    where: str
    message: str


class Declined(Exception):  # noqa: N818  # the caller's to put right, not a fault of ours
    """What was asked cannot be done. `sentence` is safe to show."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Unacceptable(Declined):
    """What was sent makes no sense; nothing of it was recorded."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("Nothing was recorded. Put right what `errors` names and send it again.")
        self.faults = tuple(faults)


class UnknownCase(Declined):
    """No such case at this authority, or none this caller may know of: the two cannot be told apart."""


class UnknownMeeting(Declined):
    """No case at this authority has part in such a meeting."""


class UnknownNotice(Declined):
    """The case has no such notice."""


class NotDeliverable(Declined):
    """Planclock could not deliver this notice as things stand; the sentence says why."""


class NotPermitted(Declined):
    """This caller may not do that."""


class VersionPassed(Declined):
    """Something other than an announcement came after the version the caller went by."""

    def __init__(self, versions: Mapping[UUID, int]) -> None:
        super().__init__("The case has moved on since the version you named. Read it again, then decide anew.")
        self.versions = versions


class Contended(Declined):
    """Others wrote to the same case faster than we could decide, several times over."""


class ToldOtherwise(Declined):
    """An item with this source and id is already recorded with another content."""

    def __init__(self, where: Sequence[str]) -> None:
        super().__init__("This source and id already stand for something else. Send what is new under a new id.")
        self.where = tuple(where)


class ReferenceTaken(Declined):
    """The reference already points to another case."""


class Merged(Declined):
    """The case was merged into another: nothing but corrections is taken of it."""

    def __init__(self) -> None:
        super().__init__("Its state names the case that goes on; tell it there. Here only corrections are taken.")


class Erased(Declined):
    """What this concerns has been lawfully erased."""


class NotReached(Declined):
    """The log, or the lists made from it, have not come to the position asked for in time."""


class OutOfReach(Declined):
    """A date lies before any policy, or outside the calendar; the sentence says which."""


class UnknownBatch(Declined):
    """The authority has no such batch."""


class BatchSettled(Declined):
    """A batch cannot be held up or let go on as it stands; the sentence says why."""


class NotDoneHere(Declined):
    """Nobody is there to do what was asked; the sentence says who is missing."""


class Backwards(Declined):
    """A clock only goes forward."""
