"""What decides about the components of status pages: gathered for all components of pages in four statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tocsin.domain.component_status import Evidence, MonitorWord, Override, ReportWord, ServiceWord
from tocsin.domain.incident import Severity
from tocsin.domain.maintenance import Scope, is_covered, monitor_labels
from tocsin.domain.monitor import CheckStatus
from tocsin.domain.status_page import ComponentStatus, ReportKind, ReportStatus
from tocsin_data import recurrences
from tocsin_data.db import Tx
from tocsin_data.recurrences import Times
from tocsin_data.sql import component_evidence, uptime_days
from tocsin_data.sql.component_evidence import ServiceRow, SourceRow, WordsRow
from tocsin_data.sql.maintenance_windows import WindowRow, scope


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence of each component, and the monitors that it is made of."""

    evidence: Mapping[UUID, Evidence]
    monitors: Mapping[UUID, Sequence[SourceRow]] = field(default_factory=dict[UUID, Sequence[SourceRow]])


@dataclass(frozen=True, slots=True)
class _Open:
    scope: Scope
    since: datetime


def read(tx: Tx, page_ids: Sequence[UUID]) -> Found:
    """What decides about the components of one organization's pages, as of now."""
    words = component_evidence.words(tx, page_ids)
    monitors: dict[UUID, list[SourceRow]] = defaultdict(list)
    for source in component_evidence.monitors(tx, page_ids):
        monitors[source.component_id].append(source)
    services: dict[UUID, list[ServiceRow]] = defaultdict(list)
    for service in component_evidence.services(tx, page_ids):
        services[service.component_id].append(service)
    windows = [
        _Open(scope(window.scope), max(since, window.created_at))
        for window in uptime_days.maintenance(tx, tx.now, tx.now)
        if (since := _open_since(window, tx.now)) is not None
    ]
    evidence = {
        row.component_id: Evidence(
            told_since=row.told_since,
            override=_override(row),
            reports=_reports(row),
            monitors=tuple(_monitor(source, windows) for source in monitors[row.component_id]),
            services=tuple(_service(service, windows) for service in services[row.component_id]),
        )
        for row in words
    }
    return Found(evidence, monitors)


def _override(row: WordsRow) -> Override | None:
    return None if row.override_status is None else Override(ComponentStatus(row.override_status), row.override_until)


def _reports(row: WordsRow) -> tuple[ReportWord, ...]:
    return tuple(
        ReportWord(UUID(r["id"]), ReportKind(r["kind"]), ReportStatus(r["stage"]), ComponentStatus(r["status"]))
        for r in row.reports
    )


def _monitor(row: SourceRow, windows: Sequence[_Open]) -> MonitorWord:
    labels = monitor_labels(row.monitor_id, row.name, row.kind, row.tags, row.regions)
    return MonitorWord(
        monitor_id=row.monitor_id,
        status=CheckStatus(row.status),
        since=row.since,
        known=None if row.known is None else CheckStatus(row.known),
        known_since=row.known_since,
        is_paused=row.is_paused,
        maintained_since=_since(windows, row.service_id, labels),
    )


def _service(row: ServiceRow, windows: Sequence[_Open]) -> ServiceWord:
    incidents = tuple((Severity(i["severity"]), datetime.fromisoformat(i["at"])) for i in row.incidents)
    return ServiceWord(row.service_id, incidents, _since(windows, row.service_id, {}))


def _since(windows: Sequence[_Open], service_id: UUID, labels: Mapping[str, str]) -> datetime | None:
    return min((w.since for w in windows if is_covered(w.scope, service_id, labels)), default=None)


def _open_since(window: WindowRow, now: datetime) -> datetime | None:
    times = Times(
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        zone=window.time_zone,
        recurrence=window.recurrence,
        recurs_until=window.recurs_until,
        ended_at=window.ended_at,
    )
    found = recurrences.open_at(times, now)
    return None if found is None else found[0]
