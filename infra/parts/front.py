"""CloudFront before an API, since WAF can't stand before an HTTP API itself (ADR 0011)."""

from typing import Final, cast

from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as targets
from constructs import Construct

from infra.parts.domain import ApiDomain, publish
from infra.stages import Domain, Firewall, Stage


class Front(Construct):
    """A distribution under the API's own name. It caches nothing and passes everything on, the host's name as well."""

    def __init__(self, scope: Construct, stage: Stage, domain: Domain, firewall: Firewall, behind: ApiDomain) -> None:
        super().__init__(scope, "Front")
        self.distribution: Final = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"tocsin {stage.name} {domain.name}",
            domain_names=[domain.name],
            certificate=acm.Certificate.from_certificate_arn(self, "Certificate", firewall.certificate_arn),
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_ALL,
            web_acl_id=firewall.acl_arn,
            default_behavior=cloudfront.BehaviorOptions(
                origin=cast(
                    "cloudfront.IOrigin",
                    origins.HttpOrigin(
                        behind.name.regional_domain_name,
                        protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
                        origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
                    ),
                ),
                allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
                cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
                # API Gateway finds the API by the host's name, and its certificate is for that name; of CloudFront's
                # own headers the viewer's address is read
                origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_AND_CLOUDFRONT_2022,
            ),
        )
        if stage.hosted_zone is not None:
            alias = targets.CloudFrontTarget(cast("cloudfront.IDistribution", self.distribution))
            publish(self, stage.hosted_zone, domain.name, cast("route53.IAliasRecordTarget", alias))
