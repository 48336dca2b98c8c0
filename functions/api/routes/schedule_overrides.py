"""What is laid over a schedule: overrides by responders, temporary schedules by who may write it."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import enter, enter_as_lead
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_schedules import Override, OverrideInput, OverridePage
from tocsin.domain.permission import Permission
from tocsin_data.services import schedule_overrides

router = APIGatewayHttpRouter()
TAGS: Final = ["schedules"]
READ: Final = Permission.READ_SCHEDULES
WRITE: Final = Permission.OVERRIDE_SCHEDULES


@router.get(
    "/v1/schedules/<schedule_id>/overrides",
    summary="List the overrides and temporary schedules of a schedule, newest first",
    tags=TAGS,
    operation_id="listOverrides",
)
def list_overrides(
    schedule_id: UUID,
    every: Annotated[bool, Query(alias="all", description="Also what is over or was cancelled.")] = False,
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> OverridePage:
    """Answer a page of what holds or is to come."""
    session = enter(READ)
    found = schedule_overrides.list_overrides(
        session.db,
        session.org_id,
        schedule_id,
        is_waiting=not every,
        before=cursors.instant(cursor),
        limit=limit + 1,
    )
    items, following = cursors.cut(found, limit, lambda o: (o.created_at, o.id))
    return OverridePage(items=items, next_cursor=following)


@router.post(
    "/v1/schedules/<schedule_id>/overrides",
    summary="Put somebody, or nobody, on call for a while; or lay a temporary schedule over it",
    description="Of overrides that overlap the one created last wins; they lie over temporary schedules, and those over"
    " the layers. Responders make overrides; temporary schedules take who may write the schedule.",
    tags=TAGS,
    operation_id="createOverride",
    status_code=HTTPStatus.CREATED.value,
)
def create_override(schedule_id: UUID, data: OverrideInput) -> Response[Override]:
    """Make an override."""
    session = enter_as_lead(READ, WRITE)
    made = schedule_overrides.create_override(session.db, session.org_id, session.by, schedule_id, data)
    return versioned(made, HTTPStatus.CREATED)


@router.get(
    "/v1/schedules/<schedule_id>/overrides/<override_id>",
    summary="Get an override; its version is in the ETag too",
    tags=TAGS,
    operation_id="getOverride",
)
def get_override(schedule_id: UUID, override_id: UUID) -> Response[Override]:
    """Answer one override."""
    session = enter(READ)
    return versioned(schedule_overrides.get_override(session.db, session.org_id, schedule_id, override_id))


@router.put(
    "/v1/schedules/<schedule_id>/overrides/<override_id>",
    summary="Change an override; of one that has begun, its name and its end",
    tags=TAGS,
    operation_id="updateOverride",
)
def update_override(
    schedule_id: UUID, override_id: UUID, data: OverrideInput, if_match: IfMatch = None
) -> Response[Override]:
    """Change the one that was read."""
    session = enter_as_lead(READ, WRITE)
    version = expected(if_match)
    return versioned(
        schedule_overrides.change_override(
            session.db, session.org_id, session.by, schedule_id, override_id, data, version=version
        )
    )


@router.post(
    "/v1/schedules/<schedule_id>/overrides/<override_id>/cancel",
    summary="Let an override hold no more from now on",
    tags=TAGS,
    operation_id="cancelOverride",
)
def cancel_override(schedule_id: UUID, override_id: UUID) -> Response[Override]:
    """Cancel an override."""
    session = enter_as_lead(READ, WRITE)
    return versioned(
        schedule_overrides.cancel_override(session.db, session.org_id, session.by, schedule_id, override_id)
    )
