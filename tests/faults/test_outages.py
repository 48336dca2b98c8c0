"""Things that go away and come back: the database, the queues, old versions; nothing accepted is lost meanwhile."""

import json
import tempfile
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest

from functions.ingest import handler as ingest
from local.postgres import PostgresServer
from tests.support import postgres
from tests.support.http_api import http_event
from tests.support.mesh import Mesh
from tests.support.postgres import TestDatabase
from tests.support.world import MAC_KEYS, StepSpec, World
from tocsin.platform import queues, secret_store

BURST = 100


@pytest.fixture
def own_server() -> Generator[PostgresServer]:
    """A server of the test's own, that it may stop. Durable, as in production."""
    with tempfile.TemporaryDirectory(prefix="tocsin-test-") as folder:
        server = PostgresServer(Path(folder) / "postgres")
        server.start()
        try:
            postgres.prepare_template(server)
            yield server
        finally:
            server.stop("immediate")


@pytest.fixture
def database(own_server: PostgresServer) -> Generator[TestDatabase]:
    """A database on the test's own server."""
    found = postgres.clone(own_server)
    yield found
    found.close()


@pytest.fixture
def world(database: TestDatabase) -> World:
    found = World(database)
    found.policy([StepSpec([found.alice.target])], round_delay=timedelta(hours=1))
    return found


def post(mesh: Mesh, monkeypatch: pytest.MonkeyPatch, *dedup_keys: str) -> list[int]:
    """Send triggers in PagerDuty's format through ingest; answers the status codes."""
    for name, value in {**mesh.environment, "MAC_KEYS_SECRET_ARN": "keys", "EDGE_BUCKET": "edge"}.items():
        monkeypatch.setenv(name, value)
    queues.client.cache_clear()
    monkeypatch.setattr(secret_store, "mac_keys", lambda _arn: MAC_KEYS)
    statuses: list[int] = []
    for key in dedup_keys:
        body = {
            "routing_key": mesh.world.routing_key,
            "event_action": "trigger",
            "dedup_key": key,
            "payload": {"summary": f"{key} is down", "source": "test", "severity": "critical"},
        }
        headers = {"content-type": "application/json"}
        statuses.append(
            ingest.handler(http_event("POST", "/v2/enqueue", json.dumps(body), headers), None)["statusCode"]
        )
    return statuses


def test_the_database_is_down_during_a_burst(
    mesh: Mesh, own_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_server.stop("immediate")
    statuses = post(mesh, monkeypatch, *[f"host-{i}" for i in range(BURST)])
    assert mesh.step("events")
    assert set(statuses) == {202}
    own_server.start()
    mesh.settle()

    rows = mesh.world.database.rows
    assert rows("select count(*), count(distinct title) from incident") == [(BURST, BURST)]
    assert rows("select state, count(*) from notification group by 1") == [("delivered", BURST)]
    assert len(mesh.pages()) == len(set(mesh.pages())) == BURST


def test_the_database_restarts_in_mid_transaction(mesh: Mesh, own_server: PostgresServer) -> None:
    mesh.environment = {**mesh.environment, "TEST_PG_DATA": str(own_server.data_dir)}
    mesh.trigger("a", "b")
    assert mesh.step("events", at="restart_before_commit")
    assert mesh.world.database.rows("select count(*) from incident") == [(0,)]
    mesh.settle()

    assert mesh.world.database.rows("select count(*) from incident") == [(2,)]
    assert len(mesh.pages()) == len(set(mesh.pages())) == 2


def test_the_database_is_down_when_a_page_is_due_and_it_goes_out_unclaimed(
    mesh: Mesh, own_server: PostgresServer
) -> None:
    mesh.trigger("a")
    while mesh.step("events"):
        pass
    own_server.stop("immediate")
    mesh.step("deliveries")
    assert mesh.pages() == []
    mesh.step("deliveries", seen_ago=timedelta(seconds=61))
    assert len(mesh.pages()) == 1
    own_server.start()
    mesh.settle()

    rows = mesh.world.database.rows
    assert rows("select state from notification") == [("delivered",)]
    assert rows("select state, unclaimed from notification_attempt") == [("delivered", True)]
    assert len(mesh.pages()) == 1


def test_the_queues_lose_everything(mesh: Mesh) -> None:
    world = mesh.world
    world.policy(
        [StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(seconds=20))],
        round_delay=timedelta(hours=1),
    )
    mesh.trigger("a")
    while mesh.step("events"):
        pass
    for url in mesh.urls.values():
        mesh.client("sqs").purge_queue(QueueUrl=url)
    mesh.settle()

    assert sorted(r["x-path"] for r in mesh.receiver.requests) == ["/Alice", "/Bob"]


def test_a_newer_and_an_older_version_run_side_by_side(mesh: Mesh) -> None:
    sqs, url = mesh.client("sqs"), mesh.urls["events"]
    newer = json.loads(mesh.world.request(mesh.world.event(dedup_key="a")).to_json())
    newer["from_a_later_version"] = {"any": "thing"}
    newer["events"][0]["new_field"] = 1
    older = json.loads(mesh.world.request(mesh.world.event(dedup_key="b")).to_json())
    for optional in ("severity", "payload"):
        older["events"][0].pop(optional, None)
    for message in (newer, older):
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps(message))
    mesh.settle()

    assert mesh.world.database.rows("select count(*) from incident") == [(2,)]
    assert len(mesh.pages()) == 2


@pytest.mark.parametrize("skew", [timedelta(minutes=-2), timedelta(minutes=2)])
def test_a_gateway_whose_clock_is_two_minutes_off(mesh: Mesh, skew: timedelta) -> None:
    world, sqs = mesh.world, mesh.client("sqs")
    for key in ("a", "b"):
        message = world.request(world.event(dedup_key=key), at=world.now + skew)
        sqs.send_message(QueueUrl=mesh.urls["events"], MessageBody=message.to_json())
    mesh.settle()

    assert world.database.rows("select count(*), bool_or(late) from incident") == [(2, False)]
    assert len(mesh.pages()) == 2


@pytest.mark.parametrize(
    ("answers", "attempts", "state", "pages"),
    [
        ([(500, {}), (204, {})], 2, "delivered", 2),
        ([(429, {"retry-after": "7"}), (204, {})], 2, "delivered", 2),
        ([(410, {})], 1, "failed", 1),
        ([(404, {})], 1, "failed", 1),
    ],
)
def test_a_provider_that_answers_with_trouble(
    mesh: Mesh, answers: list[tuple[int, dict[str, str]]], attempts: int, state: str, pages: int
) -> None:
    mesh.receiver.answers = list(answers)
    mesh.world.database.rows("update organization set fallback_email = null returning id")
    mesh.trigger("a")
    mesh.settle()

    assert mesh.world.database.rows("select state, attempts from notification") == [(state, attempts)]
    assert len(mesh.pages()) == pages
    assert len(set(mesh.pages())) == 1
