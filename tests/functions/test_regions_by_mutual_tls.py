"""Regions that send by mutual TLS: on real sockets, with the shipped functions at both ends and no database at all."""

import asyncio
import base64
import gzip
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.x509 import NameOID
from cryptography.x509.oid import ExtendedKeyUsageOID
from pydantic import ValidationError

from functions.enroll import handler as enroll
from local.front import context
from tests.support.certificates import ShownProbe, odd_certificate, with_certificate
from tests.support.checked import http, serving
from tests.support.http_api import http_event
from tests.support.region_home import HERE, HOME, Context, RegionHome, arn, region_home
from tocsin.checks.posting import ASK_AGAIN, HomeSink
from tocsin.contracts.checks import CheckResult, ResultBatch
from tocsin.contracts.edge import EdgeState
from tocsin.contracts.probes import CONFIG_PATH, REGION_RESULTS_PATH, RENEW_PATH, RESULTS_PATH, RegionCertificate
from tocsin.domain.monitor import CheckStatus
from tocsin.errors import Invalid, Unauthenticated, Unavailable
from tocsin.platform import certificates, clock
from tocsin.platform.certificates import RegionIdentity
from tocsin.platform.ids import new_id

NOW = datetime.now(UTC)
GZIP = {"content-type": "application/gzip"}


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[RegionHome]:
    with region_home(monkeypatch, tmp_path) as made:
        yield made


def batch(region: str = HERE) -> ResultBatch:
    found = CheckResult(monitor_id=uuid4(), version=1, tick=NOW, checked_at=NOW, status=CheckStatus.UP)
    return ResultBatch(batch_id=new_id(), region=region, sent_at=NOW, results=[found])


def send(sink: HomeSink, *batches: ResultBatch) -> None:
    for one in batches:
        asyncio.run(sink.send(one))


def region_pem(home: RegionHome, region: str = HERE, at: datetime = NOW) -> str:
    _, csr = certificates.make_request()
    return certificates.sign(home.authority, certificates.read_request(csr), RegionIdentity(region), at).pem


def posted(home: RegionHome, pem: str, path: str = REGION_RESULTS_PATH, body: bytes | None = None) -> dict[str, Any]:
    """One request behind mutual TLS."""
    sent = gzip.compress(batch().to_json().encode()) if body is None else body
    method = "GET" if path == CONFIG_PATH else "POST"
    response = home.host.invoke(with_certificate(http_event(method, path, sent, GZIP), pem), None)
    text = response["body"]
    if response["isBase64Encoded"]:
        text = gzip.decompress(base64.b64decode(text)).decode()
    return {"status": response["statusCode"], **json.loads(text)}


# ── what goes well ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_batch_arrives_under_the_name_of_the_certificate(home: RegionHome) -> None:
    sent, other = batch(), batch()
    with home.answering() as url:
        sink = home.sink(url)
        send(sink, sent, other)
    assert home.arrived() == [sent, other]
    assert home.asked == [HERE]


def test_many_results_arrive_in_several_messages(home: RegionHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.checks.sending.MOST_CHARACTERS", 1_000)
    many = batch().model_copy(update={"results": [batch().results[0] for _ in range(40)]})
    with home.answering() as url:
        send(home.sink(url), many)
    found = home.arrived()
    assert len(found) > 1
    assert [one for got in found for one in got.results] == many.results


def test_what_a_body_says_of_its_region_is_not_read(home: RegionHome) -> None:
    body = {**json.loads(batch("eu-west-1").to_json()), "probe_id": str(uuid4()), "sequence": 3}
    answer = posted(home, region_pem(home), body=gzip.compress(json.dumps(body).encode()))
    assert (answer["status"], answer["batch_id"]) == (202, body["batch_id"])
    (got,) = home.arrived()
    assert (got.region, got.probe_id, got.sequence) == (HERE, None, None)


def test_a_warm_process_renews_its_certificate_and_outlives_a_renewal_that_fails(home: RegionHome) -> None:
    now = [clock.now()]
    signed: list[RegionCertificate] = []
    fails = [False]

    def ask(csr: str) -> RegionCertificate:
        if fails[0]:
            raise Unavailable("nobody signs")
        issued = enroll.handler({"kind": "region", "csr": csr}, Context(arn(HERE)))
        signed.append(RegionCertificate.model_validate(issued))
        return signed[-1]

    with home.answering() as url:
        sink = HomeSink(url, ask, lambda: now[0], str(home.files.server_authority))
        send(sink, batch())
        now[0] = signed[0].renew_at - timedelta(seconds=1)
        send(sink, batch())
        assert len(signed) == 1
        now[0], fails[0] = signed[0].renew_at, True
        send(sink, batch())
        fails[0] = False
        now[0] += ASK_AGAIN
        send(sink, batch())
        assert len({one.serial for one in signed}) == 2
        now[0], fails[0] = signed[1].expires_at, True
        with pytest.raises(Unavailable, match="nobody signs"):
            send(sink, batch())
    half = certificates.REGION_LIFETIME / 2
    assert abs(signed[0].expires_at - signed[0].renew_at - half) < timedelta(seconds=2)
    assert len(home.arrived()) == 4


@pytest.mark.parametrize(
    ("answers", "tries", "is_taken"),
    [([b"", http(b"{}", "202 Accepted")], 2, True), ([b"", b""], 2, False), ([http(b"{}", "503 Busy")], 1, False)],
    ids=["broken once", "broken", "in trouble"],
)
def test_a_connection_that_broke_is_tried_once_more_and_trouble_at_home_is_not(
    home: RegionHome, answers: list[bytes], tries: int, *, is_taken: bool
) -> None:
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answers[len(heard) - 1])
        await writer.drain()

    async def sent() -> bool:
        async with serving(serve, context(home.files)) as port:
            sink, _ = home.signing(f"https://127.0.0.1:{port}")
            try:
                await sink.send(batch())
            except Unavailable:
                return False
            return True

    assert (asyncio.run(sent()), len(heard)) == (is_taken, tries)


