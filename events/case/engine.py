"""The engine put together: every telling, condition and anchor, for one catalogue."""

from dataclasses import dataclass

from events.case import anchors
from events.case.assess import Assessor
from events.case.conditions import conduct, deciding, ending, lifecycle, quorum, records, starting
from events.case.reckoning import Reckoner
from events.case.rules import Judge
from events.case.telling import Teller
from events.case.tellings import child, conference, plan
from events.catalogue.registry import Catalogue
from events.policies.checking import Vocabulary

NAMED = (anchors.named, lifecycle.named, quorum.named, deciding.named, ending.named, records.named, conduct.named, starting.named)
TELLINGS = (child.telling, conference.telling, plan.telling)

CONFERENCE_TOPICS = frozenset(
    {"conferences", "views", "decisions", "records", "preparation", "invitations", "reports", "recommendations"}
)
"""The topics whose events are about a conference even when they do not name it."""

ALSO_ABOUT_CONFERENCES = frozenset(
    {"conference_rescheduled", "conference_postponed", "conference_cancelled", "review_brought_forward", "plan_started",
     "lead_professional_named", "core_group_membership_confirmed", "visit_pattern_set", "first_review_date_confirmed",
     "plan_ended", "outline_plan_agreed"}
)  # fmt: skip


@dataclass(frozen=True)
class Engine:
    """What answers for a case, and the words a pack may use."""

    assessor: Assessor
    vocabulary: Vocabulary


def engine(catalogue: Catalogue) -> Engine:
    """The engine for this catalogue. Built once, by the composition root."""
    conditions = {name: condition for named in NAMED for name, condition in named.conditions.items()}
    named_anchors = {name: anchor for named in NAMED for name, anchor in named.anchors.items()}
    shorteners = {name: shortener for named in NAMED for name, shortener in named.shorteners.items()}
    about = {entry.name for entry in catalogue.types.values() if entry.topic in CONFERENCE_TOPICS}
    held = {name for name in about if name.endswith("_conference_held")}
    return Engine(
        assessor=Assessor(
            teller=Teller(TELLINGS, frozenset(about - held) | ALSO_ABOUT_CONFERENCES),
            judge=Judge(conditions),
            reckoner=Reckoner(named_anchors, shorteners),
        ),
        vocabulary=Vocabulary(
            catalogue=catalogue,
            conditions={name: figures for named in NAMED for name, figures in named.figures.items()},
            anchors=frozenset(named_anchors),
            shorteners=frozenset(shorteners),
        ),
    )
