"""Support without a plan: after one, or where none was made (Sefton)."""

from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import Stage

named = Named()


@named.condition()
def the_plan_has_ended(moment: Moment) -> str | None:
    """There was a plan, and it ended."""
    return None if moment.story.stage is Stage.ENDED else "a plan that has ended"


@named.condition()
def no_plan_was_made(moment: Moment) -> str | None:
    """It was decided that the child needs no plan."""
    return None if moment.story.stage is Stage.NOT_SUBJECT else "a decision that no plan is needed"


@named.condition()
def a_child_in_need_plan_is_open(moment: Moment) -> str | None:
    """A child in need plan began and was not closed since."""
    begun, closed = (moment.story.last(f"child_in_need_plan_{name}") for name in ("started", "closed"))
    runs = begun is not None and (closed is None or closed.order < begun.order)
    return None if runs else "a child in need plan"


@named.condition()
def without_a_plan(moment: Moment) -> str | None:
    """No plan runs: none was made, or it has ended."""
    return "that no plan runs" if moment.story.active else None


@named.condition()
def the_agencies_agree_to_close_it(moment: Moment) -> str | None:
    """The agencies reviewed the child in need plan together, and all want it to end (STF-R79)."""
    asked = {"a multi-agency review of it": "multi_agency_review", "the agencies' consensus": "consensus"}
    wanting = [words for words, field in asked.items() if not getattr(moment.event.data, field, None)]
    return " and ".join(wanting) or None


@named.condition()
def parents_and_child_took_part(moment: Moment) -> str | None:
    """Parents and child were both asked what services they want and need (SEF-T04, SEF-R07)."""
    wanting = [name for name in ("parents", "child") if getattr(moment.event.data, name, None) is False]
    return f"the {' and the '.join(wanting)} in that talk" if wanting else None


@named.condition()
def significant_harm_is_not_denied(moment: Moment) -> str | None:
    """The same decision does not say that the child is at no continuing risk of significant harm (SEF-R09)."""
    denied = getattr(moment.event.data, "continuing_sh", None) is False
    return "a finding that the child is at continuing risk of significant harm" if denied else None


@named.condition()
def responsibility_was_confirmed_in_writing(moment: Moment) -> str | None:
    """The receiving authority wrote that it manages the case from now on (SEF-R04, SEF-T05)."""
    told = (each.data for each in moment.story.facts.get("receiving_authority_confirmed_responsibility", ()))
    written = any(getattr(each, "written", None) or getattr(each, "document", None) for each in told)
    return None if written else "the receiving authority's confirmation of responsibility in writing"
