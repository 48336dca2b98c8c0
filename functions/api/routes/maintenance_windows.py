"""Maintenance windows and silences: what they cover is seen, and pages nobody. And what services depend on."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import enter, enter_as_lead
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_event_rules import (
    ActiveWindows,
    Dependencies,
    DependenciesInput,
    MaintenanceWindow,
    WindowInput,
    WindowPage,
)
from tocsin.domain.permission import Permission
from tocsin_data.services import dependencies, maintenance

router = APIGatewayHttpRouter()
TAGS: Final = ["maintenance windows"]
READ: Final = Permission.READ_MAINTENANCE
WRITE: Final = Permission.WRITE_MAINTENANCE


@router.get(
    "/v1/maintenance-windows",
    summary="List maintenance windows and silences, those made last first",
    tags=TAGS,
    operation_id="listMaintenanceWindows",
)
def list_windows(limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> WindowPage:
    """Answer a page of windows."""
    session = enter(READ)
    found = maintenance.list_windows(session.db, session.org_id, before=cursors.instant(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda w: (w.created_at, w.id))
    return WindowPage(items=items, next_cursor=following)


@router.get(
    "/v1/maintenance-windows/active",
    summary="List the maintenance windows and silences that are open now",
    tags=TAGS,
    operation_id="listActiveMaintenanceWindows",
)
def list_active() -> ActiveWindows:
    """Answer all windows that are open now."""
    session = enter(READ)
    return ActiveWindows(items=maintenance.list_active(session.db, session.org_id))


@router.post(
    "/v1/maintenance-windows",
    summary="Make a maintenance window or a silence, once or recurring",
    tags=TAGS,
    operation_id="createMaintenanceWindow",
    status_code=HTTPStatus.CREATED.value,
)
def create_window(data: WindowInput) -> Response[MaintenanceWindow]:
    """Make a window in version 1."""
    session = enter(WRITE)
    made = maintenance.create_window(session.db, session.org_id, session.actor, data)
    session.publish_pages()
    return versioned(made, HTTPStatus.CREATED)


@router.get(
    "/v1/maintenance-windows/<window_id>",
    summary="Get a maintenance window; its version is in the ETag too",
    tags=TAGS,
    operation_id="getMaintenanceWindow",
)
def get_window(window_id: UUID) -> Response[MaintenanceWindow]:
    """Answer one window."""
    session = enter(READ)
    return versioned(maintenance.get_window(session.db, session.org_id, window_id))


@router.put(
    "/v1/maintenance-windows/<window_id>",
    summary="Change a maintenance window; what it muted is looked at again",
    tags=TAGS,
    operation_id="updateMaintenanceWindow",
)
def update_window(window_id: UUID, data: WindowInput, if_match: IfMatch = None) -> Response[MaintenanceWindow]:
    """Change the version that was read."""
    session = enter(WRITE)
    version = expected(if_match)
    made = maintenance.update_window(session.db, session.org_id, session.actor, window_id, data, version=version)
    session.publish_pages()
    return versioned(made)


@router.post(
    "/v1/maintenance-windows/<window_id>/end",
    summary="End a window that is open now; a recurring one opens again the next time",
    tags=TAGS,
    operation_id="endMaintenanceWindow",
)
def end_window(window_id: UUID) -> Response[MaintenanceWindow]:
    """End the occurrence that is open now."""
    session = enter(WRITE)
    made = maintenance.end_window(session.db, session.org_id, session.actor, window_id)
    session.publish_pages()
    return versioned(made)


@router.post(
    "/v1/maintenance-windows/<window_id>/cancel",
    summary="End a window for good, open or not",
    tags=TAGS,
    operation_id="cancelMaintenanceWindow",
)
def cancel_window(window_id: UUID) -> Response[MaintenanceWindow]:
    """Cancel a window."""
    session = enter(WRITE)
    made = maintenance.cancel_window(session.db, session.org_id, session.actor, window_id)
    session.publish_pages()
    return versioned(made)


@router.get(
    "/v1/services/<service_id>/dependencies",
    summary="Get what a service depends on, and what depends on it",
    tags=["services"],
    operation_id="getDependencies",
)
def get_dependencies(service_id: UUID) -> Dependencies:
    """Answer a service's dependencies."""
    session = enter(Permission.READ_SERVICES)
    return dependencies.get_dependencies(session.db, session.org_id, service_id)


@router.put(
    "/v1/services/<service_id>/dependencies",
    summary="Write all that a service depends on: while one of these is down, it stays quiet and says why",
    tags=["services"],
    operation_id="updateDependencies",
)
def update_dependencies(service_id: UUID, data: DependenciesInput) -> Dependencies:
    """Replace a service's dependencies; leads of the owning team may."""
    session = enter_as_lead(Permission.READ_SERVICES, Permission.WRITE_SERVICES)
    return dependencies.put_dependencies(session.db, session.org_id, session.by, service_id, data)
