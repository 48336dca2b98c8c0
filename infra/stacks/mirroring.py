"""What is published for the regions, and what carries it there: the rule, the names and the grants of `mirror`."""

from typing import Final, cast

from aws_cdk import Aws, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs

from infra.parts import regional
from infra.parts.channel import Channel, sending
from infra.parts.function import OutboundFunction
from infra.stages import Stage
from tocsin.contracts.checks import COMMAND_PREFIX, CONFIG_PREFIX

MIRRORED: Final = (CONFIG_PREFIX, COMMAND_PREFIX)
"""Of the home bucket, what regions are given."""


def environment(stack: Stack, stage: Stage, home: s3.Bucket) -> dict[str, str]:
    """Where `mirror` reads, and where it carries what it read."""
    return {
        "EDGE_BUCKET": home.bucket_name,
        "CHECKS_BUCKETS": regional.checks_buckets(stack, stage),
        "COMMANDS_QUEUE_URLS": regional.commands_urls(stack, stage, stage.checking.regions),
    }


def grant(mirror: OutboundFunction, stage: Stage, home: s3.Bucket) -> None:
    """It reads what was published, and writes each region's part to it, but nothing over what is newer there."""
    _allow(mirror, ["s3:GetObject"], *(home.arn_for_objects(f"{prefix}*") for prefix in MIRRORED))
    there = [f"arn:{Aws.PARTITION}:s3:::{regional.checks_bucket(stage, region)}" for region in stage.checking.regions]
    _allow(mirror, ["s3:GetObject", "s3:PutObject"], *(f"{bucket}/{CONFIG_PREFIX}*" for bucket in there))
    # without it S3 answers 403, not 404, for what was not written yet
    _allow(mirror, ["s3:ListBucket"], home.bucket_arn, *there)
    queues = [regional.queue_arn(stage, region, regional.commands(region)) for region in stage.checking.regions]
    _allow(mirror, sending(stage), *queues)


def tell(stack: Stack, stage: Stage, home: s3.Bucket, copies: Channel) -> None:
    """What is written for the regions comes to `mirror` by a queue, which keeps it while it can't be carried."""
    events.Rule(
        stack,
        "Written",
        rule_name=f"tocsin-{stage.name}-written",
        event_pattern=events.EventPattern(
            source=["aws.s3"],
            detail_type=["Object Created"],
            detail={
                "bucket": {"name": [home.bucket_name]},
                "object": {"key": [{"prefix": prefix} for prefix in MIRRORED]},
            },
        ),
        targets=[cast("events.IRuleTarget", targets.SqsQueue(cast("sqs.IQueue", copies.queue)))],
    )


def _allow(mirror: OutboundFunction, actions: list[str], *resources: str) -> None:
    iam.Grant.add_to_principal(grantee=mirror, actions=actions, resource_arns=list(resources))
