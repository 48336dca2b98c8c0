"""Integrations and their routing keys."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import FILTER, Cursor, Limit
from functions.api.session import SERVICE, enter
from tocsin.contracts.api import (
    Integration,
    IntegrationInput,
    IntegrationPage,
    IntegrationTest,
    IntegrationTestInput,
    NewIntegration,
    NewRoutingKey,
    RotateInput,
    RoutingKey,
    RoutingKeyList,
)
from tocsin.domain.permission import Permission
from tocsin.errors import QueueUnavailable
from tocsin.platform import logs, queues
from tocsin_data.services import integrations

router = APIGatewayHttpRouter()


@router.get(
    "/v1/integrations", summary="List integrations by name", tags=["integrations"], operation_id="listIntegrations"
)
def list_integrations(
    service_id: Annotated[UUID | None, FILTER] = None, limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None
) -> IntegrationPage:
    """Answer a page of integrations."""
    session = enter(Permission.READ_SERVICES)
    found = integrations.list_integrations(
        session.db, session.org_id, service_id=service_id, after=cursors.name(cursor), limit=limit + 1
    )
    items, following = cursors.cut(found, limit, lambda i: (i.name, i.id))
    return IntegrationPage(items=items, next_cursor=following)


@router.post(
    "/v1/integrations",
    summary="Create an integration with its first routing key, which is shown this once",
    tags=["integrations"],
    operation_id="createIntegration",
    status_code=HTTPStatus.CREATED.value,
)
def create_integration(data: IntegrationInput) -> NewIntegration:
    """Create an integration."""
    session = enter(Permission.WRITE_SERVICES)
    return integrations.create_integration(
        session.db, session.org_id, session.actor, data, mac_keys=session.settings.mac_keys()
    )


@router.get(
    "/v1/integrations/<integration_id>",
    summary="Get an integration",
    tags=["integrations"],
    operation_id="getIntegration",
)
def get_integration(integration_id: UUID) -> Integration:
    """Answer one integration."""
    session = enter(Permission.READ_SERVICES)
    return integrations.get_integration(session.db, session.org_id, integration_id)


@router.delete(
    "/v1/integrations/<integration_id>",
    summary="Take an integration out of use, and its routing keys with it",
    tags=["integrations"],
    operation_id="deleteIntegration",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_integration(integration_id: UUID) -> Response[None]:
    """Delete an integration."""
    session = enter(Permission.WRITE_SERVICES)
    integrations.delete_integration(session.db, session.org_id, session.actor, integration_id)
    session.publish_edge_state()
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.post(
    "/v1/integrations/<integration_id>/test",
    summary="Send an event as if the integration's tool had: it pages whoever is on call for it",
    tags=["integrations"],
    operation_id="testIntegration",
    status_code=HTTPStatus.ACCEPTED.value,
)
def try_integration(integration_id: UUID, data: IntegrationTestInput | None = None) -> IntegrationTest:
    """Put a test event on the way that every event goes."""
    session = enter(Permission.WRITE_SERVICES)
    wish = data or IntegrationTestInput()
    message = integrations.trial(session.db, session.org_id, session.actor, integration_id, wish)
    try:
        queues.send(session.settings.events_queue_url, [queues.Outgoing(message.to_json(), message.key_hash[:32])])
    except QueueUnavailable as error:
        logs.logger(SERVICE).error("events queue not reached", extra={"reason": str(error)[:300]})
        raise QueueUnavailable("Events can't be taken now. Try again in a moment.") from error
    (event,) = message.events
    return IntegrationTest(event_id=event.event_id, dedup_key=str(event.dedup_key))


@router.get(
    "/v1/integrations/<integration_id>/keys",
    summary="All routing keys of an integration, newest first, and what they are used for",
    tags=["integrations"],
    operation_id="listRoutingKeys",
)
def list_keys(integration_id: UUID) -> RoutingKeyList:
    """Answer an integration's routing keys."""
    session = enter(Permission.READ_SERVICES)
    found = integrations.list_keys(session.db, session.org_id, integration_id)
    return RoutingKeyList(items=list(found))


@router.post(
    "/v1/integrations/<integration_id>/keys",
    summary="Make one more routing key, which is shown this once",
    tags=["integrations"],
    operation_id="createRoutingKey",
    status_code=HTTPStatus.CREATED.value,
)
def create_key(integration_id: UUID) -> NewRoutingKey:
    """Make a routing key."""
    session = enter(Permission.WRITE_SERVICES)
    return integrations.create_key(
        session.db, session.org_id, session.actor, integration_id, mac_keys=session.settings.mac_keys()
    )


@router.post(
    "/v1/integrations/<integration_id>/keys/<key_id>/rotate",
    summary="Put a new routing key in this one's place, which goes on working for the overlap",
    tags=["integrations"],
    operation_id="rotateRoutingKey",
    status_code=HTTPStatus.CREATED.value,
)
def rotate_key(integration_id: UUID, key_id: UUID, data: RotateInput | None = None) -> NewRoutingKey:
    """Rotate a routing key."""
    session = enter(Permission.WRITE_SERVICES)
    wish = data or RotateInput()
    made = integrations.rotate_key(
        session.db,
        session.org_id,
        session.actor,
        integration_id,
        key_id,
        wish,
        mac_keys=session.settings.mac_keys(),
    )
    if wish.overlap_seconds == 0:
        session.publish_edge_state()
    return made


@router.post(
    "/v1/integrations/<integration_id>/keys/<key_id>/revoke",
    summary="End a routing key at once",
    tags=["integrations"],
    operation_id="revokeRoutingKey",
)
def revoke_key(integration_id: UUID, key_id: UUID) -> RoutingKey:
    """Revoke a routing key."""
    session = enter(Permission.WRITE_SERVICES)
    revoked = integrations.revoke_key(session.db, session.org_id, session.actor, integration_id, key_id)
    session.publish_edge_state()
    return revoked
