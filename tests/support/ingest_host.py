"""The ingest function with its AWS in this process: a queue, the MAC keys and the edge bucket by moto."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from moto import mock_aws

from functions.ingest import admission
from functions.ingest.handler import handler
from tests.support.http_api import http_event
from tocsin.contracts.edge import EDGE_STATE_KEY, EdgeState
from tocsin.contracts.events import EventsMessage
from tocsin.platform import queues, secret_store, tokens

MAC_KEYS = tokens.MacKeys(keys={"A": bytes(range(32))}, current="A")


@dataclass
class Answered:
    """What a sender sees."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


class IngestHost:
    """Sends requests to the handler and takes what it put in the queue."""

    def __init__(self, sqs: Any, s3: Any, queue_url: str, bucket: str, secret_arn: str) -> None:
        self.sqs, self.s3 = sqs, s3
        self.queue_url, self.bucket, self.secret_arn = queue_url, bucket, secret_arn
        self.routing_key = self.new_key()
        self.invoke = handler

    def new_key(self) -> str:
        """A routing key of this deployment."""
        return tokens.issue(tokens.Purpose.ROUTING, MAC_KEYS)

    def send(
        self,
        path: str,
        body: object = b"",
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
        **event: Any,
    ) -> Answered:
        """One request; what is neither text nor bytes is sent as JSON."""
        raw = body if isinstance(body, bytes | str) else json.dumps(body)
        given = {"content-type": "application/json"} if headers is None else headers
        response = self.invoke(http_event(method, path, raw, given, **event), None)
        return Answered(response["statusCode"], response["headers"], response["body"])

    def raw_messages(self) -> list[dict[str, Any]]:
        """Take all messages from the queue, as SQS hands them out."""
        taken: list[dict[str, Any]] = []
        while batch := self.sqs.receive_message(
            QueueUrl=self.queue_url, MaxNumberOfMessages=10, AttributeNames=["All"], VisibilityTimeout=600
        ).get("Messages"):
            taken += batch
        return taken

    def messages(self) -> list[EventsMessage]:
        """Take all messages from the queue."""
        return [EventsMessage.model_validate_json(message["Body"]) for message in self.raw_messages()]

    def publish_edge(self, state: EdgeState) -> None:
        """Write the edge state, as publish does."""
        self.s3.put_object(Bucket=self.bucket, Key=EDGE_STATE_KEY, Body=state.to_json().encode())


def forget() -> None:
    """Forget what a process keeps between invocations: a cold start."""
    for kept in (queues.client, secret_store.mac_keys, admission.gate, admission._s3):
        kept.cache_clear()


@contextmanager
def ingest_host(monkeypatch: pytest.MonkeyPatch, budget: int = 10_000) -> Iterator[IngestHost]:
    """The function, cold, with everything it needs."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        sqs, s3, secrets = boto3.client("sqs"), boto3.client("s3"), boto3.client("secretsmanager")
        queue_url = sqs.create_queue(QueueName="events")["QueueUrl"]
        s3.create_bucket(Bucket="edge", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        document = {
            "current": MAC_KEYS.current,
            "keys": {name: base64.b64encode(key).decode() for name, key in MAC_KEYS.keys.items()},
        }
        secret_arn = secrets.create_secret(Name="mac-keys", SecretString=json.dumps(document))["ARN"]
        monkeypatch.setenv("EVENTS_QUEUE_URL", queue_url)
        monkeypatch.setenv("MAC_KEYS_SECRET_ARN", secret_arn)
        monkeypatch.setenv("EDGE_BUCKET", "edge")
        monkeypatch.setenv("KEY_BUDGET_PER_MINUTE", str(budget))
        forget()
        yield IngestHost(sqs, s3, queue_url, "edge", secret_arn)
        forget()
