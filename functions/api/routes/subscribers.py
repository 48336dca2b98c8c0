"""Subscribers of status pages: who outside is told what they say. Their addresses nobody can read."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import FILTER, Cursor, Limit
from functions.api.session import enter
from tocsin.contracts.api_subscribers import Subscriber, SubscriberCounts, SubscriberInput, SubscriberPage
from tocsin.domain.permission import Permission
from tocsin.domain.subscriber import SubscriberState
from tocsin_data.services import subscribers

router = APIGatewayHttpRouter()
TAGS: Final = ["status pages"]
READ: Final = Permission.READ_STATUS_PAGES
WRITE: Final = Permission.WRITE_STATUS_PAGES


@router.get(
    "/v1/status-pages/<page_id>/subscribers",
    summary="List subscribers of a status page; of their addresses, what lets you tell them apart",
    tags=TAGS,
    operation_id="listSubscribers",
)
def list_subscribers(
    page_id: UUID,
    state: Annotated[SubscriberState | None, FILTER] = None,
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> SubscriberPage:
    """Answer a page of subscribers, in the order in which they first asked."""
    session = enter(READ)
    place = cursors.name(cursor)
    found = subscribers.list_subscribers(
        session.db, session.org_id, page_id, state=state, after=None if place is None else place[1], limit=limit + 1
    )
    items, following = cursors.cut(found, limit, lambda one: ("id", one.id))
    return SubscriberPage(items=items, next_cursor=following)


@router.get(
    "/v1/status-pages/<page_id>/subscribers/counts",
    summary="Count the subscribers of a status page, by channel and state",
    tags=TAGS,
    operation_id="countSubscribers",
)
def count_subscribers(page_id: UUID) -> SubscriberCounts:
    """Answer how many there are."""
    session = enter(READ)
    return subscribers.count_subscribers(session.db, session.org_id, page_id)


@router.post(
    "/v1/status-pages/<page_id>/subscribers",
    summary="Ask somebody whether they want to be told; they are, once they confirm",
    tags=TAGS,
    operation_id="addSubscriber",
    status_code=HTTPStatus.CREATED.value,
)
def add_subscriber(page_id: UUID, data: SubscriberInput) -> Response[Subscriber]:
    """Ask somebody; who was asked within the hour is not asked again."""
    session = enter(WRITE)
    made, leaving = subscribers.add_subscriber(
        session.db,
        session.org_id,
        session.actor,
        page_id,
        data,
        mac_keys=session.settings.mac_keys(),
        seal_public_key=session.settings.seal_public_key(),
    )
    session.send(leaving)
    return Response(status_code=HTTPStatus.CREATED.value, content_type="application/json", body=made)


@router.delete(
    "/v1/status-pages/<page_id>/subscribers/<subscriber_id>",
    summary="Take a subscriber off a status page, and forget the address",
    tags=TAGS,
    operation_id="deleteSubscriber",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_subscriber(page_id: UUID, subscriber_id: UUID) -> Response[None]:
    """Delete a subscriber."""
    session = enter(WRITE)
    subscribers.delete_subscriber(session.db, session.org_id, session.actor, page_id, subscriber_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)
