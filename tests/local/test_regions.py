"""Checks from three regions on the deployed whole: a sample fails, and a region is cut off."""

import json
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from local.deploy import Deployment
from local.machine import REGIONS
from tests.support import shop
from tests.support.shop import DOWN, PATIENCE_SECONDS, incidents, monitor
from tests.support.stack import Stack, eventually, http

pytestmark = pytest.mark.xdist_group("stack")

AWAY = REGIONS[1]
"""The region that is cut off."""
LATE = timedelta(minutes=2)
"""How late a sample may be taken here."""


@pytest.fixture
def site(stack: Stack) -> Generator[str]:
    """Where the site to break is; it is well before and after."""
    yield shop.mended(stack)
    http("POST", f"{stack.machine.target_url}/mend")


@pytest.fixture
def away(stack: Stack, site: str) -> Generator[str]:
    """Where the region is cut off by a POST; it is connected again after."""
    del site
    yield f"{stack.machine.host_url}/-/cut-off/{AWAY}"
    reconnect(stack)
    eventually(lambda: in_region(stack)["status"] == "up", f"{AWAY} sees the site", PATIENCE_SECONDS)


def reconnect(stack: Stack) -> None:
    assert http("POST", f"{stack.machine.host_url}/-/reconnect/{AWAY}").status == 200


def in_region(stack: Stack) -> dict[str, Any]:
    """What the monitor is in the region that is cut off."""
    (found,) = [one for one in monitor(stack)["in_regions"] if one["region"] == AWAY]
    return found


def seeing(stack: Stack) -> dict[str, str | None]:
    """Whether the deployment's regions see anything, as the API tells it."""
    listed = stack.rest("GET", "/v1/check-regions").json["items"]
    return {one["region"]: one["region_status"] for one in listed if one["region"] in REGIONS}


def told(stack: Stack, message: str) -> int:
    """How often the log says something of the region that is cut off."""
    lines = [line for line in stack.run.host.log.read_text().splitlines() if line.startswith('{"level"')]
    return sum(line["message"] == message and line.get("region") == AWAY for line in map(json.loads, lines))


def results(stack: Stack, since: str, status: str) -> list[dict[str, Any]]:
    """What the region that is cut off has found in the samples since an instant."""
    path = f"/v1/monitors/{monitor(stack)['id']}/results?region={AWAY}&status={status}&from={quote(since)}"
    return stack.rest("GET", path).json["items"]


def failed_after(stack: Stack, known: list[dict[str, Any]], since: str) -> list[dict[str, Any]]:
    """What that region has found down besides what was known."""
    ticks = {one["tick"] for one in known}
    return [one for one in results(stack, since, "down") if one["tick"] not in ticks]


def test_a_single_failed_sample_pages_nobody_and_is_there_to_be_seen(stack: Stack, away: str) -> None:
    before, seen, since = len(stack.pages(DOWN)), len(incidents(stack)), monitor(stack)["since"]
    # the sample that fails may be of a tick before: it waits its jitter, and for the machine
    since_tick = (datetime.now(UTC) - LATE).isoformat()
    known = results(stack, since_tick, "down")
    # a sample is tried twice
    assert http("POST", f"{away}?port={stack.machine.target_port}&connections=2").status == 200
    eventually(lambda: failed_after(stack, known, since_tick), "a failed sample", PATIENCE_SECONDS)
    (failed,) = failed_after(stack, known, since_tick)
    assert (failed["reason"], failed["attempts"]) == ("network_unreachable", 2)
    eventually(lambda: results(stack, failed["tick"], "up"), "the next sample", PATIENCE_SECONDS)
    assert failed_after(stack, known, since_tick) == [failed]
    assert (monitor(stack)["status"], monitor(stack)["since"], in_region(stack)["status"]) == ("up", since, "up")
    assert (len(stack.pages(DOWN)), len(incidents(stack))) == (before, seen)


def test_a_region_whose_way_to_the_site_is_broken_is_down_alone(stack: Stack, away: str) -> None:
    before, seen = len(stack.pages(DOWN)), len(incidents(stack))
    assert http("POST", f"{away}?port={stack.machine.target_port}").status == 200
    eventually(lambda: in_region(stack)["status"] == "down", f"down in {AWAY}", PATIENCE_SECONDS)
    assert monitor(stack)["status"] == "up"
    assert (len(stack.pages(DOWN)), len(incidents(stack))) == (before, seen)


def test_a_region_that_is_cut_off_is_told_to_be_blind_and_pages_nobody(stack: Stack, away: str) -> None:
    before, seen = [len(stack.pages(about)) for about in (DOWN, AWAY)], len(incidents(stack))
    blind, sees = told(stack, "region is blind"), told(stack, "region sees")
    assert http("POST", away).status == 200
    eventually(lambda: in_region(stack)["status"] == "unknown", f"unknown in {AWAY}", PATIENCE_SECONDS)
    assert in_region(stack)["last_reason"] == "region_blind"
    eventually(lambda: seeing(stack)[AWAY] == "blind", f"{AWAY} is told to be blind", PATIENCE_SECONDS)
    assert seeing(stack) == {region: "blind" if region == AWAY else "seeing" for region in REGIONS}
    assert told(stack, "region is blind") == blind + 1
    shown = monitor(stack)
    assert shown["status"] == "up"
    assert {one["region"] for one in shown["in_regions"] if one["status"] == "up"} == set(REGIONS) - {AWAY}

    reconnect(stack)
    eventually(lambda: seeing(stack)[AWAY] == "seeing", f"{AWAY} sees again", PATIENCE_SECONDS)
    assert told(stack, "region sees") == sees + 1
    assert ([len(stack.pages(about)) for about in (DOWN, AWAY)], len(incidents(stack))) == (before, seen)


def test_run_now_checks_from_every_region_and_shows_what_took_how_long(stack: Stack, site: str) -> None:
    del site
    path = f"/v1/monitors/{monitor(stack)['id']}"
    asked = stack.rest("POST", f"{path}/run")
    assert asked.status == 202, asked.body
    run = f"{path}/runs/{asked.json['id']}"
    results = eventually(
        lambda: len(r := stack.rest("GET", run).json["results"]) == len(REGIONS) and r,
        "a result from every region",
        PATIENCE_SECONDS,
    )
    assert {one["region"] for one in results} == set(REGIONS)
    assert all("connect" in json.dumps(one) for one in results)


def test_every_region_reads_its_own_configuration_and_asks_its_own_queue(stack: Stack) -> None:
    deployment = Deployment(stack.machine, stack.run.postgres.host)
    for region in REGIONS:
        store, bucket = deployment.client("s3", region), f"tocsin-local-checks-000000000000-{region}"
        key = f"checks/{region}/0000.json"
        listed = store.list_objects_v2(Bucket=bucket, Prefix="checks/")["Contents"]
        assert [one["Key"] for one in listed] == [key]
        config = json.loads(store.get_object(Bucket=bucket, Key=key)["Body"].read())
        assert (config["region"], [one["spec"]["url"] for one in config["monitors"]]) == (
            region,
            [f"{stack.machine.target_url}/"],
        )
        queues = deployment.client("sqs", region).list_queues(QueueNamePrefix="tocsin-local-commands")["QueueUrls"]
        assert {url.rpartition("/")[2].removesuffix("-dlq") for url in queues} == {f"tocsin-local-commands-{region}"}
