"""The core assessment: complete before a plan ends, or excepted by a manager and the review told of it (STK)."""

from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.assessments import AssessmentCompleted, AssessmentKind, CoreAssessmentExceptionRecorded
from events.catalogue.core_groups import CoreGroupReportAgreed
from events.catalogue.envelope import Event

named = Named()
CONSIDERING = ("non_cooperation_ending_proposed", "core_group_report_agreed", "early_ending_suggested_by_core_group")
"""What tells beforehand that a review will consider ending the plan."""


def _of_this_episode(moment: Moment, *types: str) -> list[Event]:
    """What was told of these types since an earlier plan ended."""
    ended = [each.ended_on for each in moment.story.earlier_plans if each.ended_on is not None]
    since = max(ended, default=None)
    told = (event for name in types for event in moment.story.facts.get(name, ()))
    return [event for event in told if since is None or event.day >= since]


@named.condition()
def it_is_the_core_assessment(moment: Moment) -> str | None:
    """It is the core assessment, or one not said to be another."""
    kind = getattr(moment.event.data, "kind", None)
    return None if kind in {None, AssessmentKind.CORE} else "the core assessment"


@named.condition()
def core_assessment_is_complete(moment: Moment) -> str | None:
    """The core assessment has been completed (STK-R38)."""
    done = any(
        isinstance(event.data, AssessmentCompleted) and it_is_the_core_assessment(moment.about(event)) is None
        for event in _of_this_episode(moment, "assessment_completed")
    )
    return None if done else "a completed core assessment"


@named.condition()
def core_assessment_is_wanting(moment: Moment) -> str | None:
    """The core assessment has not been completed."""
    return "a core assessment still to be completed" if core_assessment_is_complete(moment) is None else None


def _exceptions(moment: Moment) -> list[Event]:
    return _of_this_episode(moment, "core_assessment_exception_recorded")


@named.condition()
def core_assessment_is_complete_or_excepted(moment: Moment) -> str | None:
    """The core assessment is complete, or an exception has been recorded (STK-R38)."""
    if core_assessment_is_complete(moment) is None or _exceptions(moment):
        return None
    return "a completed core assessment, or the exception, signed by a manager and conveyed to the review"


@named.condition()
def the_exception_is_whole(moment: Moment) -> str | None:
    """An exception made instead: exceptional, with reasons on file, signed, and conveyed to this review (STK-R39)."""
    if core_assessment_is_complete(moment) is None or not _exceptions(moment):
        return None
    data = _exceptions(moment)[-1].data
    conveyed = moment.meeting is not None and moment.meeting.last("core_assessment_exception_conveyed") is not None
    wanting = [*_unsaid(data), *([] if conveyed else ["that it was conveyed to this review"])]
    return ", ".join(wanting) or None


def _unsaid(data: object) -> list[str]:
    if not isinstance(data, CoreAssessmentExceptionRecorded):
        return []
    parts = (
        ("that the circumstances are exceptional", data.exceptional_circumstances),
        ("the reasons", data.reasons),
        ("the manager's signature", data.signed_by_manager),
        ("that it is on the child's file", data.on_file),
    )
    return [words for words, said in parts if not said]


@named.condition()
def ending_was_not_yet_considered(moment: Moment) -> str | None:
    """Nothing else told since the last review that the next one will consider ending the plan (STK-T18)."""
    plan = moment.story.plan
    last = max((each.held_on for each in plan.reviews if each.held_on), default=None) if plan is not None else None
    since = last or (plan.started_on if plan is not None else moment.event.day)
    earlier = (event for name in CONSIDERING for event in moment.story.facts.get(name, ()))
    considered = any(
        event is not moment.event and event.day >= since and _considers(event) and event.order < moment.event.order
        for event in earlier
    )
    return "the first word of it" if considered else None


def _considers(event: Event) -> bool:
    return not isinstance(event.data, CoreGroupReportAgreed) or event.data.plan_still_required is False
