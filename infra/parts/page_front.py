"""CloudFront before the pages: where each path comes from, for how long it is kept, and what headers it goes with."""

from typing import Final, cast

from aws_cdk import Annotations, Duration
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as targets
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.edge_code import missing_path
from infra.parts import domain
from infra.parts.edge_functions import edge_function
from infra.stages import Stage

OPEN: Final = ("*/api/v2/*", "*/badges/*", "*/status.json", "*/history.atom", "*/history.rss", "*/maintenance.ics")
"""What other sites' pages and readers may take, below a slug or at the root of a domain."""
FAILED: Final = (403, 500, 502, 503, 504)
"""What the replica is asked after. Not 404: what was deleted at home may be in the replica for a moment longer."""
YEAR: Final = Duration.days(365)
OF_S3: Final = ("x-amz-meta-tocsin-number", "x-amz-server-side-encryption")
CONNECT_SECONDS: Final = 2
ERROR_SECONDS: Final = 5
MISSING_SECONDS: Final = 10


class PageFront(Construct):
    """The distribution of all pages, over the bucket at home and its replica, if there is one."""

    def __init__(self, scope: Construct, stage: Stage, *, home: str, replica: str | None, form_url: str) -> None:
        super().__init__(scope, "PageFront")
        self._stage = stage
        missing = missing_path()
        self.functions: Final = [
            cloudfront.FunctionAssociation(
                function=edge_function(self, stage, kind, missing),
                event_type=event_type,
            )
            for kind, event_type in (
                ("request", cloudfront.FunctionEventType.VIEWER_REQUEST),
                ("response", cloudfront.FunctionEventType.VIEWER_RESPONSE),
            )
        ]
        self._origin = self._origins(home, replica)
        self._cache = self._cache_policy()
        policy = content_security_policy(form_url)
        own, shared = (
            self._headers(name, policy, is_open=is_open) for name, is_open in (("Own", False), ("Open", True))
        )
        own_name = stage.pages.certificate_arn
        self.distribution: Final = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"tocsin {stage.name} status pages",
            domain_names=list(stage.pages.names) or None,
            certificate=acm.Certificate.from_certificate_arn(self, "Certificate", own_name) if own_name else None,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 if own_name else None,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_ALL,
            default_root_object="index.html",  # so that no request is one for the bucket itself
            default_behavior=self._behavior(own),
            additional_behaviors={
                "/assets/*": self._behavior(own, with_functions=False),
                **{path: self._behavior(shared) for path in OPEN},
            },
            error_responses=[
                cloudfront.ErrorResponse(
                    http_status=404,
                    response_http_status=404,
                    response_page_path=missing,
                    ttl=Duration.seconds(MISSING_SECONDS),
                ),
                *(
                    cloudfront.ErrorResponse(http_status=status, ttl=Duration.seconds(ERROR_SECONDS))
                    for status in FAILED
                ),
            ],
        )
        self._publish()

    @property
    def url(self) -> str:
        """What all pages are below, by their slugs."""
        return self._stage.pages.url or f"https://{self.distribution.distribution_domain_name}"

    def _origins(self, home: str, replica: str | None) -> cloudfront.IOrigin:
        first = self._bucket("Home", home, self._stage.region)
        region = self._stage.pages.replica_region
        if replica is None or region is None:
            return first
        return cast(
            "cloudfront.IOrigin",
            origins.OriginGroup(
                primary_origin=first,
                fallback_origin=self._bucket("Replica", replica, region),
                fallback_status_codes=list(FAILED),
            ),
        )

    def _bucket(self, name: str, bucket: str, region: str) -> cloudfront.IOrigin:
        """A bucket whose own policy lets CloudFront in, and which is therefore only named here."""
        found = s3.Bucket.from_bucket_attributes(self, name, bucket_name=bucket, region=region)
        Annotations.of(found).acknowledge_warning("@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac")
        control = cloudfront.S3OriginAccessControl(
            self, f"{name}Access", origin_access_control_name=f"tocsin-{self._stage.name}-pages-{name.lower()}"
        )
        return origins.S3BucketOrigin.with_origin_access_control(
            found,
            origin_access_control=cast("cloudfront.IOriginAccessControl", control),
            connection_attempts=1,
            connection_timeout=Duration.seconds(CONNECT_SECONDS),
        )

    def _cache_policy(self) -> cloudfront.CachePolicy:
        """Objects say themselves for how long; addresses differ by their path alone."""
        return cloudfront.CachePolicy(
            self,
            "Cache",
            cache_policy_name=f"tocsin-{self._stage.name}-pages",
            min_ttl=Duration.seconds(0),
            default_ttl=Duration.seconds(MISSING_SECONDS),
            max_ttl=YEAR,  # a lower one would bound for how long stale documents are served, too
            cookie_behavior=cloudfront.CacheCookieBehavior.none(),
            header_behavior=cloudfront.CacheHeaderBehavior.none(),
            query_string_behavior=cloudfront.CacheQueryStringBehavior.none(),
            enable_accept_encoding_gzip=True,
            enable_accept_encoding_brotli=True,
        )

    def _headers(self, name: str, policy: str, *, is_open: bool) -> cloudfront.ResponseHeadersPolicy:
        resource = "cross-origin" if is_open else "same-origin"
        custom = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": resource}
        return cloudfront.ResponseHeadersPolicy(
            self,
            name,
            response_headers_policy_name=f"tocsin-{self._stage.name}-pages-{name.lower()}",
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=policy, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override=True
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=YEAR, override=True
                ),
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(header=header, value=value, override=True)
                    for header, value in custom.items()
                ]
            ),
            cors_behavior=_anybody() if is_open else None,
            remove_headers=list(OF_S3),
        )

    def _behavior(
        self, headers: cloudfront.ResponseHeadersPolicy, *, with_functions: bool = True
    ) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=self._origin,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            cache_policy=self._cache,
            response_headers_policy=headers,
            function_associations=self.functions if with_functions else None,
            compress=True,
        )

    def _publish(self) -> None:
        """Lead to CloudFront those names that are in the operator's zone."""
        zone = self._stage.hosted_zone
        if zone is None:
            return
        for number, name in enumerate(self._stage.pages.names):
            if domain.is_within(name, zone):
                alias = targets.CloudFrontTarget(cast("cloudfront.IDistribution", self.distribution))
                record = cast("route53.IAliasRecordTarget", alias)
                domain.publish(Construct(self, f"Name{number}"), zone, name, record)


def content_security_policy(form_url: str) -> str:
    """Nothing but the page's own files, in no frame; its form may go to where subscribers are taken as well."""
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"form-action 'self' {form_url}/; base-uri 'none'; frame-ancestors 'none'"
    )


def _anybody() -> cloudfront.ResponseHeadersCorsBehavior:
    return cloudfront.ResponseHeadersCorsBehavior(
        access_control_allow_origins=["*"],
        access_control_allow_methods=["GET", "HEAD"],
        access_control_allow_headers=["*"],
        access_control_allow_credentials=False,
        origin_override=True,
    )
