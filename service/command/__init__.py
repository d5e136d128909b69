"""The `planclock` command."""

import sys
from importlib.metadata import version

from cyclopts import App

from service.command.errors import CommandError

COMMANDS = {
    "run": "Start everything on this machine, with made-up cases.",
    "api": "Serve the HTTP API.",
    "worker": "Follow the log: keep the worklist, the case list and the timers up to date.",
    "migrate": "Bring the databases to the newest schema.",
    "authority create": "Create a real authority, with a pack in force from the beginning.",
    "authority code": "Give an authority the code by which others address it.",
    "authority list": "List every authority.",
    "verify": "Prove that nobody changed what was recorded, or name what was changed.",
    "replay": "Show a case: its history and what it meant, now or at any moment.",
    "rebuild lists": "Build the read models anew beside the live ones, compare, and switch.",
    "rebuild timers": "Set every timer anew from the log alone, as after Temporal lost its data.",
    "reconcile": "Compare the timers in Temporal with the log, name what differs, and mend it.",
    "resume": "Let halted lists or relays go on, once what halted them is mended.",
    "policy check": "Say whether a pack of your own can be used, and what to write instead where it cannot.",
    "policy diff": "Show what changes between two packs: entries that come, go, or say something else.",
    "policy page": "Write a pack as a page to read: what it asks, by when, and why.",
    "policy compare": "Tell one child under several packs with the same facts, and show what each asks and refuses.",
    "policy simulate": "Try a pack on every case of an authority, and say what would change.",
    "policy activate": "Bring a pack into force at an authority from a day; first say what that changes in the past.",
    "policy coverage": "Show how each clause of the five procedures is carried out and proved.",
    "report biannual": "Produce the half-yearly reports that are due at an authority, and show every one.",
    "calendar show": "Show the versions of an authority's calendar, and its own closures.",
    "calendar check": "Say whether a file of closures can be used, and which days would count otherwise.",
    "calendar activate": "Bring bank holidays and closures into force from a day, and show which dates move.",
    "batch list": "List the work over every case of an authority: drafts tried, activations followed.",
    "batch show": "Show how far a batch is and what it has found, case by case if asked.",
    "batch pause": "Have a batch begin nothing more.",
    "batch resume": "Have a batch go on that was paused or broken off.",
    "doctor": "Check this installation part by part, and say what to do about each that fails.",
    "settings": "List every setting and what it means.",
}
"""Each is a function of the module that its first word names, loaded only when it is asked for."""

GROUPS = {
    "authority": "What can be done with each authority.",
    "rebuild": "What can be built anew from the log.",
    "report": "The reports that a procedure asks an authority for.",
    "calendar": "What counts as a working day at an authority.",
    "batch": "Work over every case of an authority.",
    "policy": "What a policy officer asks of packs.",
}
"""First words that several commands share."""


def application() -> App:
    """The command line, with every command on it."""
    app = App(
        name="planclock",
        help="The life of a child protection plan, as events that are never edited.",
        version=version("planclock"),
    )
    groups: dict[str, App] = {}
    for command, summary in COMMANDS.items():
        module, _, rest = command.partition(" ")
        if rest and module not in groups:
            groups[module] = App(name=module, help=GROUPS[module])
            app.command(groups[module])
        where, name = (groups[module], rest) if rest else (app, module)
        where.command(f"service.command.{module}:{name}", name=name, help=summary)
    return app


def main() -> None:
    """Runs the command that was typed; what it cannot do is one clear line and exit code 1."""
    try:
        application()(sys.argv[1:])
    except CommandError as error:
        sys.exit(f"planclock: {error}")
