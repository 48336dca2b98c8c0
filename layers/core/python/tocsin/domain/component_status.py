"""What the public is told that a component is: by somebody's word, by reports, or by what it is made of.

Somebody's word stands alone until it ends. Otherwise the worst counts of what published reports say and, where the page
publishes by itself, of the component's monitors and services.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from tocsin.domain.incident import Severity
from tocsin.domain.monitor import CheckStatus
from tocsin.domain.status_page import IMPACTS, OVER, Automatic, ComponentStatus, Impact, ReportKind, ReportStatus


class Because(StrEnum):
    """What a component's status comes from."""

    OVERRIDE = "override"
    REPORT = "report"
    MAINTENANCE_WINDOW = "maintenance_window"
    MONITOR = "monitor"
    SERVICE = "service"
    NOTHING = "nothing"
    """Nothing says otherwise, so it is operational."""


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody's word, until before an instant or until it is taken back."""

    status: ComponentStatus
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportWord:
    """What a published report says of a component; `stage` is how far the report has come."""

    report_id: UUID
    kind: ReportKind
    stage: ReportStatus
    status: ComponentStatus


@dataclass(frozen=True, slots=True)
class MonitorWord:
    """What a monitor is, and was when something was known of it last. `maintained_since`: a window is open over it."""

    monitor_id: UUID
    status: CheckStatus
    since: datetime
    known: CheckStatus | None = None
    known_since: datetime | None = None
    is_paused: bool = False
    maintained_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ServiceWord:
    """The open incidents of a service, each with its severity and since when it is open."""

    service_id: UUID
    incidents: tuple[tuple[Severity, datetime], ...] = ()
    maintained_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that decides about a component. `told_since` is when people and reports last changed what they say of it,
    or when it was made.
    """

    told_since: datetime
    override: Override | None = None
    reports: tuple[ReportWord, ...] = ()
    monitors: tuple[MonitorWord, ...] = ()
    services: tuple[ServiceWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the public is told: since when, why, and by which source or report where one alone is named.

    `is_stale`: nothing is heard of something it is made of, and `status` rests on what was known last.
    """

    status: ComponentStatus
    because: Because
    since: datetime
    by: UUID | None = None
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class SpanAhead:
    """What people and reports say from an instant on, as far as is known: until before another, or until they change
    it.
    """

    status: ComponentStatus
    starts_at: datetime
    ends_at: datetime | None


OF_SEVERITY: Final[Mapping[Severity, ComponentStatus]] = {
    Severity.CRITICAL: ComponentStatus.MAJOR_OUTAGE,
    Severity.ERROR: ComponentStatus.PARTIAL_OUTAGE,
    Severity.WARNING: ComponentStatus.DEGRADED,
    Severity.INFO: ComponentStatus.OPERATIONAL,
}
AT_WORK: Final = frozenset({ReportStatus.IN_PROGRESS, ReportStatus.VERIFYING})
_BADNESS: Final = {impact: place for place, impact in enumerate(Impact)}


@dataclass(frozen=True, slots=True)
class _Word:
    status: ComponentStatus
    because: Because
    since: datetime
    by: UUID | None


def badness(status: ComponentStatus) -> int:
    """How bad a status is, 0 for operational; maintenance is the least of what is worse."""
    return _BADNESS[IMPACTS[status]]


def is_shown(status: ComponentStatus, *, only_if_degraded: bool, is_stale: bool) -> bool:
    """Whether a page has a component now: some are there only while something is wrong, or nothing is known."""
    return not only_if_degraded or is_stale or status is not ComponentStatus.OPERATIONAL


def worst_status(statuses: Iterable[ComponentStatus]) -> ComponentStatus:
    """The worst of some, as a group of components is told; operational of none."""
    return max(statuses, key=badness, default=ComponentStatus.OPERATIONAL)


def is_open(kind: ReportKind, stage: ReportStatus) -> bool:
    """Whether what a published report says of components holds: maintenance says nothing before it begins."""
    return stage in AT_WORK if kind is ReportKind.MAINTENANCE else stage not in OVER


def status_by_reports(reports: Iterable[ReportWord]) -> ComponentStatus | None:
    """The worst that published reports say; None where none says that anything is wrong, or at work."""
    found = worst_status(
        ComponentStatus.MAINTENANCE if report.kind is ReportKind.MAINTENANCE else report.status
        for report in reports
        if is_open(report.kind, report.stage)
    )
    return None if found is ComponentStatus.OPERATIONAL else found


def holds(override: Override | None, now: datetime) -> bool:
    """Whether somebody's word stands at an instant."""
    return override is not None and (override.until is None or override.until > now)


