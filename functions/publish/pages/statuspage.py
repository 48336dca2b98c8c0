"""The page as Statuspage's public API tells of one (`/api/v2/….json`), for the many programs that read that.

The shape is that of Statuspage's documentation and of what GitHub's and other pages were seen to answer: every field is
there, null where the original has null, and instants are in the page's zone. Bodies are plain text.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from functions.publish.pages import digest
from functions.publish.pages.document import Document
from functions.publish.pages.view import BADNESS
from tocsin.contracts.page_snapshot import (
    PageSnapshot,
    SnapshotComponent,
    SnapshotGroup,
    SnapshotReport,
    SnapshotUpdate,
)
from tocsin.domain.status_page import OVER, ComponentStatus, Impact, ReportKind, ReportStatus

type Json = dict[str, object]

API: Final = "api/v2/"
MOST_REPORTS: Final = 50
MOST_OF_A_REPORT: Final = 100_000
"""So many characters of JSON a report's updates may be, the newest of them first."""
MOST_OF_REPORTS: Final = 2_000_000
"""So many characters of JSON the reports of a document may be, the newest of them first."""
ACTIVE: Final = frozenset({ReportStatus.IN_PROGRESS, ReportStatus.VERIFYING})


def render(snapshot: PageSnapshot) -> dict[str, Document]:
    """The eight documents below `api/v2/`."""
    writer = _Writer(snapshot)
    components = [part for item in _items(snapshot) for part in writer.item(*item)]
    incidents = [writer.report(r) for r in digest.newest(snapshot, ReportKind.INCIDENT, MOST_REPORTS)]
    planned = digest.newest(snapshot, ReportKind.MAINTENANCE, MOST_REPORTS)
    unresolved = [report for report in incidents if report["status"] not in OVER]
    active = [writer.report(report) for report in planned if report.status in ACTIVE]
    upcoming = [writer.report(r) for r in sorted(_upcoming(planned), key=lambda r: r.scheduled_for or r.started_at)]
    status: Json = {"indicator": snapshot.indicator, "description": describe(snapshot)}
    found: dict[str, Json] = {
        "summary": {
            "components": components,
            "incidents": _bounded(unresolved),
            "scheduled_maintenances": _bounded([*active, *upcoming]),
            "status": status,
        },
        "status": {"status": status},
        "components": {"components": components},
        "incidents": {"incidents": _bounded(incidents)},
        "incidents/unresolved": {"incidents": _bounded(unresolved)},
        "scheduled-maintenances": {"scheduled_maintenances": _bounded([writer.report(report) for report in planned])},
        "scheduled-maintenances/active": {"scheduled_maintenances": _bounded(active)},
        "scheduled-maintenances/upcoming": {"scheduled_maintenances": _bounded(upcoming)},
    }
    return {
        f"{API}{name}.json": Document(_dumped({"page": writer.page, **content}).encode(), "application/json")
        for name, content in found.items()
    }


def describe(snapshot: PageSnapshot) -> str:
    """The page's state in Statuspage's words, which programs match on: they are the same in every language."""
    match snapshot.indicator:
        case Impact.NONE:
            return "All Systems Operational"
        case Impact.MAINTENANCE:
            return "Service Under Maintenance"
        case Impact.MINOR:
            statuses = {part.status for part in snapshot.components}
            if ComponentStatus.PARTIAL_OUTAGE in statuses or ComponentStatus.DEGRADED not in statuses:
                return "Minor Service Outage"
            is_all = len(statuses) == 1 < len(snapshot.components)
            return "Degraded System Service" if is_all else "Partially Degraded Service"
        case Impact.MAJOR:
            return "Partial System Outage"
        case Impact.CRITICAL:
            return "Major System Outage"


