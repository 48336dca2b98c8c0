"""TLS of a check: the handshake, what is wrong with a certificate by name, and what is kept of one.

Nothing is asked of certificate authorities meanwhile (OCSP, CRL): browsers no longer do either, and it would say
where this place connects to. A certificate is found revoked only by revocation lists in the bundle of `ca_file`, which
then must hold one of each authority whose certificates servers show.
"""

import asyncio
import ssl
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from tocsin.checks.attempt import Attempt, Failed, of_system
from tocsin.checks.reach import Reach
from tocsin.checks.target import BadTarget, Host, bad, read_host
from tocsin.checks.wire import Wire, connect
from tocsin.contracts.checks import SeenCertificate
from tocsin.contracts.monitor_spec import Certificate
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.platform.addresses import Address

SECOND_LOOK_SECONDS: Final = 2.0
MAX_NAMES: Final = 20
MAX_NAME: Final = 500
REMEMBERED_BYTES: Final = 8_192
"""Of a certificate that is read once: most have two thousand, and nobody's hundred thousand shall fill the memory."""
BY_CODE: Final[dict[int, tuple[Reason, str]]] = {
    9: (Reason.CERTIFICATE_NOT_YET_VALID, "The certificate is not yet valid"),
    10: (Reason.CERTIFICATE_EXPIRED, "The certificate has expired"),
    23: (Reason.CERTIFICATE_REVOKED, "The certificate is revoked"),
    62: (Reason.CERTIFICATE_WRONG_NAME, "The certificate is for another name"),
    64: (Reason.CERTIFICATE_WRONG_NAME, "The certificate is for another address"),
}
"""OpenSSL's X509_V_ERR_…, as SSLCertVerificationError.verify_code has them."""


async def shake_hands(
    wire: Wire, host: Host, asked: Certificate, reach: Reach, attempt: Attempt, *, alpn: bool
) -> None:
    """Make a connection TLS and keep what its certificate says. Raises Failed."""
    try:
        name = read_host(asked.server_name).name if asked.server_name else host.name
    except BadTarget as error:
        raise bad("The certificate's name", error) from None
    try:
        with attempt.timed("tls"):
            shown = await wire.shake_hands(_context(reach.ca_file, asked.verify, alpn), name)
    except ssl.SSLCertVerificationError as error:
        attempt.failed = _untrusted(error)
        unjudged = _context(reach.ca_file, verify=False, alpn=alpn)
        attempt.certificate = await _look_again(*wire.peer, unjudged, name)
        raise _told_with_dates(attempt.failed, attempt.certificate) from None
    except OSError as error:
        raise _broken(error) from None
    attempt.certificate = seen(shown)


async def _look_again(address: Address, port: int, context: ssl.SSLContext, name: str) -> SeenCertificate | None:
    """The certificate, over a second connection on which nothing is sent: the first is gone before it can be read."""
    try:
        async with (
            asyncio.timeout(SECOND_LOOK_SECONDS),
            await connect([address], port, Attempt(), SECOND_LOOK_SECONDS) as wire,
        ):
            return seen(await wire.shake_hands(context, name))
    except (OSError, Failed):
        return None


def judge(certificate: SeenCertificate | None, asked: Certificate, at: datetime) -> Failed | None:
    """What there is to say about a certificate with which the handshake went well."""
    if certificate is None or not asked.warn_days:
        return None
    day = f"{certificate.not_after:%Y-%m-%d}"
    if certificate.not_after <= at:
        return Failed(Reason.CERTIFICATE_EXPIRED, f"The certificate expired on {day}.", CheckStatus.DEGRADED)
    left = (certificate.not_after - at).days
    if left >= max(asked.warn_days):
        return None
    when = "within a day" if left < 1 else f"in {left} day{'s' if left > 1 else ''}"
    detail = f"The certificate expires {when}, on {day}."
    return Failed(Reason.CERTIFICATE_EXPIRES_SOON, detail, CheckStatus.DEGRADED)


def seen(der: bytes | None) -> SeenCertificate | None:
    """What is kept of a certificate; nothing of one that can't be read."""
    if der is None:
        return None
    return _remembered(der) if len(der) <= REMEMBERED_BYTES else _read(der)


@lru_cache(maxsize=2_000)
def _remembered(der: bytes) -> SeenCertificate | None:
    return _read(der)


def _read(der: bytes) -> SeenCertificate | None:
    try:
        found = x509.load_der_x509_certificate(der)
        return SeenCertificate(
            subject=found.subject.rfc4514_string()[:MAX_NAME],
            issuer=found.issuer.rfc4514_string()[:MAX_NAME],
            names=_names(found),
            fingerprint=found.fingerprint(SHA256()).hex(),
            not_before=found.not_valid_before_utc,
            not_after=found.not_valid_after_utc,
        )
    except ValueError:  # the library's word for whatever is malformed in it
        return None


def _names(found: x509.Certificate) -> list[str]:
    try:
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension):
        return []
    every = list(names.get_values_for_type(x509.DNSName))
    every += [str(n) for n in names.get_values_for_type(x509.IPAddress)]
    return [n[:MAX_NAME] for n in every[:MAX_NAMES]]


@cache
def _context(ca_file: str | None, verify: bool, alpn: bool) -> ssl.SSLContext:
    """Made once: reading a bundle of authorities costs more than ten handshakes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if verify:
        if ca_file is None:
            context.load_default_certs(ssl.Purpose.SERVER_AUTH)
        else:
            context.load_verify_locations(cafile=ca_file)
            if b"BEGIN X509 CRL" in Path(ca_file).read_bytes():
                context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    else:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if alpn:
        context.set_alpn_protocols(["http/1.1"])
    return context


def _untrusted(error: ssl.SSLCertVerificationError) -> Failed:
    reason, words = BY_CODE.get(
        error.verify_code, (Reason.CERTIFICATE_UNTRUSTED, f"The certificate is not trusted: {error.verify_message}")
    )
    return Failed(reason, f"{words}.")


def _told_with_dates(failed: Failed, certificate: SeenCertificate | None) -> Failed:
    """Say what the certificate says instead."""
    if certificate is None:
        return failed
    match failed.reason:
        case Reason.CERTIFICATE_EXPIRED:
            return Failed(failed.reason, f"The certificate expired on {certificate.not_after:%Y-%m-%d %H:%M} UTC.")
        case Reason.CERTIFICATE_NOT_YET_VALID:
            return Failed(failed.reason, f"The certificate is valid from {certificate.not_before:%Y-%m-%d %H:%M} UTC.")
        case Reason.CERTIFICATE_WRONG_NAME:
            names = ", ".join(certificate.names[:5]) or "no name at all"
            return Failed(failed.reason, f"The certificate is for {names[:300]}.")
        case _:
            return failed


def _broken(error: OSError) -> Failed:
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Failed(Reason.CONNECTION_CLOSED, "The other side closed the connection during the TLS handshake.")
    if isinstance(error, ssl.SSLError):
        words = (error.reason or "no reason given").lower().replace("_", " ")
        return Failed(Reason.TLS_FAILED, f"There was no TLS handshake: {words}.")
    return of_system(error)
