"""GET: what may be read in a browser, as plain HTML: the policies that this build carries, and every call there is."""

from asyncio import to_thread

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from service.api.documented import problems
from service.api.parts import parts_of
from service.api.problems import Kind, problem
from service.pages.calls import CALLS, COMPARED, EVENT_TYPES, POLICIES, calls_page
from service.pages.frame import HEADERS

router = APIRouter(tags=["pages"])


def shown(page: str) -> Response:
    """A page, with the headers that let it do nothing but be read."""
    return HTMLResponse(page, headers=HEADERS)


@router.get(POLICIES, name="show_policies", summary="The policies that this build carries", response_class=HTMLResponse)
async def show_policies(request: Request) -> Response:
    """Anybody may read it: it holds published procedures, and nothing of any authority."""
    return shown(await to_thread(parts_of(request).library.index))


@router.get(
    COMPARED,
    name="show_comparison",
    summary="One made-up child under each of the five procedures, side by side",
    response_class=HTMLResponse,
)
async def show_comparison(request: Request) -> Response:
    """The same facts told under each: what is due by when, and what is refused, each with its clause."""
    return shown(await to_thread(parts_of(request).library.compared))


@router.get(
    f"{POLICIES}/{{policy}}",
    name="show_policy",
    summary="One policy that this build carries: what it asks, by when, and why",
    response_class=HTMLResponse,
    responses=problems(404, 422),
)
async def show_policy(policy: str, request: Request) -> Response:
    """Anybody may read it, as the list of them. What is in force at an authority is under `/v1/policies`."""
    page = await to_thread(parts_of(request).library.page, policy)
    if page is None:
        raise problem(Kind.UNKNOWN_PACK)
    return shown(page)


@router.get(CALLS, name="show_calls", summary="Every call of this API, to be read", response_class=HTMLResponse)
async def show_calls(request: Request) -> Response:
    """Made from the description at `/openapi.json`, and from nothing elsewhere."""
    library, described = parts_of(request).library, request.app.openapi
    return shown(await to_thread(library.once, CALLS, lambda: calls_page(described())))


@router.get(EVENT_TYPES, name="show_event_types", summary="Every event type, to be read", response_class=HTMLResponse)
async def show_event_types(request: Request) -> Response:
    """The catalogue with the fields of each type and an example."""
    return shown(await to_thread(parts_of(request).library.event_types))