def test_a_key_is_on_no_disk_in_the_clear_and_gone_at_once(home: RegionHome, tmp_path: Path) -> None:
    seen: list[bytes] = []
    real = tempfile.NamedTemporaryFile

    with home.answering() as url, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path))
        patch.setattr("tocsin.platform.mutual_tls.NamedTemporaryFile", lambda: Watched(real(), seen))
        send(home.sink(url), batch())
        assert list(tmp_path.glob("tmp*")) == []
    (written,) = seen
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in written
    assert b"BEGIN PRIVATE KEY" not in written


class Watched:
    """A temporary file that tells what is written to it."""

    def __init__(self, file: Any, seen: list[bytes]) -> None:
        self._file, self._seen = file, seen

    def __enter__(self) -> "Watched":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        """Note it, and write it."""
        self._seen.append(data)
        return self._file.write(data)


# ── who is refused ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_expired_and_foreign_certificates_are_refused_in_the_handshake(home: RegionHome) -> None:
    long_ago, foreign = NOW - certificates.REGION_LIFETIME - timedelta(minutes=1), certificates.make_authority("1", NOW)
    with home.answering() as url:
        for sink, _ in (home.signing(url, at=long_ago), home.signing(url, by=foreign)):
            with pytest.raises(Unavailable):
                send(sink, batch())
        assert home.reached == 0
        send(home.signing(url)[0], batch())
    assert (len(home.arrived()), home.reached) == (1, 1)


def test_a_revoked_certificate_is_refused_and_the_next_try_is_with_another(home: RegionHome) -> None:
    with home.answering() as url:
        sink, signed = home.signing(url)
        send(sink, batch())
        home.host.publish_edge(EdgeState(written_at=NOW, revoked_certificates=[signed[0].serial]))
        home.host.cold_start()
        with pytest.raises(Unavailable, match="has been revoked"):
            send(sink, batch())
        home.set("REVOKED_CERTIFICATES", "1a2b")
        send(sink, batch())
        home.set("REVOKED_CERTIFICATES", f"1a2b,{signed[1].serial}")
        with pytest.raises(Unavailable, match="has been revoked"):
            send(sink, batch())
    assert (len(home.arrived()), len(signed)) == (2, 2)


def test_the_handler_refuses_what_tls_should_have_refused(home: RegionHome) -> None:
    old = region_pem(home, at=NOW - certificates.REGION_LIFETIME - timedelta(minutes=1))
    refused = posted(home, old)
    assert refused["status"] == 401
    assert "has expired" in refused["detail"]
    event = http_event("POST", REGION_RESULTS_PATH, gzip.compress(batch().to_json().encode()), GZIP)
    assert home.host.invoke(event, None)["statusCode"] == 401
    assert home.arrived() == []


@pytest.mark.parametrize("gone", ["ap-southeast-1", "us-west-2"])
def test_a_region_that_is_not_checked_from_has_no_voice(home: RegionHome, gone: str) -> None:
    assert posted(home, region_pem(home, gone))["status"] == 401
    assert home.arrived() == []


def test_a_deployment_whose_regions_send_to_the_queue_takes_none(home: RegionHome) -> None:
    home.set("CHECK_REGIONS", "")
    assert posted(home, region_pem(home))["status"] == 401
    with home.answering() as url, pytest.raises(Unavailable, match="Unauthenticated"):
        send(home.sink(url), batch())


def test_a_probe_does_not_speak_for_a_region_nor_a_region_for_a_location(home: RegionHome) -> None:
    probe = ShownProbe(by=home.authority)
    assert posted(home, probe.issued.pem)["status"] == 401
    for path in (CONFIG_PATH, RESULTS_PATH):
        assert posted(home, region_pem(home), path)["status"] == 401
    renewal = with_certificate(http_event("POST", RENEW_PATH, "{}"), region_pem(home))
    home.set("PROBES_URL", "https://probes.tocsin.example")
    assert enroll.handler(renewal, Context(arn(None)))["statusCode"] == 401
    assert home.arrived() == []


