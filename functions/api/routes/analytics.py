"""Analytics: response times, what pages weigh on people, noise by service; to read, and as files."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import AfterValidator, BaseModel

from functions.api import row_files
from functions.api.queries import FILTER
from functions.api.row_files import FileFormat
from functions.api.session import enter
from tocsin.contracts.api_analytics import (
    Interval,
    PageLoad,
    PageLoadReport,
    ResponseTimes,
    ResponseTimesReport,
    ServiceNoise,
    ServiceNoiseReport,
)
from tocsin.contracts.message import GivenInstant
from tocsin.domain.page_load import Night
from tocsin.domain.permission import Permission
from tocsin_data.views import analytics
from tocsin_data.views.analytics import Wanted

router = APIGatewayHttpRouter()


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        msg = "must be the name of a time zone, like Europe/Berlin or UTC"
        raise ValueError(msg) from error


Since = Annotated[
    GivenInstant | None, Query(alias="from", description="The first instant, with its zone; 30 days before `to`.")
]
Until = Annotated[GivenInstant | None, Query(alias="to", description="The instant before which to end; now.")]
ServiceId = Annotated[UUID | None, FILTER]
TeamId = Annotated[UUID | None, FILTER]
Zone = Annotated[str, AfterValidator(_zone), Query(description="The time zone of days and hours.", max_length=64)]
By = Annotated[Interval, Query(description="The calendar intervals to tell apart.")]
NightFrom = Annotated[int, Query(ge=0, le=23, description="The first hour of the night.")]
NightUntil = Annotated[int, Query(ge=0, le=23, description="The hour in which it is night no more.")]
Format = Annotated[FileFormat, Query(alias="format")]
FILE: Final[dict[int, Any]] = {
    HTTPStatus.OK.value: {
        "description": "The rows as a file",
        "content": {
            media_type.partition(";")[0]: {"schema": {"type": "string"}}
            for media_type in row_files.CONTENT_TYPES.values()
        },
    }
}


@router.get(
    "/v1/analytics/response-times",
    summary="Tell how long incidents took to be acknowledged and resolved",
    tags=["analytics"],
    operation_id="getResponseTimes",
)
def get_response_times(
    since: Since = None,
    until: Until = None,
    service_id: ServiceId = None,
    team_id: TeamId = None,
    interval: By = Interval.WEEK,
    time_zone: Zone = "UTC",
) -> ResponseTimesReport:
    """Answer counts, means, medians and 90th percentiles."""
    session = enter(Permission.READ_ANALYTICS)
    wanted = Wanted(since, until, service_id, team_id)
    return analytics.response_times(session.db, session.org_id, wanted, interval, time_zone)


@router.get(
    "/v1/analytics/response-times/export",
    summary="Export response times by interval as CSV or JSON lines",
    tags=["analytics"],
    operation_id="exportResponseTimes",
    responses=FILE,
)
def export_response_times(
    file_format: Format = FileFormat.CSV,
    since: Since = None,
    until: Until = None,
    service_id: ServiceId = None,
    team_id: TeamId = None,
    interval: By = Interval.WEEK,
    time_zone: Zone = "UTC",
) -> Response[str]:
    """Answer a row an interval."""
    session = enter(Permission.READ_ANALYTICS)
    wanted = Wanted(since, until, service_id, team_id)
    found = analytics.response_times(session.db, session.org_id, wanted, interval, time_zone)
    return _file(ResponseTimes, found.items, file_format, "response-times")


@router.get(
    "/v1/analytics/pages",
    summary="Tell whom pages reached, by hour of day, night and weekend",
    tags=["analytics"],
    operation_id="getPageLoad",
)
def get_page_load(
    since: Since = None,
    until: Until = None,
    service_id: ServiceId = None,
    team_id: TeamId = None,
    time_zone: Zone = "UTC",
    night_from: NightFrom = 22,
    night_until: NightUntil = 7,
) -> PageLoadReport:
    """Answer the load of each person."""
    session = enter(Permission.READ_ANALYTICS)
    wanted = Wanted(since, until, service_id, team_id)
    return analytics.page_load(session.db, session.org_id, wanted, Night(night_from, night_until), time_zone)


@router.get(
    "/v1/analytics/pages/export",
    summary="Export the load of each person as CSV or JSON lines",
    tags=["analytics"],
    operation_id="exportPageLoad",
    responses=FILE,
)
def export_page_load(
    file_format: Format = FileFormat.CSV,
    since: Since = None,
    until: Until = None,
    service_id: ServiceId = None,
    team_id: TeamId = None,
    time_zone: Zone = "UTC",
    night_from: NightFrom = 22,
    night_until: NightUntil = 7,
) -> Response[str]:
    """Answer a row a person."""
    session = enter(Permission.READ_ANALYTICS)
    wanted = Wanted(since, until, service_id, team_id)
    found = analytics.page_load(session.db, session.org_id, wanted, Night(night_from, night_until), time_zone)
    return _file(PageLoad, found.items, file_format, "pages")


@router.get(
    "/v1/analytics/services",
    summary="Tell which services are noisy",
    tags=["analytics"],
    operation_id="getServiceNoise",
)
def get_service_noise(
    since: Since = None, until: Until = None, service_id: ServiceId = None, team_id: TeamId = None
) -> ServiceNoiseReport:
    """Answer events, alerts, incidents and pages of each service."""
    session = enter(Permission.READ_ANALYTICS)
    return analytics.service_noise(session.db, session.org_id, Wanted(since, until, service_id, team_id))


@router.get(
    "/v1/analytics/services/export",
    summary="Export the noise of each service as CSV or JSON lines",
    tags=["analytics"],
    operation_id="exportServiceNoise",
    responses=FILE,
)
def export_service_noise(
    file_format: Format = FileFormat.CSV,
    since: Since = None,
    until: Until = None,
    service_id: ServiceId = None,
    team_id: TeamId = None,
) -> Response[str]:
    """Answer a row a service."""
    session = enter(Permission.READ_ANALYTICS)
    found = analytics.service_noise(session.db, session.org_id, Wanted(since, until, service_id, team_id))
    return _file(ServiceNoise, found.items, file_format, "services")


def _file[R: BaseModel](model: type[R], rows: Sequence[R], file_format: FileFormat, name: str) -> Response[str]:
    text, _ = row_files.write(model, rows, file_format, has_heading=True)
    return Response(
        status_code=HTTPStatus.OK.value,
        content_type=row_files.CONTENT_TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="{name}.{file_format}"'},
        body=text,
    )
