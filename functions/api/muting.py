"""What maintenance that mutes asks of a caller: whoever moves its windows must be one who may make windows."""

from typing import Final
from uuid import UUID

from functions.api.session import Session, enter
from tocsin.contracts.api_status_reports import ReportPatch, UpdateInput
from tocsin.domain.permission import Permission
from tocsin_data.services import status_reports

MOVING: Final = frozenset({"components", "scheduled_for", "scheduled_until", "mutes", "status"})
"""What of a report its windows follow."""


def demand(session: Session, report_id: UUID, change: ReportPatch | UpdateInput | None = None) -> None:
    """Raise Forbidden where a change of a report, or its coming or going, moves windows that the caller can't."""
    if isinstance(change, ReportPatch) and change.mutes:
        enter(Permission.WRITE_MAINTENANCE)
    if change is not None and not MOVING & change.model_fields_set:
        return
    if status_reports.is_muting(session.db, session.org_id, report_id):
        enter(Permission.WRITE_MAINTENANCE)
