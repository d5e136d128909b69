"""`planclock api`: serves the HTTP API."""

import gc
import socket

import structlog
import uvicorn

from service.app import create_app
from service.command.errors import CommandError
from service.command.settings import read_settings
from service.logs import configure
from service.settings import Settings

_GRACE = 8
"""Seconds that requests under way have to finish once the process is told to stop."""

_log = structlog.get_logger(__name__)


def api() -> None:
    """Serve the HTTP API until it is told to stop. Any number may run beside each other."""
    settings = read_settings(Settings)
    configure(settings.log_format, settings.log_level)
    app = create_app(settings)
    gc.freeze()  # the catalogue and the code stay for ever: no use in looking through them for garbage again and again
    with _listening(settings.host, settings.port) as listener:
        host, port = listener.getsockname()[:2]
        _log.info("api_started", host=host, port=port)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                access_log=False,  # the application logs each request itself, without its path
                log_config=None,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE,
            )
        )
        server.run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise CommandError(f"cannot listen on {host}, port {port}: {error.strerror}") from None
    return listener
