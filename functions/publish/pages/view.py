"""What the templates show, made from a snapshot: sections and their order, names instead of ids, what is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

from functions.publish.pages.bars import Drawing, draw
from functions.publish.pages.words import Words
from tocsin.contracts.page_snapshot import PageSnapshot, SnapshotComponent, SnapshotGroup, SnapshotReport
from tocsin.domain.component_status import is_shown
from tocsin.domain.status_page import OVER, ComponentStatus, Impact, ReportKind, ReportStatus

PAST_DAYS: Final = 15
MOST_IN_FULL: Final = 20
"""How many reports that are not over are shown with their updates."""
MOST_A_DAY: Final = 10
MOST_PAST: Final = 60
LOOKS: Final = {
    Impact.NONE: ComponentStatus.OPERATIONAL,
    Impact.MAINTENANCE: ComponentStatus.MAINTENANCE,
    Impact.MINOR: ComponentStatus.DEGRADED,
    Impact.MAJOR: ComponentStatus.PARTIAL_OUTAGE,
    Impact.CRITICAL: ComponentStatus.MAJOR_OUTAGE,
}
"""The icon and colour of an impact."""
BADNESS: Final = (
    ComponentStatus.OPERATIONAL,
    ComponentStatus.MAINTENANCE,
    ComponentStatus.DEGRADED,
    ComponentStatus.PARTIAL_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """Components that stand together, under a group's name if they have one; `status` is the worst of them."""

    group: SnapshotGroup | None
    components: Sequence[SnapshotComponent]
    status: ComponentStatus

    @property
    def is_open(self) -> bool:
        """Whether its components are seen at first: trouble is never folded away."""
        quiet = self.status is ComponentStatus.OPERATIONAL and not any(part.is_stale for part in self.components)
        return self.group is None or not self.group.is_collapsed or not quiet


@dataclass(frozen=True, slots=True)
class PastDays:
    """One day with reports, or a row of days without any. `more` counts reports that are not shown."""

    first: date
    last: date
    reports: Sequence[SnapshotReport] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page's parts."""

    sections: Sequence[Section]
    current: Sequence[SnapshotReport]
    upcoming: Sequence[SnapshotReport]
    past: Sequence[PastDays]
    bars: Mapping[UUID, Drawing]
    """By component, of those that show their days."""


def overview(snapshot: PageSnapshot, words: Words) -> Overview:
    """What the first page shows."""
    open_reports = [report for report in snapshot.reports if report.status not in OVER]
    upcoming = [report for report in open_reports if report.status is ReportStatus.SCHEDULED]
    found = sections(snapshot)
    return Overview(
        sections=found,
        current=[report for report in open_reports if report.status is not ReportStatus.SCHEDULED],
        upcoming=sorted(upcoming, key=began_at),
        past=_past(snapshot, words),
        bars={part.id: draw(part.days, words) for each in found for part in each.components if part.days},
    )


def sections(snapshot: PageSnapshot) -> list[Section]:
    """Groups and components without one in the order of their positions; neighbours without one stand together."""
    shown = [
        part
        for part in snapshot.components
        if is_shown(part.status, only_if_degraded=part.only_if_degraded, is_stale=part.is_stale)
    ]
    members = {group.id: [part for part in shown if part.group_id == group.id] for group in snapshot.groups}
    alone = [part for part in shown if part.group_id not in members]
    items: list[SnapshotGroup | SnapshotComponent] = [group for group in snapshot.groups if members[group.id]]
    items = sorted([*items, *alone], key=lambda item: (item.position, item.name))
    found: list[Section] = []
    for group, those in groupby(items, lambda item: item if isinstance(item, SnapshotGroup) else None):
        parts = members[group.id] if group else [item for item in those if isinstance(item, SnapshotComponent)]
        parts.sort(key=lambda part: (part.position, part.name))
        found.append(Section(group, parts, max((part.status for part in parts), key=BADNESS.index)))
    return found


def began_at(report: SnapshotReport) -> datetime:
    """When what a report tells of begins; of maintenance, as it is planned."""
    return report.scheduled_for or report.started_at


def ended_at(report: SnapshotReport) -> datetime | None:
    """When it ended; none while it goes on."""
    return (report.resolved_at or report.updated_at) if report.status in OVER else None


def look(report: SnapshotReport) -> str:
    """The icon and colour of a report as it stands: green when it is over."""
    return ComponentStatus.OPERATIONAL.value if report.status in OVER else stripe(report)


def stripe(report: SnapshotReport) -> str:
    """The icon and colour of what a report tells of, over or not."""
    if report.kind is ReportKind.MAINTENANCE:
        return ComponentStatus.MAINTENANCE.value
    return LOOKS[report.impact if report.impact is not Impact.NONE else Impact.MINOR].value


def affected(snapshot: PageSnapshot, report: SnapshotReport) -> list[str]:
    """Names of the components that a report concerns, also of those that are gone from the page."""
    names = {part.id: part.name for update in reversed(report.updates) for part in update.affected}
    names |= _names(snapshot)
    return [names[component] for component in report.component_ids if component in names]


def _names(snapshot: PageSnapshot) -> dict[UUID, str]:
    return {component.id: component.name for component in snapshot.components}


def _past(snapshot: PageSnapshot, words: Words) -> list[PastDays]:
    """The last days, newest first. What began earlier but ended in them stands at its end."""
    today = words.local(snapshot.as_of).date()
    earliest = today - timedelta(days=PAST_DAYS - 1)
    by_day: dict[date, list[SnapshotReport]] = {}
    for report in snapshot.reports:
        if (ended := ended_at(report)) is None:
            continue
        began = words.local(began_at(report)).date()
        day = began if began >= earliest else words.local(ended).date()
        if earliest <= day <= today:
            by_day.setdefault(day, []).append(report)
    found: list[PastDays] = []
    left = MOST_PAST
    for day in (today - timedelta(days=back) for back in range(PAST_DAYS)):
        reports = sorted(by_day.get(day, ()), key=began_at, reverse=True)
        shown = reports[: min(MOST_A_DAY, left)]
        left -= len(shown)
        if reports or not found or found[-1].reports or found[-1].more:
            found.append(PastDays(day, day, shown, len(reports) - len(shown)))
        else:
            found[-1] = PastDays(day, found[-1].last)
    return found