def spans_ahead(override: Override | None, reports: Sequence[ReportWord], now: datetime) -> tuple[SpanAhead, ...]:
    """What people and reports say from now on, in order; nothing where they say nothing."""
    reported = status_by_reports(reports)
    start = now
    found: list[SpanAhead] = []
    if override is not None and holds(override, now):
        found.append(SpanAhead(override.status, now, override.until))
        if override.until is None or reported is override.status:
            return (SpanAhead(override.status, now, None),)
        start = override.until
    if reported is not None:
        found.append(SpanAhead(reported, start, None))
    return tuple(found)


def told(automatic: Automatic, evidence: Evidence, now: datetime) -> Told:
    """What a component is at an instant, and why. Total: whatever there is, there is an answer."""
    if evidence.override is not None and holds(evidence.override, now):
        return Told(evidence.override.status, Because.OVERRIDE, evidence.told_since)
    sources = _sources(evidence) if automatic is Automatic.PUBLISH else []
    words = [*_reports(evidence), *sources]
    is_stale = automatic is Automatic.PUBLISH and _is_stale(evidence.monitors)
    bad = [word for word in words if word.status is not ComponentStatus.OPERATIONAL]
    if not bad:
        since = max([evidence.told_since, *(word.since for word in sources)])
        return Told(ComponentStatus.OPERATIONAL, Because.NOTHING, since, is_stale=is_stale)
    found = max(bad, key=lambda word: badness(word.status))
    alike = [word for word in bad if word.status is found.status]
    first = next((word for word in alike if word.because is Because.REPORT), min(alike, key=lambda word: word.since))
    is_stale = is_stale and first.because is not Because.REPORT
    return Told(found.status, first.because, min(word.since for word in alike), first.by, is_stale)


def _reports(evidence: Evidence) -> list[_Word]:
    return [
        _Word(status, Because.REPORT, evidence.told_since, report.report_id)
        for report in evidence.reports
        if (status := status_by_reports([report])) is not None
    ]


def _sources(evidence: Evidence) -> list[_Word]:
    if any(report.kind is ReportKind.MAINTENANCE and report.stage in AT_WORK for report in evidence.reports):
        return []  # that its sources fail meanwhile is what was announced
    watched = [monitor for monitor in evidence.monitors if not monitor.is_paused]
    are_all_down = all(_known(m)[0] is CheckStatus.DOWN and m.maintained_since is None for m in watched)
    return [
        *(_of_monitor(monitor, are_all_down=are_all_down) for monitor in watched),
        *(_of_service(service, evidence.told_since) for service in evidence.services),
    ]


def _of_monitor(monitor: MonitorWord, *, are_all_down: bool) -> _Word:
    if monitor.maintained_since is not None:
        window = Because.MAINTENANCE_WINDOW
        return _Word(ComponentStatus.MAINTENANCE, window, monitor.maintained_since, monitor.monitor_id)
    known, since = _known(monitor)
    match known:
        case CheckStatus.DOWN:
            status = ComponentStatus.MAJOR_OUTAGE if are_all_down else ComponentStatus.PARTIAL_OUTAGE
        case CheckStatus.DEGRADED:
            status = ComponentStatus.DEGRADED
        case CheckStatus.UP | CheckStatus.UNKNOWN | None:
            status = ComponentStatus.OPERATIONAL
    return _Word(status, Because.MONITOR, since, monitor.monitor_id)


def _of_service(service: ServiceWord, otherwise: datetime) -> _Word:
    if service.maintained_since is not None:
        window = Because.MAINTENANCE_WINDOW
        return _Word(ComponentStatus.MAINTENANCE, window, service.maintained_since, service.service_id)
    status = worst_status(OF_SEVERITY[severity] for severity, _ in service.incidents)
    since = min((at for severity, at in service.incidents if OF_SEVERITY[severity] is status), default=otherwise)
    return _Word(status, Because.SERVICE, since, service.service_id)


def _known(monitor: MonitorWord) -> tuple[CheckStatus | None, datetime]:
    """What is known of a monitor, or was last; and since when it was that."""
    if monitor.status is not CheckStatus.UNKNOWN:
        return monitor.status, monitor.since
    return monitor.known, monitor.known_since or monitor.since


def _is_stale(monitors: Sequence[MonitorWord]) -> bool:
    """Whether nothing is heard of a monitor that is not paused, or all are paused."""
    watched = [monitor for monitor in monitors if not monitor.is_paused]
    return any(monitor.status is CheckStatus.UNKNOWN for monitor in watched) or bool(monitors and not watched)
