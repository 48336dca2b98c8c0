"""Groups that monitors are shown in."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_monitors import MonitorGroup, MonitorGroupInput, MonitorGroups
from tocsin.domain.permission import Permission
from tocsin_data.services import monitor_groups

router = APIGatewayHttpRouter()
TAGS: Final = ["monitors"]
READ: Final = Permission.READ_MONITORS
WRITE: Final = Permission.WRITE_MONITORS


@router.get(
    "/v1/monitor-groups", summary="List the groups of monitors, in order", tags=TAGS, operation_id="listMonitorGroups"
)
def list_groups() -> MonitorGroups:
    """Answer all groups."""
    session = enter(READ)
    return MonitorGroups(items=list(monitor_groups.list_groups(session.db, session.org_id)))


@router.post(
    "/v1/monitor-groups",
    summary="Create a group of monitors",
    tags=TAGS,
    operation_id="createMonitorGroup",
    status_code=HTTPStatus.CREATED.value,
)
def create_group(data: MonitorGroupInput) -> Response[MonitorGroup]:
    """Create a group in version 1."""
    session = enter(WRITE)
    return versioned(monitor_groups.create_group(session.db, session.org_id, session.actor, data), HTTPStatus.CREATED)


@router.get(
    "/v1/monitor-groups/<group_id>",
    summary="Get a group of monitors; its version is in the ETag too",
    tags=TAGS,
    operation_id="getMonitorGroup",
)
def get_group(group_id: UUID) -> Response[MonitorGroup]:
    """Answer one group."""
    session = enter(READ)
    return versioned(monitor_groups.get_group(session.db, session.org_id, group_id))


@router.put(
    "/v1/monitor-groups/<group_id>",
    summary="Change a group of monitors",
    tags=TAGS,
    operation_id="updateMonitorGroup",
)
def update_group(group_id: UUID, data: MonitorGroupInput, if_match: IfMatch = None) -> Response[MonitorGroup]:
    """Change the version that was read."""
    session = enter(WRITE)
    version = expected(if_match)
    made = monitor_groups.update_group(session.db, session.org_id, session.actor, group_id, data, version=version)
    return versioned(made)


@router.delete(
    "/v1/monitor-groups/<group_id>",
    summary="Delete a group; its monitors stay",
    tags=TAGS,
    operation_id="deleteMonitorGroup",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_group(group_id: UUID) -> Response[None]:
    """Delete a group."""
    session = enter(WRITE)
    monitor_groups.delete_group(session.db, session.org_id, session.actor, group_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)
