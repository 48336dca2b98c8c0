"""Announced maintenance moved by the clock: it begins and ends at its times, unless people move it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from tocsin.domain.live import ALL, Topic
from tocsin.domain.report_words import BEGUN, COMPLETE
from tocsin.domain.status_page import ReportStatus
from tocsin.domain.status_report import ByClock, Complete, Leave, Planned, Start, State, by_clock
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.report_writing import Report, Saying, held, say, settle
from tocsin_data.sql import status_reports

SYSTEM: Final = Actor("system", "schedule")


@dataclass(frozen=True, slots=True)
class Moved:
    """How often maintenance began or ended, and what leaves for it."""

    count: int
    leaving: Leaving


def move_due(db: Database, found: Sequence[tuple[UUID, UUID]]) -> Moved:
    """Begin and end maintenance whose times have come, as it stands by now; what is late does both."""
    with db.many({org_id for org_id, _ in found}) as tx:
        leaving = Leaving(tx.now)
        count = 0
        for org_id, report_id in sorted(found):
            alone = replace(tx, orgs=(org_id,))
            row = status_reports.lock(alone, report_id)
            if row is None:
                continue
            moves = _move(alone, held(alone, row))
            count += moves
            if moves:
                leaving.pages.add(org_id)
                tx.note(org_id, Topic.STATUS_PAGES, "status_page", ALL)
        return Moved(count, leaving)


def _move(tx: Tx, report: Report) -> int:
    """Move one as often as it is due; answers how often."""
    count = 0
    while True:
        match _decision(tx, report):
            case Start(at):
                saying = Saying(ReportStatus.IN_PROGRESS, BEGUN, at)
            case Complete(at):
                saying = Saying(ReportStatus.COMPLETED, COMPLETE, at)
            case _:
                return count
        after = say(tx, SYSTEM, report, saying)
        settle(tx, SYSTEM, "update_added", report, after)
        row = status_reports.lock(tx, report.row.id)
        if row is None:
            return count
        report, count = held(tx, row), count + 1


def _decision(tx: Tx, report: Report) -> ByClock:
    row = report.row
    if row.scheduled_for is None or row.scheduled_until is None:
        return Leave("it is no maintenance")
    planned = Planned(
        state=State(row.state),
        status=report.status,
        scheduled_for=row.scheduled_for,
        scheduled_until=row.scheduled_until,
        is_moved_by_schedule=row.is_moved_by_schedule,
        last_at=report.updates[-1].display_at,
    )
    return by_clock(planned, tx.now)
