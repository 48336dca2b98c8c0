"""A batch on its way through notify: claimed or not, a bad page among good ones, outcomes told or lost, the log."""

import io
import json
import logging
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from functions.notify import claims
from tests.support import providers
from tests.support.providers import DELIVERIES, Desk, Provider, answering, delivery, go, reply, slack, webhook
from tests.support.providers import summaries as said
from tests.support.ses import Ses
from tests.support.sqs import Sqs
from tocsin.contracts.delivery import ClaimAnswer, ClaimRequest, Verdict
from tocsin.platform import logs

OLD = timedelta(seconds=61)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return providers.desk(tmp_path, monkeypatch)


@pytest.fixture
def provider() -> Generator[Provider]:
    with providers.providing() as found:
        yield found


@pytest.fixture
def log() -> Generator[io.StringIO]:
    """What notify logs during the test."""
    logs.logger("notify")
    written = io.StringIO()
    handlers = [h for h in logging.getLogger("notify").handlers if isinstance(h, logging.StreamHandler)]
    before = [h.setStream(written) for h in handlers]
    yield written
    for handler, stream in zip(handlers, before, strict=True):
        if stream is not None:
            handler.setStream(stream)


class Unreachable:
    """A Lambda client that can't reach Lambda."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def invoke(self, *_: object) -> Any:
        """Fails."""
        raise self._error


class HiddenFor(Sqs):
    """Remembers for how long messages were hidden."""

    def __init__(self, like: Sqs) -> None:
        super().__init__(now=like.now)
        self.hidden: list[tuple[str, int]] = []

    def change_message_visibility(self, *, QueueUrl: str, ReceiptHandle: str, VisibilityTimeout: int) -> dict[str, Any]:  # noqa: N803 - boto3's own argument names
        """As the real one, and noted."""
        self.hidden.append((QueueUrl, VisibilityTimeout))
        return super().change_message_visibility(
            QueueUrl=QueueUrl, ReceiptHandle=ReceiptHandle, VisibilityTimeout=VisibilityTimeout
        )


def no_claim(_request: ClaimRequest) -> Any:
    """The claim's database is away."""
    msg = "the database can't be reached"
    raise ConnectionError(msg)


def stop(item_id: Any, verdict: Verdict = Verdict.STOP) -> ClaimAnswer:
    return ClaimAnswer(notification_id=item_id, verdict=verdict, reason="acknowledged")


# ── claim ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_claim_a_batch_and_each_outcome_under_its_attempt(desk: Desk, provider: Provider) -> None:
    pages = [delivery(), webhook(provider.url), slack(provider.url)]
    answers = [go(p.notification_id, attempt=n) for n, p in enumerate(pages, 1)]
    desk.claim = lambda _request: reply(*answers)
    told = desk.handle(*pages)
    assert [[c.notification_id for c in request.claims] for request in desk.asked] == [
        [p.notification_id for p in pages]
    ]
    assert [(o.notification_id, o.attempt_id, o.unclaimed) for o in told] == [
        (a.notification_id, a.attempt_id, False) for a in answers
    ]
    assert said(told) == [("delivered", None)] * 3
    assert told[0].provider_id == "ses-1"


@pytest.mark.parametrize("verdict", [Verdict.STOP, Verdict.ALREADY_SENT])
def test_what_may_not_go_is_neither_sent_nor_failed(desk: Desk, provider: Provider, verdict: Verdict) -> None:
    pages = [delivery(), webhook(provider.url)]
    desk.claim = lambda request: reply(*[stop(c.notification_id, verdict) for c in request.claims])
    assert desk.handle(*pages) == []
    assert (desk.failed, desk.ses.sent, provider.requests) == ([], [], [])


def test_of_a_batch_only_what_may_go_goes(desk: Desk) -> None:
    pages = [delivery(address=f"{name}@acme.example") for name in "abc"]
    desk.claim = lambda request: reply(
        stop(request.claims[0].notification_id),
        go(request.claims[1].notification_id),
        stop(request.claims[2].notification_id, Verdict.ALREADY_SENT),
    )
    told = desk.handle(*pages)
    assert [mail.to for mail in desk.ses.sent] == ["b@acme.example"]
    assert [o.notification_id for o in told] == [pages[1].notification_id]


UNREACHABLE = [
    EndpointConnectionError(endpoint_url="https://lambda"),
    ConnectTimeoutError(endpoint_url="https://lambda"),
    ReadTimeoutError(endpoint_url="https://lambda"),
    ClientError({"Error": {"Code": "TooManyRequestsException", "Message": ""}}, "Invoke"),
]


