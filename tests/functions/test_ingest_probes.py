"""What private probes are told and bring, behind mutual TLS: their certificate says who they are, and nothing else."""

import base64
import gzip
import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from functions.ingest import probes
from tests.support.certificates import ShownProbe
from tests.support.http_api import http_event
from tests.support.ingest_host import Answered, IngestHost, aws_in_process
from tocsin.contracts.checks import CheckMonitor, CheckResult, Command, ResultBatch, ShardReport
from tocsin.contracts.edge import EDGE_STATE_KEY, EdgeState
from tocsin.contracts.monitor_spec import TcpSpec
from tocsin.contracts.probes import (
    COMMANDS_PATH,
    CONFIG_PATH,
    MAX_BATCH_BYTES,
    RESULTS_PATH,
    ProbeBatch,
    private_command_key,
    private_config_key,
)
from tocsin.domain.monitor import CheckStatus
from tocsin.platform import certificates, queues
from tocsin.platform.ids import new_id
from tocsin.platform.packing import pack, unpack

NOW = datetime.now(UTC)
GZIP = {"content-type": "application/gzip"}


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[IngestHost]:
    with aws_in_process() as aws:
        probes._s3.cache_clear()
        yield IngestHost(aws, monkeypatch)
        probes._s3.cache_clear()


@pytest.fixture
def probe() -> ShownProbe:
    return ShownProbe()


def ask(host: IngestHost, event: dict[str, Any]) -> Answered:
    response = host.invoke(event, None)
    body = response["body"]
    if response["isBase64Encoded"]:
        body = gzip.decompress(base64.b64decode(body)).decode()
    return Answered(response["statusCode"], response["headers"], body)


def result(status: CheckStatus = CheckStatus.UP) -> CheckResult:
    return CheckResult(monitor_id=uuid4(), version=1, tick=NOW, checked_at=NOW, status=status)


def batch(**more: Any) -> ProbeBatch:
    report = ShardReport(shard=0, starts_at=NOW, ends_at=NOW, due=1, done=1, missed=0)
    given = {"results": [result()], "reports": [report], "sequence": 7, **more}
    return ProbeBatch(batch_id=new_id(), sent_at=NOW, **given)


def packed(sent: ProbeBatch) -> bytes:
    return gzip.compress(sent.to_json().encode())


def command(location_id: UUID) -> Command:
    spec = TcpSpec(host="db.internal", port=5432)
    monitor = CheckMonitor(
        monitor_id=uuid4(), org_id=uuid4(), version=1, interval_seconds=60, timeout_seconds=5, spec=spec
    )
    return Command(
        command_id=new_id(),
        kind="run",
        asked_at=NOW,
        asked_by="user:1",
        tick=NOW,
        regions=[f"private:{location_id}"],
        monitor=monitor,
    )


def taken(host: IngestHost) -> list[ResultBatch]:
    return [unpack(one.packed or "", ResultBatch) for one in host.told() if one.kind == "results"]


def test_results_are_durable_before_they_are_answered(host: IngestHost, probe: ShownProbe) -> None:
    sent = batch()
    answer = ask(host, probe.event("POST", RESULTS_PATH, packed(sent), GZIP))
    assert (answer.status, answer.json) == (202, {"sequence": 7})
    (got,) = taken(host)
    assert (got.region, got.probe_id) == (probe.identity.region, probe.identity.probe_id)
    assert (got.sequence, got.batch_id, got.results, got.reports) == (7, sent.batch_id, sent.results, sent.reports)


def test_a_body_that_is_not_packed_is_taken_too(host: IngestHost, probe: ShownProbe) -> None:
    event = probe.event("POST", RESULTS_PATH, batch().to_json(), {"content-type": "application/json"})
    assert ask(host, event).status == 202
    assert len(taken(host)) == 1


