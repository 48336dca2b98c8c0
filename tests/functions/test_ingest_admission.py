"""Who is let in: edge state from S3 and the budget of a key, through the whole function."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from functions.ingest.admission import Edge, Turned
from functions.ingest.exchange import Refusal
from tests.support.aws import watched
from tests.support.ingest_host import Answered, Aws, IngestHost, aws_in_process
from tocsin.contracts.edge import EDGE_STATE_KEY, EdgeState
from tocsin.platform import tokens

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
KEY = "ab" * 32
OTHER = "cd" * 32


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with aws_in_process() as found:
        yield found


@pytest.fixture
def host(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> IngestHost:
    return IngestHost(aws, monkeypatch, budget=3)


def state(*revoked: str, **over_budget: datetime) -> EdgeState:
    return EdgeState(written_at=NOW, revoked=list(revoked), over_budget=over_budget)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def every_protocol(host: IngestHost, key: str) -> dict[str, Answered]:
    payload = {"summary": "s", "source": "s", "severity": "info"}
    group = {"alerts": [{"status": "firing", "labels": {"alertname": "A"}}]}
    return {
        "v2": host.send("/v2/enqueue", {"routing_key": key, "event_action": "trigger", "payload": payload}),
        "webhook": host.send(f"/v1/integrations/alertmanager/{key}", group),
        "api": host.send(f"/alertmanager/{key}/api/v2/alerts", [{"labels": {"alertname": "A"}}]),
        "generic": host.send(f"/v1/events/{key}", {"summary": "s"}),
    }


def test_a_revoked_key_is_refused_in_each_protocols_words(host: IngestHost) -> None:
    host.publish_edge(state(tokens.digest(host.routing_key).hex()))
    answers = every_protocol(host, host.routing_key)
    assert {name: answer.status for name, answer in answers.items()} == {
        "v2": 400,
        "webhook": 403,
        "api": 403,
        "generic": 403,
    }
    assert answers["v2"].json["errors"] == ["Invalid routing key"]
    assert host.messages() == []
    assert host.send(f"/v1/events/{host.new_key()}", {"summary": "s"}).status == 202


def test_a_key_over_its_budget_is_told_when_to_come_back(host: IngestHost) -> None:
    until = datetime.now(UTC) + timedelta(seconds=40)
    host.publish_edge(state(**{tokens.digest(host.routing_key).hex(): until}))
    for answer in every_protocol(host, host.routing_key).values():
        assert answer.status == 429
        assert 35 <= int(answer.headers["Retry-After"]) <= 41
    assert host.messages() == []


def test_the_bucket_of_the_process_is_the_first_line(host: IngestHost) -> None:
    answers = [host.send(f"/v1/events/{host.routing_key}", {"summary": "s"}) for _ in range(4)]
    assert [answer.status for answer in answers] == [202, 202, 202, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 20
    assert len(host.messages()) == 3
    assert host.send(f"/v1/events/{host.new_key()}", {"summary": "s"}).status == 202


def test_a_batch_costs_one_request(host: IngestHost) -> None:
    batch = [{"labels": {"alertname": str(i)}} for i in range(256)]
    assert host.send(f"/alertmanager/{host.routing_key}/api/v2/alerts", batch).status == 200


@pytest.mark.parametrize("broken", [b"not json", b"{}", b'{"written_at": "x"}'])
def test_an_edge_state_that_cannot_be_read_lets_everything_in(host: IngestHost, broken: bytes) -> None:
    host.s3.put_object(Bucket=host.bucket, Key=EDGE_STATE_KEY, Body=broken)
    assert host.send(f"/v1/events/{host.routing_key}", {"summary": "s"}).status == 202
    assert len(host.messages()) == 1


def test_without_its_bucket_everything_is_let_in(host: IngestHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGE_BUCKET", "no-such-bucket")
    assert host.send(f"/v1/events/{host.routing_key}", {"summary": "s"}).status == 202
    assert len(host.messages()) == 1


def test_the_state_is_read_again_after_ten_seconds_and_not_before(host: IngestHost) -> None:
    edge = Edge(host.bucket)
    assert edge.judge(KEY, NOW) is None
    host.publish_edge(state(KEY))
    assert edge.judge(KEY, after(9.9)) is None
    assert edge.judge(KEY, after(10)) == Turned(Refusal.REVOKED_KEY)
    assert edge.judge(OTHER, after(10)) is None
    host.publish_edge(state(OTHER))
    assert edge.judge(OTHER, after(19)) is None
    assert edge.judge(OTHER, after(20)) == Turned(Refusal.REVOKED_KEY)
    assert edge.judge(KEY, after(20)) is None


def test_the_last_known_state_holds_while_there_is_none(host: IngestHost) -> None:
    edge = Edge(host.bucket)
    host.publish_edge(state(KEY))
    assert edge.judge(KEY, NOW) == Turned(Refusal.REVOKED_KEY)
    assert edge.judge(KEY, after(10)) == Turned(Refusal.REVOKED_KEY)  # unchanged: 304
    host.s3.put_object(Bucket=host.bucket, Key=EDGE_STATE_KEY, Body=b"broken")
    assert edge.judge(KEY, after(20)) == Turned(Refusal.REVOKED_KEY)
    host.s3.delete_object(Bucket=host.bucket, Key=EDGE_STATE_KEY)
    assert edge.judge(KEY, after(30)) == Turned(Refusal.REVOKED_KEY)
    host.publish_edge(state())
    assert edge.judge(KEY, after(40)) is None


def test_an_unchanged_state_is_not_transferred_again(host: IngestHost) -> None:
    edge = Edge(host.bucket)
    host.publish_edge(state(KEY))
    edge.judge(KEY, NOW)
    with watched() as asked:
        assert edge.judge(KEY, after(10)) == Turned(Refusal.REVOKED_KEY)
    etag = host.s3.head_object(Bucket=host.bucket, Key=EDGE_STATE_KEY)["ETag"]
    assert [request.headers["If-None-Match"] for request in asked] == [etag]


def test_over_budget_ends_at_its_instant(host: IngestHost) -> None:
    edge = Edge(host.bucket)
    host.publish_edge(state(**{KEY: after(7.5)}))
    assert edge.judge(KEY, NOW) == Turned(Refusal.OVER_BUDGET, 8)
    assert edge.judge(KEY, after(7)) == Turned(Refusal.OVER_BUDGET, 1)
    assert edge.judge(KEY, after(7.5)) is None
