"""Running checks: those of a window of time as they fall due, and those that somebody asks for.

A failed check is tried again two seconds later in its region before it counts; meanwhile the other regions are asked.
What fails while the region's control addresses fail too tells of the region, not of the target: `unknown`.
"""

import asyncio
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.checks.confirming import Ask, Asked, Confirming
from tocsin.checks.controls import RETRY_SECONDS, Attempt, Controls
from tocsin.checks.opening import UNREADABLE, OpenSealed, Secrets
from tocsin.checks.sending import Outbox
from tocsin.checks.ticks import Due, due, timely
from tocsin.contracts.checks import MAX_DETAIL, CheckConfig, CheckMonitor, CheckResult, Command, ShardReport
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.domain.verdict_region import ONE_LOOK
from tocsin.platform import logs

SERVICE: Final = "check"
AT_ONCE: Final = 700
"""Checks under way at once. Each holds a connection, and Lambda grants a process 1,024 open files."""
MOST_REMEMBERED: Final = 50_000


@dataclass(frozen=True, slots=True)
class _Seen:
    status: CheckStatus
    checked_at: datetime


@dataclass(slots=True)
class _Window:
    """What one invocation has under way; of its loop, which ends with it."""

    confirming: Confirming
    controls: Sequence[str]
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    lateness: list[float] = field(default_factory=list[float])
    done: int = 0


