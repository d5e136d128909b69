"""What every function about cases works with. Put together once, by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from events.case.assess import Assessor
from events.catalogue.registry import Catalogue
from events.store.log import Log
from service.cases.access import AccessRecord
from service.cases.authorities import Authorities
from service.cases.rules import Rules


@dataclass(frozen=True)
class Cases:
    """The log, the meaning of what is in it, the rules in force, and where each look at a case is recorded."""

    log: Log
    catalogue: Catalogue
    assessor: Assessor
    rules: Rules
    authorities: Authorities
    access: AccessRecord
    new_id: Callable[[], UUID]
