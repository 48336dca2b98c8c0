"""Asking the other regions about what failed here: at once, straight to their queues of commands, within bounds."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from tocsin.contracts.checks import CheckMonitor, Command
from tocsin.domain.monitor import tick_at
from tocsin.errors import Unavailable
from tocsin.platform import ids, logs, queues, threads

SERVICE: Final = "check"
MOST_ASKED: Final = 1_000
"""Commands to one region in one window; beyond it the other regions find out by their own checks."""
MOST_REMEMBERED: Final = 10_000
CONFIRM_WITHIN: Final = timedelta(seconds=60)
RUN_WITHIN: Final = timedelta(minutes=5)
"""A command that is older tells nothing of the moment it was asked at."""

type Ask = Callable[[str, Sequence[Command]], Awaitable[None]]
"""Send commands to a region; raises Unavailable unless all were accepted."""


class Confirming:
    """The questions of one window. Regions are asked each at its own pace: a slow one does not delay another.

    The first question leaves at once; what fails while it is on its way leaves together after it.
    """

    def __init__(self, region: str, others: Mapping[str, Ask], now: Callable[[], datetime]) -> None:
        self._region = region
        self._now = now
        self._lines = {other: _Line(other, ask) for other, ask in others.items() if other != region}

    def ask(self, monitor: CheckMonitor) -> None:
        """Let the other regions of a monitor check it now."""
        lines = [self._lines[region] for region in monitor.regions if region in self._lines]
        if not lines:
            return
        now = self._now()
        command = Command(
            command_id=ids.new_id(),
            kind="confirm",
            asked_at=now,
            asked_by=self._region,
            tick=now,
            regions=[line.region for line in lines],
            monitor=monitor,
        )
        for line in lines:
            line.put(command)

    async def close(self) -> None:
        """Wait until every question has left or failed to."""
        await asyncio.gather(*(line.close() for line in self._lines.values()))


class _Line:
    def __init__(self, region: str, ask: Ask) -> None:
        self.region = region
        self._ask = ask
        self._waiting: list[Command] = []
        self._sending: asyncio.Task[None] | None = None
        self._asked = 0
        self._unasked = 0

    def put(self, command: Command) -> None:
        if self._asked >= MOST_ASKED:
            self._unasked += 1
            return
        self._asked += 1
        self._waiting.append(command)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send())

    async def close(self) -> None:
        if self._sending is not None:
            await self._sending
        if self._unasked:
            logs.logger(SERVICE).warning(
                "region not asked of everything", extra={"asked": self.region, "unasked": self._unasked}
            )
        logs.count(SERVICE, "ConfirmationsAsked", self._asked)
        logs.count(SERVICE, "ConfirmationsUnasked", self._unasked)

    async def _send(self) -> None:
        while self._waiting:
            commands, self._waiting = self._waiting, []
            try:
                await self._ask(self.region, commands)
            except Unavailable as error:
                # its own checks come to the same, only later
                self._unasked += len(commands)
                logs.logger(SERVICE).warning("region not asked", extra={"asked": self.region, "detail": str(error)})


class Asked:
    """The commands that this process has taken, so that a check is not made twice for the same instant."""

    def __init__(self) -> None:
        self._taken: dict[tuple[UUID, datetime], UUID] = {}

    def take(self, command: Command, now: datetime) -> bool:
        """Whether to check: nobody else has asked for this instant of the monitor's grid, and it is not over.

        What is delivered again is checked again: its result may not have arrived.
        """
        if now - command.asked_at > (CONFIRM_WITHIN if command.kind == "confirm" else RUN_WITHIN):
            return False
        if command.kind == "run":
            return True
        if len(self._taken) >= MOST_REMEMBERED:
            self._taken.clear()
        instant = tick_at(command.tick, command.monitor.interval_seconds)
        return self._taken.setdefault((command.monitor.monitor_id, instant), command.command_id) == command.command_id


def by_queues(urls: Mapping[str, str]) -> dict[str, Ask]:
    """How the regions are asked whose queues of commands are at these addresses."""
    return {region: partial(_send_to, url) for region, url in urls.items()}


async def _send_to(url: str, region: str, commands: Sequence[Command]) -> None:
    messages = [queues.Outgoing(command.to_json(), str(command.monitor.org_id)) for command in commands]
    await threads.run(queues.send, url, messages, region=region)
