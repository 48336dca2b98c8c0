"""X.509 of private probes: the deployment's own authority, what probes ask of it, and what it signs (ADR 0021).

A certificate says who a probe is: CN its id, O its organization's, OU its private location's; or which region of ours
somebody checks from: CN `region:` and its name, nothing else (ADR 0023). The library is imported where it is used: of
what shares this layer only `ingest` on the probes' API, `enroll`, `keys`, and `check` by mutual TLS need it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from tocsin.errors import FieldProblem, Invalid, Unauthenticated

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

LIFETIME: Final = timedelta(days=7)
"""How long a certificate is good: a probe that is lost is shut out after a week, whatever else fails."""
REGION_LIFETIME: Final = timedelta(hours=12)
"""Of a region's: its processes are seldom older, and make another key for the next."""
SKEW: Final = timedelta(minutes=5)
"""A certificate begins so much earlier, for clocks that are behind."""
AUTHORITY_LIFETIME: Final = timedelta(days=3_650)
MAX_REQUEST: Final = 4_096
MAX_CERTIFICATE: Final = 8_192
REGION_NAME: Final = re.compile(r"region:([a-z]{2}(?:-[a-z]+)+-\d)")
NEEDED: Final = "Show a certificate of this deployment: enrol the probe with `tocsin probe enroll`."


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a probe is."""

    probe_id: UUID
    org_id: UUID
    location_id: UUID

    @property
    def region(self) -> str:
        """What monitors, results and configuration call its place."""
        return f"private:{self.location_id}"


@dataclass(frozen=True, slots=True)
class RegionIdentity:
    """A region of AWS that this deployment checks from."""

    region: str


@dataclass(frozen=True, slots=True)
class Authority:
    """Who signs: certificate and private key as PEM."""

    certificate: str
    key: str


@dataclass(frozen=True, slots=True)
class Requested:
    """A request that was signed by the key it asks for: `public_key` in DER (SubjectPublicKeyInfo)."""

    public_key: bytes

    @property
    def public_key_hash(self) -> bytes:
        """What is stored of the key."""
        return sha256(self.public_key).digest()


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate that was signed; `serial` in lower-case hex."""

    pem: str
    serial: str
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Shown[Who = Identity]:
    """A certificate that a client has shown; `serial` in lower-case hex."""

    identity: Who
    serial: str
    public_key_hash: bytes
    not_before: datetime
    not_after: datetime

    def demand(self, now: datetime) -> None:
        """Raise Unauthenticated when it is not valid now: what terminates TLS may have looked at another clock."""
        if not self.not_before <= now <= self.not_after:
            word = "has expired" if now > self.not_after else "is not valid yet"
            raise Unauthenticated(f"The certificate {self.serial} {word}.")


