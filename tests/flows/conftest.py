"""A flow: one organization, the handlers wired together, time in the test's hand."""

from collections.abc import Generator

import boto3
import pytest
from moto import mock_aws

from tests.support import flow as flows
from tests.support.flow import Flow
from tests.support.world import World


@pytest.fixture
def flow(world: World, monkeypatch: pytest.MonkeyPatch) -> Generator[Flow]:
    """Everything between a request and a mail."""
    with mock_aws():
        built = flows.build(world, monkeypatch)
        s3 = boto3.client("s3", region_name="eu-central-1")
        for bucket in flows.BUCKETS:
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        yield built
        flows.close(world)
