"""Subscribers of status pages: one form for each address, nothing of it shown, and who is told what."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.status_page import ReportKind
from tocsin.domain.subscriber import (
    Choice,
    canonical,
    is_gone,
    is_signing_secret,
    mailbox,
    shown,
    wants,
)
from tocsin.errors import Invalid
from tocsin.platform.tokens import MacKeys, Purpose, address_digests, issue, verify

A, B = UUID(int=1), UUID(int=2)
INCIDENT, MAINTENANCE = ReportKind.INCIDENT, ReportKind.MAINTENANCE
BOTH = frozenset(ReportKind)
SLACK = "https://hooks.slack.com/services/T0AAA/B0BBB/cccDDDeee"


@pytest.mark.parametrize(
    ("given_as", "kept"),
    [
        pytest.param("Ops@Customer.EXAMPLE", "ops@customer.example", id="case"),
        pytest.param("  ops@customer.example\n", "ops@customer.example", id="spaces"),
        pytest.param("ops@bücher.example", "ops@xn--bcher-kva.example", id="idn"),
        pytest.param("ops@xn--bcher-kva.example", "ops@xn--bcher-kva.example", id="idna"),
        pytest.param("ops@ＢÜＣＨＥＲ.example", "ops@xn--bcher-kva.example", id="full-width"),
        pytest.param("o'ps+status@customer.example", "o'ps+status@customer.example", id="tag"),
    ],
)
def test_an_address_has_one_form(given_as: str, kept: str) -> None:
    assert canonical("email", given_as) == kept


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("ops", id="no-domain"),
        pytest.param("ops@localhost", id="one-label"),
        pytest.param("a@x.example\r\nBcc: all@x.example", id="header"),
        pytest.param("a@x.example, b@x.example", id="two"),
        pytest.param("Ops <a@x.example>", id="named"),
        pytest.param("ö@x.example", id="not-ascii"),
        pytest.param("a" * 10_000 + "@x.example", id="10000-characters"),
        pytest.param("a@" + "ü" * 10_000 + ".example", id="long-domain"),
    ],
)
def test_what_is_no_address_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        canonical("email", text)
    ((problem),) = refused.value.problems
    assert problem.field == "address"
    assert "like ops@example.com" in problem.reason


@pytest.mark.parametrize(
    ("given_as", "kept"),
    [
        pytest.param("HTTPS://Example.COM:443/Hook?a=1#x", "https://example.com/Hook?a=1", id="case-port-fragment"),
        pytest.param("http://example.com", "http://example.com/", id="no-path"),
        pytest.param("https://example.com:8443/a", "https://example.com:8443/a", id="port"),
        pytest.param("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a", id="ipv6"),
    ],
)
def test_a_webhook_has_one_form(given_as: str, kept: str) -> None:
    assert canonical("webhook", given_as) == kept


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ftp://example.com/", id="scheme"),
        pytest.param("https://user:pass@example.com/", id="user"),
        pytest.param("//example.com/", id="relative"),
        pytest.param("https://example.com/\nX: y", id="header"),
        pytest.param("https://example.com:0/", id="port-0"),
        pytest.param("https://" + "a" * 10_000, id="10000-characters"),
    ],
)
def test_what_is_no_webhook_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="no address"):
        canonical("webhook", text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("https://hooks.slack.com.evil.example/services/T0/B0/x", id="suffix"),
        pytest.param("http://hooks.slack.com/services/T0/B0/x", id="http"),
        pytest.param("https://hooks.slack.com/services/T0/B0/x?y=1", id="query"),
        pytest.param("https://hooks.slack.com/", id="no-path"),
        pytest.param("https://hooks.slack.com@evil.example/services/T0/B0/x", id="user"),
    ],
)
def test_slack_is_only_slack(text: str) -> None:
    with pytest.raises(Invalid):
        canonical("slack", text)
    assert canonical("slack", SLACK) == SLACK


def test_nothing_of_an_address_is_shown_beyond_its_beginning() -> None:
    assert shown("email", "alice@customer.example") == "a…@customer.example"
    assert shown("email", "a@customer.example") == "…@customer.example"
    assert shown("webhook", "https://example.com:8443/hook?key=1") == "https://example.com:8443/…"
    assert shown("slack", SLACK) == "https://hooks.slack.com/…"


def test_spellings_of_a_mailbox_lead_to_one() -> None:
    assert mailbox("email", "ops+a@x.example") == mailbox("email", "ops+b+c@x.example") == "ops@x.example"
    assert mailbox("webhook", "https://x.example/a?b=1") == "https://x.example/a"


@pytest.mark.parametrize(
    ("choice", "kind", "named", "told"),
    [
        pytest.param(Choice(BOTH), INCIDENT, {A}, True, id="all"),
        pytest.param(Choice(frozenset({MAINTENANCE})), INCIDENT, {A}, False, id="other-kind"),
        pytest.param(Choice(BOTH, frozenset({A})), INCIDENT, {A, B}, True, id="one-of-two"),
        pytest.param(Choice(BOTH, frozenset({A})), INCIDENT, {B}, False, id="another"),
        pytest.param(Choice(BOTH, frozenset({A})), INCIDENT, set(), True, id="the-page"),
        pytest.param(Choice(frozenset()), INCIDENT, set(), False, id="nothing"),
    ],
)
def test_who_is_told_what(choice: Choice, kind: ReportKind, named: set[UUID], told: bool) -> None:
    assert wants(choice, kind, named) is told


def test_secrets_are_those_of_standard_webhooks() -> None:
    assert is_signing_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=")
    assert not any(map(is_signing_secret, ("", "secret", "whsec_", "whsec_short", "whsec_" + "a" * 200)))
    assert [is_gone(reason) for reason in ("http_410", "http_404", "timeout")] == [True, False, False]


def test_tokens_of_one_purpose_open_nothing_else() -> None:
    keys = MacKeys({"A": bytes(32), "B": bytes(range(32))}, "B")
    token = issue(Purpose.SUBSCRIBER, keys)
    assert verify(Purpose.SUBSCRIBER, token.lower(), keys) == token
    for purpose in set(Purpose) - {Purpose.SUBSCRIBER}:
        with pytest.raises(Exception, match="not issued here"):
            verify(purpose, token, keys)


@given(st.text(max_size=50))
def test_an_address_is_known_again_after_the_key_has_changed(text: str) -> None:
    old = MacKeys({"A": bytes(32)}, "A")
    new = MacKeys({"A": bytes(32), "B": bytes(range(32))}, "B")
    (before,) = address_digests(text, old)
    now, then = address_digests(text, new)
    assert (then, now != before) == (before, True)
