"""What may come into force at an authority, and what would then be in force: a pack, or a calendar."""

from dataclasses import dataclass, replace
from datetime import date

from events.calendars.counting import Calendar
from events.policies.activated import InForce
from events.policies.in_force import Activation, Policies
from events.policies.model import Policy


@dataclass(frozen=True)
class PolicyDraft:
    """A policy that may come into force. Without a day it is tried as if it had been in force from the beginning."""

    policy: Policy
    effective_from: date | None = None
    recalculates_open: bool = False

    def beside(self, now: InForce) -> InForce:
        """What would be in force with it."""
        activations = now.policies.activations
        if self.effective_from is None:
            would_be = [Activation(self.policy, activations[0].effective_from)]
        else:
            draft = Activation(self.policy, self.effective_from, self.recalculates_open)
            would_be = [*(each for each in activations if each.effective_from != self.effective_from), draft]
        policies = Policies(would_be, go_live=now.policies.go_live, directory=now.policies.directory)
        return replace(now, policies=policies)


@dataclass(frozen=True)
class CalendarDraft:
    """A calendar that may come into force from a day."""

    calendar: Calendar
    effective_from: date

    def beside(self, now: InForce) -> InForce:
        """What would be in force with it."""
        return replace(now, calendar=self.calendar.following(now.calendar, self.effective_from))


Draft = PolicyDraft | CalendarDraft
