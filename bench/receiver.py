"""The other end of a page, in a process of its own: stamps each webhook as it comes, and tells who listens.

Run as `python -m bench.receiver`; prints its ports, ends when its standard input does.
"""

import asyncio
import json
import sys
import time
from typing import Final

import uvloop

from bench import wire
from bench.wire import Request, Response

TAKEN: Final = Response(204)


class Receiver:
    """Whoever connects to its second port gets a line for each page: id, title, nanoseconds of the monotonic clock."""

    def __init__(self) -> None:
        self._listening: list[asyncio.StreamWriter] = []

    def take(self, request: Request) -> Response:
        """One webhook."""
        at = time.monotonic_ns()
        title: str = json.loads(request.body)["data"]["incident"]["title"]
        line = f"{request.headers['webhook-id']} {title.replace(' ', '_')} {at}\n".encode()
        for writer in self._listening:
            writer.write(line)
        return TAKEN

    async def listen(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Somebody wants to know."""
        self._listening.append(writer)


async def _run() -> None:
    receiver = Receiver()
    hooks, listeners = wire.listener(), wire.listener()
    await wire.serve(hooks, receiver.take)
    await asyncio.start_server(receiver.listen, sock=listeners)
    sys.stdout.write(json.dumps({"hooks": hooks.getsockname()[1], "listeners": listeners.getsockname()[1]}) + "\n")
    sys.stdout.flush()
    await wire.until_end_of_input()


if __name__ == "__main__":
    uvloop.run(_run())
