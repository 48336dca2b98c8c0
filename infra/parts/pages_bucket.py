"""A bucket of pages: written by one function, and read by CloudFront alone."""

from typing import cast

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.stages import Stage
from tocsin.contracts.page_objects import ASSETS_PREFIX, PAGES_PREFIX

SERVED = (f"{PAGES_PREFIX}*", f"{ASSETS_PREFIX}*")
"""Of the bucket, what anybody may read by CloudFront; manifests are nobody's business."""


def pages_bucket(scope: Construct, name: str, stage: Stage, bucket_name: str | None = None) -> s3.Bucket:
    """The bucket, with what CloudFront may do in it.

    The distribution can't be named, being made after one of the buckets and in another region than the other: any of
    the account's may read what anybody may. Listing is what makes S3 say that an object is missing, and not forbidden;
    no request gets as far as a list, since none for the bucket itself comes through the distribution.
    """
    bucket = s3.Bucket(
        scope,
        name,
        bucket_name=bucket_name,
        encryption=s3.BucketEncryption.S3_MANAGED,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        enforce_ssl=not stage.is_local,
        removal_policy=RemovalPolicy.DESTROY if stage.is_local else RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    )
    by_cloudfront = cast("iam.IPrincipal", iam.ServicePrincipal("cloudfront.amazonaws.com"))
    ours = {
        "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
        "ArnLike": {"aws:SourceArn": f"arn:{Aws.PARTITION}:cloudfront::{Aws.ACCOUNT_ID}:distribution/*"},
    }
    for action, resources in (
        ("s3:GetObject", [bucket.arn_for_objects(part) for part in SERVED]),
        ("s3:ListBucket", [bucket.bucket_arn]),
    ):
        bucket.add_to_resource_policy(
            iam.PolicyStatement(actions=[action], principals=[by_cloudfront], resources=resources, conditions=ours)
        )
    return bucket
