"""Log groups: named, kept as long as the stage says, and gone with the stack."""

from typing import cast

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.stages import Stage


def log_group(scope: Construct, construct_id: str, name: str, stage: Stage) -> logs.LogGroup:
    """A log group. CloudWatch encrypts all of them; a key of one's own would cost more than the logs."""
    made = logs.LogGroup(scope, construct_id, log_group_name=name, removal_policy=RemovalPolicy.DESTROY)
    cast("logs.CfnLogGroup", made.node.default_child).retention_in_days = stage.log_days
    return made
