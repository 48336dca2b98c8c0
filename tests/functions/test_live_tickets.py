"""Tickets of those who may no more by the time they use them, and how many connections there may be."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.support.live_host import LiveHost, Socket, live_host
from tests.support.signed_in import SignedIn, member
from tests.support.world import MAC_KEYS, World
from tocsin.domain.live import MOST_OF_ONE, MOST_VISITORS
from tocsin.domain.permission import Role
from tocsin.platform.tokens import Purpose, digest, issue
from tocsin_data.services import live
from tocsin_data.services.actors import Actor
from tocsin_data.services.calling import Caller

DEMOTED = "update membership set role = 'viewer' where user_id = %s returning 1"
REMOVED = "delete from membership where user_id = %s returning 1"
REVOKED = "update api_key set revoked_at = app.clock() where id = %s returning 1"
ROTATED = "update api_key set expires_at = app.clock() where id = %s returning 1"


@pytest.fixture
def host(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveHost]:
    with live_host(world, monkeypatch) as found:
        yield found


@pytest.fixture
def alice(host: LiveHost) -> SignedIn:
    return member(host.api, host.world.alice, host.world.org_id)


def opens(host: LiveHost, ticket: str) -> int:
    return Socket(host).connect(ticket)


def ticket_of(host: LiveHost, role: Role, *, user_id: UUID | None = None, key_id: UUID | None = None) -> str:
    """What a request is given that found its caller before something happened to them."""
    world = host.world
    actor = Actor("user", str(user_id)) if key_id is None else Actor("api_key", str(key_id))
    caller = Caller(actor, world.now, 1, user_id=user_id, org_id=world.org_id, role=role)
    return live.open_ticket(world.database.enter("app"), caller, world.org_id, url="wss://live.example").ticket


@pytest.mark.parametrize("ending", [DEMOTED, REMOVED])
def test_a_person_who_has_another_role_by_then_opens_no_socket_in_the_old(host: LiveHost, ending: str) -> None:
    user_id = host.world.alice.user_id
    assert opens(host, ticket_of(host, Role.RESPONDER, user_id=user_id)) == 200
    host.world.database.rows(ending, user_id)
    assert opens(host, ticket_of(host, Role.RESPONDER, user_id=user_id)) == 403
    assert host.world.database.rows("select 1 from live_ticket") == []


@pytest.mark.parametrize("ending", [REVOKED, ROTATED])
def test_a_key_that_has_ended_by_then_opens_no_socket(host: LiveHost, ending: str) -> None:
    key_id = UUID(host.api.call("POST", "/v1/api-keys", {"name": "k", "role": "viewer"}).json["id"])
    assert opens(host, ticket_of(host, Role.VIEWER, key_id=key_id)) == 200
    host.world.database.rows(ending, key_id)
    assert opens(host, ticket_of(host, Role.VIEWER, key_id=key_id)) == 403


def test_a_personal_key_opens_sockets_in_the_lesser_of_its_role_and_its_persons(
    host: LiveHost, alice: SignedIn
) -> None:
    made = alice.call("POST", "/v1/api-keys", {"name": "k", "role": "responder", "personal": True}).json
    person, key_id = host.world.alice.user_id, UUID(made["id"])
    assert opens(host, ticket_of(host, Role.RESPONDER, user_id=person, key_id=key_id)) == 200
    host.world.database.rows(DEMOTED, person)
    assert opens(host, ticket_of(host, Role.RESPONDER, user_id=person, key_id=key_id)) == 403
    assert opens(host, ticket_of(host, Role.VIEWER, user_id=person, key_id=key_id)) == 200


def test_one_person_or_key_has_so_many_sockets_and_no_more(host: LiveHost, alice: SignedIn) -> None:
    def ticket() -> str:
        return alice.call("POST", "/v1/live/tickets").json["ticket"]

    first = Socket(host)
    assert first.connect(ticket()) == 200
    assert [opens(host, ticket()) for _ in range(MOST_OF_ONE)] == [200] * (MOST_OF_ONE - 1) + [429]
    assert opens(host, host.ticket()["ticket"]) == 200
    first.disconnect()
    assert [opens(host, ticket()) for _ in range(2)] == [200, 429]


def test_a_demo_has_room_for_so_many_visitors_and_no_more(host: LiveHost) -> None:
    visit, world = issue(Purpose.DEMO, MAC_KEYS), host.world
    with world.database.admin() as conn:
        conn.execute("update organization set is_demo = true where id = %s", (world.org_id,))
        conn.execute(
            "insert into demo_session (token_hash, org_id, source_address, created_at, expires_at)"
            " values (%s, %s, '192.0.2.1', now(), now() + interval '30 minutes')",
            (digest(visit), world.org_id),
        )
        conn.execute(
            "insert into live_connection (id, org_id, allowed, last_seen_at, expires_at)"
            " select n::text, %s, '{incidents}', now(), now() + interval '1 hour' from generate_series(2, %s) as n",
            (world.org_id, MOST_VISITORS),
        )
    assert [opens(host, host.ticket(visit)["ticket"]) for _ in range(2)] == [200, 429]
    assert opens(host, host.ticket()["ticket"]) == 200
