"""The `eventsourcing` library's recorder for PostgreSQL: the best known event store in Python."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore


class Recording:
    """Its application recorder, whose order of events is the order of their commits, and threads that use it."""

    def __init__(self, recorder: PostgresApplicationRecorder, threads: ThreadPoolExecutor) -> None:
        self._recorder = recorder
        self._threads = threads

    def record(self, states: Sequence[Sequence[bytes]]) -> None:
        """Each thread records its own events, one after the other, all threads at once."""
        list(self._threads.map(self._record, [uuid4() for _ in states], states))

    def _record(self, originator: UUID, states: Sequence[bytes]) -> None:
        for version, state in enumerate(states, 1):
            self._recorder.insert_events([StoredEvent(originator, version, "bench:ChildSeen", state)])


@contextmanager
def recording(dsn: str, threads: int) -> Iterator[Recording]:
    """The recorder as it comes, with a connection for each thread.

    Its other way to insert, through a function of its own on the server, is several times faster but takes no lock:
    there a later event may be seen before an earlier one, which is what a log must not do.
    """
    url = urlsplit(dsn)
    where = parse_qs(url.query)
    with PostgresDatastore(
        dbname=url.path.strip("/"),
        host=where["host"][0],
        port=where["port"][0],
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        pool_size=threads,
    ) as datastore:
        recorder = PostgresApplicationRecorder(datastore)
        recorder.create_table()
        with ThreadPoolExecutor(threads) as pool:
            yield Recording(recorder, pool)
