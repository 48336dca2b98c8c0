"""What responders do about incidents for the public, over the API: drafts from incidents, templates, maintenance."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.monitors import insert_monitor
from tests.support.report_rows import insert_component, insert_page
from tests.support.world import World
from tocsin.domain.dedup import EventAction
from tocsin_data.services.processing import process


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def send(
    world: World, action: EventAction = EventAction.TRIGGER, key: str = "disk", summary: str = "db-one.internal is full"
) -> UUID:
    process(
        world.database.enter("worker"),
        [world.request(world.event(action, key, summary=summary))],
        key_budget_per_minute=1_000,
    )
    return world.database.rows("select id from incident where org_id = %s order by number desc", world.org_id)[0][0]


def test_a_report_is_drafted_from_an_incident_in_public_words(api: ApiHost, world: World) -> None:
    page_id = insert_page(world, automatic="off")
    shop = insert_component(world, page_id, "Shop", services=[world.service_id])
    insert_component(world, page_id, "Search")
    incident_id = send(world)
    path = f"/v1/incidents/{incident_id}/status-report"
    made = api.call("POST", path, {})
    draft = made.json
    assert (made.status, draft["state"], draft["title"], draft["incident_id"]) == (
        201,
        "draft",
        "Partial outage of Shop",
        str(incident_id),
    )
    assert draft["components"] == [{"component_id": str(shop), "name": "Shop", "status": "partial_outage"}]
    assert "db-one" not in made.text
    assert (draft["suggested_by"], draft["is_automatic"]) == (None, False)
    again = api.call("POST", path, {})
    assert (again.status, again.json["id"]) == (200, draft["id"])
    assert api.call("POST", f"/v1/incidents/{uuid4()}/status-report", {}).status == 404


def test_what_is_over_is_drafted_as_over(api: ApiHost, world: World) -> None:
    page_id = insert_page(world, automatic="off")
    insert_component(world, page_id, "Shop", services=[world.service_id])
    send(world)
    world.database.advance(timedelta(hours=1))
    incident_id = send(world, EventAction.RESOLVE)
    draft = api.call("POST", f"/v1/incidents/{incident_id}/status-report", {}).json
    assert (draft["status"], draft["last_update"]["body"]) == ("resolved", "The trouble with Shop is over.")
    assert draft["resolved_at"] > draft["started_at"]


def test_of_several_pages_one_is_asked_for(api: ApiHost, world: World) -> None:
    incident_id = send(world)
    path = f"/v1/incidents/{incident_id}/status-report"
    nowhere = api.call("POST", path, {})
    assert (nowhere.status, nowhere.problem["detail"]) == (
        404,
        "There is no status page in this organization; create one first.",
    )
    first, second = insert_page(world, automatic="off", name="One"), insert_page(world, automatic="off", name="Two")
    assert api.call("POST", path, {}).fields == {
        "status_page_id": f"must say which page: One ({first}), Two ({second})"
    }
    insert_component(world, second, "Shop", services=[world.service_id])
    assert api.call("POST", path, {}).json["status_page_id"] == str(second)
    named = api.call("POST", path, {"status_page_id": str(first)})
    assert (named.json["title"], named.json["components"]) == ("Trouble at One", [])
    stranger = insert_page(World(world.database, "Other"))
    assert api.call("POST", path, {"status_page_id": str(stranger)}).status == 404


def test_a_monitor_behind_a_component_is_found_by_its_alert(api: ApiHost, world: World) -> None:
    page_id = insert_page(world, automatic="off")
    monitor_id = insert_monitor(world, "db-one.internal")
    insert_component(world, page_id, "Checkout", monitors=[monitor_id])
    incident_id = send(world, key=f"monitor:{monitor_id}", summary="db-one.internal is down")
    draft = api.call("POST", f"/v1/incidents/{incident_id}/status-report", {}).json
    assert draft["title"] == "Outage of Checkout"
    odd = send(world, key=f"monitor:{'-' * 36}")
    assert api.call("POST", f"/v1/incidents/{odd}/status-report", {}).json["components"] == []


def test_templates_are_kept_and_used(api: ApiHost, world: World) -> None:
    page_id = insert_page(world, automatic="off")
    path = f"/v1/status-pages/{page_id}/templates"
    words: dict[str, Any] = {
        "name": "outage",
        "title": "{components} not there",
        "body": "Sorry, {page}.",
        "status": "identified",
        "used_when": "opened",
    }
    made = api.call("POST", path, words)
    assert (made.status, made.headers["ETag"], made.json["kind"]) == (201, '"1"', "incident")
    where = f"/v1/status-report-templates/{made.json['id']}"
    assert api.call("GET", where).json == made.json
    assert api.call("POST", path, {**words, "used_when": None}).problem["code"] == "duplicate"
    assert api.call("POST", path, {**words, "name": "other"}).problem["detail"] == (
        "Another template of this page is used then already."
    )
    wrong = api.call("POST", path, {**words, "name": "x", "title": "{monitor}", "status": "scheduled"})
    assert wrong.fields == {
        "title": "has {monitor}, which nothing is filled in for; there is {components} and {page}",
        "status": "must be one of identified, investigating, monitoring",
    }
    plain = api.call("POST", path, {**words, "name": "plain", "used_when": None, "body": "Plain."}).json
    assert [one["name"] for one in api.call("GET", path).json["items"]] == ["outage", "plain"]
    incident_id = send(world)
    draft = api.call("POST", f"/v1/incidents/{incident_id}/status-report", {}).json
    assert (draft["title"], draft["status"], draft["last_update"]["body"]) == (
        "Acme not there",
        "identified",
        "Sorry, Acme.",
    )
    other = send(world, key="other")
    drafted = api.call("POST", f"/v1/incidents/{other}/status-report", {"template_id": plain["id"]}).json
    assert drafted["last_update"]["body"] == "Plain."
    refused = api.call("POST", f"/v1/incidents/{send(world, key='x')}/status-report", {"template_id": str(uuid4())})
    assert set(refused.fields) == {"template_id"}
    assert api.call("PUT", where, words).status == 428
    assert api.call("PUT", where, {**words, "title": "Gone"}, headers={"if-match": "1"}).json["version"] == 2
    assert api.call("PUT", where, words, headers={"if-match": "1"}).status == 412
    assert api.call("DELETE", where).status == 204
    assert api.call("GET", where).status == 404


def test_only_who_may_make_windows_schedules_what_mutes(api: ApiHost, world: World) -> None:
    page_id = insert_page(world)
    shop = insert_component(world, page_id, "Shop", services=[world.service_id])
    scoped = api.call(
        "POST",
        "/v1/api-keys",
        {"name": "pages", "role": "responder", "access": "write", "groups": ["status_pages"]},
    ).json["key"]
    body = {
        "title": "Upgrade",
        "body": "Short.",
        "scheduled_for": (world.now + timedelta(hours=1)).isoformat(),
        "scheduled_until": (world.now + timedelta(hours=2)).isoformat(),
        "component_ids": [str(shop)],
        "mutes": True,
    }
    path = f"/v1/status-pages/{page_id}/maintenance"
    refused = api.call("POST", path, body, key=scoped)
    assert (refused.status, refused.problem["detail"]) == (
        403,
        "The scope of this API key does not allow maintenance:write.",
    )
    quiet = api.call("POST", path, {**body, "mutes": False}, key=scoped).json
    assert quiet["window_ids"] == []
    patch = {"mutes": True}
    where = f"/v1/status-reports/{quiet['id']}"
    assert api.call("PATCH", where, patch, key=scoped, headers={"if-match": "1"}).status == 403
    made = api.call("PATCH", where, patch, headers={"if-match": "1"}).json
    (window_id,) = made["window_ids"]
    window = api.call("GET", f"/v1/maintenance-windows/{window_id}").json
    assert (window["name"], window["service_ids"]) == ("Upgrade", [str(world.service_id)])
