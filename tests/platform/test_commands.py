"""The `planclock` command, as somebody types it."""

import asyncio
import getpass
import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from deploy.local.databases import Databases
from service.command import COMMANDS
from tests.platform.conftest import Planclock, Told


async def behind_the_scenes(databases: Databases, *statements: str) -> list[object]:
    """Runs statements as the superuser; returns the first column of what the last one found."""
    connection = await asyncpg.connect(databases.admin_dsn)
    try:
        found = [await connection.fetch(statement) for statement in statements]
        return [row[0] for row in found[-1]]
    finally:
        await connection.close()


def test_help_says_what_each_command_does(planclock: Planclock) -> None:
    said = planclock("--help").stdout

    assert [name for name in COMMANDS if name.partition(" ")[0] not in said] == []


def test_an_authority_that_was_created_is_on_the_list(planclock: Planclock) -> None:
    created = planclock("authority", "create", "Example authority", "--pack", "staffordshire")

    assert created.returncode == 0, created.stderr
    assert f"{UUID(created.stdout.strip())}  real     Example authority" in planclock("authority", "list").stdout


def test_an_authority_is_given_a_code_once_and_listed_with_it(planclock: Planclock) -> None:
    made = [planclock("authority", "create", f"Example {n}", "--pack", "staffordshire").stdout.strip() for n in "AB"]
    given = planclock("authority", "code", made[0], "example-a")
    wanted = [planclock("authority", "code", made[1], code) for code in ("example-a", "No Code")]

    assert given.returncode == 0, given.stderr
    assert f"{made[0]}  real     Example A  example-a" in planclock("authority", "list").stdout
    assert "another authority has the code example-a" in wanted[0].stderr
    assert "'No Code' is no code" in wanted[1].stderr


def test_an_authority_may_be_created_under_an_agreed_id_and_only_once(planclock: Planclock) -> None:
    words = ("authority", "create", "Example authority", "--pack", "staffordshire", "--id", str(uuid4()))

    assert planclock(*words).stdout.strip() == words[-1]
    again = planclock(*words)

    assert (again.returncode, again.stderr) == (1, "planclock: an authority with that id is there already\n")


def test_an_unknown_pack_is_one_clear_line(planclock: Planclock) -> None:
    said = planclock("authority", "create", "Example authority", "--pack", "atlantis")

    assert (said.returncode, said.stderr) == (1, "planclock: no pack is called atlantis\n")


def test_a_database_that_cannot_be_reached_is_one_clear_line(planclock: Planclock) -> None:
    said = planclock("authority", "list", DATABASE_URL="postgresql://planclock_app:x@127.0.0.1:1/log")

    assert said.returncode == 1
    assert said.stderr.startswith("planclock: the database cannot be reached: ")
    assert said.stderr.count("\n") == 1


def test_missing_settings_are_named_and_nothing_else_is_said() -> None:
    script = Path(sys.executable).with_name("planclock")
    environment = {"PATH": os.environ["PATH"]}

    said = subprocess.run([script, "authority", "list"], check=False, capture_output=True, text=True, env=environment)

    assert said.returncode == 1
    assert said.stderr.startswith("planclock: DATABASE_URL is not set. ")
    assert said.stderr.count("\n") == 1


def test_a_case_is_shown_with_its_history_by_our_id_or_the_callers_reference(planclock: Planclock, told: Told) -> None:
    for key in (str(told.case), "REF-1"):
        said = planclock("replay", key, "--authority", str(told.authority))

        assert said.returncode == 0, said.stderr
        assert f"Case {told.case} at version 1" in said.stdout
        assert "child_registered" in said.stdout


def test_a_case_is_shown_as_json_at_a_version(planclock: Planclock, told: Told) -> None:
    said = planclock("replay", "REF-1", "--authority", str(told.authority), "--version", "1", "--format", "json")

    shown = json.loads(said.stdout)
    assert (shown["case"], shown["version"]) == (str(told.case), 1)
    assert [event["type"] for event in shown["events"]] == ["child_registered"]


