"""What crosses from one authority's log into the other's when a child moves: the one table that says so.

Only what is written here crosses, field by field. A receiver is told what a notification of a move holds (STF L542,
STK 8.7.2): the child's name, date of birth and address, which papers were sent and what was done with the request;
never what else the origin's log holds. The origin is told what became of its request, and who is responsible.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from events.case.links import Side
from events.catalogue.decisions import ChildDecision
from events.catalogue.envelope import Data

ORIGIN, RECEIVER, PASSES_WITH = "{origin}", "{receiver}", "{passes_with}"
"""Stand for the codes of the two authorities, and for what responsibility passes with at the origin (E-58)."""


@dataclass(frozen=True)
class Crossing:
    """One type of step. Told at `side` as `told`, it is recorded at the other as `known`.

    `kept` are the fields that cross as they are, `said` those that have a value of their own there. Some cross only
    `at_the_conference` that takes the child over. `work` finds fields that neither says.
    """

    side: Side
    told: str
    known: str
    kept: tuple[str, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    at_the_conference: bool = False
    work: Callable[[Data], Mapping[str, Any]] = field(default=lambda _: {})


def _decided(data: Data) -> Mapping[str, Any]:
    """What the receiver's conference came to, without its reasons."""
    return {"stays_on_plan": getattr(data, "decision", None) is not ChildDecision.NOT_SUBJECT}


def _from(side: Side, *rows: tuple[Any, ...]) -> tuple[Crossing, ...]:
    return tuple(Crossing(side, *row) for row in rows)


_PARTIES = {"from_authority": ORIGIN, "to_authority": RECEIVER}

CROSSINGS = (
    *_from(
        Side.ORIGIN,
        (
            *("receiving_authority_notified", "permanent_move_notified", ()),
            {"direction": "in", "notified_by": ORIGIN, "passes_with": PASSES_WITH, **_PARTIES},
        ),
        (
            *("receiving_in_conference_requested", "receiving_in_conference_requested"),
            ("permanent", "secure_own_accommodation", "documents"),
            {"direction": "in", "passes_with": PASSES_WITH, **_PARTIES},
        ),
        ("receiving_in_conference_request_withdrawn", "receiving_in_conference_request_withdrawn"),
        ("transfer_document_received", "transfer_document_received", ("document",)),
        ("conference_invite_list_supplied", "conference_invite_list_supplied"),
        ("receiving_in_report_completed", "receiving_in_report_completed", ("new_agencies",)),
        ("receiving_in_report_shared", "receiving_in_report_shared", ("with_parents", "new_agencies")),
        ("case_responsibility_transferred", "case_responsibility_transferred", ("effective_on",), _PARTIES),
        ("plan_ended", "originating_plan_ended", (), {"authority": ORIGIN}),
    ),
    *_from(
        Side.RECEIVER,
        (
            *("child_added_to_temporary_list", "child_added_to_temporary_list", ("basis", "letter_sent")),
            {"direction": "out", "la": RECEIVER, "from_authority": ORIGIN},
        ),
        ("child_removed_from_temporary_list", "child_removed_from_temporary_list", (), {"la": RECEIVER}),
        ("transfer_document_received", "transfer_document_received", ("document",)),
        ("transfer_bundle_incomplete", "transfer_bundle_incomplete", ("missing",)),
        ("transfer_request_reviewed", "transfer_request_reviewed", ("outcome",)),
        ("transfer_excluded", "transfer_excluded", ("reason", "from_on", "until_on")),
        ("transfer_exclusion_lifted", "transfer_exclusion_lifted", ("reason",)),
        ("receiving_in_conference_agreed", "receiving_in_conference_agreed"),
        ("receiving_in_conference_declined", "receiving_in_conference_declined", ("reasons",)),
        ("receiving_in_conference_scheduled", "receiving_in_conference_scheduled", ("date",), {"kind": "receiving_in"}),
        ("receiving_in_conference_held", "receiving_in_conference_held", (), {"kind": "receiving_in"}),
        (
            *("child_decision_made", "receiving_authority_decision_reported", ()),
            *({"held": True, "decided": True}, True, _decided),
        ),
        (
            *("receiving_authority_confirmed_responsibility", "receiving_authority_confirmed_responsibility"),
            ("written", "document", "effective_on"),
            {"authority": RECEIVER},
        ),
        ("case_responsibility_transferred", "case_responsibility_transferred", ("effective_on",), _PARTIES),
    ),
)
"""Every step that crosses, and how."""

TAKES_OVER = frozenset({"receiving_in_conference_scheduled", "receiving_in_conference_held"})
"""What says which meeting is the conference that takes the child over."""

ABOUT_THE_CHILD = frozenset(
    {
        *("child_registered", "unborn_child_registered", "expected_date_revised", "birth_recorded"),
        *("date_of_birth_corrected", "child_moved"),
    }
)
"""What the origin records of who the child is and where: told to the receiver as the child's registration there."""

_BY_TOLD = {(each.side, each.told): each for each in CROSSINGS}


def crossing(side: Side, event_type: str) -> Crossing | None:
    """How a type told at one side crosses; None if it does not."""
    return _BY_TOLD.get((side, event_type))
