"""A site to break by hand, on loopback, which the seed's monitors watch: `curl -X POST …/break`, and `…/mend`.

GET / answers as it was told to: well, with 503, after four seconds, or well and with 503 by turns.
"""

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Final

from aiohttp import web

from local.machine import LOOPBACK, Machine

MOODS: Final = {"mend": "well", "break": "broken", "slow": "slow", "flap": "flapping"}
"""What it can be told, and what it is then."""
SLOW_SECONDS: Final = 4
FLAP_SECONDS: Final = 30


class Target:
    """The site, well at first. `now` gives Unix seconds."""

    def __init__(self, now: Callable[[], float] = time.time, slow_seconds: float = SLOW_SECONDS) -> None:
        self._mood = MOODS["mend"]
        self._now = now
        self._slow_seconds = slow_seconds

    async def page(self, _request: web.Request) -> web.Response:
        """What monitors see."""
        if self._mood == MOODS["slow"]:
            await asyncio.sleep(self._slow_seconds)
        down = self._mood == MOODS["flap"] and int(self._now() // FLAP_SECONDS) % 2 == 1
        if down or self._mood == MOODS["break"]:
            return web.Response(text="The shop is closed.\n", status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response(text="The shop is open.\n")

    async def state(self, _request: web.Request) -> web.Response:
        """How it is."""
        return web.Response(text=f"{self._mood}\n")

    async def told(self, request: web.Request) -> web.Response:
        """Be as somebody wants it."""
        self._mood = MOODS[request.match_info["word"]]
        return web.Response(text=f"{self._mood}\n")


def application(target: Target) -> web.Application:
    """The site as an aiohttp application."""
    app = web.Application()
    app.router.add_get("/", target.page)
    app.router.add_get("/state", target.state)
    app.router.add_post(f"/{{word:{'|'.join(MOODS)}}}", target.told)
    return app


def main() -> None:
    """Serve until told to end."""
    machine = Machine.from_environment()
    with suppress(KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        web.run_app(application(Target()), host=LOOPBACK, port=machine.target_port, print=None, access_log=None)


if __name__ == "__main__":
    main()
