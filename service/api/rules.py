"""GET: the event types there are, the policies in force, and the authorities that may be addressed."""

from asyncio import to_thread

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from events.policies.activated import InForce
from events.policies.in_force import Activation
from service.api.answers import answer
from service.api.callers import ReadsRules
from service.api.documented import problems
from service.api.pages import shown
from service.api.parts import parts_of
from service.api.problems import Kind, problem
from service.api.shapes import AuthoritiesNamed, EventTypes, PoliciesInForce, PolicyWhole
from service.cases.showing import Plain
from service.pages.policy import policy_page

router = APIRouter(tags=["rules"])


@router.get(
    "/v1/event-types",
    name="list_event_types",
    summary="The catalogue: every event type, with its schema and an example",
    responses={200: {"model": EventTypes}, **problems(401, 403)},
)
async def list_event_types(request: Request, _: ReadsRules) -> Response:
    """Everything that may be told, and what Planclock itself says."""
    return answer(await to_thread(parts_of(request).event_types.whole))


@router.get(
    "/v1/authorities",
    name="list_authorities",
    summary="The authorities that may be addressed here, by code",
    responses={200: {"model": AuthoritiesNamed}, **problems(401, 403, 503)},
)
async def list_authorities(request: Request, caller: ReadsRules) -> Response:
    """To whom a child's plan may be transferred through Planclock: an offer that names one of these reaches it."""
    world = await parts_of(request).cases.log.same_world(caller.authority)
    own = next((code for code, authority in world.items() if authority == caller.authority), None)
    return answer({"code": own, "others": [code for code in world if code != own]})


@router.get(
    "/v1/policies",
    name="list_policies",
    summary="The policies and the calendar in force at the authority",
    responses={200: {"model": PoliciesInForce}, **problems(401, 403, 422, 503)},
)
async def list_policies(request: Request, caller: ReadsRules) -> Response:
    """Each activation with the day from which it judges what happens."""
    in_force = await parts_of(request).cases.rules.of(caller.authority)
    return answer(
        {
            "policies": [_activation(each) for each in in_force.policies.activations],
            "calendar": {
                "id": in_force.calendar.id,
                "nation": in_force.calendar.nation,
                "first": in_force.calendar.first,
                "last": in_force.calendar.last,
            },
        }
    )


@router.get(
    "/v1/policies/{policy}",
    name="read_policy",
    summary="One policy in force, entry by entry",
    responses={200: {"model": PolicyWhole}, **problems(401, 403, 404, 422, 503)},
)
async def read_policy(policy: str, request: Request, caller: ReadsRules) -> Response:
    """Every duty, rule and figure with its clause, the pack it comes from, and whether its value is inherited."""
    in_force = await parts_of(request).cases.rules.of(caller.authority)
    activation = _found(in_force, policy)
    origin = activation.policy.origin
    whole = activation.policy.model_dump(mode="json", exclude={"origin"})
    for entries in ("duty", "rule", "outside", "slot"):
        for entry in whole[entries]:
            entry["origin"] = origin[entry["id"]]
    for slot in whole["slot"]:
        slot["missing_source"] = not slot["items"]
    for name, figure in whole["figures"].items():
        figure["origin"] = origin[name]
    return answer({**_activation(activation), **whole})


@router.get(
    "/v1/policies/{policy}/page",
    name="read_policy_page",
    summary="One policy in force, as a page to read",
    response_class=HTMLResponse,
    responses=problems(401, 403, 404, 422, 503),
)
async def read_policy_page(policy: str, request: Request, caller: ReadsRules) -> Response:
    """What it asks at this authority, by when and why, grouped by the moments of a plan's life."""
    in_force = await parts_of(request).cases.rules.of(caller.authority)
    activation = _found(in_force, policy)
    standing = f"In force at this authority from {activation.effective_from}."
    return shown(policy_page(activation.policy, parts_of(request).cases.catalogue, standing=standing))


def _found(in_force: InForce, policy: str) -> Activation:
    """The latest activation of a policy. Raises Problem where there is none."""
    for activation in reversed(in_force.policies.activations):
        if activation.policy.id == policy:
            return activation
    raise problem(Kind.UNKNOWN_POLICY)


def _activation(activation: Activation) -> Plain:
    policy = activation.policy
    return {
        "id": policy.id,
        "title": policy.title,
        "version": policy.version,
        "digest": policy.digest,
        "source": policy.source,
        "nation": policy.nation,
        "effective_from": activation.effective_from,
        "recalculates_open": activation.recalculates_open,
    }
