"""Incidents: what there is to respond to, what happened to it, and the responses."""

from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import FILTER, FILTERS, ORDER, Cursor, Limit
from functions.api.refusals import AlreadyMoved
from functions.api.session import Session, enter
from tocsin.contracts.api_incidents import (
    IncidentDetail,
    IncidentPage,
    NoteInput,
    NotificationPage,
    ReassignInput,
    TimelinePage,
)
from tocsin.domain.incident import Action, Status, WrongStatus
from tocsin.domain.permission import Permission
from tocsin_data.services import responding
from tocsin_data.services.responding import Moved
from tocsin_data.views import incidents

router = APIGatewayHttpRouter()


@router.get(
    "/v1/incidents",
    summary="List incidents, newest first unless sorted",
    tags=["incidents"],
    operation_id="listIncidents",
)
def list_incidents(
    status: Annotated[list[Status] | None, FILTERS] = None,
    service_id: Annotated[UUID | None, FILTER] = None,
    sort: Annotated[Literal["-created_at", "created_at"], ORDER] = "-created_at",
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> IncidentPage:
    """Answer a page of incidents."""
    session = enter(Permission.READ_INCIDENTS)
    wanted = incidents.Wanted(status or None, service_id, oldest_first=sort == "created_at")
    past = cursors.instant(cursor)
    found, stop = incidents.page(session.db, session.org_id, wanted, past=past, limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda i: (i.created_at, i.id))
    return IncidentPage(items=items, next_cursor=following, paging_stop=stop)


@router.get("/v1/incidents/<incident_id>", summary="Get an incident", tags=["incidents"], operation_id="getIncident")
def get_incident(incident_id: UUID) -> IncidentDetail:
    """Answer one incident."""
    session = enter(Permission.READ_INCIDENTS)
    return incidents.get(session.db, session.org_id, incident_id)


@router.get(
    "/v1/incidents/<incident_id>/timeline",
    summary="What happened to an incident, oldest first",
    tags=["incidents"],
    operation_id="listTimeline",
)
def list_timeline(incident_id: UUID, limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> TimelinePage:
    """Answer a page of a timeline."""
    session = enter(Permission.READ_INCIDENTS)
    found = incidents.timeline(session.db, session.org_id, incident_id, after=cursors.instant(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda entry: (entry.at, entry.id))
    return TimelinePage(items=items, next_cursor=following)


@router.get(
    "/v1/incidents/<incident_id>/notifications",
    summary="An incident's pages and the fate of each, oldest first",
    tags=["incidents"],
    operation_id="listNotifications",
)
def list_notifications(
    incident_id: UUID, limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None
) -> NotificationPage:
    """Answer a page of notifications."""
    session = enter(Permission.READ_INCIDENTS)
    found = incidents.notifications(
        session.db, session.org_id, incident_id, after=cursors.instant(cursor), limit=limit + 1
    )
    items, following = cursors.cut(found, limit, lambda n: (n.created_at, n.id))
    return NotificationPage(items=items, next_cursor=following)


@router.post(
    "/v1/incidents/<incident_id>/acknowledge",
    summary="Acknowledge an incident: the escalation stops",
    tags=["incidents"],
    operation_id="acknowledgeIncident",
)
def acknowledge(incident_id: UUID) -> IncidentDetail:
    """Acknowledge; the one who comes second is told who was first."""
    return _act(incident_id, Action.ACKNOWLEDGE)


@router.post(
    "/v1/incidents/<incident_id>/resolve",
    summary="Resolve an incident",
    tags=["incidents"],
    operation_id="resolveIncident",
)
def resolve(incident_id: UUID) -> IncidentDetail:
    """Resolve; the one who comes second is told who was first."""
    return _act(incident_id, Action.RESOLVE)


@router.post(
    "/v1/incidents/<incident_id>/reassign",
    summary="Page other people, or start over with a policy",
    tags=["incidents"],
    operation_id="reassignIncident",
)
def reassign(incident_id: UUID, data: ReassignInput) -> IncidentDetail:
    """Reassign to people or to a policy."""
    session = enter(Permission.RESPOND)
    actor = str(session.actor)
    try:
        if data.policy_id is not None:
            moved = responding.reassign_to_policy(session.db, session.org_id, incident_id, data.policy_id, actor)
        else:
            users = list(dict.fromkeys(data.user_ids or []))
            moved = responding.reassign_to_users(session.db, session.org_id, incident_id, users, actor)
    except WrongStatus as error:
        raise _already_moved(session, incident_id, error) from error
    return _moved(session, moved)


@router.post(
    "/v1/incidents/<incident_id>/notes",
    summary="Write a note into the timeline",
    tags=["incidents"],
    operation_id="addNote",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Written"}},
)
def add_note(incident_id: UUID, data: NoteInput) -> Response[None]:
    """Write a note."""
    session = enter(Permission.RESPOND)
    responding.note(session.db, session.org_id, incident_id, data.text, str(session.actor))
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


def _act(incident_id: UUID, action: Action) -> IncidentDetail:
    session = enter(Permission.RESPOND)
    try:
        moved = responding.act(session.db, session.org_id, incident_id, action, str(session.actor))
    except WrongStatus as error:
        raise _already_moved(session, incident_id, error) from error
    return _moved(session, moved)


def _moved(session: Session, moved: Moved) -> IncidentDetail:
    session.send(moved.leaving)
    return incidents.get(session.db, session.org_id, moved.incident_id)


def _already_moved(session: Session, incident_id: UUID, error: WrongStatus) -> AlreadyMoved:
    return AlreadyMoved(incidents.get(session.db, session.org_id, incident_id), error.action)
