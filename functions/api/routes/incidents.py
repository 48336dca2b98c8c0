"""Incidents: what there is to respond to, and what happened to it."""

from typing import Annotated, Literal
from uuid import UUID

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import FILTER, FILTERS, MINE, ORDER, Cursor, Limit
from functions.api.session import enter
from tocsin.contracts.api_explanations import Explanation
from tocsin.contracts.api_incidents import IncidentDetail, IncidentPage, NotificationPage, TimelinePage
from tocsin.domain.incident import Status, Urgency
from tocsin.domain.permission import Permission
from tocsin.errors import FieldProblem, Invalid
from tocsin_data.views import explanation, incidents

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
    urgency: Annotated[Urgency | None, FILTER] = None,
    snoozed: Annotated[bool | None, FILTER] = None,
    muted: Annotated[bool | None, FILTER] = None,
    mine: Annotated[bool, MINE] = False,
    sort: Annotated[Literal["-created_at", "created_at"], ORDER] = "-created_at",
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> IncidentPage:
    """Answer a page of incidents."""
    session = enter(Permission.READ_INCIDENTS)
    user_id = session.caller.user_id
    if mine and user_id is None:
        problem = FieldProblem("query.mine", "takes a caller who is a person, or has a key of their own")
        raise Invalid("The request can't be used as it is.", [problem])
    wanted = incidents.Wanted(
        statuses=status or None,
        service_id=service_id,
        oldest_first=sort == "created_at",
        urgency=urgency,
        snoozed=snoozed,
        muted=muted,
        of_user=user_id if mine else None,
    )
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


@router.get(
    "/v1/incidents/<incident_id>/explanation",
    summary="Why an incident went as it did: every decision, and each page from intent to receipt",
    tags=["incidents"],
    operation_id="explainIncident",
)
def explain_incident(incident_id: UUID) -> Explanation:
    """Answer what came, what was decided and why, and what became of each page, in one order."""
    session = enter(Permission.READ_INCIDENTS)
    return explanation.explain(session.db, session.org_id, incident_id)
