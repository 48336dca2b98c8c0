"""The dashboard in the application: its bucket, what it is read through, and what it is told of the API."""

import json
from typing import Final

from aws_cdk import CfnOutput, RemovalPolicy, Stack
from aws_cdk import aws_s3 as s3
from constructs import IDependable

from infra.parts.dashboard_files import CONFIG, PARTS, DashboardFiles
from infra.parts.dashboard_front import DashboardFront
from infra.stages import Stage
from tocsin import __version__


class Dashboard:
    """Made before the app API, which lets its pages in; its files come last, once what they call is there."""

    def __init__(self, stack: Stack, stage: Stage, *, sockets: str) -> None:
        self._stack = stack
        self._stage = stage
        self.bucket: Final = s3.Bucket(
            stack,
            "Dashboard",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=not stage.is_local,
            removal_policy=RemovalPolicy.DESTROY if stage.is_local else RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )
        self.front: Final = DashboardFront(stack, stage, self.bucket, sockets=sockets)
        self.files: DashboardFiles | None = None
        CfnOutput(stack, "DashboardUrl", value=self.front.url)
        CfnOutput(stack, "DashboardBucket", value=self.bucket.bucket_name)
        if stage.dashboard.domain:
            record = f"{stage.dashboard.domain} CNAME {self.front.distribution.distribution_domain_name}"
            CfnOutput(stack, "DashboardRecord", value=record)

    @property
    def origins(self) -> list[str]:
        """The sites whose pages may call the API."""
        other = self._stage.dashboard.other_origin
        return list(dict.fromkeys([self.front.url, *([other] if other else [])]))

    def bring(self, api_url: str, *, after: IDependable) -> None:
        """Have the files brought; on one's own machine `make run` does it, by what is written here."""
        config = {"api": self._stage.dashboard.api_url or api_url, "version": __version__}
        if not self._stage.is_local:
            self.files = DashboardFiles(self._stack, self._stage, self.bucket, config, after=after)
            return
        parts = [{"only": part.only, "cache_control": part.cache_control} for part in PARTS]
        told = {"parts": parts, "config": {"name": CONFIG, "content": config}}
        CfnOutput(self._stack, "DashboardFiles", value=json.dumps(told))
