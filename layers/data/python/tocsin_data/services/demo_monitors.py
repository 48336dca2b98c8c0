"""The monitors of the demo in the tables' own columns: what they are, their spans, their figures by day and hour."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from tocsin.domain import latency_histogram
from tocsin.domain.demo import id_of
from tocsin.domain.demo_monitors import FARTHER, GROUPS, KNOWN_FOR, REGIONS, WATCHES, Outage, Watch
from tocsin.domain.monitor import CheckStatus, MonitorKind, Origin
from tocsin.platform.tokens import digest
from tocsin_data.services.demo_tables import Row, Rows

DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)
HOURS: Final = 48
SAMPLES: Final = 24
"""Latencies that stand for all of a day or an hour."""
SPREAD: Final = 0.28
"""Of the logarithm of latencies: as wide as those of a web page from the same place are."""


def tell(found: Rows, now: datetime) -> None:
    """Add everything that monitors have left by an instant."""
    since = now - KNOWN_FOR
    for position, name in enumerate(GROUPS):
        found.add("monitor_group", id=id_of("group", name), name=name, position=position, created_at=since)
    for watch in WATCHES:
        _monitor(found, watch, now, since)
        _spans(found, watch, now, since)
        if watch.kind is MonitorKind.HEARTBEAT:
            _heartbeat(found, watch, now, since)
        else:
            _figures(found, watch, now, since)


def _monitor(found: Rows, watch: Watch, now: datetime, since: datetime) -> None:
    is_heartbeat = watch.kind is MonitorKind.HEARTBEAT
    found.add(
        "monitor",
        id=_id(watch),
        service_id=id_of("service", watch.service),
        monitor_group_id=id_of("group", watch.group),
        name=watch.name,
        description="",
        kind=watch.kind,
        spec=watch.spec,
        secret_names=[],
        tags=list(watch.tags),
        severity="critical",
        origin=Origin.DEMO,
        interval_seconds=watch.interval_seconds,
        timeout_seconds=10,
        regions=[] if is_heartbeat else list(REGIONS),
        failures_to_down=2,
        successes_to_up=2,
        confirmation_seconds=0,
        recovery_seconds=0,
        paused_at=now - 9 * DAY if watch.is_paused else None,
        paused_by=f"user:{id_of('user', 'Jonas')}" if watch.is_paused else None,
        version=1,
        created_at=since,
        created_by=f"user:{id_of('user', 'Jonas')}",
        updated_at=since,
    )


def _heartbeat(found: Rows, watch: Watch, now: datetime, since: datetime) -> None:
    last = (now - 6 * HOUR).replace(minute=0, second=11, microsecond=0)
    found.add(
        "heartbeat",
        monitor_id=_id(watch),
        key_hash="\\x" + digest(f"no key of the demo opens anything/{watch.name}").hex(),
        hint="demo",
        status="up",
        counts_from=since,
        last_ping_at=last,
        last_success_at=last,
        ping_count=KNOWN_FOR.days,
    )


def _spans(found: Rows, watch: Watch, now: datetime, since: datetime) -> None:
    """What it was when, and what it is now."""
    at = since
    for outage in watch.outages:
        begin = now - outage.ago
        found.add("monitor_span", **_span(watch, CheckStatus.UP, at, begin, None))
        end = None if outage.lasted is None else begin + outage.lasted
        found.add("monitor_span", **_span(watch, outage.status, begin, end, outage))
        at = begin if end is None else end
    last = watch.outages[-1] if watch.outages and watch.outages[-1].lasted is None else None
    status = CheckStatus.UP if last is None else last.status
    if last is None:
        found.add("monitor_span", **_span(watch, status, at, None, None))
    found.add(
        "monitor_state",
        monitor_id=_id(watch),
        status=status,
        since=at,
        detail={} if last is None else {"reason": last.reason, "detail": last.detail},
    )


def _span(watch: Watch, status: CheckStatus, begin: datetime, end: datetime | None, outage: Outage | None) -> Row:
    evidence = {} if outage is None else {"reason": outage.reason, "detail": outage.detail}
    return {
        "id": id_of("span", watch.name, begin.isoformat() if outage is None else outage.ago, status),
        "monitor_id": _id(watch),
        "status": status,
        "starts_at": begin,
        "ends_at": end,
        "evidence": evidence,
    }


def _figures(found: Rows, watch: Watch, now: datetime, since: datetime) -> None:
    """Figures by day for all the time it is known, by hour for the last two days, and how much proof there is."""
    total = 0
    until = now - 9 * DAY if watch.is_paused else now
    for region in REGIONS:
        for begin in _instants(since, until, DAY):
            row, ticks = _rollup(watch, region, begin, DAY, until)
            total += ticks
            found.add("check_rollup_day", day=begin.date(), **row)
        for begin in _instants(until - HOURS * HOUR, until, HOUR):
            found.add("check_rollup_hour", hour=begin, **_rollup(watch, region, begin, HOUR, until)[0])
        _region(found, watch, region, until)
    found.add(
        "check_evidence",
        monitor_id=_id(watch),
        origin=Origin.DEMO,
        results=total,
        first_tick=since,
        last_tick=until,
    )


def _region(found: Rows, watch: Watch, region: str, until: datetime) -> None:
    last = watch.outages[-1] if watch.outages and watch.outages[-1].lasted is None else None
    found.add(
        "monitor_region",
        monitor_id=_id(watch),
        region=region,
        status=CheckStatus.UP if last is None else last.status,
        since=until - KNOWN_FOR if last is None else until - last.ago,
        last_tick=until - timedelta(seconds=watch.interval_seconds / 2),
        last_status=CheckStatus.UP if last is None else last.status,
        last_reason=None if last is None else last.reason,
        last_latency_ms=round(watch.usual_ms * FARTHER[region], 1),
    )


def _rollup(watch: Watch, region: str, begin: datetime, length: timedelta, until: datetime) -> tuple[Row, int]:
    """The counts and latencies of a day or an hour, the same whenever it is asked for, and of how many checks."""
    end = min(begin + length, until)
    ticks = max(1, int((end - begin).total_seconds() // watch.interval_seconds))
    counts = dict.fromkeys(CheckStatus, 0)
    for outage in watch.outages:
        starts_at = until - outage.ago
        ends_at = until if outage.lasted is None else starts_at + outage.lasted
        overlap = (min(ends_at, end) - max(starts_at, begin)).total_seconds()
        counts[outage.status] += min(ticks, max(0, int(overlap // watch.interval_seconds)))
    answered = ticks - counts[CheckStatus.DOWN]
    counts[CheckStatus.UP] = max(0, answered - counts[CheckStatus.DEGRADED])
    chance = random.Random(id_of("figures", watch.name, region, begin.date(), begin.hour).int)  # noqa: S311 - made up
    usual = watch.usual_ms * FARTHER[region]
    sampled = [usual * chance.lognormvariate(0, SPREAD) for _ in range(min(SAMPLES, answered))]
    histogram = latency_histogram.of(sampled)
    share = answered / len(sampled) if sampled else 0
    row: Row = {
        "monitor_id": _id(watch),
        "region": region,
        "origin": Origin.DEMO,
        **{status.value: count for status, count in counts.items()},
        "first_tick": begin,
        "last_tick": end - timedelta(seconds=1),
        "latency_sum_ms": round(sum(sampled) * share, 1),
        "latency_buckets": list(histogram.buckets),
        "latency_counts": [max(1, round(count * share)) for count in histogram.counts],
    }
    return row, ticks


def _instants(since: datetime, until: datetime, step: timedelta) -> Iterator[datetime]:
    """The whole days, or hours, of UTC from an instant on until another."""
    at = since.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    at = at.replace(hour=0) if step == DAY else at
    while at < until:
        yield at
        at += step


def _id(watch: Watch) -> object:
    return id_of("monitor", watch.name)
