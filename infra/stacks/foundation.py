"""What outlives every deployment: the bucket for documents, and the secrets."""

from typing import Final

from aws_cdk import CfnOutput, RemovalPolicy, Stack
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.parts.assembly import synthesizer
from infra.stages import Stage


class Foundation(Stack):
    """The stateful stack.

    The secrets hold JSON and PEM that Secrets Manager can't make by itself. They are inputs, found by their fixed
    names: whoever deploys the stage writes them first.
    """

    def __init__(self, scope: Construct, stage: Stage) -> None:
        super().__init__(
            scope, f"tocsin-{stage.name}-foundation", description="Tocsin: what is kept", synthesizer=synthesizer(stage)
        )
        self.edge_bucket: Final = s3.Bucket(
            self,
            "Edge",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=not stage.is_local,
            removal_policy=RemovalPolicy.DESTROY if stage.is_local else RemovalPolicy.RETAIN,
        )
        self.mac_keys: Final = secretsmanager.Secret.from_secret_name_v2(
            self, "MacKeys", f"tocsin-{stage.name}-mac-keys"
        )
        self.seal_public_key: Final = secretsmanager.Secret.from_secret_name_v2(
            self, "SealPublicKey", f"tocsin-{stage.name}-seal-public-key"
        )
        self.alarms: Final = sns.Topic(
            self, "Alarms", topic_name=f"tocsin-{stage.name}-alarms", enforce_ssl=not stage.is_local
        )
        CfnOutput(self, "EdgeBucket", value=self.edge_bucket.bucket_name)
