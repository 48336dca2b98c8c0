"""Whether regions see anything: noticed for the deployment, and for nobody's monitors.

Private locations report likewise, which is for those they belong to: nobody is alarmed by what they say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from tocsin.contracts.checks import ResultBatch
from tocsin.platform import logs
from tocsin_data.db import Database
from tocsin_data.services.storing import REPORTS_KEPT
from tocsin_data.sql import check_results, shard_reports
from tocsin_data.sql.shard_reports import NewReport, RegionChange

PRIVATE: Final = "private:"
MOST_AHEAD: Final = timedelta(minutes=5)
"""How far in the future a report may end: clocks differ."""
SILENT_AFTER: Final = timedelta(minutes=4)
"""A shard reports each minute; a region of which none has for so long is silent."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """Regions that see, or don't, unlike before; how many checks were due and never begun; each shard's lateness."""

    changes: list[RegionChange] = field(default_factory=list[RegionChange])
    missed: int = 0
    lateness_ms: list[float] = field(default_factory=list[float])

    def tell(self, service: str) -> None:
        """Name each region in the log, and count the deployment's own for the alarms."""
        for change in self.changes:
            told = {"region": change.region, "was": change.was, "status": change.status, "since": str(change.since)}
            if change.status == "seeing":
                logs.logger(service).info("region sees", extra=told)
            elif _is_private(change):
                logs.logger(service).info(f"region is {change.status}", extra=told)
            else:
                logs.logger(service).error(f"region is {change.status}", extra=told)
        own = [change.status for change in self.changes if not _is_private(change)]
        logs.count(service, "RegionsBlind", own.count("blind"))
        logs.count(service, "RegionsSilent", own.count("silent"))
        logs.count(service, "ChecksMissed", self.missed)


def report(db: Database, batches: Sequence[ResultBatch]) -> Noticed:
    """Keep what shards report. Reports may come late, twice or mixed up; of another time than ours none is kept."""
    rows = [
        NewReport(
            region=b.region,
            shard=r.shard,
            starts_at=r.starts_at,
            ends_at=r.ends_at,
            due=r.due,
            done=r.done,
            missed=r.missed,
            blind_since=r.blind_since,
            lateness_ms_p99=r.lateness_ms_p99,
        )
        for b in batches
        for r in b.reports
    ]
    if not rows:
        return Noticed()
    with db.many(()) as tx:
        timely = [r for r in sorted(rows, key=lambda r: r.done) if _is_timely(r, tx.now)]
        rows = list({(r.region, r.shard, r.starts_at): r for r in timely}.values())
        if not rows:
            return Noticed()
        shard_reports.write(tx, rows)
        changes = shard_reports.see(tx, rows)
    own = [r for r in rows if not _is_private(r)]
    lateness = [r.lateness_ms_p99 for r in own if r.lateness_ms_p99 is not None]
    return Noticed(changes, sum(r.missed for r in own), lateness)


def notice_silence(db: Database) -> Noticed:
    """Notice regions that report no more, as far as their reports have been read."""
    with db.many(()) as tx:
        silent = shard_reports.silence(tx, check_results.heard_until(tx) - SILENT_AFTER)
    return Noticed(silent)


def _is_timely(row: NewReport, now: datetime) -> bool:
    """Whether a report is of a window that can have been, and is still kept."""
    latest = max(row.ends_at, row.blind_since or row.ends_at)
    return now - REPORTS_KEPT <= row.starts_at <= row.ends_at <= latest <= now + MOST_AHEAD


def _is_private(of: NewReport | RegionChange) -> bool:
    return of.region.startswith(PRIVATE)
