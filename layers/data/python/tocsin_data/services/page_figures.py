"""The figures of a page's components: 90 calendar days in the page's zone, and the latencies of the last 24 hours."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.contracts.page_snapshot import DayBar
from tocsin.domain import latency_histogram
from tocsin.domain.latency_histogram import Histogram
from tocsin.domain.page_days import FINAL_AFTER, PageDay, Word, both, measured, told
from tocsin.domain.uptime import Interval, Uptime, bounds, last_days, total
from tocsin_data.db import Tx
from tocsin_data.services import page_words, uptime_days
from tocsin_data.services.page_words import Services
from tocsin_data.services.uptime_days import Day, Key
from tocsin_data.sql import page_figures
from tocsin_data.sql.component_evidence import SourceRow
from tocsin_data.sql.page_snapshots import ComponentRow, PageRow
from tocsin_data.sql.uptime_days import MonitorRow

DAYS: Final = 90
HOURS: Final = 24
KEPT_AT_ONCE: Final = 5_000
"""So many days of monitors are kept at a publication; more are kept at the next."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured of a component, as a page shows it."""

    days: list[DayBar] = field(default_factory=list[DayBar])
    uptime: float | None = None
    latency_p50_ms: float | None = None
    latency_p95_ms: float | None = None
    latency_by_hour: list[float | None] = field(default_factory=list[float | None])


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the days of components are counted from."""

    stretches: Mapping[date, Interval]
    days: Mapping[UUID, Mapping[date, Day]]
    kept: frozenset[Key]
    words: Mapping[UUID, Sequence[Word]]
    now: datetime
    alike: dict[tuple[Uptime, ...], PageDay] = field(default_factory=dict[tuple[Uptime, ...], PageDay])
    bars: dict[tuple[date, PageDay, bool], DayBar] = field(default_factory=dict[tuple[date, PageDay, bool], DayBar])

    def measured(self, uptimes: tuple[Uptime, ...]) -> PageDay:
        """A day by that of each monitor. Most days of most components are alike, and are one object."""
        found = self.alike.get(uptimes)
        if found is None:
            found = self.alike[uptimes] = measured(uptimes)
        return found

    def bar(self, day: date, found: PageDay, is_final: bool) -> DayBar:
        """A day as the page shows it."""
        about = day, found, is_final
        bar = self.bars.get(about)
        if bar is None:
            bar = self.bars[about] = _bar(*about)
        return bar


def read(
    tx: Tx,
    page: PageRow,
    components: Sequence[ComponentRow],
    monitors: Mapping[UUID, Sequence[SourceRow]],
    services: Services,
) -> dict[UUID, Measured]:
    """The figures of components by their ids; `monitors` are those of the origin that counts on the page.

    Days that are over for long enough are kept as they are answered here.
    """
    barred = [c for c in components if c.shows_uptime]
    of_barred = {c.id: services[c.id] for c in barred if services.get(c.id)}
    sources = _sources(tx, page, [m for c in barred for m in monitors.get(c.id, ())], of_barred)
    latencies = _latencies(tx, [m for c in components if c.shows_latency for m in monitors.get(c.id, ())])
    found: dict[UUID, Measured] = {}
    for component in components:
        mine = monitors.get(component.id, ())
        days = _days(component, mine, sources) if component.shows_uptime else []
        share = total([day.uptime for day, _ in days]).share if days else None
        bars = [sources.bar(at, day, is_final) for at, (day, is_final) in zip(sources.stretches, days, strict=False)]
        hours = latencies if component.shows_latency and mine else {}
        found[component.id] = _measured(bars, share, [hours.get(m.monitor_id, {}) for m in mine] if hours else [], tx)
    return found


def _sources(tx: Tx, page: PageRow, monitors: Sequence[SourceRow], services: Services) -> _Sources:
    zone = ZoneInfo(page.time_zone)
    wanted = last_days(DAYS, zone, tx.now)
    stretches = {day: bounds(day, zone) for day in wanted}
    rows = {m.monitor_id: _monitor(m) for m in monitors}
    counted = uptime_days.counted(tx, list(rows.values()), wanted, page.time_zone) if rows else {}
    through = max((day for day, (_, end) in stretches.items() if end + FINAL_AFTER <= tx.now), default=None)
    kept: set[Key] = set()
    if through is not None and counted:
        kept = uptime_days.keep(tx, counted, page.time_zone, through, KEPT_AT_ONCE)
    days = {monitor_id: {day.day: day for day in found} for monitor_id, found in counted.items()}
    words = page_words.read(tx, page, services, stretches[wanted[0]][0])
    return _Sources(stretches, days, frozenset(kept), words, tx.now)


def _days(component: ComponentRow, monitors: Sequence[SourceRow], sources: _Sources) -> list[tuple[PageDay, bool]]:
    """Each day, and whether it is final."""
    words = sources.words.get(component.id, ())
    days = [sources.days[m.monitor_id] for m in monitors]
    found: list[tuple[PageDay, bool]] = []
    for day, stretch in sources.stretches.items():
        near = [w for w in words if w.starts_at < stretch[1] and (w.ends_at is None or w.ends_at > stretch[0])]
        if not monitors:
            is_over = stretch[1] + FINAL_AFTER <= sources.now
            found.append((told(stretch, near, component.created_at, sources.now), is_over))
            continue
        by_monitors = sources.measured(tuple(mine[day].uptime for mine in days))
        is_final = all((m.monitor_id, day) in sources.kept for m in monitors)
        if near:
            by_word = told(stretch, near, component.created_at, sources.now)
            by_monitors = both(by_monitors, by_word, was_told=True)
        found.append((by_monitors, is_final))
    return found


def _bar(day: date, found: PageDay, is_final: bool) -> DayBar:
    uptime = found.uptime
    return DayBar(
        day=day,
        uptime=None if uptime.share is None else round(uptime.share, 6),
        worst=found.worst,
        down_seconds=uptime.down,
        degraded_seconds=uptime.degraded,
        maintenance_seconds=uptime.maintenance,
        unknown_seconds=uptime.unknown,
        is_final=is_final,
    )


def _latencies(tx: Tx, monitors: Sequence[SourceRow]) -> dict[UUID, dict[datetime, list[Histogram]]]:
    found: dict[UUID, dict[datetime, list[Histogram]]] = defaultdict(lambda: defaultdict(list))
    if monitors:
        ids = sorted({m.monitor_id for m in monitors})
        for row in page_figures.hours(tx, ids, monitors[0].origin, _first_hour(tx)):
            found[row.monitor_id][row.hour].append(Histogram(tuple(row.buckets), tuple(row.counts)))
    return found


def _first_hour(tx: Tx) -> datetime:
    return tx.now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS)


def _measured(
    bars: list[DayBar], share: float | None, hours: Sequence[Mapping[datetime, Sequence[Histogram]]], tx: Tx
) -> Measured:
    uptime = None if share is None else round(share, 6)
    if not hours:
        return Measured(bars, uptime)
    first = _first_hour(tx)
    by_hour = [
        latency_histogram.merge(h for found in hours for h in found.get(first + timedelta(hours=n), ()))
        for n in range(HOURS)
    ]
    p50, p95 = latency_histogram.percentiles(latency_histogram.merge(by_hour), (50, 95))
    medians = [_rounded(latency_histogram.percentile(histogram, 50)) for histogram in by_hour]
    return Measured(bars, uptime, _rounded(p50), _rounded(p95), medians)


def _rounded(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds, 1)


def _monitor(row: SourceRow) -> MonitorRow:
    return MonitorRow(
        id=row.monitor_id,
        service_id=row.service_id,
        name=row.name,
        kind=row.kind,
        tags=row.tags,
        regions=row.regions,
        origin=row.origin,
    )