class Runner:
    """The checks of one region in this process. It remembers what each monitor was last, and nothing that must hold.

    `others`: how each of the other regions is asked, by its name. An instance serves one event loop after another.
    """

    def __init__(
        self,
        region: str,
        *,
        attempt: Attempt,
        open_sealed: OpenSealed,
        others: Mapping[str, Ask],
        now: Callable[[], datetime],
    ) -> None:
        self._region = region
        self._attempt_of = attempt
        self._secrets = Secrets(open_sealed)
        self._others = others
        self._now = now
        self._controls = Controls(attempt, now)
        self._asked = Asked()
        self._seen: dict[UUID, _Seen] = {}

    async def run_window(
        self, config: CheckConfig, starts_at: datetime, ends_at: datetime, outbox: Outbox, *, stop_at: datetime
    ) -> ShardReport:
        """Run the checks that are due from `starts_at` until before `ends_at`, each at its instant.

        Returns after the last of them has ended, at once when there are none, and at `stop_at` whatever runs.
        The report is in the outbox too.
        """
        if len(self._seen) > MOST_REMEMBERED:
            self._seen.clear()
        dues = due(config.monitors, self._region, config.spread_seconds, starts_at, ends_at)
        window = _Window(Confirming(self._region, self._others, self._now), config.controls)
        try:
            async with asyncio.timeout(max(0.0, (stop_at - self._now()).total_seconds())), asyncio.TaskGroup() as tasks:
                for one in timely(dues, self._now()):
                    await self._until(one.due_at)
                    tasks.create_task(self._run(one, window, outbox))
        except TimeoutError:
            logs.logger(SERVICE).error("window cut short", extra={"due": len(dues), "done": window.done})
        await window.confirming.close()
        if self._controls.blind_since is not None:
            await self._controls.are_out_of_reach(config.controls)
        begun = len(window.lateness)
        report = ShardReport(
            shard=config.shard,
            starts_at=starts_at,
            ends_at=ends_at,
            due=len(dues),
            done=window.done,
            missed=len(dues) - begun,
            blind_since=self._controls.blind_since,
            lateness_ms_p99=_p99(window.lateness),
        )
        outbox.report(report)
        return report

    async def run_commands(self, commands: Iterable[Command], controls: Sequence[str], outbox: Outbox) -> int:
        """Run the checks that were asked for, all at once; answers how many. A check that is asked for asks nobody."""
        now = self._now()
        going = [command for command in commands if self._is_wanted(command, now)]
        window = _Window(Confirming(self._region, {}, self._now), controls)
        await asyncio.gather(*(self._obey(command, window, outbox) for command in going))
        return len(going)

    def _is_wanted(self, command: Command, now: datetime) -> bool:
        if self._region not in command.regions or not self._asked.take(command, now):
            return False
        seen = self._seen.get(command.monitor.monitor_id)
        if seen is None or command.kind == "run":
            return True
        # what was seen up before the others saw it fail must be looked at again
        knows = seen.checked_at >= command.asked_at or seen.status is CheckStatus.DOWN
        return not (knows and now - seen.checked_at < ONE_LOOK)

    async def _until(self, at: datetime) -> None:
        wait = (at - self._now()).total_seconds()
        if wait > 0:
            await asyncio.sleep(wait)

    async def _run(self, one: Due, window: _Window, outbox: Outbox) -> None:
        async with window.slots:
            now = self._now()
            if one.is_missed(now):
                return
            window.lateness.append((now - one.due_at).total_seconds())
            first = await self._attempt(one.monitor)
        result = await self._after(first, one.monitor, window)
        self._tell(result.model_copy(update={"tick": one.due_at}), outbox)
        window.done += 1

    async def _obey(self, command: Command, window: _Window, outbox: Outbox) -> None:
        async with window.slots:
            first = await self._attempt(command.monitor)
        result = await self._after(first, command.monitor, window)
        asked = result.model_copy(update={"tick": command.tick, "command_id": command.command_id})
        self._remember(asked)
        outbox.add(asked, at_once=True)

    async def _after(self, first: CheckResult, monitor: CheckMonitor, window: _Window) -> CheckResult:
        """What a check has come to after its first try: that, or what the second says."""
        if first.status is not CheckStatus.DOWN:
            return first
        again_at = asyncio.get_running_loop().time() + RETRY_SECONDS
        seen = self._seen.get(monitor.monitor_id)
        is_news = seen is None or seen.status is not CheckStatus.DOWN
        if is_news and not await self._controls.are_out_of_reach(window.controls):
            window.confirming.ask(monitor)
        await asyncio.sleep(max(0.0, again_at - asyncio.get_running_loop().time()))
        async with window.slots:
            second = await self._attempt(monitor)
        second = second.model_copy(update={"attempts": first.attempts + 1})
        if second.status is CheckStatus.DOWN and await self._controls.are_out_of_reach(window.controls):
            said = f"The region's control addresses fail too. {second.detail or second.reason or ''}"
            blind = {"status": CheckStatus.UNKNOWN, "reason": Reason.REGION_BLIND, "detail": said[:MAX_DETAIL].strip()}
            return second.model_copy(update=blind)
        return second

    async def _attempt(self, monitor: CheckMonitor) -> CheckResult:
        try:
            secrets = await self._secrets.of(monitor.sealed)
        except UNREADABLE as error:
            return self._unknown(monitor, Reason.SECRETS_UNREADABLE, str(error))
        return await self._attempt_of(monitor, secrets)

    def _unknown(self, monitor: CheckMonitor, reason: Reason, detail: str) -> CheckResult:
        now = self._now()
        return CheckResult(
            monitor_id=monitor.monitor_id,
            version=monitor.version,
            tick=now,
            checked_at=now,
            status=CheckStatus.UNKNOWN,
            reason=reason,
            detail=detail[:MAX_DETAIL],
            origin=monitor.origin,
        )

    def _tell(self, result: CheckResult, outbox: Outbox) -> None:
        was = self._seen.get(result.monitor_id)
        before = CheckStatus.UP if was is None else was.status
        self._remember(result)
        outbox.add(result, at_once=result.status is not before)

    def _remember(self, result: CheckResult) -> None:
        self._seen[result.monitor_id] = _Seen(result.status, result.checked_at)


def _p99(seconds: Sequence[float]) -> float | None:
    """The 99th percentile in milliseconds, by nearest rank."""
    if not seconds:
        return None
    return round(sorted(seconds)[math.ceil(0.99 * len(seconds)) - 1] * 1_000, 1)
