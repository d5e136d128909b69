"""What every test stands on: real PostgreSQL, and no way out of this machine."""

import ipaddress
import os
import sys

from hypothesis import settings

pytest_plugins = ["tests.postgres"]


def pytest_configure() -> None:
    """Closes the network before the first import of a test, and knows how hard a soak looks."""
    sys.addaudithook(_stay_on_this_machine)
    settings.register_profile("soak", max_examples=1000, deadline=None)


def _stay_on_this_machine(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(address := arguments[1], tuple):
        _refuse_unless_here(str(address[0]))
    elif event == "socket.getaddrinfo" and arguments[0] is not None:
        _refuse_unless_here(os.fsdecode(arguments[0]) if isinstance(arguments[0], bytes) else str(arguments[0]))


def _refuse_unless_here(host: str) -> None:
    if host == "localhost":
        return
    try:
        here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = False
    if not here:
        raise ConnectionRefusedError(f"tests stay on this machine, and {host} is not on it")
