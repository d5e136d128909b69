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