@pytest.mark.parametrize("claimed", ["region", "probe_id", "org_id", "private_location_id"])
def test_who_somebody_claims_to_be_in_the_body_is_refused(host: IngestHost, probe: ShownProbe, claimed: str) -> None:
    body = {**json.loads(batch().to_json()), claimed: str(uuid4())}
    answer = ask(host, probe.event("POST", RESULTS_PATH, json.dumps(body), {"content-type": "application/json"}))
    assert (answer.status, [one["field"] for one in answer.json["errors"]]) == (422, [claimed])
    assert taken(host) == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"no gzip", 400, "not_gzip"),
        (gzip.compress(b"{}")[:-4], 400, "not_gzip"),
        (gzip.compress(b" " * (MAX_BATCH_BYTES + 1)), 413, "too_large"),
        (gzip.compress(b" " * (100 * MAX_BATCH_BYTES)), 413, "too_large"),
        (gzip.compress(b"[]"), 422, "invalid"),
        (gzip.compress(b"{}"), 422, "invalid"),
        (gzip.compress(batch(sequence=1).to_json().replace('"sequence":1', '"sequence":0').encode()), 422, "invalid"),
        (b"", 400, "not_gzip"),
    ],
    ids=["no gzip", "cut", "large", "bomb", "list", "empty", "sequence", "nothing"],
)
def test_what_can_not_be_used_is_named(
    host: IngestHost, probe: ShownProbe, body: bytes, status: int, code: str
) -> None:
    answer = ask(host, probe.event("POST", RESULTS_PATH, body, GZIP))
    assert (answer.status, answer.json["code"]) == (status, code)
    assert taken(host) == []


def test_a_batch_longer_than_a_message_of_the_queue_is_taken_as_several(host: IngestHost, probe: ShownProbe) -> None:
    words = (secrets.token_urlsafe(1_480) for _ in range(1_000))
    long = [result(CheckStatus.DOWN).model_copy(update={"excerpt": one}) for one in words]
    sent = batch(results=long)
    assert len(pack(sent)) > queues.MAX_BYTES
    assert ask(host, probe.event("POST", RESULTS_PATH, packed(sent), GZIP)).status == 202
    got = taken(host)
    assert {(one.region, one.probe_id, one.sequence) for one in got} == {
        (probe.identity.region, probe.identity.probe_id, 7)
    }
    assert {found.monitor_id for one in got for found in one.results} == {found.monitor_id for found in long}
    assert [report for one in got for report in one.reports] == sent.reports


@pytest.mark.parametrize(
    ("where", "field", "value"),
    [
        ("reports", "shard", 1),
        ("reports", "shard", 2**40),
        ("reports", "due", 2**31),
        ("reports", "missed", -1),
        ("reports", "lateness_ms_p99", float("inf")),
        ("results", "version", 2**31),
        ("results", "attempts", 2**15),
        ("results", "timings", {"total": float("nan")}),
        ("results", "timings", {"total": 1e300}),
        ("results", "timings", {"total": 1, "dns": -1}),
    ],
)
def test_numbers_that_nothing_can_hold_are_refused_before_they_are_answered(
    host: IngestHost, probe: ShownProbe, where: str, field: str, value: Any
) -> None:
    body = json.loads(batch().to_json())
    body[where][0][field] = value
    answer = ask(host, probe.event("POST", RESULTS_PATH, json.dumps(body), {"content-type": "application/json"}))
    assert (answer.status, answer.json["code"]) == (422, "invalid")
    assert answer.json["errors"][0]["field"].startswith(f"{where}.0")
    assert taken(host) == []


