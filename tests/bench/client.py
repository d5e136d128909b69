"""A client that costs next to nothing, so that what is measured is the server: connections that stay open."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


def post(path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """A request, ready to send."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {HOST}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Connection:
    """One connection: sends a request, waits for its answer, and so on."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def ask(self, request: bytes) -> Answer:
        """Sends one request and returns its answer, whose length must be declared."""
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        status = int(head.split(" ", 2)[1])
        length = int(head.partition("\r\ncontent-length:")[2].partition("\r\n")[0])
        return Answer(status, await self._reader.readexactly(length))

    async def ask_each(self, requests: Iterable[bytes]) -> None:
        """Sends one after the other; each must make something."""
        for request in requests:
            answer = await self.ask(request)
            assert answer.status == 201, answer

    async def close(self) -> None:
        """Hangs up."""
        self._writer.close()
        await self._writer.wait_closed()


@asynccontextmanager
async def connected(port: int, connections: int) -> AsyncIterator[Sequence[Connection]]:
    """So many connections to a server on this machine."""
    opened = [Connection(*await asyncio.open_connection(HOST, port)) for _ in range(connections)]
    try:
        yield opened
    finally:
        for connection in opened:
            await connection.close()
