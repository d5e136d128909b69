"""What every function about cases works with. Put together once, by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from events.case.assess import Assessor
from events.catalogue.registry import Catalogue
from events.store.log import Log
from service.cases.access import AccessRecord
from service.cases.authorities import Authorities
from service.cases.rules import Rules
from service.cases.turns import Turns


@dataclass(frozen=True)
class Cases:
    """The log, what it means, the rules in force, where looks are recorded, and the turns of those who write."""

    log: Log
    catalogue: Catalogue
    assessor: Assessor
    rules: Rules
    authorities: Authorities
    access: AccessRecord
    new_id: Callable[[], UUID]
    turns: Turns = field(default_factory=Turns)