@pytest.mark.parametrize("error", UNREACHABLE)
def test_a_young_page_waits_while_claim_is_away(
    desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(claims, "client", lambda: Unreachable(error))
    sqs = desk.sqs = HiddenFor(desk.sqs)
    assert desk.handle(delivery(), webhook(provider.url)) == []
    assert desk.failed == [0, 1]
    assert sqs.hidden == [(DELIVERIES, 5), (DELIVERIES, 5)]
    assert (desk.ses.sent, provider.requests) == ([], [])


@pytest.mark.parametrize(
    "claim",
    [
        no_claim,
        lambda _request: None,
        lambda _request: {"answers": "none"},
        lambda _request: {"answers": [{"verdict": "go"}]},
        lambda _request: reply(),
        lambda _request: reply(go(uuid4())),
        lambda request: reply(go(request.claims[0].notification_id), go(request.claims[0].notification_id)),
    ],
    ids=["raises", "null", "wrong shape", "without id", "too few", "another's", "too many"],
)
def test_a_claim_that_answers_nonsense_has_not_answered(desk: Desk, claim: Any) -> None:
    desk.claim = claim
    assert desk.handle(delivery()) == []
    assert (desk.failed, desk.ses.sent) == ([0], [])


@pytest.mark.parametrize("claim", [no_claim, lambda _request: reply(go(uuid4()))])
def test_an_old_page_goes_out_unclaimed_and_without_links(desk: Desk, provider: Provider, claim: Any) -> None:
    desk.claim, desk.age = claim, OLD
    told = desk.handle(delivery(), webhook(provider.url), slack(provider.url))
    assert [(o.unclaimed, o.attempt_id, o.result) for o in told] == [(True, None, "delivered")] * 3
    assert desk.failed == []
    (mail,) = desk.ses.sent
    assert "tocsin.example/l" not in mail.text + mail.html
    assert "could not be asked" in mail.text
    assert "could not be asked" in mail.html
    hook, hooked = (
        json.loads(request.body) for request in sorted(provider.requests, key=lambda r: "webhook-id" in r.headers)
    )
    assert "actions" not in [block["type"] for block in hook["blocks"]]
    assert [hooked["data"][name] for name in ("attempt", "acknowledge_url", "resolve_url")] == [None] * 3


@pytest.mark.parametrize(("age", "goes"), [(59, False), (60, True)])
def test_the_age_at_which_a_page_stops_waiting(desk: Desk, age: int, goes: bool) -> None:
    desk.claim, desk.age = no_claim, timedelta(seconds=age)
    desk.handle(delivery())
    assert (len(desk.ses.sent), desk.failed) == ((1, []) if goes else (0, [0]))


def test_a_back_off_that_the_queue_refuses_is_left_to_its_own(desk: Desk) -> None:
    desk.claim, desk.sqs.down = no_claim, True
    desk.handle(delivery())
    assert (desk.failed, desk.ses.sent) == ([0], [])


# ── one among many ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '{"channel": "pigeon"}', pytest.param(delivery().to_json()[:-9], id="cut off")]
)
def test_a_malformed_page_is_left_to_the_dead_letters_and_the_others_go(desk: Desk, body: str) -> None:
    told = desk.handle(delivery(), body, delivery())
    assert desk.failed == [1]
    assert said(told) == [("delivered", None)] * 2
    assert [len(request.claims) for request in desk.asked] == [2]


def test_nothing_but_malformed_pages_claims_nothing(desk: Desk) -> None:
    assert desk.handle("{", "[") == []
    assert (desk.failed, desk.asked) == ([0, 1], [])


