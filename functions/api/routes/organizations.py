"""The organization: created, changed, handed on, exported, and deleted with a grace."""

import base64
import json
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.queries import Cursor
from functions.api.session import enter, enter_as_person
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_access import Exported
from tocsin.contracts.api_accounts import (
    ExportPage,
    Member,
    Organization,
    OrganizationEnd,
    OrganizationInput,
    OrganizationPatch,
    Removed,
    TransferInput,
)
from tocsin.domain.permission import Permission
from tocsin.errors import FieldProblem, Invalid
from tocsin_data.services import exporting, memberships, organizations
from tocsin_data.views import export
from tocsin_data.views.export import Place

router = APIGatewayHttpRouter()
TAGS: Final = ["organization"]


@router.post(
    "/v1/organizations",
    summary="Create an organization; you are its owner",
    tags=TAGS,
    operation_id="createOrganization",
    status_code=HTTPStatus.CREATED.value,
)
def create_organization(data: OrganizationInput) -> Response[Organization]:
    """Create an organization."""
    session, user_id = enter_as_person()
    made = organizations.create_organization(session.db, user_id, session.actor, data)
    return versioned(made, HTTPStatus.CREATED)


@router.get("/v1/organization", summary="Get the organization", tags=TAGS, operation_id="getOrganization")
def get_organization() -> Response[Organization]:
    """Answer the organization."""
    session = enter(Permission.READ_ORGANIZATION)
    return versioned(organizations.get_organization(session.db, session.org_id))


@router.patch(  # pyright: ignore[reportUnknownMemberType] - powertools leaves its middlewares bare
    "/v1/organization", summary="Change the organization", tags=TAGS, operation_id="updateOrganization"
)
def change_organization(data: OrganizationPatch, if_match: IfMatch = None) -> Response[Organization]:
    """Change the organization that was read."""
    session = enter(Permission.WRITE_ORGANIZATION)
    version = expected(if_match)
    return versioned(
        organizations.change_organization(session.db, session.org_id, session.actor, data, version=version)
    )


@router.delete(
    "/v1/organization",
    summary="Delete the organization, 30 days from now; type its name",
    tags=TAGS,
    operation_id="deleteOrganization",
)
def end_organization(data: OrganizationEnd) -> Response[Organization]:
    """Begin the grace after which the organization ends."""
    session = enter(Permission.END_ORGANIZATION)
    return versioned(organizations.end_organization(session.db, session.org_id, session.actor, data))


@router.post(
    "/v1/organization/restore",
    summary="Take the organization's deletion back",
    tags=TAGS,
    operation_id="restoreOrganization",
)
def restore_organization() -> Response[Organization]:
    """Let the organization go on."""
    session = enter(Permission.END_ORGANIZATION)
    return versioned(organizations.restore_organization(session.db, session.org_id, session.actor))


@router.get(
    "/v1/organization/export",
    summary="Export everything the organization owns, page by page, without secrets",
    tags=TAGS,
    operation_id="exportOrganization",
)
def export_organization(cursor: Cursor = None) -> ExportPage:
    """Answer one page of an export."""
    session = enter(Permission.EXPORT_ORGANIZATION)
    records, following = export.page(session.db, session.org_id, _place(cursor))
    if not session.caller.is_demo:
        told = Exported(asked={})
        exporting.tell(session.db, session.org_id, session.actor, exporting.ORGANIZATION, told, is_first=cursor is None)
    return ExportPage(items=list(records), next_cursor=None if following is None else _cursor(following))


@router.post("/v1/organization/leave", summary="Leave the organization", tags=TAGS, operation_id="leaveOrganization")
def leave() -> Removed:
    """End one's own membership."""
    session, user_id = enter_as_person()
    return memberships.leave(session.db, session.org_id, session.actor, user_id)


@router.post(
    "/v1/organization/transfer",
    summary="Hand the organization to a member; you stay as an admin",
    tags=TAGS,
    operation_id="transferOrganization",
)
def transfer(data: TransferInput) -> Member:
    """Make another member owner in one's own place."""
    session, user_id = enter_as_person()
    enter(Permission.END_ORGANIZATION)
    return memberships.transfer(session.db, session.org_id, session.actor, user_id, data.user_id)


def _cursor(place: Place) -> str:
    return base64.urlsafe_b64encode(json.dumps([place.resource, *place.keys]).encode()).decode().rstrip("=")


def _place(cursor: str | None) -> Place:
    if cursor is None:
        return Place(export.RESOURCES[0].name)
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        name, *keys = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        resource = next(found for found in export.RESOURCES if found.name == name)
        if keys and len(keys) != len(resource.keys):
            raise ValueError(cursor)
        kept = tuple(_kept(column, key) for column, key in zip(resource.keys, keys, strict=False))
    except (ValueError, TypeError, OverflowError, StopIteration, RecursionError) as error:
        problem = FieldProblem("query.cursor", "is not a cursor of ours; leave it out to begin at the first page")
        raise Invalid("The request can't be used as it is.", [problem]) from error
    return Place(name, kept)


def _kept(column: str, key: object) -> str:
    """A key as its column can hold it; raises ValueError and others for one that it could not."""
    if not isinstance(key, str):
        raise TypeError(key)
    if column in {"version", "position"}:
        if not 0 <= int(key) < 2**31:
            raise ValueError(key)
        return str(int(key))
    if column == "hour":
        return datetime.fromisoformat(key).astimezone(UTC).isoformat()
    if column == "day":
        return date.fromisoformat(key).isoformat()
    if column in {"dedup_key", "urgency", "region", "origin", "time_zone", "serial", "variant"}:
        if "\x00" in key or not key.encode():
            raise ValueError(key)
        return key
    return str(UUID(key))
