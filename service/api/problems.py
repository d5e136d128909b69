"""Every problem this service answers with (RFC 9457), each with a stable type, and how each comes about."""

from enum import Enum

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi_problem.error import Problem
from fastapi_problem.handler import ExceptionHandler, new_exception_handler
from pydantic_core import to_jsonable_python
from starlette.exceptions import HTTPException
from starlette.requests import Request

from events.policies.activated import NothingActivatedError
from events.store.errors import ErasedCaseError, OtherBuildError, UnavailableError
from events.store.read_models.paging import BadCursorError
from service.cases import faults
from service.cases.sentences import parameter_faults
from service.identity.refused import KeysUnavailable, NotIdentified

TYPE = "urn:planclock:problem:{type}"
MEDIA_TYPE = "application/problem+json"


class Kind(Enum):
    """A problem's name, its status, and its title, which never changes with the occasion."""

    NOT_JSON = ("not-json", 400, "The body is not JSON in UTF-8.")
    TOO_DEEP = ("too-deep", 400, "The body is nested too deeply.")
    NOT_IDENTIFIED = ("not-identified", 401, "A valid bearer token is needed.")
    NOT_PERMITTED = ("not-permitted", 403, "You may not do this.")
    NOT_FOUND = ("not-found", 404, "There is nothing here.")
    UNKNOWN_MEETING = ("unknown-meeting", 404, "There is no such meeting.")
    UNKNOWN_NOTICE = ("unknown-notice", 404, "There is no such notice.")
    UNKNOWN_POLICY = ("unknown-policy", 404, "There is no such policy in force.")
    UNKNOWN_PACK = ("unknown-pack", 404, "This build carries no such policy.")
    UNKNOWN_BATCH = ("unknown-batch", 404, "There is no such batch.")
    UNKNOWN_CASE = ("unknown-case", 404, "There is no such case.")
    METHOD = ("method-not-allowed", 405, "This cannot be done here.")
    NOT_ACCEPTABLE = ("not-acceptable", 406, "This cannot be answered in that form.")
    REFUSED = ("decision-refused", 409, "The procedure forbids this decision.")
    TOLD_OTHERWISE = ("told-otherwise", 409, "This source and id already stand for something else.")
    REFERENCE_TAKEN = ("reference-taken", 409, "The reference already points to another case.")
    MERGED = ("merged", 409, "This case was merged into another.")
    CONTENDED = ("contended", 409, "Others are writing to this case; try again.")
    NOT_REACHED = ("position-not-reached", 409, "That position has not been reached.")
    NOT_DELIVERABLE = ("not-deliverable", 409, "This notice cannot be delivered as things stand.")
    BATCH_SETTLED = ("batch-settled", 409, "This cannot be done with the batch as it stands.")
    BACKWARDS = ("clock-goes-forward", 409, "A clock only goes forward.")
    ERASED = ("erased", 410, "This has been lawfully erased.")
    VERSION_PASSED = ("version-passed", 412, "The case has moved on.")
    TOO_LARGE = ("too-large", 413, "That is too much at once.")
    CONTENT_TYPE = ("content-type", 415, "Send JSON.")
    INVALID = ("invalid", 422, "What was sent makes no sense here.")
    OUT_OF_REACH = ("out-of-reach", 422, "A date lies outside the policies or the calendar.")
    INTERNAL = ("internal", 500, "Something went wrong on our side.")
    UNAVAILABLE = ("unavailable", 503, "Something this needs is not available just now.")

    def __init__(self, slug: str, status: int, title: str) -> None:
        self.slug = slug
        self.status = status
        self.title = title


def problem(kind: Kind, detail: str | None = None, **extras: object) -> Problem:
    """A problem of that kind on this occasion. `detail` and `extras` must be safe to show."""
    headers = {"www-authenticate": "Bearer"} if kind is Kind.NOT_IDENTIFIED else None
    plain = to_jsonable_python(extras)
    return Problem(title=kind.title, type_=kind.slug, detail=detail, status=kind.status, headers=headers, **plain)


_DECLINED: dict[type[faults.Declined], Kind] = {
    faults.Unacceptable: Kind.INVALID,
    faults.UnknownCase: Kind.UNKNOWN_CASE,
    faults.UnknownMeeting: Kind.UNKNOWN_MEETING,
    faults.UnknownNotice: Kind.UNKNOWN_NOTICE,
    faults.NotDeliverable: Kind.NOT_DELIVERABLE,
    faults.NotPermitted: Kind.NOT_PERMITTED,
    faults.VersionPassed: Kind.VERSION_PASSED,
    faults.Contended: Kind.CONTENDED,
    faults.ToldOtherwise: Kind.TOLD_OTHERWISE,
    faults.ReferenceTaken: Kind.REFERENCE_TAKEN,
    faults.Merged: Kind.MERGED,
    faults.Erased: Kind.ERASED,
    faults.NotReached: Kind.NOT_REACHED,
    faults.OutOfReach: Kind.OUT_OF_REACH,
    faults.UnknownBatch: Kind.UNKNOWN_BATCH,
    faults.BatchSettled: Kind.BATCH_SETTLED,
    faults.NotDoneHere: Kind.UNAVAILABLE,
    faults.Backwards: Kind.BACKWARDS,
}

