"""What the documents and the Makefile say is so."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from deploy.local.state import CLONE
from events.policies.coverage import kept
from service.command import COMMANDS
from tests.case.coverage import fingerprint

DOCUMENTS = sorted({CLONE / "README.md", CLONE / "CHANGELOG.md", *(CLONE / "deploy").rglob("*.md")})
README = (CLONE / "README.md").read_text()
MAKEFILE = (CLONE / "Makefile").read_text()


def name(path: Path) -> str:
    return str(path.relative_to(CLONE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_within_the_project_leads_somewhere(document: Path) -> None:
    linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())

    assert [link for link in linked if not (document.parent / link).exists()] == []


def test_make_help_lists_every_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)) - {"environment"}

    make = ["make", "--silent", "--no-print-directory", "help"]
    said = subprocess.run(make, cwd=CLONE, check=True, capture_output=True, text=True).stdout

    assert {line.split()[1] for line in said.splitlines()} == targets


def test_every_target_is_made_whatever_files_there_are() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)

    assert phony
    assert set(phony[1].split()) == set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def test_every_make_target_the_readme_names_exists() -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.MULTILINE))

    assert named
    assert named <= set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def test_every_command_the_readme_names_exists() -> None:
    assert set(re.findall(r"(?:`|^)planclock ([a-z]+)", README, re.MULTILINE)) <= {
        command.partition(" ")[0] for command in COMMANDS
    }


def test_every_exception_to_a_rule_has_its_reason() -> None:
    section = (
        (CLONE / "pyproject.toml").read_text().partition("[tool.ruff.lint]")[2].partition("[tool.ruff.lint.pydoc")[0]
    )
    rules = [line for line in section.splitlines() if re.match(r'\s+"[A-Z]+[0-9]*",', line)]

    assert rules
    assert [line for line in rules if not re.search(r"# \w+", line)] == []


def test_the_licence_is_the_one_the_package_names() -> None:
    project = tomllib.loads((CLONE / "pyproject.toml").read_text())["project"]

    assert project["license"] == "MIT"
    assert (CLONE / "LICENSE").read_text().startswith("MIT License\n\nCopyright (c) 2026 Planclock contributors\n")


def test_the_changelog_tells_of_this_version_or_of_what_comes_next() -> None:
    project = tomllib.loads((CLONE / "pyproject.toml").read_text())["project"]
    headings = re.findall(r"^## (\S+)", (CLONE / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert headings[0] in {"Unreleased", project["version"]}


def test_no_file_of_code_needs_a_table_of_contents() -> None:
    folders = ("events", "workflows", "service", "migrations", "deploy")
    lengths = {
        name(path): len(path.read_text().splitlines()) for top in folders for path in (CLONE / top).rglob("*.py")
    }

    assert {path: lines for path, lines in lengths.items() if lines > 300} == {}


def test_what_the_tests_prove_of_the_packs_is_as_new_as_packs_code_and_tests() -> None:
    """If this fails: `make coverage` breaks every entry of every pack again, and keeps what notices."""
    proofs = kept()

    assert proofs.fingerprint == fingerprint()
    assert [each for each in proofs.survivors if not each.reason] == []
