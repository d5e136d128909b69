"""Tests cannot leave the machine they run on."""

import socket

import pytest


@pytest.mark.parametrize("address", ["192.0.2.1", "example.org"])
def test_a_test_that_tries_to_leave_this_machine_is_stopped(address: str) -> None:
    with pytest.raises(ConnectionRefusedError, match="stay on this machine"):
        socket.create_connection((address, 80))
