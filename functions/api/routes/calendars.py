"""Calendars of a schedule: managed by members, read at a secret address by any calendar program."""

import re
from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import CURRENT, enter, enter_as_lead
from tocsin.contracts.api_schedules import CalendarFeed, CalendarFeedInput, CalendarFeeds, NewCalendarFeed
from tocsin.domain.permission import Permission
from tocsin.errors import NotFound
from tocsin_data.services import calendars

router = APIGatewayHttpRouter()
TAGS: Final = ["schedules"]
READ: Final = Permission.READ_SCHEDULES
WRITE: Final = Permission.OVERRIDE_SCHEDULES
_FILE: Final = re.compile(r"([A-Za-z0-9_-]{32,64})\.ics")


@router.get(
    "/v1/schedules/<schedule_id>/calendars",
    summary="List the calendars of a schedule, oldest first",
    tags=TAGS,
    operation_id="listCalendars",
)
def list_calendars(schedule_id: UUID) -> CalendarFeeds:
    """Answer who follows a schedule from a calendar; never the addresses."""
    session = enter(READ)
    return CalendarFeeds(items=list(calendars.list_feeds(session.db, session.org_id, schedule_id)))


@router.post(
    "/v1/schedules/<schedule_id>/calendars",
    summary="Make a calendar of all shifts, or of one member's; its secret address is shown this once",
    tags=TAGS,
    operation_id="createCalendar",
    status_code=HTTPStatus.CREATED.value,
)
def create_calendar(schedule_id: UUID, data: CalendarFeedInput) -> NewCalendarFeed:
    """Make an address that any calendar program can subscribe to."""
    session = enter_as_lead(READ, WRITE)
    base_url = session.settings.api_base_url
    return calendars.create_feed(session.db, session.org_id, session.by, schedule_id, data, base_url=base_url)


@router.post(
    "/v1/schedules/<schedule_id>/calendars/<calendar_id>/rotate",
    summary="Give a calendar another address; the one before ends at once",
    tags=TAGS,
    operation_id="rotateCalendar",
)
def rotate_calendar(schedule_id: UUID, calendar_id: UUID) -> NewCalendarFeed:
    """Answer the new address, this once."""
    session = enter_as_lead(READ, WRITE)
    base_url = session.settings.api_base_url
    return calendars.rotate_feed(session.db, session.org_id, session.by, schedule_id, calendar_id, base_url=base_url)


@router.post(
    "/v1/schedules/<schedule_id>/calendars/<calendar_id>/revoke",
    summary="End a calendar, at once",
    tags=TAGS,
    operation_id="revokeCalendar",
)
def revoke_calendar(schedule_id: UUID, calendar_id: UUID) -> CalendarFeed:
    """End an address."""
    session = enter_as_lead(READ, WRITE)
    return calendars.revoke_feed(session.db, session.org_id, session.by, schedule_id, calendar_id)


@router.get("/v1/calendars/<name>", include_in_schema=False)
def show_calendar(name: str) -> Response[str]:
    """Answer a calendar to whoever has its address."""
    found = _FILE.fullmatch(name)
    if found is None:
        raise NotFound("There is no calendar at this address.")
    body = calendars.calendar(CURRENT.get().db, found[1])
    return Response(
        status_code=HTTPStatus.OK.value,
        content_type="text/calendar; charset=utf-8",
        headers={"X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex"},
        body=body,
    )
