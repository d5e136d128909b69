"""Permission as a parameter type: an endpoint says in its signature what its caller must be allowed to do."""

from typing import Annotated

import structlog
from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from service.api.parts import parts_of
from service.cases.access import Reader
from service.cases.faults import NotPermitted
from service.identity.principal import Principal
from service.identity.refused import NotIdentified
from service.identity.roles import Permission

BEARER = HTTPBearer(bearerFormat="JWT", auto_error=False, description="A JSON Web Token of a trusted issuer.")


async def identified(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)]
) -> Principal:
    """The caller, by their bearer token. A sandbox's own tokens count at sandboxes alone."""
    if credentials is None:
        raise NotIdentified("Send a bearer token in the Authorization header.")
    parts = parts_of(request)
    caller, issuer = await parts.tokens.verify(credentials.credentials)
    if issuer.only_sandboxes and not await parts.cases.authorities.is_sandbox(caller.authority):
        raise NotIdentified("This token counts in a sandbox only.")
    structlog.contextvars.bind_contextvars(authority=str(caller.authority), role=caller.role.value)
    return caller


class Needs:
    """Lets a caller through who holds a permission at an authority that there is."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, request: Request, caller: Annotated[Principal, Depends(identified)]) -> Principal:
        """The caller. Raises NotPermitted."""
        if not caller.may(self.permission):
            raise NotPermitted("Your role does not allow this.")
        founding = self.permission is Permission.CREATE_SANDBOX
        if not founding and await parts_of(request).cases.authorities.of(caller.authority) is None:
            raise NotPermitted("Your authority is not known here.")
        return caller


ReadsRules = Annotated[Principal, Depends(Needs(Permission.READ_RULES))]
ReadsLists = Annotated[Principal, Depends(Needs(Permission.READ_LISTS))]
ReadsCases = Annotated[Principal, Depends(Needs(Permission.READ_CASE))]
ReadsHistory = Annotated[Principal, Depends(Needs(Permission.READ_HISTORY))]
ReadsFeed = Annotated[Principal, Depends(Needs(Permission.READ_FEED))]
ReadsDirectory = Annotated[Principal, Depends(Needs(Permission.READ_DIRECTORY))]
KeepsDirectory = Annotated[Principal, Depends(Needs(Permission.KEEP_DIRECTORY))]
ReadsReports = Annotated[Principal, Depends(Needs(Permission.READ_REPORTS))]
Tells = Annotated[Principal, Depends(Needs(Permission.TELL))]
TriesPolicies = Annotated[Principal, Depends(Needs(Permission.TRY_POLICIES))]
CreatesSandboxes = Annotated[Principal, Depends(Needs(Permission.CREATE_SANDBOX))]
AdvancesClocks = Annotated[Principal, Depends(Needs(Permission.ADVANCE_CLOCK))]


def reader(request: Request, caller: Principal) -> Reader:
    """The way for this caller to read cases in this request, each look recorded under the call's name."""
    cases = parts_of(request).cases
    return Reader(
        log=cases.log,
        access=cases.access,
        caller=caller,
        purpose=request.scope["route"].name,
        request=request.state.request_id,
    )
