"""Real clients pointed at ingest: Alertmanager, Prometheus, amtool and PagerDuty's Python client, none the wiser."""

import json
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pagerduty
import pytest
import trustme

from tests.support.clients import alertmanager, binary, eventually, running, tell
from tests.support.http_api import ApiServer, serve
from tests.support.ingest_host import Aws, IngestHost, aws_in_process
from tocsin.contracts.events import EventsMessage, InboundEvent
from tocsin.domain.dedup import EventAction

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with aws_in_process() as found:
        yield found


@pytest.fixture
def host(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> IngestHost:
    return IngestHost(aws, monkeypatch)


@pytest.fixture
def server(host: IngestHost) -> Iterator[ApiServer]:
    with serve(host.invoke) as found:
        yield found


class Inbox:
    """The events that arrived in the queue so far."""

    def __init__(self, host: IngestHost) -> None:
        self._host = host
        self.messages: list[EventsMessage] = []

    def find(self, action: EventAction, **fields: str) -> InboundEvent | None:
        self.messages += self._host.messages()
        for message in self.messages:
            for event in message.events:
                if event.action is action and all(getattr(event, name) == value for name, value in fields.items()):
                    return event
        return None


DISK = {"labels": {"alertname": "DiskFull", "instance": "db-1", "severity": "critical"}}
LONG = {"description": "é" * 200_000, "summary": "Disk of db-1 is full"}


def test_alertmanager_by_webhook(host: IngestHost, server: ApiServer, tmp_path: Path) -> None:
    hook = {
        "url": f"{server.url}/v1/integrations/alertmanager",
        "send_resolved": True,
        "http_config": {"authorization": {"credentials": host.routing_key}},
    }
    inbox = Inbox(host)
    with alertmanager(tmp_path, {"webhook_configs": [hook]}) as client:
        tell(client, {**DISK, "annotations": LONG}, {"labels": {"alertname": "NetDown", "severity": "info"}})
        fired = eventually(lambda: inbox.find(EventAction.TRIGGER, summary="Disk of db-1 is full"), "trigger", client)
        eventually(lambda: inbox.find(EventAction.TRIGGER, summary="NetDown"), "the other trigger", client)
        tell(client, {**DISK, "endsAt": "2020-01-01T00:00:00Z", "startsAt": "2019-01-01T00:00:00Z"})
        resolved = eventually(lambda: inbox.find(EventAction.RESOLVE, source="db-1"), "resolve", client)
    assert fired.severity == "critical"
    assert fired.payload["annotations"]["description"] == LONG["description"]
    assert resolved.dedup_key == fired.dedup_key
    assert {message.protocol for message in inbox.messages} == {"alertmanager_webhook"}
    assert {response["statusCode"] for response in server.responses} == {200}
    assert client.troubles() == []


def test_alertmanager_by_pagerduty(host: IngestHost, server: ApiServer, tmp_path: Path) -> None:
    duty = {"url": f"{server.url}/v2/enqueue", "routing_key": host.routing_key, "send_resolved": True}
    inbox = Inbox(host)
    with alertmanager(tmp_path, {"pagerduty_configs": [duty]}) as client:
        tell(client, {**DISK, "annotations": LONG})
        fired = eventually(lambda: inbox.find(EventAction.TRIGGER), "trigger", client)
        tell(client, {**DISK, "endsAt": "2020-01-01T00:00:00Z", "startsAt": "2019-01-01T00:00:00Z"})
        resolved = eventually(lambda: inbox.find(EventAction.RESOLVE), "resolve", client)
    assert "DiskFull" in (fired.summary or "")
    assert "é" * 1000 in fired.payload["custom_details"]["firing"]
    assert resolved.dedup_key == fired.dedup_key
    assert {message.protocol for message in inbox.messages} == {"events_v2"}
    assert {response["statusCode"] for response in server.responses} == {202}
    assert client.troubles() == []


def test_prometheus_without_an_alertmanager(host: IngestHost, server: ApiServer, tmp_path: Path) -> None:
    """A rule over whether Prometheus can scrape itself fires, then the rule changes its mind."""
    by_prefix = {"path_prefix": f"/alertmanager/{host.routing_key}"}
    by_header = {"basic_auth": {"username": "prometheus", "password": host.routing_key}}
    target = {"static_configs": [{"targets": [server.url.removeprefix("http://")]}]}
    config = {
        "global": {"evaluation_interval": "200ms"},
        "rule_files": ["rules.yml"],
        "alerting": {"alertmanagers": [{**target, **by_prefix}, {**target, **by_header}]},
    }
    (tmp_path / "prometheus.yml").write_text(json.dumps(config))

    def rule(expression: str) -> None:
        told = {"summary": "Queue is {{ $value }} long"}
        alert = {"alert": "QueueLong", "expr": expression, "labels": {"severity": "warning"}, "annotations": told}
        (tmp_path / "rules.yml").write_text(json.dumps({"groups": [{"name": "g", "rules": [alert]}]}))

    rule("vector(7) and on() (vector(time()) % 3 < 1.5)")
    command = [
        binary("prometheus"),
        "--config.file=prometheus.yml",
        "--storage.tsdb.path=data",
        "--web.listen-address=127.0.0.1:0",
        "--rules.alert.resend-delay=500ms",
    ]
    inbox = Inbox(host)
    with running(command, tmp_path, "Server is ready to receive web requests") as client:
        fired = eventually(lambda: inbox.find(EventAction.TRIGGER), "trigger", client)
        resolved = eventually(lambda: inbox.find(EventAction.RESOLVE), "resolve", client)
    assert (fired.summary, fired.severity) == ("Queue is 7 long", "warning")
    assert fired.expires_at is not None
    assert resolved.dedup_key == fired.dedup_key
    paths = {request["rawPath"] for request in server.requests}
    assert paths == {"/api/v2/alerts", f"/alertmanager/{host.routing_key}/api/v2/alerts"}
    assert {response["statusCode"] for response in server.responses} == {200}
    assert client.troubles() == []


def test_amtool(host: IngestHost, server: ApiServer) -> None:
    def amtool(*arguments: str) -> str:
        url = f"{server.url}/alertmanager/{host.routing_key}"
        command = [binary("amtool"), f"--alertmanager.url={url}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
        assert done.returncode == 0, done.stderr
        assert [line for line in done.stderr.splitlines() if "alertmanager version (tocsin)" not in line] == []
        return done.stdout

    assert amtool("alert", "add", "DiskFull", "instance=db-1", "--annotation=summary=full") == ""
    event = Inbox(host).find(EventAction.TRIGGER)
    assert event is not None
    assert (event.summary, event.source) == ("full", "db-1")
    assert "versionInfo" in amtool("config", "show", "--output=json")
    assert "disabled" in amtool("cluster", "show")


PAGES = Path(__file__).parents[2] / "docs" / "integrations"


@pytest.mark.parametrize(
    ("page", "events"),
    [("events-v2", 1), ("alertmanager", 1), ("grafana", 1), ("prometheus", 2), ("generic-json", 2)],
)
def test_the_commands_of_the_manual_work_as_written(
    host: IngestHost, server: ApiServer, page: str, events: int
) -> None:
    text = (PAGES / f"{page}.md").read_text()
    blocks = [block.split("```")[0] for block in text.split("```sh\n")[1:]]
    commands = [line for block in blocks for line in block.splitlines() if not line.startswith("export ")]
    assert commands
    script = "\n".join(["set -eu", 'curl() { command curl --silent --show-error --fail "$@"; }', *commands])
    settings = {
        "PATH": f"{Path(binary('amtool')).parent}:{Path(binary('curl')).parent}:/usr/bin:/bin",
        "TOCSIN_INGEST_URL": server.url,
        "ROUTING_KEY": host.routing_key,
    }
    done = subprocess.run([binary("bash"), "-c", script], env=settings, capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, done.stderr
    assert sum(len(message.events) for message in host.messages()) == events


@pytest.fixture
def duty(host: IngestHost, tmp_path: Path) -> Iterator[tuple[pagerduty.EventsApiV2Client, ApiServer]]:
    """PagerDuty's client wants https, so ingest is served by TLS from an authority made for this test."""
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with serve(host.invoke, tls) as server:
        trust = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
        with pagerduty.EventsApiV2Client(host.routing_key, base_url=server.url, verify=trust) as client:
            yield client, server


def test_pagerdutys_python_client(
    host: IngestHost, duty: tuple[pagerduty.EventsApiV2Client, ApiServer], caplog: pytest.LogCaptureFixture
) -> None:
    client, server = duty
    key = client.trigger(
        "disk full", "db-1", severity="error", custom_details={"free": 0}, links=[{"href": "https://a", "text": "b"}]
    )
    assert len(key) == 32
    assert client.acknowledge(key) == key
    assert client.resolve(key) == key
    assert client.trigger("again", "db-1", dedup_key="mine") == "mine"
    client.send_change_event(payload={"summary": "deployed 1.2", "source": "ci", "custom_details": {"by": "alice"}})
    events = [event for message in host.messages() for event in message.events]
    assert sorted((event.action, event.dedup_key, event.summary) for event in events) == sorted(
        [
            (EventAction.TRIGGER, key, "disk full"),
            (EventAction.ACKNOWLEDGE, key, None),
            (EventAction.RESOLVE, key, None),
            (EventAction.TRIGGER, "mine", "again"),
            (EventAction.CHANGE, None, "deployed 1.2"),
        ],
        key=str,
    )
    assert {response["statusCode"] for response in server.responses} == {202}
    assert [record for record in caplog.records if record.name.startswith("pagerduty")] == []


def test_pagerdutys_python_client_understands_a_refusal(
    duty: tuple[pagerduty.EventsApiV2Client, ApiServer],
) -> None:
    client, _ = duty
    with pytest.raises(pagerduty.HttpError, match="400") as refused:
        client.trigger("s" * 1025, "db-1")
    assert refused.value.response.json()["errors"] == ["'summary' is too long (maiximum is 1024 characters)"]