def test_a_channel_that_breaks_harms_no_other(desk: Desk, provider: Provider) -> None:
    class Broken(Ses):
        def send_email(self, **_: object) -> dict[str, str]:
            msg = "alice@acme.example https://hooks.example/secret"
            raise ArithmeticError(msg)

    desk.ses = Broken()
    page = webhook(provider.url)
    told = desk.handle(delivery(), page, delivery())
    assert [(o.notification_id, o.result) for o in told] == [(page.notification_id, "delivered")]
    assert desk.failed == []


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("MessageRejected", "permanent"),
        ("BadRequestException", "permanent"),
        ("NotFoundException", "permanent"),
        ("MailFromDomainNotVerifiedException", "permanent"),
        ("AccountSuspendedException", "permanent"),
        ("SendingPausedException", "temporary"),
        ("TooManyRequestsException", "temporary"),
        ("LimitExceededException", "temporary"),
        ("InternalFailure", "temporary"),
        ("ServiceUnavailable", "temporary"),
        ("AccessDeniedException", "temporary"),
        ("ExpiredTokenException", "temporary"),
    ],
)
def test_what_ses_says(desk: Desk, code: str, result: str) -> None:
    desk.ses.failures = [code]
    assert said(desk.handle(delivery(), delivery())) in (
        [(result, f"ses_{code}"), ("delivered", None)],
        [("delivered", None), (result, f"ses_{code}")],
    )


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ReadTimeoutError(endpoint_url="https://email"), "timeout"),
        (ConnectTimeoutError(endpoint_url="https://email"), "timeout"),
        (EndpointConnectionError(endpoint_url="https://email"), "connection"),
    ],
)
def test_ses_out_of_reach(desk: Desk, error: Exception, reason: str) -> None:
    class Away(Ses):
        def send_email(self, **_: object) -> dict[str, str]:
            raise error

    desk.ses = Away()
    assert said(desk.handle(delivery())) == [("temporary", reason)]


def tampered(sealed: str) -> str:
    """Sealed secrets whose tag is another's."""
    head, _, tag = sealed.rpartition(".")
    return f"{head}.{tag[::-1] if tag != tag[::-1] else 'A' * len(tag)}"


@pytest.mark.parametrize(
    ("sealed", "reason"),
    [
        ("", "bad_secret"),
        ("abc", "invalid"),
        ("a.b.c.d.e", "invalid"),
        (tampered(webhook("http://127.0.0.1/").sealed or ""), "invalid"),
        (slack("http://127.0.0.1/").sealed, "bad_secret"),
    ],
    ids=["empty", "garbage", "dots", "tampered", "another channel's"],
)
def test_secrets_that_are_of_no_use_are_a_permanent_failure(desk: Desk, sealed: str, reason: str) -> None:
    assert said(desk.handle(delivery("webhook", sealed=sealed))) == [("permanent", reason)]


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_!", "whsec_a"])
def test_a_signing_secret_that_is_none(desk: Desk, provider: Provider, secret: str) -> None:
    assert said(desk.handle(webhook(provider.url, secret=secret))) == [("permanent", "bad_secret")]
    assert provider.requests == []


@pytest.mark.parametrize("address", [None, ""])
def test_no_address(desk: Desk, address: str | None) -> None:
    assert said(desk.handle(delivery(address=address))) == [("permanent", "no_address")]


# ── outcomes and logs ────────────────────────────────────────────────────────────────────────────────────────────────


def test_outcomes_that_can_not_be_told_do_not_send_the_pages_again(desk: Desk, log: io.StringIO) -> None:
    desk.sqs.down = True
    assert desk.handle(delivery(), delivery()) == []
    assert (len(desk.ses.sent), desk.failed) == (2, [])
    assert ("outcomes not told", 2) in [(line["message"], line.get("outcomes")) for line in lines(log)]


def test_logs_hold_no_address_url_token_or_secret(
    desk: Desk, provider: Provider, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Mixed(Ses):
        def send_email(self, **arguments: Any) -> dict[str, str]:
            if arguments["Destination"]["ToAddresses"] == ["broken@acme.example"]:
                msg = "broken@acme.example"
                raise ArithmeticError(msg)
            return super().send_email(**arguments)

    desk.ses = Mixed(failures=["MessageRejected"])
    secret_url = f"{provider.url}/services/hidden-path"
    provider.behaviours = [answering(500, body=secret_url.encode()), answering(404, body=b"no_service")]
    desk.handle(
        delivery(),
        delivery(address="broken@acme.example"),
        delivery(address="not an address@@"),
        webhook(secret_url),
        slack(secret_url),
        webhook("http://user:hidden-path@example.com/"),
        webhook("http://receiver.invalid/hidden-path"),
        '{"address": "malformed@acme.example"}',
    )
    desk.claim, desk.age = no_claim, OLD
    desk.handle(delivery())
    monkeypatch.setattr(desk.sqs, "down", True)
    desk.handle(delivery())

    written = log.getvalue()
    assert [line["message"] for line in lines(log)].count("not delivered") == 6
    assert "channel broke" in written
    assert "outcomes not told" in written
    for kept_out in ("acme.example", "@", "hidden-path", provider.url, "tok-en_", providers.SECRET, "whsec_", "eyJ"):
        assert kept_out not in written


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]
