"""What is wrong with how monitors are checked, and whom they would page: findings, as lint tells them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.findings import Code, Finding, Subject, finding
from tocsin.domain.monitor import MonitorKind

PAUSED_LONG: Final = timedelta(days=14)
"""After so long a monitor that is paused was rather forgotten."""


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor, from how many regions it is checked, and whether what its service says pages somebody."""

    monitor_id: UUID
    name: str
    kind: MonitorKind
    regions: int
    quorum: int | None
    pages: bool
    paused_at: datetime | None


def lint(monitors: Sequence[Monitor], now: datetime) -> Iterator[Finding]:
    """Everything that is wrong with monitors."""
    for monitor in monitors:
        subject = Subject("monitor", monitor.monitor_id, monitor.name)
        if not monitor.pages:
            yield finding(
                Code.MONITOR_WITHOUT_POLICY,
                subject,
                "its service has no escalation policy; when it is down, at most the organization's fallback is paged",
                "give its service an escalation policy, or the monitor another service",
            )
        if monitor.kind is not MonitorKind.HEARTBEAT and monitor.regions == 1:
            yield finding(
                Code.MONITOR_OF_ONE_REGION,
                subject,
                "it is checked from one region; when that region's network is bad, nothing else contradicts it",
                "check it from three regions or more",
            )
        elif monitor.quorum == 1 and monitor.regions > 1:
            yield finding(
                Code.MONITOR_OF_ONE_REGION,
                subject,
                "one region is enough to call it down, whatever the others see",
                "take its quorum away, so that more than half of the regions must agree",
            )
        if monitor.paused_at is not None and now - monitor.paused_at >= PAUSED_LONG:
            yield finding(
                Code.MONITOR_PAUSED_FOR_LONG,
                subject,
                f"it has been paused since {monitor.paused_at:%Y-%m-%d}",
                "resume it, or delete it",
            )
