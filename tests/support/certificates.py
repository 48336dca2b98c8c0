"""Certificates of private probes for tests: authorities, probes that were let in, and the events they come with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from tests.support.http_api import http_event
from tocsin.platform import certificates
from tocsin.platform.certificates import Authority, Identity, Issued

type Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@cache
def authority() -> Authority:
    """The authority of a deployment."""
    return certificates.make_authority("1", datetime.now(UTC))


@cache
def foreign_authority() -> Authority:
    """The authority of somebody else, who calls it the same."""
    return certificates.make_authority("1", datetime.now(UTC))


def authority_secret(signs_from: datetime, by: Authority | None = None) -> str:
    """An authority as Secrets Manager keeps it."""
    found = by or authority()
    document = {"certificate": found.certificate, "key": found.key, "signs_from": signs_from.isoformat()}
    return json.dumps(document)


def request(key: Key, *, named: str = "whoever") -> str:
    """A request for a key, as any tool makes it."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, named)])
    made = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return made.public_bytes(Encoding.PEM).decode()


@dataclass
class ShownProbe:
    """A probe with a certificate, and what the gateway says of it."""

    identity: Identity = field(default_factory=lambda: Identity(uuid4(), uuid4(), uuid4()))
    by: Authority = field(default_factory=authority)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    key: str = ""
    issued: Issued = field(init=False)

    def __post_init__(self) -> None:
        self.key, csr = certificates.make_request()
        self.issued = certificates.sign(self.by, certificates.read_request(csr), self.identity, self.at)

    def event(
        self,
        method: str,
        path: str,
        body: bytes | str = b"",
        headers: Mapping[str, str] | None = None,
        *,
        query: str = "",
    ) -> dict[str, Any]:
        """The event of one request, its certificate with it."""
        return with_certificate(http_event(method, path, body, headers, query=query), self.issued.pem)


def with_certificate(event: dict[str, Any], pem: str) -> dict[str, Any]:
    """An event as it comes behind mutual TLS: fields and formats are those of API Gateway's reference."""
    found = x509.load_pem_x509_certificate(pem.encode())
    serial = f"{found.serial_number:x}"
    serial = serial.rjust(len(serial) + len(serial) % 2, "0")
    shown = {
        "clientCertPem": pem,
        "subjectDN": found.subject.rfc4514_string(),
        "issuerDN": found.issuer.rfc4514_string(),
        "serialNumber": ":".join(serial[at : at + 2] for at in range(0, len(serial), 2)),
        "validity": {
            "notBefore": f"{found.not_valid_before_utc:%b %d %H:%M:%S %Y GMT}",
            "notAfter": f"{found.not_valid_after_utc:%b %d %H:%M:%S %Y GMT}",
        },
    }
    context = {**event["requestContext"], "authentication": {"clientCert": shown}}
    return {**event, "requestContext": context}


def odd_certificate(
    names: Mapping[x509.ObjectIdentifier, str | UUID],
    *,
    usage: x509.ObjectIdentifier | None,
    is_authority: bool = False,
) -> str:
    """A certificate that the deployment's authority has signed and would never sign by itself."""
    issuer = x509.load_pem_x509_certificate(authority().certificate.encode())
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(oid, str(value)) for oid, value in names.items()]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if usage is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    signer = load_pem_private_key(authority().key.encode(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    return made.sign(signer, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
