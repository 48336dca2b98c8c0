"""Checks at once over the API: asked for, answered by region, and told in full only to those who may ask."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.monitors import REGIONS, insert_monitor
from tests.support.world import World
from tocsin.contracts.checks import CheckMonitor, CheckResult, ResultBatch, Timings
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin_data.services import verdicts

PATH = "/v1/monitors"
SPEC = {"kind": "http", "url": "https://shop.acme.example/?key={{key}}"}
TIMINGS = {"dns": 3.1, "connect": 12.0, "tls": 25.5, "first_byte": 80.2, "total": 121.0}


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def answer(world: World, run_id: str, region: str, **fields: Any) -> None:
    """What a region has seen, as verdict keeps it."""
    seen = {
        "monitor_id": str(uuid4()),
        "version": 1,
        "tick": "2026-11-21T09:00:00Z",
        "checked_at": "2026-11-21T09:00:01Z",
        "status": "up",
        "attempts": 1,
        "timings": TIMINGS,
        **fields,
    }
    world.database.rows(
        "insert into monitor_run_result values (%s, %s, %s, %s) returning region",
        world.org_id,
        run_id,
        region,
        json.dumps(seen),
    )


def test_a_run_is_answered_by_region_with_all_its_timings(api: ApiHost, world: World) -> None:
    monitor_id = insert_monitor(world, paused_at=world.now.isoformat())
    asked = api.call("POST", f"{PATH}/{monitor_id}/run")
    assert asked.status == 202, asked.text
    assert asked.json["waiting_for"] == asked.json["regions"] == list(REGIONS)
    assert api.sent("publications") == [{"document": "checks"}]
    run = f"{PATH}/{monitor_id}/runs/{asked.json['id']}"
    answer(world, asked.json["id"], "eu-west-1")
    refused = {"status": "down", "reason": "unexpected_status", "http_status": 503, "excerpt": "<h1>Sorry</h1>"}
    answer(world, asked.json["id"], "us-east-1", **refused)
    found = api.call("GET", run).json
    assert found["waiting_for"] == ["ap-southeast-2"]
    good, bad = found["results"]
    assert (good["region"], good["status"], good["timings"]) == ("eu-west-1", "up", TIMINGS)
    assert (bad["reason"], bad["http_status"], bad["excerpt"]) == ("unexpected_status", 503, "<h1>Sorry</h1>")
    viewer = api.call("GET", run, key=world.api_key("viewer")).json
    assert [one["excerpt"] for one in viewer["results"]] == [None, None]
    assert api.call("POST", f"{PATH}/{monitor_id}/run", key=world.api_key("viewer")).status == 403
    other = insert_monitor(world)
    assert api.call("GET", f"{PATH}/{other}/runs/{asked.json['id']}").status == 404
    stranger = World(world.database, name="Other").api_key()
    assert api.call("GET", run, key=stranger).status == 404


def test_what_is_only_tried_leaves_no_monitor_and_holds_its_secrets(api: ApiHost, world: World) -> None:
    asked = api.call("POST", f"{PATH}/test", {"spec": SPEC, "secrets": {"key": "t0ps3cret"}, "regions": ["us-east-1"]})
    assert asked.status == 202, asked.text
    assert (asked.json["monitor_id"], asked.json["regions"]) == (None, ["us-east-1"])
    assert world.database.rows("select count(*) from monitor") == [(0,)]
    ((stored,),) = world.database.rows("select monitor from monitor_run")
    assert "t0ps3cret" not in json.dumps(stored)
    tried = CheckMonitor.model_validate(stored)
    assert (tried.monitor_id, tried.regions) == (UUID(asked.json["id"]), ["us-east-1"])
    assert tried.sealed is not None
    answer(world, asked.json["id"], "us-east-1")
    found = api.call("GET", f"{PATH}/test/{asked.json['id']}").json
    assert (found["waiting_for"], found["results"][0]["status"]) == ([], "up")
    assert api.call("GET", f"{PATH}/{uuid4()}/runs/{asked.json['id']}").status == 404


def test_a_try_has_the_secrets_of_a_monitor_that_one_may_change(api: ApiHost, world: World) -> None:
    body = {"name": "shop", "service_id": str(world.service_id), "spec": SPEC, "secrets": {"key": "t0ps3cret"}}
    monitor_id = api.call("POST", PATH, body).json["id"]
    kept = {"spec": SPEC, "secrets": {"key": None}, "monitor_id": monitor_id}
    assert api.call("POST", f"{PATH}/test", kept).status == 202
    assert set(api.call("POST", f"{PATH}/test", {**kept, "monitor_id": None}).fields) == {"secrets.key"}
    assert api.call("POST", f"{PATH}/test", {**kept, "monitor_id": str(uuid4())}).status == 404
    assert api.call("POST", f"{PATH}/test", kept, key=world.api_key("responder")).status == 403
    wrong = {"spec": {"kind": "tcp", "host": "127.0.0.1", "port": 80}, "regions": ["mars-1"]}
    assert set(api.call("POST", f"{PATH}/test", wrong).fields) == {"spec.host", "regions.0"}
    beat = {"spec": {"kind": "heartbeat", "interval_seconds": 60}}
    assert set(api.call("POST", f"{PATH}/test", beat).fields) == {"spec.kind"}


def test_so_many_checks_can_be_asked_for_in_a_minute(api: ApiHost, world: World) -> None:
    monitor_id = insert_monitor(world)
    world.database.rows(
        "insert into monitor_run (org_id, monitor_id, asked_at, asked_by, regions, monitor)"
        " select %s, %s, now(), 'test', '{}', '{}' from generate_series(1, 30) returning id",
        world.org_id,
        monitor_id,
    )
    refused = api.call("POST", f"{PATH}/{monitor_id}/run")
    assert (refused.status, refused.problem["code"]) == (429, "rate_limited")


def test_what_verdict_takes_in_answers_who_asked(api: ApiHost, world: World) -> None:
    monitor_id = insert_monitor(world)
    tried = api.call("POST", f"{PATH}/test", {"spec": {"kind": "dns", "name": "acme.example"}}).json
    runs = [
        (f"{PATH}/{monitor_id}/runs", api.call("POST", f"{PATH}/{monitor_id}/run").json, monitor_id),
        (f"{PATH}/test", tried, None),
    ]
    now = world.now
    for path, run, of in runs:
        result = CheckResult(
            monitor_id=of or UUID(run["id"]),
            version=1,
            tick=now,
            checked_at=now,
            status=CheckStatus.DOWN,
            reason=Reason.TIMEOUT,
            timings=Timings(total=10_000),
            command_id=UUID(run["id"]),
        )
        for region in ("eu-west-1", "mars-1"):
            batch = ResultBatch(batch_id=uuid4(), region=region, sent_at=now, results=[result])
            verdicts.apply(world.database.enter("worker"), [batch])
        found = api.call("GET", f"{path}/{run['id']}").json
        assert [(one["region"], one["reason"]) for one in found["results"]] == [("eu-west-1", "timeout")]
    assert api.call("GET", f"{PATH}/{monitor_id}").json["status"] == "unknown", "a run is no check of its own grid"
