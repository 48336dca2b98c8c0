"""The worked examples of docs/notifications.md: a person's rules from the first mail to the acknowledge."""

import json
from collections.abc import Generator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.api_host import seal_key
from tests.support.flow import Flow, step
from tests.support.providers import SECRET
from tests.support.receiver import Receiver, receiving
from tests.support.rules import mail_of, method, rules
from tocsin.platform.sealing import seal

NOW, TWO, FIVE = timedelta(0), timedelta(minutes=2), timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Places:
    """Where Alice is paged beside her mail."""

    webhook: Receiver
    slack: Receiver

    @property
    def seen(self) -> tuple[int, int]:
        """How many pages came to the webhook, and to Slack."""
        return len(self.webhook.requests), len(self.slack.requests)


@pytest.fixture
def places(flow: Flow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Generator[Places]:
    """Alice is mailed at once, called by webhook after two minutes, and in Slack after five."""
    pem = tmp_path / "seal.pem"
    pem.write_bytes(seal_key().as_pem(private=True))
    monkeypatch.setenv("SEAL_PRIVATE_KEY_FILE", str(pem))
    monkeypatch.setenv("OUTBOUND_ALLOWED_NETWORKS", "127.0.0.0/8")
    public = seal_key().as_pem(private=False).decode()
    world, alice = flow.world, flow.world.alice
    with receiving() as webhook, receiving() as slack:
        hook = method(world, alice, "webhook", seal({"url": webhook.url, "secret": SECRET}, public))
        chat = method(world, alice, "slack", seal({"url": slack.url}, public))
        rules(world, alice, [(mail_of(world, alice), NOW), (hook, TWO), (chat, FIVE)])
        flow.given(policy=[step(alice)], round_delay="1h")
        yield Places(webhook, slack)


def test_mail_now_a_webhook_after_two_minutes_and_nothing_after_the_acknowledge(flow: Flow, places: Places) -> None:
    key = flow.trigger("disk full")
    flow.expect_page(flow.world.alice, "disk full")
    flow.advance("110s")
    assert places.seen == (0, 0)
    flow.advance("10s")
    assert places.seen == (1, 0)
    told = json.loads(places.webhook.requests[0].body)
    assert (told["type"], told["data"]["incident"]["title"]) == ("incident.paged", "disk full")

    flow.advance("1m")
    flow.acknowledge(key)
    flow.advance("1h")
    assert places.seen == (1, 0)
    flow.expect_no_page()
    states = dict(flow.database.rows("select channel, state from notification"))
    assert states == {"email": "delivered", "webhook": "delivered", "slack": "cancelled"}


def test_unanswered_it_goes_on_to_the_last_rule_and_then_to_the_fallback(flow: Flow, places: Places) -> None:
    flow.trigger("disk full")
    flow.expect_page(flow.world.alice, "disk full")
    flow.advance("290s")
    assert places.seen == (1, 0)
    flow.advance("10s")
    assert places.seen == (1, 1)
    flow.advance("1h")
    flow.expect_page("fallback@acme.example", "disk full")
    assert places.seen == (1, 1)


def test_a_mail_that_can_t_be_delivered_brings_the_webhook_forward(flow: Flow, places: Places) -> None:
    flow.ses.failures = ["MessageRejected"]
    flow.trigger("disk full")
    assert places.seen == (1, 0)
    assert flow.timeline() == [
        "triggered",
        "paged",
        "notification_failed",
        "notification_brought_forward",
        "notification_delivered",
    ]
    flow.advance("5m")
    assert places.seen == (1, 1)


def test_what_is_lost_on_its_way_is_made_good_and_sent_once(flow: Flow, places: Places) -> None:
    flow.sweep_every = "15s"
    flow.trigger("disk full")
    flow.advance("1m")
    flow.lost = {"deliveries"}
    flow.advance("1m")
    flow.lost = set()
    assert places.seen == (0, 0)
    flow.advance("40s")
    assert places.seen == (1, 0)
    flow.advance("1m")
    assert places.seen == (1, 0)


def test_a_rule_beyond_the_reach_of_a_queue_is_carried_out_in_time(flow: Flow, places: Places) -> None:
    world, alice = flow.world, flow.world.alice
    ((hook,),) = flow.database.rows("select id from contact_method where channel = 'webhook'")
    rules(world, alice, [(mail_of(world, alice), NOW), (hook, timedelta(minutes=40))])
    flow.trigger("disk full")
    flow.advance("2390s")
    assert places.seen == (0, 0)
    flow.advance("10s")
    assert places.seen == (1, 0)
