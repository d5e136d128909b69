"""Every topic that is measured, in order."""

from collections.abc import AsyncIterator, Callable, Mapping

from tests.bench import (
    answers,
    appends,
    cached,
    growth,
    lists,
    over_http,
    packs,
    parts,
    reconciling,
    simulating,
    timers,
)
from tests.bench.measuring import Row
from tests.bench.stage import Stage

TOPICS: Mapping[str, Callable[[Stage], AsyncIterator[Row]]] = {
    "append": appends.rows,
    "parts": parts.rows,
    "http": over_http.rows,
    "answer": answers.rows,
    "packs": packs.rows,
    "simulate": simulating.rows,
    "lists": lists.rows,
    "timers": timers.rows,
    "memory": cached.rows,
    "reconcile": reconciling.rows,
    "growth": growth.rows,
}
