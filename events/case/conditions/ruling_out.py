"""Why a transfer may be ruled out, asked at each step that would bring it on (Staffordshire, L510-518)."""

from collections.abc import Callable

from events.case.conditions.moving import move_of
from events.case.excluding import SHORT_STAY, reasons_against
from events.case.moment import Moment
from events.case.move import Move
from events.case.naming import Named
from events.catalogue.transfers import Exclusion

named = Named()


def _taking_over(moment: Moment) -> Move | None:
    """The move of a child who comes, whose receiving-in conference the event belongs to."""
    meeting = moment.meeting
    if meeting is None:
        return None
    return next((each for each in moment.story.moves if each.inward and each.confers_at(meeting)), None)


@named.condition()
def a_transfer_is_ruled_out(moment: Moment) -> str | None:
    """A reason against it holds for a child who comes here for good (STF-R102 to STF-R107)."""
    story, day = moment.story, moment.event.day
    coming = [each for each in story.moves if each.inward and each.agreed is not None and each.going_on]
    ruled_out = any(reasons_against(each, story, day) for each in coming)
    return None if ruled_out else "a reason against the transfer"


def _not_excluded(*reasons: Exclusion, lifted_by: str) -> Callable[[Moment], str | None]:
    def condition(moment: Moment) -> str | None:
        move = move_of(moment) or _taking_over(moment)
        against = reasons_against(move, moment.story, moment.event.day) if move is not None else []
        return lifted_by if set(reasons) & set(against) else None

    return condition


@named.condition()
def not_looked_after_or_under_order(moment: Moment) -> str | None:
    """The originating authority neither looks after the child nor holds a statutory order (STF-R102)."""
    return _not_excluded(
        Exclusion.LOOKED_AFTER, Exclusion.STATUTORY_ORDER, lifted_by="the end of care, or of the order, there"
    )(moment)


@named.condition()
def not_placed_for_a_time(moment: Moment) -> str | None:
    """The child is not placed for assessment, treatment or education, to go back (STF-R103)."""
    return _not_excluded(Exclusion.TEMPORARY_PLACEMENT, lifted_by="the end of the temporary placement")(moment)


@named.condition()
def not_in_custody(moment: Moment) -> str | None:
    """The child is neither remanded nor sentenced to custody (STF-R104)."""
    return _not_excluded(Exclusion.CUSTODY, lifted_by="the end of remand or custody")(moment)


@named.condition()
def not_with_relatives_for_a_time(moment: Moment) -> str | None:
    """The child does not stay with relatives or friends, to go back to a parent (STF-R105)."""
    return _not_excluded(Exclusion.RELATIVES_OR_FRIENDS, lifted_by="that the child stays for good")(moment)


@named.condition(SHORT_STAY)
def not_housed_for_a_short_time(moment: Moment) -> str | None:
    """The family is not housed for a set time of less than three months, to be housed elsewhere (STF-R106, E-25)."""
    return _not_excluded(
        Exclusion.TEMPORARY_ACCOMMODATION, lifted_by="accommodation for three months or more, or for good"
    )(moment)


@named.condition()
def not_under_the_public_law_outline(moment: Moment) -> str | None:
    """No threshold for proceedings is met that have not been issued (STF-R107)."""
    return _not_excluded(
        Exclusion.PUBLIC_LAW_OUTLINE, lifted_by="an end of the Public Law Outline, or an application to court"
    )(moment)
