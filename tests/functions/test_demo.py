"""The demo as a visitor has it: everything can be read, nothing changed, and only so many are let in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest

from functions.api.handler import handler
from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.documented import document
from tests.support.http_api import http_event
from tests.support.postgres import TestDatabase
from tests.support.world import MAC_KEYS, World
from tocsin.domain.demo import LIFE, OPENED_BY_ALL, OPENED_BY_ONE, ORGANIZATION_ID, RULES, SERVICES
from tocsin.errors import DemoReadOnly
from tocsin.platform.tokens import Purpose, digest, issue, link_token
from tocsin_data.services import demo

UNSAFE = ("post", "put", "patch", "delete")
WHO_CALLS = {"caller_usage", "demo_session", "live_organization", "live_ticket"}
"""What every request writes, whoever makes it: not a thing that can be read."""
NONE_OF = ("{destination_id}", "{test_id}", "{location_id}", "{run_id}", "{try_id}", "/beacon", "{template_id}")
"""What the demo has none of."""


@dataclass
class Demo:
    """An API with a demo in it, beside an organization that is none."""

    api: ApiHost
    database: TestDatabase

    def open(self, address: str = "203.0.113.7") -> Answered:
        event = http_event("POST", "/v1/demo/sessions")
        event["requestContext"]["http"]["sourceIp"] = address
        return self.api.invoke(event)

    def token(self) -> str:
        answer = self.open()
        assert answer.status == 201, answer.text
        return answer.json["token"]

    def ids(self) -> dict[str, str]:
        """An id of the demo for each name that a path has."""
        tables = {
            "incident_id": "incident", "service_id": "service", "integration_id": "integration",
            "key_id": "routing_key", "policy_id": "escalation_policy", "method_id": "contact_method",
            "team_id": "team", "invitation_id": "invitation", "event_id": "event",
            "monitor_id": "monitor", "group_id": "monitor_group", "page_id": "status_page",
            "component_id": "component", "component_group_id": "component_group", "report_id": "status_report",
        }  # fmt: skip
        query = "select id from {} where org_id = %s order by id limit 1"
        found = {name: self.database.rows(query.format(table), ORGANIZATION_ID) for name, table in tables.items()}
        users = "select user_id from membership where org_id = %s order by user_id limit 1"
        overrides = "select schedule_id, id from schedule_override where org_id = %s"
        ((schedule_id, override_id),) = self.database.rows(overrides, ORGANIZATION_ID)
        windows = self.database.rows("select id from maintenance_window where org_id = %s", ORGANIZATION_ID)
        return {
            **{name: str(rows[0][0]) for name, rows in found.items()},
            "window_id": str(windows[0][0]),
            "schedule_id": str(schedule_id),
            "override_id": str(override_id),
            "urgency": "high",
            "version": "1",
            "user_id": str(self.database.rows(users, ORGANIZATION_ID)[0][0]),
            "organization_id": str(ORGANIZATION_ID),
            "org_id": str(ORGANIZATION_ID),
        }

    def everything(self) -> dict[str, str]:
        """A digest of every table; an API key's last use is bookkeeping of who calls."""
        tables = [
            row[0]
            for row in self.database.rows("select tablename from pg_tables where schemaname = 'public' order by 1")
        ]
        query = (
            "select md5(coalesce(string_agg((to_jsonb(t) - 'last_used_at')::text, '' order by t::text), '')) from {} t"
        )
        return {t: self.database.rows(query.format(t))[0][0] for t in tables if t not in WHO_CALLS}

    def key(self) -> str:
        """An API key of the demo, as nobody could make one."""
        key = issue(Purpose.API, MAC_KEYS)
        self.database.rows(
            "insert into api_key (org_id, name, key_hash, hint, role, created_at)"
            " values (%s, 'by hand', %s, 'hint', 'owner', now()) returning id",
            ORGANIZATION_ID,
            digest(key),
        )
        return key


