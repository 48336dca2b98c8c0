"""An HTTP API of API Gateway in front of functions, throttled and logged."""

import json
from collections.abc import Sequence
from typing import Final, cast

from aws_cdk import Duration, Tags
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.parts.domain import ApiDomain, Truststore
from infra.parts.front import Front
from infra.parts.logs import log_group
from infra.stages import Stage

LOGGED: Final = {
    "requestId": "$context.requestId",
    "at": "$context.requestTimeEpoch",
    "sourceIp": "$context.identity.sourceIp",
    "method": "$context.httpMethod",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latencyMs": "$context.responseLatency",
    "error": "$context.integrationErrorMessage",
}
"""Routes, never paths: routing keys and link tokens travel in paths."""

CORS_SENT: Final = ("authorization", "content-type", "idempotency-key", "if-match", "tocsin-organization")
CORS_READ: Final = (
    "allow", "content-disposition", "date", "etag", "idempotency-replayed", "link", "ratelimit", "ratelimit-policy",
    "retry-after", "x-request-id",
)  # fmt: skip


class HttpApi(Construct):
    """One API with its only stage; the routes are added by the stack. Pages of `origins` may call it."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        stage: Stage,
        trusted: Truststore | None = None,
        origins: Sequence[str] = (),
    ) -> None:
        super().__init__(scope, f"{name.capitalize()}Api")
        self._domain: Final = stage.domains.get(name)
        self.api: Final = gateway.HttpApi(
            self,
            "Api",
            api_name=f"tocsin-{stage.name}-{name}",
            create_default_stage=False,
            disable_execute_api_endpoint=self._domain is not None or None,
            cors_preflight=_cors(origins) if origins else None,
        )
        if name in stage.api_ids:
            Tags.of(self.api).add("ms-custom-id", stage.api_ids[name])
        written = log_group(self, "Logs", f"/aws/vendedlogs/tocsin/{stage.name}/{name}", stage)
        http_stage = gateway.HttpStage(
            self,
            "Stage",
            http_api=self.api,
            stage_name="$default",
            auto_deploy=True,
            throttle=_throttle(stage, name),
        )
        self.domain: Final = ApiDomain(self, self._domain, http_stage, trusted) if self._domain else None
        self.front: Final = (
            Front(self, stage, self._domain, stage.firewall, self.domain)
            if self._domain and self.domain and stage.firewall and not self._domain.is_mutual
            else None
        )
        if self._domain and self.domain and self.front is None and stage.hosted_zone is not None:
            self.domain.publish(stage.hosted_zone, self._domain.name)
        cast(
            "gateway.CfnStage", http_stage.node.default_child
        ).access_log_settings = gateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=written.log_group_arn, format=json.dumps(LOGGED)
        )

    @property
    def url(self) -> str:
        """The address that tools and people use."""
        return f"https://{self._domain.name}" if self._domain else self.api.api_endpoint

    def send(
        self,
        path: str,
        handler: lambda_.Function,
        *,
        methods: Sequence[gateway.HttpMethod] = (gateway.HttpMethod.ANY,),
        authorizer: gateway.IHttpRouteAuthorizer | None = None,
    ) -> list[gateway.HttpRoute]:
        """Give the requests of a path to a function, payload format 2.0; answers a route for each method."""
        return self.api.add_routes(
            path=path,
            methods=list(methods),
            integration=integrations.HttpLambdaIntegration(
                f"{handler.node.id}Integration",
                cast("lambda_.IFunction", handler),
                payload_format_version=gateway.PayloadFormatVersion.VERSION_2_0,
            ),
            authorizer=authorizer,
        )


def _cors(origins: Sequence[str]) -> gateway.CorsPreflightOptions:
    """What pages of these sites may send and read; no other site's, and never with cookies."""
    methods = gateway.CorsHttpMethod
    return gateway.CorsPreflightOptions(
        allow_origins=list(origins),
        allow_methods=[methods.GET, methods.POST, methods.PUT, methods.PATCH, methods.DELETE],
        allow_headers=list(CORS_SENT),
        expose_headers=list(CORS_READ),
        max_age=Duration.hours(1),
    )


def _throttle(stage: Stage, name: str) -> gateway.ThrottleSettings:
    if name == "app":
        return gateway.ThrottleSettings(rate_limit=stage.app_rate_per_second, burst_limit=stage.app_burst)
    return gateway.ThrottleSettings(rate_limit=stage.api_rate_per_second, burst_limit=stage.api_burst)
