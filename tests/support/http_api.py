"""API Gateway's HTTP API without API Gateway: events (payload format 2.0), and a loopback server that makes them."""

import asyncio
import base64
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from aiohttp import web

MAX_BODY = 10 * 1024 * 1024
_TEXT = ("text/", "application/json", "application/xml", "application/javascript", "application/problem+json")

type Handler = Callable[[dict[str, Any], object], dict[str, Any]]


def http_event(
    method: str,
    path: str,
    body: bytes | str = b"",
    headers: Mapping[str, str] | None = None,
    *,
    query: str = "",
    time_epoch_ms: int | None = None,
    stage: str = "$default",
) -> dict[str, Any]:
    """The event of one request. A body that is no text of a text type arrives in base64, as from the gateway."""
    lowered = {name.lower(): value for name, value in (headers or {}).items()}
    raw = body.encode() if isinstance(body, str) else body
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path if stage == "$default" else f"/{stage}{path}",
        "rawQueryString": query,
        "headers": {"host": "api-id.execute-api.eu-west-1.amazonaws.com", **lowered},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api-id",
            "domainName": "api-id.execute-api.eu-west-1.amazonaws.com",
            "domainPrefix": "api-id",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
                "userAgent": lowered.get("user-agent", ""),
            },
            "requestId": uuid4().hex,
            "routeKey": "$default",
            "stage": stage,
            "time": "21/Nov/2026:05:26:31 +0000",
            "timeEpoch": int(time.time() * 1000) if time_epoch_ms is None else time_epoch_ms,
        },
        "isBase64Encoded": False,
    }
    if raw:
        event |= _body(raw, lowered.get("content-type", ""))
    return event


def _body(raw: bytes, content_type: str) -> dict[str, Any]:
    if content_type.startswith(_TEXT):
        try:
            return {"body": raw.decode(), "isBase64Encoded": False}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(raw).decode(), "isBase64Encoded": True}


class ApiServer:
    """A handler behind HTTP on loopback; `requests` and `responses` keep what went through, in order."""

    def __init__(self, handler: Handler, url: str) -> None:
        self.url = url
        self.requests: list[dict[str, Any]] = []
        self.responses: list[dict[str, Any]] = []
        self._handler = handler
        self._lock = threading.Lock()

    def invoke(self, event: dict[str, Any]) -> dict[str, Any]:
        """One invocation at a time, as one Lambda worker does."""
        with self._lock:
            response = self._handler(event, None)
            self.requests.append(event)
            self.responses.append(response)
            return response

    async def answer(self, request: web.Request) -> web.Response:
        """One HTTP request through the handler."""
        event = http_event(
            request.method,
            request.path,
            await request.read(),
            {name: value for name, value in request.headers.items() if name.lower() != "host"},
            query=request.query_string,
        )
        response = await asyncio.to_thread(self.invoke, event)
        body = response.get("body") or ""
        payload = base64.b64decode(body) if response.get("isBase64Encoded") else body.encode()
        return web.Response(status=response["statusCode"], headers=response.get("headers") or {}, body=payload)


@contextmanager
def serve(handler: Handler, tls: ssl.SSLContext | None = None) -> Iterator[ApiServer]:
    """Serve a handler on a free port of 127.0.0.1 until the block ends."""
    loop = asyncio.new_event_loop()
    app = web.Application(client_max_size=MAX_BODY)
    runner = web.AppRunner(app, access_log=None)
    server = ApiServer(handler, "")
    app.router.add_route("*", "/{path:.*}", server.answer)

    async def start() -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()

    loop.run_until_complete(start())
    server.url = f"{'https' if tls else 'http'}://127.0.0.1:{runner.addresses[0][1]}"
    thread = threading.Thread(target=loop.run_forever, name="http-api", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(_stop(runner), loop).result(timeout=10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


async def _stop(runner: web.AppRunner) -> None:
    """Close the listener and what it accepted; transports need some turns of the loop to let go of their sockets."""
    await runner.cleanup()
    for _ in range(10):
        await asyncio.sleep(0)
