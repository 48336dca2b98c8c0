"""Our own AWS client beside botocore's: the same addresses, signatures, errors and second tries."""

import json
import ssl
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import boto3
import pytest
import trustme
import urllib3
from botocore.awsrequest import AWSPreparedRequest
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    SSLError,
)
from botocore.session import Session

from tests.support import providers
from tests.support.aws import intercepted
from tests.support.providers import Provider, answering, hanging, resetting
from tocsin.platform import aws
from tocsin.platform.aws import KMS, LAMBDA, S3, SECRETS_MANAGER, SES, SQS, Api, Client

APIS = {"sqs": SQS, "secretsmanager": SECRETS_MANAGER, "kms": KMS, "lambda": LAMBDA, "sesv2": SES, "s3": S3}
SETTINGS = (
    "AWS_ENDPOINT_URL",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_REGION",
    "AWS_PROFILE",
    "AWS_CONFIG_FILE",
    "AWS_SESSION_TOKEN",
    *(api.endpoint_variable for api in APIS.values()),
)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Generator[Provider]:
    """Whatever answers in AWS's place."""
    with providers.providing() as provider:
        monkeypatch.setenv("AWS_ENDPOINT_URL", provider.url)
        yield provider


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between tries, not waited for."""
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    return waited


def client(api: Api, tries: int = 1, bucket: str | None = None) -> Client:
    return Client(api, connect_seconds=1, read_seconds=1, tries=tries, bucket=bucket)


def caught(request: Callable[[], object]) -> AWSPreparedRequest:
    """The request, which goes nowhere."""
    seen: list[AWSPreparedRequest] = []

    def nowhere(prepared: AWSPreparedRequest, _send: object) -> urllib3.BaseHTTPResponse:
        seen.append(prepared)
        raise urllib3.exceptions.NewConnectionError(urllib3.connection.HTTPConnection("nowhere"), "nowhere")

    with intercepted(nowhere), pytest.raises(EndpointConnectionError):
        request()
    (only,) = seen
    return only


@pytest.mark.parametrize("name", APIS)
def test_the_interfaces_are_what_botocores_models_say(name: str) -> None:
    api, metadata = APIS[name], boto3.Session().client(name).meta.service_model.metadata
    assert api.rules == f"{name}/{metadata['apiVersion']}"
    assert api.signing == metadata.get("signingName", metadata["endpointPrefix"])
    assert api.protocol == metadata["protocol"]
    assert api.target == metadata.get("targetPrefix", "")
    if api.protocol == "json":
        assert api.json_version == metadata["jsonVersion"]
    assert api.endpoint_variable == f"AWS_ENDPOINT_URL_{metadata['serviceId'].replace(' ', '_').upper()}"


@pytest.mark.parametrize("name", APIS)
@pytest.mark.parametrize("region", ["eu-central-1", "us-east-1", "us-gov-west-1", "cn-north-1"])
@pytest.mark.parametrize("dual", ["true", "false"])
def test_requests_go_where_botocores_go(monkeypatch: pytest.MonkeyPatch, name: str, region: str, dual: str) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    monkeypatch.setenv("AWS_USE_DUALSTACK_ENDPOINT", dual)
    s3 = {"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"}
    theirs = boto3.Session().client(name, config=Config(s3=s3))
    operation, request = {
        "sqs": ("list_queues", {}),
        "secretsmanager": ("list_secrets", {}),
        "kms": ("list_keys", {}),
        "lambda": ("list_functions", {}),
        "sesv2": ("get_account", {}),
        "s3": ("get_object", {"Bucket": "a-bucket", "Key": "k"}),
    }[name]
    url = caught(lambda: getattr(theirs, operation)(**request)).url
    host = url.split("/")[2]
    ours = caught(lambda: client(APIS[name], bucket="a-bucket" if name == "s3" else None).send("Any", "GET", "/k", {}))
    assert ours.url == f"https://{host}/k"


def test_a_request_is_signed_as_botocore_signs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    theirs = caught(lambda: boto3.Session().client("sqs").send_message_batch(QueueUrl="https://q", Entries=[]))
    ours = caught(lambda: client(SQS).call("SendMessageBatch", QueueUrl="https://q", Entries=[]))
    assert (ours.method, ours.url, json.loads(ours.body)) == (theirs.method, theirs.url, json.loads(theirs.body))
    for name in ("Content-Type", "X-Amz-Target", "X-Amz-Security-Token"):
        assert _text(ours.headers[name]) == _text(theirs.headers[name])
    assert _text(ours.headers["Authorization"]).startswith("AWS4-HMAC-SHA256 Credential=testing/")
    assert _scope(ours) == _scope(theirs)


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _scope(request: AWSPreparedRequest) -> str:
    """Region, service and what is signed."""
    credential = _text(request.headers["Authorization"]).split(" ")[1]
    return credential.split("/", 2)[2].rstrip(",")


def test_an_endpoint_of_ones_own_is_used_and_that_of_the_service_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1/")
    monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:2")
    monkeypatch.setenv("AWS_USE_DUALSTACK_ENDPOINT", "true")
    assert caught(lambda: client(SQS).call("ListQueues")).url == "http://127.0.0.1:1/"
    assert caught(lambda: client(SECRETS_MANAGER).call("ListSecrets")).url == "http://127.0.0.1:2/"
    assert caught(lambda: client(S3, bucket="b").send("GetObject", "GET", "/k", {})).url == "http://127.0.0.1:1/b/k"


def test_without_a_region_there_is_no_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    with pytest.raises(NoRegionError):
        client(SQS)
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    assert caught(lambda: client(SQS).call("ListQueues")).url == "https://sqs.eu-west-1.amazonaws.com/"


def test_credentials_come_from_a_profile_where_the_environment_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "config"
    file.write_text("[profile mine]\naws_access_key_id = of-the-profile\naws_secret_access_key = secret\n")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    request = caught(lambda: client(SQS).call("ListQueues"))
    assert "Credential=of-the-profile/" in _text(request.headers["Authorization"])


def test_credentials_come_from_boto3s_default_session_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    session = Session()
    session.set_credentials("of-the-session", "secret")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", boto3.Session(botocore_session=session))
    request = caught(lambda: client(SQS).call("ListQueues"))
    assert "Credential=of-the-session/" in _text(request.headers["Authorization"])


def test_without_credentials_nothing_is_sent(monkeypatch: pytest.MonkeyPatch, server: Provider, tmp_path: Path) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    with pytest.raises(NoCredentialsError):
        client(SQS).call("ListQueues")
    assert server.requests == []


def test_bytes_travel_as_base64() -> None:
    assert aws.document({"Blob": b"\x00\xff", "Text": "ü"}) == b'{"Blob": "AP8=", "Text": "\\u00fc"}'
    with pytest.raises(TypeError):
        aws.document({"Other": object()})


ERRORS: list[tuple[Api, dict[str, str], bytes, str]] = [
    (
        SQS,
        {"x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender"},
        b'{"__type": "x#Q"}',
        "NonExistent",
    ),
    (KMS, {}, b'{"__type": "NotFoundException", "message": "no"}', "NotFoundException"),
    (
        LAMBDA,
        {"x-amzn-errortype": "InvalidParameterValueException:http"},
        b'{"Message": "no"}',
        "InvalidParameterValueException",
    ),
    (SES, {"x-amzn-errortype": "MessageRejected"}, b'{"message": "no"}', "MessageRejected"),
    (S3, {}, b"<Error><Code>NoSuchKey</Code><Message>no</Message></Error>", "NoSuchKey"),
    (SQS, {}, b"<html>a proxy</html>", ""),
]


@pytest.mark.parametrize(("api", "headers", "body", "code"), ERRORS)
def test_what_a_service_refuses_is_an_error_with_its_code(
    server: Provider, api: Api, headers: dict[str, str], body: bytes, code: str
) -> None:
    server.behaviours = [answering(400, headers, body)]
    with pytest.raises(ClientError) as raised:
        client(api, tries=3).send("Any", "POST", "/", {}, b"{}")
    assert code in raised.value.response.get("Error", {}).get("Code", "")
    assert raised.value.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 400
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        answering(500),
        answering(503, body=b"<html>"),
        answering(400, body=b'{"__type": "ThrottlingException"}'),
        answering(400, body=b'{"__type": "RequestThrottled"}'),
        resetting,
        hanging,
    ],
    ids=["500", "503", "throttled", "request throttled", "reset", "timeout"],
)
def test_what_may_pass_is_tried_again_after_a_wait(server: Provider, waits: list[float], trouble: Any) -> None:
    server.behaviours = [trouble, trouble, answering(200, body=b'{"it": "worked"}')]
    assert Client(SQS, connect_seconds=1, read_seconds=0.2, tries=3).call("Any") == {"it": "worked"}
    assert len(server.requests) == 3
    assert len(waits) == 2
    assert all(0 <= wait <= 2 for wait in waits)


def test_there_are_no_more_tries_than_were_asked_for(server: Provider, waits: list[float]) -> None:
    server.behaviours = [answering(500), answering(500), answering(200)]
    with pytest.raises(ClientError):
        client(SQS, tries=2).call("Any")
    assert (len(server.requests), len(waits)) == (2, 1)


def test_one_try_is_one_try(server: Provider, waits: list[float]) -> None:
    server.behaviours = [resetting]
    with pytest.raises(BotoCoreError):
        client(LAMBDA).send("Invoke", "POST", "/", {}, b"{}")
    assert (len(server.requests), waits) == (1, [])


def test_a_certificate_that_nobody_vouches_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with providers.providing(context) as provider, authority.cert_pem.tempfile() as bundle:
        monkeypatch.setenv("AWS_ENDPOINT_URL", provider.url)
        provider.behaviours = [answering(200, body=b"{}")]
        with pytest.raises(SSLError):
            client(SQS).call("Any")
        monkeypatch.setenv("AWS_CA_BUNDLE", bundle)
        assert client(SQS).call("Any") == {}
