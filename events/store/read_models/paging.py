"""Where a list was left off: sealed, so that no address tells a date, and true however the list has grown since."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.store.errors import UnreadableError
from events.store.read_models.blinding import Blinds


class BadCursorError(ValueError):
    """A cursor that this authority never handed out for this list."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in the order of the worklist: dated duties first, by when they are missed; then the oldest undated."""

    undated: bool
    ordered_at: datetime
    duty: UUID


def duty_cursor(place: Place, blinds: Blinds) -> str:
    """The cursor of a worklist left off after `place`."""
    return _sealed(["duty", place.undated, place.ordered_at.isoformat(), place.duty.hex], blinds)


def duty_place(cursor: str, blinds: Blinds) -> Place:
    """The place a cursor was made of. Raises BadCursorError."""
    undated, ordered_at, duty = _opened(cursor, "duty", blinds)
    return Place(bool(undated), datetime.fromisoformat(str(ordered_at)), UUID(str(duty)))


def case_cursor(opened: int, blinds: Blinds) -> str:
    """The cursor of a case list left off after the case whose first event has this position."""
    return _sealed(["case", opened], blinds)


def case_place(cursor: str, blinds: Blinds) -> int:
    """The position a cursor was made of. Raises BadCursorError."""
    (opened,) = _opened(cursor, "case", blinds)
    return int(str(opened))


def _sealed(place: list[object], blinds: Blinds) -> str:
    return base64.urlsafe_b64encode(blinds.seal_cursor(json.dumps(place).encode())).decode().rstrip("=")


def _opened(cursor: str, of: str, blinds: Blinds) -> list[object]:
    try:
        sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        opened: list[object] = json.loads(blinds.open_cursor(sealed))
    except (binascii.Error, UnreadableError, ValueError):
        raise BadCursorError("this is no cursor of this list") from None
    if opened[0] != of:
        raise BadCursorError("this is a cursor of another list")
    return opened[1:]
