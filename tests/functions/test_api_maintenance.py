"""Maintenance windows and dependencies over the API: what may be, who may see it, and what is refused and why."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.monitors import insert_monitor
from tests.support.world import World
from tocsin.domain.maintenance import is_covered
from tocsin_data.services.deciding import scope

PATH = "/v1/maintenance-windows"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def window(world: World, **changes: Any) -> dict[str, Any]:
    now = world.now
    times = {"starts_at": now.isoformat(), "ends_at": (now + timedelta(hours=1)).isoformat()}
    return {"name": "upgrade", "everything": True, **times, **changes}


def test_a_window_is_made_changed_and_cancelled_by_who_read_it(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, window(world))
    assert (made.status, made.headers["ETag"], made.json["kind"]) == (201, '"1"', "maintenance")
    path = f"{PATH}/{made.json['id']}"
    assert api.call("GET", path).json == made.json
    scope = {"everything": False, "service_ids": [str(world.service_id)], "labels": {"host": "a"}}
    changed = api.call("PUT", path, window(world, **scope, kind="silence"), headers={"if-match": "1"})
    assert (changed.status, changed.json["version"], changed.json["labels"]) == (200, 2, {"host": "a"})
    assert api.call("PUT", path, window(world), headers={"if-match": "1"}).status == 412
    assert api.call("PUT", path, window(world)).status == 428
    assert api.call("POST", f"{path}/cancel").json["open"] is None
    assert api.call("POST", f"{path}/cancel").status == 409
    assert api.call("GET", f"{PATH}/active").json["items"] == []
    actions = world.database.rows(
        "select action from audit_entry where subject_kind = 'maintenance_window' order by id"
    )
    assert [a[0].partition(".")[2] for a in actions] == ["created", "updated", "cancelled"]


def test_windows_are_listed_in_pages_and_those_open_now_together(api: ApiHost, world: World) -> None:
    later = {"starts_at": (world.now + timedelta(minutes=5)).isoformat()}
    ids = [api.call("POST", PATH, window(world, **more)).json["id"] for more in ({}, later, {"name": "other"})]
    first = api.call("GET", PATH, query={"limit": 2}).json
    rest = api.call("GET", PATH, query={"cursor": first["next_cursor"]}).json
    assert [w["id"] for w in first["items"] + rest["items"]] == ids[::-1]
    assert {w["id"] for w in api.call("GET", f"{PATH}/active").json["items"]} == {ids[0], ids[2]}


def test_a_recurring_window_that_is_ended_opens_again(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, window(world, recurrence="FREQ=DAILY", time_zone="Australia/Lord_Howe")).json
    assert made["open"]["starts_at"] == made["starts_at"]
    ended = api.call("POST", f"{PATH}/{made['id']}/end").json
    assert (ended["open"], ended["upcoming"]) == (None, made["upcoming"])
    assert api.call("POST", f"{PATH}/{made['id']}/end").status == 409
    world.database.advance(timedelta(days=1, minutes=1))
    assert len(api.call("GET", f"{PATH}/active").json["items"]) == 1


def test_everything_that_is_wrong_is_told_at_once(api: ApiHost, world: World) -> None:
    refused = api.call(
        "POST",
        PATH,
        window(world, service_ids=[str(uuid4())], time_zone="Moon", recurs_until=world.now.isoformat()),
    )
    assert refused.status == 422
    assert refused.fields == {
        "service_ids.0": "is not the id of a service of this organization",
        "everything": "must be false beside service_ids, labels or monitor_ids",
        "time_zone": "must be an IANA time zone, like Europe/Berlin",
        "recurs_until": "is for windows with a recurrence",
    }
    now = world.now
    late = {"starts_at": (now - timedelta(hours=2)).isoformat(), "ends_at": (now - timedelta(hours=1)).isoformat()}
    assert api.call("POST", PATH, window(world, **late)).fields["ends_at"].startswith("must be after now, which is")
    long = {"ends_at": (now + timedelta(days=91)).isoformat(), "everything": False}
    assert api.call("POST", PATH, window(world, **long)).fields == {
        "ends_at": "must be at most 90 days after starts_at",
        "everything": "must be true, or give service_ids, labels or monitor_ids",
    }
    wrong = api.call("POST", PATH, window(world, recurrence="FREQ=DAILY;UNTIL=20270101"))
    assert wrong.fields == {"recurrence": "has UNTIL; give recurs_until instead"}


def test_a_circle_of_dependencies_is_refused_by_its_names(api: ApiHost, world: World) -> None:
    web, data = (api.call("POST", "/v1/services", {"name": name}).json["id"] for name in ("web", "database"))
    shop = str(world.service_id)

    def depend(service: str, *others: str) -> Any:
        return api.call("PUT", f"/v1/services/{service}/dependencies", {"depends_on": list(others)})

    assert depend(shop, web).status == 200
    assert depend(web, data, data).json == {
        "depends_on": [{"id": data, "name": "database"}],
        "dependents": [{"id": shop, "name": "checkout"}],
    }
    circle = depend(data, shop)
    assert (circle.status, circle.fields) == (
        422,
        {"depends_on": "would close a circle: database → checkout → web → database; leave one of these out"},
    )
    assert depend(shop, shop).fields == {
        "depends_on": "would close a circle: checkout → checkout; leave one of these out"
    }
    assert depend(shop, str(uuid4())).fields == {"depends_on.0": "is not the id of a service of this organization"}
    assert depend(shop).json == {"depends_on": [], "dependents": []}


def test_another_organization_sees_none_of_it(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, window(world)).json
    stranger = World(world.database, "Other")
    key = stranger.api_key()
    assert api.call("GET", PATH, key=key).json["items"] == []
    assert api.call("GET", f"{PATH}/active", key=key).json["items"] == []
    for verb, path in (("GET", ""), ("POST", "/end"), ("POST", "/cancel")):
        assert api.call(verb, f"{PATH}/{made['id']}{path}", key=key).status == 404
    assert api.call("GET", f"/v1/services/{world.service_id}/dependencies", key=key).status == 404
    foreign = {"depends_on": [str(world.service_id)]}
    refused = api.call("PUT", f"/v1/services/{stranger.service_id}/dependencies", foreign, key=key)
    assert list(refused.fields) == ["depends_on.0"]


def test_a_window_covers_what_its_monitors_say_and_nothing_else(api: ApiHost, world: World) -> None:
    mine, other = str(insert_monitor(world)), str(insert_monitor(World(world.database, name="Other")))
    hours = {"starts_at": world.now.isoformat(), "ends_at": (world.now + timedelta(hours=1)).isoformat()}
    made = api.call("POST", "/v1/maintenance-windows", {"name": "upgrade", "monitor_ids": [mine], **hours})
    assert made.status == 201, made.text
    assert (made.json["monitor_ids"], made.json["everything"]) == ([mine], False)
    ((stored,),) = world.database.rows("select scope from maintenance_window where id = %s", made.json["id"])
    covered = scope(stored)
    assert is_covered(covered, world.service_id, {"monitor_id": mine})
    assert not is_covered(covered, world.service_id, {"monitor_id": other})
    assert not is_covered(covered, world.service_id, {})
    refused = api.call("POST", "/v1/maintenance-windows", {"name": "upgrade", "monitor_ids": [other], **hours})
    assert refused.fields == {"monitor_ids.0": "is not the id of a monitor of this organization"}
