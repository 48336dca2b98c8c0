"""Who is paged and when, as its users see it."""

import re

from tests.support.flow import Flow, step


def test_an_unanswered_incident_reaches_the_second_step(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice), step(bob, after="30m")])
    flow.trigger("disk full")
    flow.expect_page(alice, "disk full")
    flow.advance("29m")
    flow.expect_no_page()
    flow.advance("1m")
    flow.expect_page(bob, "disk full")


def test_a_second_step_within_the_reach_of_a_queue(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice), step(bob, after="2m")])
    flow.sweeping = False
    flow.trigger("disk full")
    flow.expect_page(alice, "disk full")
    flow.advance("119s")
    flow.expect_no_page()
    flow.advance("2s")
    flow.expect_page(bob, "disk full")


def test_an_acknowledged_incident_pages_nobody_else(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice), step(bob, after="2m")])
    key = flow.trigger("disk full")
    flow.expect_page(alice, "disk full")
    flow.acknowledge(key)
    flow.advance("1h")
    flow.expect_no_page()


def test_a_resolved_incident_pages_nobody_else_and_the_next_trigger_does(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice), step(bob, after="2m")])
    key = flow.trigger("disk full", "db-1")
    flow.expect_page(alice, "disk full")
    flow.resolve(key)
    flow.advance("10m")
    flow.expect_no_page()
    flow.trigger("disk full again", "db-1")
    flow.expect_page(alice, "disk full again")


def test_rounds_then_the_fallback_contact(flow: Flow) -> None:
    alice = flow.world.alice
    flow.given(policy=[step(alice)], rounds=2, round_delay="10m")
    flow.trigger("disk full")
    flow.expect_page(alice, "disk full")
    flow.advance("10m")
    flow.expect_page(alice, "disk full")
    flow.advance("10m")
    flow.expect_page(flow.world.fallback or "", "disk full")
    flow.advance("1h")
    flow.expect_no_page()
    assert "escalation_exhausted" in flow.timeline()


def test_a_lost_wake_up_is_made_good_within_35_seconds(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice), step(bob, after="2m")])
    flow.lost, flow.sweep_every = {"escalations"}, "15s"
    flow.trigger("disk full")
    flow.expect_page(alice, "disk full")
    flow.advance("2m")
    flow.expect_no_page()
    flow.advance("35s")
    flow.expect_page(bob, "disk full")


def test_a_lost_page_is_made_good_and_sent_once(flow: Flow) -> None:
    alice = flow.world.alice
    flow.given(policy=[step(alice)], round_delay="1h")
    flow.lost, flow.sweep_every = {"deliveries"}, "15s"
    flow.trigger("disk full")
    flow.expect_no_page()
    flow.lost = set()
    flow.advance("40s")
    flow.expect_page(alice, "disk full")
    flow.advance("5m")
    flow.expect_no_page()


def test_a_lost_outcome_means_one_more_page_marked_uncertain(flow: Flow) -> None:
    alice = flow.world.alice
    flow.given(policy=[step(alice)], round_delay="1h")
    flow.lost, flow.sweep_every = {"outcomes"}, "15s"
    flow.trigger("disk full")
    flow.expect_page(alice, "disk full")
    flow.lost = set()
    flow.advance("1m")
    flow.expect_page(alice, "disk full")
    flow.advance("10m")
    flow.expect_no_page()
    states = flow.database.rows("select state from notification_attempt order by number")
    assert states == [("uncertain",), ("delivered",)]


def test_a_rejected_mail_moves_on_at_once(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice), step(bob, after="30m")])
    flow.ses.failures = ["MessageRejected"]
    flow.trigger("disk full")
    flow.expect_page(bob, "disk full")
    assert alice.email not in [mail.to for mail in flow.pages()]
    assert flow.timeline() == [
        "triggered",
        "paged",
        "notification_failed",
        "step_failed",
        "paged",
        "notification_delivered",
    ]


def test_a_throttled_mail_is_tried_again_with_its_own_delay(flow: Flow) -> None:
    alice = flow.world.alice
    flow.given(policy=[step(alice)], round_delay="1h")
    flow.ses.failures = ["TooManyRequestsException"]
    flow.trigger("disk full")
    flow.expect_no_page()
    flow.advance("3s")
    flow.expect_page(alice, "disk full")


def test_a_thousand_events_of_one_key_are_one_page(flow: Flow) -> None:
    alice = flow.world.alice
    flow.given(policy=[step(alice)], round_delay="1h")
    body = {
        "routing_key": flow.world.routing_key,
        "event_action": "trigger",
        "dedup_key": "storm",
        "payload": {"summary": "storm", "source": "x", "severity": "error"},
    }
    assert {flow.post("/v2/enqueue", body)["statusCode"] for _ in range(1000)} == {202}
    flow.pump()
    flow.expect_page(alice, "storm")
    flow.expect_no_page()
    assert flow.database.rows("select event_count from alert") == [(1000,)]


def test_a_mail_is_threaded_and_carries_its_links(flow: Flow) -> None:
    alice = flow.world.alice
    flow.given(policy=[step(alice)], rounds=2, round_delay="1m")
    flow.trigger("disk <b>full</b>\r\nBcc: evil@example.com")
    flow.advance("1m")
    first = flow.expect_page(alice, "disk <b>full</b>")
    second = flow.expect_page(alice, "disk <b>full</b>")

    assert first.headers["references"] == second.headers["references"]
    assert first.headers["message-id"] != second.headers["message-id"]
    assert "bcc" not in first.headers
    assert "<b>full" not in first.html
    links = re.findall(r"https://tocsin\.example/l/[\w-]{40,}\?action=(\w+)", first.text)
    assert links == ["acknowledge", "resolve"]


def test_everything_redelivered_pages_nobody_twice(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice), step(bob, after="2m")])
    flow.sqs.duplicate = True
    flow.trigger("disk full")
    flow.advance("4m")
    flow.expect_page(alice, "disk full")
    flow.expect_page(bob, "disk full")
    flow.expect_no_page()
