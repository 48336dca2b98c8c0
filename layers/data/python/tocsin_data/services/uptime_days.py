"""Uptime of monitors by calendar days: counted from their spans when it is read, and kept once it is published."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.contracts.api_monitor_history import UptimeDay, UptimeReport, UptimeSeconds
from tocsin.domain.maintenance import is_covered, monitor_labels
from tocsin.domain.monitor import CheckStatus, Origin
from tocsin.domain.uptime import Interval, Span, Uptime, bounds, last_days, total, uptime
from tocsin.errors import Conflict, NotFound
from tocsin_data import recurrences
from tocsin_data.db import Database, Tx
from tocsin_data.recurrences import Times
from tocsin_data.sql import uptime_days
from tocsin_data.sql.maintenance_windows import WindowRow, scope
from tocsin_data.sql.uptime_days import DayRow, MonitorRow

MAX_DAYS: Final = 366


type Key = tuple[UUID, date]
"""A day of a monitor."""


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day of a monitor. A frozen one stays what it is, whatever becomes known."""

    day: date
    uptime: Uptime
    is_frozen: bool


@dataclass(frozen=True, slots=True)
class _Whole:
    """Counts days at an instant. Most of most monitors' are within one span, without maintenance: each is counted once,
    and is one object.
    """

    now: datetime
    known: dict[tuple[Interval, CheckStatus], Uptime] = field(
        default_factory=dict[tuple[Interval, CheckStatus], Uptime]
    )

    def uptime(self, stretch: Interval, spans: Sequence[Span], maintenance: Sequence[Interval]) -> Uptime:
        """What the seconds of a stretch were, by the spans and the maintenance that touch it."""
        if len(spans) != 1 or maintenance or not _covers_all(spans[0], stretch):
            return uptime(stretch, spans, maintenance, self.now)
        about = stretch, spans[0].status
        found = self.known.get(about)
        if found is None:
            found = self.known[about] = uptime(stretch, spans, (), self.now)
        return found


def report(db: Database, org_id: UUID, monitor_id: UUID, days: int, time_zone: str) -> UptimeReport:
    """Uptime of a monitor in so many days, today included; raises NotFound."""
    with db.one(org_id) as tx:
        (monitor,) = uptime_days.monitors(tx, [monitor_id]) or (None,)
        if monitor is None:
            raise NotFound(f"There is no monitor {monitor_id} here.")
        wanted = last_days(days, ZoneInfo(time_zone), tx.now)
        found = counted(tx, [monitor], wanted, time_zone)[monitor_id]
    return UptimeReport(
        time_zone=time_zone,
        origin=Origin(monitor.origin),
        total=UptimeSeconds.model_validate(_seconds(total([d.uptime for d in found]))),
        items=[UptimeDay.model_validate({**_seconds(d.uptime), "day": d.day, "is_frozen": d.is_frozen}) for d in found],
    )


def freeze(tx: Tx, monitor_ids: Sequence[UUID], time_zone: str, day: date) -> Mapping[UUID, Uptime]:
    """Keep a day of monitors as it is now, to be published; answers it by monitor, as published before if it was.

    Monitors that there are not, or no more, are left out. Raises Conflict when the day is not over in the zone.
    """
    if bounds(day, ZoneInfo(time_zone))[1] > tx.now:
        raise Conflict(f"The day {day} is not over in {time_zone}, so it can't be published.")
    found = counted(tx, uptime_days.monitors(tx, monitor_ids), [day], time_zone)
    fresh = [_row(monitor_id, time_zone, days[0]) for monitor_id, days in found.items() if not days[0].is_frozen]
    uptime_days.freeze(tx, fresh)
    return {monitor_id: kept for (monitor_id, _), kept in _frozen(tx, monitor_ids, time_zone, day, day).items()}


def counted(tx: Tx, monitors: Sequence[MonitorRow], days: Sequence[date], time_zone: str) -> dict[UUID, list[Day]]:
    """These days (in order, at least one) of monitors, as they were published or as they are now."""
    zone, ids = ZoneInfo(time_zone), [monitor.id for monitor in monitors]
    stretches = {day: bounds(day, zone) for day in days}
    since, until = stretches[days[0]][0], stretches[days[-1]][1]
    frozen = _frozen(tx, ids, time_zone, days[0], days[-1])
    rows = uptime_days.spans(tx, ids, since, until)
    spans = {
        monitor_id: [Span(CheckStatus(row.status), row.starts_at, row.ends_at) for row in found]
        for monitor_id, found in groupby(rows, attrgetter("monitor_id"))
    }
    windows = [(window, _by_day(times, stretches)) for window, times in maintained(tx, since, until)]
    whole = _Whole(tx.now)
    found: dict[UUID, list[Day]] = {}
    for monitor in monitors:
        under = [times for window, times in windows if _covers(window, monitor)]
        mine = spans.get(monitor.id, [])
        begins = [span.starts_at for span in mine]
        found[monitor.id] = [
            Day(day, kept, is_frozen=True)
            if (kept := frozen.get((monitor.id, day))) is not None
            else Day(
                day,
                whole.uptime(stretch, _touching(mine, begins, stretch), [i for times in under for i in times[day]]),
                is_frozen=False,
            )
            for day, stretch in stretches.items()
        ]
    return found


