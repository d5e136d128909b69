"""Drafts tried on every case of an authority, and all work of that sort: asked for, held up, let go on, looked at."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from starlette.responses import Response

from events.catalogue.text import Code, Day
from events.store.batches import BatchState
from events.store.read_models.histories import FIRST
from service.api.answers import answer
from service.api.batch_shapes import BatchesReading, BatchReading, FoundPage
from service.api.bodies import parse, read_body
from service.api.callers import TriesPolicies, reader
from service.api.documented import SIMULATION, problems
from service.api.paging import Limit, linked
from service.api.parts import parts_of
from service.cases.batches import Tried, shown_batch, shown_found

router = APIRouter(tags=["batches"])


class NewSimulation(BaseModel):
    """A draft to try: which pack, from which day, and whether open duties would take its figures."""

    model_config = ConfigDict(extra="forbid")

    policy: Code = Field(description="A pack this build carries, such as `staffordshire`, or what yours is called.")
    pack: str | None = Field(default=None, description="The text of a pack of your own, TOML. It may extend another.")
    effective_from: Day | None = Field(
        default=None, description="Without it, it is tried as if it had been in force from the beginning."
    )
    recalculates_open: bool = Field(default=False, description="Open duties take its figures from that day.")


class AskedFound(BaseModel):
    """Which cases of a batch."""

    model_config = ConfigDict(extra="forbid")

    after: UUID = Field(default=FIRST, description="Where a page before this one left off.")
    limit: Limit = 100


class AskedBatches(BaseModel):
    """How many."""

    model_config = ConfigDict(extra="forbid")

    limit: Limit = 100


NEW_SIMULATION = TypeAdapter(NewSimulation)


@router.post(
    "/v1/policies/simulations",
    name="simulate_policy",
    summary="Try a draft on every case: which dates, refusals and findings would change",
    status_code=202,
    responses={
        201: {"model": BatchReading, "description": "Done already."},
        202: {"model": BatchReading, "description": "Asked for; its address says how far it is."},
        **problems(400, 401, 403, 413, 415, 422, 503),
    },
    openapi_extra=SIMULATION,
)
async def simulate_policy(request: Request, caller: TriesPolicies) -> Response:
    """Nothing comes into force. The workers do it, chunk by chunk; while none is there, this call does what it can.

    What it could not do in its time, `resume` goes on with. Each case is compared as of the position it was asked at.
    """
    parts = parts_of(request)
    asked = parse(NEW_SIMULATION, await read_body(request, parts.limits))
    tried = Tried(asked.policy, asked.pack, asked.effective_from, asked.recalculates_open)
    batch = await parts.batches.simulate(caller.authority, tried)
    answered = answer(shown_batch(batch), 201 if batch.state is BatchState.DONE else 202)
    answered.headers["location"] = f"/v1/batches/{batch.asked.id}"
    return answered


@router.get(
    "/v1/batches",
    name="list_batches",
    summary="The work over every case of the authority, the newest first",
    responses={200: {"model": BatchesReading}, **problems(401, 403, 422, 503)},
)
async def list_batches(request: Request, caller: TriesPolicies, asked: Annotated[AskedBatches, Query()]) -> Response:
    """Drafts that were tried, and activations of policies and calendars with what they changed."""
    found = await parts_of(request).batches.latest(caller.authority, asked.limit)
    return answer({"batches": [shown_batch(each) for each in found]})


@router.get(
    "/v1/batches/{batch}",
    name="read_batch",
    summary="One such piece of work: what it compares, how far it is, and what it has found in numbers",
    responses={200: {"model": BatchReading}, **problems(401, 403, 404, 422, 503)},
)
async def read_batch(batch: UUID, request: Request, caller: TriesPolicies) -> Response:
    """`changes` counts by clause, once it is done."""
    return answer(shown_batch(await parts_of(request).batches.one(caller.authority, batch)))


@router.get(
    "/v1/batches/{batch}/cases",
    name="list_cases_of_batch",
    summary="What it has found, case by case: each date, refusal and finding before and after",
    responses={200: {"model": FoundPage}, **problems(401, 403, 404, 422, 503)},
)
async def list_cases_of_batch(
    batch: UUID, request: Request, caller: TriesPolicies, asked: Annotated[AskedFound, Query()]
) -> Response:
    """Only cases in which something was found. Each look at one is recorded."""
    parts = parts_of(request)
    stands = await parts.batches.one(caller.authority, batch)
    found = await parts.batches.found(reader(request, caller), stands, asked.after, asked.limit)
    content = {"batch": batch, "state": stands.state, "cases": [shown_found(each) for each in found]}
    return linked(request, content, {"after": found[-1].case} if len(found) == asked.limit else None)


@router.post(
    "/v1/batches/{batch}/pause",
    name="pause_batch",
    summary="Have it begin nothing more",
    status_code=202,
    responses={202: {"model": BatchReading}, **problems(401, 403, 404, 409, 422, 503)},
)
async def pause_batch(batch: UUID, request: Request, caller: TriesPolicies) -> Response:
    """What is under way is finished first; then its state is `paused`. What was found is kept."""
    return answer(shown_batch(await parts_of(request).batches.pause(caller.authority, batch)), 202)


@router.post(
    "/v1/batches/{batch}/resume",
    name="resume_batch",
    summary="Have it go on",
    status_code=202,
    responses={
        201: {"model": BatchReading, "description": "Done now."},
        202: {"model": BatchReading, "description": "It goes on."},
        **problems(401, 403, 404, 409, 422, 503),
    },
)
async def resume_batch(batch: UUID, request: Request, caller: TriesPolicies) -> Response:
    """One that was paused, or broken off with whoever did it. Cases that are done are not done again."""
    stands = await parts_of(request).batches.resume(caller.authority, batch)
    return answer(shown_batch(stands), 201 if stands.state is BatchState.DONE else 202)
