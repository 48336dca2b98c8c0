"""The other ends of a benchmark of checks, in a process of its own: a site by TLS, and home's queue of results.

Run as `python -m bench.check_target <certificate chain and key>`; prints its ports, answers `GET /arrived` on the
queue's with the results that came since the last time, and ends when its standard input does.
"""

import asyncio
import json
import ssl
import sys
from typing import Final

import uvloop

from bench import wire
from bench.wire import Request, Response
from tocsin.contracts.checks import ResultBatch, ResultsMessage
from tocsin.platform.packing import unpack

PAGE: Final = Response(200, b"<!doctype html><title>fine</title>" + b"x" * 2_000, {"content-type": "text/html"})
JSON: Final = {"content-type": "application/json"}
NO_SUCH_THING: Final = Response(404)


class Ends:
    """What came, as messages and as results by their status; and how often the site was asked."""

    def __init__(self) -> None:
        self._served = 0
        self._messages = 0
        self._results = 0
        self._up = 0
        self._bytes = 0

    def take(self, request: Request) -> Response:
        """SendMessageBatch, or somebody asks what came."""
        if request.target == "/arrived":
            told = {
                "messages": self._messages,
                "bytes": self._bytes,
                "results": self._results,
                "up": self._up,
                "served": self._served,
            }
            self._messages = self._results = self._up = self._bytes = self._served = 0
            return Response(200, json.dumps(told).encode(), JSON)
        if not request.headers.get("x-amz-target", "").endswith(".SendMessageBatch"):
            return NO_SUCH_THING
        entries = json.loads(request.body)["Entries"]
        for entry in entries:
            self._read(entry["MessageBody"])
        taken = [{"Id": entry["Id"], "MessageId": entry["Id"], "MD5OfMessageBody": ""} for entry in entries]
        return Response(200, json.dumps({"Successful": taken, "Failed": []}).encode(), JSON)

    def serve(self, _request: Request) -> Response:
        """The site's page."""
        self._served += 1
        return PAGE

    def _read(self, body: str) -> None:
        batch = unpack(ResultsMessage.model_validate_json(body).packed or "", ResultBatch)
        self._messages += 1
        self._bytes += len(body)
        self._results += len(batch.results)
        self._up += sum(result.status == "up" for result in batch.results)


async def _run(identity: str) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(identity)
    site, queue = wire.listener(), wire.listener()
    loop, ends = asyncio.get_running_loop(), Ends()
    await loop.create_server(lambda: wire.Connection(ends.serve), sock=site, ssl=tls, backlog=wire.BACKLOG)
    await wire.serve(queue, ends.take)
    sys.stdout.write(json.dumps({"site": site.getsockname()[1], "queue": queue.getsockname()[1]}) + "\n")
    sys.stdout.flush()
    await wire.until_end_of_input()


if __name__ == "__main__":
    uvloop.run(_run(sys.argv[1]))
