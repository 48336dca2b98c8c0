"""Whether a region sees anything at all: its control addresses, tried together when something has failed.

A verdict holds for as long as a failed check waits for its second try. So what finally counts as failed was always
doubted by a round that began after its first failure.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from tocsin.contracts.checks import CheckMonitor, CheckResult
from tocsin.contracts.monitor_spec import Certificate, HttpSpec, StatusAssertion, TcpSpec
from tocsin.domain.monitor import CheckStatus

RETRY_SECONDS: Final = 2.0
"""How long after a failed try the second one begins."""
HOLDS_FOR: Final = timedelta(seconds=RETRY_SECONDS)
CONTROL_SECONDS: Final = 2.0
NOBODY: Final = UUID(int=0)

type Attempt = Callable[[CheckMonitor, Mapping[str, str]], Awaitable[CheckResult]]
"""One try of a check, with the monitor's secrets by name; it never raises for what a target does."""


class Controls:
    """The control addresses of one region. `blind_since`: since when most of them fail; None while they don't."""

    def __init__(self, attempt: Attempt, now: Callable[[], datetime]) -> None:
        self._attempt = attempt
        self._now = now
        self._round: asyncio.Task[bool] | None = None
        self._began_at = now()
        self.blind_since: datetime | None = None

    async def are_out_of_reach(self, addresses: Sequence[str]) -> bool:
        """Whether more than half of the addresses fail; without any the region is never taken for blind."""
        if not addresses:
            return False
        now = self._now()
        running = self._round
        # a task of an earlier invocation's loop can't be awaited in this one
        if running is None or running.get_loop() is not asyncio.get_running_loop() or now - self._began_at >= HOLDS_FOR:
            self._began_at = now
            running = self._round = asyncio.create_task(self._ask_all(addresses, now))
        return await asyncio.shield(running)

    async def _ask_all(self, addresses: Sequence[str], began_at: datetime) -> bool:
        results = await asyncio.gather(*(self._attempt(control(address), {}) for address in addresses))
        failed = sum(result.status in (CheckStatus.DOWN, CheckStatus.UNKNOWN) for result in results)
        blind = 2 * failed > len(addresses)
        self.blind_since = (self.blind_since or began_at) if blind else None
        return blind


def control(address: str) -> CheckMonitor:
    """A control address as something to check: https:// answers whatever it likes, tcp:// takes a connection."""
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        spec = TcpSpec(host=parts.hostname or "", port=parts.port or 443)
    else:
        any_answer = StatusAssertion(codes=["100-599"])
        spec = HttpSpec(
            url=address,
            method="HEAD",
            follow_redirects=False,
            certificate=Certificate(warn_days=[]),
            assertions=[any_answer],
        )
    return CheckMonitor(
        monitor_id=NOBODY, org_id=NOBODY, version=1, interval_seconds=60, timeout_seconds=CONTROL_SECONDS, spec=spec
    )
