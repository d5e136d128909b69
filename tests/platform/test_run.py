"""`make run`: one command starts everything, says where to look, survives the death of its parts, and starts again."""

import asyncio
import re
import shutil
import signal
import socket
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deploy.local.state import CLONE
from deploy.local.stories import stories
from events.catalogue.whole import catalogue
from tests.platform.running import Running, free_port, running

README = (CLONE / "README.md").read_text()

pytestmark = pytest.mark.xdist_group("run")


@pytest.fixture(scope="module")
def state(short_directory: Path) -> Path:
    made = short_directory / uuid.uuid4().hex[:8]
    made.mkdir(mode=0o711)
    return made


@pytest.fixture(scope="module")
async def run(state: Path) -> AsyncIterator[Running]:
    async with running(state) as one:
        await one.is_up()
        yield one


async def shell(script: str) -> str:
    process = await asyncio.create_subprocess_exec("bash", "-c", script, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    return output.decode()


async def answers(run: Running) -> None:
    """Returns once the API answers."""
    async with asyncio.timeout(60), httpx2.AsyncClient(base_url=run.url) as api:
        while not await is_alive(api):
            await asyncio.sleep(0.05)


async def is_alive(api: httpx2.AsyncClient) -> bool:
    try:
        return (await api.get("/healthz")).is_success
    except httpx2.TransportError:
        return False


def test_every_made_up_item_is_one_the_catalogue_knows() -> None:
    told = catalogue().told

    for number, call in enumerate(stories()):
        for index, item in enumerate(call.items):
            told.validate_python({"source": "test", "id": f"{number}-{index}", **item}, strict=False)


async def test_it_says_where_it_is_and_that_timers_are_not_running(run: Running) -> None:
    assert any(run.url in line for line in run.said)
    assert any("Timers are not running: Temporal cannot be reached" in line for line in run.said)


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
async def test_each_of_the_three_curl_lines_it_prints_does_what_it_says(run: Running) -> None:
    (token,) = (line for line in run.said if line.startswith("export TOKEN="))
    duties, child, ending = [await shell(f"{token}\n{line}") for line in run.said if line.startswith("curl ")]

    assert "STF-T22" in duties
    assert '"stage": "active"' in child
    assert "STF-R74" in ending


async def test_the_tour_in_the_readme_says_what_it_promises(run: Running) -> None:
    (token,) = (line for line in run.said if line.startswith("export TOKEN="))
    tour = README.partition("## A short tour")[2].partition("\n## ")[0]
    script = [f"set -eu\n{token}\nURL={run.url}"]
    promised: dict[int, list[str]] = {}
    for number, (block, says) in enumerate(re.findall(r"```sh\n(.*?)```\n(?:\nSays: (.*?)\n\n)?", tour, re.DOTALL)):
        promised[number] = re.findall(r"`([^`]+)`", says)
        script.append(f"{block}\necho '== {number}'")

    said = dict(zip(promised, re.split(r"== \d+\n", await shell("\n".join(script))), strict=False))

    assert sum(map(len, promised.values())) > 10
    for number, fragments in promised.items():
        assert [fragment for fragment in fragments if fragment not in said[number]] == [], said[number][:2000]


async def test_an_api_that_is_killed_comes_back_and_it_is_said(run: Running) -> None:
    run.kill("planclock\0api")

    await run.until(r"the api stopped \(SIGKILL, see .*\); starting it again in 0.5 s")
    await answers(run)


async def test_a_postgresql_that_is_killed_comes_back_with_its_data(run: Running) -> None:
    run.kill("postgres\0-D")

    await run.until(r"PostgreSQL stopped \(SIGKILL\); starting it again in 0.5 s")
    (token,) = (line for line in run.said if line.startswith("export TOKEN="))
    async with asyncio.timeout(60), httpx2.AsyncClient(headers={"Authorization": f"Bearer {token[13:]}"}) as api:
        while (await api.get(f"{run.url}/v1/cases/MADE-UP-A")).status_code != httpx2.codes.OK:
            await asyncio.sleep(0.05)


async def test_a_second_run_on_the_same_data_is_refused_in_one_line(run: Running, state: Path) -> None:
    async with running(state) as second:
        assert await second.ends() == 1

    (line,) = second.said
    assert re.fullmatch(
        rf"planclock: make run is already on .*, held by process {run.process.pid}: stop it first", line
    )


async def test_a_taken_port_is_one_line(short_directory: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port()))
        other.listen()
        async with running(short_directory, other.getsockname()[1]) as one:
            assert await one.ends() == 1

    (line,) = one.said
    assert re.fullmatch(r"planclock: port \d+ is taken: .*", line)


async def test_a_database_url_that_leads_nowhere_is_one_line(short_directory: Path) -> None:
    nowhere = "postgresql://boss:secret@127.0.0.1:1/plans"
    async with running(short_directory, DATABASE_URL=nowhere) as one:
        assert await one.ends() == 1

    assert one.said[-1].startswith("planclock: the database that DATABASE_URL names cannot be used: ")
    assert "secret" not in one.said[-1]


async def test_ctrl_c_stops_everything_and_the_next_run_carries_on_with_the_same_data(
    run: Running, state: Path
) -> None:
    parts = [run.part(name) for name in ("planclock\0api", "planclock\0worker", "postgres\0-D")]
    note = (state / "cases.json").read_text()

    run.process.send_signal(signal.SIGINT)
    status = await run.ends()

    assert (status, run.said[-1]) == (0, "planclock: stopped")
    assert [pid for pid in parts if Path(f"/proc/{pid}").exists()] == []
    async with running(state) as again:
        await again.is_up()
        assert not any("telling it the made-up cases" in line for line in again.said)
    assert (state / "cases.json").read_text() == note
