"""Time that was unknown becomes what results say that came when it was over; what was told stays as it was told."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from tocsin.domain.monitor import CheckStatus
from tocsin.domain.uptime import Span
from tocsin.domain.verdict import Rules
from tocsin.domain.verdict_late import replay
from tocsin.domain.verdict_region import Runs, Sample
from tocsin.platform import clock
from tocsin_data.db import Tx
from tocsin_data.sql import unknown_spans
from tocsin_data.sql.rollups import MonitorHour
from tocsin_data.sql.unknown_spans import LateSpan, UnknownTime

LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def fill(tx: Tx, hours: Sequence[MonitorHour], ends_at: float) -> list[MonitorHour]:
    """Judge the unknown times of these hours anew; they are few, since most of the time something is known.

    Answers the hours that are left at `ends_at` of the stopwatch, after a region was away for long.
    """
    times = {(time.monitor_id, time.starts_at, time.ends_at): time for time in unknown_spans.find(tx, hours)}
    left: list[MonitorHour] = []
    for time in times.values():
        if clock.seconds() >= ends_at:
            left.append((time.org_id, time.monitor_id, time.starts_at))
            continue
        found = _judged(tx, time)
        if any(span.status is not CheckStatus.UNKNOWN for span in found):
            spans = [
                LateSpan(time.org_id, time.monitor_id, span.status, span.starts_at, span.ends_at or time.ends_at)
                for span in found
            ]
            unknown_spans.fill(tx, time, spans)
    return left


def _judged(tx: Tx, time: UnknownTime) -> list[Span]:
    rules = Rules(
        regions=tuple(time.regions),
        interval=timedelta(seconds=time.interval_seconds),
        quorum=time.quorum,
        confirmation=timedelta(0),
        recovery=timedelta(0),
        watched_since=LONG_AGO,
    )
    runs = Runs(time.failures_to_down, time.successes_to_up)
    samples: dict[str, list[Sample]] = {}
    for region, tick, status in unknown_spans.samples(tx, time, time.starts_at - rules.fresh_for):
        samples.setdefault(region, []).append(Sample(tick, CheckStatus(status)))
    return replay(rules, runs, samples, (time.starts_at, time.ends_at))