@pytest.mark.parametrize(
    "name", ["us-east-1", "region:", "region:US-EAST-1", "region:us-east-1 ", "region:us-east-1\n"]
)
def test_a_name_that_is_no_regions_is_refused(home: RegionHome, name: str) -> None:
    pem = odd_certificate({NameOID.COMMON_NAME: name}, usage=ExtendedKeyUsageOID.CLIENT_AUTH)
    assert posted(home, pem)["status"] == 401


def test_a_name_beside_another_is_refused(home: RegionHome) -> None:
    names = {NameOID.COMMON_NAME: "region:us-east-1", NameOID.ORGANIZATION_NAME: "more"}
    assert posted(home, odd_certificate(names, usage=ExtendedKeyUsageOID.CLIENT_AUTH))["status"] == 401
    alone = {NameOID.COMMON_NAME: "region:us-east-1"}
    assert posted(home, odd_certificate(alone, usage=ExtendedKeyUsageOID.CLIENT_AUTH))["status"] == 202
    assert posted(home, odd_certificate(alone, usage=ExtendedKeyUsageOID.SERVER_AUTH))["status"] == 401


@pytest.mark.parametrize(
    "body",
    [b"", b"no gzip", gzip.compress(b"[]"), gzip.compress(b" " * 9_000_000)],
    ids=["nothing", "no gzip", "list", "large"],
)
def test_a_body_that_is_no_batch_is_refused_for_good(home: RegionHome, body: bytes) -> None:
    answer = posted(home, region_pem(home), body=body)
    assert (answer["status"], answer["code"]) == (422, "invalid")


def test_there_is_nothing_else_for_regions(home: RegionHome) -> None:
    assert posted(home, region_pem(home), "/v1/regions/config")["status"] == 404
    event = with_certificate(http_event("GET", REGION_RESULTS_PATH), region_pem(home))
    assert home.host.invoke(event, None)["statusCode"] == 405


def test_a_batch_that_home_never_takes_holds_nothing_up_and_is_told(
    home: RegionHome, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = '{"kind": "pings", "pings": []}'
    with home.answering() as url:
        asyncio.run(home.sink(url).send_bodies([wrong], HERE))
    assert "batch rejected by home, and lost" in caplog.text


# ── who is given a certificate ────────────────────────────────────────────────────────────────────────────────────────


def test_a_region_that_makes_a_request_over_http_up_renews_no_probe(home: RegionHome) -> None:
    home.set("PROBES_URL", "https://probes.tocsin.example")
    made_up = with_certificate(http_event("POST", RENEW_PATH, "{}"), ShownProbe(by=home.authority).issued.pem)
    with pytest.raises(ValidationError):
        enroll.handler(made_up, Context(arn(HERE)))
    with pytest.raises(Unauthenticated):
        enroll.handler(made_up, Context(arn("ap-southeast-1")))


def test_the_alias_says_for_which_region_and_nothing_in_the_request_does(home: RegionHome) -> None:
    _, csr = certificates.make_request()
    asked = {"kind": "region", "region": HOME, "csr": csr}
    told = enroll.handler(asked, Context(arn(HERE)))
    shown = certificates.read_region_shown(told["certificate"])
    assert (told["region"], shown.identity, shown.serial) == (HERE, RegionIdentity(HERE), told["serial"])
    assert shown.not_after - datetime.now(UTC) <= certificates.REGION_LIFETIME
    for alias in (None, "$LATEST", "1", "ap-southeast-1", ""):
        with pytest.raises(Unauthenticated):
            enroll.handler(asked, Context(arn(alias)))
    assert home.asked == []


@pytest.mark.usefixtures("home")
def test_a_request_that_can_not_be_signed_is_refused() -> None:
    with pytest.raises(Invalid):
        enroll.handler({"kind": "region", "csr": "no"}, Context(arn(HERE)))
    with pytest.raises(ValidationError):
        enroll.handler({"kind": "region"}, Context(arn(HERE)))


def test_nobody_has_a_regions_certificate_by_http(home: RegionHome) -> None:
    _, csr = certificates.make_request()
    home.set("PROBES_URL", "https://probes.tocsin.example")
    body = json.dumps({"kind": "region", "region": HERE, "csr": csr})
    for path in ("/v1/probes/renew", "/v1/regions/certificate", "/"):
        assert enroll.handler(http_event("POST", path, body), Context(arn(None)))["statusCode"] in {401, 404}


def test_while_nobody_signs_or_answers_nothing_is_taken_for_sent(home: RegionHome) -> None:
    with home.answering() as url:
        with pytest.raises(Unavailable, match="signed no certificate: Unauthenticated"):
            send(home.sink(url, "ap-southeast-1"), batch())
        home.set("AWS_ENDPOINT_URL_LAMBDA", "http://127.0.0.1:9")
        with pytest.raises(Unavailable, match="No certificate can be had"):
            send(home.sink(url), batch())
    assert home.arrived() == []
