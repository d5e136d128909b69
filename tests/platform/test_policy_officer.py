"""What a policy officer types: nothing of it needs a database."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from service.command import main
from tests.pages.reading import read

Type = Callable[..., str]


@pytest.fixture
def planclock(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Types a command in this process; what it said, or the one clear line with which it ended."""

    def planclock(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["planclock", *words])
        try:
            main()
        except SystemExit as ended:
            if isinstance(ended.code, str):
                return ended.code
        return capsys.readouterr().out

    return planclock


def test_a_pack_is_written_as_a_page_that_needs_nothing_else(planclock: Type, tmp_path: Path) -> None:
    out = tmp_path / "wales.html"

    assert planclock("policy", "page", "wales", "--out", str(out)).startswith(f"{out} is written.")
    page = read(out.read_text())
    assert {"WAL-T01", "WAL-R23", "P11"} <= page.rows.keys()
    assert any(attributes.get("http-equiv") == "Content-Security-Policy" for attributes in page.of("meta"))
    assert planclock("policy", "page", "wales") == out.read_text()


def test_a_page_is_written_of_a_pack_of_ones_own_and_not_where_there_is_no_folder(
    planclock: Type, tmp_path: Path
) -> None:
    own = tmp_path / "northtown.toml"
    own.write_text(
        'id = "northtown"\ntitle = "Northtown: a town\'s own"\nversion = "1"\nsource = "S"\nextends = "wales"\n'
    )

    assert "Northtown: a town&#x27;s own" in planclock("policy", "page", str(own))
    assert planclock("policy", "page", "wales", "--out", str(tmp_path / "nowhere" / "x.html")) == (
        f"planclock: {tmp_path}/nowhere/x.html cannot be written: No such file or directory"
    )


STORY = """{"title": "Child B", "until": "2025-08-01", "items": [
  {"type": "child_registered", "occurred_on": "2025-03-03", "data": {"dob": "2015-06-01"}},
  {"type": "plan_ended", "occurred_on": "2025-03-04", "asked": "May it end?", "data": {"ground": "deceased"}}]}"""


def test_one_child_is_told_under_several_packs_side_by_side(planclock: Type, tmp_path: Path) -> None:
    out, told = tmp_path / "compared.html", tmp_path / "story.json"
    told.write_text(STORY)

    assert planclock("policy", "compare", "--out", str(out)).startswith(f"{out} is written.")
    assert {"Stockport", "Staffordshire", "Wales", "Calderdale", "Sefton"} <= set(read(out.read_text()).words)
    own = planclock("policy", "compare", "wales", "sefton", "--story", str(told))
    assert "Child B" in own
    assert own.count("Plan states, P15 (P15).") == 2
    assert "Stockport" not in own


def test_what_cannot_be_compared_is_one_clear_line(planclock: Type, tmp_path: Path) -> None:
    told = tmp_path / "story.json"
    told.write_text(STORY.replace("deceased", "bored"))

    assert planclock("policy", "compare", "--story", str(told)).startswith(
        "planclock: item 2: plan_ended.data.ground: "
    )
    assert "cannot be read" in planclock("policy", "compare", "--story", str(tmp_path / "nowhere.json"))
    assert "belongs to no nation" in planclock("policy", "compare", "lifecycle")
    assert "no pack is called atlantis" in planclock("policy", "compare", "atlantis")


BASE = """
id = "county"
title = "What the county's towns share"
version = "1"
source = "The county's own"
extends = "lifecycle"

[[duty]]
id     = "CTY-1"
cite   = "1"
title  = "Hold the first review conference"
owner  = "social worker"
starts = { event = "plan_started" }
due    = { months = 3, after = "conference_date" }
met_by = { event = "review_conference_held" }
"""
TOWN = 'id = "{}"\ntitle = "T"\nversion = "1"\nsource = "S"\nnation = "england"\nextends = "county"\n'


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A base, and two packs that extend it."""
    for town in ("eastville", "westville"):
        (tmp_path / f"{town}.toml").write_text(TOWN.format(town))
    (tmp_path / "county.toml").write_text(BASE)
    (tmp_path / "no_text.toml").write_bytes(b"\xff\xfe")
    return tmp_path


def test_whoever_checks_a_base_hears_of_every_pack_that_extends_it(planclock: Type, county: Path) -> None:
    base = county / "county.toml"
    said = planclock("policy", "check", str(base)).splitlines()

    assert said[0].startswith("county 1 can be used: 1 entry of its own, ")
    assert said[1:] == [
        "It builds on lifecycle: The life of a plan.",
        "eastville builds on it, and can be used",
        "westville builds on it, and can be used",
    ]

    own = county / "westville.toml"
    own.write_text(own.read_text() + BASE[BASE.index("[[duty]]") :].replace("plan_started", "plan_strated"))
    assert planclock("policy", "check", str(base)) == (
        "planclock: westville.toml: CTY-1: no event is called plan_strated; perhaps plan_started or plo_started"
    )


def test_a_base_that_changed_beneath_shows_in_each_pack_with_its_origin(
    planclock: Type, county: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    later = tmp_path_factory.mktemp("later")
    for file in county.glob("*ville.toml"):
        (later / file.name).write_text(file.read_text())
    (later / "county.toml").write_text(BASE.replace("months = 3", "months = 2"))

    for town in ("eastville", "westville"):
        assert planclock("policy", "diff", str(county / f"{town}.toml"), str(later / f"{town}.toml")) == (
            'CTY-1  (county)  due: {"months":3,"after":"conference_date"} -> {"months":2,"after":"conference_date"}\n'
            "1 difference.\n"
        )


def test_a_pack_that_was_meant_is_named_and_a_file_that_is_no_text_is_one_line(planclock: Type, county: Path) -> None:
    assert planclock("policy", "diff", "stafordshire", "wales").endswith("or name a .toml file; perhaps staffordshire")
    assert "no_text.toml cannot be read: " in planclock("policy", "check", str(county / "no_text.toml"))
    assert "there is no file" in planclock("policy", "check", str(county / "nowhere.toml"))
