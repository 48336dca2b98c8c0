"""API keys: of the organization for who runs it, of oneself for everybody who responds."""

from http import HTTPStatus
from uuid import UUID

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import Session, enter
from tocsin.contracts.api import RotateInput
from tocsin.contracts.api_access import ApiKey, ApiKeyInput, ApiKeyPage, NewApiKey
from tocsin.domain.permission import Permission
from tocsin_data.services import api_keys
from tocsin_data.services.api_keys import Holder

router = APIGatewayHttpRouter()


@router.get(
    "/v1/api-keys",
    summary="List API keys, newest first: all of them for admins, else your own",
    tags=["API keys"],
    operation_id="listApiKeys",
)
def list_api_keys(
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> ApiKeyPage:
    """Answer a page of API keys."""
    session = enter(Permission.READ_OWN_KEYS)
    found = api_keys.list_api_keys(
        session.db, session.org_id, _holder(session), before=cursors.instant(cursor), limit=limit + 1
    )
    items, following = cursors.cut(found, limit, lambda key: (key.created_at, key.id))
    return ApiKeyPage(items=items, next_cursor=following)


@router.post(
    "/v1/api-keys",
    summary="Make an API key, shown this once, that may do no more than you",
    tags=["API keys"],
    operation_id="createApiKey",
    status_code=HTTPStatus.CREATED.value,
)
def create_api_key(data: ApiKeyInput) -> NewApiKey:
    """Make an API key."""
    session = enter(Permission.WRITE_OWN_KEYS)
    mac_keys = session.settings.mac_keys()
    return api_keys.create_api_key(session.db, session.org_id, _holder(session), data, mac_keys=mac_keys)


@router.get("/v1/api-keys/<key_id>", summary="Get an API key", tags=["API keys"], operation_id="getApiKey")
def get_api_key(key_id: UUID) -> ApiKey:
    """Answer what is kept of an API key."""
    session = enter(Permission.READ_OWN_KEYS)
    return api_keys.get_api_key(session.db, session.org_id, _holder(session), key_id)


@router.post(
    "/v1/api-keys/<key_id>/rotate",
    summary="Put a new key in a key's place; the old one works for the overlap",
    tags=["API keys"],
    operation_id="rotateApiKey",
)
def rotate_api_key(key_id: UUID, data: RotateInput) -> NewApiKey:
    """Rotate an API key."""
    session = enter(Permission.WRITE_OWN_KEYS)
    mac_keys = session.settings.mac_keys()
    return api_keys.rotate_api_key(session.db, session.org_id, _holder(session), key_id, data, mac_keys=mac_keys)


@router.post(
    "/v1/api-keys/<key_id>/revoke",
    summary="Revoke an API key at once",
    tags=["API keys"],
    operation_id="revokeApiKey",
)
def revoke_api_key(key_id: UUID) -> ApiKey:
    """Revoke an API key."""
    session = enter(Permission.WRITE_OWN_KEYS)
    return api_keys.revoke_api_key(session.db, session.org_id, _holder(session), key_id)


def _holder(session: Session) -> Holder:
    caller = session.caller
    return Holder(session.actor, session.role, caller.user_id, caller.access, caller.groups, caller.expires_at)
