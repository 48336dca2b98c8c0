"""How probes are let in: by a token, once; by the certificate they have; and by nothing else."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from functions.enroll import handler as enroll
from tests.support.api_host import Answered, aws_in_process
from tests.support.aws import client
from tests.support.certificates import ShownProbe, authority, authority_secret, foreign_authority, request
from tests.support.certificates import with_certificate as shown_by
from tests.support.http_api import http_event
from tests.support.region_home import Context, arn
from tests.support.world import World
from tocsin.contracts.api_probes import PrivateLocationInput, ProbeInput
from tocsin.contracts.probes import ENROL_PATH, RENEW_PATH
from tocsin.platform import certificates
from tocsin.platform.certificates import Identity
from tocsin_data.db import database
from tocsin_data.services import private_locations, probes
from tocsin_data.services.actors import Actor

REGION = "eu-west-1"
BY = Actor("system", None)


@dataclass
class EnrollHost:
    """The function over one world, with a private location in it."""

    world: World
    secret_arn: str
    secrets: Any
    sqs: Any
    queue_url: str
    location_id: UUID

    def token(self) -> tuple[UUID, str]:
        """Another probe, and the token that lets it in."""
        app = self.world.database.enter("app")
        made = probes.create_probe(app, self.world.org_id, BY, self.location_id, ProbeInput(name=f"p-{uuid4()}"))
        return made.id, made.token

    def post(self, path: str, body: Any, *, certificate: str | None = None, method: str = "POST") -> Answered:
        """One request, behind mutual TLS where there is a certificate."""
        raw = body if isinstance(body, bytes) else json.dumps(body)
        event = http_event(method, path, raw, {"content-type": "application/json"})
        response = enroll.handler(event if certificate is None else shown_by(event, certificate), Context(arn(None)))
        return Answered(response["statusCode"], response["headers"], response["body"])

    def let_in(self, token: str) -> dict[str, Any]:
        """A probe enrols; answers what it is told."""
        _, csr = certificates.make_request()
        answer = self.post(ENROL_PATH, {"token": token, "csr": csr, "software": "tocsin 0.1.0 Linux"})
        assert answer.status == 200, answer.text
        return answer.json

    def published(self) -> int:
        """How many documents were asked for."""
        answer = self.sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10)
        return len(answer.get("Messages", []))


@pytest.fixture
def host(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[EnrollHost]:
    enroll._authorities.cache_clear()
    with aws_in_process():
        secrets, sqs = client("secretsmanager", REGION), client("sqs", REGION)
        name = f"enroll-{uuid4().hex}"
        arn = secrets.create_secret(Name=name, SecretString=authority_secret(world.now - timedelta(hours=1)))["ARN"]
        queue_url = sqs.create_queue(QueueName=name)["QueueUrl"]
        for variable, value in {
            **world.database.environment("worker"),
            "PROBE_AUTHORITY_SECRET_ARN": arn,
            "PUBLICATIONS_QUEUE_URL": queue_url,
            "PROBES_URL": "https://probes.tocsin.example",
        }.items():
            monkeypatch.setenv(variable, value)
        app = world.database.enter("app")
        made = private_locations.create_location(app, world.org_id, BY, PrivateLocationInput(name="Berlin"))
        yield EnrollHost(world, arn, secrets, sqs, queue_url, made.id)
        database(world.database.settings("worker")).close()
    enroll._authorities.cache_clear()


def test_a_token_becomes_a_certificate_that_names_the_probe(host: EnrollHost) -> None:
    probe_id, token = host.token()
    told = host.let_in(token)
    assert told["probes_url"] == "https://probes.tocsin.example"
    shown = certificates.read_shown(told["certificate"])
    assert shown.identity == Identity(probe_id, host.world.org_id, host.location_id)
    assert (told["serial"], told["probe_id"]) == (shown.serial, str(probe_id))
    expires, renews = (datetime.fromisoformat(told[name]) for name in ("expires_at", "renew_at"))
    assert timedelta(days=3) < expires - renews < timedelta(days=4)
    issuer = x509.load_pem_x509_certificate(authority().certificate.encode())
    x509.load_pem_x509_certificate(told["certificate"].encode()).verify_directly_issued_by(issuer)
    audited = host.world.database.rows(
        "select actor_kind, actor_id, action from audit_entry where action like 'probe.e%%'"
    )
    assert audited == [("probe", str(probe_id), "probe.enrolled")]
    assert host.published() == 0


def test_a_token_is_good_once(host: EnrollHost) -> None:
    _, token = host.token()
    host.let_in(token)
    _, csr = certificates.make_request()
    refused = host.post(ENROL_PATH, {"token": token, "csr": csr})
    assert (refused.status, refused.problem["code"]) == (401, "unauthenticated")


def test_of_two_at_once_one_is_let_in(host: EnrollHost) -> None:
    _, token = host.token()
    start, statuses = threading.Barrier(2), []

    def come() -> None:
        _, csr = certificates.make_request()
        start.wait(10)
        try:
            statuses.append(host.post(ENROL_PATH, {"token": token, "csr": csr}).status)
        finally:
            database(host.world.database.settings("worker")).close()

    threads = [threading.Thread(target=come) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(statuses) == [200, 401]
    assert host.world.database.rows("select count(*) from probe_certificate") == [(1,)]


def test_a_token_is_good_for_an_hour(host: EnrollHost) -> None:
    _, token = host.token()
    host.world.database.advance(probes.TOKEN_LIFETIME)
    _, csr = certificates.make_request()
    assert host.post(ENROL_PATH, {"token": token, "csr": csr}).status == 401


@pytest.mark.parametrize("token", ["x", "A" * 43, "' or true --"])
def test_a_token_that_was_never_made_is_refused(host: EnrollHost, token: str) -> None:
    _, csr = certificates.make_request()
    assert host.post(ENROL_PATH, {"token": token, "csr": csr}).status == 401


def test_a_token_is_not_spent_by_a_request_that_is_refused(host: EnrollHost) -> None:
    _, token = host.token()
    wrong = host.post(ENROL_PATH, {"token": token, "csr": request(rsa.generate_private_key(65_537, 2_048))})
    assert "P-256" in wrong.fields["csr"]
    host.let_in(token)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "token"),
        ({"token": "t"}, "csr"),
        ({"token": "t", "csr": "c", "probe_id": str(uuid4())}, "probe_id"),
        ({"token": "t", "csr": "c", "software": "ünïcode"}, "software"),
        (b"\xff", "body"),
        (b"[]", "body"),
        (b" " * 16_385, "body"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(host: EnrollHost, body: Any, field: str) -> None:
    assert field in host.post(ENROL_PATH, body).fields


def test_another_enrolment_of_a_probe_has_its_certificates_refused(host: EnrollHost) -> None:
    probe_id, token = host.token()
    old = host.let_in(token)
    app = host.world.database.enter("app")
    again = probes.rotate_probe(app, host.world.org_id, BY, host.location_id, probe_id)
    host.let_in(again.token)
    assert host.published() == 1
    _, csr = certificates.make_request()
    assert host.post(RENEW_PATH, {"csr": csr}, certificate=old["certificate"]).status == 401


def test_a_certificate_is_renewed_by_itself_and_stays_good(host: EnrollHost) -> None:
    _, token = host.token()
    first = host.let_in(token)
    _, csr = certificates.make_request()
    second = host.post(RENEW_PATH, {"csr": csr}, certificate=first["certificate"])
    assert second.status == 200, second.text
    assert second.json["serial"] != first["serial"]
    assert second.json["probe_id"] == first["probe_id"]
    third = host.post(RENEW_PATH, {"csr": csr}, certificate=first["certificate"])
    assert third.status == 200
    assert host.published() == 0


def test_without_a_certificate_nothing_is_renewed(host: EnrollHost) -> None:
    _, csr = certificates.make_request()
    refused = host.post(RENEW_PATH, {"csr": csr})
    assert refused.status == 401
    assert "tocsin probe enroll" in refused.problem["detail"]


def test_a_certificate_that_this_deployment_has_not_recorded_renews_nothing(host: EnrollHost) -> None:
    probe_id, token = host.token()
    host.let_in(token)
    identity = Identity(probe_id, host.world.org_id, host.location_id)
    _, csr = certificates.make_request()
    for by in (foreign_authority(), authority()):
        forged = ShownProbe(identity, by).issued.pem
        assert host.post(RENEW_PATH, {"csr": csr}, certificate=forged).status == 401


def test_an_expired_certificate_renews_nothing(host: EnrollHost) -> None:
    old = ShownProbe(at=datetime.now(UTC) - certificates.LIFETIME - timedelta(minutes=1)).issued.pem
    _, csr = certificates.make_request()
    refused = host.post(RENEW_PATH, {"csr": csr}, certificate=old)
    assert refused.status == 401
    assert "has expired" in refused.problem["detail"]


def test_a_revoked_probe_and_one_whose_location_is_gone_renew_nothing(host: EnrollHost) -> None:
    probe_id, token = host.token()
    _, other_token = host.token()
    first, other = host.let_in(token), host.let_in(other_token)
    app = host.world.database.enter("app")
    probes.revoke_probe(app, host.world.org_id, BY, host.location_id, probe_id)
    _, csr = certificates.make_request()
    assert host.post(RENEW_PATH, {"csr": csr}, certificate=first["certificate"]).status == 401
    private_locations.delete_location(app, host.world.org_id, BY, host.location_id)
    assert host.post(RENEW_PATH, {"csr": csr}, certificate=other["certificate"]).status == 401


def test_a_probe_that_renews_all_the_time_is_told_to_wait(host: EnrollHost) -> None:
    _, token = host.token()
    first = host.let_in(token)
    _, csr = certificates.make_request()
    answers = [host.post(RENEW_PATH, {"csr": csr}, certificate=first["certificate"]) for _ in range(10)]
    assert [answer.status for answer in answers] == [200] * 9 + [429]
    assert answers[-1].headers["Retry-After"] == "3600"


def test_a_new_authority_signs_from_when_every_truststore_knows_it(host: EnrollHost) -> None:
    new = certificates.make_authority("2", host.world.now)
    host.secrets.put_secret_value(
        SecretId=host.secret_arn, SecretString=authority_secret(host.world.now + timedelta(hours=1), new)
    )
    issuer = x509.load_pem_x509_certificate(host.let_in(host.token()[1])["certificate"].encode()).issuer
    assert issuer.rfc4514_string() == "CN=Tocsin probes 1"
    host.secrets.put_secret_value(
        SecretId=host.secret_arn, SecretString=authority_secret(host.world.now - timedelta(hours=1), new)
    )
    enroll._authorities.cache_clear()
    issuer = x509.load_pem_x509_certificate(host.let_in(host.token()[1])["certificate"].encode()).issuer
    assert issuer.rfc4514_string() == "CN=Tocsin probes 2"


def issuer(host: EnrollHost) -> str:
    enroll._authorities.cache_clear()
    issued = x509.load_pem_x509_certificate(host.let_in(host.token()[1])["certificate"].encode())
    return issued.issuer.rfc4514_string()


def test_no_authority_signs_that_the_deployed_truststore_has_not(
    host: EnrollHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBE_AUTHORITY", "1")
    long_ago = host.world.now - timedelta(days=1)
    for generation in ("2", "3"):
        new = authority_secret(long_ago, certificates.make_authority(generation, host.world.now))
        host.secrets.put_secret_value(SecretId=host.secret_arn, SecretString=new)
        if generation == "2":
            assert issuer(host) == "CN=Tocsin probes 1"
            monkeypatch.setenv("PROBE_AUTHORITY", "2")
            assert issuer(host) == "CN=Tocsin probes 2"
    assert issuer(host) == "CN=Tocsin probes 2"
    monkeypatch.setenv("PROBE_AUTHORITY", "1")
    enroll._authorities.cache_clear()
    _, csr = certificates.make_request()
    assert host.post(ENROL_PATH, {"token": host.token()[1], "csr": csr}).status == 503


def test_the_one_before_signs_no_earlier_than_it_may_either(host: EnrollHost) -> None:
    for generation in ("2", "2"):
        new = certificates.make_authority(generation, host.world.now)
        document = authority_secret(host.world.now + timedelta(hours=1), new)
        host.secrets.put_secret_value(SecretId=host.secret_arn, SecretString=document)
    _, csr = certificates.make_request()
    assert host.post(ENROL_PATH, {"token": host.token()[1], "csr": csr}).status == 503


def test_a_deployment_without_an_authority_or_a_domain_says_so(
    host: EnrollHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = host.token()
    _, csr = certificates.make_request()
    host.secrets.put_secret_value(SecretId=host.secret_arn, SecretString="{}")
    waiting = host.post(ENROL_PATH, {"token": token, "csr": csr})
    assert (waiting.status, waiting.headers["Retry-After"]) == (503, "5")
    monkeypatch.delenv("PROBES_URL")
    assert "domain" in host.post(ENROL_PATH, {"token": token, "csr": csr}).problem["detail"]


def test_there_is_nothing_else_here(host: EnrollHost) -> None:
    assert host.post("/v1/probes/other", {}).status == 404
    assert host.post(ENROL_PATH, {}, method="GET").status == 404
