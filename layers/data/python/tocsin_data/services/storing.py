"""What keeps results in bounds: days made ahead and dropped when they are old, closed hours and days counted once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.platform import clock
from tocsin_data.db import Database
from tocsin_data.services import late_results
from tocsin_data.sql import result_days, rollups, shard_reports

KEPT_DAYS: Final = 14
"""For how many days single results are kept; what they come to stays."""
REPORTS_KEPT: Final = timedelta(days=8)
"""For how long what shards report is kept."""
AHEAD_DAYS: Final = 3
"""How many days can be written to before they have begun, should no sweep run for so long."""
CLOSING: Final = timedelta(minutes=5)
"""How long after its end an hour is counted: by then nearly everything has come, and the rest marks it again."""
HOURS_AT_ONCE: Final = 500
"""How many hours of monitors go in one transaction, which must stay far from the statement timeout."""
FILLING_SECONDS: Final = 5
"""How long a transaction judges anew what was unknown; the rest is counted again, by the next sweep."""


def days(now: datetime, kept_days: int) -> tuple[date, date]:
    """The first and the last day of UTC whose results have a place."""
    today = now.date()
    return today - timedelta(days=kept_days), today + timedelta(days=AHEAD_DAYS)


def turn_days(db: Database, kept_days: int = KEPT_DAYS) -> int:
    """Let the coming days take results, forget those and reports that are too old, queue the hours that have closed.

    Answers how many days are new or gone. Raises Contention when somebody reads old results for long.
    """
    with db.many(()) as tx:
        first, last = days(tx.now, kept_days)
        made = result_days.make(tx, first, (last - first).days + 1)
        rollups.queue(tx, tx.now - CLOSING, datetime.combine(first, datetime.min.time(), UTC))
        shard_reports.forget(tx, tx.now - REPORTS_KEPT, tx.now + timedelta(days=1))
    with db.many(()) as tx:
        return made + result_days.drop(tx, first)


def roll_up(db: Database, batch: Sequence[tuple[UUID, UUID]]) -> int:
    """Count what is due of these (org, monitor), at most so many hours at once; answers how many were.

    One sweep counts at a time, as each adds up days from the hours that it can see. Hours whose results are no longer
    kept stay as they were counted last.
    """
    with db.many([org_id for org_id, _ in batch]) as tx:
        if not rollups.begin(tx):
            return 0
        closed = tx.now.replace(minute=0, second=0, microsecond=0)
        taken = rollups.take(tx, sorted({monitor_id for _, monitor_id in batch}), closed, HOURS_AT_ONCE)
        since = result_days.since(tx)
        found = [hour for hour in taken if since is not None and hour[2] >= since]
        if found:
            rollups.count_hours(tx, found)
            rollups.count_days(tx, found)
            left = late_results.fill(tx, found, clock.seconds() + FILLING_SECONDS)
            if left:
                rollups.mark_late(tx, left)
        return len(found)
