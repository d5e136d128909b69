"""Structured logs: one JSON object a line, and only fields that are known to be safe."""

import logging
from typing import Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "request", "method", "route", "status", "milliseconds", "authority",
        "role", "error", "where", "host", "port", "timers", "position", "events", "seconds", "case", "read_model",
        "generation", "build", "part", "says",
        "amiss", "batch", "count", "expected", "held", "move", "outcome", "see", "state", "what",
    }
)  # fmt: skip
"""The fields a log line may have. Any other is dropped, and its name kept under `dropped`."""


def configure(log_format: Literal["json", "console"], level: str) -> None:
    """Set up logging for this process, of ours and of the libraries beneath."""
    renderer: Processor = (
        structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer()
    )
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        only_allowed,
    ]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Beneath(shared, renderer)], level=logging.WARNING, force=True)


def only_allowed(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop what is not allowed, and say that it was."""
    dropped = sorted(name for name in event if name not in ALLOWED)
    kept: EventDict = {name: value for name, value in event.items() if name in ALLOWED}
    return {**kept, "dropped": dropped} if dropped else kept


class _Beneath(logging.Handler):
    """Lines of libraries: which library and how grave. Their words may hold what a caller sent, and are left out."""

    def __init__(self, shared: list[Processor], renderer: Processor) -> None:
        super().__init__()
        self._write = structlog.wrap_logger(structlog.PrintLogger(), processors=[*shared, renderer])

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        where = f"{record.filename}:{record.lineno}"
        self._write.warning("library", logger=record.name, error=record.levelname.lower(), where=where)
