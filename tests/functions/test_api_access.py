"""Who may do what: every route of the API, for every role, across organizations, and with what is no credential."""

from collections.abc import Iterator

import pytest

from functions.api.handler import handler
from tests.support.api_host import ApiHost, api_host
from tests.support.documented import document
from tests.support.http_api import http_event
from tests.support.route_ids import ids
from tests.support.routes import ROUTES, WITHIN, Route, Without, documented
from tests.support.sign_in import Pool, signing_in
from tests.support.world import MAC_KEYS, World
from tocsin.domain.permission import Group, Permission, Role, allows
from tocsin.platform.tokens import MacKeys, Purpose, digest, issue
from tocsin_data.services.processing import process


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    with signing_in() as found:
        for name, value in found.environment.items():
            monkeypatch.setenv(name, value)
        yield found


@pytest.fixture
def api(pool: Pool, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    del pool
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=6000)
    with api_host(world, monkeypatch) as host:
        yield host


def call(api: ApiHost, route: Route, values: dict[str, str], credential: str, **headers: str) -> tuple[int, str]:
    """The status and the code of a problem."""
    path, body = route.filled(values)
    sent = {"If-Match": '"1"', **{name.replace("_", "-"): value for name, value in headers.items()}}
    answer = api.call(route.method, path, body, key=credential, headers=sent)
    return answer.status, answer.json.get("code", "") if answer.status >= 400 else ""


def test_this_list_of_routes_is_the_whole_api() -> None:
    found = {(m, documented(path)) for path, operations in document()["paths"].items() for m in operations}
    assert {route.operation for route in ROUTES} == found


@pytest.mark.parametrize("role", Role)
def test_a_member_may_do_what_the_table_says_and_no_more(api: ApiHost, pool: Pool, world: World, role: Role) -> None:
    values, me = ids(world), world.alice
    world.database.rows("update membership set role = %s where user_id = %s returning 1", role, me.user_id)
    world.database.rows("update service set policy_id = null where org_id = %s returning id", world.org_id)
    token = pool.token("s-alice", me.email)
    answers = [(r, *call(api, r, values, token, Tocsin_Organization=str(world.org_id))) for r in WITHIN]
    for route, status, code in answers:
        if allows(role, route.needs):
            assert status in route.answers, (route, status, code)
        else:
            assert (status, code) == (403, "forbidden"), route


@pytest.mark.parametrize("role", Role)
def test_a_key_may_do_what_its_role_may_and_nothing_of_a_persons(api: ApiHost, world: World, role: Role) -> None:
    key, values = world.api_key(role), ids(world)
    for route in ROUTES:
        if isinstance(route.needs, Permission):
            refused = call(api, route, values, key) == (403, "forbidden")
            of_oneself = route.needs.group in {Group.KEYS, Group.CONTACT_METHODS}
            assert refused or allows(role, route.needs), route
            assert not refused or of_oneself or not allows(role, route.needs), route
        elif route.needs is Without.PERSON:
            assert call(api, route, values, key) == (403, "forbidden"), route


def test_a_key_for_reading_changes_nothing_and_one_for_a_group_sees_nothing_else(api: ApiHost, world: World) -> None:
    reading, grouped, values = world.api_key("owner"), world.api_key("owner"), ids(world)
    rows = world.database.rows
    rows("update api_key set access = 'read' where key_hash = %s returning 1", digest(reading))
    rows("update api_key set groups = '{policies}' where key_hash = %s returning 1", digest(grouped))
    for route in WITHIN:
        if not route.needs.is_read:
            assert call(api, route, values, reading) == (403, "forbidden"), route
        if route.needs.group is not Group.POLICIES:
            assert call(api, route, values, grouped) == (403, "forbidden"), route


def test_a_stranger_finds_nothing_there(api: ApiHost, pool: Pool, world: World) -> None:
    other, values = World(world.database, name="Other"), ids(world)
    member = pool.token("s-bob", other.bob.email)
    rows = world.database.rows
    rows("update membership set role = 'owner' where user_id = %s returning 1", other.bob.user_id)
    key = other.api_key("owner")
    for route in WITHIN:
        assert call(api, route, values, member, Tocsin_Organization=str(world.org_id)) == (404, "not_found"), route
        assert call(api, route, values, key, Tocsin_Organization=str(world.org_id)) == (403, "forbidden"), route
        if "{" in route.path:
            status, code = call(api, route, values, member, Tocsin_Organization=str(other.org_id))
            assert (status, code.removeprefix("invitation_")) in {(404, "not_found"), (404, "unusable")}, route
            assert call(api, route, values, key)[0] == 404, route
    assert rows("select count(*) from audit_entry where org_id = %s", world.org_id) == [(0,)]


def test_a_visitor_of_the_demo_reads_everything_and_changes_nothing(api: ApiHost, world: World) -> None:
    values, token = ids(world), issue(Purpose.DEMO, MAC_KEYS)
    rows = world.database.rows
    rows("update organization set is_demo = true where id = %s returning 1", world.org_id)
    rows(
        "insert into demo_session (token_hash, org_id, source_address, created_at, expires_at)"
        " values (%s, %s, '192.0.2.1', now(), now() + interval '1 hour') returning 1",
        digest(token),
        world.org_id,
    )
    for route in ROUTES:
        if route.needs is Without.ANYBODY:
            continue
        found = call(api, route, values, token)
        if route.method != "GET" and route.path != "/v1/live/tickets":
            assert found == (403, "demo_read_only"), route
        elif route.needs is not Without.PERSON:
            assert found[0] in {200, 201}, route


