"""`planclock calendar`, as a policy officer types it: closures looked at, brought into force, and what that moves."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from events.calendars import snapshots
from tests.platform.conftest import Planclock, Told

ENGLAND = snapshots.read(snapshots.stored("england"))
CONFERENCE = date(2025, 3, 3)
FIRST_CORE_GROUP = "2025-03-17"


@pytest.fixture
def shut(tmp_path: Path) -> Path:
    """A file with one closure, between the conference and the first core group."""
    file = tmp_path / "shut.toml"
    file.write_text('[closures]\n2025-03-10 = "Moving offices"\n')
    return file


def test_a_file_is_checked_and_says_which_days_would_count_otherwise(
    planclock: Planclock, told: Told, shut: Path
) -> None:
    shut.write_text('[closures]\n2025-03-10 = "Moving offices"\n2025-03-15 = "Moving offices"\n')

    said = planclock("calendar", "check", str(shut), "--authority", str(told.authority))

    assert said.stdout.splitlines() == [
        "2025-03-15  changes nothing: Saturday",
        "2025-03-10  a working day -> Moving offices",
        "1 days would count otherwise.",
    ]


def test_closures_in_the_past_say_which_dates_they_move_before_they_are_confirmed(
    planclock: Planclock, planned: Told, shut: Path
) -> None:
    whose = ("--authority", str(planned.authority))
    words = ("calendar", "activate", *whose, "--since", "2025-03-10", "--closed", str(shut))

    asked = planclock(*words)
    assert asked.returncode == 1
    assert "STF-T21  duty: 1 change\n" in asked.stdout
    assert "1 of 1 cases would change.\n" in asked.stdout
    assert "2025-03-10 has passed: nothing was activated; --confirm does it\n" in asked.stderr
    assert FIRST_CORE_GROUP in planclock("replay", "REF-1", *whose).stdout

    done = planclock(*words, "--confirm")
    assert "england-2026-11.2 is in force from 2025-03-10.\n" in done.stdout
    assert done.stdout.endswith("1 of 1 cases change.\n")
    now = planclock("replay", "REF-1", *whose).stdout
    assert "and england-2026-11.2\n" in now
    assert "STF-T21   missed      2025-03-18" in now
    before = planclock("replay", "REF-1", *whose, "--version", "2").stdout
    assert "and england-2026-11\n" in before
    assert "2025-03-17" in before


def test_both_answers_are_shown_side_by_side_case_by_case(planclock: Planclock, planned: Told, shut: Path) -> None:
    whose = ("--authority", str(planned.authority))
    planclock("calendar", "activate", *whose, "--since", "2025-03-10", "--closed", str(shut), "--confirm")

    (line,) = planclock("batch", "list", *whose).stdout.splitlines()
    shown = planclock("batch", "show", line.split()[0], *whose, "--details").stdout

    assert "calendar activated: england-2026-11.2 from 2025-03-10, 1 of 1 cases done" in line
    assert f"{planned.case}  duty STF-T21: due 2025-03-17, missed -> due 2025-03-18, missed" in shown


def test_every_version_is_shown_with_the_closures_in_force(planclock: Planclock, told: Told, shut: Path) -> None:
    whose = ("--authority", str(told.authority))
    planclock("calendar", "activate", *whose, "--since", "2025-03-10", "--closed", str(shut), "--confirm")

    first, second, in_force, *closures = planclock("calendar", "show", *whose).stdout.splitlines()

    assert first.startswith("england-2026-11  from 1990-01-01, told ")
    assert second.startswith("england-2026-11.2  from 2025-03-10, told ")
    assert in_force == "In force: england-2026-11.2, bank holidays of England from 1990-01-01 to 2070-12-31."
    assert closures == ["2025-03-10  Moving offices", "1 closures of its own."]


def test_days_before_the_day_it_counts_from_stay_as_they_were(planclock: Planclock, told: Told, shut: Path) -> None:
    whose = ("--authority", str(told.authority))
    planclock("calendar", "activate", *whose, "--since", "2025-03-10", "--closed", str(shut), "--confirm")
    shut.write_text(f'[closures]\n{date.today() + timedelta(30)} = "Moving back"\n')  # noqa: DTZ011  # any day to come

    planclock("calendar", "activate", *whose, "--since", str(date.today()), "--closed", str(shut))  # noqa: DTZ011

    assert "2025-03-10  Moving offices\n" in planclock("calendar", "show", *whose).stdout


@pytest.mark.parametrize(
    "since, text, says",
    [
        ("1989-12-31", '2025-03-10 = "Shut"', "runs from 1990-01-01 to 2070-12-31: name a day in it"),
        (
            "2025-04-01",
            '2025-03-10 = "Shut"',
            "2025-03-10: before 2025-04-01, from which this would count; activate",
        ),
        ("2025-03-10", "", "england-2026-11 says the same from 2025-03-10: nothing would change"),
        ("2025-03-10", '2025-03-32 = "Shut"', "shut.toml: 2025-03-32: no date; write a day like 2026-12-24"),
        ("2025-03-10", '1950-03-10 = "Shut"', "shut.toml: 1950-03-10: the calendar england-2026-11 runs from"),
    ],
)
def test_what_cannot_come_into_force_is_refused_and_what_is_stays(
    planclock: Planclock, told: Told, shut: Path, since: str, text: str, says: str
) -> None:
    whose = ("--authority", str(told.authority))
    shut.write_text(f"[closures]\n{text}\n")

    said = planclock("calendar", "activate", *whose, "--since", since, "--closed", str(shut), "--confirm")

    assert (said.returncode, says in said.stderr) == (1, True), said
    assert "In force: england-2026-11," in planclock("calendar", "show", *whose).stdout


def test_a_file_that_is_not_there_is_one_clear_line(planclock: Planclock, told: Told) -> None:
    said = planclock("calendar", "check", "nowhere.toml", "--authority", str(told.authority))

    assert (said.returncode, said.stderr) == (1, "planclock: there is no file nowhere.toml\n")
