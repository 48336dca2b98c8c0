"""How a status report is written: its row, its updates and what it says of components, always all three together.

Whoever changes a report holds its row; what follows for the status of components, its windows and the audit log is
written here, in the same transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.contracts.api_status_reports import (
    ChangedComponent,
    LastUpdate,
    ReportComponent,
    StatusReport,
    StatusReportItem,
    StatusUpdate,
)
from tocsin.domain.component_status import AT_WORK
from tocsin.domain.status_page import OVER, ComponentStatus, Impact, ReportKind, ReportStatus
from tocsin.domain.status_report import Said, State, affected, impact_of, standing
from tocsin.errors import NotFound
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.services import component_spans, report_history, report_windows
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import status_reports, status_updates
from tocsin_data.sql.status_reports import ReportRow
from tocsin_data.sql.status_updates import Affected, UpdateRow

SUBJECT: Final = "status_report"
type Statuses = Mapping[UUID, ComponentStatus]


@dataclass(frozen=True, slots=True)
class Report:
    """A report whose row is held: its updates, the oldest first, and what it says of components by their names."""

    row: ReportRow
    updates: Sequence[UpdateRow]
    components: Mapping[UUID, tuple[str, ComponentStatus]]

    @property
    def kind(self) -> ReportKind:
        """What it tells of."""
        return ReportKind(self.row.kind)

    @property
    def status(self) -> ReportStatus:
        """How far it has come."""
        return ReportStatus(self.row.status)

    @property
    def is_over(self) -> bool:
        """Whether it needs nobody any more."""
        return self.status in OVER

    @property
    def statuses(self) -> dict[UUID, ComponentStatus]:
        """What it says of components."""
        return {component_id: status for component_id, (_, status) in self.components.items()}

    @property
    def names(self) -> dict[UUID, str]:
        """What the components are called."""
        return {component_id: name for component_id, (name, _) in self.components.items()}


@dataclass(frozen=True, slots=True)
class Saying:
    """An update to write: what it says of components, and the names of those that are new to the report."""

    status: ReportStatus
    body: str
    at: datetime
    tells_subscribers: bool = True
    given: Statuses | None = None
    names: Mapping[UUID, str] | None = None


def hold(tx: Tx, report_id: UUID, version: int | None = None) -> Report:
    """Hold a report, in the version that was read where one is named; raises NotFound or StaleVersion."""
    row = status_reports.lock(tx, report_id)
    if row is None:
        raise NotFound(f"There is no status report {report_id} in this organization.")
    if version is not None and row.version != version:
        raise report_history.stale(tx, report_id, row.version, version)
    return held(tx, row)


def held(tx: Tx, row: ReportRow) -> Report:
    """A report whose row is held, with all that belongs to it."""
    found = status_reports.components(tx, row.id)
    components = {one: (name, ComponentStatus(status)) for one, (name, status) in found.items()}
    return Report(row, status_updates.of_report(tx, row.id), components)


def say(tx: Tx, actor: Actor, report: Report, saying: Saying) -> Report:
    """Write an update; the report's row is left to `settle`."""
    changed, components = _changed(report, saying)
    row = UpdateRow(
        id=new_id(),
        status=saying.status,
        body=saying.body,
        display_at=saying.at,
        tells_subscribers=saying.tells_subscribers,
        told_at=None,
        created_at=tx.now,
        created_by=str(actor),
        updated_at=tx.now,
        affected=changed,
    )
    status_updates.insert(tx, report.row.id, row)
    return replace(report, updates=[*report.updates, row], components=components)


def resay(tx: Tx, report: Report, saying: Saying) -> Report:
    """Write the only update of a draft anew, with all that it says of components."""
    update = report.updates[0]
    changed, components = _changed(replace(report, updates=[], components={}), saying)
    row = replace(
        update, status=saying.status, body=saying.body, display_at=saying.at, updated_at=tx.now, affected=changed
    )
    status_updates.save(tx, row)
    status_updates.clear_affected(tx, row.id)
    status_updates.set_affected(tx, row.id, changed)
    return replace(report, updates=[row], components=components)


def _changed(report: Report, saying: Saying) -> tuple[list[Affected], dict[UUID, tuple[str, ComponentStatus]]]:
    """What an update changes of components, and what the report says of them after it."""
    before = report.statuses
    opens_again = report.is_over and bool(report.updates) and saying.status not in OVER
    restored = _before_end(report.updates) if opens_again else {}
    after = affected(
        report.kind,
        before,
        saying.given or {},
        saying.status,
        restored={one: status for one, status in restored.items() if one in before},
    )
    names = {**report.names, **(saying.names or {})}
    changed = [
        Affected(one, names[one], old, status)
        for one, status in sorted(after.items(), key=lambda said: (names[said[0]], said[0]))
        if (old := before.get(one, ComponentStatus.OPERATIONAL)) is not status
    ]
    return changed, {one: (names[one], status) for one, status in after.items()}


