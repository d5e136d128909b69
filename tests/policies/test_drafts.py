"""What would be in force with a draft: everything else an authority goes by stays beside it."""

from datetime import UTC, date, datetime

from events.calendars.counting import Calendar
from events.case.directory import Directory
from events.policies.activated import InForce
from events.policies.drafts import CalendarDraft, PolicyDraft
from events.policies.in_force import Activation, Policies
from tests.case.given import england, pack

LONG_AGO, SUMMER = date(1990, 1, 1), date(2025, 6, 1)
LIVE = datetime(2025, 1, 6, tzinfo=UTC)
DIRECTORY = Directory()


def in_force(*more: Activation) -> InForce:
    activations = [Activation(pack("staffordshire"), LONG_AGO), *more]
    return InForce(Policies(activations, go_live=LIVE, directory=DIRECTORY), england())


def test_without_a_day_a_draft_is_tried_as_if_it_had_always_been_in_force() -> None:
    would_be = PolicyDraft(pack("stockport")).beside(in_force(Activation(pack("sefton"), SUMMER))).policies

    assert [(each.policy.id, each.effective_from) for each in would_be.activations] == [("stockport", LONG_AGO)]


def test_from_a_day_it_takes_the_place_of_what_comes_into_force_on_that_day_alone() -> None:
    draft = PolicyDraft(pack("stockport"), SUMMER, recalculates_open=True)

    would_be = draft.beside(in_force(Activation(pack("sefton"), SUMMER))).policies

    told = [(each.policy.id, each.effective_from, each.recalculates_open) for each in would_be.activations]
    assert told == [("staffordshire", LONG_AGO, False), ("stockport", SUMMER, True)]


def test_the_directory_and_the_day_an_authority_went_live_stay() -> None:
    for draft in (PolicyDraft(pack("stockport")), PolicyDraft(pack("stockport"), SUMMER)):
        would_be = draft.beside(in_force())

        assert (would_be.policies.go_live, would_be.policies.directory) == (LIVE, DIRECTORY)
        assert would_be.policies.directory is DIRECTORY
        assert would_be.calendar is in_force().calendar


def test_a_calendar_is_tried_from_its_day_and_the_policies_stay() -> None:
    shut = {date(2025, 5, 30): "Shut", date(2025, 6, 2): "Shut"}
    whole = england()
    later = Calendar("england-x", "england", whole.first, whole.last, whole.holidays, shut)

    now = in_force()
    would_be = CalendarDraft(later, SUMMER).beside(now)

    assert would_be.policies is now.policies
    assert would_be.calendar.why_not_working(date(2025, 5, 30)) is None
    assert would_be.calendar.why_not_working(date(2025, 6, 2)) == "Shut"