def test_whoever_looks_at_a_case_at_the_command_line_is_recorded(
    planclock: Planclock, told: Told, databases: Databases
) -> None:
    planclock("replay", "REF-1", "--authority", str(told.authority))

    query = f"SELECT subject FROM es.access WHERE case_id = '{told.case}'"  # noqa: S608 - our own id
    assert asyncio.run(behind_the_scenes(databases, query)) == [f"{getpass.getuser()} at the command line"]


def test_a_case_that_is_not_there_is_one_clear_line(planclock: Planclock, told: Told) -> None:
    said = planclock("replay", "REF-2", "--authority", str(told.authority))

    assert said.stderr == "planclock: there is no such case at this authority, or there was none then\n"


def test_an_instant_without_its_offset_is_refused(planclock: Planclock, told: Told) -> None:
    said = planclock("replay", "REF-1", "--authority", str(told.authority), "--known-at", "2025-05-01T12:00:00")

    assert said.stderr == "planclock: an instant needs its offset, as in 2025-05-01T12:00:00+01:00\n"


def test_a_log_is_proved_against_a_head_kept_elsewhere_until_somebody_changes_it(
    planclock: Planclock, told: Told, databases: Databases
) -> None:
    sound = planclock("verify", str(told.authority))
    assert sound.returncode == 0, sound.stderr
    head = sound.stdout.rpartition("head ")[2].strip()
    assert planclock("verify", str(told.authority), "--known", head).returncode == 0

    asyncio.run(
        behind_the_scenes(
            databases,
            "ALTER TABLE es.event DISABLE TRIGGER ALL",
            f"UPDATE es.event SET type = 'child_seen' WHERE case_id = '{told.case}'",  # noqa: S608 - our own id
        )
    )
    changed = planclock("verify", str(told.authority), "--known", head)

    assert changed.returncode == 1
    assert "NOT SOUND" in changed.stdout
    assert "event (type)" in changed.stdout


def test_migrating_again_changes_nothing(planclock: Planclock, databases: Databases) -> None:
    keys = databases.server.dsn(databases.keys)

    said = planclock("migrate", DATABASE_URL=databases.admin_dsn, PLANCLOCK_KEYS_URL=keys)

    assert said.stdout == "planclock: the log and the case keys are at the newest schema\n"


def test_a_pack_of_ones_own_is_checked_from_its_file(planclock: Planclock, tmp_path: Path) -> None:
    own = tmp_path / "northtown.toml"
    own.write_text('id = "northtown"\ntitle = "T"\nversion = "1"\nsource = "S"\nextends = "staffordshire"\n')

    assert "northtown 1 can be used: 0 entries of its own" in planclock("policy", "check", str(own)).stdout

    own.write_text(own.read_text() + "[figures]\nquorum_minimun = { value = 0, cite = 'C' }\n")
    said = planclock("policy", "check", str(own))

    assert (said.returncode, "northtown.toml: figures > quorum_minimun > value" in said.stderr) == (1, True)


def test_two_packs_are_compared_by_name_or_file(planclock: Planclock) -> None:
    assert planclock("policy", "diff", "staffordshire", "staffordshire").stdout == "They say the same.\n"
    assert "STF-T21  (staffordshire)  comes" in planclock("policy", "diff", "lifecycle", "staffordshire").stdout
    assert "no pack is called nowhere" in planclock("policy", "diff", "nowhere", "staffordshire").stderr


def test_coverage_is_told_for_people_and_for_machines(planclock: Planclock) -> None:
    told = json.loads(planclock("policy", "coverage", "--json").stdout)

    assert (told["timescales"]["total"], told["rules"]["total"], told["survivors"]) == (123, 236, [])
    assert next(each for each in told["clauses"] if each["id"] == "STF-T21")["stands"] == "covered"
    assert "STF-T21  covered" in planclock("policy", "coverage").stdout


