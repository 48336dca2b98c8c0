"""What checkov asks of resources and is done otherwise here, each with its reason, written into the template."""

from collections.abc import Mapping
from typing import Any, Final, cast

from aws_cdk import CfnResource
from constructs import IConstruct

CONCURRENCY: Final = "Reserved by setting alone: an account with the limit of new ones refuses any reservation."
WAYS_OUT: Final = "What it is given comes from a queue with dead letters, or from a caller who waits for the answer."
NAMES: Final = "It holds names and addresses. Secrets are read from Secrets Manager, by ARN."
REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "AWS::Lambda::Function": {
        "CKV_AWS_115": CONCURRENCY,
        "CKV_AWS_116": WAYS_OUT,
        "CKV_AWS_173": NAMES,
    },
    "AWS::Logs::LogGroup": {
        "CKV_AWS_158": "CloudWatch encrypts it. A key of our own would cost more than the logs, which hold no secret.",
    },
    "AWS::SQS::Queue": {
        "CKV_AWS_27": "It is encrypted by SQS; checkov knows only keys of KMS, each of whose uses is paid for.",
    },
    "AWS::S3::Bucket": {
        "CKV_AWS_18": "Two functions reach it, and their logs tell every request.",
        "CKV_AWS_21": "Its documents are written anew every minute from the database; old ones are of no use.",
    },
    "AWS::SNS::Topic": {
        "CKV_AWS_26": "CloudWatch can't publish to a topic under the key that AWS manages; an alarm tells no secret.",
    },
    "AWS::SecretsManager::Secret": {
        "CKV_AWS_149": "Encrypted by the key that AWS manages. Its readers are in this account, and named in roles.",
    },
    "AWS::RDS::DBInstance": {
        "CKV_AWS_118": "The metrics of CloudWatch carry every alarm; enhanced monitoring is paid for as logs.",
    },
    "AWS::CloudFront::Distribution": {
        "CKV_AWS_86": "API Gateway logs every request that passes, and WAF counts those that do not.",
    },
    "AWS::WAFv2::WebACL": {
        "CKV_AWS_192": "An alert about an attack quotes it: what looks like one is counted, never refused.",
    },
}
ONE_ZONE: Final = {
    "CKV_AWS_157": "This stage has one zone for the price of it, and says so; events are kept while it is away."
}
OUTSIDE: Final = {"CKV_AWS_117": "It is on the internet, and therefore not in the network of the database."}
READ_BY_ANYBODY: Final = {
    "CKV_AWS_68": "Behind it are documents alone, which caches answer; no request reaches a function.",
    "CKV_AWS_86": "Who reads a status page is nobody's business.",
    "CKV_AWS_174": "CloudFront chooses TLS for its own name; with a name of one's own it is TLS 1.2.",
}
DASHBOARD: Final = {
    **READ_BY_ANYBODY,
    "CKV_AWS_86": "CloudFront's metrics count its requests; what people do is in the audit log.",
}
DASHBOARDS_FILES: Final = {
    "CKV_AWS_18": "It holds what anybody may read, and CloudFront alone reads it.",
    "CKV_AWS_21": "Its files are made from a checkout; those of the version before stay beside the new ones.",
}
SOCKETS: Final = {
    "CKV_AWS_95": "API Gateway writes it by a role of the whole account; the function behind logs every event."
}
JOINS: Final = {
    "CKV_AWS_111": "Lambda joins a network with these actions, which know no resources; the function itself is denied."
}


def acknowledge(root: IConstruct) -> None:
    """Write the reasons to every resource below a construct that they apply to."""
    for construct in root.node.find_all():
        if CfnResource.is_cfn_resource(construct):
            table = cast("CfnResource", construct)
            reasons = {**REASONS.get(table.cfn_resource_type, {}), **_by_place(table)}
            if reasons:
                table.add_metadata("checkov", {"skip": [{"id": k, "comment": v} for k, v in reasons.items()]})


def _by_place(table: CfnResource) -> Mapping[str, str]:
    """What depends on where a resource is."""
    properties: Any = table
    if table.cfn_resource_type == "AWS::Lambda::Function" and properties.vpc_config is None:
        return OUTSIDE
    if table.cfn_resource_type == "AWS::IAM::Policy" and "ec2:CreateNetworkInterface" in str(
        table.stack.resolve(properties.policy_document)
    ):
        return JOINS
    if table.cfn_resource_type == "AWS::CloudFront::Distribution" and "/PageFront/" in table.node.path:
        return READ_BY_ANYBODY
    if table.cfn_resource_type == "AWS::CloudFront::Distribution" and "/DashboardFront/" in table.node.path:
        return DASHBOARD
    if table.cfn_resource_type == "AWS::S3::Bucket" and table.node.path.endswith("/Dashboard/Resource"):
        return DASHBOARDS_FILES
    if table.cfn_resource_type == "AWS::ApiGatewayV2::Stage" and "/LiveSockets/" in table.node.path:
        return SOCKETS
    if table.cfn_resource_type == "AWS::RDS::DBInstance" and not properties.multi_az:
        return ONE_ZONE
    return {}
