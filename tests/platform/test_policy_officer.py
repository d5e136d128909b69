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
