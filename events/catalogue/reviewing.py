"""What a review records of its own work, whether it keeps a plan or ends it."""

from events.catalogue.envelope import Data
from events.catalogue.text import Text


class ReviewRecord(Data):
    """How a review looked at the child (STK-R01, STK-R02).

    `continuing_sh`: its explicit answer to whether the child is still at risk of significant harm.
    `outcomes_reviewed`: safety, health and development against what the plan meant to achieve.
    """

    continuing_sh: bool | None = None
    outcomes_reviewed: Text | None = None
    safeguarding_adequate: bool | None = None
    development: Text | None = None
    parenting_capacity: Text | None = None
    wishes_and_feelings: Text | None = None
