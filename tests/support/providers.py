"""Providers that pages are sent to: receivers on loopback that misbehave as told, and notify with all around it."""

import socket
import ssl
import struct
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from functions.notify import claims, ses
from functions.notify import handler as notify
from tests.support.lambdas import Lambdas
from tests.support.ses import Ses
from tests.support.sqs import Sqs
from tocsin.contracts.delivery import (
    ClaimAnswer,
    ClaimReply,
    ClaimRequest,
    DeliveryIncident,
    DeliveryMessage,
    OutcomeMessage,
    Verdict,
)
from tocsin.domain.incident import Severity
from tocsin.platform import queues, sealing

DELIVERIES = "https://sqs.eu-central-1.amazonaws.com/123456789012/tocsin-deliveries"
OUTCOMES = "https://sqs.eu-central-1.amazonaws.com/123456789012/tocsin-outcomes"
VISIBILITY = timedelta(seconds=55)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="  # noqa: S105 - a test's
OPENED_AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
type Behaviour = Callable[["Provider", BaseHTTPRequestHandler], None]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the receiver got it, header names in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Provider:
    """A receiver. `behaviours` are for the next requests, one each; then it answers 204."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    behaviours: list[Behaviour] = field(default_factory=list)
    closing: Event = field(default_factory=Event)


def answering(status: int, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Behaviour:
    """Answer this."""

    def behave(_provider: Provider, http: BaseHTTPRequestHandler) -> None:
        http.send_response(status)
        for name, value in {**(headers or {}), "content-length": str(len(body))}.items():
            http.send_header(name, value)
        http.end_headers()
        http.wfile.write(body)

    return behave


def hanging(provider: Provider, _http: BaseHTTPRequestHandler) -> None:
    """Say nothing until the test is over."""
    provider.closing.wait()


def hanging_in_body(status: int) -> Behaviour:
    """Answer the head, promise a body, and leave it at that."""

    def behave(provider: Provider, http: BaseHTTPRequestHandler) -> None:
        http.send_response(status)
        http.send_header("content-length", "10")
        http.end_headers()
        http.wfile.flush()
        provider.closing.wait()

    return behave


def dripping(provider: Provider, http: BaseHTTPRequestHandler) -> None:
    """Begin a head that never ends, a byte at a time."""
    http.wfile.write(b"HTTP/1.1 200 OK\r\nx-slow: ")
    while not provider.closing.wait(0.02):
        http.wfile.write(b"a")


def endless(status: int) -> Behaviour:
    """Answer with a body that never ends, as fast as it is taken."""

    def behave(provider: Provider, http: BaseHTTPRequestHandler) -> None:
        http.send_response(status)
        http.send_header("content-length", str(2**40))
        http.end_headers()
        while not provider.closing.is_set():
            http.wfile.write(b"x" * 65_536)

    return behave


def resetting(_provider: Provider, http: BaseHTTPRequestHandler) -> None:
    """Reset the connection."""
    http.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    http.connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up is what many of these tests are about."""


@contextmanager
def providing(tls: ssl.SSLContext | None = None) -> Generator[Provider]:
    """A receiver on 127.0.0.1 until the block ends."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            provider.requests.append(Request(self.path, headers, body))
            behave = provider.behaviours.pop(0) if provider.behaviours else answering(204)
            behave(provider, self)

        def finish(self) -> None:
            if self.connection.fileno() >= 0:
                super().finish()

        def log_message(self, *_: object) -> None:
            return

    server = _Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    provider.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    try:
        yield provider
    finally:
        provider.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@cache
def keys() -> tuple[str, str]:
    """A private and a public key to seal with, as PEM."""
    key = rsa.generate_private_key(65_537, 2_048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def incident(**fields: Any) -> DeliveryIncident:
    """An incident that somebody is paged about."""
    known: dict[str, Any] = {
        "incident_id": UUID("01a1fca4-5a67-7ac0-b4bb-2f2a4f1d9a10"),
        "number": 42,
        "title": "Disk full on db-1",
        "severity": Severity.CRITICAL,
        "service_name": "checkout",
        "created_at": OPENED_AT,
        "source": "db-1",
        "organization_name": "Acme",
    }
    return DeliveryIncident.model_validate({**known, **fields})


def delivery(channel: str = "email", **fields: Any) -> DeliveryMessage:
    """A page; e-mail to Alice unless told otherwise."""
    known: dict[str, Any] = {
        "org_id": UUID("0f5ad5a5-16a4-4d6c-9a86-5d8b1f3d1c11"),
        "notification_id": uuid4(),
        "channel": channel,
        "address": "alice@acme.example" if channel == "email" else None,
        "incident": incident(),
        "recipient_name": "Alice",
        "reason": "you are in step 1 of the escalation policy, round 1",
    }
    return DeliveryMessage.model_validate({**known, **fields})


def webhook(url: str, secret: str = SECRET, **fields: Any) -> DeliveryMessage:
    """A page by signed webhook."""
    return delivery("webhook", sealed=sealing.seal({"url": url, "secret": secret}, keys()[1]), **fields)


def slack(url: str, **fields: Any) -> DeliveryMessage:
    """A page by Slack."""
    return delivery("slack", sealed=sealing.seal({"url": url}, keys()[1]), **fields)


def go(notification_id: UUID, attempt: int = 1) -> ClaimAnswer:
    """The claim's go-ahead."""
    return ClaimAnswer(
        notification_id=notification_id,
        verdict=Verdict.GO,
        attempt_id=uuid4(),
        attempt=attempt,
        link_token="tok-en_" + "t" * 40,
    )