_HTTP = {404: Kind.NOT_FOUND, 405: Kind.METHOD, 406: Kind.NOT_ACCEPTABLE}


EXPECTED = (
    Problem,
    faults.Declined,
    NotIdentified,
    KeysUnavailable,
    ErasedCaseError,
    UnavailableError,
    OtherBuildError,
    NothingActivatedError,
    BadCursorError,
    HTTPException,
    RequestValidationError,
)
"""What `answer_with_problems` knows. Anything else is a fault of ours, which the outermost layer logs and answers."""


def answer_with_problems(app: FastAPI) -> None:
    """Make `app` turn whatever is expected to be raised into a problem, in one place."""
    for kind in EXPECTED:
        app.add_exception_handler(kind, _handler())


def _handler() -> ExceptionHandler:
    return new_exception_handler(
        handlers={
            faults.Declined: _declined,
            NotIdentified: _not_identified,
            KeysUnavailable: _keys_unavailable,
            ErasedCaseError: _erased,
            UnavailableError: _unavailable,
            OtherBuildError: _other_build,
            NothingActivatedError: _nothing_activated,
            BadCursorError: _bad_cursor,
        },
        http_exception_handler=_http,
        request_validation_handler=_parameters,
        documentation_uri_template=TYPE,
    )


def _declined(_: ExceptionHandler, __: Request, declined: faults.Declined) -> Problem:
    extras: dict[str, object] = {}
    if isinstance(declined, faults.Unacceptable):
        extras["errors"] = [_error(fault) for fault in declined.faults]
    if isinstance(declined, faults.ToldOtherwise):
        extras["errors"] = [{"pointer": where, "message": declined.sentence} for where in declined.where]
    if isinstance(declined, faults.VersionPassed) and len(declined.versions) == 1:
        extras["version"] = next(iter(declined.versions.values()))
    return problem(_DECLINED[type(declined)], declined.sentence or None, **extras)


def _error(fault: faults.Fault) -> dict[str, str]:
    """A place in the body is a pointer, which begins with a stroke or is empty; anything else names a parameter."""
    in_body = not fault.where or fault.where.startswith("/")
    return {"pointer" if in_body else "parameter": fault.where, "message": fault.message}


def _not_identified(_: ExceptionHandler, __: Request, refused: NotIdentified) -> Problem:
    return problem(Kind.NOT_IDENTIFIED, refused.why)


def _keys_unavailable(_: ExceptionHandler, __: Request, ___: KeysUnavailable) -> Problem:
    return problem(Kind.UNAVAILABLE, "The keys that tokens are verified with cannot be had. Try again shortly.")


def _erased(_: ExceptionHandler, __: Request, ___: ErasedCaseError) -> Problem:
    return problem(Kind.ERASED)


def _unavailable(_: ExceptionHandler, __: Request, ___: UnavailableError) -> Problem:
    return problem(
        Kind.UNAVAILABLE, "The database did not answer. Send the same again, with the same ids: it takes effect once."
    )


def _other_build(_: ExceptionHandler, __: Request, ___: OtherBuildError) -> Problem:
    return problem(
        Kind.UNAVAILABLE,
        "A newer build wrote part of what this asks for. Ask again: a process of that build may answer.",
    )


def _nothing_activated(_: ExceptionHandler, __: Request, ___: NothingActivatedError) -> Problem:
    return problem(Kind.OUT_OF_REACH, "No policy is in force at this authority yet.")


def _bad_cursor(_: ExceptionHandler, __: Request, ___: BadCursorError) -> Problem:
    wrong = {"parameter": "cursor", "message": "Must be a cursor that this list gave you. Begin again without it."}
    return problem(Kind.INVALID, "A parameter is wrong; `errors` says which.", errors=[wrong])


def _http(_: ExceptionHandler, __: Request, error: HTTPException) -> Problem:
    found = problem(_HTTP.get(error.status_code, Kind.INVALID))
    found.status = error.status_code
    found.headers = dict(error.headers) if error.headers else None
    return found


def _parameters(_: ExceptionHandler, __: Request, error: RequestValidationError) -> Problem:
    found = [{"parameter": fault.where, "message": fault.message} for fault in parameter_faults(error.errors())]
    return problem(Kind.INVALID, "A parameter is wrong; `errors` says which.", errors=found)
