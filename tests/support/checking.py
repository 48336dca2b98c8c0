"""Monitors and results for tests of checking, and a loop whose time passes only while everything waits."""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, override
from uuid import UUID

from tocsin.contracts.checks import CheckConfig, CheckMonitor, CheckResult, Timings
from tocsin.contracts.monitor_spec import HttpSpec
from tocsin.domain.monitor import CheckStatus, Reason

ORG = UUID(int=7)
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
REGIONS = ["eu-central-1", "us-east-1", "ap-southeast-1"]


def http_monitor(
    monitor_id: UUID,
    *,
    interval_seconds: int = 10,
    timeout_seconds: float = 5,
    regions: list[str] | None = None,
    sealed: str | None = None,
    url: str = "https://example.com/",
) -> CheckMonitor:
    """A monitor of HTTP, checked in three regions."""
    return CheckMonitor(
        monitor_id=monitor_id,
        org_id=ORG,
        version=1,
        interval_seconds=interval_seconds,
        timeout_seconds=timeout_seconds,
        spec=HttpSpec(url=url),
        sealed=sealed,
        regions=REGIONS if regions is None else regions,
    )


def config(*monitors: CheckMonitor, written_at: datetime = NOON, spread_seconds: float = 8) -> CheckConfig:
    """The configuration of the first region's only shard."""
    return CheckConfig(
        written_at=written_at,
        region=REGIONS[0],
        shard=0,
        shards=1,
        spread_seconds=spread_seconds,
        controls=["https://one.control/", "tcp://two.control:53", "https://three.control/"],
        monitors=list(monitors),
    )


def result(
    monitor: CheckMonitor, at: datetime, status: CheckStatus = CheckStatus.UP, reason: Reason | None = None
) -> CheckResult:
    """What a check of a monitor answers."""
    return CheckResult(
        monitor_id=monitor.monitor_id,
        version=monitor.version,
        tick=at,
        checked_at=at,
        status=status,
        reason=reason,
        detail=None if reason is None else f"It was {reason}.",
        timings=Timings(total=1),
        origin=monitor.origin,
    )


class StillTime:
    """A clock that stands while anything runs, and jumps to the next instant that something waits for."""

    def __init__(self, starts_at: datetime = NOON) -> None:
        self._starts_at = starts_at
        self._seconds = 0.0

    def now(self) -> datetime:
        """The instant it is."""
        return self._starts_at + timedelta(seconds=self._seconds)

    def run[T](self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run to the end in a loop of this time, which goes on where it was left. Threads are not waited for."""
        clock = self

        class Jumping(selectors.SelectSelector):
            @override
            def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
                ready = super().select(0)
                if not ready and timeout is not None:
                    clock._seconds += max(timeout, 0)
                return ready or ([] if timeout is not None else super().select(None))

        class Loop(asyncio.SelectorEventLoop):
            @override
            def time(self) -> float:
                return clock._seconds

        with asyncio.Runner(loop_factory=lambda: Loop(Jumping())) as runner:
            return runner.run(coroutine)
