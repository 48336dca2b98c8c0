"""Real WebSockets for a browser: what API Gateway does between a client and `live`, and `push` with its queue."""

import asyncio
import json
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from typing import Any, Final

from aiohttp import WSMsgType, web

from tests.support.live_host import LiveHost, Socket

EVERY_SECONDS: Final = 0.05
"""How often the queues are looked at."""


class Gateway:
    """Sockets by their connection ids; functions are called in the one thread that all of them run in."""

    def __init__(self, host: LiveHost, worker: Executor) -> None:
        self.host: Final = host
        self.is_down = False
        self._worker: Final = worker
        self._open: Final[dict[str, web.WebSocketResponse]] = {}

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """One client, from its ticket to its end."""
        socket = Socket(self.host)
        if self.is_down or await self._call(lambda: socket.connect(request.query.get("ticket", ""))) != 200:
            return web.Response(status=403)
        client = web.WebSocketResponse()
        await client.prepare(request)
        self._open[socket.connection_id] = client
        async for frame in client:
            if frame.type is WSMsgType.TEXT:
                text = frame.data
                answer = await self._call(lambda text=text: socket.say(text))
                await client.send_str(json.dumps(answer))
        del self._open[socket.connection_id]
        await self._call(socket.disconnect)
        return client

    async def carry(self) -> None:
        """Take what is on the queues to sockets, and to `live`, until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            if not self._open:
                continue
            for hint in await self._call(lambda: self.host.api.sent("hints")):
                await self._call(lambda hint=hint: self.host.deliver(hint))
            for ids, frame, closes in await self._call(self.host.pushed):
                for client in [self._open[one] for one in ids if one in self._open]:
                    with suppress(ConnectionError):
                        await client.send_str(json.dumps(frame))
                        if closes:
                            await client.close()

    async def cut(self) -> None:
        """End every connection, as a network does."""
        for client in list(self._open.values()):
            await client.close()

    async def _call[T](self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, function)


@contextmanager
def gateway(host: LiveHost, worker: Executor) -> Generator[tuple[str, Gateway]]:
    """Serve sockets from a thread; gives the address and the gateway."""
    made, ready, ended = Gateway(host, worker), threading.Event(), asyncio.Event()
    told: dict[str, Any] = {}

    async def serve() -> None:
        told["loop"] = asyncio.get_running_loop()
        app = web.Application()
        app.router.add_get("/live", made.accept)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        told["port"] = runner.addresses[0][1]
        carrying = asyncio.create_task(made.carry())
        ready.set()
        await ended.wait()
        carrying.cancel()
        with suppress(asyncio.CancelledError):
            await carrying
        await made.cut()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    try:
        yield f"ws://127.0.0.1:{told['port']}/live", made
    finally:
        told["loop"].call_soon_threadsafe(ended.set)
        thread.join()
