"""The replica of the pages, in a region of its own: read where home's bucket can't be."""

from typing import Final

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.parts import regional
from infra.parts.assembly import synthesizer
from infra.parts.pages_bucket import pages_bucket
from infra.stages import Stage


class PagesReplica(Stack):
    """A bucket. Home knows it by its name alone, and its stack needs nothing of home's."""

    def __init__(self, scope: Construct, stage: Stage, region: str) -> None:
        super().__init__(
            scope,
            f"tocsin-{stage.name}-pages-{region}",
            description=f"Tocsin: the replica of status pages in {region}",
            env=Environment(region=region),
            synthesizer=synthesizer(stage),
        )
        self.bucket: Final[s3.Bucket] = pages_bucket(self, "PagesReplica", stage, regional.pages_replica(stage))
        CfnOutput(self, "ReplicaBucket", value=self.bucket.bucket_name)
