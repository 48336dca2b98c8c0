"""Monitors at one glance: how available each was by day, and how fast by hour, of all that a screen shows at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.contracts.api_monitor_history import FiguresReport, MonitorFigures
from tocsin.domain.uptime import last_days, total
from tocsin_data.db import Database
from tocsin_data.services.uptime_days import counted
from tocsin_data.sql import rollups, uptime_days

HOUR: Final = timedelta(hours=1)
HOURS: Final = 24


def report(db: Database, org_id: UUID, monitor_ids: Sequence[UUID], days: int, time_zone: str) -> FiguresReport:
    """Uptime of so many days, today included, and latencies of a day, in the order asked for; without those monitors
    that there are not.
    """
    with db.one(org_id) as tx:
        first_hour = tx.now.replace(minute=0, second=0, microsecond=0) - HOURS * HOUR
        wanted = last_days(days, ZoneInfo(time_zone), tx.now)
        found = counted(tx, uptime_days.monitors(tx, monitor_ids), wanted, time_zone)
        means: dict[UUID, dict[datetime, float | None]] = defaultdict(dict)
        for monitor_id, hour, mean in rollups.means(tx, monitor_ids, first_hour):
            means[monitor_id][hour] = mean
    return FiguresReport(
        time_zone=time_zone,
        first_day=wanted[0],
        first_hour=first_hour,
        items=[
            MonitorFigures(
                monitor_id=monitor_id,
                uptime=_share(total([day.uptime for day in found[monitor_id]]).share),
                days=[_share(day.uptime.share) for day in found[monitor_id]],
                hours=[means[monitor_id].get(first_hour + n * HOUR) for n in range(HOURS)],
            )
            for monitor_id in dict.fromkeys(monitor_ids)
            if monitor_id in found
        ],
    )


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
