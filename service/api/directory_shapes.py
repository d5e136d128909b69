"""The shapes of answers about the authority's directory."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from service.api.shapes import Shape


class AgencyShown(Shape):
    """An agency, or a provider of one as `agency/provider`."""

    agency: str
    title: str | None
    stands_for: list[str]
    secure_address: str | None


class PostShown(Shape):
    """A post on a day."""

    post: str
    title: str | None
    """What it is called here."""
    stands_for: list[str]
    """The procedure's own titles for whoever holds it."""
    secure_address: str | None
    """An e-mail address confirmed as secure: its own, or its agency's."""
    team: str | None
    holder: dict[str, Any] | None
    stand_in: dict[str, Any] | None
    vacant: bool


class DirectoryOnDay(Shape):
    """The directory as it stands on a day."""

    on: date
    go_live: datetime | None
    """From when on the authority goes by Planclock."""
    posts: list[PostShown]
    agencies: list[AgencyShown]
    sandbox: bool


class DirectoryEvent(Shape):
    """Where one item stands in the log."""

    id: str
    fact: UUID
    type: str
    version: int
    position: int
    recorded_at: datetime


class DirectoryTold(Shape):
    """What was told of the authority."""

    position: int
    events: list[DirectoryEvent]
    sandbox: bool
