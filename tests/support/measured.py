"""What is stored and told of results, once: for tests of what is sent to the database."""

from datetime import timedelta
from typing import Any

from tests.support.api_host import ApiHost
from tests.support.monitors import insert_monitor
from tests.support.world import World
from tocsin_data.db import Database
from tocsin_data.services import storing, sweeping, uptime_days
from tocsin_data.sql import rollups


def measure(world: World, worker: Database, api: ApiHost) -> None:
    """Count hours and days, and tell everything that is told of a monitor."""

    def get(path: str, **query: Any) -> Any:
        answer = api.call("GET", path, query=query)
        assert answer.status == 200, answer.text
        return answer.json

    monitor_id = insert_monitor(world)
    hour = world.now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    insert = (
        "insert into check_result (org_id, monitor_id, region, tick, checked_at, status, attempts, origin,"
        " monitor_version) values (%s, %s, 'eu-west-1', %s, %s, 'up', 1, 'live', 1) returning 1"
    )
    world.database.rows(insert, world.org_id, monitor_id, hour, hour)
    unknown = (
        "insert into monitor_span (org_id, monitor_id, status, starts_at, ends_at) values (%s, %s, 'unknown', %s, %s)"
        " returning 1"
    )
    world.database.rows(unknown, world.org_id, monitor_id, hour, hour + timedelta(hours=1))
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, [(world.org_id, monitor_id, hour)])
    storing.turn_days(worker)
    sweeping.sweep(worker, lambda _: None)
    path = f"/v1/monitors/{monitor_id}"
    assert len(get(f"{path}/results")["items"]) == 1
    for step in ("hour", "day"):
        assert get(f"{path}/latency", step=step)["totals"][0]["up"] == 1
    assert get(f"{path}/evidence") == get("/v1/evidence")
    for of in (f"{path}/uptime", f"{path}/outages", f"{path}/regions", "/v1/check-regions"):
        get(of)
    with world.database.enter("app").one(world.org_id) as tx:
        uptime_days.freeze(tx, [monitor_id], "UTC", (hour - timedelta(days=2)).date())
