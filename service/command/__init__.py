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
    "authority": "Create authorities, and list them.",
    "verify": "Prove that nobody changed what was recorded, or name what was changed.",
    "replay": "Show a case: its history and what it meant, now or at any moment.",
    "rebuild": "Build the read models anew beside the live ones, compare, and switch.",
    "settings": "List every setting and what it means.",
}
"""Each is the function (or the app) of that name in the module of that name, loaded only when it is asked for."""


def application() -> App:
    """The command line, with every command on it."""
    app = App(
        name="planclock",
        help="The life of a child protection plan, as events that are never edited.",
        version=version("planclock"),
    )
    for name, summary in COMMANDS.items():
        app.command(f"service.command.{name}:{name}", name=name, help=summary)
    return app


def main() -> None:
    """Runs the command that was typed; what it cannot do is one clear line and exit code 1."""
    try:
        application()()
    except CommandError as error:
        sys.exit(f"planclock: {error}")