def maintained(tx: Tx, since: datetime, until: datetime) -> list[tuple[WindowRow, list[Interval]]]:
    """Windows of maintenance, and when each was open between two instants."""
    return [(window, _open(window, since, until)) for window in uptime_days.maintenance(tx, since, until)]


def keep(tx: Tx, found: Mapping[UUID, Sequence[Day]], time_zone: str, through: date, at_most: int) -> set[Key]:
    """Keep days up to one, of which something is known, as they are about to be published; the rest another time.

    Answers which of all these days are kept by now.
    """
    kept = {(monitor_id, day.day) for monitor_id, days in found.items() for day in days if day.is_frozen}
    fresh = [
        (monitor_id, day)
        for monitor_id, days in found.items()
        for day in days
        if not day.is_frozen and day.day <= through and day.uptime.share is not None
    ][:at_most]
    if fresh:
        uptime_days.freeze(tx, [_row(monitor_id, time_zone, day) for monitor_id, day in fresh])
    return kept | {(monitor_id, day.day) for monitor_id, day in fresh}


def _by_day(intervals: Sequence[Interval], stretches: Mapping[date, Interval]) -> dict[date, list[Interval]]:
    return {day: [i for i in intervals if i[0] < end and i[1] > begin] for day, (begin, end) in stretches.items()}


def _touching(spans: Sequence[Span], begins: Sequence[datetime], stretch: Interval) -> Sequence[Span]:
    """Those of a monitor's spans, in their order, that begin in a stretch, and the one before them."""
    first = bisect_right(begins, stretch[0])
    return spans[max(0, first - 1) : bisect_left(begins, stretch[1])]


def _covers_all(span: Span, stretch: Interval) -> bool:
    return span.starts_at <= stretch[0] and (span.ends_at is None or span.ends_at >= stretch[1])


def _open(window: WindowRow, since: datetime, until: datetime) -> list[Interval]:
    """When maintenance was on: from when it was announced, and until it was called off."""
    times = Times(
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        zone=window.time_zone,
        recurrence=window.recurrence,
        recurs_until=window.recurs_until,
        ended_at=window.ended_at,
    )
    over = until if window.cancelled_at is None else min(until, window.cancelled_at)
    found = recurrences.between(times, since, over)
    cut = [(max(begin, window.created_at), min(end, over)) for begin, end in found]
    return [(begin, end) for begin, end in cut if begin < end]


def _covers(window: WindowRow, monitor: MonitorRow) -> bool:
    labels = monitor_labels(monitor.id, monitor.name, monitor.kind, monitor.tags, monitor.regions)
    return is_covered(scope(window.scope), monitor.service_id, labels)


def _seconds(found: Uptime) -> dict[str, float | int | None]:
    return {
        "uptime": None if found.share is None else round(found.share, 6),
        "seconds": found.seconds,
        "up_seconds": found.up,
        "degraded_seconds": found.degraded,
        "down_seconds": found.down,
        "unknown_seconds": found.unknown,
        "maintenance_seconds": found.maintenance,
    }


def _row(monitor_id: UUID, time_zone: str, day: Day) -> DayRow:
    found = day.uptime
    return DayRow(
        monitor_id=monitor_id,
        time_zone=time_zone,
        day=day.day,
        seconds=found.seconds,
        up_seconds=found.up,
        degraded_seconds=found.degraded,
        down_seconds=found.down,
        unknown_seconds=found.unknown,
        maintenance_seconds=found.maintenance,
    )


def _frozen(tx: Tx, monitor_ids: Sequence[UUID], time_zone: str, first: date, last: date) -> dict[Key, Uptime]:
    """Days that were published. Most of them are alike, and are one object."""
    alike: dict[tuple[int, ...], Uptime] = {}
    found: dict[Key, Uptime] = {}
    for row in uptime_days.frozen(tx, monitor_ids, time_zone, first, last):
        for day, seconds in zip(row.days, map(tuple, row.seconds), strict=True):
            kept = alike.get(seconds)
            if kept is None:
                kept = alike[seconds] = Uptime(*seconds)
            found[row.monitor_id, day] = kept
    return found
