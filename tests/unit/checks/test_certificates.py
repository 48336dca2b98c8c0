"""Certificates: everything that can be wrong with one has its name, and what was shown is kept."""

import datetime
import ssl
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.checked import NOW, Authority, answering, authority, checked, http, serving
from tocsin.checks import tls
from tocsin.checks.reach import Reach
from tocsin.contracts.monitor_spec import Certificate
from tocsin.domain.monitor import CheckStatus, Reason

DAY = datetime.timedelta(days=1)
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
FAR_AHEAD = datetime.datetime(2090, 1, 1, tzinfo=datetime.UTC)


def server(trusted: Authority, folder: Path, fault: str) -> ssl.SSLContext:
    """A server with something wrong about its certificate."""
    match fault:
        case "expired":
            return trusted.server(after=LONG_AGO, before=LONG_AGO + DAY)
        case "not yet":
            return trusted.server(after=FAR_AHEAD, before=FAR_AHEAD + DAY)
        case "other name":
            return trusted.server("elsewhere.example")
        case "other authority":
            return authority(folder).server()
        case _:  # signed by itself: an authority that serves with its own certificate
            alone = trustme.CA()
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            pem = folder / "alone.pem"
            pem.write_bytes(alone.private_key_pem.bytes() + alone.cert_pem.bytes())
            context.load_cert_chain(pem)
            return context


@pytest.mark.parametrize(
    ("fault", "reason", "told"),
    [
        ("expired", Reason.CERTIFICATE_EXPIRED, "The certificate expired on 2020-01-02 00:00 UTC."),
        ("not yet", Reason.CERTIFICATE_NOT_YET_VALID, "The certificate is valid from 2090-01-01 00:00 UTC."),
        ("other name", Reason.CERTIFICATE_WRONG_NAME, "The certificate is for elsewhere.example."),
        ("other authority", Reason.CERTIFICATE_UNTRUSTED, "unable to get local issuer certificate"),
        ("itself", Reason.CERTIFICATE_UNTRUSTED, "self-signed certificate"),
    ],
)
@pytest.mark.parametrize("kind", ["http", "tls"])
async def test_a_wrong_certificate_is_named_and_kept(
    trusted: Authority, reach: Reach, tmp_path: Path, fault: str, reason: Reason, told: str, kind: str
) -> None:
    async with serving(answering(http()), server(trusted, tmp_path, fault)) as port:
        spec = {"url": f"https://localhost:{port}/"} if kind == "http" else {"host": "localhost", "port": port}
        found = await checked(reach, kind=kind, **spec)
        ignored = await checked(reach, kind=kind, certificate={"verify": False, "warn_days": []}, **spec)
    assert (found.status, found.reason) == (CheckStatus.DOWN, reason), found
    assert told in (found.detail or "")
    assert found.certificate is not None
    assert (ignored.status, ignored.certificate) == (CheckStatus.UP, found.certificate)


async def test_an_address_is_a_name_too(trusted: Authority, reach: Reach) -> None:
    async with serving(answering(http()), trusted.server("localhost")) as port:
        found = await checked(reach, kind="tls", host="127.0.0.1", port=port)
    assert found.reason is Reason.CERTIFICATE_WRONG_NAME


async def test_another_name_can_be_asked_for(trusted: Authority, reach: Reach) -> None:
    asked = {"server_name": "elsewhere.example"}
    async with serving(answering(http()), trusted.server("elsewhere.example")) as port:
        found = await checked(reach, kind="http", url=f"https://127.0.0.1:{port}/", certificate=asked)
    assert found.status is CheckStatus.UP, found


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (14.5 * DAY, None),
        (13.5 * DAY, "The certificate expires in 13 days, on 2026-12-05."),
        (1.5 * DAY, "The certificate expires in 1 day, on 2026-11-23."),
        (0.4 * DAY, "The certificate expires within a day, on 2026-11-21."),
    ],
)
async def test_an_end_that_is_near_is_told(
    trusted: Authority, reach: Reach, left: datetime.timedelta, told: str | None
) -> None:
    context = trusted.server(after=LONG_AGO, before=NOW.replace(tzinfo=None) + left)
    async with serving(answering(http()), context) as port:
        shown = await checked(reach, kind="tls", host="localhost", port=port, certificate={"verify": False})
    assert (shown.status, shown.detail) == (CheckStatus.DEGRADED if told else CheckStatus.UP, told)
    assert shown.reason is (Reason.CERTIFICATE_EXPIRES_SOON if told else None)


async def test_that_it_was_slow_does_not_hide_an_end_that_is_near(trusted: Authority, reach: Reach) -> None:
    context = trusted.server(after=LONG_AGO, before=NOW.replace(tzinfo=None) + 2 * DAY)
    slow = [{"type": "latency", "less_than_ms": 1}]
    async with serving(answering(http()), context) as port:
        spec = {"host": "localhost", "port": port, "certificate": {"verify": False}}
        found = await checked(reach, kind="tls", assertions=slow, **spec)
    assert (found.status, found.reason) == (CheckStatus.DEGRADED, Reason.CERTIFICATE_EXPIRES_SOON)


def revoking(trusted: Authority, *serials: int) -> bytes:
    """A list of the authority's on which these certificates are."""
    issuer = x509.load_pem_x509_certificate(trusted.ca.cert_pem.bytes())
    key = serialization.load_pem_private_key(trusted.ca.private_key_pem.bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    made = x509.CertificateRevocationListBuilder(issuer.subject, LONG_AGO, FAR_AHEAD)
    for serial in serials:
        revoked = x509.RevokedCertificateBuilder(serial, LONG_AGO).build()
        made = made.add_revoked_certificate(revoked)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.mark.parametrize("revoked", [True, False])
async def test_a_list_in_the_bundle_revokes(trusted: Authority, tmp_path: Path, revoked: bool) -> None:
    issued = trusted.ca.issue_cert("localhost")
    serial = x509.load_pem_x509_certificate(issued.cert_chain_pems[0].bytes()).serial_number
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    issued.configure_cert(context)
    bundle = tmp_path / "bundle.pem"
    bundle.write_bytes(trusted.bundle.read_bytes() + revoking(trusted, serial if revoked else serial + 1))
    async with serving(answering(http()), context) as port:
        found = await checked(trusted.reach(ca_file=str(bundle)), kind="tls", host="localhost", port=port)
    assert found.reason is (Reason.CERTIFICATE_REVOKED if revoked else None), found
    assert found.certificate is not None


def test_a_certificate_that_can_not_be_read_is_not_kept() -> None:
    assert tls.seen(b"\x30\x82garbage") is None
    assert tls.seen(None) is None
    assert tls.judge(None, Certificate(), NOW) is None


def test_a_long_certificate_is_read_and_not_remembered() -> None:
    ca = trustme.CA()
    for names, is_remembered in ((1, True), (500, False)):
        issued = ca.issue_cert(*(f"{index}.a-long-name.example" for index in range(names)))
        shown = issued.cert_chain_pems[0].bytes()
        der = ssl.PEM_cert_to_DER_cert(shown.decode())
        assert (len(der) <= tls.REMEMBERED_BYTES) is is_remembered
        found = tls.seen(der)
        assert found is not None
        assert found.names[0] == "0.a-long-name.example"
        assert (tls.seen(der) is found) is is_remembered
