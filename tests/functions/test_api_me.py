"""People by their access tokens: registered at their first call, renamed, moved, signed out, deleted."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.http_api import http_event
from tests.support.sign_in import Pool, signing_in
from tests.support.world import World


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    with signing_in() as found:
        for name, value in found.environment.items():
            monkeypatch.setenv(name, value)
        yield found


@pytest.fixture
def api(pool: Pool, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    del pool
    with api_host(world, monkeypatch) as host:
        yield host


def call(api: ApiHost, token: str, method: str, path: str, body: Any = None, org: object = None) -> Answered:
    headers = {} if org is None else {"Tocsin-Organization": str(org)}
    return api.call(method, path, body, key=token, headers=headers)


def test_a_first_call_registers_and_links_who_was_there_before(api: ApiHost, pool: Pool, world: World) -> None:
    new = pool.token("s-new", "New@Other.example", name="New")
    found = call(api, new, "GET", "/v1/me").json
    assert (found["kind"], found["name"], found["email"]) == ("user", "New", "new@other.example")
    assert found["organizations"] == []
    assert call(api, new, "GET", "/v1/me").json["user_id"] == found["user_id"]
    world.team("ops", [world.alice])
    alice = pool.token("s-alice", world.alice.email.upper())
    other = World(world.database, name="Other")
    mine = call(api, alice, "GET", "/v1/me").json
    assert mine["user_id"] == str(world.alice.user_id)
    ((ours),) = mine["organizations"]
    assert (ours["id"], ours["role"]) == (str(world.org_id), "responder")
    assert [(t["name"], t["role"]) for t in ours["teams"]] == [("ops", "member")]
    assert call(api, alice, "GET", "/v1/incidents", org=world.org_id).status == 200
    for org in (other.org_id, uuid4()):
        assert call(api, alice, "GET", "/v1/incidents", org=org).problem["code"] == "not_found"
    assert call(api, alice, "GET", "/v1/incidents").problem["code"] == "organization_required"
    taken = call(api, pool.token("s-thief", world.alice.email), "GET", "/v1/me")
    assert (taken.status, taken.problem["code"]) == (403, "forbidden")
    unverified = pool.token("s-x", world.bob.email, email_verified="false")
    assert call(api, unverified, "GET", "/v1/me").status == 403


def test_a_key_is_told_what_it_is_and_has_no_account(api: ApiHost, world: World) -> None:
    key = world.api_key("viewer")
    found = call(api, key, "GET", "/v1/me").json
    assert found["kind"] == "api_key"
    assert [(o["id"], o["role"]) for o in found["organizations"]] == [(str(world.org_id), "viewer")]
    for method, path, body in (("PATCH", "", {"name": "x"}), ("POST", "/sign-out", None), ("DELETE", "", None)):
        assert call(api, key, method, f"/v1/me{path}", body).problem["code"] == "forbidden"


def test_a_new_name_is_told_to_every_organization(api: ApiHost, pool: Pool, world: World) -> None:
    alice = pool.token("s-alice", world.alice.email)
    assert call(api, alice, "PATCH", "/v1/me", {"name": "Alicia"}).json["name"] == "Alicia"
    entries = world.database.rows("select org_id, action, before, after, subject_id from audit_entry")
    said = (world.org_id, "user.renamed", {"name": "Alice"}, {"name": "Alicia"}, str(world.alice.user_id))
    assert entries == [said]
    assert call(api, alice, "PATCH", "/v1/me", {"name": " "}).fields.keys() == {"name"}


def test_a_verified_address_is_followed_unless_it_is_anothers(api: ApiHost, pool: Pool, world: World) -> None:
    call(api, pool.token("s-alice", world.alice.email), "GET", "/v1/me")
    moved = call(api, pool.token("s-alice", "Alice@New.example"), "GET", "/v1/me").json
    assert (moved["email"], moved["refused_email"]) == ("alice@new.example", None)
    kept = call(api, pool.token("s-alice", world.bob.email), "GET", "/v1/me").json
    assert (kept["email"], kept["refused_email"]) == ("alice@new.example", world.bob.email)
    loose = pool.token("s-alice", "third@new.example", email_verified="false")
    assert call(api, loose, "GET", "/v1/me").json["email"] == "alice@new.example"
    assert world.database.rows("select action from audit_entry") == [("user.email_changed",)]


def test_signed_out_everywhere_and_in_again(api: ApiHost, pool: Pool, world: World) -> None:
    alice = pool.token("s-alice", world.alice.email)
    assert call(api, alice, "POST", "/v1/me/sign-out").status == 204
    refused = call(api, alice, "GET", "/v1/me")
    assert refused.status == 401
    assert "signed out" in refused.problem["detail"]
    later = pool.token("s-alice", world.alice.email)
    world.database.rows("update user_account set signed_out_at = now() - interval '1 minute' returning id")
    assert call(api, later, "GET", "/v1/me").status == 200


def test_a_token_the_gateway_still_knows_ends_in_time(api: ApiHost, pool: Pool, world: World) -> None:
    alice = pool.token("s-alice", world.alice.email)
    assert call(api, alice, "GET", "/v1/me").status == 200
    world.database.advance(timedelta(minutes=16))
    over = call(api, alice, "GET", "/v1/me")
    assert (over.status, "expired" in over.problem["detail"]) == (401, True)


def test_a_deleted_account_is_gone_with_all_it_could_do(api: ApiHost, pool: Pool, world: World) -> None:
    alice = pool.token("s-alice", world.alice.email)
    user_id = world.alice.user_id
    world.database.rows("update membership set role = 'owner' where user_id = %s returning 1", user_id)
    personal = world.api_key("viewer")
    world.database.rows("update api_key set user_id = %s where hint = %s returning 1", user_id, personal[-4:])
    last = call(api, alice, "DELETE", "/v1/me")
    assert (last.status, last.problem["code"]) == (409, "conflict")
    assert str(world.org_id) in last.problem["detail"]
    world.person("Olga", role="owner")
    assert call(api, alice, "DELETE", "/v1/me").status == 204
    rows = world.database.rows
    assert rows("select name, email from user_account where id = %s", user_id) == [
        ("Deleted account", f"{user_id}@deleted.invalid")
    ]
    assert rows("select count(*) from membership where user_id = %s", user_id) == [(0,)]
    assert rows("select action, before, after from audit_entry") == [("user.deleted", None, None)]
    for gone in (alice, personal, pool.token("s-alice", world.alice.email)):
        assert call(api, gone, "GET", "/v1/me").status == 401
    again = call(api, pool.token("s-again", world.alice.email), "GET", "/v1/me").json
    assert again["user_id"] != str(user_id)
    assert again["organizations"] == []


def test_anybody_is_told_where_people_sign_in(api: ApiHost, monkeypatch: pytest.MonkeyPatch) -> None:
    for said, registration in (("open", "open"), ("invitation", "invitation"), ("domains:acme.example", "domains")):
        monkeypatch.setenv("SIGN_UP", said)
        answer = api.invoke(http_event("GET", "/v1/sign-in"))
        assert (answer.status, answer.json["self_registration"]) == (200, registration)
        assert "acme.example" not in answer.text
    assert answer.json == {
        "region": "eu-west-1",
        "user_pool_id": "eu-west-1_AbCdEfGhI",
        "client_id": "client",
        "issuer": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
        "endpoint": None,
        "events_url": "https://events.tocsin.example",
        "self_registration": "domains",
        "single_sign_on_url": None,
    }
    monkeypatch.setenv("SINGLE_SIGN_ON_URL", "https://tocsin.auth.eu-west-1.amazoncognito.com")
    monkeypatch.setenv("SIGN_IN_ENDPOINT", "http://127.0.0.1:1")
    told = api.invoke(http_event("GET", "/v1/sign-in")).json
    assert told["single_sign_on_url"] == "https://tocsin.auth.eu-west-1.amazoncognito.com"
    assert told["endpoint"] == "http://127.0.0.1:1"
