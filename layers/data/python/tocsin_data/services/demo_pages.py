"""The status page of the demo in the tables' own columns: components, reports, and what was told for how long."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.component_status import is_open
from tocsin.domain.demo import id_of
from tocsin.domain.demo_pages import (
    DESCRIPTION,
    GROUPS,
    NAME,
    PARTS,
    REPORTS,
    SLUG,
    TIME_ZONE,
    Part,
    Report,
    Word,
)
from tocsin.domain.status_page import ComponentStatus, ReportKind, ReportStatus
from tocsin_data.services.demo_tables import Rows

KNOWN_FOR: Final = timedelta(days=90)
MILLISECOND: Final = timedelta(milliseconds=1)
EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
PAGE: Final = id_of("status page")


def tell(found: Rows, now: datetime) -> None:
    """Add the page with all that is on it, as of an instant."""
    since = now - KNOWN_FOR
    found.add(
        "status_page",
        id=PAGE,
        slug=SLUG,
        name=NAME,
        description=DESCRIPTION,
        time_zone=TIME_ZONE,
        visibility="public",
        automatic="publish",
        is_indexed=False,
        subscribe_channels=[],
        snapshot_number=(now - EPOCH) // MILLISECOND,
        version=1,
        created_at=since,
        created_by=_by(),
        updated_at=since,
    )
    for position, name in enumerate(GROUPS):
        found.add(
            "component_group",
            id=_group(name),
            status_page_id=PAGE,
            name=name,
            description="",
            position=position * len(PARTS) * 2,
            is_collapsed=False,
            version=1,
            created_at=since,
            updated_at=since,
        )
    for number, part in enumerate(PARTS):
        _component(found, part, number, since)
    for report in REPORTS:
        _report(found, report, now)


def _component(found: Rows, part: Part, number: int, since: datetime) -> None:
    found.add(
        "component",
        id=_part(part.name),
        status_page_id=PAGE,
        component_group_id=None if part.group is None else _group(part.group),
        name=part.name,
        description=part.description,
        position=len(PARTS) * 4 + number,
        shows_uptime=True,
        shows_latency=part.shows_latency,
        only_if_degraded=False,
        version=1,
        created_at=since,
        updated_at=since,
    )
    for kind, names in (("monitor", part.monitors), ("service", part.services)):
        for name in names:
            found.add(
                "component_source",
                id=id_of("component source", part.name, kind, name),
                component_id=_part(part.name),
                monitor_id=id_of("monitor", name) if kind == "monitor" else None,
                service_id=id_of("service", name) if kind == "service" else None,
            )


def _report(found: Rows, report: Report, now: datetime) -> None:
    first, last = report.words[0], report.words[-1]
    began_at, told_at = now - first.ago, now - last.ago
    starts_at = None if report.ahead is None else (now + report.ahead).replace(minute=0, second=0, microsecond=0)
    watched = [now - word.ago for word in report.words if word.status is ReportStatus.MONITORING]
    report_id = id_of("status report", report.key)
    found.add(
        "status_report",
        id=report_id,
        status_page_id=PAGE,
        kind=report.kind,
        state="published",
        title=report.title,
        status=last.status,
        impact=report.impact,
        scheduled_for=starts_at,
        scheduled_until=None if starts_at is None else starts_at + report.takes,
        is_moved_by_schedule=True,
        is_automatic=False,
        is_impact_given=True,
        mutes=False,
        window_ids=[],
        started_at=starts_at or began_at,
        monitoring_at=watched[0] if watched else None,
        resolved_at=told_at if last.status is ReportStatus.RESOLVED else None,
        sequence=len(report.words),
        version=len(report.words),
        created_at=began_at,
        created_by=_by(),
        updated_at=told_at,
        published_at=began_at,
    )
    found.add(
        "status_report_component",
        status_report_id=report_id,
        component_id=_part(report.component),
        status=ComponentStatus.MAINTENANCE if report.kind is ReportKind.MAINTENANCE else last.after,
    )
    for number, word in enumerate(report.words):
        _word(found, report, number, word, now)
    _spans(found, report, now)


def _word(found: Rows, report: Report, number: int, word: Word, now: datetime) -> None:
    update_id, at = id_of("status update", report.key, number), now - word.ago
    found.add(
        "status_update",
        id=update_id,
        status_report_id=id_of("status report", report.key),
        status=word.status,
        body=word.body,
        display_at=at,
        tells_subscribers=False,
        created_at=at,
        created_by=_by(),
        updated_at=at,
    )
    if word.before is not word.after:
        found.add(
            "status_update_component",
            status_update_id=update_id,
            component_id=_part(report.component),
            name=report.component,
            old_status=word.before,
            new_status=word.after,
        )


def _spans(found: Rows, report: Report, now: datetime) -> None:
    """For how long each update said that something is wrong: until the next, or still."""
    for number, word in enumerate(report.words):
        if word.after is ComponentStatus.OPERATIONAL or not is_open(report.kind, word.status):
            continue
        following = report.words[number + 1 :]
        changed = next((w for w in following if w.after is not word.after or not is_open(report.kind, w.status)), None)
        if number and word.before is word.after:
            continue  # it goes on
        found.add(
            "component_span",
            id=id_of("component span", report.key, number),
            component_id=_part(report.component),
            status=word.after,
            starts_at=now - word.ago,
            ends_at=None if changed is None else now - changed.ago,
        )


def _group(name: str) -> UUID:
    return id_of("component group", name)


def _part(name: str) -> UUID:
    return id_of("component", name)


def _by() -> str:
    return f"user:{id_of('user', 'Maya')}"