def settle(tx: Tx, actor: Actor, action: str, before: Report | None, after: Report) -> StatusReport:
    """Write what has become of a report, and all that follows from it; answers it.

    A person who changes it has it in hand from then on: `is_automatic` ends.
    """
    row = _settled(tx, after)
    if actor.kind != "system":
        row = replace(row, is_automatic=False)
    was_over = before is not None and before.is_over
    if actor.kind != "system":
        row = report_windows.keep(tx, actor, row, after.components, anew=was_over and row.status not in OVER)
    after = replace(after, row=row)
    status_reports.write(tx, row)
    if before is None or before.statuses != after.statuses:
        status_reports.set_components(tx, row.id, {one: status.value for one, status in after.statuses.items()})
    if State.PUBLISHED in {State(row.state), State(before.row.state) if before else State.DRAFT}:
        component_spans.keep(tx, {*after.components, *(before.components if before else ())})
    made = answer(after)
    told = None if before is None else item(before)
    audit(tx, actor, f"status_report.{action}", (SUBJECT, row.id), before=told, after=item(after))
    return made


def _settled(tx: Tx, report: Report) -> ReportRow:
    """The row as its updates and components make it, in its next version."""
    row = report.row
    found = standing([Said(ReportStatus(update.status), update.display_at) for update in report.updates])
    impact = Impact(row.impact)
    if not row.is_impact_given:
        impact = impact_of(report.kind, report.statuses.values(), impact)
    started_at = row.started_at
    if row.scheduled_for is not None:
        begun = next((update.display_at for update in report.updates if update.status in AT_WORK), None)
        started_at = begun or row.scheduled_for
    return replace(
        row,
        status=found.status,
        impact=impact,
        started_at=started_at,
        monitoring_at=found.monitoring_at,
        resolved_at=found.resolved_at,
        version=row.version + 1,
        sequence=row.sequence + (row.state == State.PUBLISHED),
        updated_at=tx.now,
    )


def _before_end(updates: Sequence[UpdateRow]) -> dict[UUID, ComponentStatus]:
    """What was said of components before the report was over."""
    found: dict[UUID, ComponentStatus] = {}
    for update in reversed(updates):
        if update.status not in OVER:
            break
        found |= {one.component_id: ComponentStatus(one.old_status) for one in update.affected}
    return found


def item(report: Report) -> StatusReportItem:
    """The report as it is listed."""
    row, last = report.row, report.updates[-1]
    return StatusReportItem(
        id=row.id,
        status_page_id=row.status_page_id,
        kind=report.kind,
        state=State(row.state),
        title=row.title,
        status=report.status,
        impact=Impact(row.impact),
        incident_id=row.incident_id,
        suggested_by=row.suggested_by,
        is_automatic=row.is_automatic,
        scheduled_for=row.scheduled_for,
        scheduled_until=row.scheduled_until,
        moves_by_schedule=row.is_moved_by_schedule,
        mutes=row.mutes,
        window_ids=row.window_ids,
        started_at=row.started_at,
        monitoring_at=row.monitoring_at,
        resolved_at=row.resolved_at,
        version=row.version,
        created_at=row.created_at,
        created_by=row.created_by,
        updated_at=row.updated_at,
        published_at=row.published_at,
        components=[
            ReportComponent(component_id=one, name=name, status=status)
            for one, (name, status) in sorted(report.components.items(), key=lambda said: (said[1][0], said[0]))
        ],
        last_update=LastUpdate(
            id=last.id, status=ReportStatus(last.status), body=last.body, display_at=last.display_at
        ),
    )


def answer(report: Report) -> StatusReport:
    """The report with all of its updates."""
    updates = [_update(update) for update in reversed(report.updates)]
    return StatusReport.model_validate({**dict(item(report)), "updates": updates})


def _update(update: UpdateRow) -> StatusUpdate:
    return StatusUpdate(
        id=update.id,
        status=ReportStatus(update.status),
        body=update.body,
        display_at=update.display_at,
        tells_subscribers=update.tells_subscribers,
        told_at=update.told_at,
        created_at=update.created_at,
        created_by=update.created_by,
        updated_at=update.updated_at,
        affected=[
            ChangedComponent(
                component_id=one.component_id,
                name=one.name,
                old_status=ComponentStatus(one.old_status),
                new_status=ComponentStatus(one.new_status),
            )
            for one in update.affected
        ],
    )
