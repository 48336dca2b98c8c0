"""Services, and the events that came in for them."""

from http import HTTPStatus
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import enter
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api import Service, ServiceInput, ServicePage, ServicePatch
from tocsin.contracts.api_incidents import EventPage
from tocsin.domain.permission import Permission
from tocsin_data.services import catalog
from tocsin_data.views import events

router = APIGatewayHttpRouter()


@router.get("/v1/services", summary="List services by name", tags=["services"], operation_id="listServices")
def list_services(limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> ServicePage:
    """Answer a page of services."""
    session = enter(Permission.READ_SERVICES)
    found = catalog.list_services(session.db, session.org_id, after=cursors.name(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda s: (s.name, s.id))
    return ServicePage(items=items, next_cursor=following)


@router.post(
    "/v1/services",
    summary="Create a service",
    tags=["services"],
    operation_id="createService",
    status_code=HTTPStatus.CREATED.value,
)
def create_service(data: ServiceInput) -> Response[Service]:
    """Create a service."""
    session = enter(Permission.WRITE_SERVICES)
    return versioned(catalog.create_service(session.db, session.org_id, session.actor, data), HTTPStatus.CREATED)


@router.get(
    "/v1/services/<service_id>",
    summary="Get a service; its version is in the ETag too",
    tags=["services"],
    operation_id="getService",
)
def get_service(service_id: UUID) -> Response[Service]:
    """Answer one service."""
    session = enter(Permission.READ_SERVICES)
    return versioned(catalog.get_service(session.db, session.org_id, service_id))


@router.route(
    "/v1/services/<service_id>",
    method="PATCH",
    summary="Change a service: what is left out stays, null takes away",
    tags=["services"],
    operation_id="updateService",
)
def update_service(service_id: UUID, data: ServicePatch, if_match: IfMatch = None) -> Response[Service]:
    """Change the service that was read."""
    session = enter(Permission.WRITE_SERVICES)
    version = expected(if_match)
    return versioned(
        catalog.update_service(session.db, session.org_id, session.actor, service_id, data, version=version)
    )


@router.delete(
    "/v1/services/<service_id>",
    summary="Take a service out of use, and with it its monitors and the routing keys of its integrations",
    tags=["services"],
    operation_id="deleteService",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_service(service_id: UUID) -> Response[None]:
    """Delete a service."""
    session = enter(Permission.WRITE_SERVICES)
    catalog.delete_service(session.db, session.org_id, session.actor, service_id)
    session.publish_edge_state()
    session.publish_checks()
    session.publish_pages()
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.get(
    "/v1/services/<service_id>/events",
    summary="A service's events and what became of each, newest first",
    tags=["services"],
    operation_id="listEvents",
)
def list_events(service_id: UUID, limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> EventPage:
    """Answer a page of events."""
    session = enter(Permission.READ_SERVICES)
    found = events.page(session.db, session.org_id, service_id, before=cursors.instant(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda e: (e.received_at, e.id))
    return EventPage(items=items, next_cursor=following)
