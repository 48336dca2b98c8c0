"""The public API's models of status reports: what the public is told, its updates, maintenance, templates."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, model_validator

from tocsin.contracts.api import Answer, Input, Name
from tocsin.contracts.message import GivenInstant, Instant
from tocsin.contracts.public_text import PublicBody, PublicTitle
from tocsin.domain.status_page import ComponentStatus, Impact, ReportKind, ReportStatus
from tocsin.domain.status_report import State

Tells = Annotated[StrictBool, Field(description="Whether subscribers of the page are told of it.")]
UsedWhen = Literal["opened", "resolved"]


class ComponentWord(Input):
    """What a report says of a component."""

    component_id: UUID
    status: ComponentStatus


class ReportInput(Input):
    """A report of an incident with its first update. `started_at` and `display_at` may lie in the past; without
    `impact` it is the worst that is said of components.
    """

    title: PublicTitle
    body: PublicBody
    status: ReportStatus = ReportStatus.INVESTIGATING
    impact: Impact | None = None
    components: list[ComponentWord] = Field(default_factory=list[ComponentWord])
    started_at: GivenInstant | None = None
    display_at: GivenInstant | None = None
    state: Literal["draft", "published"] = "published"
    tells_subscribers: Tells = True
    incident_id: UUID | None = None


class MaintenanceInput(Input):
    """Maintenance that is announced. It moves by itself at its times unless `moves_by_schedule` is false; with `mutes`
    a maintenance window keeps what is behind its components from paging anybody meanwhile.
    """

    title: PublicTitle
    body: PublicBody
    status: ReportStatus = ReportStatus.SCHEDULED
    scheduled_for: GivenInstant
    scheduled_until: GivenInstant
    component_ids: list[UUID] = Field(default_factory=list[UUID])
    moves_by_schedule: StrictBool = True
    mutes: StrictBool = False
    display_at: GivenInstant | None = None
    state: Literal["draft", "published"] = "published"
    tells_subscribers: Tells = True


class ReportPatch(Input):
    """What to change of a report; what is left out stays, and an `impact` of null is worked out again.

    `components` are all that the report names from now on, of maintenance with any status. Status, text and
    `display_at` of its first update can be changed here while it is a draft; later, by updates.
    """

    title: PublicTitle | None = None
    impact: Impact | None = None
    components: list[ComponentWord] | None = None
    started_at: GivenInstant | None = None
    scheduled_for: GivenInstant | None = None
    scheduled_until: GivenInstant | None = None
    moves_by_schedule: StrictBool | None = None
    mutes: StrictBool | None = None
    status: ReportStatus | None = None
    body: PublicBody | None = None
    display_at: GivenInstant | None = None

    @model_validator(mode="after")
    def _something(self) -> "ReportPatch":
        if not self.model_fields_set:
            raise ValueError("must change something")
        nothing = [name for name in sorted(self.model_fields_set - {"impact"}) if getattr(self, name) is None]
        if nothing:
            raise ValueError(f"{nothing[0]} can't be null; leave it out to keep it")
        return self


class PublishInput(Input):
    """How to publish a draft."""

    tells_subscribers: Annotated[StrictBool | None, Field(description="Null: as the draft says.")] = None


class UpdateInput(Input):
    """An update. Without a status it is as before; `components` are those that change, or that are named anew."""

    body: PublicBody
    status: ReportStatus | None = None
    components: list[ComponentWord] = Field(default_factory=list[ComponentWord])
    display_at: GivenInstant | None = None
    tells_subscribers: Tells = True


class UpdatePatch(Input):
    """What to mend of an update; its status stays."""

    body: PublicBody | None = None
    display_at: GivenInstant | None = None

    @model_validator(mode="after")
    def _something(self) -> "UpdatePatch":
        if self.body is None and self.display_at is None:
            raise ValueError("must change something")
        return self


class TemplateInput(Input):
    """Words to begin with; `{components}` and `{page}` are filled in. What is `used_when` an incident has opened, or
    has resolved, is what a report says by itself then.
    """

    name: Name
    kind: ReportKind = ReportKind.INCIDENT
    title: PublicTitle
    body: PublicBody
    status: ReportStatus
    used_when: UsedWhen | None = None


class DraftInput(Input):
    """Which page an incident's report is for, where there are several, and what words it begins with."""

    status_page_id: UUID | None = None
    template_id: UUID | None = None


class ReportComponent(Answer):
    """What a report says of a component."""

    component_id: UUID
    name: str
    status: ComponentStatus


class ChangedComponent(Answer):
    """What an update changed of a component, by the name it had."""

    component_id: UUID
    name: str
    old_status: ComponentStatus
    new_status: ComponentStatus


class LastUpdate(Answer):
    """The update that is shown first."""

    id: UUID
    status: ReportStatus
    body: str
    display_at: Instant


class StatusUpdate(LastUpdate):
    """An update; `told_at` is when subscribers were."""

    tells_subscribers: bool
    told_at: Instant | None
    created_at: Instant
    created_by: str
    updated_at: Instant
    affected: list[ChangedComponent]


class StatusReportItem(Answer):
    """A status report as it is listed. `suggested_by` says what had it drafted by itself; `is_automatic`, that no
    person has had a hand in it, so that it ends with its incident.
    """

    id: UUID
    status_page_id: UUID
    kind: ReportKind
    state: State
    title: str
    status: ReportStatus
    impact: Impact
    incident_id: UUID | None
    suggested_by: str | None
    is_automatic: bool
    scheduled_for: Instant | None
    scheduled_until: Instant | None
    moves_by_schedule: bool
    mutes: bool
    window_ids: list[UUID]
    started_at: Instant
    monitoring_at: Instant | None
    resolved_at: Instant | None
    version: int
    created_at: Instant
    created_by: str
    updated_at: Instant
    published_at: Instant | None
    components: list[ReportComponent]
    last_update: LastUpdate


class StatusReport(StatusReportItem):
    """A status report with all of its updates, newest first; send its version as If-Match to change it."""

    updates: list[StatusUpdate]


class StatusReportPage(Answer):
    """Status reports, those that began last first."""

    items: list[StatusReportItem]
    next_cursor: str | None


class ReportTemplate(Answer):
    """Words to begin a report or an update with."""

    id: UUID
    status_page_id: UUID
    name: str
    kind: ReportKind
    title: str
    body: str
    status: ReportStatus
    used_when: UsedWhen | None
    version: int
    created_at: Instant
    updated_at: Instant


class ReportTemplates(Answer):
    """All templates of a page, by name."""

    items: list[ReportTemplate]