def make_authority(generation: str, now: datetime) -> Authority:
    """Make a new authority; its generation is in its name, so that people and deployments tell one from the next."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, authority_name(generation))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(now + AUTHORITY_LIFETIME)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(_pem(made), private_pem(key))


def authority_name(generation: str) -> str:
    """What an authority is called in its own certificate."""
    return f"Tocsin probes {generation}"


def authority_number(certificate: str) -> int:
    """The generation of an authority, by its name; 0 for one that has no number."""
    from cryptography import x509

    last = _common_name(x509.load_pem_x509_certificate(certificate.encode())).rpartition(" ")[2]
    return int(last) if last.isdecimal() else 0


def authorities(truststore: str, now: datetime) -> dict[str, str]:
    """The authorities of a truststore that have not expired: PEM by name, in their order."""
    from cryptography import x509

    found = x509.load_pem_x509_certificates(truststore.encode()) if truststore.strip() else []
    return {_common_name(one): _pem(one) for one in found if one.not_valid_after_utc > now}


def read_request(pem: str) -> Requested:
    """Read a PKCS #10 request for a P-256 key, signed by that key; raises Invalid, naming the field `csr`.

    The subject that it asks for is not looked at: who a probe is, its token says, or the certificate it has.
    """
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if len(pem) > MAX_REQUEST:
        raise _unusable(f"must have at most {MAX_REQUEST} characters")
    try:
        request = x509.load_pem_x509_csr(pem.encode())
        key = request.public_key()
        is_proven = request.is_signature_valid
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _unusable("must be a PKCS #10 request in PEM") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise _unusable("must be for an elliptic-curve key on P-256 (prime256v1)")
    if not is_proven:
        raise _unusable("must be signed by the key that it is for")
    return Requested(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def sign(authority: Authority, requested: Requested, identity: Identity | RegionIdentity, now: datetime) -> Issued:
    """Sign a certificate for TLS clients, with a random serial, good for `LIFETIME` from now or `REGION_LIFETIME`."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_private_key
    from cryptography.x509.oid import ExtendedKeyUsageOID

    issuer = x509.load_pem_x509_certificate(authority.certificate.encode())
    issuer_key, public_key = (
        load_pem_private_key(authority.key.encode(), None),
        load_der_public_key(requested.public_key),
    )
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey) or not isinstance(public_key, ec.EllipticCurvePublicKey):
        raise TypeError("authorities and probes have elliptic-curve keys")
    lifetime = LIFETIME if isinstance(identity, Identity) else REGION_LIFETIME
    made = (
        x509.CertificateBuilder()
        .subject_name(_subject(identity))
        .issuer_name(issuer.subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(min(now + lifetime, issuer.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(_signed_by(issuer), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    return Issued(_pem(made), f"{made.serial_number:x}", made.not_valid_before_utc, made.not_valid_after_utc)


def read_shown(pem: str) -> Shown:
    """Read a probe's certificate, whose chain has been verified where TLS ended; raises Unauthenticated.

    Only what this deployment's authority would sign is taken: a probe's three ids and nothing else, for TLS clients.
    """
    return _read_shown(pem, _identity)


def read_region_shown(pem: str) -> Shown[RegionIdentity]:
    """The same for a region's certificate: a probe's is none, and the other way round."""
    return _read_shown(pem, _region)


def _read_shown[Who](pem: str, identify: "Callable[[x509.Name], Who]") -> Shown[Who]:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    from cryptography.x509.oid import ExtendedKeyUsageOID

    if not 0 < len(pem) <= MAX_CERTIFICATE:
        raise Unauthenticated(NEEDED)
    try:
        found = x509.load_pem_x509_certificate(pem.encode())
        usage = found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        limits = found.extensions.get_extension_for_class(x509.BasicConstraints).value
        public_key = found.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        identity = identify(found.subject)
    except (ValueError, x509.ExtensionNotFound) as error:
        raise Unauthenticated(NEEDED) from error
    if ExtendedKeyUsageOID.CLIENT_AUTH not in usage or limits.ca:
        raise Unauthenticated("The certificate is not one for TLS clients.")
    return Shown(
        identity,
        f"{found.serial_number:x}",
        sha256(public_key).digest(),
        found.not_valid_before_utc,
        found.not_valid_after_utc,
    )


def shown_in(event: Mapping[str, Any], now: datetime) -> Shown:
    """The certificate of a probe behind a request of API Gateway's (`requestContext.authentication.clientCert`), valid
    now; raises Unauthenticated. Everything is read from its PEM: the names beside it are written in more than one way.
    """
    shown = read_shown(_pem_in(event))
    shown.demand(now)
    return shown


def region_shown_in(event: Mapping[str, Any], now: datetime) -> Shown[RegionIdentity]:
    """The same of a region."""
    shown = read_region_shown(_pem_in(event))
    shown.demand(now)
    return shown


def _pem_in(event: Mapping[str, Any]) -> str:
    authentication: Mapping[str, Any] = event["requestContext"].get("authentication") or {}
    certificate: Mapping[str, Any] = authentication.get("clientCert") or {}
    return str(certificate.get("clientCertPem") or "")


def make_request() -> tuple[str, str]:
    """Make a P-256 key and a request that it signs; answers both as PEM, the key first."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding

    key = ec.generate_private_key(ec.SECP256R1())
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, hashes.SHA256())
    return private_pem(key), request.public_bytes(Encoding.PEM).decode()


def private_pem(key: "ec.EllipticCurvePrivateKey") -> str:
    """A private key as PKCS #8 in PEM, not encrypted."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def joined(certificates: Sequence[str]) -> str:
    """Certificates as one PEM file: a truststore."""
    return "".join(certificate.strip() + "\n" for certificate in certificates)


def usage(*, signs_certificates: bool) -> "x509.KeyUsage":
    """What a key may be used for: signing certificates, or signing what TLS has it sign."""
    from cryptography.x509 import KeyUsage

    return KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _subject(identity: Identity | RegionIdentity) -> "x509.Name":
    from cryptography.x509 import Name, NameAttribute, NameOID

    if isinstance(identity, RegionIdentity):
        return Name([NameAttribute(NameOID.COMMON_NAME, f"region:{identity.region}")])
    names = (
        (NameOID.ORGANIZATION_NAME, identity.org_id),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, identity.location_id),
        (NameOID.COMMON_NAME, identity.probe_id),
    )
    return Name([NameAttribute(oid, str(value)) for oid, value in names])


def _region(subject: "x509.Name") -> RegionIdentity:
    """Raises ValueError unless the subject is exactly a region's."""
    from cryptography.x509 import NameOID

    names = [REGION_NAME.fullmatch(str(one.value)) for one in subject if one.oid == NameOID.COMMON_NAME]
    if len(list(subject)) != 1 or not names or names[0] is None:
        raise ValueError("not a region's subject")
    return RegionIdentity(names[0][1])


def _identity(subject: "x509.Name") -> Identity:
    """Raises ValueError unless the subject is exactly a probe's."""
    from cryptography.x509 import NameOID

    found = {attribute.oid: str(attribute.value) for attribute in subject}
    wanted = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME)
    if len(list(subject)) != len(wanted) or found.keys() != set(wanted):
        raise ValueError("not a probe's subject")
    ids = [UUID(found[oid]) for oid in wanted]
    if any(str(one) != found[oid] for one, oid in zip(ids, wanted, strict=True)):
        raise ValueError("an id is written in another way")
    return Identity(*ids)


def _common_name(certificate: "x509.Certificate") -> str:
    from cryptography.x509 import NameOID

    return str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _signed_by(issuer: "x509.Certificate") -> "x509.AuthorityKeyIdentifier":
    from cryptography import x509

    own = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)


def _pem(certificate: "x509.Certificate") -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM).decode()


def _unusable(reason: str) -> Invalid:
    return Invalid("The request for a certificate can't be used.", [FieldProblem("csr", reason)])
