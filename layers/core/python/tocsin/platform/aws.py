"""Calls to AWS where a sender or a page waits: botocore's parts without its models of every operation (ADR 0013).

botocore's rules name the endpoint, its chain finds the credentials, its signer signs, its parsers read errors, and its
rules of retrying say what to try again and when. urllib3, below botocore too, sends and keeps connections.
"""

import base64
import json
import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import urllib3
from botocore.auth import S3SigV4Auth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.credentials import Credentials, EnvProvider
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    NoRegionError,
    ReadTimeoutError,
    SSLError,
)
from botocore.httpsession import create_urllib3_context, get_cert_path
from botocore.loaders import Loader
from botocore.parsers import create_parser

CONNECTIONS: Final = 10
TOKEN_SECONDS: Final = 900
NO_DELAY: Final = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]


@dataclass(frozen=True, slots=True)
class Api:
    """A service's interface, as botocore's model of it says: where its rules are kept, the name that requests are
    signed for, the environment variable of its endpoint, and for the JSON protocol what targets begin with.
    """

    rules: str
    signing: str
    endpoint_variable: str
    protocol: Literal["json", "rest-json", "rest-xml"]
    target: str = ""
    json_version: str = "1.1"


SQS: Final = Api("sqs/2012-11-05", "sqs", "AWS_ENDPOINT_URL_SQS", "json", "AmazonSQS", "1.0")
SECRETS_MANAGER: Final = Api(
    "secretsmanager/2017-10-17", "secretsmanager", "AWS_ENDPOINT_URL_SECRETS_MANAGER", "json", "secretsmanager"
)
KMS: Final = Api("kms/2014-11-01", "kms", "AWS_ENDPOINT_URL_KMS", "json", "TrentService")
LAMBDA: Final = Api("lambda/2015-03-31", "lambda", "AWS_ENDPOINT_URL_LAMBDA", "rest-json")
SES: Final = Api("sesv2/2019-09-27", "ses", "AWS_ENDPOINT_URL_SESV2", "rest-json")
S3: Final = Api("s3/2006-03-01", "s3", "AWS_ENDPOINT_URL_S3", "rest-xml")
CONNECTIONS_API: Final = Api("", "execute-api", "", "rest-json")
"""Sockets of a WebSocket API, which are reached at its own address."""


