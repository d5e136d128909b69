"""Case systems that tell of children over HTTP, and ask again, with the same ids, until they are answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from tests.http.client import SOURCE
from tests.workflows.clocks import FORM_HOURS

NAME, BORN, REFERENCE = "Persimmon Quince", "2016-02-29", "REF-20160229-Q"
"""What no log and no file of Temporal may hold; each child's reference goes on with a number."""

TELLERS = 8
_AGAIN = 0.05
"""Seconds before who got no answer asks again."""


@dataclass
class Load:
    """What was told, and how it was answered. `due`: when the form of each case falls due."""

    url: str
    token: str
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    due: dict[str, datetime] = field(default_factory=dict)
    statuses: set[int] = field(default_factory=set)
    unanswered: int = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tells of one child after another, several at the same time, until the block ends; then waits for answers."""
        stop = asyncio.Event()
        async with httpx2.AsyncClient(base_url=self.url, timeout=10) as http, asyncio.TaskGroup() as tellers:
            for number in range(TELLERS):
                tellers.create_task(self._tell_on(http, number, stop))
            yield
            stop.set()

    async def come_to(self, number: int) -> None:
        """Waits until so many more children were acknowledged."""
        reach = len(self.acknowledged) + number
        while len(self.acknowledged) < reach:
            await asyncio.sleep(0.01)

    async def again(self) -> int:
        """Tells everything once more, as it was told; how many answers differed from the first."""
        async with httpx2.AsyncClient(base_url=self.url, timeout=10) as http:
            answers = {each: await self._told(http, each, self._items(each)) for each in self.acknowledged}
        return sum(_effect(answers[each]) != _effect(first) for each, first in self.acknowledged.items())

    async def _tell_on(self, http: httpx2.AsyncClient, teller: int, stop: asyncio.Event) -> None:
        number = 0
        while not stop.is_set():
            reference = f"{REFERENCE}-{teller}-{number}"
            # Some fall due while things are killed, some after, and some stay to be waited for.
            seconds = (5, 10, 20, 3600)[number % 4]
            self.due[reference] = datetime.now(UTC) + timedelta(seconds=seconds)
            self.acknowledged[reference] = await self._told(http, reference, self._items(reference))
            number += 1

    async def _told(self, http: httpx2.AsyncClient, reference: str, items: list[dict[str, Any]]) -> dict[str, Any]:
        while True:
            try:
                answer = await http.post(
                    f"/v1/cases/{reference}/events", json=items, headers={"authorization": f"Bearer {self.token}"}
                )
            except httpx2.TransportError:
                self.unanswered += 1
            else:
                self.statuses.add(answer.status_code)
                if answer.status_code == httpx2.codes.CREATED:
                    told: dict[str, Any] = answer.json()
                    return told
            await asyncio.sleep(_AGAIN)

    def _items(self, reference: str) -> list[dict[str, Any]]:
        asked = self.due[reference] - timedelta(hours=FORM_HOURS)
        born = {"names": NAME, "dob": BORN}
        whole = [
            ("child_registered", {"occurred_on": asked.date().isoformat()}, born),
            ("initial_conference_requested", {"occurred_at": asked.isoformat()}, {"requested_by": "csc"}),
        ]
        return [
            {"source": SOURCE, "id": f"{reference}/{type_}", "type": type_, **when, "data": data}
            for type_, when, data in whole
        ]


def _effect(answer: dict[str, Any]) -> tuple[Any, ...]:
    """Which case, and which events of it, an answer speaks of."""
    return (answer["case"], [each["id"] for each in answer["events"]])
