"""CloudFront before the dashboard's files: for how long they are kept, and what headers they go with."""

from typing import Final, cast

from aws_cdk import Duration
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as targets
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.edge_code import EDGE
from infra.parts import domain
from infra.stages import Stage

YEAR: Final = Duration.days(365)
ASSETS: Final = "assets/*"
"""What is named by what it holds."""
OF_S3: Final = ("x-amz-server-side-encryption",)
ERROR_SECONDS: Final = 5
CONNECT_SECONDS: Final = 2
CONNECT_ATTEMPTS: Final = 2
PERMISSIONS: Final = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class DashboardFront(Construct):
    """The distribution over one bucket, made before the app API, which lets no other site's pages in than this.

    `sockets` is the origin of the WebSocket API.
    """

    def __init__(self, scope: Construct, stage: Stage, bucket: s3.Bucket, *, sockets: str) -> None:
        super().__init__(scope, "DashboardFront")
        self._stage = stage
        found = stage.dashboard
        name = f"tocsin-{stage.name}-dashboard"
        origin = self._origin(bucket, name)
        cache, headers = self._cache_policy(name), self._headers(name, sockets)
        self.distribution: Final = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"tocsin {stage.name} dashboard",
            domain_names=[found.domain] if found.domain else None,
            certificate=acm.Certificate.from_certificate_arn(self, "Certificate", found.certificate_arn)
            if found.certificate_arn
            else None,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 if found.domain else None,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_ALL,
            default_root_object="index.html",  # so that no request is one for the bucket itself
            default_behavior=_behavior(origin, cache, headers, self._request(name)),
            additional_behaviors={f"/{ASSETS}": _behavior(origin, cache, headers)},
            error_responses=[
                cloudfront.ErrorResponse(http_status=status, ttl=Duration.seconds(ERROR_SECONDS))
                for status in (403, 404, 500, 502, 503, 504)
            ],
        )
        zone = stage.hosted_zone
        if zone is not None and found.domain and domain.is_within(found.domain, zone):
            alias = targets.CloudFrontTarget(cast("cloudfront.IDistribution", self.distribution))
            domain.publish(self, zone, found.domain, cast("route53.IAliasRecordTarget", alias))

    @property
    def url(self) -> str:
        """Where the dashboard is found, which is also the origin of its pages."""
        return self._stage.dashboard.url or f"https://{self.distribution.distribution_domain_name}"

    def _origin(self, bucket: s3.Bucket, name: str) -> cloudfront.IOrigin:
        """The bucket; listing is what makes S3 say that a file is missing, and no request gets as far as a list."""
        control = cloudfront.S3OriginAccessControl(self, "Access", origin_access_control_name=name)
        return origins.S3BucketOrigin.with_origin_access_control(
            cast("s3.IBucket", bucket),
            origin_access_control=cast("cloudfront.IOriginAccessControl", control),
            origin_access_levels=[cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
            connection_attempts=CONNECT_ATTEMPTS,
            connection_timeout=Duration.seconds(CONNECT_SECONDS),
        )

    def _request(self, name: str) -> list[cloudfront.FunctionAssociation]:
        function = cloudfront.Function(
            self,
            "Request",
            function_name=f"{name}-request",
            comment=f"Tocsin {self._stage.name}: dashboard, viewer request",
            code=cloudfront.FunctionCode.from_inline((EDGE / "dashboard.js").read_text()),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return [
            cloudfront.FunctionAssociation(
                function=cast("cloudfront.IFunction", function),
                event_type=cloudfront.FunctionEventType.VIEWER_REQUEST,
            )
        ]

    def _cache_policy(self, name: str) -> cloudfront.CachePolicy:
        """Files say themselves for how long; addresses differ by their path alone."""
        return cloudfront.CachePolicy(
            self,
            "Cache",
            cache_policy_name=name,
            min_ttl=Duration.seconds(0),
            default_ttl=Duration.seconds(0),
            max_ttl=YEAR,
            cookie_behavior=cloudfront.CacheCookieBehavior.none(),
            header_behavior=cloudfront.CacheHeaderBehavior.none(),
            query_string_behavior=cloudfront.CacheQueryStringBehavior.none(),
            enable_accept_encoding_gzip=True,
            enable_accept_encoding_brotli=True,
        )

    def _headers(self, name: str, sockets: str) -> cloudfront.ResponseHeadersPolicy:
        custom = {
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": PERMISSIONS,
        }
        policy = content_security_policy(self._stage, sockets)
        return cloudfront.ResponseHeadersPolicy(
            self,
            "Headers",
            response_headers_policy_name=name,
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=policy, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    # an invitation's token is in the path
                    referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER,
                    override=True,
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
            remove_headers=list(OF_S3),
        )


def content_security_policy(stage: Stage, sockets: str) -> str:
    """Nothing but the dashboard's own files, in no frame; it may speak to `_called` alone."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self' {' '.join(_called(stage, sockets))}; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; manifest-src 'self'"
    )


def _called(stage: Stage, sockets: str) -> list[str]:
    """The API, the user pool, and the API of those who watch.

    What API Gateway calls the first is not known yet here, since it is told of the distribution: without a name of the
    operator's own it is whatever API Gateway serves in the region (ADR 0032).
    """
    if stage.gateway_url is not None:
        return [stage.gateway_url, stage.gateway_url.replace("http", "ws", 1)]
    app, region = stage.domains.get("app"), stage.region
    sso = [stage.sso.url(region)] if stage.sso else []
    return [
        f"https://{app.name if app else f'*.execute-api.{region}.amazonaws.com'}",
        f"https://cognito-idp.{region}.amazonaws.com",
        sockets,
        *sso,
    ]


def _behavior(
    origin: cloudfront.IOrigin,
    cache: cloudfront.CachePolicy,
    headers: cloudfront.ResponseHeadersPolicy,
    functions: list[cloudfront.FunctionAssociation] | None = None,
) -> cloudfront.BehaviorOptions:
    return cloudfront.BehaviorOptions(
        origin=origin,
        allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD,
        viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cache_policy=cast("cloudfront.ICachePolicy", cache),
        response_headers_policy=cast("cloudfront.IResponseHeadersPolicy", headers),
        function_associations=functions,
        compress=True,
    )
