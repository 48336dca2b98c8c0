"""Home as a region sees it that sends by mutual TLS: the front on a real socket, and Lambda's API before `enroll`."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from functions.enroll import handler as enroll
from local.front import INGEST
from local.probe_files import ProbeFiles, keep_probe_files
from tests.support.certificates import authority_secret
from tests.support.http_api import serve
from tests.support.ingest_host import IngestHost, aws_in_process
from tests.support.probe_host import front
from tocsin.checks.posting import HomeSink, by_alias
from tocsin.contracts.checks import ResultBatch
from tocsin.contracts.probes import RegionCertificate
from tocsin.platform import certificates, clock
from tocsin.platform.certificates import Authority, RegionIdentity
from tocsin.platform.packing import unpack

HERE: Final = "us-east-1"
HOME: Final = "eu-west-1"
ENROLL: Final = "tocsin-test-enroll"
NO_DATABASE: Final = {"DB_HOST": "nowhere.invalid", "DB_USER": "worker", "DB_NAME": "tocsin", "DB_PORT": "1"}


@dataclass(frozen=True)
class Context:
    """What Lambda says of an invocation."""

    invoked_function_arn: str


def arn(alias: str | None) -> str:
    """The ARN that `enroll` was invoked by."""
    return f"arn:aws:lambda:{HOME}:123456789012:function:{ENROLL}" + (f":{alias}" if alias else "")


class RegionHome:
    """Home, where results arrive in a queue. `asked` are the aliases that `enroll` was invoked by, in their order, and
    `reached` counts the requests that TLS let through.
    """

    def __init__(self, host: IngestHost, files: ProbeFiles, monkeypatch: pytest.MonkeyPatch) -> None:
        self.host, self.files = host, files
        self.asked: list[str | None] = []
        self.reached = 0
        document = json.loads(files.authority_document)
        self.authority = Authority(document["certificate"], document["key"])
        secret = authority_secret(datetime.now(UTC) - timedelta(hours=1), self.authority)
        self.set = monkeypatch.setenv
        settings = {
            **NO_DATABASE,
            "PROBE_AUTHORITY_SECRET_ARN": host.secrets.create_secret(Name=host.bucket + "-ca", SecretString=secret)[
                "ARN"
            ],
            "PUBLICATIONS_QUEUE_URL": "https://nowhere.invalid/publications",
            "CHECK_REGIONS": f"{HOME},{HERE}",
        }
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

    def invoke(self, event: dict[str, Any], _: object) -> dict[str, Any]:
        """One request of Lambda's Invoke API."""
        alias = event["rawQueryString"].removeprefix("Qualifier=") or None
        assert event["rawPath"] == f"/2015-03-31/functions/{ENROLL}/invocations"
        self.asked.append(alias)
        try:
            answer = enroll.handler(json.loads(event["body"]), Context(arn(alias)))
        except Exception as error:  # noqa: BLE001 - as Lambda does
            failed = {"errorType": type(error).__name__, "errorMessage": str(error)}
            return {"statusCode": 200, "headers": {"X-Amz-Function-Error": "Unhandled"}, "body": json.dumps(failed)}
        return {"statusCode": 200, "body": json.dumps(answer)}

    def take(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        """One request that came through mutual TLS."""
        self.reached += 1
        return self.host.invoke(event, context)

    @contextmanager
    def answering(self) -> Generator[str]:
        """Both of home's addresses on 127.0.0.1; answers the one behind mutual TLS."""
        with serve(self.invoke) as aws, front(self.files, {INGEST: self.take}) as url:
            self.set("AWS_ENDPOINT_URL_LAMBDA", aws.url)
            yield url

    def sink(self, url: str, region: str = HERE) -> HomeSink:
        """What a region sends by, with the certificates that `enroll` signs."""
        return HomeSink(url, by_alias(ENROLL, region, HOME), clock.now, str(self.files.server_authority))

    def signing(
        self, url: str, *, region: str = HERE, by: Authority | None = None, at: datetime | None = None
    ) -> tuple[HomeSink, list[RegionCertificate]]:
        """The same with certificates that an authority signs as if it were then; answers those, too."""
        signed: list[RegionCertificate] = []

        def ask(csr: str) -> RegionCertificate:
            when = at or clock.now()
            issued = certificates.sign(
                by or self.authority, certificates.read_request(csr), RegionIdentity(region), when
            )
            signed.append(
                RegionCertificate(
                    region=region,
                    certificate=issued.pem,
                    serial=issued.serial,
                    expires_at=clock.now() + timedelta(hours=1),
                    renew_at=clock.now() + timedelta(hours=1),
                )
            )
            return signed[-1]

        return HomeSink(url, ask, clock.now, str(self.files.server_authority)), signed

    def arrived(self) -> list[ResultBatch]:
        """Take what has come home."""
        return [unpack(one.packed or "", ResultBatch) for one in self.host.told() if one.kind == "results"]


@contextmanager
def region_home(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Generator[RegionHome]:
    """Home, new, with the files of its front in a folder."""
    enroll._authorities.cache_clear()
    with aws_in_process() as aws:
        yield RegionHome(IngestHost(aws, monkeypatch), keep_probe_files(folder, datetime.now(UTC)), monkeypatch)
    enroll._authorities.cache_clear()
