"""The history of monitors over the API: results, latencies, uptime, outages, regions, and what is proven."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from tests.support.api_host import ApiHost, api_host
from tests.support.monitors import insert_monitor
from tests.support.world import World
from tocsin.domain.latency_histogram import RELATIVE_ERROR
from tocsin_data.services import storing
from tocsin_data.sql import rollups

EU, US = "eu-west-1", "us-east-1"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def insert(
    world: World,
    monitor_id: UUID,
    ticks: Sequence[datetime],
    *,
    region: str = EU,
    status: str = "up",
    origin: str = "live",
    latency_ms: float | None = 10.0,
    evidence: dict[str, Any] | None = None,
) -> None:
    with world.database.admin() as conn, conn.cursor() as cur:
        cur.executemany(
            "insert into check_result (org_id, monitor_id, region, tick, checked_at, status, origin, latency_ms,"
            " attempts, monitor_version, timings, evidence) values (%s, %s, %s, %s, %s, %s, %s, %s, 1, 1, %s, %s)",
            [
                (
                    world.org_id,
                    monitor_id,
                    region,
                    tick,
                    tick,
                    status,
                    origin,
                    latency_ms,
                    [1.0, 2.0, None, 4.0],
                    None if evidence is None else Jsonb(evidence),
                )
                for tick in ticks
            ],
        )


def span(world: World, monitor_id: UUID, status: str, since: datetime, until: datetime | None) -> UUID:
    ((span_id,),) = world.database.rows(
        "insert into monitor_span (org_id, monitor_id, status, starts_at, ends_at, evidence)"
        ' values (%s, %s, %s, %s, %s, \'{"reason": "timeout"}\') returning id',
        world.org_id,
        monitor_id,
        status,
        since,
        until,
    )
    return span_id


def hour(world: World, back: int = 0) -> datetime:
    return world.now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=back)


def test_results_come_newest_first_page_by_page(api: ApiHost, world: World) -> None:
    monitor_id, start = insert_monitor(world), hour(world, 30)
    ticks = [start + timedelta(hours=n) for n in range(30)]
    for region in (EU, US):
        insert(world, monitor_id, ticks, region=region)
    insert(world, insert_monitor(world), ticks)
    path, cursor, seen = f"/v1/monitors/{monitor_id}/results", None, []
    while True:
        page = api.call("GET", path, query={"limit": 25} | ({} if cursor is None else {"cursor": cursor})).json
        seen += [(item["tick"], item["region"]) for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 60
    assert seen == sorted(seen, reverse=True)
    one = api.call("GET", path, query={"limit": 1}).json["items"][0]
    assert one["timings"] == {"dns": 1.0, "connect": 2.0, "tls": None, "first_byte": 4.0}
    assert (one["status"], one["latency_ms"], one["origin"], one["evidence"]) == ("up", 10.0, "live", None)


def test_results_are_narrowed(api: ApiHost, world: World) -> None:
    monitor_id, start = insert_monitor(world), hour(world, 10)
    insert(world, monitor_id, [start + timedelta(minutes=n) for n in range(10)])
    insert(
        world, monitor_id, [start], region=US, status="down", evidence={"excerpt": "secret page", "http_status": 500}
    )
    path = f"/v1/monitors/{monitor_id}/results"

    def ticks(**query: Any) -> int:
        return len(api.call("GET", path, query=query).json["items"])

    assert ticks() == 11
    assert ticks(region=US) == 1
    assert ticks(region=[US, EU], status="down") == 1
    assert ticks(status=["up", "degraded"]) == 10
    window = {"from": (start + timedelta(minutes=2)).isoformat(), "to": (start + timedelta(minutes=5)).isoformat()}
    assert ticks(**window) == 3
    (down,) = api.call("GET", path, query={"status": "down"}).json["items"]
    assert down["evidence"] == {"excerpt": "secret page", "http_status": 500}
    (seen,) = api.call("GET", path, query={"status": "down"}, key=world.api_key("viewer")).json["items"]
    assert seen["evidence"] == {"http_status": 500}


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("results", {"cursor": "x"}, "query.cursor"),
    ("results", {"cursor": "WyJub3QgYW4gaW5zdGFudCIsICIwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMCJd"}, "query.cursor"),
    ("results", {"limit": 0}, "query.limit"),
    ("results", {"status": "fine"}, "query.status.0"),
    ("results", {"region": "EU\x00"}, "query.region.0"),
    ("results", {"from": "yesterday"}, "query.from"),
    ("uptime", {"days": 367}, "query.days"),
    ("uptime", {"time_zone": "Mars/Olympus"}, "query.time_zone"),
    ("latency", {"step": "minute"}, "query.step"),
    ("latency", {"origin": "rumour"}, "query.origin"),
    ("latency", {"step": "hour", "from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}, "query.from"),
    ("latency", {"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}, "query.from"),
    ("outages", {"cursor": "x"}, "query.cursor"),
    ("regions", {"limit": 5}, "query.limit"),
]


def test_what_is_asked_wrongly_is_told_by_field(api: ApiHost, world: World) -> None:
    monitor_id = insert_monitor(world)
    for of, query, field in WRONG:
        assert list(api.call("GET", f"/v1/monitors/{monitor_id}/{of}", query=query).fields) == [field], (of, query)


def test_the_history_of_others_and_of_none_is_not_found(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    theirs = insert_monitor(other)
    insert(other, theirs, [hour(world)])
    span(other, theirs, "down", hour(world, 2), None)
    deleted = insert_monitor(world, deleted_at=world.now)
    for monitor_id in (theirs, deleted, uuid4()):
        for of in ("results", "latency", "uptime", "outages", "regions", "evidence"):
            assert api.call("GET", f"/v1/monitors/{monitor_id}/{of}").problem["code"] == "not_found"
    assert api.call("GET", "/v1/evidence").json == {"items": []}


def test_latencies_join_what_was_counted_and_what_was_not_yet(api: ApiHost, world: World) -> None:
    monitor_id = insert_monitor(world)
    before, now = hour(world, 1), world.now
    counted = [float(n) for n in range(1, 101)]
    for n, latency in enumerate(counted):
        insert(world, monitor_id, [before + timedelta(seconds=n)], latency_ms=latency)
    insert(world, monitor_id, [before + timedelta(minutes=30)], status="down", latency_ms=9_999.0)
    worker = world.database.enter("worker")
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, [(world.org_id, monitor_id, before)])
    storing.roll_up(worker, [(world.org_id, monitor_id)])
    world.database.rows("update check_result set latency_ms = 1 where monitor_id = %s returning 1", monitor_id)
    insert(world, monitor_id, [now], latency_ms=1_000.0)
    insert(world, monitor_id, [now], region=US, origin="demo")
    visit = """
        insert into check_rollup_hour (org_id, monitor_id, region, origin, hour, up, degraded, down, unknown,
            first_tick, last_tick, latency_sum_ms, latency_buckets, latency_counts)
        values (%s, %s, 'visitors', 'live-user', date_trunc('hour', now()), 1, 0, 0, 0, now(), now(), 0, '{}', '{}')
        returning 1
    """
    world.database.rows(visit, world.org_id, monitor_id)
    answer = api.call("GET", f"/v1/monitors/{monitor_id}/latency", query={"step": "hour"}).json
    assert (answer["relative_error"], answer["origin"]) == (RELATIVE_ERROR, "live")
    first, second = answer["items"]
    assert datetime.fromisoformat(first["starts_at"]) == before
    assert datetime.fromisoformat(second["ends_at"]) == before + timedelta(hours=2)
    assert (first["up"], first["down"], second["up"]) == (100, 1, 1)
    assert first["mean_ms"] == 50.5
    for name, exact in (("p50_ms", 50), ("p90_ms", 90), ("p95_ms", 95), ("p99_ms", 99)):
        assert first[name] == pytest.approx(exact, rel=RELATIVE_ERROR)
    (total,) = answer["totals"]
    assert (total["region"], total["up"], total["down"]) == (EU, 101, 1)
    assert total["p99_ms"] == pytest.approx(100, rel=RELATIVE_ERROR)
    by_days = api.call("GET", f"/v1/monitors/{monitor_id}/latency").json["totals"]
    assert [(t["up"], t["p50_ms"]) for t in by_days] == [(101, total["p50_ms"])]
    demo = api.call("GET", f"/v1/monitors/{monitor_id}/latency", query={"origin": "demo", "region": US}).json
    assert [(t["region"], t["up"]) for t in demo["totals"]] == [(US, 1)]
    assert api.call("GET", f"/v1/monitors/{monitor_id}/latency", query={"region": "ap-south-1"}).json["items"] == []


def test_uptime_by_days_leaves_maintenance_out(api: ApiHost, world: World) -> None:
    monitor_id = insert_monitor(world)
    midnight = hour(world).replace(hour=0)
    yesterday = midnight - timedelta(days=1)
    span(world, monitor_id, "up", yesterday, yesterday + timedelta(hours=12))
    span(world, monitor_id, "down", yesterday + timedelta(hours=12), yesterday + timedelta(hours=18))
    span(world, monitor_id, "up", yesterday + timedelta(hours=18), None)
    window(world, yesterday + timedelta(hours=13), yesterday + timedelta(hours=16))
    window(world, yesterday + timedelta(hours=17), yesterday + timedelta(hours=18), kind="silence")
    window(world, yesterday + timedelta(hours=17), yesterday + timedelta(hours=18), services=[uuid4()])
    answer = api.call("GET", f"/v1/monitors/{monitor_id}/uptime", query={"days": 2}).json
    day, today = answer["items"]
    assert day == {
        "day": yesterday.date().isoformat(),
        "is_frozen": False,
        "seconds": 86_400,
        "up_seconds": 18 * 3_600,
        "degraded_seconds": 0,
        "down_seconds": 3 * 3_600,
        "unknown_seconds": 0,
        "maintenance_seconds": 3 * 3_600,
        "uptime": round(18 / 21, 6),
    }
    assert (today["uptime"], today["down_seconds"]) == (1.0 if today["up_seconds"] else None, 0)
    assert answer["total"]["down_seconds"] == 3 * 3_600
    assert (answer["time_zone"], answer["origin"]) == ("UTC", "live")
    berlin = api.call("GET", f"/v1/monitors/{monitor_id}/uptime", query={"days": 366, "time_zone": "Europe/Berlin"})
    assert len(berlin.json["items"]) == 366
    assert berlin.json["total"]["down_seconds"] == 3 * 3_600


def test_figures_tell_of_several_monitors_at_once(api: ApiHost, world: World) -> None:
    first, second, silent = insert_monitor(world), insert_monitor(world), insert_monitor(world)
    midnight = hour(world).replace(hour=0)
    span(world, first, "down", midnight - timedelta(hours=24), midnight - timedelta(hours=12))
    span(world, first, "up", midnight - timedelta(hours=12), None)
    other = World(world.database, name="Other")
    theirs = insert_monitor(other)
    begin = hour(world, 2)
    for region, latency in ((EU, 10.0), (US, 31.0)):
        insert(world, second, [begin, begin + timedelta(minutes=1)], region=region, latency_ms=latency)
    insert(world, second, [begin + timedelta(minutes=2)], status="down", latency_ms=9_999.0)
    worker = world.database.enter("worker")
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, [(world.org_id, second, begin)])
    storing.roll_up(worker, [(world.org_id, second)])
    wanted = [second, first, theirs, silent, first]
    answer = api.call("GET", "/v1/monitors/figures", query={"monitor_id": [str(i) for i in wanted], "days": 3}).json
    assert [item["monitor_id"] for item in answer["items"]] == [str(second), str(first), str(silent)]
    assert answer["first_day"] == (midnight - timedelta(days=2)).date().isoformat()
    assert datetime.fromisoformat(answer["first_hour"]) == hour(world, 24)
    latencies, availability, nothing = answer["items"]
    assert [(n, mean) for n, mean in enumerate(latencies["hours"]) if mean is not None] == [(22, 20.5)]
    assert availability["days"][:2] == [None, 0.5]
    assert 0.5 <= availability["uptime"] < 1
    assert (nothing["uptime"], set(nothing["days"]), set(nothing["hours"])) == (None, {None}, {None})
    many = [str(uuid4())] * 101
    assert list(api.call("GET", "/v1/monitors/figures", query={"monitor_id": many}).fields) == ["query.monitor_id"]
    assert api.call("GET", "/v1/monitors/figures").json["items"] == []


def window(
    world: World, since: datetime, until: datetime, *, kind: str = "maintenance", services: Sequence[UUID] = ()
) -> None:
    scope = {"service_ids": [str(s) for s in services], "labels": {}}
    world.database.rows(
        "insert into maintenance_window (org_id, kind, name, scope, time_zone, starts_at, ends_at, created_at,"
        " created_by) values (%s, %s, 'work', %s, 'UTC', %s, %s, %s, 'test') returning id",
        world.org_id,
        kind,
        Jsonb(scope),
        since,
        until,
        since - timedelta(days=1),
    )


def test_outages_name_the_incident_by_which_people_were_told(api: ApiHost, world: World) -> None:
    monitor_id, start = insert_monitor(world), hour(world, 9)
    untold = span(world, monitor_id, "down", start, start + timedelta(minutes=5))
    span(world, monitor_id, "up", start + timedelta(minutes=5), start + timedelta(hours=2))
    told = span(world, monitor_id, "down", start + timedelta(hours=2), None)
    ((incident_id, number),) = world.database.rows(
        "insert into incident (org_id, service_id, title, severity, status, created_at, updated_at)"
        " values (%s, %s, 'shop is down', 'critical', 'triggered', now(), now()) returning id, number",
        world.org_id,
        world.service_id,
    )
    world.database.rows(
        "insert into alert (org_id, service_id, incident_id, dedup_key, status, summary, severity, first_event_at,"
        " last_event_at, event_count) values (%s, %s, %s, %s, 'open', 'down', 'critical', %s, %s, 1) returning id",
        world.org_id,
        world.service_id,
        incident_id,
        f"monitor:{monitor_id}",
        start + timedelta(hours=2, minutes=1),
        start + timedelta(hours=2, minutes=1),
    )
    path = f"/v1/monitors/{monitor_id}/outages"
    latest = api.call("GET", path, query={"limit": 1}).json
    rest = api.call("GET", path, query={"cursor": latest["next_cursor"]}).json
    (now,), (then,) = latest["items"], rest["items"]
    assert (now["id"], now["ends_at"], now["incident_id"]) == (str(told), None, str(incident_id))
    assert (now["incident_number"], now["evidence"]) == (number, {"reason": "timeout"})
    assert now["seconds"] >= 7 * 3_600
    assert (then["id"], then["seconds"], then["incident_id"]) == (str(untold), 300, None)
    assert rest["next_cursor"] is None


def test_regions_show_the_certificate_they_saw(api: ApiHost, world: World) -> None:
    monitor_id = insert_monitor(world, regions=[EU, US])
    shown = {
        "subject": "CN=shop",
        "issuer": "CN=ca",
        "names": ["shop.acme.example"],
        "fingerprint": "ab",
        "not_before": "2026-01-01T00:00:00Z",
        "not_after": "2027-01-01T00:00:00Z",
    }
    for region, certificate in ((EU, Jsonb(shown)), (US, None), ("one-it-had", None)):
        world.database.rows(
            "insert into monitor_region (org_id, monitor_id, region, status, since, last_tick, last_status,"
            " certificate) values (%s, %s, %s, 'up', now(), now(), 'up', %s) returning 1",
            world.org_id,
            monitor_id,
            region,
            certificate,
        )
    items = api.call("GET", f"/v1/monitors/{monitor_id}/regions").json["items"]
    assert [(item["region"], item["certificate"]) for item in items] == [(EU, shown), (US, None)]


def test_shards_tell_their_last_report_and_private_ones_only_to_their_own(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    now = world.now
    locations = {}
    for found in (world, other):
        ((location,),) = world.database.rows(
            "insert into private_location (org_id, name, created_at, created_by) values (%s, 'office', now(), 'test')"
            " returning id",
            found.org_id,
        )
        locations[found.name] = f"private:{location}"
    for region, shard, back, missed in (
        (EU, 0, 3, 5),
        (EU, 0, 2, 1),
        (EU, 1, 2, 0),
        (locations[world.name], 0, 2, 0),
        (locations[other.name], 0, 2, 0),
        (US, 0, 2, 0),
        (US, 1, 2, 0),
    ):
        ends_at = now - timedelta(minutes=back)
        world.database.rows(
            "insert into shard_report (region, shard, starts_at, ends_at, due, done, missed, received_at)"
            " values (%s, %s, %s, %s, 10, 10, %s, now()) returning 1",
            region,
            shard,
            ends_at - timedelta(minutes=1),
            ends_at,
            missed,
        )
    world.database.rows("insert into check_region values (%s, 'blind', now(), now()) returning 1", EU)
    items = api.call("GET", "/v1/check-regions").json["items"]
    assert [(i["region"], i["shard"], i["missed"], i["region_status"]) for i in items] == [
        (EU, 0, 1, "blind"),
        (EU, 1, 0, "blind"),
        (locations[world.name], 0, 0, None),
        (US, 0, 0, None),
        (US, 1, 0, None),
    ]
    assert items[0]["silent_seconds"] >= 120


def test_evidence_tells_origins_apart_and_which_the_public_is_shown(api: ApiHost, world: World) -> None:
    one, two, start = insert_monitor(world), insert_monitor(world), hour(world, 3)
    insert(world, one, [start, start + timedelta(minutes=1)])
    insert(world, two, [start + timedelta(hours=1)])
    insert(world, two, [start], region=US, origin="load-test")
    worker = world.database.enter("worker")
    with worker.many([world.org_id]) as tx:
        hours = [(world.org_id, m, h) for m in (one, two) for h in (start, start + timedelta(hours=1))]
        rollups.mark_late(tx, hours)
    storing.roll_up(worker, [(world.org_id, one), (world.org_id, two)])
    live, load = api.call("GET", "/v1/evidence").json["items"]
    assert (live["origin"], live["is_public"], live["results"]) == ("live", True, 3)
    assert datetime.fromisoformat(live["first_tick"]) == start
    assert datetime.fromisoformat(live["last_tick"]) == start + timedelta(hours=1)
    assert (load["origin"], load["is_public"], load["results"]) == ("load-test", False, 1)
    of_one = api.call("GET", f"/v1/monitors/{one}/evidence").json["items"]
    assert [(item["origin"], item["results"]) for item in of_one] == [("live", 2)]
