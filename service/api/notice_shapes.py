"""The shapes of answers about notices."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from events.case.noticing import Standing
from service.api.case_shapes import Grounds
from service.api.shapes import Page, Shape


class NoticeStep(Shape):
    """Something that was said of a notice."""

    what: str
    """requested, sent, delivered, acknowledged or failed."""
    on: date
    at: datetime | None
    fact: UUID
    type: str
    position: int
    said: dict[str, Any]
    """What was told: channel, document, signature, reason."""


class NoticeShape(Shape):
    """Something that one recipient must be told because of a clause."""

    key: str
    """This one notice, which is its duty's key: `register_id` in what is told of it."""
    id: str
    """The clause it comes from, such as `STF-T32`."""
    title: str
    cite: str
    owner: str
    recipient: str | None
    """Title, role and agency, or your own reference; null while nobody is known who gets it."""
    person: dict[str, Any] | None
    family: bool
    meeting: str | None
    needs: str
    by: list[str]
    document: str | None
    status: Standing
    late: bool
    due_on: date | None
    due_at: datetime | None
    started_on: date
    held: str | None
    """Why somebody must look at it before it goes."""
    undeliverable: str | None
    """Why Planclock could not deliver it as things stand."""
    waiting: str | None
    """That it was asked for and nothing answered yet, and whether anything is delivered at present."""
    history: list[NoticeStep]


class NoticesReading(Grounds):
    """The notices of one case."""

    notices: list[NoticeShape]


class WithheldShape(Shape):
    """A place of a copy at which nothing stands, and why."""

    pointer: str
    why: str


class CopyReading(Grounds):
    """What the copy of a notice says to its recipient."""

    notice: NoticeShape
    content: dict[str, Any]
    withheld: list[WithheldShape]
    """What was left out for this recipient: for whoever sends it, and no part of the copy."""


class ListedNotice(Shape):
    """One notice of the list."""

    case: UUID
    notice: NoticeShape


class NoticesPage(Page):
    """The notices that want attention, case by case."""

    position: int
    now: datetime
    notices: list[ListedNotice]
    sandbox: bool
