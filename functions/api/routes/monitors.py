"""Monitors: read with what they are now, changed only by who read that version."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import FILTER, FILTERS, Cursor, Limit, MonitorIds
from functions.api.session import enter, enter_as_lead
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_monitors import Monitor, MonitorCopy, MonitorInput, MonitorPage, NewMonitor
from tocsin.domain.monitor import CheckStatus, MonitorKind
from tocsin.domain.permission import Permission
from tocsin_data.services import monitors

router = APIGatewayHttpRouter()
TAGS: Final = ["monitors"]
READ: Final = Permission.READ_MONITORS
WRITE: Final = Permission.WRITE_MONITORS
TEXT: Final = Query(max_length=200, description="Only those with this in their name, description, URL or host.")


@router.get("/v1/monitors", summary="List monitors by name", tags=TAGS, operation_id="listMonitors")
def list_monitors(
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
    status: Annotated[list[CheckStatus] | None, FILTERS] = None,
    kind: Annotated[list[MonitorKind] | None, FILTERS] = None,
    tag: Annotated[list[str] | None, FILTERS] = None,
    group_id: Annotated[UUID | None, FILTER] = None,
    service_id: Annotated[UUID | None, FILTER] = None,
    paused: Annotated[bool | None, FILTER] = None,
    q: Annotated[str | None, TEXT] = None,
    monitor_id: MonitorIds = None,
) -> MonitorPage:
    """Answer a page of monitors."""
    session = enter(READ)
    found = monitors.list_monitors(
        session.db,
        session.org_id,
        monitors.Filters(status, kind, tag, group_id, service_id, paused, q, monitor_id),
        after=cursors.name(cursor),
        limit=limit + 1,
    )
    items, following = cursors.cut(found, limit, lambda m: (m.name, m.id))
    return MonitorPage(items=items, next_cursor=following)


@router.post(
    "/v1/monitors",
    summary="Create a monitor",
    tags=TAGS,
    operation_id="createMonitor",
    status_code=HTTPStatus.CREATED.value,
)
def create_monitor(data: MonitorInput) -> Response[NewMonitor]:
    """Create a monitor in version 1; leads may, for their team."""
    session = enter_as_lead(READ, WRITE)
    bounds = session.settings.monitor_bounds()
    made = monitors.create_monitor(session.db, session.org_id, session.by, data, bounds)
    session.publish_checks()
    return versioned(made, HTTPStatus.CREATED)


@router.get(
    "/v1/monitors/<monitor_id>",
    summary="Get a monitor; its version is in the ETag too",
    tags=TAGS,
    operation_id="getMonitor",
)
def get_monitor(monitor_id: UUID) -> Response[Monitor]:
    """Answer one monitor, without its secrets."""
    session = enter(READ)
    return versioned(monitors.get_monitor(session.db, session.org_id, monitor_id))


@router.put(
    "/v1/monitors/<monitor_id>",
    summary="Change a monitor; secrets that are left out stay",
    tags=TAGS,
    operation_id="updateMonitor",
)
def update_monitor(monitor_id: UUID, data: MonitorInput, if_match: IfMatch = None) -> Response[Monitor]:
    """Change the version that was read; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    version = expected(if_match)
    bounds = session.settings.monitor_bounds()
    made = monitors.update_monitor(session.db, session.org_id, session.by, monitor_id, data, bounds, version=version)
    session.publish_checks()
    session.publish_pages()
    return versioned(made)


@router.delete(
    "/v1/monitors/<monitor_id>",
    summary="Take a monitor out of use",
    tags=TAGS,
    operation_id="deleteMonitor",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_monitor(monitor_id: UUID) -> Response[None]:
    """Delete a monitor; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    if monitors.delete_monitor(session.db, session.org_id, session.by, monitor_id):
        session.publish_edge_state()
    session.publish_checks()
    session.publish_pages()
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.post(
    "/v1/monitors/<monitor_id>/pause",
    summary="Check a monitor no more, until it is resumed",
    tags=TAGS,
    operation_id="pauseMonitor",
)
def pause_monitor(monitor_id: UUID) -> Response[Monitor]:
    """Pause a monitor; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    made = monitors.pause_monitor(session.db, session.org_id, session.by, monitor_id)
    session.publish_checks()
    session.publish_pages()
    return versioned(made)


@router.post(
    "/v1/monitors/<monitor_id>/resume",
    summary="Check a monitor again that was paused",
    tags=TAGS,
    operation_id="resumeMonitor",
)
def resume_monitor(monitor_id: UUID) -> Response[Monitor]:
    """Resume a monitor; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    made = monitors.resume_monitor(session.db, session.org_id, session.by, monitor_id)
    session.publish_checks()
    session.publish_pages()
    return versioned(made)


@router.post(
    "/v1/monitors/<monitor_id>/clone",
    summary="Create a monitor like this one, with its secrets",
    tags=TAGS,
    operation_id="cloneMonitor",
    status_code=HTTPStatus.CREATED.value,
)
def clone_monitor(monitor_id: UUID, data: MonitorCopy) -> Response[NewMonitor]:
    """Copy a monitor that the caller may change; leads may, for their team."""
    session = enter_as_lead(READ, WRITE)
    bounds = session.settings.monitor_bounds()
    made = monitors.copy_monitor(session.db, session.org_id, session.by, monitor_id, data, bounds)
    session.publish_checks()
    return versioned(made, HTTPStatus.CREATED)
