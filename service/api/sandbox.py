"""POST: sandboxes, and moving their clocks."""

from datetime import datetime, timedelta
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter
from starlette.responses import Response

from events.catalogue.text import Code
from service.api.answers import answer
from service.api.bodies import parse, read_body
from service.api.callers import AdvancesClocks, CreatesSandboxes
from service.api.documented import CLOCK, SANDBOX, problems
from service.api.parts import Parts, parts_of
from service.api.shapes import ClockMoved, ClockMoving, SandboxMade
from service.cases.clocks import advance
from service.cases.faults import Fault, NotPermitted, Unacceptable
from service.identity.refused import NotIdentified
from service.identity.roles import Role, Scope

router = APIRouter(tags=["sandboxes"])

SUBJECT = "sandbox client"
LASTS = timedelta(days=30)
"""How long the token of a sandbox is good for."""


class NewSandbox(BaseModel):
    """A sandbox to make: under which policy, and what its clock says."""

    model_config = ConfigDict(extra="forbid", strict=True)

    policy: Code = Field(description="A pack this build carries, such as `staffordshire`.")
    now: AwareDatetime = Field(description="Where its clock stands. One that joins another takes that one's clock.")
    join: str | None = Field(
        default=None, max_length=8192, description="Another sandbox's token: both then share one clock."
    )


class Advance(BaseModel):
    """Where to move a clock."""

    model_config = ConfigDict(extra="forbid", strict=True)

    advance_to: AwareDatetime


NEW_SANDBOX, ADVANCE = TypeAdapter(NewSandbox), TypeAdapter(Advance)


@router.post(
    "/v1/sandbox",
    name="make_sandbox",
    summary="Make a sandbox: an authority with a clock of its own",
    status_code=201,
    responses={201: {"model": SandboxMade}, **problems(400, 401, 403, 413, 415, 422, 503)},
    openapi_extra=SANDBOX,
)
async def make_sandbox(request: Request, _: CreatesSandboxes) -> Response:
    """A sandbox for ever, under a policy that is in force from the beginning, with an integration client's token."""
    parts = parts_of(request)
    if parts.sandbox_signer is None:
        raise NotPermitted("Sandboxes are switched off here: no key to sign their tokens with was given.")
    asked = parse(NEW_SANDBOX, await read_body(request, parts.limits))
    join = await _joined(parts, asked.join) if asked.join is not None else None
    authority, code = await parts.sandboxes.create(asked.policy, asked.now, join)
    scopes = [Scope.REPORT_DECISIONS, Scope.ACT_FOR_ANYONE]
    token = parts.sandbox_signer.sign(authority, SUBJECT, [Role.INTEGRATION_CLIENT], scopes, LASTS)
    now: datetime = await parts.cases.log.now(authority)
    return answer({"authority": authority, "code": code, "token": token, "now": now, "sandbox": True}, 201)


@router.post(
    "/v1/sandbox/clock",
    name="move_clock",
    summary="Move the sandbox's clock forward",
    responses={
        200: {"model": ClockMoved},
        202: {"model": ClockMoving, "description": "Not there yet: the same call waits on."},
        **problems(400, 401, 403, 409, 413, 415, 422, 503),
    },
    openapi_extra=CLOCK,
)
async def move_clock(request: Request, caller: AdvancesClocks) -> Response:
    """Everything that falls due on the way is announced in order, each at its own instant.

    Sandboxes that share the clock move together. Until timers run, this call makes the assessments itself.
    """
    parts = parts_of(request)
    asked = parse(ADVANCE, await read_body(request, parts.limits))
    moved = await advance(parts.clocks, caller.authority, asked.advance_to)
    return answer(moved.shown(), 200 if moved.arrived else 202)


async def _joined(parts: Parts, token: str) -> UUID:
    """The sandbox whose token it is."""
    wrong = Unacceptable([Fault("/join", "Must be the token of a sandbox.")])
    try:
        other, _ = await parts.tokens.verify(token)
    except NotIdentified:
        raise wrong from None
    if not await parts.cases.authorities.is_sandbox(other.authority):
        raise wrong
    return other.authority
