"""What notify makes of receivers that answer, refuse, hang, break off and lie; each a real server on loopback."""

import json
import socket
import ssl
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme
from standardwebhooks.webhooks import Webhook

from tests.support import providers
from tests.support.providers import Behaviour, Desk, Provider, answering, slack, summaries, webhook
from tocsin.contracts.delivery import Result

SHORT = 0.4


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return providers.desk(tmp_path, monkeypatch)


@pytest.fixture
def provider() -> Generator[Provider]:
    with providers.providing() as found:
        yield found


@pytest.fixture
def hurried(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose attempts have little time."""
    monkeypatch.setenv("ATTEMPT_TIMEOUT_SECONDS", str(SHORT))
    return desk


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (200, "delivered"),
        (201, "delivered"),
        (204, "delivered"),
        (299, "delivered"),
        (300, "permanent"),
        (301, "permanent"),
        (302, "permanent"),
        (304, "permanent"),
        (400, "permanent"),
        (401, "permanent"),
        (404, "permanent"),
        (408, "temporary"),
        (409, "permanent"),
        (410, "permanent"),
        (413, "permanent"),
        (425, "temporary"),
        (429, "temporary"),
        (451, "permanent"),
        (500, "temporary"),
        (501, "temporary"),
        (502, "temporary"),
        (503, "temporary"),
        (504, "temporary"),
        (599, "temporary"),
    ],
)
def test_what_a_status_means(desk: Desk, provider: Provider, status: int, result: str) -> None:
    provider.behaviours = [answering(status)]
    told = desk.handle(webhook(provider.url))
    assert summaries(told) == [(result, None if result == "delivered" else f"http_{status}")]
    assert desk.failed == []


@pytest.mark.parametrize(("wish", "seconds"), [("7", 7), ("120", 120), ("99999999999", 86_400)])
def test_retry_after_in_seconds(desk: Desk, provider: Provider, wish: str, seconds: int) -> None:
    provider.behaviours = [answering(429, {"retry-after": wish})]
    (outcome,) = desk.handle(webhook(provider.url))
    assert (outcome.result, outcome.retry_after_seconds) == (Result.TEMPORARY, seconds)


def test_retry_after_as_a_date_is_never_come_back_to_early(desk: Desk, provider: Provider) -> None:
    wish = (datetime.now(UTC) + timedelta(seconds=100)).replace(microsecond=0)
    provider.behaviours = [answering(503, {"retry-after": format_datetime(wish, usegmt=True)})]
    (outcome,) = desk.handle(webhook(provider.url))
    assert outcome.retry_after_seconds is not None
    assert outcome.at + timedelta(seconds=outcome.retry_after_seconds) >= wish
    assert 90 < outcome.retry_after_seconds <= 100


@pytest.mark.parametrize("wish", ["0", "-5", "soon", "", "1.5", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_retry_after_that_names_no_time_to_come_leaves_the_delay_to_us(
    desk: Desk, provider: Provider, wish: str
) -> None:
    provider.behaviours = [answering(503, {"retry-after": wish})]
    (outcome,) = desk.handle(webhook(provider.url))
    assert (outcome.result, outcome.retry_after_seconds) == (Result.TEMPORARY, None)


def test_a_permanent_refusal_has_no_retry_after(desk: Desk, provider: Provider) -> None:
    provider.behaviours = [answering(410, {"retry-after": "7"})]
    (outcome,) = desk.handle(webhook(provider.url))
    assert (outcome.result, outcome.retry_after_seconds) == (Result.PERMANENT, None)


def test_a_redirect_is_not_followed(desk: Desk, provider: Provider) -> None:
    with providers.providing() as elsewhere:
        provider.behaviours = [answering(307, {"location": f"{elsewhere.url}/"})]
        told = desk.handle(webhook(provider.url))
        assert elsewhere.requests == []
    assert summaries(told) == [("permanent", "http_307")]
    assert len(provider.requests) == 1


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (providers.hanging, ("temporary", "timeout")),
        (providers.dripping, ("temporary", "timeout")),
        (providers.resetting, ("temporary", "connection")),
    ],
)
def test_no_answer(hurried: Desk, provider: Provider, behaviour: Behaviour, expected: tuple[str, str]) -> None:
    provider.behaviours = [behaviour]
    assert summaries(hurried.handle(webhook(provider.url))) == [expected]
    assert hurried.failed == []


def test_a_body_that_never_comes_does_not_unsay_that_it_was_taken(hurried: Desk, provider: Provider) -> None:
    provider.behaviours = [providers.hanging_in_body(200)]
    assert summaries(hurried.handle(webhook(provider.url))) == [("delivered", None)]


def test_a_body_that_never_comes_does_not_unsay_a_refusal(desk: Desk, provider: Provider) -> None:
    provider.behaviours = [providers.hanging_in_body(410)]
    assert summaries(desk.handle(webhook(provider.url))) == [("permanent", "http_410")]


@pytest.mark.parametrize(("status", "result"), [(200, "delivered"), (500, "temporary"), (400, "permanent")])
def test_a_body_without_end_is_not_read_to_its_end(desk: Desk, provider: Provider, status: int, result: str) -> None:
    provider.behaviours = [providers.endless(status)]
    (outcome,) = desk.handle(webhook(provider.url))
    assert outcome.result.value == result
    assert len(outcome.detail or "") <= 500


def test_what_a_receiver_says_is_kept_in_a_form_that_can_be_stored(desk: Desk, provider: Provider) -> None:
    provider.behaviours = [answering(500, body=b"bad\x00 \r\n\xff thing" + b"!" * 1000)]
    (outcome,) = desk.handle(webhook(provider.url))
    assert outcome.detail is not None
    assert outcome.detail.split()[:2] == ["bad", "\N{REPLACEMENT CHARACTER}"]
    assert outcome.detail.isprintable()
    assert len(outcome.detail) <= 500


def test_headers_without_end(desk: Desk, provider: Provider) -> None:
    provider.behaviours = [answering(200, {"x-long": "a" * 70_000})]
    assert summaries(desk.handle(webhook(provider.url))) == [("temporary", "connection")]


def test_a_port_where_nobody_listens(desk: Desk) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        told = desk.handle(webhook(f"http://127.0.0.1:{reserved.getsockname()[1]}/"))
    assert summaries(told) == [("temporary", "connection")]


def test_a_receiver_that_speaks_no_http(desk: Desk, provider: Provider) -> None:
    provider.behaviours = [lambda _provider, http: http.wfile.write(b"220 smtp.example ESMTP\r\n")]
    assert summaries(desk.handle(webhook(provider.url))) == [("temporary", "connection")]


def test_a_certificate_that_nobody_vouches_for(desk: Desk) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with providers.providing(context) as provider:
        told = desk.handle(webhook(provider.url))
        assert provider.requests == []
    assert summaries(told) == [("temporary", "tls")]


def test_tls_where_there_is_none(desk: Desk, provider: Provider) -> None:
    told = desk.handle(webhook(provider.url.replace("http:", "https:")))
    assert [outcome.result for outcome in told] == [Result.TEMPORARY]
    assert provider.requests == []


def test_a_name_that_nobody_knows(desk: Desk) -> None:
    assert summaries(desk.handle(webhook("http://receiver.invalid/"))) == [("temporary", "connection")]


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[fd00:ec2::254]/",
        "ftp://example.com/",
        "http://user:password@example.com/",
        "http://" + "a" * 64 + ".example/",
        "http://a..example/",
        "http://xn--/",
        "http://[::1",
        "",
    ],
)
def test_an_address_that_must_not_be_called(desk: Desk, url: str) -> None:
    assert summaries(desk.handle(webhook(url))) == [("permanent", "forbidden_address")]


def test_loopback_is_forbidden_unless_the_operator_opens_it(
    desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUTBOUND_ALLOWED_NETWORKS", "")
    assert summaries(desk.handle(webhook(provider.url))) == [("permanent", "forbidden_address")]
    assert provider.requests == []


def test_the_signature_verifies_and_a_second_attempt_has_the_same_id(desk: Desk, provider: Provider) -> None:
    page = webhook(f"{provider.url}/hook?team=a", secret=providers.SECRET)
    provider.behaviours = [answering(503)]
    desk.handle(page)
    desk.handle(page)

    first, second = provider.requests
    verified = Webhook(providers.SECRET).verify(first.body, first.headers)
    assert verified == json.loads(first.body)
    Webhook(providers.SECRET).verify(second.body, second.headers)
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == str(page.notification_id)
    assert (first.path, first.headers["content-type"]) == ("/hook?team=a", "application/json")
    assert verified["type"] == "incident.paged"
    assert verified["data"]["incident"]["title"] == "Disk full on db-1"
    assert verified["data"]["acknowledge_url"] == f"https://tocsin.example/l/tok-en_{'t' * 40}?action=acknowledge"


@pytest.mark.parametrize(
    ("status", "word", "expected"),
    [
        (200, "ok", ("delivered", None)),
        (400, "invalid_payload", ("permanent", "slack_invalid_payload")),
        (400, "user_not_found", ("permanent", "slack_user_not_found")),
        (403, "action_prohibited", ("permanent", "slack_action_prohibited")),
        (403, "invalid_token", ("permanent", "slack_invalid_token")),
        (404, "channel_not_found", ("permanent", "slack_channel_not_found")),
        (404, "no_service", ("permanent", "slack_no_service")),
        (410, "channel_is_archived", ("permanent", "slack_channel_is_archived")),
        (500, "no_active_hooks\n", ("permanent", "slack_no_active_hooks")),
        (400, "a_word_of_tomorrow", ("permanent", "http_400")),
        (410, "", ("permanent", "http_410")),
        (429, "rate_limited", ("temporary", "http_429")),
        (500, "rollup_error", ("temporary", "http_500")),
        (503, "<html>no_service</html>", ("temporary", "http_503")),
    ],
)
def test_what_slack_says(
    desk: Desk, provider: Provider, status: int, word: str, expected: tuple[str, str | None]
) -> None:
    provider.behaviours = [answering(status, {"content-type": "text/html"}, word.encode())]
    assert summaries(desk.handle(slack(f"{provider.url}/services/T0/B0/x"))) == [expected]
    assert json.loads(provider.requests[0].body)["text"] == "#42 Disk full on db-1"
