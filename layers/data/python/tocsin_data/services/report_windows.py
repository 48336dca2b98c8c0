"""The maintenance windows of announced maintenance: what is behind its components pages nobody while it lasts."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import batched, zip_longest
from uuid import UUID

from tocsin.contracts.api_event_rules import WindowInput
from tocsin.domain.maintenance import MAX_MONITORS, MAX_SERVICES
from tocsin.domain.status_page import OVER, ReportStatus
from tocsin.domain.status_report import State
from tocsin_data.db import Tx
from tocsin_data.services import maintenance
from tocsin_data.services.actors import Actor
from tocsin_data.sql import status_reports
from tocsin_data.sql.status_reports import ReportRow


def keep(tx: Tx, actor: Actor, row: ReportRow, component_ids: Collection[UUID], *, anew: bool) -> ReportRow:
    """Bring the windows of maintenance in step with it, within its transaction; answers its row with their ids.

    What somebody has cancelled stays cancelled, unless the maintenance begins `anew`.
    """
    if not row.mutes and not row.window_ids:
        return row
    wanted = list(_wanted(tx, row, component_ids))
    had = [] if anew else row.window_ids
    kept: list[UUID] = []
    for window_id, data in zip_longest(had, wanted):
        if data is not None:
            kept.append(maintenance.keep(tx, actor, window_id, data))
        elif window_id is not None:
            maintenance.drop(tx, actor, window_id)
    return replace(row, window_ids=kept or row.window_ids)


def _wanted(tx: Tx, row: ReportRow, component_ids: Collection[UUID]) -> Iterator[WindowInput]:
    times = _times(row, tx.now)
    if times is None:
        return
    services, monitors = status_reports.sources(tx, list(component_ids))
    starts_at, ends_at = times
    base = WindowInput(name=row.title, time_zone="UTC", starts_at=starts_at, ends_at=ends_at)
    for some in batched(services, MAX_SERVICES, strict=False):
        yield base.model_copy(update={"service_ids": list(some)})
    for some in batched(monitors, MAX_MONITORS, strict=False):
        yield base.model_copy(update={"monitor_ids": list(some)})


def _times(row: ReportRow, now: datetime) -> tuple[datetime, datetime] | None:
    """When it mutes; none where it doesn't, or no more."""
    if not row.mutes or row.state != State.PUBLISHED or row.deleted_at is not None or row.status in OVER:
        return None
    if row.scheduled_for is None or row.scheduled_until is None or row.scheduled_until <= now:
        return None
    starts_at = row.scheduled_for if row.status == ReportStatus.SCHEDULED else row.started_at
    return starts_at, row.scheduled_until