def test_results_that_can_not_be_made_durable_are_to_be_sent_again(
    host: IngestHost, probe: ShownProbe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESULTS_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/gone")
    answer = ask(host, probe.event("POST", RESULTS_PATH, packed(batch()), GZIP))
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("path", [CONFIG_PATH, RESULTS_PATH, COMMANDS_PATH, "/v1/probes/other"])
def test_without_a_certificate_nothing_is_answered(host: IngestHost, path: str) -> None:
    for event in (http_event("GET", path), http_event("POST", path, packed(batch()), GZIP)):
        assert ask(host, event).status == 401
        event["requestContext"]["authentication"] = None
        assert ask(host, event).status == 401


def test_a_header_is_no_certificate(host: IngestHost, probe: ShownProbe) -> None:
    pem = probe.issued.pem.replace("\n", "")
    event = http_event("GET", CONFIG_PATH, headers={"x-amzn-mtls-clientcert": pem, "x-client-cert": pem})
    assert ask(host, event).status == 401


def test_a_revoked_certificate_is_refused_at_every_request(host: IngestHost, probe: ShownProbe) -> None:
    other = ShownProbe(probe.identity)
    host.publish_edge(EdgeState(written_at=NOW, revoked_certificates=[probe.issued.serial]))
    for event in (probe.event("GET", CONFIG_PATH), probe.event("POST", RESULTS_PATH, packed(batch()), GZIP)):
        answer = ask(host, event)
        assert answer.status == 401
        assert "revoked" in answer.json["detail"]
    assert taken(host) == []
    assert ask(host, other.event("GET", CONFIG_PATH)).status == 200


def test_until_it_is_known_who_was_revoked_probes_are_told_to_come_again(host: IngestHost, probe: ShownProbe) -> None:
    host.s3.put_object(Bucket=host.bucket, Key=EDGE_STATE_KEY, Body=b"{")
    assert ask(host, probe.event("POST", RESULTS_PATH, packed(batch()), GZIP)).status == 503
    assert taken(host) == []


def test_an_expired_certificate_is_refused(host: IngestHost) -> None:
    old = ShownProbe(at=datetime.now(UTC) - certificates.LIFETIME - timedelta(minutes=1))
    answer = ask(host, old.event("GET", CONFIG_PATH))
    assert answer.status == 401
    assert "expired" in answer.json["detail"]


def test_a_probe_reads_the_configuration_of_its_own_location_by_etag(host: IngestHost, probe: ShownProbe) -> None:
    neighbour = ShownProbe()
    for one, name in ((probe, "mine"), (neighbour, "theirs")):
        key = private_config_key(one.identity.location_id)
        host.s3.put_object(Bucket=host.bucket, Key=key, Body=json.dumps({"is": name}).encode())
    first = ask(host, probe.event("GET", CONFIG_PATH))
    assert first.json == {"is": "mine"}
    again = ask(host, probe.event("GET", CONFIG_PATH, headers={"if-none-match": first.headers["ETag"]}))
    assert (again.status, again.text) == (304, "")
    assert ask(host, neighbour.event("GET", CONFIG_PATH)).json == {"is": "theirs"}


def test_a_location_that_nothing_was_published_for_has_no_monitors(host: IngestHost, probe: ShownProbe) -> None:
    answer = ask(host, probe.event("GET", CONFIG_PATH))
    assert (answer.status, answer.json) == (200, {"monitors": []})


def test_commands_are_answered_once_and_in_order(host: IngestHost, probe: ShownProbe) -> None:
    location_id, after = probe.identity.location_id, new_id()
    sent = [command(location_id) for _ in range(3)]
    for one in [*sent, command(uuid4())]:
        place = UUID(one.regions[0].removeprefix("private:"))
        host.s3.put_object(
            Bucket=host.bucket, Key=private_command_key(place, one.command_id), Body=one.to_json().encode()
        )
    first = ask(host, probe.event("GET", COMMANDS_PATH, query=f"after={after}")).json
    assert [one["command_id"] for one in first["commands"]] == [str(one.command_id) for one in sent]
    assert first["next_after"] == str(sent[-1].command_id)
    second = ask(host, probe.event("GET", COMMANDS_PATH, query=f"after={first['next_after']}")).json
    assert second == {"commands": [], "next_after": first["next_after"]}


@pytest.mark.parametrize("query", ["", "after=", "after=x", "before=1"])
def test_commands_are_asked_for_from_somewhere_on(host: IngestHost, probe: ShownProbe, query: str) -> None:
    answer = ask(host, probe.event("GET", COMMANDS_PATH, query=query))
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "query.after")


def test_other_paths_and_methods_are_not_there(host: IngestHost, probe: ShownProbe) -> None:
    assert ask(host, probe.event("GET", "/v1/probes/other")).status == 404
    assert ask(host, probe.event("POST", CONFIG_PATH)).status == 405


def test_a_probe_that_asks_all_the_time_is_told_to_wait(monkeypatch: pytest.MonkeyPatch, probe: ShownProbe) -> None:
    with aws_in_process() as aws:
        probes._s3.cache_clear()
        host = IngestHost(aws, monkeypatch, budget=2)
        statuses = [ask(host, probe.event("GET", CONFIG_PATH)).status for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert ask(host, ShownProbe().event("GET", CONFIG_PATH)).status == 200
        probes._s3.cache_clear()
