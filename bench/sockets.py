"""The WebSocket side of API Gateway for a benchmark: real sockets, whose events go to `live`, and their management.

Run as `python -m bench.sockets`; tells its port, is told that of Lambda by POST /-/cloud, ends when its standard input
does.
"""

import asyncio
import json
import sys
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

import uvloop
from aiohttp import WSMessage, web

from bench import wire
from bench.wire import LOOPBACK, Client

STAGE: Final = "/live"
INVOKE: Final = "/2015-03-31/functions/live/invocations"


class Gateway:
    """Sockets by their connection's id."""

    def __init__(self) -> None:
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._cloud: Client | None = None

    def application(self) -> web.Application:
        """What aiohttp serves."""
        app = web.Application()
        app.router.add_get(STAGE, self._open)
        app.router.add_post(f"{STAGE}/@connections/{{id}}", self._post)
        app.router.add_post("/-/cloud", self._know)
        return app

    async def _know(self, request: web.Request) -> web.Response:
        self._cloud = Client(int(await request.text()))
        return web.Response()

    async def _open(self, request: web.Request) -> web.WebSocketResponse:
        connection_id = f"L0{uuid4().hex[:11]}="
        query = {"queryStringParameters": dict(request.query)}
        if (await self._invoke("CONNECT", connection_id, query))["statusCode"] != HTTPStatus.OK:
            raise web.HTTPForbidden
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        self._sockets[connection_id] = socket
        try:
            message: WSMessage
            async for message in socket:
                answer = await self._invoke("MESSAGE", connection_id, {"body": message.data})
                await socket.send_str(answer["body"])
        finally:
            del self._sockets[connection_id]
            with suppress(OSError):
                await self._invoke("DISCONNECT", connection_id, {})
        return socket

    async def _post(self, request: web.Request) -> web.Response:
        socket = self._sockets.get(request.match_info["id"])
        if socket is None:
            return web.Response(status=HTTPStatus.GONE)
        await socket.send_str(await request.text())
        return web.Response()

    async def _invoke(self, kind: str, connection_id: str, more: dict[str, Any]) -> dict[str, Any]:
        if self._cloud is None:
            return {"statusCode": HTTPStatus.SERVICE_UNAVAILABLE}
        event = {"requestContext": {"eventType": kind, "connectionId": connection_id}, **more}
        _, answer = await self._cloud.request("POST", INVOKE, json.dumps(event).encode())
        return json.loads(answer)


async def _run() -> None:
    runner = web.AppRunner(Gateway().application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, 0, backlog=wire.BACKLOG).start()
    sys.stdout.write(json.dumps({"sockets": runner.addresses[0][1]}) + "\n")
    sys.stdout.flush()
    await wire.until_end_of_input()
    with suppress(asyncio.TimeoutError):
        async with asyncio.timeout(2):
            await runner.cleanup()


if __name__ == "__main__":
    uvloop.run(_run())