def test_no_credential_that_is_none_opens_any_route(api: ApiHost, pool: Pool, world: World) -> None:
    values = ids(world)
    org = {"Tocsin_Organization": str(world.org_id)}
    wrong = {
        **pool.forgeries("s-alice", world.alice.email),
        "nothing": "",
        "a routing key": world.routing_key,
        "a key of another deployment": issue(Purpose.API, MacKeys({"A": b"another"}, "A")),
    }
    for route in ROUTES:
        if route.needs is Without.ANYBODY:
            continue
        path, body = route.filled(values)
        for what, credential in wrong.items():
            answer = api.call(
                route.method, path, body, key=credential, headers={k.replace("_", "-"): v for k, v in org.items()}
            )
            assert (answer.status, answer.json) == (403, {"message": "Forbidden"}), (route, what)


def test_what_has_ended_is_refused_on_every_route(api: ApiHost, pool: Pool, world: World) -> None:
    values, rows = ids(world), world.database.rows
    revoked, expired, never = world.api_key("owner"), world.api_key("owner"), issue(Purpose.API, MAC_KEYS)
    rows("update api_key set revoked_at = now() where key_hash = %s returning 1", digest(revoked))
    rows("update api_key set expires_at = now() where key_hash = %s returning 1", digest(expired))
    signed_out, visit = pool.token("s-alice", world.alice.email), issue(Purpose.DEMO, MAC_KEYS)
    api.call("GET", "/v1/me", key=signed_out)
    rows(
        "update user_account set signed_out_at = now() + interval '1 minute' where id = %s returning 1",
        world.alice.user_id,
    )
    for route in ROUTES:
        if route.needs is Without.ANYBODY:
            continue
        for credential in (revoked, expired, never, signed_out, visit):
            assert call(api, route, values, credential) == (401, "unauthenticated"), route


def test_what_belongs_to_another_organization_is_not_referred_to(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    key, values = other.api_key("owner"), ids(world)
    stolen = {"name": "x", "service_id": values["service_id"]}
    assert api.call("POST", "/v1/integrations", stolen, key=key).problem["code"] == "not_found"
    stolen = {"name": "x", "policy_id": values["policy_id"]}
    assert api.call("POST", "/v1/services", stolen, key=key).problem["code"] == "not_found"
    mine = f"/v1/services/{other.service_id}"
    changed = api.call("PATCH", mine, {"policy_id": values["policy_id"]}, key=key, headers={"If-Match": '"1"'})
    assert changed.problem["code"] == "not_found"
    foreign = {"name": "x", "steps": [{"targets": [{"kind": "user", "value": values["user_id"]}]}]}
    assert api.call("POST", "/v1/escalation-policies", foreign, key=key).fields == {
        "steps.0.targets.0.value": "is not the id of a member of this organization"
    }
    assert world.database.rows("select count(*) from audit_entry") == [(0,)]


def test_lists_hold_only_the_callers_own(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    key = other.api_key("viewer")
    assert api.call("GET", "/v1/incidents", key=key).json["items"] == []
    of_theirs = {"service_id": str(world.service_id)}
    assert api.call("GET", "/v1/incidents", key=key, query=of_theirs).json["items"] == []
    assert api.call("GET", "/v1/integrations", key=key, query=of_theirs).json["items"] == []
    for path, mine in (
        ("/v1/services", other.service_id),
        ("/v1/integrations", other.integration_id),
        ("/v1/escalation-policies", other.policy_id),
    ):
        assert [item["id"] for item in api.call("GET", path, key=key).json["items"]] == [str(mine)]


def test_a_key_that_was_revoked_or_never_stored_is_refused(api: ApiHost, world: World) -> None:
    key = world.api_key("admin")
    assert api.call("GET", "/v1/incidents", key=key).status == 200
    world.database.rows("update api_key set revoked_at = now() where hint = %s returning id", key[-4:])
    revoked = api.call("GET", "/v1/incidents", key=key)
    assert (revoked.status, revoked.problem["code"]) == (401, "unauthenticated")
    assert "revoked" in revoked.problem["detail"]
    assert revoked.headers["WWW-Authenticate"].startswith("Bearer")
    unknown = api.call("GET", "/v1/incidents", key=issue(Purpose.API, MAC_KEYS))
    assert (unknown.status, unknown.problem["code"]) == (401, "unauthenticated")
    # who is not known hears nothing of what a path or a body would be
    assert api.call("POST", "/v1/nope", "{", key=issue(Purpose.API, MAC_KEYS)).status == 401


@pytest.mark.usefixtures("api")
def test_without_the_authorizers_word_nobody_is_let_in() -> None:
    for context in ({}, {"authorizer": None}, {"authorizer": {"lambda": {"key_hash": "zz"}}}, {"authorizer": {}}):
        event = http_event("GET", "/v1/incidents")
        answer = handler({**event, "requestContext": {**event["requestContext"], **context}}, None)
        assert answer["statusCode"] == 401, context
