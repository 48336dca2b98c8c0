"""Statuspage's public API as its documentation and GitHub's page have it, strictly: no field more, none less; and how
programs read it that were written for the original.
"""

import re
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, HttpUrl

INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)")
ZOD_DATETIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")
"""What OpenStatus takes: zod's `datetime({ offset: true })`."""


def _as_written(text: str) -> str:
    assert INSTANT.fullmatch(text), text
    return text


type At = Annotated[str, AfterValidator(_as_written)]
type Id = Annotated[str, Field(min_length=1)]
type ComponentWord = Literal[
    "operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"
]
type ImpactWord = Literal["none", "minor", "major", "critical", "maintenance"]
type Description = Literal[
    "All Systems Operational",
    "Major System Outage",
    "Partial System Outage",
    "Minor Service Outage",
    "Degraded System Service",
    "Partially Degraded Service",
    "Service Under Maintenance",
]


class Strict(BaseModel):
    """Refuses fields that the original does not have, and values of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Page(Strict):
    """`page` of every document."""

    id: Id
    name: str
    url: HttpUrl
    time_zone: Id
    updated_at: At


class Component(Strict):
    """A component, in the list or in an incident."""

    id: Id
    name: str
    status: ComponentWord
    created_at: At
    updated_at: At
    position: int
    description: Annotated[str, Field(min_length=1)] | None
    showcase: bool
    start_date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None
    group_id: Id | None
    page_id: Id
    group: Literal[False]
    only_show_if_degraded: bool


class Group(Component):
    """A group, which is a component with components."""

    group: Literal[True]
    components: list[Id]


class Affected(Strict):
    """What an update says of a component."""

    code: Id
    name: str
    old_status: ComponentWord
    new_status: ComponentWord


class Update(Strict):
    """An update of an incident or of maintenance."""

    id: Id
    status: Literal[
        *("investigating", "identified", "monitoring", "resolved", "postmortem"),
        *("scheduled", "in_progress", "verifying", "completed"),
    ]
    body: str
    incident_id: Id
    created_at: At
    updated_at: At
    display_at: At
    affected_components: Annotated[list[Affected], Field(min_length=1)] | None
    deliver_notifications: bool
    custom_tweet: None
    tweet_id: None


class Told(Strict):
    """What incidents and maintenance share."""

    id: Id
    name: str
    created_at: At
    updated_at: At
    monitoring_at: At | None
    resolved_at: At | None
    impact: ImpactWord
    shortlink: HttpUrl
    started_at: At
    page_id: Id
    incident_updates: list[Update]
    components: list[Component]
    reminder_intervals: None


class Incident(Told):
    """An incident."""

    status: Literal["investigating", "identified", "monitoring", "resolved", "postmortem"]


class Maintenance(Told):
    """Scheduled maintenance."""

    status: Literal["scheduled", "in_progress", "verifying", "completed"]
    scheduled_for: At | None
    scheduled_until: At | None


class State(Strict):
    """How the page is as a whole."""

    indicator: ImpactWord
    description: Description


class Of(Strict):
    """What every document has."""

    page: Page


class Summary(Of):
    """`summary.json`."""

    components: list[Component | Group]
    incidents: list[Incident]
    scheduled_maintenances: list[Maintenance]
    status: State


class Status(Of):
    """`status.json`."""

    status: State


class Components(Of):
    """`components.json`."""

    components: list[Component | Group]


class Incidents(Of):
    """`incidents.json` and `incidents/unresolved.json`."""

    incidents: list[Incident]


class Maintenances(Of):
    """`scheduled-maintenances.json` and what is below it."""

    scheduled_maintenances: list[Maintenance]


SCHEMAS: Final[dict[str, type[Of]]] = {
    "summary": Summary,
    "status": Status,
    "components": Components,
    "incidents": Incidents,
    "incidents/unresolved": Incidents,
    "scheduled-maintenances": Maintenances,
    "scheduled-maintenances/active": Maintenances,
    "scheduled-maintenances/upcoming": Maintenances,
}


class OpenStatusSummary(BaseModel):
    """What OpenStatus asks of a summary before it believes it (`fetchers/atlassian.ts`)."""

    class Page(BaseModel):
        """It wants these."""

        id: str
        name: str
        url: HttpUrl
        updated_at: AwareDatetime

    class Status(BaseModel):
        """It maps the indicator, and looks for words in the description."""

        indicator: ImpactWord
        description: str

    page: Page
    status: Status


def openstatus_components(document: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """Names, states and groups as OpenStatus reads them (`components.ts`): groups are headings, not rows."""
    groups = {part["id"]: part["name"] for part in document["components"] if part["group"]}
    return [
        (part["name"], part["status"], groups.get(part["group_id"]) if part["group_id"] else None)
        for part in document["components"]
        if not part["group"]
    ]


def exporter_components(document: dict[str, Any]) -> dict[str, str]:
    """Names and states as sergeyshevch/statuspage-exporter reads them."""
    assert urlsplit(document["page"]["url"]).scheme
    return {part["name"]: part["status"] for part in document["components"]}
