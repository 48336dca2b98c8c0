"""The REST API as a caller sees it: authorizer, then api, over a real PostgreSQL and an AWS in this process."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

import pytest
from joserfc.jwk import RSAKey
from moto import mock_aws

from functions.api import gateway
from functions.api.handler import handler
from functions.auth.authorizer import handler as authorize
from tests.support.aws import client
from tests.support.http_api import http_event
from tests.support.monitors import REGIONS as CHECK_REGIONS
from tests.support.world import MAC_KEYS, World
from tocsin.platform import queues
from tocsin_data.db import database

REGION: Final = "eu-west-1"
QUEUES: Final = ("events", "deliveries", "escalations", "publications", "mails", "pushes", "hints")


@cache
def seal_key() -> RSAKey:
    """The key that channel secrets are sealed to in tests."""
    return RSAKey.generate_key(2048)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a caller sees."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)

    @property
    def problem(self) -> dict[str, Any]:
        """The body, which must be a problem document."""
        assert self.headers["Content-Type"] == "application/problem+json", self.text
        document = self.json
        assert document["status"] == self.status
        assert document["code"]
        assert document["detail"]
        return document

    @property
    def fields(self) -> dict[str, str]:
        """The fields a problem document names, with their reasons."""
        assert self.status == 422, self.text
        return {error["field"]: error["reason"] for error in self.problem["errors"]}


class ApiHost:
    """One world's API, with queues of its own."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.sqs, secrets = client("sqs", REGION), client("secretsmanager", REGION)
        name = f"api-{uuid4().hex}"
        self.queue_urls = {q: self.sqs.create_queue(QueueName=f"{name}-{q}")["QueueUrl"] for q in QUEUES}
        mac_keys = {
            "current": MAC_KEYS.current,
            "keys": {key: base64.b64encode(value).decode() for key, value in MAC_KEYS.keys.items()},
        }
        pem = seal_key().as_pem(private=False).decode()
        values = {
            **world.database.environment("app"),
            **{f"{q.upper()}_QUEUE_URL": url for q, url in self.queue_urls.items()},
            "MAC_KEYS_SECRET_ARN": secrets.create_secret(Name=f"{name}-mac", SecretString=json.dumps(mac_keys))["ARN"],
            "SEAL_PUBLIC_KEY_SECRET_ARN": secrets.create_secret(Name=f"{name}-seal", SecretString=pem)["ARN"],
            "LINK_BASE_URL": "https://tocsin.example",
            "EVENTS_URL": "https://events.tocsin.example",
            "LIVE_URL": "wss://live.tocsin.example/live",
            "SIGN_IN_ISSUER": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
            "SIGN_IN_CLIENT_ID": "client",
            "CHECK_REGIONS": ",".join(CHECK_REGIONS),
        }
        for variable, value in values.items():
            monkeypatch.setenv(variable, value)
        self.monkeypatch = monkeypatch
        self.key = world.api_key("admin")

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        query: dict[str, Any] | None = None,
    ) -> Answered:
        """One request; a body that is neither text nor bytes is sent as JSON."""
        raw = body if isinstance(body, (str, bytes)) else b"" if body is None else json.dumps(body)
        sent = {"authorization": f"Bearer {self.key if key is None else key}", **(headers or {})}
        if raw:
            sent.setdefault("content-type", "application/json")
        event = http_event(method, path, raw, sent, query=urlencode(query or {}, doseq=True))
        return self.invoke(event)

    def invoke(self, event: dict[str, Any]) -> Answered:
        """The gateway: the authorizer first, except before what is open."""
        event = {**event, "queryStringParameters": merged(event["rawQueryString"])}
        if not gateway.is_open(event):
            verdict = authorize({**event, "type": "REQUEST"}, None)
            if not verdict["isAuthorized"]:
                return Answered(403, {}, json.dumps({"message": "Forbidden"}))
            context = {**event["requestContext"], "authorizer": {"lambda": verdict["context"]}}
            event = {**event, "requestContext": context}
        response = handler(event, None)
        assert response["statusCode"] < 600
        assert isinstance(response["body"], str)
        return Answered(response["statusCode"], response["headers"], response["body"])

    def follow(self, method: str, token: str, form: Any = None, *, query: str = "") -> Answered:
        """Somebody opens a link, or presses a button of its page."""
        headers = {} if form is None else {"content-type": "application/x-www-form-urlencoded"}
        body = b"" if form is None else form if isinstance(form, bytes) else urlencode(form)
        return self.invoke(http_event(method, f"/l/{token}", body, headers, query=query))

    def sent(self, queue: str) -> list[dict[str, Any]]:
        """Take what has been sent to a queue."""
        answer = self.sqs.receive_message(QueueUrl=self.queue_urls[queue], MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in answer.get("Messages", [])]

    def held(self, queue: str) -> int:
        """How many messages a queue holds, for now or for later."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed"]
        answer = self.sqs.get_queue_attributes(QueueUrl=self.queue_urls[queue], AttributeNames=names)
        return sum(int(value) for value in answer["Attributes"].values())

    def break_queue(self, queue: str) -> None:
        """Let a queue be gone."""
        self.monkeypatch.setenv(f"{queue.upper()}_QUEUE_URL", f"https://sqs.{REGION}.amazonaws.com/123456789012/gone")

    def audited(self) -> list[tuple[Any, ...]]:
        """The audit log: actor, action, subject."""
        return self.world.database.rows(
            "select actor_kind || ':' || actor_id, action, subject_kind, subject_id from audit_entry order by at, id"
        )


def merged(query: str) -> dict[str, str]:
    """The parameters of a query as the gateway gives them: repeated ones joined by commas."""
    found: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        found[name] = f"{found[name]},{value}" if name in found else value
    return found


@contextmanager
def aws_in_process() -> Iterator[None]:
    """AWS by moto, and the function's own client made anew for it."""
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        environment.setenv("AWS_DEFAULT_REGION", REGION)
        environment.setenv("AWS_ACCESS_KEY_ID", "testing")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        environment.delenv("AWS_ENDPOINT_URL", raising=False)
        queues.client.cache_clear()
        yield
        queues.client.cache_clear()


@contextmanager
def api_host(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    """The API over a world, its connection closed in the end."""
    with aws_in_process():
        yield ApiHost(world, monkeypatch)
        database(world.database.settings("app")).close()
