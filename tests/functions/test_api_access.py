"""Who may do what: every route of the API, for every role, and across organizations."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from functions.api.handler import handler
from functions.api.openapi import document
from tests.support.api_host import ApiHost, api_host
from tests.support.http_api import http_event
from tests.support.world import MAC_KEYS, World
from tocsin.domain.permission import Permission, Role, allows
from tocsin.platform.tokens import Purpose, issue
from tocsin_data.services.processing import process


@dataclass(frozen=True)
class Route:
    """One route, with a body it takes."""

    method: str
    path: str
    permission: Permission
    body: Any = None

    @property
    def operation(self) -> tuple[str, str]:
        return self.method.lower(), self.path


READ, RESPOND, CONFIGURE = Permission
STEPS = [{"targets": [{"kind": "email", "value": "ops@acme.example"}]}]
ROUTES = [
    Route("GET", "/v1/incidents", READ),
    Route("GET", "/v1/incidents/{incident_id}", READ),
    Route("GET", "/v1/incidents/{incident_id}/timeline", READ),
    Route("GET", "/v1/incidents/{incident_id}/notifications", READ),
    Route("GET", "/v1/services", READ),
    Route("GET", "/v1/services/{service_id}", READ),
    Route("GET", "/v1/services/{service_id}/events", READ),
    Route("GET", "/v1/integrations", READ),
    Route("GET", "/v1/integrations/{integration_id}", READ),
    Route("GET", "/v1/integrations/{integration_id}/keys", READ),
    Route("GET", "/v1/escalation-policies", READ),
    Route("GET", "/v1/escalation-policies/{policy_id}", READ),
    Route("GET", "/v1/users/{user_id}/contact-methods", READ),
    Route("POST", "/v1/incidents/{incident_id}/notes", RESPOND, {"text": "looking"}),
    Route("POST", "/v1/incidents/{incident_id}/acknowledge", RESPOND),
    Route("POST", "/v1/incidents/{incident_id}/reassign", RESPOND, {"user_ids": ["{user_id}"]}),
    Route("POST", "/v1/incidents/{incident_id}/resolve", RESPOND),
    Route("POST", "/v1/services", CONFIGURE, {"name": "a service"}),
    Route("PATCH", "/v1/services/{service_id}", CONFIGURE, {"name": "another name"}),
    Route("POST", "/v1/integrations", CONFIGURE, {"service_id": "{service_id}", "name": "x"}),
    Route("POST", "/v1/integrations/{integration_id}/keys", CONFIGURE),
    Route("POST", "/v1/integrations/{integration_id}/keys/{key_id}/rotate", CONFIGURE, {"overlap_seconds": 60}),
    Route("POST", "/v1/integrations/{integration_id}/keys/{key_id}/revoke", CONFIGURE),
    Route("POST", "/v1/escalation-policies", CONFIGURE, {"name": "a policy", "steps": STEPS}),
    Route("PUT", "/v1/escalation-policies/{policy_id}", CONFIGURE, {"name": "new", "steps": STEPS}),
    Route("POST", "/v1/users/{user_id}/contact-methods", CONFIGURE, {"channel": "email", "address": "a@acme.example"}),
    Route("POST", "/v1/users/{user_id}/contact-methods/{method_id}/disable", CONFIGURE),
    Route("DELETE", "/v1/integrations/{integration_id}", CONFIGURE),
    Route("DELETE", "/v1/services/{service_id}", CONFIGURE),
    Route("DELETE", "/v1/escalation-policies/{policy_id}", CONFIGURE),
]
COLLECTIONS = [route for route in ROUTES if "{" not in route.path]


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=6000)
    with api_host(world, monkeypatch) as host:
        yield host


def ids(world: World) -> dict[str, str]:
    rows = world.database.rows
    org = world.org_id
    return {
        "incident_id": str(rows("select id from incident where org_id = %s", org)[0][0]),
        "service_id": str(world.service_id),
        "integration_id": str(world.integration_id),
        "key_id": str(rows("select id from routing_key where org_id = %s", org)[0][0]),
        "policy_id": str(world.policy_id),
        "user_id": str(world.alice.user_id),
        "method_id": str(rows("select id from contact_method where user_id = %s", world.alice.user_id)[0][0]),
    }


def filled(route: Route, values: dict[str, str]) -> tuple[str, str | None]:
    body = None if route.body is None else json.dumps(route.body)
    path = route.path
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
        body = body.replace(f"{{{name}}}", value) if body else None
    return path, body


def call(api: ApiHost, route: Route, values: dict[str, str], key: str) -> tuple[int, dict[str, Any]]:
    path, body = filled(route, values)
    answer = api.call(route.method, path, body, key=key, headers={"if-match": '"1"'})
    return answer.status, answer.problem if answer.status >= 400 else {}


def test_this_list_of_routes_is_the_whole_api() -> None:
    documented = {(m, path) for path, operations in document()["paths"].items() for m in operations}
    assert {route.operation for route in ROUTES} == documented


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_its_table_says_and_no_more(api: ApiHost, world: World, role: Role) -> None:
    key, values = world.api_key(role), ids(world)
    world.database.rows("update service set policy_id = null where org_id = %s returning id", world.org_id)
    answers = {route.operation: call(api, route, values, key) for route in ROUTES}
    for route in ROUTES:
        status, problem = answers[route.operation]
        if allows(role, route.permission):
            assert status in {200, 201, 204}, (route, status, problem)
        else:
            assert (status, problem["code"]) == (403, "forbidden"), route
            assert role in problem["detail"]


def test_another_organizations_things_are_not_there(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    key, values = other.api_key("owner"), ids(world)
    for route in ROUTES:
        if route in COLLECTIONS:
            continue
        status, problem = call(api, route, values, key)
        assert (status, problem["code"]) == (404, "not_found"), route
    stolen = {"name": "x", "service_id": values["service_id"]}
    assert api.call("POST", "/v1/integrations", stolen, key=key).problem["code"] == "not_found"
    stolen = {"name": "x", "policy_id": values["policy_id"]}
    assert api.call("POST", "/v1/services", stolen, key=key).problem["code"] == "not_found"
    mine = f"/v1/services/{other.service_id}"
    assert api.call("PATCH", mine, {"policy_id": values["policy_id"]}, key=key).problem["code"] == "not_found"
    foreign = {"name": "x", "steps": [{"targets": [{"kind": "user", "value": values["user_id"]}]}]}
    assert api.call("POST", "/v1/escalation-policies", foreign, key=key).fields == {
        "steps.0.targets.0.value": "is not the id of a member of this organization"
    }
    assert world.database.rows("select count(*) from audit_entry") == [(0,)]


def test_lists_hold_only_the_callers_own(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    key = other.api_key("viewer")
    assert api.call("GET", "/v1/incidents", key=key).json == {"items": [], "next_cursor": None}
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