@pytest.fixture
def shown(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    assert demo.refresh(world.database.enter("worker"))
    monkeypatch.setenv("DEMO", "yes")
    with api_host(world, monkeypatch) as host:
        yield Demo(host, world.database)


def operations(*methods: str) -> list[tuple[str, str]]:
    return [(m.upper(), path) for path, found in document()["paths"].items() for m in found if m in methods]


def filled(path: str, ids: dict[str, str]) -> str:
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def test_anybody_may_open_it_and_is_told_that_it_is_a_demo(shown: Demo) -> None:
    answer = shown.open()
    assert answer.status == 201
    assert set(answer.json) == {"token", "expires_at", "organization"}
    assert answer.json["organization"] == {"id": str(ORGANIZATION_ID), "name": "Tocsin demo", "is_demo": True}
    assert answer.headers["Cache-Control"] == "no-store"
    ((kept, address),) = shown.database.rows("select token_hash, source_address from demo_session")
    assert (bytes(kept), address) == (digest(answer.json["token"]), "203.0.113.7")


def test_a_visitor_reads_incidents_in_every_state_with_all_that_happened(shown: Demo) -> None:
    token = shown.token()
    items = shown.api.call("GET", "/v1/incidents", key=token).json["items"]
    assert {item["status"] for item in items} == {"triggered", "acknowledged", "resolved"}
    assert items == sorted(items, key=lambda item: item["created_at"], reverse=True)
    fates = set()
    for item in items:
        path = f"/v1/incidents/{item['id']}"
        timeline = shown.api.call("GET", f"{path}/timeline", key=token).json["items"]
        assert timeline[0]["kind"] == "triggered"
        assert all(entry["actor_name"] for entry in timeline if entry["kind"] in {"acknowledged", "note", "resolved"})
        pages = shown.api.call("GET", f"{path}/notifications", key=token).json["items"]
        assert all(page["attempts"] for page in pages)
        fates |= {(page["state"], len(page["attempts"])) for page in pages}
    assert fates == {("delivered", 1), ("delivered", 2), ("failed", 1)}


def test_a_visitor_reads_every_resource_as_an_owner_would(shown: Demo) -> None:
    token, ids = shown.token(), shown.ids()
    for method, path in operations("get"):
        if path.startswith("/v1/me") or path == "/v1/on-call/notices" or any(name in path for name in NONE_OF):
            continue
        keys = (
            {"key_id": str(shown.database.rows("select id from api_key where org_id = %s", ORGANIZATION_ID)[0][0])}
            if "api-keys" in path
            else {}
        )
        answer = shown.api.call(method, filled(path, {**ids, **keys}), key=token)
        assert answer.status == 200, (path, answer.text)


def test_a_visitor_sees_who_is_on_call_and_why(shown: Demo) -> None:
    token = shown.token()
    found = shown.api.call("GET", "/v1/on-call", key=token).json["items"]
    assert [one["schedule_name"] for one in found] == ["Payments", "Platform"]
    assert all(one["now"]["user_name"] and one["next"]["user_name"] for one in found)
    shifts = shown.api.call("GET", f"/v1/schedules/{found[0]['schedule_id']}/shifts", key=token).json
    assert {shift["reason"]["name"] for shift in shifts["items"]} == {
        "around the clock",
        "office hours",
        "Elena moves house",
    }
    assert shifts["warnings"] == []


def test_what_is_audited_is_what_there_is(shown: Demo) -> None:
    """A policy that was changed is in the version that the change made, of the same day; so is what was made anew."""
    token = shown.token()
    entries = {e["action"]: e for e in shown.api.call("GET", "/v1/audit-entries", key=token).json["items"]}
    changed = entries["escalation_policy.updated"]
    policy = shown.api.call("GET", f"/v1/escalation-policies/{changed['subject_id']}", key=token).json
    assert (policy["version"], policy["rounds"]) == (2, changed["after"]["rounds"])
    assert [s["delay_seconds"] for s in policy["steps"]] == [s["delay_seconds"] for s in changed["after"]["steps"]]
    rows = shown.database.rows
    query = "select created_at from {} where org_id = %s and {} = %s"
    for action, table, column in (
        ("escalation_policy.updated", "escalation_policy_version", "version = 2 and policy_id"),
        ("schedule_override.created", "schedule_override", "id"),
        ("api_key.created", "api_key", "id"),
        ("invitation.created", "invitation", "id"),
    ):
        ((at,),) = rows(query.format(table, column), ORGANIZATION_ID, entries[action]["subject_id"])
        assert at == datetime.fromisoformat(entries[action]["at"]), action


def test_every_event_holds_what_its_tool_would_have_sent(shown: Demo) -> None:
    token = shown.token()
    query = "select distinct on (service_id, action) id from event where org_id = %s"
    found = [
        shown.api.call("GET", f"/v1/events/{row[0]}", key=token) for row in shown.database.rows(query, ORGANIZATION_ID)
    ]
    assert len(found) > len(SERVICES)
    assert all(answer.json["labels"].get("env") == "production" for answer in found)


def test_steps_of_day_and_night_begin_with_who_is_on_call(shown: Demo) -> None:
    token = shown.token()
    policies = shown.api.call("GET", "/v1/escalation-policies", key=token).json["items"]
    first = {p["name"]: p["steps"][0]["targets"][0]["kind"] for p in policies}
    assert first == {
        "Payments, day and night": "schedule",
        "Platform, day and night": "schedule",
        "When somebody has time": "user",
    }


def _as_others_may_have_it(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule without what is the demo's own: its id, and the policy that it routes to."""
    actions = {name: value for name, value in rule["actions"].items() if name != "policy_id"}
    return {"name": rule["name"], "condition": rule["condition"], "continues": rule["continues"], "actions": actions}


def test_a_visitor_sees_what_is_done_with_events(shown: Demo) -> None:
    token = shown.token()
    found = shown.api.call("GET", "/v1/event-rules", key=token).json["rules"]
    assert [rule["name"] for rule in found] == [rule.name for rule in RULES]
    mine = {"rules": [_as_others_may_have_it(rule) for rule in found]}
    saved = shown.api.call("PUT", "/v1/event-rules", mine, headers={"if-match": '"1"'})
    assert saved.status == 200, saved.text
    versions = shown.api.call("GET", "/v1/event-rules/versions", key=token).json["items"]
    assert [(version["version"], len(version["rules"])) for version in versions] == [(2, 3), (1, 2)]
    (window,) = shown.api.call("GET", "/v1/maintenance-windows", key=token).json["items"]
    assert window["name"] == "Vacuum and upgrades"
    assert {datetime.fromisoformat(next_one["starts_at"]).weekday() for next_one in window["upcoming"]} == {6}
    ((checkout,),) = shown.database.rows(
        "select id from service where org_id = %s and name = 'Checkout'", ORGANIZATION_ID
    )
    (below,) = shown.api.call("GET", f"/v1/services/{checkout}/dependencies", key=token).json["depends_on"]
    assert below["name"] == "Payments API"


@pytest.mark.parametrize("kind", ["visitor", "key"])
def test_nothing_can_be_changed_by_any_operation_there_is(shown: Demo, kind: str) -> None:
    token = shown.token() if kind == "visitor" else shown.key()
    ids, before = shown.ids(), shown.everything()
    wanted = operations(*UNSAFE)
    assert len(wanted) > 15
    for method, path in wanted:
        if path in {"/v1/demo/sessions", "/v1/live/tickets"}:
            continue
        for body in (None, {"name": "mine", "text": "mine"}):
            answer = shown.api.call(method, filled(path, ids), body, key=token, headers={"if-match": '"1"'})
            assert (answer.status, answer.problem["code"]) == (403, "demo_read_only"), (method, path)
    assert shown.everything() == before
    assert not any(shown.api.held(queue) for queue in shown.api.queue_urls)


def test_a_route_that_is_added_cannot_forget_it(shown: Demo) -> None:
    """The refusal comes before there is a route at all, and by the method alone."""
    token = shown.token()
    for method in ("POST", "PUT", "PATCH", "DELETE", "PURGE"):
        answer = shown.api.call(method, "/v1/never-heard-of", key=token)
        assert (answer.status, answer.problem["code"]) == (403, "demo_read_only"), method
    assert shown.api.call("GET", "/v1/never-heard-of", key=token).status == 404


def test_beneath_it_the_database_refuses_to_write(shown: Demo) -> None:
    db, before = shown.database.enter("app"), shown.everything()
    with pytest.raises(DemoReadOnly), db.one(ORGANIZATION_ID) as tx:
        tx.conn.execute("update service set name = 'mine' where org_id = %s", (ORGANIZATION_ID,))
    assert shown.everything() == before


@pytest.mark.parametrize("action", ["acknowledge", "resolve"])
def test_a_link_of_the_demo_shows_and_changes_nothing(shown: Demo, action: str) -> None:
    token = link_token()
    shown.database.rows(
        "update notification_attempt set link_hash = %s, link_expires_at = now() + interval '1 day' where id ="
        " (select a.id from notification_attempt a join notification n on n.id = a.notification_id"
        " join incident i on i.id = n.incident_id where i.status = 'triggered' limit 1) returning id",
        digest(token),
    )
    before = shown.everything()
    assert shown.api.follow("GET", token).status == 200
    answer = shown.api.follow("POST", token, {"action": action})
    assert answer.status == 403
    assert "This is the demo" in answer.text
    assert shown.everything() == before


def test_only_so_many_are_let_in_from_one_address(shown: Demo) -> None:
    for _ in range(OPENED_BY_ONE):
        assert shown.open().status == 201
    refused = shown.open()
    assert (refused.status, refused.problem["code"]) == (429, "rate_limited")
    assert 3500 < int(refused.headers["Retry-After"]) <= 3601
    assert shown.open("198.51.100.1").status == 201
    shown.database.advance(timedelta(hours=1, seconds=1))
    assert shown.open().status == 201


def test_one_customers_ipv6_addresses_count_as_one(shown: Demo) -> None:
    for host in range(OPENED_BY_ONE):
        assert shown.open(f"2001:db8:0:1::{host:x}").status == 201
    assert shown.open("2001:db8:0:1:ffff::1").status == 429
    assert shown.open("2001:db8:0:2::1").status == 201


def test_only_so_many_are_let_in_at_all(shown: Demo) -> None:
    shown.database.rows(
        "insert into demo_session (token_hash, org_id, source_address, created_at, expires_at)"
        " select sha256(n::text::bytea), %s, 'somewhere ' || n, now(), now() from generate_series(1, %s) n returning 1",
        ORGANIZATION_ID,
        OPENED_BY_ALL,
    )
    refused = shown.open()
    assert (refused.status, refused.problem["code"]) == (429, "rate_limited")


def test_a_visit_ends_after_its_hour(shown: Demo) -> None:
    token = shown.token()
    assert shown.api.call("GET", "/v1/services", key=token).status == 200
    shown.database.advance(LIFE + timedelta(seconds=1))
    answer = shown.api.call("GET", "/v1/services", key=token)
    assert (answer.status, answer.problem["code"]) == (401, "unauthenticated")


def test_without_a_demo_there_is_none(shown: Demo, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "no")
    answer = shown.open()
    assert (answer.status, answer.problem["code"]) == (404, "no_demo")
    monkeypatch.setenv("DEMO", "yes")
    world.database.rows("update organization set is_demo = false where id = %s returning id", ORGANIZATION_ID)
    answer = shown.open()
    assert (answer.status, answer.problem["code"]) == (404, "no_demo")


def test_the_demo_and_the_others_do_not_see_each_other(shown: Demo, world: World) -> None:
    of_both = [shown.api.call("GET", "/v1/organization", key=key).json for key in (shown.token(), shown.api.key)]
    assert [found["is_demo"] for found in of_both] == [True, False]
    token, path = shown.token(), f"/v1/services/{world.service_id}"
    assert shown.api.call("GET", path, key=token).problem["code"] == "not_found"
    named = {"tocsin-organization": str(world.org_id)}
    assert shown.api.call("GET", "/v1/services", key=token, headers=named).status == 403
    theirs = {item["name"] for item in shown.api.call("GET", "/v1/services").json["items"]}
    assert theirs == {"checkout"}
    assert shown.api.call("PATCH", path, {"name": "still ours"}, headers={"if-match": "1"}).status == 200


def visits(address: str, said: str | None = None) -> int:
    """The status of a visit that comes from an address, and is said by a header to come from another."""
    event = http_event("POST", "/v1/demo/sessions", headers={} if said is None else {"CloudFront-Viewer-Address": said})
    event["requestContext"]["http"]["sourceIp"] = address
    return handler(event, None)["statusCode"]


@pytest.mark.usefixtures("shown")
def test_behind_cloudfront_each_viewer_has_visits_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEHIND_CLOUDFRONT", "yes")
    edge, viewer = "192.0.2.1", "198.51.100.7:4711"
    assert {visits(edge, viewer) for _ in range(OPENED_BY_ONE)} == {HTTPStatus.CREATED}
    assert visits(edge, viewer) == HTTPStatus.TOO_MANY_REQUESTS
    for other in ("198.51.100.8:4711", "[2001:db8:1::7]:4711", "2001:db8:2::7:4711"):
        assert visits(edge, other) == HTTPStatus.CREATED, other
    # what is no address is not taken for one
    assert [visits(edge, said) for said in ("", "nonsense", None)] == [HTTPStatus.CREATED] * 3


@pytest.mark.usefixtures("shown")
def test_elsewhere_what_a_viewer_says_of_their_address_counts_for_nothing() -> None:
    said = (f"198.51.100.{n}:4711" for n in range(OPENED_BY_ONE + 1))
    answers = [visits("192.0.2.1", address) for address in said]
    assert answers == [HTTPStatus.CREATED] * OPENED_BY_ONE + [HTTPStatus.TOO_MANY_REQUESTS]


@pytest.mark.usefixtures("shown")
def test_the_ways_in_are_the_only_ones_without_a_key() -> None:
    closed = (
        "GET /v1/demo/sessions",
        "POST /v1/demo/sessions/x",
        "POST /v1/services",
        "POST /v1/sign-in",
        "GET /v1/me",
    )
    for method, path in map(str.split, closed):
        event = http_event(method, path)
        assert handler(event, None)["statusCode"] == HTTPStatus.UNAUTHORIZED, (method, path)
    open_to_all = [
        (method, path)
        for path, found in document()["paths"].items()
        for method, operation in found.items()
        if operation.get("security") == [{}]
    ]
    assert sorted(open_to_all) == [("get", "/v1/sign-in"), ("post", "/v1/demo/sessions")]
