"""Reading a request's body: bounded, as JSON in UTF-8, straight into the type it must have."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, Union

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, from_json, to_json
from starlette.requests import Request

from events.catalogue.envelope import Item
from events.catalogue.registry import Catalogue
from events.catalogue.rewording import Rewording
from service.api.problems import Kind, problem
from service.cases.faults import Unacceptable
from service.cases.sentences import faults

T = TypeVar("T")

JSON = "application/json"
CONTENT_TYPES = frozenset({JSON, "application/cloudevents+json", "application/cloudevents-batch+json"})


@dataclass(frozen=True)
class Limits:
    """How much one request may hold: bytes of body, and items in a list."""

    body: int
    batch: int


def lists_of_items(catalogue: Catalogue, most: int) -> TypeAdapter[Sequence[Item]]:
    """Parses a list of what callers may tell of cases: at least one item, at most so many."""
    return _lists_of(tuple(entry.item for entry in catalogue.types.values() if entry.told_by_callers), most)


def lists_for_directory(catalogue: Catalogue, most: int) -> TypeAdapter[Sequence[Item]]:
    """Parses a list of what may be told of the authority itself."""
    return _lists_of(catalogue.told_of_authority, most)


def _lists_of(items: tuple[type[Item], ...], most: int) -> TypeAdapter[Sequence[Item]]:
    one: Any = Annotated[Union[items], Field(discriminator="type")]  # noqa: UP007  # built at run time
    many: Any = Annotated[list[one], Field(min_length=1, max_length=most)]
    return TypeAdapter(many)


async def read_body(request: Request, limits: Limits) -> bytes:
    """The raw body. Raises a problem for the wrong content type (415), too much (413), or bytes not UTF-8 (400)."""
    _check_content_type(request)
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > limits.body:
        raise _too_large(limits)
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limits.body:
            raise _too_large(limits)
        chunks.append(chunk)
    raw = b"".join(chunks)
    try:
        raw.decode()
    except UnicodeDecodeError:
        raise problem(Kind.NOT_JSON, "The body is not UTF-8.") from None
    return raw


def parse(adapter: TypeAdapter[T], raw: bytes) -> T:
    """The body as its type. Raises a problem when it is no JSON (400), Unacceptable when it is not what it must be."""
    try:
        return adapter.validate_json(raw)
    except ValidationError as error:
        raise Unacceptable(faults(_errors(error), from_json(raw))) from None


def parse_told(adapter: TypeAdapter[T], raw: bytes, catalogue: Catalogue) -> T:
    """What is told, as the catalogue knows it. Raises as `parse` does.

    What it does not know as it stands may have been told in other words, and is then read in the catalogue's own.
    """
    try:
        return adapter.validate_json(raw)
    except ValidationError as error:
        _errors(error)
    rewording = Rewording(catalogue)
    body = rewording.of(from_json(raw))
    try:
        return adapter.validate_json(to_json(body))
    except ValidationError as error:
        raise Unacceptable(faults(_errors(error), body, instead=rewording.instead)) from None


def _errors(error: ValidationError) -> list[ErrorDetails]:
    """What is wrong, without what was sent. Raises a problem when that is that it is no JSON."""
    errors = error.errors(include_url=False, include_input=False)
    if errors[0]["type"] == "json_invalid":
        raise _not_json(str(errors[0].get("ctx", {}).get("error", ""))) from None
    return errors


def is_list(raw: bytes) -> bool:
    """Whether the body is a list rather than a single thing."""
    return raw.lstrip(b" \t\r\n")[:1] == b"["


def _check_content_type(request: Request) -> None:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.replace(" ", "").replace('"', "").lower()
    if media_type.strip().lower() not in CONTENT_TYPES or charset not in {"", "charset=utf-8"}:
        raise problem(Kind.CONTENT_TYPE, f"Send {JSON} in UTF-8.")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise problem(Kind.CONTENT_TYPE, "Send the body without a content encoding.")


def _too_large(limits: Limits) -> Exception:
    return problem(Kind.TOO_LARGE, f"A body may have {limits.body:,} bytes at most. Send fewer items at a time.")


def _not_json(words: str) -> Exception:
    if "recursion limit" in words:
        return problem(Kind.TOO_DEEP, "The body is nested too deeply.")
    place = words.rpartition(" at ")[2]
    return problem(Kind.NOT_JSON, f"The body is not JSON: it goes wrong at {place}." if place else "It is not JSON.")
