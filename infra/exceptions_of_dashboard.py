"""The same as in infra/exceptions.py for the dashboard: what is done otherwise than cdk-nag's rules ask, and why."""

from typing import Final, cast

from aws_cdk import Acknowledgment, CfnElement, Stack, Validations
from constructs import IConstruct

from infra.exceptions import ONE_PREFIX, PREFIX, PYTHON
from infra.stacks.dashboard import Dashboard
from infra.stages import Stage

BY_CDK: Final = "CDK gives its own function this, which brings the dashboard's files at a deploy and does nothing else."
ACTIONS: Final = ("s3:GetBucket*", "s3:GetObject*", "s3:List*", "s3:Abort*", "s3:DeleteObject*")


def acknowledge_dashboard(dashboard: Dashboard, stage: Stage) -> None:
    """Say so of the bucket, the distribution, and the function that brings the files."""
    front, bucket = dashboard.front, dashboard.bucket
    _except(bucket, "S1", "It holds what anybody may read, and CloudFront alone reads it.")
    _except(front, "CFR1", "Whoever is on call may be anywhere in the world.")
    _except(front, "CFR2", "Behind it are files alone, which caches answer; no request reaches a function.")
    _except(front, "CFR3", "CloudFront's metrics count its requests; what people do is in the audit log.")
    if stage.dashboard.domain is None:
        _except(front, "CFR4", "CloudFront chooses TLS for its own name; with a name of one's own it is TLS 1.2.")
    if dashboard.files is not None:
        function = dashboard.files.function
        _except(function, "L1", PYTHON)
        _except(
            function,
            "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
            BY_CDK,
        )
        for action in ACTIONS:
            _except(function, f"IAM5[Action::{action}]", BY_CDK)
        stack = Stack.of(bucket)
        assets = f"arn:aws:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-{stack.region}"
        own = f"<{stack.get_logical_id(cast('CfnElement', bucket.node.default_child))}.Arn>"
        for resource in (assets, own):
            _except(function, f"IAM5[Resource::{resource}/*]", ONE_PREFIX)


def _except(construct: IConstruct, rule: str, reason: str) -> None:
    Validations.of(construct).acknowledge(Acknowledgment(id=f"{PREFIX}{rule}", reason=reason))
