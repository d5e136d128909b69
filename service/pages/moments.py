"""The moments of a plan's life under which the entries of a pack are read, in the order in which they come."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import TypeVar

from events.catalogue.registry import Catalogue
from events.policies.model import DutyEntry, RuleEntry

Entry = TypeVar("Entry", DutyEntry, RuleEntry)


class Moment(Enum):
    """A heading, and under which the entries about it are found by a reader."""

    ASKED_FOR = "When an initial conference is asked for"
    BEFORE = "Before a conference"
    AT = "At a conference"
    DECISION = "The decision for each child"
    RECORDS = "After a conference: decisions, minutes, and who gets them"
    RUNNING = "While the plan runs: core groups, visits, and the work of the plan"
    REVIEWS = "When reviews are held, and when they are brought forward"
    IN_CARE = "When the child is looked after, or in court"
    LONG = "When a plan goes on for long"
    MOVING = "When the child moves"
    ENDING = "When a plan may end, and when it may not"
    AFTER = "After the plan, or without one"
    DISAGREEING = "When somebody disagrees or does not answer"

    @property
    def id(self) -> str:
        """Its address on a page."""
        return self.name.lower().replace("_", "-")


_M = Moment
_TOPICS: Mapping[Moment, tuple[str, ...]] = {
    _M.ASKED_FOR: ("requests", "children", "identifiers", "taking_on"),
    _M.BEFORE: ("scheduling", "preparation", "invitations", "reports", "assessments"),
    _M.AT: ("conferences", "exclusions", "views", "recommendations"),
    _M.DECISION: ("decisions",),
    _M.RECORDS: ("records",),
    _M.RUNNING: ("core_groups", "plans", "visits", "leadership", "household"),
    _M.IN_CARE: ("looked_after", "legal"),
    _M.LONG: ("senior_review",),
    _M.MOVING: ("moves", "temporary_moves", "transfers", "safe_and_well"),
    _M.ENDING: ("endings", "non_cooperation"),
    _M.AFTER: ("step_down",),
    _M.DISAGREEING: ("challenges", "disputes", "requests_between_agencies"),
}
_OF_TOPIC = {topic: moment for moment, topics in _TOPICS.items() for topic in topics}

_TYPES: Mapping[Moment, tuple[str, ...]] = {
    _M.ASKED_FOR: ("unborn_risk_identified",),
    _M.REVIEWS: ("early_review_need_identified", "review_brought_forward", "review_bring_forward_declined"),
    _M.RECORDS: ("minutes_circulation_agreed", "non_attendance_reported"),
    _M.BEFORE: ("core_group_report_agreed",),
    _M.MOVING: ("receiving_in_conference_scheduled", "receiving_in_conference_held"),
    _M.AFTER: ("step_down_considered", "support_recommended"),
}
_OF_TYPE = {name: moment for moment, names in _TYPES.items() for name in names}

_REVIEW = "review_conference_held"
_NOTICES = "notices"
_ENDED = "plan_ended"


def by_moment(entries: Iterable[Entry], catalogue: Catalogue) -> Mapping[Moment, list[Entry]]:
    """The entries under their moments, each in its pack's own order."""
    found: dict[Moment, list[Entry]] = {moment: [] for moment in Moment}
    for entry in entries:
        found[moment_of(entry, catalogue)].append(entry)
    return found


def moment_of(entry: DutyEntry | RuleEntry, catalogue: Catalogue) -> Moment:
    """Where an entry is read: a duty by what is to be done, or else by what starts it; a rule by what it judges."""
    if isinstance(entry, RuleEntry):
        return _placed(next(name for match in entry.on for name in match.event), catalogue)
    begins = [name for match in entry.starts for name in match.event]
    if entry.ends_with == "nothing" and set(begins) == {_ENDED}:
        return Moment.AFTER
    if _placed(begins[0], catalogue) is Moment.IN_CARE:
        return Moment.IN_CARE
    done = [name for name in _told(entry) if catalogue[name].topic != _NOTICES]
    if _REVIEW in done:
        return Moment.REVIEWS
    return _placed((done or begins)[0], catalogue)


def _told(duty: DutyEntry) -> Iterator[str]:
    """The events of its own that meet a duty, in the order in which the pack names them."""
    told_by = duty.notice.told_by if duty.notice is not None else ()
    return (name for match in (*duty.met_by, *told_by) for name in match.event)


def _placed(name: str, catalogue: Catalogue) -> Moment:
    return _OF_TYPE.get(name) or _OF_TOPIC.get(catalogue[name].topic, Moment.AT)
