"""Private locations: places of one's own to check from."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import enter
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_probes import PrivateLocation, PrivateLocationInput, PrivateLocationPage
from tocsin.domain.permission import Permission
from tocsin_data.services import private_locations

router = APIGatewayHttpRouter()
TAGS: Final = ["private probes"]
READ: Final = Permission.READ_PROBES
WRITE: Final = Permission.WRITE_PROBES


@router.get(
    "/v1/private-locations", summary="List private locations by name", tags=TAGS, operation_id="listPrivateLocations"
)
def list_locations(limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> PrivateLocationPage:
    """Answer a page of private locations."""
    session = enter(READ)
    found = private_locations.list_locations(session.db, session.org_id, after=cursors.name(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda one: (one.name, one.id))
    return PrivateLocationPage(items=items, next_cursor=following)


@router.post(
    "/v1/private-locations",
    summary="Create a private location, a region that monitors can name",
    tags=TAGS,
    operation_id="createPrivateLocation",
    status_code=HTTPStatus.CREATED.value,
)
def create_location(data: PrivateLocationInput) -> Response[PrivateLocation]:
    """Create a private location, with no probes yet."""
    session = enter(WRITE)
    made = private_locations.create_location(session.db, session.org_id, session.actor, data)
    session.publish_checks()
    return versioned(made, HTTPStatus.CREATED)


@router.get(
    "/v1/private-locations/<location_id>",
    summary="Get a private location; its version is in the ETag too",
    tags=TAGS,
    operation_id="getPrivateLocation",
)
def get_location(location_id: UUID) -> Response[PrivateLocation]:
    """Answer one private location."""
    session = enter(READ)
    return versioned(private_locations.get_location(session.db, session.org_id, location_id))


@router.put(
    "/v1/private-locations/<location_id>",
    summary="Give a private location another name",
    tags=TAGS,
    operation_id="updatePrivateLocation",
)
def update_location(
    location_id: UUID, data: PrivateLocationInput, if_match: IfMatch = None
) -> Response[PrivateLocation]:
    """Rename the one that was read."""
    session, version = enter(WRITE), expected(if_match)
    made = private_locations.rename_location(
        session.db, session.org_id, session.actor, location_id, data, version=version
    )
    return versioned(made)


@router.delete(
    "/v1/private-locations/<location_id>",
    summary="Take a private location out of use, once no monitor names it, and revoke its probes",
    tags=TAGS,
    operation_id="deletePrivateLocation",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_location(location_id: UUID) -> Response[None]:
    """Delete a private location."""
    session = enter(WRITE)
    private_locations.delete_location(session.db, session.org_id, session.actor, location_id)
    session.publish_edge_state()
    return Response(status_code=HTTPStatus.NO_CONTENT.value)
