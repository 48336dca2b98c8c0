"""What regions check is written for them, only what has changed, and nothing of whom it does not concern."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from functions.publish.bucket import THREADS
from functions.publish.handler import handler as publish
from functions.sweep.handler import handler as sweep
from tests.support.aws import watched
from tests.support.inside import BUCKET, SCHEDULED, Inside, failures, inside, sqs_event
from tests.support.monitors import check_monitor, insert_monitor
from tests.support.world import World
from tocsin.contracts.checks import CheckConfig, Command, config_key
from tocsin.contracts.edge import CHECKS, EDGE_STATE, PAGES, PublishRequest
from tocsin.contracts.page_objects import ASSETS_PREFIX
from tocsin.contracts.probes import private_command_key, private_config_key
from tocsin.platform.ids import new_id
from tocsin_data.views.check_configs import shard_of

REGION = "eu-west-1"
EARLIER = "update monitor_run set asked_at = asked_at - %s where id = %s returning id"


@pytest.fixture
def surroundings(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    monkeypatch.setenv("CHECK_REGIONS", "eu-west-1, us-east-1")
    monkeypatch.setenv("CHECK_SHARDS", "2")
    monkeypatch.setenv("CONTROL_TARGETS", "https://control.example,tcp://192.0.2.1:53")
    with inside(world.database, monkeypatch) as found:
        yield found


def ask() -> None:
    assert failures(publish(sqs_event(PublishRequest(document=CHECKS)), None)) == []


def keys(surroundings: Inside) -> set[str]:
    return {item["Key"] for item in surroundings.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])}


def read(surroundings: Inside, key: str) -> str:
    return surroundings.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()


def config(surroundings: Inside, region: str, shard: int) -> CheckConfig:
    return CheckConfig.model_validate_json(read(surroundings, config_key(region, shard)))


def checked(surroundings: Inside, region: str) -> set[UUID]:
    return {m.monitor_id for shard in (0, 1) for m in config(surroundings, region, shard).monitors}


def test_each_region_is_told_what_it_checks(surroundings: Inside, world: World) -> None:
    both = insert_monitor(world, regions=["eu-west-1", "us-east-1"], sealed="a.b.c.d.e", secret_names=["token"])
    one = insert_monitor(world, kind="dns", regions=["us-east-1"])
    insert_monitor(world, kind="heartbeat")
    insert_monitor(world, paused_at=world.now.isoformat())
    insert_monitor(world, deleted_at=world.now.isoformat())
    other = insert_monitor(World(world.database, name="Other"), regions=["eu-west-1"])
    ask()
    assert keys(surroundings) == {
        config_key(region, shard) for region in ("eu-west-1", "us-east-1") for shard in (0, 1)
    }
    assert checked(surroundings, "eu-west-1") == {both, other}
    assert checked(surroundings, "us-east-1") == {both, one}
    found = config(surroundings, "eu-west-1", shard_of(both, 2))
    assert (found.shards, found.spread_seconds) == (2, 1), "one monitor needs no minute to begin in"
    assert found.controls == ["https://control.example", "tcp://192.0.2.1:53"]
    assert check_monitor(world, both) in found.monitors


def test_only_what_has_changed_is_written(surroundings: Inside, world: World) -> None:
    monitor_id = insert_monitor(world, regions=[REGION])
    ask()
    before = {key: read(surroundings, key) for key in keys(surroundings)}
    world.database.advance(timedelta(minutes=1))
    ask()
    assert {key: read(surroundings, key) for key in before} == before
    world.database.rows("update monitor set version = 2 where id = %s returning id", monitor_id)
    ask()
    changed = {key for key in before if read(surroundings, key) != before[key]}
    assert changed == {config_key(REGION, shard_of(monitor_id, 2))}
    surroundings.s3.delete_object(Bucket=BUCKET, Key=next(iter(changed)))
    ask()
    assert checked(surroundings, REGION) == {monitor_id}, "what the bucket has lost is written again"


def test_what_is_newer_or_broken_there(surroundings: Inside, world: World) -> None:
    ask()
    key = config_key(REGION, 0)
    newer = config(surroundings, REGION, 0).model_copy(update={"written_at": world.now + timedelta(minutes=5)})
    newer = newer.model_copy(update={"controls": ["tcp://192.0.2.9:53"]})
    surroundings.s3.put_object(Bucket=BUCKET, Key=key, Body=newer.to_json())
    ask()
    assert config(surroundings, REGION, 0) == newer
    surroundings.s3.put_object(Bucket=BUCKET, Key=key, Body="{")
    ask()
    assert config(surroundings, REGION, 0).controls[0] == "https://control.example"


def test_of_a_demo_and_of_what_has_ended_nothing_is_checked(
    surroundings: Inside, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = world.database.rows
    demo, ended, leaving = (World(world.database, name=name) for name in ("Demo", "Ended", "Leaving"))
    monitors = {found.name: insert_monitor(found, regions=[REGION]) for found in (demo, ended, leaving)}
    rows("update organization set is_demo = true where id = %s returning id", demo.org_id)
    rows("update organization set deletes_at = now() where id = %s returning id", ended.org_id)
    rows("update organization set deletes_at = now() + interval '1 day' where id = %s returning id", leaving.org_id)
    gone = insert_monitor(world, regions=[REGION])
    rows("update service set deleted_at = now() where id = %s returning id", world.service_id)
    ask()
    assert checked(surroundings, REGION) == {monitors["Leaving"]}
    monkeypatch.setenv("CHECK_DEMO", "yes")
    ask()
    assert checked(surroundings, REGION) == {monitors["Leaving"], monitors["Demo"]}
    assert gone not in checked(surroundings, REGION)


def location(world: World, name: str) -> UUID:
    made = (
        "insert into private_location (org_id, name, created_at, created_by)"
        " values (%s, %s, now(), 'test') returning id"
    )
    return world.database.rows(made, world.org_id, name)[0][0]


def test_a_private_location_has_its_own_and_one_that_is_gone_none(surroundings: Inside, world: World) -> None:
    hall = location(world, "hall")
    sealed = {"sealed": "a.b.c.d.e", "secret_names": ["token"]}
    monitor_id = insert_monitor(world, regions=[f"private:{hall}", REGION], **sealed)
    ask()
    found = CheckConfig.model_validate_json(read(surroundings, private_config_key(hall)))
    assert (found.region, found.shards, found.controls) == (f"private:{hall}", 1, [])
    assert [(m.monitor_id, m.sealed) for m in found.monitors] == [(monitor_id, None)]
    world.database.rows("update monitor set regions = %s where id = %s returning id", [REGION], monitor_id)
    world.database.rows("update private_location set deleted_at = now() where id = %s returning id", hall)
    ask()
    assert CheckConfig.model_validate_json(read(surroundings, private_config_key(hall))).monitors == []


def test_many_private_locations_keep_no_pages_waiting_and_are_gone_on_with(
    surroundings: Inside, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    halls = sorted(location(world, f"hall {n}") for n in range(THREADS + 3))
    monkeypatch.setenv("PAGES_BUCKET", BUCKET)
    monkeypatch.setenv("PRIVATE_SECONDS", "0")
    with watched() as sent:
        publish(sqs_event(PublishRequest(document=CHECKS), PublishRequest(document=PAGES)), None)
    asked = [str(request.url) for request in sent]
    of_regions, of_pages, of_halls = (
        [n for n, url in enumerate(asked) if part in url] for part in (config_key(REGION, 0), ASSETS_PREFIX, "private/")
    )
    assert max(of_regions) < min(of_pages), "regions check for everybody"
    assert max(of_pages) < min(of_halls), "pages come before private locations"
    assert [private_config_key(hall) in keys(surroundings) for hall in halls] == [*[True] * THREADS, *[False] * 3]
    (rest,) = surroundings.messages("publications", PublishRequest)
    assert rest == PublishRequest(document=CHECKS, after_region=f"private:{halls[THREADS - 1]}")
    surroundings.s3.delete_object(Bucket=BUCKET, Key=config_key(REGION, 0))
    assert failures(publish(sqs_event(rest), None)) == []
    assert all(private_config_key(hall) in keys(surroundings) for hall in halls)
    assert surroundings.sent("publications") == []
    assert config_key(REGION, 0) not in keys(surroundings), "the rest is the rest alone"


def begin_run(world: World, monitor_id: UUID, regions: list[str]) -> UUID:
    run_id = new_id()
    world.database.rows(
        "insert into monitor_run (id, org_id, monitor_id, asked_at, asked_by, regions, monitor)"
        " values (%s, %s, %s, now(), 'user:x', %s, %s) returning id",
        run_id,
        world.org_id,
        monitor_id,
        regions,
        check_monitor(world, monitor_id).to_json(),
    )
    return run_id


def test_a_run_is_commanded_once_of_regions_and_of_private_locations(surroundings: Inside, world: World) -> None:
    hall = location(world, "hall")
    monitor_id = insert_monitor(world, regions=[f"private:{hall}", REGION])
    run_id = begin_run(world, monitor_id, [f"private:{hall}", REGION])
    ask()
    shared = Command.model_validate_json(read(surroundings, f"commands/{run_id}.json"))
    assert (shared.command_id, shared.kind, shared.regions, shared.asked_by) == (run_id, "run", [REGION], "user:x")
    assert shared.monitor == check_monitor(world, monitor_id)
    private = Command.model_validate_json(read(surroundings, private_command_key(hall, run_id)))
    assert private.regions == [f"private:{hall}"]
    surroundings.s3.delete_object(Bucket=BUCKET, Key=f"commands/{run_id}.json")
    ask()
    assert f"commands/{run_id}.json" not in keys(surroundings)


def test_nobody_waits_for_an_old_run_and_a_demo_asks_for_none(surroundings: Inside, world: World) -> None:
    old = begin_run(world, insert_monitor(world), [REGION])
    world.database.rows(
        "update monitor_run set asked_at = asked_at - interval '1 hour' where id = %s returning id", old
    )
    demo = World(world.database, name="Demo")
    begin_run(demo, insert_monitor(demo), [REGION])
    world.database.rows("update organization set is_demo = true where id = %s returning id", demo.org_id)
    ask()
    assert not [key for key in keys(surroundings) if key.startswith("commands/")]


def test_the_sweep_asks_for_checks_every_five_minutes_and_forgets_old_runs(surroundings: Inside, world: World) -> None:
    old = begin_run(world, insert_monitor(world), [REGION])
    world.database.rows(
        "update monitor_run set asked_at = asked_at - interval '2 days' where id = %s returning id", old
    )

    def sweep_at(time: str) -> list[Any]:
        sweep({**SCHEDULED, "time": time}, None)
        return [json.loads(sent.body) for sent in surroundings.sent("publications")]

    assert sweep_at("2026-11-21T09:01:00Z") == [{"document": EDGE_STATE}, {"document": PAGES}]
    assert sweep_at("2026-11-21T09:05:00Z") == [{"document": EDGE_STATE}, {"document": PAGES}, {"document": CHECKS}]
    assert world.database.rows("select count(*) from monitor_run where id = %s", old) == [(0,)]
