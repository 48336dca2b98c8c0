"""The other end of a page, in a process of its own: stamps each webhook as it comes, and tells who listens.

Run as `python -m bench.receiver`, with `alertmanager` for pages as that sends them; prints its ports, ends when its
standard input does.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from typing import Final

import uvloop

from bench import wire
from bench.wire import Request, Response

TAKEN: Final = Response(204)


type Read = Callable[[Request], list[tuple[str, str]]]


def of_tocsin(request: Request) -> list[tuple[str, str]]:
    """Our own webhook: the notification's id and the incident's title."""
    return [(request.headers["webhook-id"], json.loads(request.body)["data"]["incident"]["title"])]


def of_alertmanager(request: Request) -> list[tuple[str, str]]:
    """Alertmanager's: each alert's fingerprint and name."""
    return [(alert["fingerprint"], alert["labels"]["alertname"]) for alert in json.loads(request.body)["alerts"]]


class Receiver:
    """Whoever connects to its second port gets a line for each page: id, title, nanoseconds of the monotonic clock."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._listening: list[asyncio.StreamWriter] = []

    def take(self, request: Request) -> Response:
        """One webhook."""
        at = time.monotonic_ns()
        for page_id, title in self._read(request):
            line = f"{page_id} {title.replace(' ', '_')} {at}\n".encode()
            for writer in self._listening:
                writer.write(line)
        return TAKEN

    async def listen(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Somebody wants to know."""
        self._listening.append(writer)


async def _run() -> None:
    receiver = Receiver(of_alertmanager if "alertmanager" in sys.argv else of_tocsin)
    hooks, listeners = wire.listener(), wire.listener()
    await wire.serve(hooks, receiver.take)
    await asyncio.start_server(receiver.listen, sock=listeners)
    sys.stdout.write(json.dumps({"hooks": hooks.getsockname()[1], "listeners": listeners.getsockname()[1]}) + "\n")
    sys.stdout.flush()
    await wire.until_end_of_input()


if __name__ == "__main__":
    uvloop.run(_run())
