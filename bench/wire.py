"""HTTP/1.1 on loopback, as little of it as a benchmark's own processes need: a server and a client over httptools.

The bench must not eat the two cores that it measures; a web framework would take several times the CPU.
"""

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, cast

import httptools

LOOPBACK: Final = "127.0.0.1"
BACKLOG: Final = 4096


@dataclass(slots=True)
class Request:
    """One request as it came. Header names are in lower case."""

    method: str = ""
    target: str = ""
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def encode(self) -> bytes:
        """The bytes on the wire."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.status != HTTPStatus.NO_CONTENT:
            lines.append(f"content-length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode() + self.body


type Answerer = Callable[[Request], Response | Awaitable[Response]]


class Connection(asyncio.Protocol):
    """A client's connection: one request at a time, which is all that the clients here send."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._parser: Any = httptools.HttpRequestParser(self)
        self._request = Request()
        self._parts: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._task: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Parse; a malformed request ends the connection."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._close()

    def on_url(self, url: bytes) -> None:
        """The parser's: the beginning of a request."""
        self._request = Request(target=url.decode())
        self._parts = []

    def on_header(self, name: bytes, value: bytes) -> None:
        """The parser's."""
        self._request.headers[name.decode().lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        """The parser's."""
        self._parts.append(body)

    def on_message_complete(self) -> None:
        """The parser's: answer at once, or when the answer is there."""
        request = self._request
        request.method = self._parser.get_method().decode()
        request.body = b"".join(self._parts)
        keep = self._parser.should_keep_alive()
        answer = self._answerer(request)
        if isinstance(answer, Response):
            self._write(answer, keep)
        else:
            self._task = asyncio.ensure_future(self._later(answer, keep))

    async def _later(self, answer: Awaitable[Response], keep: bool) -> None:
        self._write(await answer, keep)

    def _write(self, response: Response, keep: bool) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(response.encode())
            if not keep:
                self._close()

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def listener() -> socket.socket:
    """A listening socket on a free port of loopback."""
    made = socket.create_server((LOOPBACK, 0), backlog=BACKLOG)
    made.setblocking(False)
    return made


async def serve(sock: socket.socket, answerer: Answerer) -> asyncio.Server:
    """Answer on a listening socket."""
    return await asyncio.get_running_loop().create_server(lambda: Connection(answerer), sock=sock, backlog=BACKLOG)


async def until_end_of_input() -> None:
    """Whoever started this has ended, or wants it to."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()


class _Answers(asyncio.Protocol):
    """A client's end of a connection: one request at a time."""

    def __init__(self) -> None:
        self._parser: Any = httptools.HttpResponseParser(self)
        self._parts: list[bytes] = []
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._parts.append(body)

    def on_message_complete(self) -> None:
        body, self._parts = b"".join(self._parts), []
        waiting, self._waiting = self._waiting, None
        status = self._parser.get_status_code()
        self._parser = httptools.HttpResponseParser(self)
        if waiting is not None:
            waiting.set_result((status, body))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None:
            self._waiting.set_exception(exc or ConnectionResetError("closed by the other side"))
            self._waiting = None

    def send(self, data: bytes) -> asyncio.Future[tuple[int, bytes]]:
        """Write a request; the future is its answer."""
        assert self._transport is not None  # noqa: S101 - set when the connection was made
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(data)
        return self._waiting

    def close(self) -> None:
        """End the connection."""
        if self._transport is not None:
            self._transport.close()


class Client:
    """Keeps connections to one port; opens another whenever all are busy."""

    def __init__(self, port: int) -> None:
        self.port: Final = port
        self._free: list[_Answers] = []
        self._all: list[_Answers] = []

    async def open(self, connections: int) -> None:
        """Open connections ahead of their use."""
        opened = await asyncio.gather(*(self._connect() for _ in range(connections - len(self._free))))
        self._free += opened

    async def request(
        self, method: str, target: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        """One request; answers status and body."""
        connection = self._free.pop() if self._free else await self._connect()
        lines = [f"{method} {target} HTTP/1.1", f"host: {LOOPBACK}:{self.port}", f"content-length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        answer = await connection.send("\r\n".join([*lines, "", ""]).encode() + body)
        self._free.append(connection)
        return answer

    def close(self) -> None:
        """End all connections."""
        for connection in self._all:
            connection.close()

    async def _connect(self) -> _Answers:
        _, protocol = await asyncio.get_running_loop().create_connection(_Answers, LOOPBACK, self.port)
        self._all.append(protocol)
        return protocol