class Client:
    """One service in a region, by default this process's; threads may share it. A bucket is part of the address of S3.

    Raises what botocore's own clients raise: ClientError for what the service answers, BotoCoreError for all else.
    """

    def __init__(
        self,
        api: Api,
        *,
        connect_seconds: float,
        read_seconds: float,
        tries: int,
        bucket: str | None = None,
        region: str | None = None,
        url: str | None = None,
        connections: int = CONNECTIONS,
    ) -> None:
        """With `url` it is asked there, and not where botocore's rules say."""
        self._api = api
        self._tries = tries
        self._region = region or _region()
        self._url = url or _endpoint(api, self._region, bucket)
        self._credentials = _credentials()
        self._path = urlsplit(self._url).path
        self._http = _connections(self._url, urllib3.Timeout(connect_seconds, read_seconds), connections)

    def call(self, operation: str, **request: object) -> dict[str, Any]:
        """Call an operation of a JSON protocol, its fields named as in AWS's reference."""
        headers = {
            "Content-Type": f"application/x-amz-json-{self._api.json_version}",
            "X-Amz-Target": f"{self._api.target}.{operation}",
        }
        answer = self.send(operation, "POST", "/", headers, document(request))
        return json.loads(answer.data or b"{}")

    def send(
        self, operation: str, method: str, path: str, headers: dict[str, str], body: bytes | None = None
    ) -> urllib3.BaseHTTPResponse:
        """Send a request, again where that may help; answers what came with a status of success."""
        attempt = 0
        while True:
            attempt += 1
            response: urllib3.BaseHTTPResponse | None = None
            try:
                response = self._sent(method, path, headers, body)
                if response.status < 300:
                    return response
                raise ClientError(self._read_error(response), operation)
            except (BotoCoreError, ClientError) as error:
                wait = None if attempt == self._tries else _wait(attempt, error, response)
                if wait is None:
                    raise
                time.sleep(wait)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _sent(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> urllib3.BaseHTTPResponse:
        """Send once; what goes wrong on the way is told by botocore's errors, which its rules of retrying know."""
        signed = dict(self._signed(method, path, headers, body).headers.items())
        try:
            return self._http.urlopen(
                method, self._path + path, body, signed, retries=False, assert_same_host=False, decode_content=False
            )
        except urllib3.exceptions.SSLError as error:
            raise SSLError(endpoint_url=self._url, error=error) from error
        except urllib3.exceptions.NewConnectionError as error:
            raise EndpointConnectionError(endpoint_url=self._url, error=error) from error
        except urllib3.exceptions.ConnectTimeoutError as error:
            raise ConnectTimeoutError(endpoint_url=self._url, error=error) from error
        except urllib3.exceptions.ReadTimeoutError as error:
            raise ReadTimeoutError(endpoint_url=self._url, error=error) from error
        except urllib3.exceptions.ProtocolError as error:
            raise ConnectionClosedError(endpoint_url=self._url, error=error) from error
        except urllib3.exceptions.HTTPError as error:
            raise HTTPClientError(error=error) from error

    def _signed(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> AWSRequest:
        if self._credentials is None:
            raise NoCredentialsError
        request = AWSRequest(method, self._url + path, {**headers, "User-Agent": "Tocsin"}, body)
        signer = S3SigV4Auth if self._api is S3 else SigV4Auth
        signer(self._credentials.get_frozen_credentials(), self._api.signing, self._region).add_auth(request)
        return request

    def _read_error(self, response: urllib3.BaseHTTPResponse) -> Any:
        seen = {"status_code": response.status, "headers": response.headers, "body": response.data}
        parser: Any = create_parser(self._api.protocol)
        return parser.parse(seen, None)  # errors are read without a model of the operation


def database_token(host: str, port: int, user: str) -> str:
    """The password by which RDS lets this process's role in as a database user for the next 15 minutes.

    It is signed here and nobody is asked; the form is that of botocore's `generate_db_auth_token`.
    """
    credentials = _credentials()
    if credentials is None:
        raise NoCredentialsError
    request = AWSRequest("GET", f"https://{host}:{port}/", params={"Action": "connect", "DBUser": user})
    signer = SigV4QueryAuth(credentials.get_frozen_credentials(), "rds-db", _region(), expires=TOKEN_SECONDS)
    signer.add_auth(request)
    return str(request.url).removeprefix("https://")


def document(request: Mapping[str, object]) -> bytes:
    """A request's fields as JSON; bytes become base64, as AWS's JSON protocols have them."""
    return json.dumps(request, default=_blob).encode()


def _blob(value: object) -> str:
    if not isinstance(value, bytes):
        raise TypeError(f"{type(value).__name__} is no JSON")
    return base64.b64encode(value).decode()


def _wait(attempt: int, error: BotoCoreError | ClientError, response: urllib3.BaseHTTPResponse | None) -> float | None:
    """How many seconds to wait before another try; None where that would not help."""
    from botocore.retries.standard import (
        ExponentialBackoff,
        RetryContext,
        ThrottledRetryableChecker,
        TransientRetryableChecker,
    )

    context = RetryContext(
        attempt_number=attempt,
        http_response=None if response is None else _as_botocores(response),
        parsed_response=error.response if isinstance(error, ClientError) else None,
        caught_exception=error,
    )
    if any(checker.is_retryable(context) for checker in (TransientRetryableChecker(), ThrottledRetryableChecker())):
        return ExponentialBackoff().delay_amount(context)
    return None


def _as_botocores(response: urllib3.BaseHTTPResponse) -> AWSResponse:
    headers: Any = response.headers  # a mapping like that of the published stubs, but another
    return AWSResponse("", response.status, headers, response)


def _credentials() -> Credentials | None:
    """Those of the environment, where Lambda puts them; else botocore's whole chain, by boto3's default session."""
    if EnvProvider.ACCESS_KEY in os.environ:
        return EnvProvider().load()
    import boto3

    return (boto3.DEFAULT_SESSION or boto3.Session()).get_credentials()


def _region() -> str:
    region = os.environ.get("AWS_DEFAULT_REGION") or os.environ.get("AWS_REGION")
    if not region:
        raise NoRegionError
    return region


def _endpoint(api: Api, region: str, bucket: str | None) -> str:
    other = os.environ.get(api.endpoint_variable) or os.environ.get("AWS_ENDPOINT_URL")
    if other:
        return other.rstrip("/") + (f"/{bucket}" if bucket else "")
    loader = Loader()
    rules = EndpointProvider(loader.load_data(f"{api.rules}/endpoint-rule-set-1"), loader.load_data("partitions"))
    found = rules.resolve_endpoint(
        Region=region,
        UseDualStack=_is_set("AWS_USE_DUALSTACK_ENDPOINT"),
        UseFIPS=_is_set("AWS_USE_FIPS_ENDPOINT"),
        **({"Bucket": bucket} if bucket else {}),
    )
    return found.url


def _connections(url: str, timeout: urllib3.Timeout, kept: int) -> urllib3.HTTPConnectionPool:
    """Connections to one host, of which so many are kept, secured as botocore's are."""
    options: dict[str, Any] = {"timeout": timeout, "maxsize": kept, "socket_options": NO_DELAY}
    if url.startswith("https:"):
        authorities = os.environ.get("AWS_CA_BUNDLE") or get_cert_path(True)
        options |= {"ssl_context": create_urllib3_context(), "cert_reqs": "CERT_REQUIRED", "ca_certs": authorities}
    return urllib3.connection_from_url(url, **options)


def _is_set(variable: str) -> bool:
    return os.environ.get(variable, "").lower() == "true"
