"""The same as in infra/exceptions.py for status pages: what is done otherwise than cdk-nag's rules ask, and why."""

from typing import Final

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct

from infra.exceptions import ONE_PREFIX, PREFIX
from infra.stacks.application import Application
from infra.stacks.foundation import Foundation
from infra.stacks.pages import CARRIED, WRITTEN
from infra.stacks.replica import PagesReplica
from infra.stages import Stage

PAGES_BUCKET_EXPORT: Final = "ExportsOutputFnGetAttPages127DFD1AArn187CDF18"
UNWATCHED: Final = "One function writes it and CloudFront alone reads it: who reads a status page is nobody's business."


def acknowledge_pages(foundation: Foundation, application: Application, stage: Stage) -> None:
    """Say so of the bucket at home, its writers, and the distribution."""
    _except(foundation.pages_bucket, "S1", UNWATCHED)
    functions, front = application.functions, application.pages.front
    home = f"{foundation.stack_name}:{PAGES_BUCKET_EXPORT}"
    for prefix in WRITTEN:
        _except(functions.publish.own_role, f"IAM5[Resource::{home}/{prefix}*]", ONE_PREFIX)
    if stage.pages.replica_region is not None:
        there = f"arn:<AWS::Partition>:s3:::tocsin-{stage.name}-pages-<AWS::AccountId>-{stage.pages.replica_region}"
        for bucket in (home, there):
            for prefix in CARRIED:
                _except(functions.mirror.own_role, f"IAM5[Resource::{bucket}/{prefix}*]", ONE_PREFIX)
    _except(front, "CFR1", "A status page is for whoever depends on the service, wherever they are.")
    _except(front, "CFR2", "Behind it are documents alone, which caches answer; no request reaches a function.")
    _except(front, "CFR3", UNWATCHED)
    if stage.pages.certificate_arn is None:
        _except(front, "CFR4", "CloudFront chooses TLS for its own name; with a name of one's own it is TLS 1.2.")


def acknowledge_replica(replica: PagesReplica) -> None:
    """Say so of the bucket of the replica."""
    _except(replica.bucket, "S1", UNWATCHED)


def _except(construct: IConstruct, rule: str, reason: str) -> None:
    Validations.of(construct).acknowledge(Acknowledgment(id=f"{PREFIX}{rule}", reason=reason))
