"""A receiver of webhooks on a port of this machine, which answers as it is told to and checks every signature."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from workflows.webhook import Webhook, signed

SECRET = b"a secret of at least twenty-four bytes"


@dataclass
class Receiver:
    """What it was sent, in order. `answers` says how it answers the next ones; None never answers, after that 200."""

    port: int = 0
    answers: list[int | None] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    taken: Callable[[], None] = lambda: None
    """Called just before it says that it took one."""

    @property
    def webhook(self) -> Webhook:
        return Webhook(f"http://127.0.0.1:{self.port}/notices", SECRET)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head.decode().split("\r\n")[1:] if ": " in line)
        body = await reader.readexactly(int(headers["content-length"]))
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        expected = signed(SECRET, headers["webhook-id"], at, body)["webhook-signature"]
        assert headers["webhook-signature"] == expected.lower()
        self.ids.append(headers["webhook-id"])
        self.bodies.append(json.loads(body))
        self.raw.append(head + body)
        status = self.answers.pop(0) if self.answers else 200
        with closing(writer):
            if status is None:
                await reader.read()  # until whoever sent it has had enough of waiting
                return
            self.taken()
            writer.write(f"HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
            await writer.drain()


@asynccontextmanager
async def receiving(*answers: int | None) -> AsyncIterator[Receiver]:
    """A receiver that answers so, while the block lasts."""
    receiver = Receiver(answers=list(answers))
    server = await asyncio.start_server(receiver.handle, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    yield receiver
    server.close()
