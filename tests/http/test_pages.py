"""The pages, as a browser gets them: without a token where they speak of nobody, and shut to everything else."""

import base64
import hashlib
import re

import httpx2
import pytest
from fastapi import FastAPI

from tests.http.conftest import Sandbox
from tests.pages.reading import read

PAGES = ("/policies", "/policies/stockport", "/policies/compared", "/docs", "/docs/event-types")


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_lets_in_its_own_style_and_nothing_else(http: httpx2.AsyncClient, path: str) -> None:
    answer = await http.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style
    allowed = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert answer.headers["content-security-policy"] == (
        f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", answer.text) == []


@pytest.mark.parametrize("path", PAGES)
async def test_every_way_out_of_a_page_leads_to_another_page_of_ours(http: httpx2.AsyncClient, path: str) -> None:
    page = read((await http.get(path)).text)
    ways = {str(attributes["href"]) for attributes in page.of("a")}

    assert {way for way in ways if not way.startswith("#") and (await http.get(way)).status_code != 200} == set()
    assert {f"#{attributes['id']}" for _, attributes in page.elements if attributes.get("id")} >= {
        way for way in ways if way.startswith("#")
    }


async def test_the_list_of_policies_leads_to_each_that_this_build_carries(http: httpx2.AsyncClient) -> None:
    page = read((await http.get("/policies")).text)

    names = ("calderdale", "sefton", "staffordshire", "stockport", "wales", "inherited", "lifecycle")
    assert {f"/policies/{name}" for name in names} <= {attributes["href"] for attributes in page.of("a")}


async def test_a_policy_that_there_is_not_has_no_page(http: httpx2.AsyncClient, sandbox: Sandbox) -> None:
    unknown = await http.get("/policies/atlantis")
    elsewhere = await (await sandbox()).get("/v1/policies/wales/page")

    assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:planclock:problem:unknown-pack")
    assert (elsewhere.status_code, elsewhere.json()["type"]) == (404, "urn:planclock:problem:unknown-policy")


async def test_those_who_work_at_an_authority_read_what_is_in_force_there(sandbox: Sandbox) -> None:
    client = await sandbox(policy="sefton")
    page = await client.get("/v1/policies/sefton/page")
    whole = (await client.get("/v1/policies/sefton")).json()

    assert "In force at this authority from 1990-01-01." in page.text
    assert {entry["id"] for entry in (*whole["duty"], *whole["rule"])} == read(page.text).rows.keys()


async def test_every_view_of_a_policy_says_where_each_entry_stands(sandbox: Sandbox) -> None:
    whole = (await (await sandbox(policy="calderdale")).get("/v1/policies/calderdale")).json()
    origin = {entry["id"]: entry["origin"] for kind in ("duty", "rule", "outside") for entry in whole[kind]}

    assert (origin["CAL-T03"], origin["E-46"], origin["P11"]) == ("calderdale", "inherited", "lifecycle")
    assert whole["figures"]["senior_review_from"]["origin"] == "calderdale"
    assert all(figure["origin"] in {"calderdale", *whole["builds_on"]} for figure in whole["figures"].values())
    assert list(whole["builds_on"]) == ["inherited", "lifecycle"]


async def test_the_api_describes_every_call_and_every_event_type(http: httpx2.AsyncClient, app: FastAPI) -> None:
    calls = read((await http.get("/docs")).text).words
    types = read((await http.get("/docs/event-types")).text).words
    told = {entry.name for entry in app.state.parts.cases.catalogue.types.values() if entry.told_by_callers}

    assert app.openapi()["paths"].keys() <= set(calls)
    assert {"GET ", "POST "} <= set(calls)
    assert told <= set(types)


@pytest.mark.parametrize("path", ["/redoc", "/docs/oauth2-redirect"])
async def test_nothing_is_left_of_what_came_from_elsewhere(http: httpx2.AsyncClient, path: str) -> None:
    assert (await http.get(path)).status_code == 404
