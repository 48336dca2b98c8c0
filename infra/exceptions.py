"""What cdk-nag's AwsSolutions rules ask for and this application does otherwise, each with its reason."""

from typing import Final

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct

from infra.stacks.application import Application
from infra.stacks.foundation import Foundation

PREFIX: Final = "AwsSolutions::AwsSolutions-"
EDGE_BUCKET_EXPORT: Final = "ExportsOutputFnGetAttEdge7038544FArnB639DF8D"


def acknowledge(foundation: Foundation, application: Application) -> None:
    """Say so to the validation, rule by rule and resource by resource."""
    _except(
        foundation.edge_bucket,
        "S1",
        "Two functions reach this bucket, and their own logs tell every request. Access logs would need a second "
        "bucket that costs more than what they watch.",
    )
    documents = f"IAM5[Resource::{foundation.stack_name}:{EDGE_BUCKET_EXPORT}/edge/*]"
    reason = "The documents under one prefix are the least that can be granted; their names are chosen later."
    for function in (application.functions.ingest, application.functions.publish):
        _except(application.node.find_child(f"{function.node.id}Role"), documents, reason)
    for function in application.functions.all():
        _except(function, "L1", "Python 3.13 is what the dependencies are locked to and tests run on.")
    _except(
        application.pings,
        "SQS3",
        "Nobody consumes this queue: a ping that is not read within five minutes is of no use to anyone.",
    )
    _except(
        application.ingest_api,
        "APIG4",
        "The tools that send events bring their routing key in the body, the path or a header, as their protocol "
        "wants it; the function verifies it.",
    )
    for route in application.link_routes:
        _except(
            route,
            "APIG4",
            "A link from a notification is its own authorization: a random token, single-purpose and expiring, that "
            "the function verifies.",
        )


def _except(construct: IConstruct, rule: str, reason: str) -> None:
    Validations.of(construct).acknowledge(Acknowledgment(id=f"{PREFIX}{rule}", reason=reason))
