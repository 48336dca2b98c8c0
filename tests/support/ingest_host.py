"""The ingest function with its AWS in this process: a queue, the MAC keys and the edge bucket by moto."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import pytest
from moto import mock_aws

from functions.ingest import admission, pinging
from functions.ingest.handler import handler
from tests.support.aws import client
from tests.support.http_api import http_event
from tocsin.contracts.checks import ResultsMessage
from tocsin.contracts.edge import EDGE_STATE_KEY, EdgeState
from tocsin.contracts.events import EventsMessage
from tocsin.platform import queues, secret_store, tokens

REGION: Final = "eu-west-1"
MAC_KEYS: Final = tokens.MacKeys(keys={"A": bytes(range(32))}, current="A")


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


@dataclass
class Aws:
    """Clients of the AWS in this process."""

    sqs: Any
    s3: Any
    secrets: Any


@contextmanager
def aws_in_process() -> Iterator[Aws]:
    """AWS by moto, and the function's own clients made anew for it."""
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        environment.setenv("AWS_DEFAULT_REGION", REGION)
        environment.setenv("AWS_ACCESS_KEY_ID", "testing")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        environment.delenv("AWS_ENDPOINT_URL", raising=False)
        _forget(queues.client, admission.s3)
        yield Aws(*(client(service, REGION) for service in ("sqs", "s3", "secretsmanager")))
        _forget(queues.client, admission.s3)


class IngestHost:
    """The function, cold, with a queue, MAC keys and an edge bucket of its own: send requests, take messages."""

    def __init__(self, aws: Aws, monkeypatch: pytest.MonkeyPatch, budget: int = 10_000) -> None:
        self.sqs, self.s3, self.secrets = aws.sqs, aws.s3, aws.secrets
        name = f"host-{uuid4().hex}"
        self.queue_url: str = aws.sqs.create_queue(QueueName=name)["QueueUrl"]
        self.results_url: str = aws.sqs.create_queue(QueueName=f"{name}-results")["QueueUrl"]
        self.bucket = name
        aws.s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        document = {
            "current": MAC_KEYS.current,
            "keys": {key: base64.b64encode(value).decode() for key, value in MAC_KEYS.keys.items()},
        }
        self.secret_arn: str = aws.secrets.create_secret(Name=name, SecretString=json.dumps(document))["ARN"]
        monkeypatch.setenv("EVENTS_QUEUE_URL", self.queue_url)
        monkeypatch.setenv("RESULTS_QUEUE_URL", self.results_url)
        monkeypatch.setenv("MAC_KEYS_SECRET_ARN", self.secret_arn)
        monkeypatch.setenv("EDGE_BUCKET", self.bucket)
        monkeypatch.setenv("KEY_BUDGET_PER_MINUTE", str(budget))
        self.routing_key = self.new_key()
        self.invoke = handler
        self.cold_start()

    def cold_start(self) -> None:
        """Forget what a process learns from its surroundings."""
        _forget(secret_store.mac_keys, admission.gate, pinging.budgets)

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

    def told(self) -> list[ResultsMessage]:
        """Take what has been told by pings and beacons from the queue of results."""
        taken: list[ResultsMessage] = []
        while batch := self.sqs.receive_message(
            QueueUrl=self.results_url, MaxNumberOfMessages=10, VisibilityTimeout=600
        ).get("Messages"):
            taken += [ResultsMessage.model_validate_json(message["Body"]) for message in batch]
        return taken

    def publish_edge(self, state: EdgeState) -> None:
        """Write the edge state, as publish does."""
        self.s3.put_object(Bucket=self.bucket, Key=EDGE_STATE_KEY, Body=state.to_json().encode())


def _forget(*cached: Any) -> None:
    for function in cached:
        function.cache_clear()
