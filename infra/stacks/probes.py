"""The checks of one region: what it reads, who checks, and where results wait when home can't be reached."""

from collections.abc import Sequence
from itertools import batched
from typing import Final, cast

from aws_cdk import CfnElement, CfnOutput, Duration, Environment, RemovalPolicy, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.parts import regional
from infra.parts.alarms import Alarms, let_alarms_publish
from infra.parts.assembly import synthesizer
from infra.parts.channel import Channel, sending
from infra.parts.function import Code, OutboundFunction
from infra.stacks.foundation import Foundation
from infra.stages import Stage

CHECK_SECONDS: Final = 210
"""A minute of ticks, both tries of a minute each that the last of them may take, and what is left to send."""
BUFFER_DAYS: Final = 14
TARGETS: Final = 5
"""Of a rule, as many as EventBridge allows."""
EVERY_MINUTE: Final = "cron(* * * * ? *)"
"""On the minute, where a rate would count from when the rule was made."""
CONFIGURATION: Final = "checks/*"
BUFFER: Final = "buffer/*"


class Probes(Stack):
    """One region's stack. It knows the others and home by their names alone, and works without any of them."""

    def __init__(self, scope: Construct, stage: Stage, region: str, foundation: Foundation) -> None:
        super().__init__(
            scope,
            f"tocsin-{stage.name}-probes-{region}",
            description=f"Tocsin: checks from {region}",
            env=Environment(region=region),
            synthesizer=synthesizer(stage),
        )
        self._stage = stage
        self.region_name: Final = region
        self.bucket: Final = self._bucket()
        self.channel: Final = Channel(
            self, regional.commands(region), stage=stage, consumer_timeout_seconds=CHECK_SECONDS
        )
        self.function: Final = self._function()
        self.channel.feed(self.function)
        self._let_open(foundation)
        self._grant()
        self._schedule()
        alarms = Alarms(self, stage, cast("sns.ITopic", self._topic(foundation)))
        alarms.watch_queue(self.channel)
        alarms.watch_function(f"check-{region}", self.function)
        alarms.watch_checks(region, self.function)
        self.bucket_id: Final = self.get_logical_id(cast("CfnElement", self.bucket.node.default_child))
        CfnOutput(self, "ChecksBucket", value=self.bucket.bucket_name)

    def _bucket(self) -> s3.Bucket:
        local = self._stage.is_local
        return s3.Bucket(
            self,
            f"Checks-{self.region_name}",
            bucket_name=regional.checks_bucket(self._stage, self.region_name),
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=not local,
            lifecycle_rules=[s3.LifecycleRule(prefix="buffer/", expiration=Duration.days(BUFFER_DAYS))],
            removal_policy=RemovalPolicy.DESTROY if local else RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )

    def _function(self) -> OutboundFunction:
        stage, region = self._stage, self.region_name
        key = stage.seal_private_key_file
        return OutboundFunction(
            self,
            f"check-{region}",
            stage=stage,
            timeout_seconds=CHECK_SECONDS,
            memory_mb=stage.checking.memory_mb,
            environment={
                "CHECK_REGION": region,
                "HOME_REGION": stage.region,
                "CHECKS_BUCKET": self.bucket.bucket_name,
                **self._home(),
                "COMMANDS_QUEUE_URLS": regional.commands_urls(self, stage, self._others()),
                "OUTBOUND_ALLOWED_NETWORKS": stage.outbound_allowed_networks,
                **({"HAS_IPV6": "yes"} if stage.checking.ipv6 else {}),
                **({"SEAL_PRIVATE_KEY_FILE": key} if key else {}),
            },
            code=Code("check"),
        )

    def _home(self) -> dict[str, str]:
        """Where what it finds goes."""
        stage = self._stage
        if not stage.checking.by_mutual_tls:
            return {"RESULTS_QUEUE_URL": regional.queue_url(stage, stage.region, "results")}
        return {"HOME_URL": stage.probes_url or "", "ENROLL_FUNCTION": regional.enroll_name(stage)}

    def _others(self) -> Sequence[str]:
        return [region for region in self._stage.checking.regions if region != self.region_name]

    def _let_open(self, foundation: Foundation) -> None:
        """Let the function open the secrets of monitors: at home by the deployment's key, elsewhere by a copy of it."""
        primary = self._stage.checking.seal_key_arn
        if self.region_name == self._stage.region or primary is None:
            foundation.keys.let_open(self.function)
            return
        root = cast("iam.IPrincipal", iam.AccountRootPrincipal())
        copy = kms.CfnReplicaKey(
            self,
            f"SealKey-{self.region_name}",
            primary_key_arn=primary,
            description="Tocsin: opens the secrets of monitors",
            pending_window_in_days=7,
            key_policy=iam.PolicyDocument(
                statements=[iam.PolicyStatement(principals=[root], actions=["kms:*"], resources=["*"])]
            ),
        )
        copy.apply_removal_policy(RemovalPolicy.DESTROY)
        _allow(self.function, ["kms:Decrypt"], copy.attr_arn)
        self.function.add_environment("SEAL_KMS_KEY_ID", copy.attr_arn)

    def _grant(self) -> None:
        stage, bucket = self._stage, self.bucket
        _allow(self.function, ["s3:GetObject"], bucket.arn_for_objects(CONFIGURATION))
        # what waits is found by listing; and without it S3 answers 403, not 404, for what was not written yet
        _allow(self.function, ["s3:ListBucket"], bucket.bucket_arn)
        _allow(self.function, ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], bucket.arn_for_objects(BUFFER))
        queues = [regional.queue_arn(stage, other, regional.commands(other)) for other in self._others()]
        if stage.checking.by_mutual_tls:
            _allow(self.function, ["lambda:InvokeFunction"], regional.enroll_arn(stage, self.region_name))
        else:
            queues.append(regional.queue_arn(stage, stage.region, "results"))
        if queues:
            _allow(self.function, sending(stage), *queues)

    def _schedule(self) -> None:
        """Each minute, all shards; the instant it was due is home's clock to the function."""
        for number, shards in enumerate(batched(range(self._stage.checking.shards), TARGETS, strict=False)):
            events.Rule(
                self,
                f"EveryMinute{number}-{self.region_name}",
                rule_name=f"tocsin-{self._stage.name}-checks-{number}-{self.region_name}",
                schedule=events.Schedule.expression(EVERY_MINUTE),
                targets=[cast("events.IRuleTarget", self._target(shard)) for shard in shards],
            )

    def _target(self, shard: int) -> targets.LambdaFunction:
        told = {"shard": shard, "time": events.EventField.time}
        function = cast("lambda_.IFunction", self.function)
        return targets.LambdaFunction(function, event=events.RuleTargetInput.from_object(told))

    def _topic(self, foundation: Foundation) -> sns.Topic:
        """Who hears its alarms, which AWS wants in the same region."""
        if self.region_name == self._stage.region:
            return foundation.alarms
        name = f"tocsin-{self._stage.name}-checks-alarms-{self.region_name}"
        topic = sns.Topic(self, f"Alarms-{self.region_name}", topic_name=name, enforce_ssl=not self._stage.is_local)
        let_alarms_publish(topic)
        for address in self._stage.alarm_emails:
            topic.add_subscription(cast("sns.ITopicSubscription", subscriptions.EmailSubscription(address)))
        return topic


def _allow(function: OutboundFunction, actions: Sequence[str], *resources: str) -> None:
    iam.Grant.add_to_principal(grantee=function, actions=list(actions), resource_arns=list(resources))
