"""Status pages in the application: what writes them, what carries them on, and what they are read through."""

from collections.abc import Mapping
from typing import Final, cast

from aws_cdk import Aws, CfnOutput, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs

from infra.parts import regional
from infra.parts.channel import Channel
from infra.parts.page_front import PageFront
from infra.stacks.apis import Apis
from infra.stacks.functions import Functions
from infra.stages import Stage
from tocsin.contracts.page_objects import ASSETS_PREFIX, MANIFESTS_PREFIX, PAGES_PREFIX

CARRIED: Final = (PAGES_PREFIX, ASSETS_PREFIX)
"""Of the bucket, what its replica is given."""
WRITTEN: Final = (*CARRIED, MANIFESTS_PREFIX)


class Pages:
    """The distribution, and the words, grants and events that keep what it serves."""

    def __init__(
        self, stack: Stack, stage: Stage, *, bucket: s3.Bucket, functions: Functions, apis: Apis, copies: Channel
    ) -> None:
        self._stage = stage
        self._replica = regional.pages_replica(stage)
        form_url = stage.events_url or apis.ingest.url
        self.front: Final = PageFront(stack, stage, home=bucket.bucket_name, replica=self._replica, form_url=form_url)
        url = stage.pages.url or self.front.url
        by_slug = {slug: name for name, slug in stage.pages.domains.items()}
        where = {"PAGES_URL": url, "PAGE_DOMAINS": stack.to_json_string(by_slug)}
        _tell(functions.publish, {"PAGES_BUCKET": bucket.bucket_name, "SUBSCRIBE_URL": form_url, **where})
        _tell(functions.notify, {"EVENTS_URL": form_url})
        # where a form may lead back to
        origins = [url, *(f"https://{name}" for name in stage.pages.names)]
        _tell(functions.ingest, {"PAGE_ORIGINS": ",".join(dict.fromkeys(origins))})
        for teller in (functions.api, functions.sweep):
            _tell(teller, where)
        _let(functions.publish, ["s3:ListBucket"], bucket.bucket_arn)
        each = [bucket.arn_for_objects(f"{prefix}*") for prefix in (PAGES_PREFIX, MANIFESTS_PREFIX)]
        _let(functions.publish, ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], *each)
        # named by what it holds, an asset is written where there is none, and stays
        _let(functions.publish, ["s3:PutObject"], bucket.arn_for_objects(f"{ASSETS_PREFIX}*"))
        if self._replica is not None:
            self._carry(stack, functions.mirror, bucket, copies)
        CfnOutput(stack, "PagesUrl", value=url)
        CfnOutput(stack, "PagesDistribution", value=self.front.distribution.distribution_domain_name)
        for number, name in enumerate(stage.pages.names):
            record = f"{name} CNAME {self.front.distribution.distribution_domain_name}"
            CfnOutput(stack, f"PagesRecord{number}", value=record)

    def _carry(self, stack: Stack, mirror: lambda_.Function, bucket: s3.Bucket, copies: Channel) -> None:
        """Whatever is written and deleted comes to `mirror` by its queue, and from there to the replica."""
        region = self._stage.pages.replica_region
        replica = {"PAGES_REPLICA_BUCKET": str(self._replica), "PAGES_REPLICA_REGION": str(region)}
        _tell(mirror, {"PAGES_BUCKET": bucket.bucket_name, **replica})
        there = f"arn:{Aws.PARTITION}:s3:::{self._replica}"
        _let(mirror, ["s3:GetObject"], *(bucket.arn_for_objects(f"{prefix}*") for prefix in CARRIED))
        _let(mirror, ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], *(f"{there}/{prefix}*" for prefix in CARRIED))
        # without it S3 answers 403, not 404, for what is not there
        _let(mirror, ["s3:ListBucket"], bucket.bucket_arn, there)
        events.Rule(
            stack,
            "PagesTouched",
            rule_name=f"tocsin-{self._stage.name}-pages-touched",
            event_pattern=events.EventPattern(
                source=["aws.s3"],
                detail_type=["Object Created", "Object Deleted"],
                detail={
                    "bucket": {"name": [bucket.bucket_name]},
                    "object": {"key": [{"prefix": prefix} for prefix in CARRIED]},
                },
            ),
            targets=[cast("events.IRuleTarget", targets.SqsQueue(cast("sqs.IQueue", copies.queue)))],
        )


def _let(function: lambda_.Function, actions: list[str], *resources: str) -> None:
    iam.Grant.add_to_principal(grantee=function, actions=actions, resource_arns=list(resources))


def _tell(function: lambda_.Function, environment: Mapping[str, str]) -> None:
    for name, value in environment.items():
        function.add_environment(name, value)
