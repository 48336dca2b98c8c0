"""Whether regions see anything: noticed for the deployment, and for nobody's monitors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from tocsin.contracts.checks import ResultBatch
from tocsin.platform import logs
from tocsin_data.db import Database
from tocsin_data.sql import check_results, shard_reports
from tocsin_data.sql.shard_reports import NewReport, RegionChange

SILENT_AFTER: Final = timedelta(minutes=4)
"""A shard reports each minute; a region of which none has for so long is silent."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """Regions that see, or don't, unlike before; how many checks were due and never begun; each shard's lateness."""

    changes: list[RegionChange] = field(default_factory=list[RegionChange])
    missed: int = 0
    lateness_ms: list[float] = field(default_factory=list[float])

    def tell(self, service: str) -> None:
        """Name each region in the log, and count them for the alarms."""
        for change in self.changes:
            told = {"region": change.region, "was": change.was, "status": change.status, "since": str(change.since)}
            if change.status == "seeing":
                logs.logger(service).info("region sees", extra=told)
            else:
                logs.logger(service).error(f"region is {change.status}", extra=told)
        logs.count(service, "RegionsBlind", sum(c.status == "blind" for c in self.changes))
        logs.count(service, "RegionsSilent", sum(c.status == "silent" for c in self.changes))
        logs.count(service, "ChecksMissed", self.missed)


def report(db: Database, batches: Sequence[ResultBatch]) -> Noticed:
    """Keep what shards report. Reports may come late, twice or mixed up."""
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
    rows = list({(r.region, r.shard, r.starts_at): r for r in sorted(rows, key=lambda r: r.done)}.values())
    if not rows:
        return Noticed()
    with db.many(()) as tx:
        shard_reports.write(tx, rows)
        changes = shard_reports.see(tx, rows)
    lateness = [r.lateness_ms_p99 for r in rows if r.lateness_ms_p99 is not None]
    return Noticed(changes, sum(r.missed for r in rows), lateness)


def notice_silence(db: Database) -> Noticed:
    """Notice regions that report no more, as far as their reports have been read."""
    with db.many(()) as tx:
        silent = shard_reports.silence(tx, check_results.heard_until(tx) - SILENT_AFTER)
    return Noticed(silent)
