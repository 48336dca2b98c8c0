"""Components and groups over the API: what they are made of, in which order, what somebody says they are."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.world import World

PATH = "/v1/status-pages"
MONITOR = {"spec": {"kind": "http", "url": "https://internal.acme.example"}, "interval_seconds": 60}


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def page(api: ApiHost, **changes: Any) -> str:
    body = {"slug": f"acme-{uuid4().hex[:8]}", "name": "Acme", "automatic": "publish", **changes}
    return f"{PATH}/{api.call('POST', PATH, body).json['id']}"


def add(api: ApiHost, path: str, name: str, **more: Any) -> dict[str, Any]:
    made = api.call("POST", f"{path}/components", {"name": name, **more})
    assert made.status == 201, made.text
    return made.json


def group(api: ApiHost, path: str, name: str) -> str:
    return api.call("POST", f"{path}/component-groups", {"name": name}).json["id"]


def monitor(api: ApiHost, world: World, name: str, status: str) -> str:
    body = {"name": name, "service_id": str(world.service_id), **MONITOR}
    monitor_id = api.call("POST", "/v1/monitors", body).json["id"]
    be(world, monitor_id, status)
    return monitor_id


def be(world: World, monitor_id: str, status: str) -> None:
    """Let a monitor be something since ten minutes ago."""
    since = world.now - timedelta(minutes=10)
    with world.database.admin() as conn:
        conn.execute(
            "update monitor_state set status = %s, since = %s where monitor_id = %s", (status, since, monitor_id)
        )
        conn.execute(
            "insert into monitor_span (org_id, monitor_id, status, starts_at) values (%s, %s, %s, %s)"
            " on conflict (monitor_id) where ends_at is null do update set status = excluded.status",
            (world.org_id, monitor_id, status, since),
        )


def incident(world: World, severity: str) -> None:
    with world.database.admin() as conn:
        conn.execute(
            "with made as ("
            " insert into incident (org_id, number, service_id, title, severity, status, created_at, updated_at)"
            " values (%s, 1, %s, 'internal words', %s, 'triggered', now(), now()) returning *)"
            " insert into alert (org_id, service_id, incident_id, dedup_key, status, summary, severity, first_event_at,"
            " last_event_at, event_count)"
            " select org_id, service_id, id, 'disk', 'open', title, severity, created_at, created_at, 1 from made",
            (world.org_id, world.service_id, severity),
        )


def told(api: ApiHost, path: str) -> dict[str, Any]:
    return api.call("GET", f"{path}/status").json


def spans(world: World, component: dict[str, Any]) -> list[tuple[str, bool]]:
    return world.database.rows(
        "select status, ends_at is null from component_span where component_id = %s order by starts_at", component["id"]
    )


def test_a_component_is_made_changed_and_deleted(api: ApiHost, world: World) -> None:
    path = page(api)
    made = add(api, path, "Shop", service_ids=[str(world.service_id)], description="Where you buy.")
    assert (made["service_ids"], made["monitor_ids"], made["override"]) == ([str(world.service_id)], [], None)
    here = f"{path}/components/{made['id']}"
    found = api.call("GET", here)
    assert (found.json, found.headers["ETag"]) == (made, '"1"')
    body = {"name": "The shop", "monitor_ids": [monitor(api, world, "shop", "up")], "shows_latency": True}
    changed = api.call("PUT", here, body, headers={"if-match": '"1"'})
    assert (changed.status, changed.json["version"], changed.json["service_ids"]) == (200, 2, [])
    assert api.call("PUT", here, body, headers={"if-match": '"2"'}).json == changed.json
    assert api.call("PUT", here, body, headers={"if-match": '"1"'}).status == 412
    assert api.call("PUT", here, body).status == 428
    assert api.call("GET", f"{path}/components").json == {"items": [changed.json]}
    assert api.call("DELETE", here).status == 204
    assert (api.call("GET", here).status, api.call("GET", path).json["components"]) == (404, 0)
    add(api, path, "The shop")
    actions = [row[1] for row in api.audited() if row[1].startswith("component.")]
    assert actions == ["component.created", "component.updated", "component.deleted", "component.created"]
    assert {m["org_id"] for m in api.sent("publications") if m["document"] == "pages"} == {str(world.org_id)}


@pytest.mark.parametrize("kinds", [("monitor_ids",), ("service_ids",), ("monitor_ids", "service_ids")])
def test_a_component_keeps_what_it_is_made_of_when_it_is_renamed(
    api: ApiHost, world: World, kinds: tuple[str, ...]
) -> None:
    every = {"monitor_ids": [monitor(api, world, "shop", "up")], "service_ids": [str(world.service_id)]}
    sources = {kind: every[kind] for kind in kinds}
    path = page(api)
    here = f"{path}/components/{add(api, path, 'Shop', **sources)['id']}"
    renamed = api.call("PUT", here, {"name": "The shop", **sources}, headers={"if-match": '"1"'}).json
    assert {kind: renamed[kind] for kind in every} == {kind: sources.get(kind, []) for kind in every}


@pytest.mark.parametrize("gone", ["monitor_ids", "service_ids"])
def test_a_component_loses_one_kind_of_what_it_is_made_of(api: ApiHost, world: World, gone: str) -> None:
    sources = {"monitor_ids": [monitor(api, world, "shop", "up")], "service_ids": [str(world.service_id)]}
    path = page(api)
    here = f"{path}/components/{add(api, path, 'Shop', **sources)['id']}"
    body = {"name": "Shop", **sources, gone: []}
    changed = api.call("PUT", here, body, headers={"if-match": '"1"'}).json
    assert {kind: changed[kind] for kind in sources} == {**sources, gone: []}


def test_every_problem_of_a_component_is_told(api: ApiHost, world: World) -> None:
    path, other = page(api), World(world.database, name="Other")
    foreign = str(other.service_id)
    body = {"name": "Shop", "group_id": str(uuid4()), "monitor_ids": [foreign], "service_ids": [foreign]}
    assert api.call("POST", f"{path}/components", body).fields == {
        "group_id": "is not the id of a group of this page",
        "monitor_ids.0": "is not the id of a monitor of this organization",
        "service_ids.0": "is not the id of a service of this organization",
    }
    elsewhere = group(api, page(api), "Others")
    assert list(api.call("POST", f"{path}/components", {"name": "x", "group_id": elsewhere}).fields) == ["group_id"]
    for name in ("x" * 121, "\u202eoops", "a\x1bb", "", "a\nb"):
        assert list(api.call("POST", f"{path}/components", {"name": name}).fields) == ["name"]
        assert list(api.call("POST", f"{path}/component-groups", {"name": name}).fields) == ["name"]
    add(api, path, "Shop")
    again = api.call("POST", f"{path}/components", {"name": "Shop"})
    assert (again.status, again.problem["detail"]) == (409, "Another component of this page has this name.")
    add(api, page(api), "Shop")


def test_everything_is_put_in_order_in_one_call(api: ApiHost) -> None:
    path = page(api)
    web, app = group(api, path, "Web"), group(api, path, "App")
    shop, mail, login = (add(api, path, name)["id"] for name in ("Shop", "Mail", "Login"))
    order = [{"group_id": app, "component_ids": [login, shop]}, {"component_id": mail}, {"group_id": web}]
    done = api.call("PUT", f"{path}/order", {"items": order}, headers={"if-match": '"1"'})
    assert (done.status, done.headers["ETag"]) == (200, '"2"')
    assert [c["name"] for c in api.call("GET", f"{path}/components").json["items"]] == ["Login", "Shop", "Mail"]
    assert [g["name"] for g in api.call("GET", f"{path}/component-groups").json["items"]] == ["App", "Web"]
    assert api.call("PUT", f"{path}/order", {"items": order}, headers={"if-match": '"1"'}).status == 412
    wrong = [{"group_id": app, "component_ids": [login, login]}, {"component_id": web}, {}, {"component_id": shop}]
    assert api.call("PUT", f"{path}/order", {"items": wrong}, headers={"if-match": '"2"'}).fields == {
        "items.0.component_ids.1": "names a component that was named before; once is enough",
        "items.1.component_id": "is not the id of a component of this page",
        "items.2": "must have either component_id or group_id",
        "items": "must name every component; “Mail” is missing",
    }
    assert api.call("GET", path).json["version"] == 2


def test_a_group_is_changed_and_deleted_and_its_components_stay(api: ApiHost) -> None:
    path = page(api)
    web = group(api, path, "Web")
    shop = add(api, path, "Shop", group_id=web)
    here = f"{path}/component-groups/{web}"
    assert api.call("GET", here).json["components"] == 1
    changed = api.call("PUT", here, {"name": "Sites", "is_collapsed": True}, headers={"if-match": '"1"'})
    assert (changed.json["name"], changed.json["is_collapsed"], changed.headers["ETag"]) == ("Sites", True, '"2"')
    assert api.call("PUT", here, {"name": "x"}, headers={"if-match": '"1"'}).status == 412
    group(api, path, "Other")
    assert api.call("PUT", here, {"name": "Other"}, headers={"if-match": '"2"'}).status == 409
    assert api.call("DELETE", here).status == 204
    assert api.call("GET", f"{path}/components/{shop['id']}").json["group_id"] is None
    assert api.call("GET", here).status == 404
    actions = [row[1] for row in api.audited() if row[1].startswith("component_group.")]
    assert actions[:2] + actions[-1:] == [
        "component_group.created",
        "component_group.updated",
        "component_group.deleted",
    ]


def test_the_public_is_told_what_components_are_made_of(api: ApiHost, world: World) -> None:
    path = page(api)
    one, two = (monitor(api, world, name, "up") for name in ("one", "two"))
    web = group(api, path, "Web")
    shop = add(api, path, "Shop", monitor_ids=[one, two], group_id=web)
    add(api, path, "Back office", service_ids=[str(world.service_id)], only_if_degraded=True)
    quiet = told(api, path)
    assert (quiet["indicator"], [c["is_shown"] for c in quiet["components"]]) == ("none", [True, False])
    be(world, one, "down")
    incident(world, "warning")
    found = told(api, path)
    assert (found["indicator"], [g["status"] for g in found["groups"]]) == ("minor", ["partial_outage"])
    assert [(c["name"], c["status"], c["because"], c["by"], c["is_shown"]) for c in found["components"]] == [
        ("Shop", "partial_outage", "monitor", one, True),
        ("Back office", "degraded_performance", "service", str(world.service_id), True),
    ]
    be(world, two, "down")
    assert told(api, path)["indicator"] == "major"
    be(world, two, "unknown")
    assert [c["is_stale"] for c in told(api, path)["components"]] == [True, False]
    window = {
        "name": "work",
        "monitor_ids": [one],
        "kind": "maintenance",
        "starts_at": _at(world, -1),
        "ends_at": _at(world, 1),
    }
    assert api.call("POST", "/v1/maintenance-windows", window).status == 201
    assert [c["status"] for c in told(api, path)["components"]][:1] == ["under_maintenance"]
    body = {"slug": quiet["slug"], "name": "Acme", "automatic": "suggest"}
    assert api.call("PUT", path, body, headers={"if-match": '"1"'}).status == 200
    assert api.call("GET", f"{path}/status", query={"automatic": "publish"}).json["indicator"] != "none"
    assert list(api.call("GET", f"{path}/status", query={"automatic": "maybe"}).fields) == ["query.automatic"]
    off = told(api, path)
    assert (off["indicator"], {c["because"] for c in off["components"]}) == ("none", {"nothing"})
    assert spans(world, shop) == []


def test_somebodys_word_stands_until_it_ends_and_is_kept(api: ApiHost, world: World) -> None:
    path = page(api)
    shop = add(api, path, "Shop", monitor_ids=[monitor(api, world, "one", "up")])
    here = f"{path}/components/{shop['id']}/override"
    responder, viewer = world.api_key("responder"), world.api_key("viewer")
    assert api.call("PUT", here, {"status": "major_outage"}, key=viewer).status == 403
    said = api.call("PUT", here, {"status": "major_outage"}, key=responder)
    assert (said.status, said.json["override"]["status"], said.json["version"]) == (200, "major_outage", 1)
    assert said.json["override"]["by"].startswith("api_key:")
    assert told(api, path)["components"][0]["because"] == "override"
    assert spans(world, shop) == [("major_outage", True)]
    api.call("PUT", here, {"status": "major_outage", "until": _at(world, 1)})
    assert spans(world, shop) == [("major_outage", False)]
    api.call("PUT", here, {"status": "degraded_performance", "until": _at(world, 2)})
    assert [status for status, _ in spans(world, shop)] == ["major_outage", "degraded_performance"]
    back = api.call("DELETE", here, key=responder)
    assert (back.status, back.json["override"]) == (200, None)
    assert told(api, path)["components"][0]["status"] == "operational"
    assert api.call("DELETE", here).json["override"] is None
    ends = "select count(*) from component_span where component_id = %s and (ends_at is null or ends_at > app.clock())"
    assert world.database.rows(ends, shop["id"]) == [(0,)]
    words = [row[1] for row in api.audited() if "override" in row[1] or "overridden" in row[1]]
    assert words == ["component.overridden"] * 3 + ["component.override_ended"]
    over = api.call("PUT", here, {"status": "operational", "until": _at(world, -1)}).fields["until"]
    assert over.startswith("must be after now, which is ")
    assert list(api.call("PUT", here, {"status": "broken"}).fields) == ["status"]


def test_a_component_that_reports_name_is_deleted_softly(api: ApiHost, world: World) -> None:
    path = page(api)
    shop = add(api, path, "Shop")
    with world.database.admin() as conn:
        conn.execute(
            "with made as (insert into status_report (org_id, status_page_id, kind, state, title, status, impact,"
            " started_at, created_at, created_by, updated_at, published_at) values"
            " (%(org)s, %(page)s, 'incident', 'published', 'Slow', 'investigating', 'minor', now(), now(), 'x', now(),"
            " now()) returning org_id, id) insert into status_report_component"
            " select org_id, id, %(component)s, 'degraded_performance' from made",
            {"org": world.org_id, "page": path.rpartition("/")[2], "component": shop["id"]},
        )
    assert (told(api, path)["indicator"], told(api, path)["components"][0]["because"]) == ("minor", "report")
    api.call("PUT", f"{path}/components/{shop['id']}/override", {"status": "partial_outage", "until": _at(world, 1)})
    assert spans(world, shop) == [("partial_outage", False), ("degraded_performance", True)]
    assert api.call("DELETE", f"{path}/components/{shop['id']}").status == 204
    assert told(api, path)["components"] == []
    kept = "select count(*) from status_report_component where component_id = %s"
    assert world.database.rows(kept, shop["id"]) == [(1,)]
    open_spans = (
        "select count(*) from component_span where component_id = %s and (ends_at is null or ends_at > app.clock())"
    )
    assert world.database.rows(open_spans, shop["id"]) == [(0,)]


def test_a_page_has_five_hundred_components_and_a_hundred_groups_at_most(api: ApiHost, world: World) -> None:
    path = page(api)
    values = (world.org_id, path.rpartition("/")[2])
    with world.database.admin() as conn:
        conn.execute(
            "insert into component (org_id, status_page_id, name, position, created_at, updated_at)"
            " select %s, %s, 'c' || n, n, now(), now() from generate_series(1, 500) n",
            values,
        )
        conn.execute(
            "insert into component_group (org_id, status_page_id, name, position, created_at, updated_at)"
            " select %s, %s, 'g' || n, n + 500, now(), now() from generate_series(1, 100) n",
            values,
        )
    for kind in ("components", "component-groups"):
        refused = api.call("POST", f"{path}/{kind}", {"name": "one more"})
        assert (refused.status, refused.problem["code"]) == (409, "conflict")
    found = told(api, path)
    assert (len(found["components"]), len(found["groups"]), found["indicator"]) == (500, 100, "none")
    assert len(json.dumps(api.call("GET", f"{path}/components").json)) < 400_000


def _at(world: World, hours: int) -> str:
    return f"{world.now + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"
