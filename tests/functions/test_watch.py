"""The watcher: events that the real way in accepts, and pages that only the real channel could have signed."""

import asyncio
import base64
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from functions.notify.channels import base, webhook
from functions.watch.handler import TITLE, handler
from tests.support.http_api import http_event, serve
from tests.support.ingest_host import IngestHost, aws_in_process
from tests.support.providers import OPENED_AT, delivery, incident
from tocsin.domain.dedup import EventAction
from tocsin.platform import clock
from tocsin.platform.addresses import networks
from tocsin.platform.outbound import Outbound

SECRET = f"whsec_{base64.b64encode(os.urandom(32)).decode()}"
LOOPBACK = "127.0.0.0/8"
TICK = {"source": "aws.events", "detail-type": "Scheduled Event"}


class Watched:
    """A deployment's way in, and the watcher connected to it."""

    def __init__(self, host: IngestHost, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.host = host
        self._name = f"watch-{os.urandom(4).hex()}"
        monkeypatch.setenv("INGEST_URL", url)
        monkeypatch.setenv("OUTBOUND_ALLOWED_NETWORKS", LOOPBACK)
        secret = host.secrets.create_secret(Name=self._name, SecretString='{"unused": "x"}')
        monkeypatch.setenv("CONNECTION_SECRET_ARN", secret["ARN"])

    def connect(self, **fields: str) -> None:
        """Put the connection into its secret."""
        document = {"routing_key": self.host.routing_key, "webhook_secret": SECRET, **fields}
        self.host.secrets.put_secret_value(SecretId=self._name, SecretString=json.dumps(document))


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    with aws_in_process() as aws:
        host = IngestHost(aws, monkeypatch)
        with serve(host.invoke) as api:
            yield Watched(host, api.url, monkeypatch)


def metrics(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What was measured, by name."""
    found: dict[str, Any] = {}
    for line in capsys.readouterr().out.splitlines():
        told = json.loads(line)
        for directive in told.get("_aws", {}).get("CloudWatchMetrics", []):
            found |= {metric["Name"]: told[metric["Name"]] for metric in directive["Metrics"]}
    return found


def page(title: str, secret: str = SECRET) -> int:
    """Have the channel page the watcher; answers the status it was answered with."""
    with serve(handler) as api:
        asyncio.run(deliver(title, {"url": api.url, "secret": secret}))
        (answer,) = api.responses
        return int(answer["statusCode"])


async def deliver(title: str, secrets: dict[str, str]) -> None:
    """Page as `notify` does."""
    attempt = base.Attempt(delivery("webhook", incident=incident(title=title)), 1, None, clock.now(), secrets)
    async with Outbound(networks(LOOPBACK), timeout_seconds=5) as http:
        with suppress(base.DeliveryFailed):
            await webhook.deliver(attempt, base.Means(http, ses=lambda: None, mail_from="nobody"))


def test_a_tick_resolves_the_minute_before_and_triggers_anew(watched: Watched) -> None:
    watched.connect()
    assert handler(TICK, None) == {"sent": 2}
    events = [event for message in watched.host.messages() for event in message.events]
    assert [(event.action, event.dedup_key) for event in events] == [
        (EventAction.RESOLVE, "tocsin-watch"),
        (EventAction.TRIGGER, "tocsin-watch"),
    ]
    assert str(events[1].summary).startswith(TITLE)


def test_a_refused_event_is_not_counted_as_sent(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    watched.connect(routing_key="A" * 32)
    assert handler(TICK, None) == {"sent": 0}
    assert "WatchEventsSent" not in metrics(capsys)
    assert watched.host.messages() == []


@pytest.mark.parametrize("document", ['{"unused": "x"}', "no JSON", '{"routing_key": "A"}', "[]"])
def test_until_it_is_connected_it_sends_and_takes_nothing(watched: Watched, document: str) -> None:
    watched.host.secrets.put_secret_value(SecretId=os.environ["CONNECTION_SECRET_ARN"], SecretString=document)
    assert handler(TICK, None) == {"sent": 0}
    assert handler(http_event("POST", "/", "{}"), None)["statusCode"] == 503
    assert watched.host.messages() == []


def test_a_page_is_counted_with_the_time_it_took(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    watched.connect()
    handler(TICK, None)
    title = str(watched.host.messages()[-1].events[-1].summary)
    capsys.readouterr()
    assert page(title) == 204
    found = metrics(capsys)
    assert found["WatchPagesReceived"] == [1.0]
    assert 0 <= found["WatchRoundTrip"][0] < 60_000


@pytest.mark.parametrize("title", ["Disk full on db-1", TITLE, f"{TITLE}2026-99-99T00:00:00.000000Z"])
def test_a_page_of_another_event_is_not_counted(
    watched: Watched, capsys: pytest.CaptureFixture[str], title: str
) -> None:
    watched.connect()
    assert page(title) == 204
    assert metrics(capsys) == {}


def test_a_page_that_somebody_else_signed_is_refused(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    watched.connect()
    other = f"whsec_{base64.b64encode(os.urandom(32)).decode()}"
    assert page(f"{TITLE}{OPENED_AT.isoformat()}", other) == 401
    assert metrics(capsys) == {}


@pytest.mark.parametrize("body", ["", "{}", "\x00", "[" * 5000])
def test_what_is_no_page_is_refused(watched: Watched, body: str) -> None:
    watched.connect()
    assert handler(http_event("POST", "/", body), None)["statusCode"] == 401
