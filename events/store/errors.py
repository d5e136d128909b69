"""What can go wrong with the log. Expected outcomes of an append are values, not these."""

from types import TracebackType
from uuid import UUID

import asyncpg


class LogError(Exception):
    """Something is wrong with the log, or with what was asked of it; the message is one plain sentence."""


class GapError(LogError):
    """A position or a version is missing from the log: an incident. Whoever follows the log must halt, never skip."""

    def __init__(self, authority: UUID, what: str, expected: int, found: int | None) -> None:
        seen = "nothing" if found is None else str(found)
        super().__init__(f"the log of authority {authority} should go on with {what} {expected}, and {seen} is there")
        self.authority = authority
        self.expected = expected
        self.found = found


class UnreadableError(LogError):
    """An event cannot be opened or understood: its bytes, its key or its type are not what they should be."""


class OtherBuildError(UnreadableError):
    """What was kept is whole, and a build that knows more than this one wrote it: leave it to that build."""


class ErasedCaseError(LogError):
    """The case was erased: it had events, and what they said can never be read again."""

    def __init__(self, authority: UUID, case: UUID) -> None:
        super().__init__(f"case {case} was erased")
        self.authority = authority
        self.case = case


class UnknownAuthorityError(LogError):
    """There is no such authority."""


class AuthorityExistsError(LogError):
    """An authority with that id is there already."""


class NotASandboxError(LogError):
    """Only a sandbox has a clock that can be moved, and only another sandbox can be joined."""


class ClockGoesBackError(LogError):
    """A sandbox's clock only goes forward."""


class UnavailableError(LogError):
    """The database cannot be reached or did not answer. Whether anything was kept is unknown: ask again, same facts."""


class RefusedError(LogError):
    """The database refused the command as malformed: a defect of the caller, and nothing was kept."""


_BY_CODE: dict[str, tuple[type[LogError], str]] = {
    "PC403": (NotASandboxError, "only a sandbox's clock can be moved, and only a sandbox joined"),
    "PC404": (UnknownAuthorityError, "there is no such authority"),
    "PC410": (AuthorityExistsError, "an authority with that id is there already"),
    "PC409": (ClockGoesBackError, "a clock only goes forward"),
    "PC500": (LogError, "a position is missing from the log"),
    "23505": (RefusedError, "a version, a fact or a reference is there twice"),
    "23514": (RefusedError, "a value is not one that the log may hold, or versions do not follow one another"),
}
"""What es functions raise, by SQLSTATE. The database's own messages stay behind: they may repeat values."""

_OTHERWISE = (UnavailableError, "the database could not do what it was asked")


class in_plain_words:  # noqa: N801 - reads as the statement it makes: with in_plain_words()
    """Turns what the driver raises into the errors above."""

    __slots__ = ()

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, asyncpg.PostgresError):
            ours, sentence = _BY_CODE.get(error.sqlstate or "", _OTHERWISE)
            raise ours(sentence) from error
        if isinstance(error, OSError | asyncpg.InterfaceError | asyncpg.InternalClientError):
            # asyncpg calls it internal when a connection is used that the server has just cut.
            raise UnavailableError("the database cannot be reached") from error
