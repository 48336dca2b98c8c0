"""Destinations: where steps can page that is no person."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import enter, enter_as_lead
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_destinations import (
    Destination,
    DestinationInput,
    DestinationPage,
    DestinationPatch,
    DestinationTest,
    NewDestination,
)
from tocsin.domain.permission import Permission
from tocsin_data.services import destinations

router = APIGatewayHttpRouter()
TAGS: Final = ["destinations"]
READ: Final = Permission.READ_POLICIES
WRITE: Final = Permission.WRITE_POLICIES


@router.get("/v1/destinations", summary="List destinations by name", tags=TAGS, operation_id="listDestinations")
def list_destinations(limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> DestinationPage:
    """Answer a page of destinations."""
    session = enter(READ)
    found = destinations.list_destinations(session.db, session.org_id, after=cursors.name(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda d: (d.name, d.id))
    return DestinationPage(items=items, next_cursor=following)


@router.post(
    "/v1/destinations",
    summary="Create a webhook or chat channel for steps to page; a webhook's signing secret is shown this once",
    tags=TAGS,
    operation_id="createDestination",
    status_code=HTTPStatus.CREATED.value,
)
def create_destination(data: DestinationInput) -> Response[NewDestination]:
    """Create a destination; leads may, for their team."""
    session = enter_as_lead(READ, WRITE)
    key = session.settings.seal_public_key()
    made = destinations.create_destination(session.db, session.org_id, session.by, data, seal_public_key=key)
    return versioned(made, HTTPStatus.CREATED)


@router.get(
    "/v1/destinations/<destination_id>",
    summary="Get a destination; its version is in the ETag too",
    tags=TAGS,
    operation_id="getDestination",
)
def get_destination(destination_id: UUID) -> Response[Destination]:
    """Answer one destination, without its URL."""
    session = enter(READ)
    return versioned(destinations.get_destination(session.db, session.org_id, destination_id))


@router.patch(  # pyright: ignore[reportUnknownMemberType] - powertools types its middlewares in part
    "/v1/destinations/<destination_id>",
    summary="Change a destination; with a new URL it is switched on again and has a new signing secret",
    tags=TAGS,
    operation_id="updateDestination",
)
def update_destination(
    destination_id: UUID, data: DestinationPatch, if_match: IfMatch = None
) -> Response[NewDestination]:
    """Change a destination; leads of the owning team may."""
    session, version = enter_as_lead(READ, WRITE), expected(if_match)
    key = session.settings.seal_public_key()
    made = destinations.update_destination(
        session.db, session.org_id, session.by, destination_id, data, version=version, seal_public_key=key
    )
    return versioned(made)


@router.post(
    "/v1/destinations/<destination_id>/disable",
    summary="Switch off a destination",
    tags=TAGS,
    operation_id="disableDestination",
)
def disable_destination(destination_id: UUID) -> Destination:
    """Switch off a destination; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    return destinations.disable_destination(session.db, session.org_id, session.by, destination_id)


@router.post(
    "/v1/destinations/<destination_id>/tests",
    summary="Send a test page to a destination",
    tags=TAGS,
    operation_id="testDestination",
    status_code=HTTPStatus.CREATED.value,
)
def test_destination(destination_id: UUID) -> DestinationTest:
    """Send a test page; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    key = session.settings.seal_public_key()
    made, leaving = destinations.send_test(session.db, session.org_id, session.by, destination_id, seal_public_key=key)
    session.send(leaving)
    return made


@router.get(
    "/v1/destinations/<destination_id>/tests/<test_id>",
    summary="What has become of a test page to a destination",
    tags=TAGS,
    operation_id="getDestinationTest",
)
def get_test(destination_id: UUID, test_id: UUID) -> DestinationTest:
    """Answer a test page's state."""
    session = enter(READ)
    return destinations.get_test(session.db, session.org_id, destination_id, test_id)


@router.delete(
    "/v1/destinations/<destination_id>",
    summary="Take a destination out of use; steps that name it pass it",
    tags=TAGS,
    operation_id="deleteDestination",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_destination(destination_id: UUID) -> Response[None]:
    """Delete a destination; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    destinations.delete_destination(session.db, session.org_id, session.by, destination_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)
