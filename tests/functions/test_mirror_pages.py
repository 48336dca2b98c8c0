"""Pages arrive in the replica as they are at home: never older than what is there, and gone when they are gone."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from botocore.awsrequest import AWSPreparedRequest
from moto import mock_aws

from functions.mirror import handler as mirror
from functions.mirror import pages
from tests.support.aws import Answer, client, intercepted

HOME, AWAY = "eu-west-1", "eu-central-1"
BUCKET, REPLICA = "tocsin-pages", "tocsin-pages-replica"
INDEX: Final = "pages/acme/index.html"
META: Final = "tocsin-number"


class Deployment:
    """Two buckets of pages."""

    def __init__(self) -> None:
        self.home, self.away = client("s3", HOME), client("s3", AWAY)
        for s3, bucket, region in ((self.home, BUCKET, HOME), (self.away, REPLICA, AWAY)):
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": region})

    def publish(self, number: int, key: str = INDEX) -> None:
        self.home.put_object(
            Bucket=BUCKET,
            Key=key,
            Body=f"of {number}",
            ContentType="text/html; charset=utf-8",
            CacheControl="public, max-age=10",
            Metadata={META: str(number)},
        )

    def delete(self, key: str = INDEX) -> None:
        self.home.delete_object(Bucket=BUCKET, Key=key)

    def tell(self, *keys: str) -> list[str]:
        records = [
            {
                "messageId": key,
                "body": json.dumps({"detail-type": "Object Deleted", "detail": {"object": {"key": key}}}),
            }
            for key in keys
        ]
        answer = mirror.handler({"Records": records}, object())
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def there(self, key: str = INDEX) -> dict[str, Any] | None:
        if not self.away.list_objects_v2(Bucket=REPLICA, Prefix=key).get("Contents"):
            return None
        found = self.away.get_object(Bucket=REPLICA, Key=key)
        return {**found, "Text": found["Body"].read().decode()}


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    environment = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": HOME,
        "EDGE_BUCKET": "tocsin-edge",
        "CHECKS_BUCKETS": "{}",
        "COMMANDS_QUEUE_URLS": "{}",
        "PAGES_BUCKET": BUCKET,
        "PAGES_REPLICA_BUCKET": REPLICA,
        "PAGES_REPLICA_REGION": AWAY,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    pages._client.cache_clear()
    with mock_aws():
        yield Deployment()
    pages._client.cache_clear()


def test_a_document_is_carried_with_all_that_it_is_served_by(deployment: Deployment) -> None:
    deployment.publish(3)
    deployment.publish(0, "assets/status.0123.css")
    assert deployment.tell(INDEX, "assets/status.0123.css") == []
    found = deployment.there()
    assert found is not None
    assert (found["Text"], found["ContentType"]) == ("of 3", "text/html; charset=utf-8")
    assert (found["CacheControl"], found["Metadata"]) == ("public, max-age=10", {META: "3"})
    assert deployment.there("assets/status.0123.css") is not None


def test_an_older_one_never_comes_over_a_newer(deployment: Deployment) -> None:
    deployment.publish(5)
    deployment.tell(INDEX)
    deployment.publish(4)
    assert deployment.tell(INDEX) == []
    assert deployment.there()["Text"] == "of 5"


def test_what_is_gone_at_home_goes_and_what_is_told_twice_or_late_does_no_harm(deployment: Deployment) -> None:
    deployment.publish(1)
    deployment.tell(INDEX)
    deployment.delete()
    assert deployment.tell(INDEX, INDEX) == []
    assert deployment.there() is None
    assert deployment.tell(INDEX) == []
    deployment.publish(2)
    assert deployment.tell(INDEX) == []
    assert deployment.there()["Text"] == "of 2"


@pytest.mark.parametrize("before", ["HEAD", "GET", "PUT"])
def test_a_newer_one_that_arrives_meanwhile_stays(deployment: Deployment, before: str) -> None:
    deployment.publish(1)
    deployment.tell(INDEX)
    deployment.publish(2)
    with meanwhile(before, lambda: (deployment.publish(3), deployment.tell(INDEX))):
        assert deployment.tell(INDEX) == []
    assert deployment.there()["Text"] == "of 3"


@pytest.mark.parametrize("before", ["HEAD", "GET", "PUT"])
@pytest.mark.parametrize("first", [True, False])
def test_one_that_is_deleted_meanwhile_is_gone(deployment: Deployment, before: str, first: bool) -> None:
    deployment.publish(1)
    if not first:
        deployment.tell(INDEX)
        deployment.publish(2)
    with meanwhile(before, lambda: (deployment.delete(), deployment.tell(INDEX))):
        assert deployment.tell(INDEX) == []
    assert deployment.there() is None


@pytest.mark.parametrize("before", ["HEAD", "GET", "DELETE"])
def test_one_that_comes_back_meanwhile_is_there(deployment: Deployment, before: str) -> None:
    deployment.publish(1)
    deployment.tell(INDEX)
    deployment.delete()
    with meanwhile(before, lambda: (deployment.publish(2), deployment.tell(INDEX))):
        assert deployment.tell(INDEX) == []
    assert deployment.there()["Text"] == "of 2"


def test_what_cannot_be_carried_comes_again(deployment: Deployment) -> None:
    deployment.publish(1)
    deployment.away.delete_bucket(Bucket=REPLICA)
    assert deployment.tell(INDEX) == [INDEX]


def test_without_a_replica_nothing_is_carried(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAGES_REPLICA_BUCKET")
    deployment.publish(1)
    assert deployment.tell(INDEX) == []
    assert deployment.there() is None


def meanwhile(method: str, do: Callable[[], object]) -> Any:
    """Let something happen before the first request of a method."""
    left = [do]

    def answer(request: AWSPreparedRequest, send: Callable[[], Answer]) -> Answer:
        if request.method == method and left:
            left.pop()()
        return send()

    return intercepted(answer)
