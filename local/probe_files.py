"""What private probes and their front are verified by here: the authority of probes, as `keys` makes it in AWS, and one
for the front's own certificate, which in AWS is a public one.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from local.machine import LOOPBACK
from local.private_files import write_private
from tocsin.platform import certificates

SERVER_DAYS: Final = 825


@dataclass(frozen=True, slots=True)
class ProbeFiles:
    """`authority_document` is what the secret holds that `enroll` reads; the rest are PEM files for the front, and
    `server_authority` for probes, to trust it by.
    """

    authority_document: str
    truststore: Path
    server_authority: Path
    server_certificate: Path
    server_key: Path


def keep_probe_files(folder: Path, now: datetime) -> ProbeFiles:
    """Read what earlier runs made, or make it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    document = folder / "authority.json"
    names = ("truststore.pem", "server-ca.pem", "server.pem", "server-key.pem")
    truststore, server_authority, server, server_key = (folder / name for name in names)
    if not document.exists():
        made = certificates.make_authority("local", now)
        write_private(truststore, made.certificate)
        found = {"certificate": made.certificate, "key": made.key, "signs_from": now.isoformat()}
        write_private(document, json.dumps(found))
    if not server_key.exists() or _ends(server) < now + timedelta(days=1):
        authority, certificate, key = _server_files(now)
        write_private(server_authority, authority)
        write_private(server, certificate)
        write_private(server_key, key)
    return ProbeFiles(document.read_text(), truststore, server_authority, server, server_key)


def _ends(certificate: Path) -> datetime:
    return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc


def _server_files(now: datetime) -> tuple[str, str, str]:
    """An authority's certificate, and a server's for this machine with its key; the authority's is forgotten."""
    signer, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer, subject = (
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in ("Tocsin, local", "localhost")
    )
    own = x509.SubjectKeyIdentifier.from_public_key(signer.public_key())
    authority = (
        _begun(issuer, issuer, signer, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(certificates.usage(signs_certificates=True), critical=True)
        .add_extension(own, critical=False)
        .sign(signer, hashes.SHA256())
    )
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address(LOOPBACK))]
    server = (
        _begun(subject, issuer, key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(certificates.usage(signs_certificates=False), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own), critical=False)
        .sign(signer, hashes.SHA256())
    )
    pem = (one.public_bytes(Encoding.PEM).decode() for one in (authority, server))
    return next(pem), next(pem), certificates.private_pem(key)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - certificates.SKEW)
        .not_valid_after(now + timedelta(days=SERVER_DAYS))
    )
