"""A transfer: asked for, its papers, agreed or not, excluded or not, its conference, and who holds the case."""

from events.case.move import Move
from events.case.story import Dated, Story
from events.case.telling import Telling
from events.case.tellings.moves import between, end, move_of
from events.catalogue.conferences import ReceivingInConferenceHeld
from events.catalogue.endings import Ground, PlanEnded
from events.catalogue.envelope import Data, Event
from events.catalogue.responsibility import (
    CaseResponsibilityTransferred,
    OriginatingPlanEnded,
    ReceivingAuthorityConfirmedResponsibility,
    ReceivingAuthorityDecisionReported,
)
from events.catalogue.transfers import (
    Exclusion,
    ReceivingInConferenceRequested,
    TransferBundleIncomplete,
    TransferDocument,
    TransferDocumentReceived,
    TransferExcluded,
    TransferExclusionLifted,
)

telling = Telling()


@telling.on("receiving_in_conference_requested")
def requested(data: ReceivingInConferenceRequested, event: Event, story: Story) -> None:
    """Asked for, perhaps anew; what came before it as papers stays there."""
    move = move_of(event, story)
    move.asked_anew = move.asked_anew or move.requested is not None or move.declined is not None
    move.requested, move.agreed, move.declined, move.silent = Dated(event.day, event), None, None, None
    between(move, data.from_authority, data.to_authority)
    move.passes_with = data.passes_with or move.passes_with
    for document in data.documents or ():
        _arrive(move, document, event)


@telling.on("receiving_in_conference_request_withdrawn")
def withdrawn(_: Data, event: Event, story: Story) -> None:
    """The request was taken back; the move may go on."""
    move = move_of(event, story)
    move.requested, move.agreed, move.asked_anew = None, None, True


@telling.on("transfer_document_received")
def arrived(data: TransferDocumentReceived, event: Event, story: Story) -> None:
    """One of the six is there; the first day on which all are is what the review is counted from (E-27)."""
    move = move_of(event, story)
    _arrive(move, data.document, event)
    move.earlier_review_on = data.latest_review_on or move.earlier_review_on


def _arrive(move: Move, document: TransferDocument, event: Event) -> None:
    move.papers.setdefault(document, Dated(event.day, event))
    move.gap.discard(document)
    if not move.missing and move.complete is None:
        move.complete = Dated(event.day, event)


@telling.on("transfer_bundle_incomplete")
def incomplete(data: TransferBundleIncomplete, event: Event, story: Story) -> None:
    """Some are missing after all."""
    move = move_of(event, story)
    if not move.missing:
        move.reopened = Dated(event.day, event)
    move.gap.update(data.missing)


@telling.on("receiving_in_conference_agreed")
def agreed(_: Data, event: Event, story: Story) -> None:
    """A receiving-in conference is to be convened."""
    move = move_of(event, story)
    move.agreed, move.declined, move.silent = Dated(event.day, event), None, None


@telling.on("receiving_in_conference_declined")
def declined(_: Data, event: Event, story: Story) -> None:
    """None is to be convened: the originating authority stays responsible (E-70)."""
    move = move_of(event, story)
    move.declined, move.agreed, move.silent = Dated(event.day, event), None, None


@telling.on("transfer_excluded")
def excluded(data: TransferExcluded, event: Event, story: Story) -> None:
    """Responsibility does not transfer, for this reason."""
    move_of(event, story).excluded[data.reason] = event


@telling.on("transfer_exclusion_lifted")
def lifted(data: TransferExclusionLifted, event: Event, story: Story) -> None:
    """This reason holds no longer, or none does."""
    move = move_of(event, story)
    for reason in Exclusion if data.reason is None else (data.reason,):
        move.excluded.pop(reason, None)
        move.lifted[reason] = Dated(event.day, event)


@telling.on("receiving_in_conference_scheduled", "receiving_in_conference_held")
def conferring(data: Data, event: Event, story: Story) -> None:
    """The receiving-in conference is the one of this move: the first that is held, if it sits again."""
    move = move_of(event, story)
    if move.held_on is None:
        move.conference = story.meeting_of(event)
    if isinstance(data, ReceivingInConferenceHeld):
        between(move, data.from_authority, None)


@telling.on("case_responsibility_transferred")
def transferred(data: CaseResponsibilityTransferred, event: Event, story: Story) -> None:
    """Responsibility passed, on the day named or else on that of the event."""
    move = move_of(event, story)
    move.transferred = Dated(data.effective_on or event.day, event)
    between(move, data.from_authority, data.to_authority)


@telling.on("receiving_authority_decision_reported")
def decided(data: ReceivingAuthorityDecisionReported, event: Event, story: Story) -> None:
    """The receiving authority's conference reached a decision."""
    if data.decided is not False and data.held is not False:
        move_of(event, story).decided = Dated(data.decided_on or event.day, event)


@telling.on("child_decision_made")
def decided_here(_: Data, event: Event, story: Story) -> None:
    """What this authority's own receiving-in conference decided of a child who comes."""
    meeting = story.meeting_of(event)
    for move in story.moves:
        if move.inward and meeting is not None and move.confers_at(meeting):
            move.decided = Dated(event.day, event)


@telling.on("receiving_authority_confirmed_responsibility")
def confirmed(data: ReceivingAuthorityConfirmedResponsibility, event: Event, story: Story) -> None:
    """The receiving authority says that it is responsible, and from when; in writing is what some procedures ask."""
    move = move_of(event, story)
    move.confirmed = Dated(event.day, event)
    move.written = move.confirmed if data.written else move.written
    move.effective_on = data.effective_on or move.effective_on
    between(move, None, data.authority)


@telling.on("originating_plan_ended")
def originating_plan_ended(data: OriginatingPlanEnded, event: Event, story: Story) -> None:
    """The plan that was to be transferred has ended: nothing more is to come of the move."""
    move = move_of(event, story)
    between(move, data.authority, None)
    end(move, event.day, "the originating authority ended its plan")


@telling.on("plan_ended")
def plan_ended(data: PlanEnded, event: Event, story: Story) -> None:
    """With the plan the move is over for the authority that had it, whatever ended the plan."""
    move = story.move_of(event)
    if move is not None:
        between(move, None, data.to_authority if data.ground is Ground.TRANSFERRED else None)
        end(move, event.day, "the plan ended")


@telling.on("transfer_silence_noted")
def silent(_: Data, event: Event, story: Story) -> None:
    """The other authority does not answer."""
    move_of(event, story).silent = Dated(event.day, event)
