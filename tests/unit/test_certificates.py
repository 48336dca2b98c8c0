"""Certificates of private probes: what is signed, what of a request counts, and what of a client's is taken."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.support.certificates import ShownProbe, authority, foreign_authority, odd_certificate, request
from tocsin.errors import Invalid, Unauthenticated
from tocsin.platform import certificates
from tocsin.platform.certificates import AUTHORITY_LIFETIME, LIFETIME, Identity

NOW = datetime.now(UTC)
IDS = {NameOID.COMMON_NAME: uuid4(), NameOID.ORGANIZATION_NAME: uuid4(), NameOID.ORGANIZATIONAL_UNIT_NAME: uuid4()}


def reason(csr: str) -> str:
    with pytest.raises(Invalid) as refused:
        certificates.read_request(csr)
    ((field, found),) = [(one.field, one.reason) for one in refused.value.problems]
    assert field == "csr"
    return found


def test_a_certificate_says_who_the_probe_is_and_is_signed_by_the_authority() -> None:
    probe = ShownProbe(at=NOW)
    issuer = x509.load_pem_x509_certificate(authority().certificate.encode())
    made = x509.load_pem_x509_certificate(probe.issued.pem.encode())
    made.verify_directly_issued_by(issuer)
    shown = certificates.read_shown(probe.issued.pem)
    assert shown.identity == probe.identity
    assert shown.serial == probe.issued.serial == f"{made.serial_number:x}"
    assert NOW + LIFETIME - timedelta(seconds=1) <= made.not_valid_after_utc <= NOW + LIFETIME
    assert shown.identity.region == f"private:{probe.identity.location_id}"
    stranger = x509.load_pem_x509_certificate(foreign_authority().certificate.encode())
    with pytest.raises(InvalidSignature):
        made.verify_directly_issued_by(stranger)


def test_serials_are_random() -> None:
    assert len({ShownProbe().issued.serial for _ in range(5)}) == 5


def test_a_request_is_read_for_its_key_and_nothing_else() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    one, other = (certificates.read_request(request(key, named=name)) for name in ("root", "nobody"))
    assert one == other
    _, made = certificates.make_request()
    assert len(certificates.read_request(made).public_key_hash) == 32


@pytest.mark.parametrize(
    "key",
    [rsa.generate_private_key(65_537, 2_048), ec.generate_private_key(ec.SECP384R1())],
    ids=["rsa", "p384"],
)
def test_only_keys_on_p256_are_signed(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
    assert "P-256" in reason(request(key))


def test_a_request_that_another_key_has_signed_is_refused() -> None:
    whole = x509.load_pem_x509_csr(request(ec.generate_private_key(ec.SECP256R1())).encode())
    other = x509.load_pem_x509_csr(request(ec.generate_private_key(ec.SECP256R1())).encode())
    forged = whole.public_bytes(Encoding.DER).replace(key_point(whole), key_point(other))
    pem = x509.load_der_x509_csr(forged).public_bytes(Encoding.PEM).decode()
    assert "signed by the key" in reason(pem)


def key_point(csr: x509.CertificateSigningRequest) -> bytes:
    return csr.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@pytest.mark.parametrize("csr", ["", "no request", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n", "x" * 4_097])
def test_what_is_no_request_is_refused(csr: str) -> None:
    assert "must" in reason(csr)


@pytest.mark.parametrize(
    "pem",
    [
        "",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "x" * 8_193,
        odd_certificate(IDS, usage=None),
        odd_certificate(IDS, usage=ExtendedKeyUsageOID.SERVER_AUTH),
        odd_certificate(IDS, usage=ExtendedKeyUsageOID.CLIENT_AUTH, is_authority=True),
        odd_certificate({**IDS, NameOID.COUNTRY_NAME: "DE"}, usage=ExtendedKeyUsageOID.CLIENT_AUTH),
        odd_certificate({NameOID.COMMON_NAME: uuid4()}, usage=ExtendedKeyUsageOID.CLIENT_AUTH),
        odd_certificate({**IDS, NameOID.COMMON_NAME: "admin"}, usage=ExtendedKeyUsageOID.CLIENT_AUTH),
        odd_certificate({**IDS, NameOID.COMMON_NAME: uuid4().hex}, usage=ExtendedKeyUsageOID.CLIENT_AUTH),
    ],
    ids=["none", "broken", "oversize", "no usage", "server", "authority", "more", "less", "no id", "written otherwise"],
)
def test_only_what_the_authority_would_sign_is_taken(pem: str) -> None:
    with pytest.raises(Unauthenticated):
        certificates.read_shown(pem)


def test_a_certificate_is_good_from_a_little_before_it_was_signed_until_it_expires() -> None:
    shown = certificates.read_shown(ShownProbe(at=NOW).issued.pem)
    shown.demand(NOW - timedelta(minutes=4))
    shown.demand(NOW + LIFETIME - timedelta(seconds=2))
    with pytest.raises(Unauthenticated, match="has expired"):
        shown.demand(NOW + LIFETIME + timedelta(seconds=1))
    with pytest.raises(Unauthenticated, match="not valid yet"):
        shown.demand(NOW - timedelta(minutes=6))


def test_no_certificate_outlives_its_authority() -> None:
    old = certificates.make_authority("1", NOW - AUTHORITY_LIFETIME + timedelta(days=2))
    probe = ShownProbe(by=old, at=NOW)
    assert probe.issued.not_after - NOW < timedelta(days=2, minutes=1)


def test_an_authority_has_the_number_of_its_name_if_any() -> None:
    made = [certificates.make_authority(name, NOW).certificate for name in ("12", "local")]
    assert [certificates.authority_number(one) for one in made] == [12, 0]


def test_a_truststore_holds_the_authorities_that_have_not_expired() -> None:
    old = certificates.make_authority("1", NOW - AUTHORITY_LIFETIME - timedelta(hours=1))
    new = certificates.make_authority("2", NOW)
    truststore = certificates.joined([old.certificate, new.certificate])
    assert list(certificates.authorities(truststore, NOW)) == ["Tocsin probes 2"]
    assert certificates.authorities("", NOW) == {}


def test_a_probes_ids_are_kept_apart() -> None:
    identity = Identity(uuid4(), uuid4(), uuid4())
    assert certificates.read_shown(ShownProbe(identity).issued.pem).identity == identity
