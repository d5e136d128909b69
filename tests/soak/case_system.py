"""A case system that never gives up: what it tells it tells again, in the same words, until it is acknowledged."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2

_AGAIN = 0.2
"""Seconds before it asks again."""

_PATIENCE = 600.0
"""Seconds after which it takes what does not answer for broken, and not for killed."""

_NOT_NOW = frozenset({500, 502, 503, 504})


@dataclass
class CaseSystem:
    """Speaks to an API with one token. `acknowledged` are the ids of the items that it was told are kept."""

    http: httpx2.AsyncClient
    token: str
    acknowledged: list[str] = field(default_factory=list)

    async def tell(self, case: str, items: Sequence[Mapping[str, Any]]) -> None:
        """Tells items of one case."""
        answer = await self.ask(f"/v1/cases/{case}/events", items)
        assert answer.status_code == 201, answer.text
        self.acknowledged += [item["id"] for item in items]

    async def advance(self, to: str) -> None:
        """Moves the sandbox's clock all the way."""
        async with asyncio.timeout(_PATIENCE):
            while (answer := await self.ask("/v1/sandbox/clock", {"advance_to": to})).status_code == 202:
                pass
        assert answer.status_code == 200, answer.text

    async def ask(self, path: str, body: object) -> httpx2.Response:
        """What is answered, once it is."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                try:
                    answer = await self.http.post(path, json=body, headers={"authorization": f"Bearer {self.token}"})
                except httpx2.HTTPError:
                    pass  # nobody knows whether it was heard
                else:
                    if answer.status_code not in _NOT_NOW:
                        return answer
                await asyncio.sleep(_AGAIN)