@dataclass(slots=True)
class Desk:
    """notify between its queues, claim, SES and the internet. `age` is how long ago messages were first seen."""

    sqs: Sqs
    ses: Ses
    claim: Callable[[ClaimRequest], Any]
    age: timedelta = timedelta(0)
    asked: list[ClaimRequest] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    """Which of the messages handled last were answered as failed, by their position."""

    def answer_claim(self, event: dict[str, Any], _context: object) -> Any:
        """The claim function."""
        request = ClaimRequest.model_validate(event)
        self.asked.append(request)
        return self.claim(request)

    def handle(self, *deliveries: DeliveryMessage | str) -> list[OutcomeMessage]:
        """Let notify handle one batch; answers the outcomes it told, in order."""
        entries = [
            {"Id": str(i), "MessageBody": d if isinstance(d, str) else d.to_json()} for i, d in enumerate(deliveries)
        ]
        told = len(self.sqs.queues.get(OUTCOMES, []))
        down, self.sqs.down = self.sqs.down, False
        self.sqs.send_message_batch(QueueUrl=DELIVERIES, Entries=entries)
        batch = self.sqs.receive(DELIVERIES, VISIBILITY)
        self.sqs.down = down
        answer = notify.handler({"Records": [_aged(m.record(), self.age) for m in batch]}, None)
        ids = [m.message_id for m in batch]
        self.failed = sorted(ids.index(item["itemIdentifier"]) for item in answer["batchItemFailures"])
        self.sqs.queues[DELIVERIES] = []
        return [OutcomeMessage.model_validate_json(m.body) for m in self.sqs.queues.get(OUTCOMES, [])[told:]]


def reply(*answers: ClaimAnswer) -> Any:
    """A claim's reply as JSON values."""
    return ClaimReply(answers=list(answers)).model_dump(mode="json")


def all_go(request: ClaimRequest) -> Any:
    """Everything may go."""
    return reply(*[go(item.notification_id) for item in request.claims])


def desk(folder: Path, monkeypatch: pytest.MonkeyPatch, *, timeout_seconds: float = 5) -> Desk:
    """Put notify behind its desk; loopback is opened as `make run` does."""
    built = Desk(Sqs(now=lambda: datetime.now(UTC)), Ses(), all_go)
    pem = folder / "seal.pem"
    pem.write_text(keys()[0])
    environment = {
        "CLAIM_FUNCTION": "claim",
        "OUTCOMES_QUEUE_URL": OUTCOMES,
        "DELIVERIES_QUEUE_URL": DELIVERIES,
        "MAIL_FROM": "Tocsin <page@tocsin.example>",
        "LINK_BASE_URL": "https://tocsin.example/l",
        "SEAL_PRIVATE_KEY_FILE": str(pem),
        "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8",
        "ATTEMPT_TIMEOUT_SECONDS": str(timeout_seconds),
        "POWERTOOLS_METRICS_DISABLED": "true",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(queues, "client", lambda _region=None: built.sqs)
    monkeypatch.setattr(claims, "client", lambda: Lambdas({"claim": built.answer_claim}))
    monkeypatch.setattr(ses, "client", lambda: built.ses)
    return built


def _aged(record: dict[str, Any], age: timedelta) -> dict[str, Any]:
    seen = int(record["attributes"]["ApproximateFirstReceiveTimestamp"]) - int(age.total_seconds() * 1000)
    return {**record, "attributes": {**record["attributes"], "ApproximateFirstReceiveTimestamp": str(seen)}}


def summaries(outcomes: Sequence[OutcomeMessage]) -> list[tuple[str, str | None]]:
    """Results and reasons."""
    return [(outcome.result.value, outcome.reason) for outcome in outcomes]
