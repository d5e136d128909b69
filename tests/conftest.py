"""What every test stands on: real PostgreSQL, and no way out of this machine."""

import ipaddress
import sys

pytest_plugins = ["tests.postgres"]


def pytest_configure() -> None:
    """Closes the network before the first import of a test."""
    sys.addaudithook(_stay_on_this_machine)


def _stay_on_this_machine(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(address := arguments[1], tuple) and not _is_here(str(address[0])):
        raise ConnectionRefusedError(f"tests stay on this machine, and {address[0]} is not on it")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
