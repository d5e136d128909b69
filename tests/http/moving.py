"""Two sandboxes that share a clock, and a child who moves from one to the other."""

from dataclasses import dataclass
from typing import Any

from tests.http.client import Client, item
from tests.http.conftest import Sandbox
from tests.http.plans import on_a_plan

Plain = dict[str, Any]

PAPERS = ("chronology", "conference_papers", "plan", "core_group_minutes", "registration_status", "court_status")
CHILD, OFFERED = "CHILD-A", "2025-05-01"


@dataclass
class Moving:
    """A child on a plan at `origin`, who moves to the area of `receiver`. `case` is the receiver's, once it has one."""

    origin: Client
    receiver: Client
    to: str
    case: str = ""

    async def offer(self, on: str = OFFERED, *, documents: tuple[str, ...] = PAPERS) -> None:
        """The origin asks for a receiving-in conference."""
        asked: Plain = {"permanent": True, "secure_own_accommodation": True, "documents": list(documents)}
        request = item("receiving_in_conference_requested", on, basis="here", to_authority=self.to, **asked)
        await self.origin.tell(CHILD, request)
        self.case = await self.arrived()

    async def arrived(self) -> str:
        """The case in which the receiver was told last, by its feed."""
        page = (await self.receiver.get("/v1/events", limit=500)).json()
        subject: str = page["events"][-1]["subject"]
        return subject

    async def advance(self, day: str) -> None:
        """Bring both to the evening of a day."""
        await self.origin.advance(f"{day}T18:00:00+00:00")

    async def sides(self, **when: str) -> tuple[Plain, Plain]:
        """What each side's case answers: the origin's, the receiver's."""
        origin = (await self.origin.get(f"/v1/cases/{CHILD}", **when)).json()
        receiver = (await self.receiver.get(f"/v1/cases/{self.case}", **when)).json()
        return origin, receiver

    async def told(self) -> tuple[list[Plain], list[Plain]]:
        """The histories of both sides without announcements."""
        found = []
        for client, case in ((self.origin, CHILD), (self.receiver, self.case)):
            events = (await client.get(f"/v1/cases/{case}/events", limit=500)).json()["events"]
            found.append([event for event in events if event["kind"] != "announcement"])
        return found[0], found[1]


async def moving(sandbox: Sandbox, origin: str = "staffordshire", receiver: str = "staffordshire") -> Moving:
    """A child made subject of a plan on 10 April 2025; both clocks stand at the morning of 1 May."""
    one = await sandbox(policy=origin)
    other = await sandbox(join=one.token, policy=receiver)
    to = (await other.get("/v1/authorities")).json()["code"]
    await on_a_plan(one, CHILD)
    await one.advance(f"{OFFERED}T09:00:00+01:00")
    return Moving(one, other, to)


def carried(events: list[Plain]) -> list[str]:
    """The types of what was carried from the other side, in order."""
    return [event["type"] for event in events if event["source"] == "planclock"]
