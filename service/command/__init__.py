"""The `planclock` command."""

import sys
from importlib.metadata import version

from cyclopts import App

from service.command.errors import CommandError

COMMANDS = {
    "run": "Start everything on this machine, with made-up cases.",
    "api": "Serve the HTTP API.",
    "worker": "Follow the log and keep the worklist and the case list up to date.",
    "migrate": "Bring the databases to the newest schema.",
    "authority create": "Create a real authority, with a pack in force from the beginning.",
    "authority list": "List every authority.",
    "verify": "Prove that nobody changed what was recorded, or name what was changed.",
    "replay": "Show a case: its history and what it meant, now or at any moment.",
    "rebuild": "Build the read models anew beside the live ones, compare, and switch.",
    "settings": "List every setting and what it means.",
}
"""Each is a function of the module that its first word names, loaded only when it is asked for."""


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
            groups[module] = App(name=module, help=f"What can be done with each {module}.")
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
