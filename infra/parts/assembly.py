"""How a stage's templates and packages reach its account."""

from typing import cast

from aws_cdk import CliCredentialsStackSynthesizer, DefaultStackSynthesizer, IStackSynthesizer

from infra.stages import Stage


def synthesizer(stage: Stage) -> IStackSynthesizer:
    """By the roles of `cdk bootstrap`, or by a bucket of the stage's own."""
    if stage.asset_bucket is None:
        return cast("IStackSynthesizer", DefaultStackSynthesizer())
    return cast("IStackSynthesizer", CliCredentialsStackSynthesizer(file_assets_bucket_name=stage.asset_bucket))
