"""Published reports in the shape of a page's snapshot."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from tocsin.contracts.page_snapshot import AffectedComponent, SnapshotReport, SnapshotUpdate
from tocsin.domain.status_page import Impact, ReportKind, ReportStatus
from tocsin_data.db import Tx
from tocsin_data.sql import page_reports
from tocsin_data.sql.page_reports import ReportRow, UpdateRow


def reports(tx: Tx, rows: Sequence[ReportRow]) -> list[SnapshotReport]:
    """Reports with their updates, in their order."""
    if not rows:
        return []
    updates: dict[UUID, list[SnapshotUpdate]] = defaultdict(list)
    for update in page_reports.updates(tx, [row.id for row in rows]):
        updates[update.report_id].append(_update(update))
    return [_report(row, updates[row.id]) for row in rows]


def by_month(tx: Tx, rows: Sequence[ReportRow]) -> Mapping[str, list[SnapshotReport]]:
    """The same by the months that they began in."""
    found: dict[str, list[SnapshotReport]] = defaultdict(list)
    for row, report in zip(rows, reports(tx, rows), strict=True):
        found[row.month].append(report)
    return found


def _report(row: ReportRow, updates: list[SnapshotUpdate]) -> SnapshotReport:
    return SnapshotReport(
        id=row.id,
        kind=ReportKind(row.kind),
        title=row.title,
        status=ReportStatus(row.status),
        impact=Impact(row.impact),
        started_at=row.started_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
        monitoring_at=row.monitoring_at,
        resolved_at=row.resolved_at,
        scheduled_for=row.scheduled_for,
        scheduled_until=row.scheduled_until,
        component_ids=row.component_ids,
        updates=updates,
        sequence=row.sequence,
    )


def _update(row: UpdateRow) -> SnapshotUpdate:
    return SnapshotUpdate(
        id=row.id,
        status=ReportStatus(row.status),
        body=row.body,
        display_at=row.display_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
        affected=[AffectedComponent.model_validate(item) for item in row.affected],
    )