NORTHTOWN = """
id = "northtown"
title = "A town's own"
version = "2"
source = "Its own"
extends = "staffordshire"

[[duty]]
id     = "STF-T17"
cite   = "Own procedure, 4"
title  = "Hold the first review conference"
owner  = "children's social care"
starts = { event = "plan_started", when = ["the_plan_began_with_this"] }
due    = { months = 2, after = "conference_date" }
met_by = { event = "review_conference_held" }
each   = "plan"
"""


def test_a_draft_is_tried_on_every_case_and_changes_nothing(
    planclock: Planclock, planned: Told, tmp_path: Path
) -> None:
    own = tmp_path / "northtown.toml"
    own.write_text(NORTHTOWN)
    words = ("policy", "simulate", str(own), "--authority", str(planned.authority))

    said = planclock(*words, "--details")
    assert f"{planned.case}  duty STF-T17: due 2025-06-03, missed -> due 2025-05-03, missed" in said.stdout
    assert "1 of 1 cases would change." in said.stdout
    assert planclock("policy", "simulate", "staffordshire", *words[3:]).stdout == "0 of 1 cases would change.\n"
    assert "0 of 1" in planclock(*words, "--since", "2025-06-01").stdout
    assert "1 of 1" in planclock(*words, "--since", "2025-06-01", "--recalculate-open").stdout
    assert "2025-06-03" in planclock("replay", "REF-1", "--authority", str(planned.authority)).stdout


def test_what_is_activated_in_the_past_says_what_it_changes_before_it_is_confirmed(
    planclock: Planclock, planned: Told, tmp_path: Path
) -> None:
    own = tmp_path / "northtown.toml"
    own.write_text(NORTHTOWN)
    words = ("policy", "activate", str(own), "--authority", str(planned.authority), "--since", "2025-03-01")

    asked = planclock(*words)
    assert (asked.returncode, "1 of 1 cases would change." in asked.stdout) == (1, True)
    assert asked.stderr.endswith("planclock: 2025-03-01 has passed: nothing was activated; --confirm does it\n")
    assert "2025-06-03" in planclock("replay", "REF-1", "--authority", str(planned.authority)).stdout

    done = planclock(*words, "--confirm").stdout
    assert done.startswith("northtown 2 is in force from 2025-03-01.\n")
    assert done.endswith("1 of 1 cases change.\n")
    assert "2025-05-03" in planclock("replay", "REF-1", "--authority", str(planned.authority)).stdout


def test_a_pack_that_cannot_be_used_is_not_activated(planclock: Planclock, planned: Told, tmp_path: Path) -> None:
    own = tmp_path / "northtown.toml"
    own.write_text(NORTHTOWN.replace("plan_started", "plan_startd"))
    words = ("--authority", str(planned.authority), "--confirm", "--since")

    def refused(pack: str, since: str = "2025-03-01") -> str:
        return planclock("policy", "activate", pack, *words, since).stderr

    assert "no event is called plan_startd; perhaps plan_started" in refused(str(own))
    assert "belongs to no nation" in refused("lifecycle")
    assert "runs from 1990-01-01 to 2070-12-31: name a day in it" in refused("staffordshire", "1950-03-01")
    assert "2025-06-03" in planclock("replay", "REF-1", "--authority", str(planned.authority)).stdout


def test_a_half_yearly_report_is_produced_when_it_is_due_and_shown(planclock: Planclock) -> None:
    calderdale, other = [
        planclock("authority", "create", "Example", "--pack", pack).stdout.strip() for pack in ("calderdale", "sefton")
    ]

    said = planclock("report", "biannual", "--authority", calderdale)
    shown = json.loads(planclock("report", "biannual", "--authority", calderdale, "--format", "json").stdout)
    none = planclock("report", "biannual", "--authority", other)

    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith(f"Next: {shown['coming']['period']}, as ")
    assert (none.returncode, none.stdout) == (0, "Nothing is to be reported here.\n")
