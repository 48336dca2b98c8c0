"""A TCP check: connects, shakes hands if asked to, sends something, and looks for something in what comes back."""

import asyncio
import re
import ssl
from functools import partial
from typing import Final

from tocsin.checks import patterns, tls
from tocsin.checks.attempt import Attempt, Failed, of_system
from tocsin.checks.reach import Reach
from tocsin.checks.secrets import Secrets
from tocsin.checks.target import BadTarget, Host, bad, read_host
from tocsin.checks.wire import Wire, connect
from tocsin.contracts.monitor_spec import Certificate, IpVersion, TcpSpec, TlsSpec
from tocsin.domain.monitor import Reason

MAX_RECEIVED: Final = 65_536
EAGER: Final = 64
"""After so many pieces the next is waited for a little: who sends byte by byte costs no more than others."""
PAUSE_SECONDS: Final = 0.05
ESCAPE: Final = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|(.)|$)", re.S)
ESCAPES: Final = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}


class BadEscape(ValueError):
    """What follows a backslash is none of the escapes there are."""


async def run_tcp(spec: TcpSpec, secrets: Secrets, reach: Reach, attempt: Attempt, seconds: float) -> None:
    """Check a TCP port. Raises Failed."""
    try:
        data = unescape(secrets.fill(spec.send, escape)) if spec.send else b""
    except BadEscape as error:
        raise bad("What is to be sent", BadTarget(str(error))) from None
    certificate = spec.certificate if spec.tls else None
    async with await _open(spec.host, spec.port, spec.ip_version, certificate, reach, attempt, seconds) as wire:
        try:
            if data:
                await wire.send(data)
            if spec.expect:
                await _expect(wire, _pattern(spec.expect), attempt)
        except ssl.SSLError as error:
            words = (error.reason or "unknown").lower().replace("_", " ")
            raise Failed(Reason.TLS_FAILED, f"TLS broke off: {words}.") from None
        except OSError as error:
            raise of_system(error) from None


async def run_tls(spec: TlsSpec, reach: Reach, attempt: Attempt, seconds: float) -> None:
    """Check a server that speaks TLS at once. Raises Failed."""
    async with await _open(spec.host, spec.port, spec.ip_version, spec.certificate, reach, attempt, seconds):
        return


def unescape(text: str) -> bytes:
    """Bytes of a text in which `\\r`, `\\n`, `\\t`, `\\\\` and `\\xNN` stand for some. Raises BadEscape."""
    found = bytearray()
    rest = 0
    for escaped in ESCAPE.finditer(text):
        found += text[rest : escaped.start()].encode()
        rest = escaped.end()
        if escaped[1]:
            found.append(int(escaped[1], 16))
        elif escaped[2] in ESCAPES:
            found += ESCAPES[escaped[2]]
        else:
            raise BadEscape("must have r, n, t, xNN or another backslash after a backslash")
    return bytes(found + text[rest:].encode())


def escape(text: str) -> str:
    """So that `unescape` gives the text back."""
    return text.replace("\\", "\\\\")


async def _open(
    host: str,
    port: int,
    version: IpVersion,
    certificate: Certificate | None,
    reach: Reach,
    attempt: Attempt,
    seconds: float,
) -> Wire:
    try:
        found: Host = read_host(host)
    except BadTarget as error:
        raise bad("The host", error) from None
    addresses = await reach.addresses(found, version, attempt)
    wire = await connect(addresses, port, attempt, seconds)
    if certificate is None:
        return wire
    try:
        await tls.shake_hands(wire, found, certificate, reach, attempt, alpn=False)
    except BaseException:
        wire.close()
        raise
    return wire


def _pattern(expression: str) -> patterns.Pattern:
    try:
        return patterns.of_bytes(expression)
    except patterns.BadPattern as error:
        raise bad("The expression", BadTarget(str(error))) from None


async def _expect(wire: Wire, pattern: patterns.Pattern, attempt: Attempt) -> None:
    received = bytearray()
    pieces = 0
    with attempt.timed("first_byte"):
        piece = await wire.receive()
    while piece:
        pieces += 1
        received += piece
        del received[MAX_RECEIVED:]
        seen = bytes(received)
        attempt.received = partial(seen.decode, errors="replace")
        if await pattern.found_in(seen):
            return
        if len(received) >= MAX_RECEIVED:
            raise Failed(Reason.UNEXPECTED_ANSWER, "What was expected is not in the first 65,536 bytes received.")
        attempt.doing = "waiting for what is expected"
        if pieces > EAGER:
            await asyncio.sleep(PAUSE_SECONDS)
        piece = await wire.receive()
    if not received:
        raise Failed(Reason.CONNECTION_CLOSED, "The other side closed the connection without a word.")
    raise Failed(Reason.UNEXPECTED_ANSWER, "The other side closed the connection, and what was expected had not come.")
