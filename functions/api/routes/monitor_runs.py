"""Checks at once: of a monitor as it is, or of one that is only tried."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import Session, enter, enter_as_lead
from tocsin.contracts.api_monitors import MonitorRun, MonitorTest
from tocsin.domain.permission import Permission, allows
from tocsin_data.services import monitor_runs

router = APIGatewayHttpRouter()
TAGS: Final = ["monitors"]
READ: Final = Permission.READ_MONITORS


@router.post(
    "/v1/monitors/<monitor_id>/run",
    summary="Check a monitor now, from all its regions; read the run for what comes of it",
    tags=TAGS,
    operation_id="runMonitor",
    status_code=HTTPStatus.ACCEPTED.value,
)
def run_monitor(monitor_id: UUID) -> Response[MonitorRun]:
    """Ask for a check."""
    session = enter(Permission.RUN_MONITORS)
    run = monitor_runs.run_monitor(session.db, session.org_id, session.by, monitor_id)
    return _asked(session, run)


@router.get(
    "/v1/monitors/<monitor_id>/runs/<run_id>",
    summary="Get what has come of a run so far, by region",
    tags=TAGS,
    operation_id="getMonitorRun",
)
def get_run(monitor_id: UUID, run_id: UUID) -> MonitorRun:
    """Answer a run; the excerpts of answers only to who may run monitors."""
    session = enter(READ)
    return _read(session, monitor_id, run_id)


@router.post(
    "/v1/monitors/test",
    summary="Try a monitor that is not saved; read the run for what comes of it",
    tags=TAGS,
    operation_id="testMonitor",
    status_code=HTTPStatus.ACCEPTED.value,
)
def try_monitor(data: MonitorTest) -> Response[MonitorRun]:
    """Ask for a check of what is not saved; leads may, for their team."""
    session = enter_as_lead(READ, Permission.WRITE_MONITORS)
    bounds = session.settings.monitor_bounds()
    run = monitor_runs.try_monitor(session.db, session.org_id, session.by, data, bounds)
    return _asked(session, run)


@router.get(
    "/v1/monitors/test/<try_id>",
    summary="Get what has come of a try so far, by region",
    tags=TAGS,
    operation_id="getMonitorTest",
)
def get_try(try_id: UUID) -> MonitorRun:
    """Answer a try; the excerpts of answers only to who may run monitors."""
    session = enter(READ)
    return _read(session, None, try_id)


def _asked(session: Session, run: MonitorRun) -> Response[MonitorRun]:
    session.publish_checks()
    return Response(status_code=HTTPStatus.ACCEPTED.value, content_type="application/json", body=run)


def _read(session: Session, monitor_id: UUID | None, run_id: UUID) -> MonitorRun:
    excerpts = allows(session.role, Permission.RUN_MONITORS)
    return monitor_runs.get_run(session.db, session.org_id, monitor_id, run_id, with_excerpts=excerpts)
