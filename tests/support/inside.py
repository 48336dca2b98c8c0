"""The inside functions as Lambda runs them: environment, SQS and S3 by moto, events in their real shapes."""

import hashlib
import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from moto import mock_aws
from pydantic import BaseModel

from functions.publish import handler as publish
from tests.support.aws import client
from tests.support.postgres import TestDatabase
from tocsin.platform import queues
from tocsin_data.db import database as shared

REGION = "eu-central-1"
BUCKET = "tocsin-edge"
QUEUES = ("deliveries", "escalations", "publications", "sweeps")
SCHEDULED = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "123456789012",
    "time": "2026-11-21T09:00:00Z",
    "region": REGION,
    "resources": ["arn:aws:events:eu-central-1:123456789012:rule/sweep"],
    "detail": {},
}
"""What EventBridge sends every minute."""


def sqs_event(*bodies: str | BaseModel, queue: str = "events") -> dict[str, Any]:
    """The event of a batch; its messages are named m0, m1 and so on."""
    return {"Records": [_record(n, _text(body), queue) for n, body in enumerate(bodies)]}


def _text(body: str | BaseModel) -> str:
    return body if isinstance(body, str) else body.model_dump_json(exclude_none=True)


def _record(number: int, body: str, queue: str) -> dict[str, Any]:
    sent = str(int(datetime.now(UTC).timestamp() * 1000))
    return {
        "messageId": f"m{number}",
        "receiptHandle": f"AQEB{number}",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": "1",
            "AWSTraceHeader": "Root=1-5fa2d1a4-3b8c7d1e0f6a5b4c3d2e1f00",
            "SentTimestamp": sent,
            "MessageGroupId": "group",
            "SenderId": "AROAEXAMPLE:ingest",
            "ApproximateFirstReceiveTimestamp": sent,
        },
        "messageAttributes": {},
        "md5OfBody": hashlib.md5(body.encode(), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:123456789012:{queue}",
        "awsRegion": REGION,
    }


@dataclass(frozen=True)
class Sent:
    """One message that a queue was given."""

    body: str
    delay: int
    group: str


@dataclass
class Inside:
    """The surroundings of inside functions over one database."""

    database: TestDatabase
    monkeypatch: pytest.MonkeyPatch
    urls: dict[str, str]
    s3: Any
    given: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def lose_the_database(self, empty: Path) -> None:
        """From here on nobody listens where the database was."""
        self.monkeypatch.setenv("DB_HOST", str(empty))

    def find_the_database(self) -> None:
        """It is back."""
        self.monkeypatch.setenv("DB_HOST", self.database.settings("worker").db_host)

    def lose_the_queues(self) -> None:
        """From here on SQS refuses what is sent."""
        for name, url in self.urls.items():
            self.monkeypatch.setenv(f"{name.upper()}_QUEUE_URL", f"{url}-gone")

    def find_the_queues(self) -> None:
        """They are back."""
        for name, url in self.urls.items():
            self.monkeypatch.setenv(f"{name.upper()}_QUEUE_URL", url)

    def sent(self, queue: str) -> list[Sent]:
        """What a queue was given since this was last asked."""
        mine = [(url, entry) for url, entry in self.given if url == self.urls[queue]]
        self.given = [item for item in self.given if item not in mine]
        return [Sent(entry["MessageBody"], entry["DelaySeconds"], entry["MessageGroupId"]) for _, entry in mine]

    def messages[M: BaseModel](self, queue: str, model: type[M]) -> list[M]:
        """The same, read by its contract."""
        return [model.model_validate_json(sent.body) for sent in self.sent(queue)]

    def edge_state(self) -> dict[str, Any]:
        """The document the edge reads."""
        found = self.s3.get_object(Bucket=BUCKET, Key="edge/state.json")
        assert found["ContentType"] == "application/json"
        return json.loads(found["Body"].read())

    def note(self, request: dict[str, Any]) -> None:
        """Called with every batch that is sent."""
        self.given.extend((request["QueueUrl"], entry) for entry in request["Entries"])


def failures(answer: dict[str, Any]) -> list[str]:
    """The messages that come back."""
    assert set(answer) == {"batchItemFailures"}
    return [item["itemIdentifier"] for item in answer["batchItemFailures"]]


@contextmanager
def inside(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch, role: str = "worker", names: Sequence[str] = QUEUES
) -> Generator[Inside]:
    """Set up the environment and AWS; what the process keeps of them is forgotten before and after."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    for name, value in database.environment(role).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("EDGE_BUCKET", BUCKET)
    monkeypatch.setenv("KEY_BUDGET_PER_MINUTE", "6000")
    with mock_aws():
        _forget()
        sqs, s3 = client("sqs", REGION), client("s3", REGION)
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        urls = {name: sqs.create_queue(QueueName=f"{name}-{uuid4().hex[:6]}")["QueueUrl"] for name in names}
        found = Inside(database, monkeypatch, urls, s3)
        sender = queues.client()
        send = sender.send_message_batch
        monkeypatch.setattr(sender, "send_message_batch", lambda **request: found.note(request) or send(**request))
        found.find_the_queues()
        try:
            yield found
        finally:
            shared(database.settings(role)).close()
            _forget()


def _forget() -> None:
    queues.client.cache_clear()
    publish._s3.cache_clear()
    publish._pages.cache_clear()
