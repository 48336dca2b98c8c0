"""Status pages: what a component, a report and a page can say of themselves, in the words that other tools read.

The words are those of Statuspage's public API, which consumers match on.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final


class ComponentStatus(StrEnum):
    """How a component is, from best to worst but for maintenance."""

    OPERATIONAL = "operational"
    DEGRADED = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"
    MAINTENANCE = "under_maintenance"


class Impact(StrEnum):
    """How bad a report is, and, of a page as a whole, how bad everything is: the indicator."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class ReportKind(StrEnum):
    """What a status report tells of."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"


class ReportStatus(StrEnum):
    """How far a report has come: of an incident the first five, of maintenance the rest."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"


class Visibility(StrEnum):
    """Who may see a page: nobody yet, or anymore, or everybody."""

    PRIVATE = "private"
    PUBLIC = "public"


class Automatic(StrEnum):
    """What monitors and incidents do to a page by themselves."""

    OFF = "off"
    SUGGEST = "suggest"
    PUBLISH = "publish"


OF_INCIDENTS: Final = (
    ReportStatus.INVESTIGATING,
    ReportStatus.IDENTIFIED,
    ReportStatus.MONITORING,
    ReportStatus.RESOLVED,
    ReportStatus.POSTMORTEM,
)
OF_MAINTENANCE: Final = (
    ReportStatus.SCHEDULED,
    ReportStatus.IN_PROGRESS,
    ReportStatus.VERIFYING,
    ReportStatus.COMPLETED,
)
OVER: Final = frozenset({ReportStatus.RESOLVED, ReportStatus.POSTMORTEM, ReportStatus.COMPLETED})
"""What a report has when it needs nobody any more."""
IMPACTS: Final[Mapping[ComponentStatus, Impact]] = {
    ComponentStatus.OPERATIONAL: Impact.NONE,
    ComponentStatus.MAINTENANCE: Impact.MAINTENANCE,
    ComponentStatus.DEGRADED: Impact.MINOR,
    ComponentStatus.PARTIAL_OUTAGE: Impact.MAJOR,
    ComponentStatus.MAJOR_OUTAGE: Impact.CRITICAL,
}
_OF_SOME: Final = {Impact.CRITICAL: Impact.MAJOR, Impact.MAJOR: Impact.MINOR}
"""What the page as a whole is told as when something is that bad, but not everything."""
_BADNESS: Final = {impact: place for place, impact in enumerate(Impact)}


def statuses_of(kind: ReportKind) -> tuple[ReportStatus, ...]:
    """What reports of a kind can have, in their usual order."""
    return OF_INCIDENTS if kind is ReportKind.INCIDENT else OF_MAINTENANCE


def worst(impacts: Iterable[Impact]) -> Impact:
    """The worst of some; NONE of none."""
    return max(impacts, key=_BADNESS.__getitem__, default=Impact.NONE)


def indicator(components: Iterable[ComponentStatus], reports: Iterable[Impact]) -> Impact:
    """How bad a page is, by all its components and the impacts of its published reports that are not over.

    As Statuspage blends a page's components into its top-level status (support.atlassian.com, "Top-level status and
    incident impact calculations"): an outage is CRITICAL when every component is in it, MAJOR when some are; a partial
    outage is MAJOR when every component is in it, MINOR when some are. Reports tell of some, unless there is at most
    one component.
    """
    found = list(components)
    said = [IMPACTS[status] for status in found]
    if len(set(found)) > 1:
        said = [_OF_SOME.get(impact, impact) for impact in said]
    if len(found) > 1:
        reports = [_OF_SOME.get(impact, impact) for impact in reports]
    return worst([*said, *reports])
