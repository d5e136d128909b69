"""Which policy judges what: packs as activated over time, each with its entries indexed by event type."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from events.case.directory import Directory
from events.policies.model import DutyEntry, Policy, RuleEntry
from events.policies.words import Match


@dataclass(frozen=True)
class Activation:
    """A policy in force from the start of a local day. `recalculates_open`: duties already running take its figures."""

    policy: Policy
    effective_from: date
    recalculates_open: bool = False

    @cached_property
    def starting(self) -> dict[str, list[tuple[DutyEntry, Match]]]:
        """For each event type, the duties it may start."""
        found: dict[str, list[tuple[DutyEntry, Match]]] = defaultdict(list)
        for entry in self.policy.duty:
            for match in entry.starts:
                for name in match.types:
                    found[name].append((entry, match))
        return dict(found)

    @cached_property
    def judging(self) -> dict[str, list[tuple[RuleEntry, Match]]]:
        """For each event type, the rules that may judge it."""
        found: dict[str, list[tuple[RuleEntry, Match]]] = defaultdict(list)
        for entry in self.policy.rule:
            for match in entry.on:
                for name in match.types:
                    found[name].append((entry, match))
        return dict(found)

    @cached_property
    def duty(self) -> dict[str, DutyEntry]:
        """Its duties by id."""
        return {entry.id: entry for entry in self.policy.duty}


class NoPolicy(ValueError):  # noqa: N818  # says what is wrong, as a sentence would
    """A day before any policy was in force at this authority."""


class Policies:
    """The policies of one authority over time. The one in force when an event occurred judges it (E-37).

    With them goes what else the authority's own stream says: from when on it goes by Planclock at all (E-83), and its
    directory.
    """

    def __init__(
        self,
        activations: Iterable[Activation],
        *,
        go_live: datetime | None = None,
        directory: Directory | None = None,
    ) -> None:
        self.activations = tuple(sorted(activations, key=lambda each: each.effective_from))
        self.go_live = go_live
        self.directory = directory or Directory()

    def on(self, day: date) -> Activation:
        """The activation in force on a day. Raises NoPolicy before the first."""
        for activation in reversed(self.activations):
            if activation.effective_from <= day:
                return activation
        raise NoPolicy(f"no policy was in force on {day}")

    def for_open_duty(self, started: date, today: date) -> Activation:
        """The activation whose figures an open duty takes: that of its start, or a later one that recalculates."""
        own = self.on(started)
        if len(self.activations) == 1:
            return own
        later = [
            each
            for each in self.activations
            if each.recalculates_open and own.effective_from < each.effective_from <= today
        ]
        return later[-1] if later else own
