"""Getting family, chair and papers ready for a conference."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from events.catalogue.envelope import Closed, Data
from events.catalogue.parts import People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Text, ThirdPartyText

topic = Topic("preparation")


@topic.event(
    "conference_chair_assigned",
    clauses=["STF-R25"],
    example={"meeting": "CPRC-1", "chair": {"name": "Chair 1"}, "independent": True, "same_as_previous": True},
)
class ConferenceChairAssigned(Data):
    """A chair was found for the conference."""

    chair: Person | None = None
    independent: bool | None = None
    same_as_previous: bool | None = None
    reason: Text | None = None


@topic.event(
    "leaflets_shared",
    clauses=["STF-T03"],
    example={"meeting": "ICPC-1", "type": "Parents' guide to conferences", "to": [{"name": "Parent 1"}]},
)
class LeafletsShared(Data):
    """Information leaflets were given to the family."""

    type: Text | None = None
    to: People | None = None


@topic.event(
    "learning_style_recorded",
    clauses=["STF-R03"],
    example={"who": {"name": "Parent 1"}, "type": "Prefers pictures to writing."},
)
class LearningStyleRecorded(Data):
    """How somebody in the family takes in information best was recorded."""

    who: Person | None = None
    type: ThirdPartyText | None = None


class ParticipationMode(StrEnum):
    """How the child takes part (STF-R04)."""

    ATTEND = "attend"
    SUPPORTER = "supporter"
    WRITTEN = "written"
    REPRESENTED = "represented"


@topic.event(
    "family_prepared",
    clauses=["STF-T02", "STF-R03", "STF-R04"],
    example={
        "meeting": "ICPC-1",
        "who": [{"name": "Parent 1"}],
        "supporter_rights": True,
        "child_participation_mode": "written",
    },
)
class FamilyPrepared(Data):
    """Parents, carers or child were told about the conference and helped to prepare for it."""

    who: People | None = None
    supporter_rights: bool | None = None
    absent_parent_considered: bool | None = None
    child_participation_mode: ParticipationMode | None = None


@topic.event(
    "chair_pre_conference_discussion_held",
    clauses=["STF-T65", "STF-R23"],
    example={"meeting": "ICPC-1", "sw": {"name": "Worker 1"}, "exclusion_need": False},
)
class ChairPreConferenceDiscussionHeld(Data):
    """Social worker and chair talked before the conference."""

    sw: Person | None = None
    chair: Person | None = None
    history: Text | None = None
    staff_protection: ThirdPartyText | None = None
    exclusion_need: bool | None = None


@topic.event(
    "chair_met_family",
    clauses=["STF-T65", "STF-R27", "STF-R28"],
    example={"meeting": "ICPC-1", "who": [{"name": "Parent 1"}], "child_met": True},
)
class ChairMetFamily(Data):
    """The chair met parents and child before the conference."""

    who: People | None = None
    child_met: bool | None = None
    supporters: People | None = None


class Share(Closed):
    """What one person may hear and see of a conference, what is kept from them, and when they come."""

    who: Person
    may_know: ThirdPartyText | None = None
    withheld: ThirdPartyText | None = None
    slot: Text | None = None


@topic.event(
    "information_sharing_split_decided",
    clauses=["STF-R42", "E-61"],
    example={
        "meeting": "ICPC-1",
        "chair": {"name": "Chair 1"},
        "separate_slots": True,
        "decision": "Two half hours.",
        "shares": [{"who": {"ref": "P2", "role": "father"}, "withheld": "Where the mother works.", "slot": "10:30"}],
    },
)
class InformationSharingSplitDecided(Data):
    """The chair decided beforehand which parent hears and sees what, and whether they come at separate times."""

    chair: Person | None = None
    decision: ThirdPartyText | None = None
    separate_slots: bool | None = None
    shares: Annotated[tuple[Share, ...], Field(max_length=100)] | None = Field(
        default=None, description="For each person, what may be shared with them and what not."
    )
