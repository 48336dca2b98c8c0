"""Heartbeats: their pings and keys, ping keys for slugs, and beacons."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import enter, enter_as_lead
from tocsin.contracts.api_heartbeats import (
    Beacon,
    BeaconInput,
    NewBeacon,
    NewPingKey,
    PingKey,
    PingKeyInput,
    PingKeyPage,
    PingPage,
    PingUrl,
)
from tocsin.domain.permission import Permission
from tocsin_data.services import beacons, heartbeats, ping_keys

router = APIGatewayHttpRouter()
TAGS: Final = ["heartbeats"]
READ: Final = Permission.READ_MONITORS
WRITE: Final = Permission.WRITE_MONITORS


@router.get(
    "/v1/monitors/<monitor_id>/pings",
    summary="List what a heartbeat was told, newest first: the last hundred pings",
    tags=TAGS,
    operation_id="listPings",
)
def list_pings(monitor_id: UUID, limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> PingPage:
    """Answer a page of pings."""
    session = enter(READ)
    found = heartbeats.list_pings(
        session.db, session.org_id, monitor_id, after=cursors.instant(cursor), limit=limit + 1
    )
    items, following = cursors.cut(found, limit, lambda ping: (ping.received_at, ping.id))
    return PingPage(items=items, next_cursor=following)


@router.post(
    "/v1/monitors/<monitor_id>/rotate-key",
    summary="Give a heartbeat a new URL, shown this once; the old one is refused from now on",
    tags=TAGS,
    operation_id="rotateHeartbeatKey",
)
def rotate_key(monitor_id: UUID) -> PingUrl:
    """Put a new key in the place of a heartbeat's; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    settings = session.settings
    made = heartbeats.rotate_key(
        session.db,
        session.org_id,
        session.by,
        monitor_id,
        mac_keys=settings.mac_keys(),
        base=settings.events_url,
    )
    session.publish_edge_state()
    return made


@router.get(
    "/v1/monitors/<monitor_id>/beacon",
    summary="Get the beacon of a page's monitor",
    tags=TAGS,
    operation_id="getBeacon",
)
def get_beacon(monitor_id: UUID) -> Beacon:
    """Answer what is kept of a beacon."""
    session = enter(READ)
    return beacons.get_beacon(session.db, session.org_id, monitor_id)


@router.put(
    "/v1/monitors/<monitor_id>/beacon",
    summary="Let visitors of a page tell, unnamed, how it loaded; the snippet is shown this once",
    tags=TAGS,
    operation_id="setBeacon",
)
def set_beacon(monitor_id: UUID, data: BeaconInput | None = None) -> NewBeacon:
    """Make a beacon, in the place of any before; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    settings = session.settings
    made = beacons.set_beacon(
        session.db,
        session.org_id,
        session.by,
        monitor_id,
        data or BeaconInput(),
        mac_keys=settings.mac_keys(),
        base=settings.events_url,
    )
    session.publish_edge_state()
    return made


@router.delete(
    "/v1/monitors/<monitor_id>/beacon",
    summary="Take the beacon of a page's monitor away",
    tags=TAGS,
    operation_id="removeBeacon",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Removed"}},
)
def remove_beacon(monitor_id: UUID) -> Response[None]:
    """End a beacon; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    beacons.remove_beacon(session.db, session.org_id, session.by, monitor_id)
    session.publish_edge_state()
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.get("/v1/ping-keys", summary="List ping keys, newest first", tags=TAGS, operation_id="listPingKeys")
def list_ping_keys(limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> PingKeyPage:
    """Answer a page of ping keys."""
    session = enter(READ)
    found = ping_keys.list_ping_keys(session.db, session.org_id, after=cursors.instant(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda key: (key.created_at, key.id))
    return PingKeyPage(items=items, next_cursor=following)


@router.post(
    "/v1/ping-keys",
    summary="Make a ping key, shown this once, that opens all heartbeats by their slugs",
    tags=TAGS,
    operation_id="createPingKey",
    status_code=HTTPStatus.CREATED.value,
)
def create_ping_key(data: PingKeyInput) -> NewPingKey:
    """Make a ping key."""
    session = enter(WRITE)
    settings = session.settings
    return ping_keys.create_ping_key(
        session.db, session.org_id, session.actor, data, mac_keys=settings.mac_keys(), base=settings.events_url
    )


@router.post(
    "/v1/ping-keys/<ping_key_id>/revoke",
    summary="Revoke a ping key at once",
    tags=TAGS,
    operation_id="revokePingKey",
)
def revoke_ping_key(ping_key_id: UUID) -> PingKey:
    """Revoke a ping key."""
    session = enter(WRITE)
    revoked = ping_keys.revoke_ping_key(session.db, session.org_id, session.actor, ping_key_id)
    session.publish_edge_state()
    return revoked
