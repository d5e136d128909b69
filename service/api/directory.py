"""The authority's directory: who answers to each title of the procedure, and telling of it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from events.case.directory import Answering, Recipient
from events.catalogue.envelope import LOCAL
from events.catalogue.text import Day
from service.api.answers import answer
from service.api.bodies import is_list, parse, read_body
from service.api.callers import KeepsDirectory, ReadsDirectory
from service.api.directory_shapes import DirectoryOnDay, DirectoryTold
from service.api.documented import DIRECTORY, problems
from service.api.parts import parts_of
from service.cases.directory import tell_of_authority
from service.cases.items import placed
from service.cases.showing import Plain

router = APIRouter(tags=["directory"])


class AskedPosts(BaseModel):
    """On which day."""

    model_config = ConfigDict(extra="forbid")

    on: Day | None = Field(default=None, description="As it stands on this day; today if it is left out.")


@router.get(
    "/v1/posts",
    name="list_posts",
    summary="The directory: posts with their holders and stand-ins, and agencies, on a day",
    responses={200: {"model": DirectoryOnDay}, **problems(401, 403, 422, 503)},
)
async def list_posts(request: Request, caller: ReadsDirectory, asked: Annotated[AskedPosts, Query()]) -> Response:
    """Each post by what it is called here, with the titles of the procedure it stands for. A vacant one says so."""
    cases = parts_of(request).cases
    policies = (await cases.rules.of(caller.authority)).policies
    day = asked.on or (await cases.log.now(caller.authority)).astimezone(LOCAL).date()
    return answer(
        {
            "on": day,
            "go_live": policies.go_live,
            "posts": [_shown(each) for each in policies.directory.posts_on(day)],
            "agencies": [_shown(each) for each in policies.directory.agencies_on(day)],
            "sandbox": await cases.authorities.is_sandbox(caller.authority),
        }
    )


@router.post(
    "/v1/directory",
    name="tell_directory",
    summary="Tell of the authority itself: posts, holders, agencies, secure addresses, its go-live, its reports",
    status_code=201,
    responses={201: {"model": DirectoryTold}, **problems(400, 401, 403, 409, 413, 415, 422, 503)},
    openapi_extra=DIRECTORY,
)
async def tell_directory(request: Request, caller: KeepsDirectory) -> Response:
    """One item or a list, in the shape of every item. Told again it changes nothing; a mistake is corrected."""
    parts = parts_of(request)
    raw = await read_body(request, parts.limits)
    bare = not is_list(raw)
    told = placed(parse(parts.directory, b"[" + raw + b"]" if bare else raw), bare=bare)
    return answer(await tell_of_authority(parts.cases, caller, told), 201)


def _shown(recipient: Recipient) -> Plain:
    """Whoever answers to a post, or an agency, as it is shown."""
    holder, stand_in = (
        each.model_dump(mode="json", exclude_none=True) if each is not None else None
        for each in (recipient.holder, recipient.stand_in)
    )
    common = {
        "title": recipient.local_title,
        "stands_for": list(recipient.stands_for),
        "secure_address": recipient.address,
    }
    if recipient.answering is Answering.AGENCY:
        return {"agency": recipient.code, **common}
    return {
        "post": recipient.code,
        **common,
        "team": recipient.team,
        "holder": holder,
        "stand_in": stand_in,
        "vacant": recipient.vacant,
    }
