"""What regions know of each other: names that are made of the stage's and the region's, since no stack may wait for one
in another region.
"""

from collections.abc import Iterable

from aws_cdk import Aws, Stack
from constructs import IConstruct

from infra.stages import Stage


def queue_name(stage: Stage, queue: str) -> str:
    """The full name of a queue."""
    return f"tocsin-{stage.name}-{queue}"


def queue_url(stage: Stage, region: str, queue: str) -> str:
    """What senders in any region are told."""
    host = stage.gateway_url or f"https://sqs.{region}.{Aws.URL_SUFFIX}"
    return f"{host}/{Aws.ACCOUNT_ID}/{queue_name(stage, queue)}"


def queue_arn(stage: Stage, region: str, queue: str) -> str:
    """What senders in any region are granted."""
    return f"arn:{Aws.PARTITION}:sqs:{region}:{Aws.ACCOUNT_ID}:{queue_name(stage, queue)}"


def commands(region: str) -> str:
    """The queue of what a region is to check at once."""
    return f"commands-{region}"


def commands_urls(scope: IConstruct, stage: Stage, regions: Iterable[str]) -> str:
    """The URLs of these regions' queues as JSON, by region."""
    return Stack.of(scope).to_json_string({region: queue_url(stage, region, commands(region)) for region in regions})


def checks_bucket(stage: Stage, region: str) -> str:
    """The bucket that a region reads what to check from, and keeps results in that home did not take."""
    return f"tocsin-{stage.name}-checks-{Aws.ACCOUNT_ID}-{region}"


def checks_buckets(scope: IConstruct, stage: Stage) -> str:
    """The buckets of all regions as JSON, by region."""
    regions = stage.checking.regions
    return Stack.of(scope).to_json_string({region: checks_bucket(stage, region) for region in regions})


def enroll_name(stage: Stage) -> str:
    """The function at home that signs certificates."""
    return f"tocsin-{stage.name}-enroll"


def enroll_arn(stage: Stage, region: str) -> str:
    """What a region is granted to ask for its certificate: the alias named like it, and no other region's."""
    return f"arn:{Aws.PARTITION}:lambda:{stage.region}:{Aws.ACCOUNT_ID}:function:{enroll_name(stage)}:{region}"


def pages_replica(stage: Stage) -> str | None:
    """The bucket that pages are carried to, if they are."""
    region = stage.pages.replica_region
    return None if region is None else f"tocsin-{stage.name}-pages-{Aws.ACCOUNT_ID}-{region}"
