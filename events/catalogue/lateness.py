"""Why something was late, as it was explained, and who accepted that."""

from pydantic import Field

from events.catalogue.envelope import Data
from events.catalogue.parts import Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Text

topic = Topic("lateness")


@topic.event(
    "lateness_explained",
    clauses=["E-07", "E-80"],
    example={
        "duty": "STF-T21",
        "reason": "The family was in hospital until the Monday.",
        "accepted_by": {"name": "Manager 1", "role": "team_manager"},
    },
)
class LatenessExplained(Data):
    """It was explained why a duty was late. It stays late; the reason stands beside it wherever it is shown."""

    duty: Code = Field(
        description="The `key` of the duty, or the `id` of its clause: then the last of its duties that was late, of "
        "the meeting if one is named.",
    )
    reason: Text
    accepted_by: Person | None = Field(default=None, description="Who accepted the reason.")