class _Writer:
    """Writes what a page has as the API shows it."""

    def __init__(self, snapshot: PageSnapshot) -> None:
        self.snapshot: Final = snapshot
        self.zone: Final = ZoneInfo(snapshot.time_zone)
        self.page_id: Final = str(snapshot.page_id)
        self.page: Final[Json] = {
            "id": self.page_id,
            "name": snapshot.name,
            "url": snapshot.url,
            "time_zone": snapshot.time_zone,
            "updated_at": self.at(snapshot.updated_at),
        }
        groups = {group.id for group in snapshot.groups}
        self.components: Final[dict[UUID, Json]] = {
            part.id: self._component(part, part.group_id if part.group_id in groups else None)
            for part in snapshot.components
        }

    def at(self, instant: datetime | None) -> str | None:
        """An instant in the page's zone, with milliseconds."""
        if instant is None:
            return None
        local = instant.astimezone(self.zone)
        offset = local.utcoffset() or timedelta(0)
        if offset % timedelta(minutes=1):  # of before zones were told in minutes, which ISO 8601 cannot write
            local, offset = instant, timedelta(0)
        text = local.replace(tzinfo=None).isoformat(timespec="milliseconds")
        return f"{text}{local:%:z}" if offset else f"{text}Z"

    def item(self, group: SnapshotGroup | None, parts: Sequence[SnapshotComponent]) -> Iterable[Json]:
        """A group and its components, or those without one."""
        if group is not None:
            yield self._group(group, parts)
        yield from (self.components[part.id] for part in parts)

    def report(self, report: SnapshotReport) -> Json:
        """An incident; of maintenance also for when it is planned."""
        updates = (self._update(report, update) for update in report.updates)
        found: Json = {
            "id": str(report.id),
            "name": report.title,
            "status": report.status,
            "created_at": self.at(report.created_at),
            "updated_at": self.at(report.updated_at),
            "monitoring_at": self.at(report.monitoring_at),
            "resolved_at": self.at(report.resolved_at),
            "impact": report.impact,
            "shortlink": digest.incident_url(self.snapshot, report),
            "started_at": self.at(report.started_at),
            "page_id": self.page_id,
            "incident_updates": digest.within(updates, _size, MOST_OF_A_REPORT),
            "components": [self.components[part] for part in report.component_ids if part in self.components],
            "reminder_intervals": None,
        }
        if report.kind is ReportKind.MAINTENANCE:
            found |= {
                "scheduled_for": self.at(report.scheduled_for),
                "scheduled_until": self.at(report.scheduled_until),
            }
        return found

    def _update(self, report: SnapshotReport, update: SnapshotUpdate) -> Json:
        affected = [
            {"code": str(part.id), "name": part.name, "old_status": part.old_status, "new_status": part.new_status}
            for part in update.affected
        ]
        return {
            "id": str(update.id),
            "status": update.status,
            "body": update.body,
            "incident_id": str(report.id),
            "created_at": self.at(update.created_at),
            "updated_at": self.at(update.updated_at),
            "display_at": self.at(update.display_at),
            "affected_components": affected or None,
            "deliver_notifications": True,
            "custom_tweet": None,
            "tweet_id": None,
        }

    def _component(self, part: SnapshotComponent, group_id: UUID | None) -> Json:
        first_at = part.figures.first_at if part.figures else None
        return {
            "id": str(part.id),
            "name": part.name,
            "status": part.status,
            "created_at": self.at(part.created_at),
            "updated_at": self.at(max(part.updated_at, part.since)),
            "position": part.position,
            "description": part.description or None,
            "showcase": part.figures is not None,
            "start_date": None if first_at is None else first_at.astimezone(self.zone).date().isoformat(),
            "group_id": None if group_id is None else str(group_id),
            "page_id": self.page_id,
            "group": False,
            "only_show_if_degraded": part.only_if_degraded,
        }

    def _group(self, group: SnapshotGroup, parts: Sequence[SnapshotComponent]) -> Json:
        changes = [max(part.updated_at, part.since) for part in parts]
        return {
            "id": str(group.id),
            "name": group.name,
            "status": max((part.status for part in parts), key=BADNESS.index, default=ComponentStatus.OPERATIONAL),
            "created_at": self.at(group.created_at),
            "updated_at": self.at(max([group.updated_at, *changes])),
            "position": group.position,
            "description": group.description or None,
            "showcase": False,
            "start_date": None,
            "group_id": None,
            "page_id": self.page_id,
            "group": True,
            "only_show_if_degraded": False,
            "components": [str(part.id) for part in parts],
        }


def _items(snapshot: PageSnapshot) -> list[tuple[SnapshotGroup | None, Sequence[SnapshotComponent]]]:
    """Groups with their components and components without one, in the order of the page; hidden ones too."""
    parts = sorted(snapshot.components, key=_place)
    members = {group.id: [part for part in parts if part.group_id == group.id] for group in snapshot.groups}
    alone = [part for part in parts if part.group_id not in members]
    return [
        (item, members[item.id]) if isinstance(item, SnapshotGroup) else (None, [item])
        for item in sorted([*snapshot.groups, *alone], key=_place)
    ]


def _place(item: SnapshotGroup | SnapshotComponent) -> tuple[int, str]:
    return item.position, item.name


def _upcoming(planned: Sequence[SnapshotReport]) -> list[SnapshotReport]:
    return [report for report in planned if report.status is ReportStatus.SCHEDULED]


def _bounded(reports: Sequence[Json]) -> list[Json]:
    return digest.within(reports, _size, MOST_OF_REPORTS)


def _size(item: Json) -> int:
    return len(_dumped(item))


def _dumped(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
