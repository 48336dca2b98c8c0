"""What outlives every deployment: the network, the database, the bucket for documents, the keys, the people."""

from typing import Final, cast

from aws_cdk import CfnOutput, Duration, Environment, RemovalPolicy, Stack
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.parts.alarms import Alarms, let_alarms_publish
from infra.parts.assembly import synthesizer
from infra.parts.database import AdministeredDatabase, Entrance, ExistingDatabase, LocalEntrance, ManagedDatabase
from infra.parts.keys import deployment_keys
from infra.parts.network import InsideNetwork
from infra.parts.pages_bucket import pages_bucket
from infra.parts.people import People
from infra.stages import ExistingServer, LocalServer, ManagedServer, Stage
from tocsin.contracts.checks import COMMAND_PREFIX
from tocsin.contracts.probes import COMMANDS_PREFIX

COMMANDS: Final = (COMMAND_PREFIX, COMMANDS_PREFIX)
"""What is of no use a few minutes later."""


class Foundation(Stack):
    """The stateful stack. On one's own machine there is neither network nor database in it."""

    def __init__(self, scope: Construct, stage: Stage) -> None:
        super().__init__(
            scope,
            f"tocsin-{stage.name}-foundation",
            description="Tocsin: what is kept",
            env=Environment(region=stage.region),
            synthesizer=synthesizer(stage),
        )
        self.edge_bucket: Final = s3.Bucket(
            self,
            "Edge",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=not stage.is_local,
            versioned="probes" in stage.domains,  # API Gateway takes a truststore in one of its versions
            lifecycle_rules=[
                *(s3.LifecycleRule(prefix=prefix, expiration=Duration.days(1)) for prefix in COMMANDS),
                s3.LifecycleRule(noncurrent_version_expiration=Duration.days(1)),
            ],
            removal_policy=RemovalPolicy.DESTROY if stage.is_local else RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )
        self.pages_bucket: Final = pages_bucket(self, "Pages", stage)
        for told in (self.edge_bucket, self.pages_bucket):
            _tell_of_writes(told)
        self.alarms: Final = sns.Topic(
            self, "Alarms", topic_name=f"tocsin-{stage.name}-alarms", enforce_ssl=not stage.is_local
        )
        let_alarms_publish(self.alarms)
        for address in stage.alarm_emails:
            self.alarms.add_subscription(cast("sns.ITopicSubscription", subscriptions.EmailSubscription(address)))
        self.keys: Final = deployment_keys(self, stage, cast("s3.IBucket", self.edge_bucket))
        self.people: Final = People(self, stage)
        self.network: Final = InsideNetwork(self, stage, stage.network) if stage.network else None
        self.database: AdministeredDatabase | None = None
        self.managed: ManagedDatabase | None = None
        self.entrance: Final = self._entrance(stage)
        if self.managed is not None:
            Alarms(self, stage, cast("sns.ITopic", self.alarms)).watch_database(self.managed)
        CfnOutput(self, "EdgeBucket", value=self.edge_bucket.bucket_name)
        CfnOutput(self, "PagesBucket", value=self.pages_bucket.bucket_name)
        CfnOutput(self, "AlarmTopic", value=self.alarms.topic_arn)

    def _entrance(self, stage: Stage) -> Entrance:
        """The database of the stage, or the way into the one that is there."""
        match stage.server, self.network:
            case LocalServer() as server, _:
                return LocalEntrance(server)
            case ExistingServer() as server, InsideNetwork() as network:
                self.database = ExistingDatabase(self, stage.name, server, network)
            case ManagedServer() as server, InsideNetwork() as network:
                self.database = self.managed = ManagedDatabase(self, stage, server, network)
                CfnOutput(self, "DatabaseInstance", value=self.managed.instance.instance_identifier)
                if self.managed.proxy is not None:
                    CfnOutput(self, "ProxyName", value=self.managed.proxy.db_proxy_name)
            case _:
                msg = f"stage {stage.name} has a server in AWS and no network"
                raise TypeError(msg)
        return self.database


def _tell_of_writes(bucket: s3.Bucket) -> None:
    """Have EventBridge told of what is written. CDK's own way is a function that does it after the bucket was made."""
    told = s3.CfnBucket.EventBridgeConfigurationProperty(event_bridge_enabled=True)
    table = cast("s3.CfnBucket", bucket.node.default_child)
    table.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(event_bridge_configuration=told)
