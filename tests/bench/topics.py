"""Every topic that is measured, in order."""

from collections.abc import AsyncIterator, Callable, Mapping

from tests.bench import answers, appends, growth, over_http, parts
from tests.bench.measuring import Row
from tests.bench.stage import Stage

TOPICS: Mapping[str, Callable[[Stage], AsyncIterator[Row]]] = {
    "append": appends.rows,
    "parts": parts.rows,
    "http": over_http.rows,
    "answer": answers.rows,
    "growth": growth.rows,
}
