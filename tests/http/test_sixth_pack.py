"""An authority that is none of the five writes its own pack: checked, activated, told over HTTP; and no Python changed.

Northmoor and Southmoor share a base that has the first review in two months. The initial conference is on Thursday
10 April 2025; Good Friday is the 18th. Every date here is worked out by hand from the three files.
"""

import asyncio
import base64
import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest

from deploy.local.databases import Databases
from service.command import main
from service.identity.roles import Role
from service.identity.signing import Signer
from tests.http.client import Client, item
from tests.http.conftest import Sandbox
from tests.http.plans import ended, on_a_plan, review
from tests.pages.reading import read

FILES = Path(__file__).parents[1] / "policies" / "sixth"
FROM_THE_BEGINNING = ("--since", "1990-01-01", "--confirm")
Planclock = Callable[..., Awaitable[str]]


@pytest.fixture
def planclock(databases: Databases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Planclock:
    """Types a command beside the API that is running: what it says, or the one clear line with which it ends."""
    monkeypatch.setenv("DATABASE_URL", databases.log_dsn)
    monkeypatch.setenv("PLANCLOCK_KEYS_URL", databases.keys_dsn)
    monkeypatch.setenv("PLANCLOCK_WORKER_URL", databases.worker_dsn)
    monkeypatch.setenv("PLANCLOCK_MASTER_KEY", base64.b64encode(bytes(range(32))).decode())
    monkeypatch.setenv("PLANCLOCK_ISSUER", "https://login.example")

    def typed() -> str | None:
        try:
            main()
        except SystemExit as over:
            return over.code if isinstance(over.code, str) else None
        return None

    async def planclock(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["planclock", *words])
        ended_with = await asyncio.to_thread(typed)
        return ended_with or capsys.readouterr().out

    return planclock


@pytest.fixture
def moors(tmp_path: Path) -> Path:
    """The three files in a folder of their own, to be changed."""
    return Path(shutil.copytree(FILES, tmp_path / "moors"))


async def dated(client: Client, case: str = "CHILD-A") -> dict[str, list[str]]:
    """Every due date, by the clause that asks for it."""
    found: dict[str, list[str]] = {}
    for duty in (await client.get(f"/v1/cases/{case}/duties")).json()["duties"]:
        found.setdefault(duty["id"], []).append(duty["due_on"])
    return found


async def refused(client: Client, told: dict[str, Any], case: str = "CHILD-A") -> dict[str, str]:
    """The clauses that refuse something, by their ids."""
    answer = await client.post(f"/v1/cases/{case}/events", told)
    assert answer.status_code == 409, answer.text
    return {reason["rule"]: reason["cite"] for reason in answer.json()["reasons"]}


async def under(sandbox: Sandbox, planclock: Planclock, file: Path) -> Client:
    """A sandbox at which a pack of one's own is in force from the beginning."""
    client = await sandbox(policy="sefton")
    said = await planclock("policy", "activate", str(file), "--authority", client.authority, *FROM_THE_BEGINNING)
    assert "is in force from 1990-01-01." in said
    return client


async def test_the_sixth_pack_is_checked_and_every_view_says_where_each_entry_stands(
    sandbox: Sandbox, planclock: Planclock, moors: Path
) -> None:
    own = moors / "northmoor.toml"

    said = (await planclock("policy", "check", str(own))).splitlines()
    assert said[0].startswith("northmoor 3 can be used: 8 entries of its own, ")
    assert said[1:] == [
        "It builds on moors: What the moorland authorities share.",
        "It builds on inherited: Reviews where the document names none.",
        "It builds on lifecycle: The life of a plan.",
    ]
    client = await under(sandbox, planclock, own)
    whole = (await client.get("/v1/policies/northmoor")).json()
    page = read((await client.get("/v1/policies/northmoor/page")).text)
    origin = {entry["id"]: entry["origin"] for kind in ("duty", "rule", "outside") for entry in whole[kind]}
    expected = {"NMR-T01": "northmoor", "E-46": "moors", "E-46c": "moors", "E-46a": "inherited", "P11": "lifecycle"}

    assert {id_: origin[id_] for id_ in expected} == expected
    assert whole["figures"]["quorum_minimum"]["origin"] == "moors"
    for id_, pack in expected.items():
        assert f"Origin: {'this pack' if pack == 'northmoor' else pack}" in page.rows[id_]
    assert "NMR-T01  (northmoor)  comes" in await planclock("policy", "diff", str(moors / "southmoor.toml"), str(own))


async def test_the_sixth_authoritys_dates_notices_and_refusals_are_its_own(
    sandbox: Sandbox, planclock: Planclock, moors: Path
) -> None:
    client = await under(sandbox, planclock, moors / "northmoor.toml")
    without = item("child_decision_made", "2025-04-10", "ICPC-1", basis="here", decision="subject", category="neglect")
    await on_a_plan(client, "CHILD-A")

    assert await dated(client) == {
        "E-46": ["2025-06-10"],  # two months, by the joint procedure
        "NMR-T01": ["2025-04-17"],  # five working days
        "NMR-T03": ["2025-04-20"],  # ten days
        "NMR-T04": ["2026-04-10"],  # twelve months
        "NMR-T05": ["2025-04-11", "2025-04-11"],  # one working day, for each of two
    }
    notices = (await client.get("/v1/cases/CHILD-A/notices")).json()["notices"]
    assert {notice["recipient"] for notice in notices} == {"designated nurse", "virtual school head"}

    await client.tell("CHILD-B", item("child_registered", "2025-04-10", dob="2016-02-02"))
    assert await refused(client, without, "CHILD-B") == {"NMR-R01": "Standard 3, 1.2"}

    await client.advance("2025-04-22T09:00:00+01:00")
    said = [
        (event["data"]["rule"], event["data"]["said"])
        for event in (await client.get("/v1/cases/CHILD-A/events")).json()["events"]
        if event["type"] == "duty_announced"
    ]
    assert {("NMR-T01", "missed"), ("NMR-T03", "missed"), ("NMR-T05", "missed")} <= set(said)

    await client.tell("CHILD-A", item("core_group_meeting_held", "2025-04-22", "CG-1", seq=1))
    assert (await dated(client))["NMR-T02"] == ["2025-05-20"]  # four weeks

    held = [each for each in review("2025-06-10", "RCPC-1") if each["type"] == "review_conference_held"]
    alone = item(
        "attendance_recorded", "2025-06-10", "RCPC-1", attendees=[{"agency": "csc", "contributed_to_s47": True}]
    )
    await client.advance("2025-06-10T18:00:00+01:00")
    closed = await client.tell("CHILD-A", alone, *held, item("conference_closed", "2025-06-10", "RCPC-1"))
    assert {finding["rule"] for finding in closed["findings"]} >= {"NMR-R03"}
    assert await refused(client, ended("2025-06-10", "RCPC-1")) == {"E-46c": "Joint procedure, 4.2"}
    assert await refused(client, ended("2025-06-10", "RCPC-1", "non_cooperation")) == {"NMR-R02": "Standard 3, 6.1"}
    assert (await dated(client))["E-46a"] == ["2025-12-10"]  # six months, from the base beneath the base


async def test_a_real_authority_goes_by_its_own_pack_from_the_first_day(
    http: httpx2.AsyncClient, planclock: Planclock, moors: Path, signer: Signer
) -> None:
    own = str(moors / "northmoor.toml")
    made = (await planclock("authority", "create", "Northmoor", "--pack", own)).strip()
    client = Client(http, signer.sign(UUID(made), "system", [Role.INTEGRATION_CLIENT]), made)

    (policy,) = (await client.get("/v1/policies")).json()["policies"]
    assert (policy["id"], policy["version"], policy["effective_from"]) == ("northmoor", "3", "1990-01-01")


async def test_a_base_that_changes_beneath_two_packs_changes_nothing_until_they_are_activated_anew(
    sandbox: Sandbox, planclock: Planclock, moors: Path
) -> None:
    north, south = moors / "northmoor.toml", moors / "southmoor.toml"
    clients = [await under(sandbox, planclock, file) for file in (north, south)]
    for client in clients:
        await on_a_plan(client, "CHILD-A")
    before = [(await client.get("/v1/policies")).json() for client in clients]

    base = moors / "moors.toml"
    base.write_text(base.read_text().replace("due      = { months = 2,", "due      = { months = 1,"))

    assert [(await client.get("/v1/policies")).json() for client in clients] == before
    assert [(await dated(client))["E-46"] for client in clients] == [["2025-06-10"], ["2025-06-10"]]
    assert "northmoor builds on it, and can be used\nsouthmoor builds on it, and can be used\n" in await planclock(
        "policy", "check", str(base)
    )
    for file in (north, south):
        assert await planclock("policy", "diff", str(FILES / file.name), str(file)) == (
            'E-46  (moors)  due: {"months":2,"after":"conference_date"} -> {"months":1,"after":"conference_date"}\n'
            "1 difference.\n"
        )

    since = ("--since", "2025-04-20")
    assert "is in force from 2025-04-20." in await planclock(
        "policy", "activate", str(north), "--authority", clients[0].authority, *since
    )
    for client in clients:
        await on_a_plan(client, "CHILD-B", requested="2025-04-14", held="2025-04-28")
    assert [(await dated(client, "CHILD-B"))["E-46"] for client in clients] == [["2025-05-28"], ["2025-06-28"]]
    assert [(await dated(client))["E-46"] for client in clients] == [["2025-06-10"], ["2025-06-10"]]


async def test_a_pack_that_cannot_be_used_is_not_activated_and_what_is_in_force_stays(
    sandbox: Sandbox, planclock: Planclock, moors: Path
) -> None:
    client = await under(sandbox, planclock, moors / "northmoor.toml")
    before = (await client.get("/v1/policies")).json()
    sound = {file: file.read_text() for file in moors.glob("*.toml")}
    north, base = moors / "northmoor.toml", moors / "moors.toml"

    for file, old, new, said in (
        (
            north,
            '"child_seen"',
            '"child_sen"',
            "northmoor.toml: NMR-T03: no event is called child_sen; perhaps child_seen",
        ),
        (base, "value = 3", "value = 1000000", "moors.toml: figures > quorum_minimum > value: 1000000 cannot be meant"),
        (base, 'extends = "inherited"', 'extends = "northmoor"', "moors.toml: extends northmoor, which extends it in"),
    ):
        file.write_text(sound[file].replace(old, new))
        for words in (("check",), ("activate", "--authority", client.authority, *FROM_THE_BEGINNING)):
            assert said in await planclock("policy", words[0], str(north), *words[1:])
        file.write_text(sound[file])
    assert (await client.get("/v1/policies")).json() == before
