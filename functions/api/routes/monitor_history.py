"""What monitors were: results, latencies, uptime, outages and regions of one; regions and evidence of all."""

from typing import Annotated, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import AfterValidator, StringConstraints

from functions.api import cursors
from functions.api.queries import FILTERS, Cursor, Limit, MonitorIds
from functions.api.session import enter
from tocsin.contracts.api_monitor_history import (
    CheckRegions,
    Evidence,
    FiguresReport,
    LatencyReport,
    LatencyStep,
    OutagePage,
    RegionStates,
    ResultPage,
    UptimeReport,
)
from tocsin.contracts.message import GivenInstant
from tocsin.domain.monitor import CheckStatus, Origin
from tocsin.domain.permission import Permission, allows
from tocsin_data.services import monitor_figures, uptime_days
from tocsin_data.views import latencies, monitor_history

router = APIGatewayHttpRouter()
TAGS: Final = ["monitor history"]
READ: Final = Permission.READ_MONITORS
USUAL_DAYS: Final = 30


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        msg = "must be the name of a time zone, like Europe/Berlin or UTC"
        raise ValueError(msg) from error


Since = Annotated[GivenInstant | None, Query(alias="from", description="The first instant, with its zone.")]
Until = Annotated[GivenInstant | None, Query(alias="to", description="The instant before which to end; now.")]
RegionName = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[a-z0-9:-]+$")]
RegionNames = Annotated[list[RegionName] | None, FILTERS]
Statuses = Annotated[list[CheckStatus] | None, FILTERS]
Days = Annotated[int, Query(ge=1, le=uptime_days.MAX_DAYS, description="How many calendar days, today last.")]
Zone = Annotated[str, AfterValidator(_zone), Query(description="The time zone of the days.", max_length=64)]
Step = Annotated[LatencyStep, Query(description="Hours, of at most 14 days, or days; both of UTC.")]
OfOrigin = Annotated[Origin, Query(description="Where results come from; what the public is shown is live.")]


@router.get(
    "/v1/monitors/figures",
    summary="Tell of several monitors at once how available they were by day, and how fast by hour",
    tags=TAGS,
    operation_id="getMonitorFigures",
)
def get_figures(monitor_id: MonitorIds = None, days: Days = USUAL_DAYS, time_zone: Zone = "UTC") -> FiguresReport:
    """Answer what a list of monitors draws beside each of them."""
    session = enter(READ)
    return monitor_figures.report(session.db, session.org_id, monitor_id or [], days, time_zone)


@router.get(
    "/v1/monitors/<monitor_id>/results",
    summary="List the results of a monitor, newest first",
    tags=TAGS,
    operation_id="listMonitorResults",
)
def list_results(
    monitor_id: UUID,
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
    since: Since = None,
    until: Until = None,
    region: RegionNames = None,
    status: Statuses = None,
) -> ResultPage:
    """Answer a page of results; the excerpts of answers only to who may run monitors."""
    session = enter(READ)
    found = monitor_history.results(
        session.db,
        session.org_id,
        monitor_id,
        monitor_history.Wanted(since, until, region, status),
        past=cursors.instant_and_name(cursor),
        limit=limit + 1,
        with_excerpts=allows(session.role, Permission.RUN_MONITORS),
    )
    items, following = cursors.cut(found, limit, lambda r: cursors.after_instant_and_name(r.tick, r.region))
    return ResultPage(items=items, next_cursor=following)


@router.get(
    "/v1/monitors/<monitor_id>/latency",
    summary="Tell the percentiles of a monitor's latencies by region, over a window and by its hours or days",
    tags=TAGS,
    operation_id="getMonitorLatency",
)
def get_latency(
    monitor_id: UUID,
    since: Since = None,
    until: Until = None,
    step: Step = LatencyStep.DAY,
    region: RegionNames = None,
    origin: OfOrigin = Origin.LIVE,
) -> LatencyReport:
    """Answer percentiles, by default of the last 30 days, or of the last one by hours."""
    session = enter(READ)
    wanted = latencies.Wanted(since, until, step, origin, region)
    return latencies.latencies(session.db, session.org_id, monitor_id, wanted)


@router.get(
    "/v1/monitors/<monitor_id>/uptime",
    summary="Tell the uptime of a monitor by calendar days, maintenance left out",
    tags=TAGS,
    operation_id="getMonitorUptime",
)
def get_uptime(monitor_id: UUID, days: Days = USUAL_DAYS, time_zone: Zone = "UTC") -> UptimeReport:
    """Answer a row a day, and the total."""
    session = enter(READ)
    return uptime_days.report(session.db, session.org_id, monitor_id, days, time_zone)


@router.get(
    "/v1/monitors/<monitor_id>/outages",
    summary="List when a monitor was down, newest first",
    tags=TAGS,
    operation_id="listMonitorOutages",
)
def list_outages(monitor_id: UUID, limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> OutagePage:
    """Answer a page of outages with what was seen, and the incidents by which people were told."""
    session = enter(READ)
    found = monitor_history.outages(
        session.db, session.org_id, monitor_id, past=cursors.instant(cursor), limit=limit + 1
    )
    items, following = cursors.cut(found, limit, lambda o: (o.starts_at, o.id))
    return OutagePage(items=items, next_cursor=following)


@router.get(
    "/v1/monitors/<monitor_id>/regions",
    summary="Tell what a monitor is in each region, and the certificate it showed there",
    tags=TAGS,
    operation_id="listMonitorRegions",
)
def list_regions(monitor_id: UUID) -> RegionStates:
    """Answer the regions by name."""
    session = enter(READ)
    return monitor_history.regions(session.db, session.org_id, monitor_id)


@router.get(
    "/v1/monitors/<monitor_id>/evidence",
    summary="Tell how many results a monitor has of each origin, from when until when",
    tags=TAGS,
    operation_id="getMonitorEvidence",
)
def get_monitor_evidence(monitor_id: UUID) -> Evidence:
    """Answer a row an origin."""
    session = enter(READ)
    return monitor_history.evidence(session.db, session.org_id, monitor_id)


@router.get(
    "/v1/evidence",
    summary="Tell how many results there are of each origin, from when until when",
    tags=TAGS,
    operation_id="getEvidence",
)
def get_evidence() -> Evidence:
    """Answer a row an origin, over all monitors."""
    session = enter(READ)
    return monitor_history.evidence(session.db, session.org_id, None)


@router.get(
    "/v1/check-regions",
    summary="Tell what the shards of all regions have reported last, and which region sees nothing",
    tags=TAGS,
    operation_id="listCheckRegions",
)
def list_check_regions() -> CheckRegions:
    """Answer the regions of the deployment and the private locations of the organization."""
    session = enter(READ)
    return monitor_history.check_regions(session.db, session.org_id)
