"""The dashboard's files in their bucket: what is brought there at a deploy, and for how long each may be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from aws_cdk import AssetHashType
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_deployment as deployment
from constructs import Construct, IConstruct, IDependable

from infra import packages
from infra.parts.dashboard_front import ASSETS
from infra.parts.logs import log_group
from infra.stages import Stage

CONFIG: Final = "config.json"
"""What the dashboard is told at its start: where the API is."""
MEMORY_MB: Final = 512


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the files, all but `without` those of `only`, and what browsers and CloudFront are told of them."""

    name: str
    cache_control: str
    only: str | None = None
    without: str | None = None


PARTS: Final = (
    Part("Assets", "public, max-age=31536000, immutable", only=ASSETS),
    Part("Documents", "no-cache", without=ASSETS),
)
"""In this order: what a document names is there before it. What the document before it names stays."""


class DashboardFiles(Construct):
    """Brings the files by CDK's own function, which runs at a deploy that changes them and never else."""

    def __init__(
        self, scope: Construct, stage: Stage, bucket: s3.Bucket, config: Mapping[str, str], *, after: IDependable
    ) -> None:
        super().__init__(scope, "DashboardFiles")
        folder = packages.dashboard()
        files = deployment.Source.asset(str(folder), asset_hash=folder.name, asset_hash_type=AssetHashType.CUSTOM)
        written = log_group(self, "Logs", f"/tocsin/{stage.name}/dashboard-files", stage)
        # not escaped: what is known only at the deploy comes with quotes, which would be escaped as well
        told = deployment.Source.json_data(CONFIG, dict(config))
        before = after
        made: list[deployment.BucketDeployment] = []
        for part in PARTS:
            brought = deployment.BucketDeployment(
                self,
                part.name,
                destination_bucket=cast("s3.IBucket", bucket),
                sources=[files, told] if part.only is None else [files],
                exclude=["*"] if part.only else [str(part.without)],
                include=[part.only] if part.only else None,
                cache_control=[deployment.CacheControl.from_string(part.cache_control)],
                prune=False,
                memory_limit=MEMORY_MB,
                log_group=written,
                output_object_keys=False,
            )
            brought.node.add_dependency(before)
            before = brought
            made.append(brought)
        self.function: Final = cast("IConstruct", made[0].handler_role.node.scope)
