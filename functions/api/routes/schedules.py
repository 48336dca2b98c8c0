"""Schedules: read with their version, changed only by who read that version; their shifts, saved or not."""

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
from tocsin.contracts.api_schedules import Schedule, ScheduleInput, SchedulePage, ScheduleVersions, Shifts
from tocsin.contracts.message import GivenInstant
from tocsin.domain.permission import Permission
from tocsin_data.services import schedules

router = APIGatewayHttpRouter()
TAGS: Final = ["schedules"]
READ: Final = Permission.READ_SCHEDULES
WRITE: Final = Permission.WRITE_SCHEDULES

Since = Annotated[GivenInstant | None, Query(description="Shifts that end after this instant; now unless given.")]
Until = Annotated[
    GivenInstant | None,
    Query(description="Shifts that start before this instant; 14 days after since unless given, at most 92."),
]


@router.get("/v1/schedules", summary="List schedules by name", tags=TAGS, operation_id="listSchedules")
def list_schedules(limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> SchedulePage:
    """Answer a page of schedules."""
    session = enter(READ)
    found = schedules.list_schedules(session.db, session.org_id, after=cursors.name(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda s: (s.name, s.id))
    return SchedulePage(items=items, next_cursor=following)


@router.post(
    "/v1/schedules",
    summary="Create a schedule",
    tags=TAGS,
    operation_id="createSchedule",
    status_code=HTTPStatus.CREATED.value,
)
def create_schedule(data: ScheduleInput) -> Response[Schedule]:
    """Create a schedule in version 1; leads may, for their team."""
    session = enter_as_lead(READ, WRITE)
    return versioned(schedules.create_schedule(session.db, session.org_id, session.by, data), HTTPStatus.CREATED)


@router.post(
    "/v1/schedules/preview",
    summary="Show the shifts that a new schedule would have; nothing is saved",
    tags=TAGS,
    operation_id="previewSchedule",
)
def preview_schedule(data: ScheduleInput, since: Since = None, until: Until = None) -> Shifts:
    """Answer the shifts of a schedule that is not saved."""
    session = enter(READ)
    return schedules.preview(session.db, session.org_id, None, data, since=since, until=until)


@router.get(
    "/v1/schedules/<schedule_id>",
    summary="Get a schedule; its version is in the ETag too",
    tags=TAGS,
    operation_id="getSchedule",
)
def get_schedule(schedule_id: UUID) -> Response[Schedule]:
    """Answer one schedule in its current version."""
    session = enter(READ)
    return versioned(schedules.get_schedule(session.db, session.org_id, schedule_id))


@router.put(
    "/v1/schedules/<schedule_id>",
    summary="Make a new version; it changes nothing but the future",
    description="Whoever is on call stays until the end of their turn, and the order goes on from there. Who is taken"
    " out of a layer ends now, and the next one takes over.",
    tags=TAGS,
    operation_id="updateSchedule",
)
def update_schedule(schedule_id: UUID, data: ScheduleInput, if_match: IfMatch = None) -> Response[Schedule]:
    """Make a new version of the one that was read; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    version = expected(if_match)
    made = schedules.update_schedule(session.db, session.org_id, session.by, schedule_id, data, version=version)
    return versioned(made)


@router.delete(
    "/v1/schedules/<schedule_id>",
    summary="Take a schedule out of use, once no escalation policy pages by it",
    tags=TAGS,
    operation_id="deleteSchedule",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_schedule(schedule_id: UUID) -> Response[None]:
    """Delete a schedule; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    schedules.delete_schedule(session.db, session.org_id, session.by, schedule_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.get(
    "/v1/schedules/<schedule_id>/versions",
    summary="List the versions of a schedule, newest first",
    tags=TAGS,
    operation_id="listScheduleVersions",
)
def list_versions(
    schedule_id: UUID,
    limit: Limit = cursors.DEFAULT_LIMIT,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="next_before of the page before.")] = None,
) -> ScheduleVersions:
    """Answer what a schedule was, and who changed it."""
    session = enter(READ)
    return schedules.list_versions(session.db, session.org_id, schedule_id, before=before, limit=limit)


@router.get(
    "/v1/schedules/<schedule_id>/shifts",
    summary="List the final shifts of a window, with the reason of each, and what is to be warned of",
    tags=TAGS,
    operation_id="listShifts",
)
def list_shifts(schedule_id: UUID, since: Since = None, until: Until = None) -> Shifts:
    """Answer who is on call when."""
    session = enter(READ)
    return schedules.list_shifts(session.db, session.org_id, schedule_id, since=since, until=until)


@router.post(
    "/v1/schedules/<schedule_id>/preview",
    summary="Show the shifts that a schedule would have after a change; nothing is saved",
    tags=TAGS,
    operation_id="previewScheduleChange",
)
def preview_change(schedule_id: UUID, data: ScheduleInput, since: Since = None, until: Until = None) -> Shifts:
    """Answer the shifts of a change that is not saved."""
    session = enter(READ)
    return schedules.preview(session.db, session.org_id, schedule_id, data, since=since, until=until)
