"""Signed webhooks: a body that receivers may hold to its size, a signature that any library of theirs verifies."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from functions.notify.channels import base, webhook
from functions.notify.channels.base import Attempt
from tests.support.providers import OPENED_AT, delivery, incident

LINK = "https://tocsin.example.com/l/" + "t" * 64
MOST_BYTES = 20_000
long = st.text(max_size=3000)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def payload(link: str | None = LINK, **fields: object) -> bytes:
    names = {name: fields.pop(name) for name in ("recipient_name", "reason") if name in fields}
    return webhook.payload(
        Attempt(delivery("webhook", incident=incident(**fields), **names), 3, link, OPENED_AT, {})
    ).encode()


@given(title=long, source=long | st.none(), service_name=long, organization_name=long, recipient_name=long, reason=long)
@example(
    title="\x01" * 9000,
    source="\x01" * 9000,
    service_name="\x01" * 9000,
    organization_name="\x01" * 9000,
    recipient_name="\x01" * 9000,
    reason="\x01" * 9000,
)
def test_a_body_stays_below_20_kb_and_is_json(**fields: str | None) -> None:
    body = payload(**fields)
    assert len(body) < MOST_BYTES
    data = json.loads(body)["data"]
    assert data["incident"]["title"] == (fields["title"] or "")[:1024]
    assert data["incident"].get("source") == (None if fields["source"] is None else fields["source"][:1024])
    assert data["recipient"] == (fields["recipient_name"] or "")[:200]


def test_what_a_body_says() -> None:
    assert json.loads(payload()) == {
        "type": "incident.paged",
        "timestamp": "2026-11-21T09:30:00+00:00",
        "data": {
            "incident": {
                "incident_id": "01a1fca4-5a67-7ac0-b4bb-2f2a4f1d9a10",
                "number": 42,
                "title": "Disk full on db-1",
                "severity": "critical",
                "service_name": "checkout",
                "created_at": "2026-11-21T09:30:00Z",
                "source": "db-1",
                "late": False,
                "organization_name": "Acme",
            },
            "recipient": "Alice",
            "reason": "you are in step 1 of the escalation policy, round 1",
            "attempt": 3,
            "acknowledge_url": f"{LINK}?action=acknowledge",
            "resolve_url": f"{LINK}?action=resolve",
        },
    }


def test_an_unclaimed_body_has_no_links() -> None:
    data = json.loads(payload(link=None))["data"]
    assert (data["acknowledge_url"], data["resolve_url"]) == (None, None)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", None),
        ("00", None),
        ("1", 1),
        (" 30 ", 30),
        ("86400", 86_400),
        ("86401", 86_400),
        ("9" * 5000, 86_400),
        ("-1", None),
        ("+1", None),
        ("1.5", None),
        ("1e3", None),
        ("1 0", None),
        ("٣", None),
        ("²", None),
        ("soon", None),
        ("Sat, 21 Nov 2026 09:30:42 GMT", 42),
        ("Sat, 21 Nov 2026 09:30:42 +0000", 42),
        ("Sat, 21 Nov 2026 10:30:42 +0100", 42),
        ("Saturday, 21-Nov-26 09:30:42 GMT", 42),
        ("Sat Nov 21 09:30:42 2026", 42),
        ("Sat, 21 Nov 2026 09:30:00 GMT", None),
        ("Sat, 21 Nov 2026 09:29:59 GMT", None),
        ("Sat, 21 Nov 99999 09:30:42 GMT", None),
        ("Sat, 31 Feb 2026 09:30:42 GMT", None),
        ("2026-11-21T09:30:42Z", None),
    ],
)
def test_retry_after(value: str | None, seconds: int | None) -> None:
    wish = base.retry_after(value, NOW)
    assert wish == (None if seconds is None else timedelta(seconds=seconds))


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{1,5} \d{2}:\d{2}:\d{2} \S{0,5}"))
def test_retry_after_is_never_a_crash_and_never_in_the_past(value: str) -> None:
    wish = base.retry_after(value, NOW)
    assert wish is None or wish > timedelta(0)
