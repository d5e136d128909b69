"""Tells the made-up cases to a running Planclock through its API, as a case system would."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2

from deploy.local.private import write_private
from deploy.local.stories import BEGIN, END, Told, stories

SOURCE = "https://made-up-cases.example"


class CannotTellError(Exception):
    """The API would not have a made-up case; the message is one line with its answer."""


@dataclass(frozen=True)
class Sandbox:
    """The sandbox authority that holds the made-up cases."""

    authority: str
    token: str


async def tell_made_up_cases(
    api: httpx2.AsyncClient, state: Path, founder: str, token: Callable[[UUID], str], say: Callable[[str], None]
) -> Sandbox:
    """Tells them, unless `state` says that they have been told; one that was interrupted carries on.

    Args:
        api: A client of the API.
        state: Where it is noted that they were told, and to which authority.
        founder: A token that may create sandboxes.
        token: Makes a token for an authority.
        say: Told what is happening.

    Raises:
        CannotTellError: The API refused what it should not have.
    """
    note = state / "cases.json"
    known: dict[str, Any] = json.loads(note.read_text()) if note.exists() else {}
    if not known:
        known = {"authority": await _new_sandbox(api, founder), "told": False}
        write_private(note, json.dumps(known).encode(), None)
    sandbox = Sandbox(known["authority"], token(UUID(known["authority"])))
    if not known["told"]:
        say("telling it the made-up cases, from March to July 2025 by their own clock")
        await _tell_all(api, {"Authorization": f"Bearer {sandbox.token}"})
        write_private(note, json.dumps({**known, "told": True}).encode(), None)
    return sandbox


async def _new_sandbox(api: httpx2.AsyncClient, founder: str) -> str:
    answer = await api.post(
        "/v1/sandbox", json={"policy": "staffordshire", "now": BEGIN}, headers={"Authorization": f"Bearer {founder}"}
    )
    if answer.status_code != httpx2.codes.CREATED:
        raise _refused(answer)
    return str(answer.json()["authority"])


async def _tell_all(api: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    for number, told in enumerate(stories()):
        await _advance(api, told.told_at, headers)
        await _tell(api, number, told, headers)
    await _advance(api, END, headers)


async def _tell(api: httpx2.AsyncClient, number: int, told: Told, headers: dict[str, str]) -> None:
    # The ids are the same at every attempt, so that telling again after an interruption changes nothing.
    items = [{"source": SOURCE, "id": f"{number}-{index}", **item} for index, item in enumerate(told.items)]
    answer = await api.post("/v1/events", json=items, headers=headers)
    forbidden = answer.status_code == httpx2.codes.CONFLICT and "reasons" in answer.json()
    if answer.status_code != httpx2.codes.CREATED and not forbidden:
        raise _refused(answer)


async def _advance(api: httpx2.AsyncClient, to: str, headers: dict[str, str]) -> None:
    """Moves the sandbox's clock; a clock that is there already, because this was told before, stays."""
    while True:
        answer = await api.post("/v1/sandbox/clock", json={"advance_to": to}, headers=headers)
        if answer.status_code in {httpx2.codes.OK, httpx2.codes.CONFLICT}:
            return
        if answer.status_code != httpx2.codes.ACCEPTED:
            raise _refused(answer)


def _refused(answer: httpx2.Response) -> CannotTellError:
    return CannotTellError(
        f"{answer.request.method} {answer.request.url.path} answered {answer.status_code}: {answer.text[:500]}"
    )
