"""What subscribers are sent by webhook and in Slack, and the words of their mails: bounded, escaped, with a way out."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.notify import subscriber_mails, subscribers
from functions.notify.subscriber_mails import Links
from tocsin.contracts.mail import MailMessage
from tocsin.contracts.subscriber_mail import Receiver, ReportWords, SubscriptionWords
from tocsin.domain.status_page import ReportKind

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
LINKS = Links("https://events.example/", "T" * 32)
WEBHOOK = Receiver(channel="webhook", address="https://x.example/", token="T" * 32, secret="whsec_x")  # noqa: S106
MAIL = MailMessage(org_id=UUID(int=1), mail_id=UUID(int=2), kind="report", sealed="x")
text = st.text(max_size=300)


def words(**more: Any) -> ReportWords:
    found: dict[str, Any] = {
        "page_id": UUID(int=3),
        "page_name": "Acme",
        "page_url": "https://status.example/acme/",
        "report_id": UUID(int=4),
        "report_url": "https://status.example/acme/reports/4/",
        "kind": "incident",
        "title": "Slow checkout",
        "status": "investigating",
        "impact": "minor",
        "started_at": NOW,
        "created_at": NOW,
        "update_id": UUID(int=5),
        "body": "We look.\n\nMore soon.",
        "display_at": NOW,
        "is_first": True,
        "time_zone": "Asia/Kolkata",
        "components": [{"id": UUID(int=6), "name": "Shop", "status": "degraded_performance"}],
    }
    return ReportWords.model_validate({**found, **more})


@pytest.mark.parametrize("letter", ["x", "\x01", "€", "\U0001d54f"], ids=["ascii", "control", "three", "four"])
def test_a_webhooks_body_stays_below_20_kb(letter: str) -> None:
    many = [{"id": UUID(int=n), "name": letter * 120, "status": "major_outage"} for n in range(500)]
    told = words(body=letter * 20_000, title=letter * 200, page_name=letter * 120, components=many)
    body = subscribers.payload(WEBHOOK, told, LINKS, NOW)
    assert len(body.encode()) < subscribers.MAX_BYTES
    assert json.loads(body)["data"]["incident"]["id"] == str(UUID(int=4))


def test_a_short_report_is_told_whole() -> None:
    data = json.loads(subscribers.payload(WEBHOOK, words(), LINKS, NOW))["data"]
    assert data["meta"] == {"unsubscribe": LINKS.unsubscribe, "manage": LINKS.manage}
    assert data["incident"]["incident_updates"][0]["body"] == "We look.\n\nMore soon."
    assert data["incident"]["components"][0]["name"] == "Shop"


def test_a_secret_of_the_subscribers_own_is_told_to_nobody() -> None:
    asked = SubscriptionWords(page_name="Acme", kinds=list(ReportKind), expires_at=NOW)
    assert "whsec_" not in subscribers.payload(WEBHOOK, asked, LINKS, NOW)
    made = WEBHOOK.model_copy(update={"is_secret_told": "yes"})
    meta = json.loads(subscribers.payload(made, asked, LINKS, NOW))["data"]["meta"]
    assert meta == {"unsubscribe": LINKS.unsubscribe, "manage": LINKS.manage, "signing_secret": "whsec_x"}


@given(title=text, body=text, name=text)
@settings(max_examples=60, deadline=None)
def test_slack_is_given_nothing_that_it_would_refuse_or_read_as_its_own(title: str, body: str, name: str) -> None:
    told = words(title=title or "x", body=body * 80, page_name=name)
    message = subscribers.blocks(told, LINKS)
    for block in message["blocks"]:
        for part in [block.get("text"), *block.get("elements", [])]:
            if part is not None:
                assert 0 < len(part["text"]) <= 3_000
    assert "<!channel>" not in subscribers.blocks(words(title="<!channel>"), LINKS)["text"]


@given(title=text, name=text, component=text)
@settings(max_examples=60, deadline=None)
def test_no_text_begins_a_header_or_a_tag(title: str, name: str, component: str) -> None:
    named = [{"id": UUID(int=6), "name": f"<i>{component}", "status": "operational"}]
    told = words(title=f"{title}\r\nBcc: a@x.example", page_name=f"{name}\n<b>", components=named)
    mail = subscriber_mails.compose(MAIL, "ops@x.example", told, LINKS, "Acme <s@acme.example>", NOW)
    raw = mail.as_bytes()
    assert b"\nBcc:" not in raw.partition(b"\n\n")[0]
    html = mail.get_body(("html",))
    assert html is not None
    assert "<i>" not in html.get_content()
    assert len(subscriber_mails.subject(told)) <= subscriber_mails.SUBJECT_LENGTH


def test_maintenance_is_told_in_the_pages_own_zone() -> None:
    told = words(
        kind="maintenance",
        status="scheduled",
        impact="maintenance",
        scheduled_for=NOW + timedelta(hours=1),
        scheduled_until=NOW + timedelta(hours=2),
    )
    mail = subscriber_mails.compose(MAIL, "ops@x.example", told, LINKS, "s@acme.example", NOW)
    plain = mail.get_body(("plain",))
    assert plain is not None
    said = plain.get_content()
    assert "From: 2026-11-21 16:00 IST\nUntil: 2026-11-21 17:00 IST" in said
    assert "Impact" not in said
    assert "*Scheduled:* <!date^" in json.dumps(subscribers.blocks(told, LINKS))


def test_a_zone_that_is_not_known_here_is_told_as_utc() -> None:
    mail = subscriber_mails.compose(MAIL, "a@x.example", words(time_zone="Mars/Phobos"), LINKS, "s@acme.example", NOW)
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert "Posted: 2026-11-21 09:30 UTC" in plain.get_content()
