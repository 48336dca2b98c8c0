"""Something that a function does during every deploy that changes what it is made from."""

from collections.abc import Mapping
from typing import Final, cast

from aws_cdk import CustomResource, custom_resources
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.parts.logs import log_group
from infra.stages import Stage


class DeployStep(Construct):
    """A custom resource by CDK's Provider, whose framework answers CloudFormation from outside the network.

    The function is called when `made_from` or `more` changes; on deletion it is called too, and does nothing.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        stage: Stage,
        function: lambda_.Function,
        made_from: str,
        more: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(scope, f"{name.capitalize()}Step")
        self.function: Final = function
        self.provider: Final = custom_resources.Provider(
            self,
            "Provider",
            on_event_handler=cast("lambda_.IFunction", function),
            log_group=log_group(self, "Logs", f"/tocsin/{stage.name}/{name}-provider", stage),
        )
        self.resource: Final = CustomResource(
            self,
            "Resource",
            service_token=self.provider.service_token,
            resource_type=f"Custom::Tocsin{name.capitalize()}",
            properties={"MadeFrom": made_from, **(more or {})},
        )
