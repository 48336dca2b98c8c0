"""The addresses that tools and people use: do they answer, by IPv4 and IPv6, with a certificate that lasts?"""

import http.client
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import SplitResult, urlsplit

from cli.doctor.deployment import LOOPBACK, Deployment
from cli.doctor.finding import Finding, fine, not_applicable, problem, unknown, warning

TIMEOUT_SECONDS: Final = 5
FAMILIES: Final = {socket.AF_INET: "IPv4", socket.AF_INET6: "IPv6"}
SOON: Final = timedelta(days=21)
ADDRESSES: Final = {"IngestUrl": "ingest", "AppUrl": "app"}


def reachable(deployment: Deployment) -> Iterator[Finding]:
    """Ask both APIs over each family of addresses; any HTTP answer below 500 will do."""
    for output, name in ADDRESSES.items():
        url = deployment.address(output)
        if url is None:
            yield unknown(f"{name} address", f"the stacks have no output {output}", "Deploy this version.")
            continue
        parts = urlsplit(url)
        for family, family_name in FAMILIES.items():
            yield _ask(parts, family, f"{name} by {family_name}")


def _ask(parts: SplitResult, family: socket.AddressFamily, about: str) -> Finding:
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        (_, _, _, _, address), *_ = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
    except OSError:
        if host in LOOPBACK:
            return not_applicable(about, f"{host} has no such address")
        return warning(about, f"{host} has no such address", "Make its DNS records dual-stack (A and AAAA).")
    try:
        with socket.create_connection((str(address[0]), port), TIMEOUT_SECONDS):
            pass
    except TimeoutError:
        return problem(about, f"{host} does not answer within {TIMEOUT_SECONDS} s", "Is a firewall between? Is it up?")
    except OSError as error:
        if family == socket.AF_INET6:
            return unknown(about, f"this machine has no way there: {error.strerror}", "Ask from a machine with IPv6.")
        return problem(about, f"{host} can't be reached: {error.strerror}", "Is the address right, the network there?")
    return _get(parts, host, port, str(address[0]), about)


def _get(parts: SplitResult, host: str, port: int, address: str, about: str) -> Finding:
    connection: http.client.HTTPConnection
    try:
        if parts.scheme == "https":
            connection = _Direct(host, port, address)
        else:
            connection = http.client.HTTPConnection(address, port, timeout=TIMEOUT_SECONDS)
        connection.request("GET", f"{parts.path.rstrip('/')}/v1/health", headers={"Host": parts.netloc})
        status = connection.getresponse().status
        connection.close()
    except ssl.SSLCertVerificationError as error:
        return problem(about, f"its certificate is not valid: {error.verify_message}", "Renew or replace it in ACM.")
    except (OSError, http.client.HTTPException) as error:
        return problem(about, f"{host} broke off: {error}", "Try again; then look at the API's access log.")
    if status >= 500:
        return problem(about, f"{host} answers {status}", "Read the log of the function behind it.")
    return fine(about, f"{host} answers")


class _Direct(http.client.HTTPSConnection):
    """HTTPS to one address of a host."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._context = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT_SECONDS, context=self._context)
        self._address = address

    def connect(self) -> None:
        """Connect to the address, verify as the host."""
        plain = socket.create_connection((self._address, self.port), TIMEOUT_SECONDS)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


def certificates(deployment: Deployment) -> Iterator[Finding]:
    """How long the certificates of the addresses and of the database last."""
    for output, name in ADDRESSES.items():
        parts = urlsplit(deployment.address(output) or "")
        if parts.scheme == "https" and parts.hostname:
            yield _served(parts.hostname, parts.port or 443, f"certificate of {name}")
        else:
            yield not_applicable(f"certificate of {name}", "it is not served by TLS here")
    yield from _database_certificate(deployment)


def _served(host: str, port: int, about: str) -> Finding:
    try:
        with (
            socket.create_connection((host, port), TIMEOUT_SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secured,
        ):
            found = secured.getpeercert() or {}
    except ssl.SSLCertVerificationError as error:
        return problem(about, f"not valid: {error.verify_message}", "Renew or replace it in ACM.")
    except OSError as error:
        return unknown(about, f"{host} can't be reached: {error}")
    return _lasts(about, datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), UTC))


def _database_certificate(deployment: Deployment) -> Iterator[Finding]:
    about = "certificate of the database"
    instance = deployment.outputs.get("DatabaseInstance")
    if instance is None:
        yield not_applicable(about, "the database is not ours to look after")
        return
    (found,) = deployment.client("rds").describe_db_instances(DBInstanceIdentifier=instance)["DBInstances"]
    ends: datetime | None = found.get("CertificateDetails", {}).get("ValidTill")
    yield unknown(about, "RDS does not tell its end") if ends is None else _lasts(about, ends)


def _lasts(about: str, ends: datetime) -> Finding:
    left = ends - datetime.now(UTC)
    said = f"valid until {ends:%Y-%m-%d}, {left.days} days"
    if left < SOON:
        return warning(
            about, said, "ACM and RDS renew by themselves: see why they did not (DNS record, pending change)."
        )
    return fine(about, said)
