"""The front of private probes on a real socket, before handlers in this process."""

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aiohttp import web

from local.front import Front, context
from local.probe_files import ProbeFiles
from tests.support.http_api import Handler


@contextmanager
def front(files: ProbeFiles, handlers: Mapping[str, Handler]) -> Iterator[str]:
    """Serve handlers, by their functions' names, on a free port of 127.0.0.1 until the block ends; answers the URL."""
    lock = threading.Lock()

    def call(name: str, event: dict[str, Any]) -> dict[str, Any]:
        with lock:
            return handlers[name](event, None)

    async def invoke(name: str, event: dict[str, Any]) -> dict[str, Any]:
        return await asyncio.to_thread(call, name, event)

    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda *_: None)  # handshakes that fail are what is looked at
    runner = web.AppRunner(Front(invoke).application(), access_log=None)

    async def start() -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context(files)).start()

    loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, name="front", daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        asyncio.run_coroutine_threadsafe(_stop(runner), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


async def _stop(runner: web.AppRunner) -> None:
    """Hang up first: clients keep their connections, and TLS would wait for each to say farewell."""
    for handler in [] if runner.server is None else list(runner.server.connections):
        if handler.transport is not None:
            handler.transport.abort()
    await runner.cleanup()
    for _ in range(10):
        await asyncio.sleep(0)
