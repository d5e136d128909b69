"""GET: the feed of everything recorded at an authority, for systems that follow it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from events.catalogue.envelope import Event
from events.store.log import ErasedEvent
from service.api.callers import ReadsFeed
from service.api.documented import problems
from service.api.list_shapes import FeedPage
from service.api.paging import Limit, linked
from service.api.parts import parts_of
from service.api.reading import Position
from service.cases.showing import Plain

router = APIRouter(tags=["feed"])


class AskedFeed(BaseModel):
    """Which part of the feed."""

    model_config = ConfigDict(extra="forbid")

    after: Position = Field(default=0, description="Go on after this position.")
    limit: Limit = 100


@router.get(
    "/v1/events",
    name="read_feed",
    summary="The feed: every event of the authority in commit order, without gaps",
    responses={200: {"model": FeedPage}, **problems(401, 403, 422, 503)},
)
async def read_feed(request: Request, caller: ReadsFeed, asked: Annotated[AskedFeed, Query()]) -> Response:
    """Thin CloudEvents 1.0: what was recorded, of which case, at which position. Read the case for what it says."""
    log = parts_of(request).cases.log
    recorded = await log.read_after(caller.authority, asked.after, asked.limit)
    last = recorded[-1].position if recorded else asked.after
    content = {"after": last, "events": [_cloud_event(event, caller.authority) for event in recorded]}
    return linked(request, content, {"after": last} if len(recorded) == asked.limit else None)


def _cloud_event(event: Event | ErasedEvent, authority: UUID) -> Plain:
    """One event without its body. Those on the authority's own stream concern no case."""
    concerns_case = event.case != authority
    return {
        "specversion": "1.0",
        "id": str(event.position),
        "source": f"urn:planclock:authority:{authority}",
        "type": event.type,
        "subject": str(event.case) if concerns_case else None,
        "time": event.recorded_at,
        "data": {
            "position": event.position,
            "case": event.case if concerns_case else None,
            "version": event.version,
            "fact": event.fact,
            "kind": event.kind,
            "schema_version": event.schema_version,
            "erased": isinstance(event, ErasedEvent),
        },
    }
