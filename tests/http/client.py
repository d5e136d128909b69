"""A case system, as tests see it."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx2

SOURCE = "https://case-system.example"

Param = str | int | bool | list[str]

_numbers = count(1)


@dataclass
class Client:
    """Speaks to the API with one token."""

    http: httpx2.AsyncClient
    token: str
    authority: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, **params: Param) -> httpx2.Response:
        """GET with the token."""
        return await self.http.get(path, params=params, headers=self._headers())

    async def post(self, path: str, body: object, *, if_match: str | None = None, **params: Param) -> httpx2.Response:
        """POST JSON with the token."""
        headers = self._headers() if if_match is None else {**self._headers(), "if-match": if_match}
        return await self.http.post(path, json=body, params=params, headers=headers)

    async def tell(self, case: str, *items: dict[str, Any]) -> dict[str, Any]:
        """Tell items of one case, and expect them to be recorded."""
        answer = await self.post(f"/v1/cases/{case}/events", list(items))
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def advance(self, to: str) -> dict[str, Any]:
        """Move the sandbox's clock, waiting on for as long as it is under way, and expect it to arrive."""
        while (answer := await self.post("/v1/sandbox/clock", {"advance_to": to})).status_code == 202:
            pass
        assert answer.status_code == 200, answer.text
        moved: dict[str, Any] = answer.json()
        return moved

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}", **self.headers}


def item(type_: str, when: str, meeting: str | None = None, **data: object) -> dict[str, Any]:
    """An item with an id of its own. `when` is a date or an instant; `basis` and other envelope fields go beside."""
    envelope = {name: data.pop(name) for name in _ENVELOPE & data.keys()}
    moment = "occurred_at" if "T" in when else "occurred_on"
    named = {"meeting": meeting} if meeting else {}
    return {
        "source": SOURCE,
        "id": f"item-{next(_numbers)}",
        "type": type_,
        moment: when,
        **named,
        **envelope,
        "data": data,
    }


_ENVELOPE = {"basis", "reported", "override", "decided_by", "depends_on", "cases", "expected_version", "seq"}


def registered(when: str = "2025-03-03", names: str = "Child A", dob: str = "2015-06-01") -> dict[str, Any]:
    """A child becomes known."""
    return item("child_registered", when, names=names, dob=dob)
