"""What the routes work with, put together by the composition root and kept on the application."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from pydantic import TypeAdapter

from events.catalogue.envelope import Item
from events.store.connect import Database
from events.store.read_models.case_list import CaseList
from events.store.read_models.past import PastLists
from events.store.read_models.worklist import Worklist
from service.api.bodies import Limits
from service.api.event_types import EventTypes
from service.api.metrics import Metrics
from service.cases.batches import Batches
from service.cases.cases import Cases
from service.cases.clocks import Clocks
from service.cases.sandboxes import Sandboxes
from service.cases.transfers import Transfers
from service.identity.signing import Signer
from service.identity.tokens import Tokens
from service.pages.library import Library
from workflows.watching import Watching


@dataclass(frozen=True)
class Parts:
    """Everything a route may need.

    `sandbox_signer` is None where sandboxes cannot be created, `watching` where there is no Temporal to watch.
    """

    cases: Cases
    database: Database
    worklist: Worklist
    case_list: CaseList
    past: PastLists
    sandboxes: Sandboxes
    clocks: Clocks
    batches: Batches
    transfers: Transfers
    sandbox_signer: Signer | None
    tokens: Tokens
    limits: Limits
    one: TypeAdapter[Item]
    many: TypeAdapter[Sequence[Item]]
    directory: TypeAdapter[Sequence[Item]]
    event_types: EventTypes
    library: Library
    metrics: Metrics
    watching: Watching | None


def parts_of(request: Request) -> Parts:
    """The parts of the application that serves a request."""
    parts = request.app.state.parts
    assert isinstance(parts, Parts)  # noqa: S101  # the lifespan puts them there before the first request
    return parts
