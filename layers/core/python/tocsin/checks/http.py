"""An HTTP check: one request over a connection of its own, followed over redirects to its answer.

Each hop is read, looked up and vetted anew. Whatever may hold a secret (headers of the monitor's own, auth, body) goes
to the host that it was meant for, and to no other.
"""

import base64
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from tocsin.checks import tls
from tocsin.checks.answer import Answer
from tocsin.checks.attempt import Attempt, Failed, of_system
from tocsin.checks.reach import Reach
from tocsin.checks.review import FIELD_VALUE, OURS, TOKEN
from tocsin.checks.secrets import Secrets
from tocsin.checks.target import BadTarget, Target, bad, follow, read_url
from tocsin.checks.wire import Wire, connect
from tocsin.contracts.monitor_spec import (
    MAX_REDIRECTS,
    BasicAuth,
    BodyAssertion,
    Certificate,
    HttpSpec,
    JsonAssertion,
)
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.platform import clock

AGENT: Final = "Tocsin (uptime check)"
MOVED: Final = (301, 302, 303, 307, 308)
KEEPS_METHOD: Final = (307, 308)
DEFAULTS: Final = {"user-agent": AGENT, "accept": "*/*", "accept-encoding": "gzip"}
QUOTED: Final = 200


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, with secrets filled in. `headers` are the monitor's own, `body` may be empty."""

    method: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None

    def bytes_for(self, target: Target) -> bytes:
        """The request as it goes over the wire."""
        given = {name.lower() for name, _ in self.headers}
        lines = [f"{self.method} {target.path} HTTP/1.1", f"Host: {target.host_header()}"]
        lines += [f"{name.title()}: {value}" for name, value in DEFAULTS.items() if name not in given]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.body is not None:
            lines.append(f"Content-Length: {len(self.body)}")
        lines += ["Connection: close", "", ""]
        return "\r\n".join(lines).encode() + (self.body or b"")

    def without_secrets(self) -> "Request":
        """For another host: nothing of the monitor's own."""
        return Request(self.method, (), None)


async def run_http(spec: HttpSpec, secrets: Secrets, reach: Reach, attempt: Attempt, seconds: float) -> Answer:
    """The answer at the end of all redirects. Raises Failed."""
    ends = clock.seconds() + seconds
    first = target = _target(spec, secrets)
    request = _request(spec, secrets)
    location: str | None = None
    for hop in range(MAX_REDIRECTS + 1):
        certificate = spec.certificate
        if target.host.name != first.host.name:
            certificate = certificate.model_copy(update={"server_name": None})
        answer = await _exchange(request, target, certificate, spec, reach, attempt, ends)
        location = answer.header("location")
        if not spec.follow_redirects or answer.status not in MOVED or location is None:
            return answer
        if hop == MAX_REDIRECTS:
            break
        request = _next_request(request, answer.status)
        target = _next_target(target, location, secrets)
        if not target.may_have_secrets_of(first):
            if request.body is not None:
                detail = "A redirect asks for the body to be sent to another host, which is not done."
                raise Failed(Reason.UNEXPECTED_ANSWER, detail)
            request = request.without_secrets()
    told = secrets.quote(location or "", QUOTED)
    raise Failed(Reason.TOO_MANY_REDIRECTS, f"After {MAX_REDIRECTS} redirects there is one more, to {told}.")


async def _exchange(
    request: Request,
    target: Target,
    certificate: Certificate,
    spec: HttpSpec,
    reach: Reach,
    attempt: Attempt,
    ends: float,
) -> Answer:
    addresses = await reach.addresses(target.host, spec.ip_version, attempt)
    attempt.certificate = None
    async with await connect(addresses, target.port, attempt, ends - clock.seconds()) as wire:
        if target.scheme == "https":
            await tls.shake_hands(wire, target.host, certificate, reach, attempt, alpn=True)
        try:
            answer = Answer(head_only=request.method == "HEAD", whole=_reads_body(spec))
            await _ask(wire, request.bytes_for(target), answer, attempt)
            return answer
        except ssl.SSLError as error:
            words = (error.reason or "unknown").lower().replace("_", " ")
            raise Failed(Reason.TLS_FAILED, f"TLS broke off: {words}.") from None
        except OSError as error:
            raise of_system(error) from None


async def _ask(wire: Wire, request: bytes, answer: Answer, attempt: Attempt) -> None:
    with attempt.timed("first_byte"):
        await wire.send(request)
        data = await wire.receive()
    attempt.doing = "reading the answer"
    try:
        answer.feed(data)
        while not answer.done:
            answer.feed(await wire.receive())
    finally:
        attempt.http_status = answer.status or attempt.http_status
        attempt.received = answer.beginning


def _reads_body(spec: HttpSpec) -> bool:
    return any(isinstance(asserted, BodyAssertion | JsonAssertion) for asserted in spec.assertions)


def _target(spec: HttpSpec, secrets: Secrets) -> Target:
    try:
        return read_url(secrets.fill(spec.url, lambda value: quote(value, safe="")))
    except BadTarget as error:
        raise bad("The URL", error) from None


def _request(spec: HttpSpec, secrets: Secrets) -> Request:
    headers = [(header.name, secrets.fill(header.value)) for header in spec.headers]
    if isinstance(spec.auth, BasicAuth):
        username, password = secrets.fill(spec.auth.username), secrets.fill(spec.auth.password)
        credentials = base64.b64encode(f"{username}:{password}".encode()).decode()
        secrets.hide(password)
        secrets.hide(credentials)
        headers.append(("Authorization", f"Basic {credentials}"))
    elif spec.auth is not None:
        token = secrets.fill(spec.auth.token)
        secrets.hide(token)
        headers.append(("Authorization", f"Bearer {token}"))
    for name, value in headers:
        if TOKEN.fullmatch(name) is None or name.lower() in OURS or FIELD_VALUE.fullmatch(value) is None:
            # The value is not told: it may be what a secret holds.
            detail = f"The header {name[:60]!r} can't be sent: it is the check's own, or is not one line of text."
            raise Failed(Reason.BAD_CONFIGURATION, detail, CheckStatus.UNKNOWN)
    body = secrets.fill(spec.body).encode() if spec.body is not None else None
    if body is None and spec.method in ("POST", "PUT", "PATCH"):
        body = b""
    return Request(spec.method, tuple(headers), body)


def _next_request(request: Request, status: int) -> Request:
    """As browsers do: a POST that was moved is asked for by GET, anything but HEAD after 303."""
    if status in KEEPS_METHOD or request.method in ("GET", "HEAD"):
        return request
    if status == 303 or request.method == "POST":
        kept = tuple((n, v) for n, v in request.headers if n.lower() != "content-type")
        return Request("GET", kept, None)
    return request


def _next_target(base: Target, location: str, secrets: Secrets) -> Target:
    try:
        return follow(base, location)
    except BadTarget as error:
        told = secrets.quote(location, QUOTED)
        raise Failed(Reason.UNEXPECTED_ANSWER, f"The redirect to {told} can't be followed: it {error}.") from None
