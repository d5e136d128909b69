"""What is counted for operations. Nothing here is told apart by authority, case or person."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0)


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

    def written(self) -> tuple[bytes, str]:
        """Everything counted, and its content type."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST
