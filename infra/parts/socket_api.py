"""A WebSocket API of API Gateway in front of one function, throttled.

Without an access log: of WebSocket APIs CloudFormation refuses one where API Gateway has no role for the logs of the
whole account, which is not a deployment's to give. The function logs each event itself.
"""

from typing import Final, cast

from aws_cdk import Stack, Tags
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.stages import Stage

STAGE: Final = "live"


class SocketApi(Construct):
    """The API with its only stage; whatever comes goes to one function, whose answers go back over the socket."""

    def __init__(self, scope: Construct, name: str, *, stage: Stage, handler: lambda_.Function) -> None:
        super().__init__(scope, f"{name.capitalize()}Sockets")
        self._stage = stage
        self._id = stage.api_ids.get(name)

        def to_handler(what: str) -> integrations.WebSocketLambdaIntegration:
            return integrations.WebSocketLambdaIntegration(what, cast("lambda_.IFunction", handler))

        self.api: Final = gateway.WebSocketApi(
            self,
            "Api",
            api_name=f"tocsin-{stage.name}-{name}",
            route_selection_expression="$request.body.action",
            connect_route_options=gateway.WebSocketRouteOptions(integration=to_handler("Connect")),
            disconnect_route_options=gateway.WebSocketRouteOptions(integration=to_handler("Disconnect")),
            default_route_options=gateway.WebSocketRouteOptions(
                integration=to_handler("Frame"),
                # MiniStack always returns answers, and knows no resource that says so
                return_response=None if stage.is_local else True,
            ),
        )
        if self._id is not None:
            Tags.of(self.api).add("ms-custom-id", self._id)
        self._deployed = gateway.WebSocketStage(
            self,
            "Stage",
            web_socket_api=self.api,
            stage_name=STAGE,
            auto_deploy=True,
            throttle=gateway.ThrottleSettings(rate_limit=stage.app_rate_per_second, burst_limit=stage.socket_burst),
        )

    @property
    def url(self) -> str:
        """Where clients connect, without the ticket."""
        return self._emulated.replace("http", "ws", 1) if self._emulated else self._deployed.url

    @property
    def endpoint(self) -> str:
        """Where connections are managed."""
        return self._emulated or self._deployed.callback_url

    def let_post(self, sender: lambda_.Function) -> None:
        """Let a function post to connections and close them."""
        arns = [
            Stack.of(self).format_arn(
                service="execute-api", resource=self.api.api_id, resource_name=f"{STAGE}/{method}/@connections/*"
            )
            for method in ("POST", "DELETE")
        ]
        iam.Grant.add_to_principal(grantee=sender, actions=["execute-api:ManageConnections"], resource_arns=arns)

    @property
    def _emulated(self) -> str | None:
        if self._stage.gateway_url is None or self._id is None:
            return None
        return f"{self._stage.gateway_url}/_aws/execute-api/{self._id}/{STAGE}"
