"""Where a local Temporal comes from, in order: what is there, a download, a build; else a plain word."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from deploy.local import temporal_binary
from deploy.local.temporal_binary import NoTemporalError, acquired


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone's tools with nothing in them, on a machine with an empty PATH, whose network is down."""
    where = {name: shutil.which(name) or name for name in ("nice", "sh", "sleep", "mkdir", "cp")}
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(temporal_binary, "DOWNLOAD_VERSION", "none-of-that-name")
    (tmp_path / "bin").mkdir()
    (tmp_path / "tools").mkdir()
    for needed in where:
        (tmp_path / "bin" / needed).symlink_to(
            next(p for p in (Path("/usr/bin"), Path("/bin")) if (p / needed).exists()) / needed
        )
    return tmp_path / "tools"


def program(path: Path, script: str = "exit 0") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


async def test_one_on_the_path_comes_first(tools: Path) -> None:
    kept = program(tools / "bin" / "temporal")
    on_path = program(tools.parent / "bin" / "temporal")

    assert await acquired(print, tools) == on_path
    on_path.unlink()
    assert await acquired(print, tools) == kept


async def test_go_builds_it_and_its_caches_go_afterwards(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporal_binary, "_TELL_EVERY", 0.05)
    said: list[str] = []
    program(
        tools.parent / "bin" / "go",
        f'mkdir -p "$GOPATH"; sleep 0.3; cp "$0" "$GOBIN/temporal"; [ "$1 $2" = "install {temporal_binary.MODULE}" ]',
    )

    built = await acquired(said.append, tools)

    assert built == tools / "bin" / "temporal"
    assert os.access(built, os.X_OK)
    assert not (tools / "go").exists()
    assert any("still building Temporal" in line for line in said)


async def test_with_neither_it_says_what_would_help(tools: Path) -> None:
    with pytest.raises(NoTemporalError, match="TEMPORAL_ADDRESS"):
        await acquired(print, tools)


async def test_a_build_that_fails_is_none(tools: Path) -> None:
    program(tools.parent / "bin" / "go", "exit 3")
    said: list[str] = []

    with pytest.raises(NoTemporalError):
        await acquired(said.append, tools)

    assert "Temporal's dev server could not be built (exit 3)" in said


@pytest.mark.skipif(
    not Path("/proc/self/autogroup").exists(), reason="this system does not group processes by their session"
)
async def test_a_build_gives_way_to_what_runs_beside_it(tools: Path) -> None:
    program(
        tools.parent / "bin" / "go",
        'sleep 0.3; cp /proc/self/autogroup "$GOPATH.seen"; mkdir -p "$GOBIN"; cp "$0" "$GOBIN/temporal"',
    )

    await acquired(print, tools)

    assert (tools / "go.seen").read_text().endswith("nice 19\n")
