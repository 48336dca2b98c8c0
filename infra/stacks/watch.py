"""The watcher of a deployment, in another region: a page every minute, and an alarm of its own when none comes."""

from typing import Final, cast

from aws_cdk import CfnOutput, Duration, Environment, RemovalPolicy, Stack
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.parts.alarms import Alarms, let_alarms_publish
from infra.parts.assembly import synthesizer
from infra.parts.function import OutboundFunction
from infra.parts.http_api import HttpApi
from infra.stages import Stage

SECONDS: Final = 30
NOT_CONNECTED: Final = "{}"


class Watch(Stack):
    """All the watcher has: it shares nothing with what it watches but the name that events are sent to."""

    def __init__(self, scope: Construct, stage: Stage, *, region: str, ingest_url: str) -> None:
        super().__init__(
            scope,
            f"tocsin-{stage.name}-watch",
            description="Tocsin: watches the deployment from another region",
            env=Environment(region=region),
            synthesizer=synthesizer(stage),
        )
        topic = sns.Topic(self, "WatchAlarms", topic_name=f"tocsin-{stage.name}-watch-alarms", enforce_ssl=True)
        let_alarms_publish(topic)
        for address in stage.alarm_emails:
            topic.add_subscription(cast("sns.ITopicSubscription", subscriptions.EmailSubscription(address)))
        self.connection: Final = secretsmanager.Secret(
            self,
            "Connection",
            secret_name=f"tocsin-{stage.name}-watch-connection",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=NOT_CONNECTED, generate_string_key="unused"
            ),
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.function: Final = OutboundFunction(
            self,
            "watch",
            stage=stage,
            timeout_seconds=SECONDS,
            environment={"INGEST_URL": ingest_url, "CONNECTION_SECRET_ARN": self.connection.secret_arn},
        )
        self.connection.grant_read(self.function)
        api = HttpApi(self, "watch", stage=stage)
        self.routes: Final = api.send("/", self.function, methods=[gateway.HttpMethod.POST])
        events.Rule(
            self,
            "WatchEveryMinute",
            rule_name=f"tocsin-{stage.name}-watch-every-minute",
            schedule=events.Schedule.rate(Duration.minutes(1)),
            targets=[cast("events.IRuleTarget", targets.LambdaFunction(cast("lambda_.IFunction", self.function)))],
        )
        alarms = Alarms(self, stage, cast("sns.ITopic", topic))
        alarms.watch_round_trips()
        alarms.watch_function("watch", self.function)
        CfnOutput(self, "PageUrl", value=f"{api.url}/")
        CfnOutput(self, "ConnectionSecret", value=self.connection.secret_arn)
