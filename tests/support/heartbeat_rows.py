"""A row in every table of heartbeats and beacons, for tests that go over all tables; and a life of them."""

from datetime import timedelta

from tests.support.api_host import ApiHost
from tests.support.heartbeats import Beating, by_slug, ping_key
from tests.support.monitors import insert_monitor
from tests.support.world import World
from tocsin.contracts.checks import Visit
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import digest
from tocsin_data.services import beacons, heartbeat_states, pings
from tocsin_data.views import edge_state


def insert(world: World) -> None:
    """A heartbeat with a ping, a ping key, a beacon, and a key that has ended."""
    Beating(world).tell()
    ping_key(world)
    page = insert_monitor(world)
    with world.database.admin() as conn:
        conn.execute(
            "insert into beacon (org_id, monitor_id, key_hash, hint, sample_percent, created_at)"
            " values (%s, %s, uuid_send(%s), 'ABCD', 10, now())",
            (world.org_id, page, page),
        )
        conn.execute(
            "insert into ended_ping_key (key_hash, org_id, ended_at) values (uuid_send(%(org)s), %(org)s, now())",
            {"org": world.org_id},
        )


def live(world: World, api: ApiHost) -> None:
    """A heartbeat's life over the API and behind it, with ping keys and a beacon."""
    beating = Beating(world)
    start = beating.now
    beating.take(*(beating.made("log", at=start + timedelta(milliseconds=n)) for n in range(110)))
    beating.tell()
    beating.mark()
    beating.tell("fail")
    worker = beating.paging.worker
    heartbeat_states.expire(worker, [(world.org_id, beating.monitor_id)])
    key = ping_key(world, service_id=world.service_id)
    pings.apply(worker, [by_slug(key, "nightly", beating.now, create=True), by_slug(key, "weekly", beating.now)])
    spec = {"kind": "heartbeat", "interval_seconds": 60, "slug": "hourly"}
    body = {"name": "hourly", "service_id": str(world.service_id), "spec": spec}
    made = api.call("POST", "/v1/monitors", body).json
    path = f"/v1/monitors/{made['id']}"
    change = {**body, "spec": {**spec, "slug": "other"}}
    assert api.call("PUT", path, change, headers={"if-match": f'"{made["version"]}"'}).status == 200
    for verb in ("pause", "resume", "rotate-key"):
        assert api.call("POST", f"{path}/{verb}").status == 200
    assert api.call("GET", f"{path}/pings").status == 200
    new = api.call("POST", "/v1/ping-keys", {"name": "one", "service_id": str(world.service_id)}).json
    assert api.call("GET", "/v1/ping-keys").status == 200
    assert api.call("POST", f"/v1/ping-keys/{new['id']}/revoke").status == 200
    page = f"/v1/monitors/{insert_monitor(world)}/beacon"
    snippet = api.call("PUT", page).json["snippet"]
    told = digest(snippet.split("/b/")[1].split(".js")[0]).hex()
    visit = Visit(visit_id=new_id(), key_hash=told, received_at=beating.now, ok=True, load_ms=900)
    assert beacons.count(worker, [visit]) == 1
    assert api.call("GET", page).status == 200
    assert api.call("DELETE", page).status == 204
    assert api.call("DELETE", path).status == 204
    edge_state.read(worker, budget_per_minute=600)
