"""What is counted for operations. Nothing here is told apart by authority, case or person."""

import math

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.cases.readiness import Readiness
from workflows.watching import Seen

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0)

TIMERS = {
    "running": "Whether timers fire: Temporal is reachable and a worker is joined to it.",
    "expected": "Cases that should have a timer, by the lists.",
    "held": "Cases that have one in Temporal.",
    "late": "Timers that should have fired more than a minute ago.",
    "amiss": "Cases that the last comparisons found amiss, and nudged.",
    "workers": "Workers joined to Temporal.",
    "backlog": "Tasks that wait for a worker.",
    "behind_events": "Events the relay has not followed yet.",
    "behind_seconds": "Age of the oldest event the relay has not followed yet.",
    "halted": "Authorities at which the relay is halted: no case there is nudged until a person mends it.",
}
"""What is said of the timers, each a gauge of its own."""


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "planclock_requests", "Requests answered.", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "planclock_request_seconds",
            "How long answering took.",
            ["method", "route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.told = Counter(
            "planclock_items", "Items told, by what became of them.", ["outcome"], registry=self.registry
        )
        self.lists_behind_events = Gauge(
            "planclock_lists_behind_events", "Events the lists have not followed yet.", registry=self.registry
        )
        self.lists_behind_seconds = Gauge(
            "planclock_lists_behind_seconds", "Age of the oldest event not followed yet.", registry=self.registry
        )
        self.lists_halted = Gauge(
            "planclock_lists_halted", "Authorities whose lists are halted.", registry=self.registry
        )

        self._timers = {
            name: Gauge(f"planclock_timers_{name}", help_, registry=self.registry) for name, help_ in TIMERS.items()
        }

    def take_over(self, found: Readiness) -> None:
        """Take over how far the lists are behind, and how the timers are, where they are known."""
        if found.lists is not None:
            self.lists_behind_events.set(found.lists.events)
            self.lists_behind_seconds.set(found.lists.seconds)
            self.lists_halted.set(found.lists.halted)
        if found.timers is not None:
            self._set_timers(found.timers)

    def _set_timers(self, seen: Seen) -> None:
        """Take over how the timers are. What is not known just now is NaN, which no alert mistakes for a number."""
        for name, gauge in self._timers.items():
            value = getattr(seen, name)
            gauge.set(math.nan if value is None else value)

    def written(self) -> tuple[bytes, str]:
        """Everything counted, and its content type."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST
