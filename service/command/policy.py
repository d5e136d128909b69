"""`planclock policy`: whether a pack can be used, what it would change, and how the five are carried out."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from events.calendars.counting import OutsideCalendar
from events.case.engine import engine, written_where
from events.catalogue.whole import catalogue
from events.policies import coverage as covering
from events.policies.differing import Difference, differences
from events.policies.drafts import PolicyDraft
from events.policies.loading import load, packs
from service.command import trying
from service.command.errors import CommandError
from service.command.packs import built_on, read_pack
from service.command.pages import text_of, write_page
from service.comparing.sides import PROCEDURES, NoNationError, sides
from service.comparing.story import StoryError, carried, read_story
from service.pages.comparison import comparison_page
from service.pages.policy import policy_page


def check(file: Path) -> None:
    """Say whether a pack can be used. What cannot is named with its entry, and what to write instead.

    Args:
        file: The pack, a TOML file. It may extend a pack that this build carries, or one beside it; whatever extends
            it is checked too.
    """
    policy = read_pack(str(file))
    own = [id_ for id_, origin in policy.origin.items() if origin == policy.id]
    entries = "entry" if len(own) == 1 else "entries"
    print(f"{policy.id} {policy.version} can be used: {len(own)} {entries} of its own, {len(policy.origin)} in all.")
    for pack, title in policy.builds_on.items():
        print(f"It builds on {pack}: {title}.")
    over = dict(built_on(str(file)))
    for pack, wrong in over.items():
        print(f"{pack} builds on it, and {'can be used' if wrong is None else 'cannot be used with it:'}")
    if any(over.values()):
        raise CommandError("\n".join(filter(None, over.values())))


def diff(before: str, after: str) -> None:
    """Show what changes between two packs.

    Args:
        before: A file, or the name of a pack that this build carries.
        after: Another.
    """
    found = list(differences(read_pack(before), read_pack(after)))
    for each in found:
        print(_difference(each))
    many = "difference" if len(found) == 1 else "differences"
    print(f"{len(found)} {many}." if found else "They say the same.")


def page(pack: str, *, out: Path | None = None) -> None:
    """Write a pack as a page to read: what it asks, by when, and why, and where each entry comes from.

    Args:
        pack: A file, or the name of a pack that this build carries.
        out: The file to write. Without it the page goes to the standard output.
    """
    write_page(policy_page(read_pack(pack), catalogue()), out)


def compare(*packs: str, story: Path | None = None, out: Path | None = None) -> None:
    """Tell one child under several packs with the same facts, and write what each asks and refuses, side by side.

    Args:
        packs: Files, or names of packs that this build carries; without any, the five procedures.
        story: What happened, a JSON file; without it, the made-up story that this build carries.
        out: The file to write. Without it the page goes to the standard output.
    """
    understood, types = engine(catalogue()), catalogue()
    try:
        told = carried(types) if story is None else read_story(text_of(story), types)
        policies = [read_pack(pack) for pack in packs or PROCEDURES]
        write_page(comparison_page(told, sides(told, policies, understood.assessor), types), out)
    except (StoryError, NoNationError, OutsideCalendar) as error:
        raise CommandError(str(error)) from None


def simulate(
    pack: str,
    *,
    authority: UUID,
    since: date | None = None,
    recalculate_open: bool = False,
    details: bool = False,
    here: bool = False,
) -> None:
    """Try a pack on every case of an authority, and say what would change. Nothing comes into force.

    Args:
        pack: A file, or the name of a pack that this build carries.
        authority: Whose cases.
        since: The day from which it would be in force; without one, as if it had been from the beginning.
        recalculate_open: Whether duties that are open on that day would take its figures.
        details: Every change, rather than how many of each kind.
        here: In this process, even where workers are there.
    """
    draft = PolicyDraft(read_pack(pack), since, recalculate_open)
    asyncio.run(trying.simulate(pack, authority, draft, details=details, here=here))


def activate(
    pack: str,
    *,
    authority: UUID,
    since: date,
    recalculate_open: bool = False,
    confirm: bool = False,
    here: bool = False,
) -> None:
    """Bring a pack into force at an authority from a day.

    Args:
        pack: A file, or the name of a pack that this build carries.
        authority: Where.
        since: The day from which it judges what happens.
        recalculate_open: Whether duties that are open on that day take its figures.
        confirm: Do it although the day has passed. Without it, what would change is shown and nothing is done.
        here: Look at the cases in this process, even where workers are there.
    """
    draft = PolicyDraft(read_pack(pack), since, recalculate_open)
    asyncio.run(trying.activate(pack, authority, draft, confirm=confirm, here=here))


def coverage(*, json: bool = False) -> None:
    """Show how each clause of the five procedures is carried out and proved.

    Args:
        json: The whole, for a machine: every id with its entries, its code and the tests that notice when it breaks.
    """
    vocabulary = engine(catalogue()).vocabulary
    texts = packs()
    policies = {scope.pack: load(scope.pack, texts, vocabulary) for scope in covering.SCOPES if scope.pack in texts}
    proofs = covering.kept()
    found = covering.clauses(policies, proofs, written_where())
    totals = covering.totals(found, proofs.survivors)
    if json:
        whole = {**totals, "survivors": [asdict(each) for each in proofs.survivors]}
        sys.stdout.write(to_json({**whole, "clauses": [asdict(each) for each in found]}, indent=2).decode() + "\n")
        return
    for line in _covered(found, totals):
        print(line)


def _difference(each: Difference) -> str:
    entry = f"{each.entry}  ({each.origin})"
    if each.field is None:
        return f"{entry}  comes" if each.before is None else f"{entry}  goes"
    return f"{entry}  {each.field}: {_plain(each.before)} -> {_plain(each.after)}"


def _plain(value: Any) -> str:  # noqa: ANN401  # whatever an entry's field may hold
    return "nothing" if value is None else to_json(value).decode()


def _covered(found: list[covering.Clause], totals: dict[str, Any]) -> Iterator[str]:
    for each in found:
        said = each.reason or f"{len(each.tests)} tests notice, of {each.tried} ways to break {', '.join(each.entries)}"
        yield f"{each.id}  {each.stands:8}" if each.stands == "missing" else f"{each.id}  {each.stands:8}  {said}"
    for kind in ("timescales", "rules"):
        yield f"{kind}: " + ", ".join(f"{name} {number}" for name, number in totals[kind].items())
    if totals["missing"]:
        yield f"missing: {', '.join(totals['missing'])}"
    yield f"survivors: {totals['survivors']}"
