"""What must not happen unnoticed. Every alarm has its section in docs/runbook.md; its name begins with the heading.

Only of single metrics: a sum of several would cost as much, and not say which of them it was.
"""

from dataclasses import dataclass
from typing import Final, cast

from aws_cdk import Aws, Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.parts.channel import Channel
from infra.parts.database import ManagedDatabase
from infra.parts.http_api import HttpApi
from infra.stages import Stage

RUNBOOK: Final = "docs/runbook.md"
WAIT_SECONDS: Final = 60
"""What a message may wait beyond the delay it was sent with. After its third receipt SQS counts it no more."""
PROMISED_MS: Final = 35_000
"""A lost timer is made good within 35 s (architecture.md)."""
UNSENT_MS: Final = 120_000
CRASHES: Final = 3
FAILURES: Final = 3
"""Of what comes again by itself: one that fails once is made good within a minute."""
MISSED: Final = 10
"""A process that starts may leave out a tick or two."""
LONG_SWEEP_MS: Final = 45_000
SMS_SHARE: Final = 0.8
BUSY_PERCENT: Final = 80
CONNECTIONS_SHARE: Final = 0.9
FREE_SHARE: Final = 0.08
"""RDS adds storage when a tenth is left; below that it did not."""


@dataclass(frozen=True, slots=True)
class When:
    """When an alarm rings: a statistic at or above a threshold (or below it) in each of the latest `periods`."""

    metric: cloudwatch.Metric
    threshold: float
    periods: int = 1
    below: bool = False
    silence_rings: bool = False


class Alarms(Construct):
    """The alarms of one stage, all told to one topic, when they ring and when they are over."""

    def __init__(self, scope: Construct, stage: Stage, topic: sns.ITopic) -> None:
        super().__init__(scope, "Alarmed")
        self._stage = stage
        self._told = cast("cloudwatch.IAlarmAction", actions.SnsAction(topic))

    def watch_pages(self) -> None:
        """Whether pages go out, and in time."""
        self._add(
            "no-sweep",
            "No sweep ended for 3 minutes: lost timers are not made good.",
            When(self._own("sweep", "Sweeps", "Sum", minutes=1), 1, periods=3, below=True, silence_rings=True),
        )
        self._add(
            "unsent-pages",
            "A page has not been tried for two minutes, although it was sent anew.",
            When(self._own("sweep", "UnsentPageAge", "Maximum", minutes=1), UNSENT_MS),
        )
        for service in ("escalate", "sweep"):
            self._add(
                "late-steps",
                "Steps of escalations are taken later than a lost timer explains.",
                When(self._own(service, "StepLateness", "p99", minutes=5), PROMISED_MS),
                of=service,
            )
        self._add(
            "late-pages",
            "Pages are first tried later than a lost message explains.",
            When(self._own("notify", "PageLateness", "p99", minutes=5), PROMISED_MS),
        )
        self._add(
            "unclaimed-pages",
            "Pages went out unclaimed, since claim could not be asked: some may come twice.",
            When(self._own("notify", "PagesUnclaimed", "Sum", minutes=5), 1),
        )
        self._add(
            "left-undone",
            "The sweep could not make something good: a row that breaks it is tried again every time.",
            When(self._own("sweep", "SweptFailed", "Sum", minutes=5), 1),
        )
        for service in ("process", "verdict", "escalate", "record", "publish", "live"):
            self._add(
                "rejected-messages",
                "Messages could not be understood, and were kept in the table rejected_message.",
                When(self._own(service, "MessagesRejected", "Sum", minutes=5), 1),
                of=service,
            )

        self._add(
            "silent-region",
            "Nothing came from a region that checks for 4 minutes: it may check, and reaches home no more.",
            When(self._own("sweep", "RegionsSilent", "Sum", minutes=5), 1),
        )

    def watch_status_pages(self) -> None:
        """Whether the public reads what is, and each region has what was published for it."""
        self._add(
            "unpublished-status",
            "Status pages could not be published: the public reads what was before.",
            When(self._own("publish", "PagesFailed", "Sum", minutes=5), FAILURES),
        )
        self._add(
            "failed-copies",
            "What was published could not be carried to other regions.",
            When(self._own("mirror", "CopiesFailed", "Sum", minutes=5), FAILURES),
        )

    def watch_round_trips(self) -> None:
        """Whether the watcher's pages come back to it, and soon."""
        self._add(
            "no-watch-pages",
            "No page came back to the watcher for 3 minutes: perhaps nobody is paged.",
            When(
                self._own("watch", "WatchPagesReceived", "Sum", minutes=1), 1, periods=3, below=True, silence_rings=True
            ),
        )
        self._add(
            "slow-watch-pages",
            "Pages come back to the watcher later than a lost message explains.",
            When(self._own("watch", "WatchRoundTrip", "p99", minutes=5), PROMISED_MS),
        )

    def watch_queue(self, channel: Channel) -> None:
        """Whether a queue's messages are taken, and none is given up."""
        minute = Duration.minutes(1)
        self._add(
            "queue-age",
            f"Messages of {channel.name} are not taken.",
            When(
                channel.queue.metric_approximate_age_of_oldest_message(period=minute),
                channel.longest_delay_seconds + WAIT_SECONDS,
            ),
            of=channel.name,
        )
        self._add(
            "dead-letters",
            f"Messages of {channel.name} were given up.",
            When(channel.dead_letters.metric_approximate_number_of_messages_visible(period=minute), 1),
            of=channel.name,
        )

    def watch_function(self, name: str, function: lambda_.Function) -> None:
        """Whether a function ends as it should."""
        errors = function.metric_errors(period=Duration.minutes(5))
        self._add("crashes", f"The function {name} fails or runs out of time.", When(errors, CRASHES), of=name)

    def watch_checks(self, region: str, check: lambda_.Function) -> None:
        """Whether a region checks at all."""
        calls = check.metric_invocations(period=Duration.minutes(1), statistic="Sum")
        self._add(
            "no-checks",
            f"Nothing was checked from {region} for 3 minutes.",
            When(calls, 1, periods=3, below=True, silence_rings=True),
            of=region,
        )
        self._add(
            "blind-region",
            f"{region} reaches nothing: the control addresses fail too. Its results count as unknown.",
            When(self._own("check", "RegionBlind", "Sum", minutes=1), 1, periods=3),
            of=region,
        )
        self._add(
            "missed-checks",
            f"Checks that were due in {region} were not done: it has more monitors than it can keep up with.",
            When(self._own("check", "ChecksMissed", "Sum", minutes=5), MISSED, periods=3),
            of=region,
        )
        if self._stage.checking.by_mutual_tls:
            self._add(
                "rejected-messages",
                f"Home will never take what was sent from {region}: it is lost, and the log says why.",
                When(self._own("check", "BatchesRejected", "Sum", minutes=5), 1),
                of=region,
            )

    def watch_sweep(self, sweep: lambda_.Function) -> None:
        """Whether there is more to make good than a minute has room for."""
        duration = sweep.metric_duration(period=Duration.minutes(5), statistic="Maximum")
        self._add("long-sweeps", "A sweep takes nearly as long as it may.", When(duration, LONG_SWEEP_MS))

    def watch_account(self) -> None:
        """What belongs to the whole account: Lambda's concurrency, and what SMS cost."""
        throttles = _metric("AWS/Lambda", "Throttles", "Sum", minutes=5)
        self._add("throttles", "Lambda refused to run functions of this account and region.", When(throttles, 1))
        self._add(
            "sms-spend",
            f"SMS have cost four fifths of the {self._stage.sms_monthly_usd} USD that they may cost in a month.",
            When(
                # the sum of the month so far, of the account in this region
                _metric("AWS/SMSVoice", "TextMessageMonthlySpend", "Maximum", minutes=5),
                self._stage.sms_monthly_usd * SMS_SHARE,
            ),
        )

    def watch_api(self, name: str, api: HttpApi, *, errors: int) -> None:
        """Whether an API answers that it failed."""
        metric = api.api.metric_server_error(period=Duration.minutes(5), statistic="Sum")
        self._add("api-errors", f"The API {name} answers 5xx.", When(metric, errors), of=name)

    def watch_database(self, database: ManagedDatabase) -> None:
        """Whether the instance has room, and whether its proxy can share connections."""
        instance, server, five = database.instance, database.server, Duration.minutes(5)
        self._add(
            "database-storage",
            "The database's storage is nearly full, and did not grow.",
            When(
                instance.metric_free_storage_space(period=five, statistic="Minimum"),
                server.storage_gb * 10**9 * FREE_SHARE,
                below=True,
            ),
        )
        self._add(
            "database-cpu",
            "The database has been busy for a quarter of an hour.",
            When(instance.metric_cpu_utilization(period=five), BUSY_PERCENT, periods=3),
        )
        self._add(
            "database-connections",
            "Nearly all connections that the database allows are open.",
            When(
                instance.metric_database_connections(period=five, statistic="Maximum"),
                int(server.connections * CONNECTIONS_SHARE),
            ),
        )
        if database.proxy is not None:
            pinned = _metric(
                "AWS/RDS",
                "DatabaseConnectionsCurrentlySessionPinned",
                "Sum",
                minutes=1,
                dimensions={"ProxyName": database.proxy.db_proxy_name},
            )
            self._add("pinned-connections", "The proxy can't share a connection: it is pinned.", When(pinned, 1))

    def _own(self, service: str, name: str, statistic: str, *, minutes: int) -> cloudwatch.Metric:
        """A metric that our own code writes."""
        return _metric(self._stage.metrics_namespace, name, statistic, minutes=minutes, dimensions={"service": service})

    def _add(self, section: str, meaning: str, when: When, *, of: str | None = None) -> None:
        name = f"{section}-{of}" if of else section
        alarm = cloudwatch.Alarm(
            self,
            "".join(word.capitalize() for word in name.split("-")),
            alarm_name=f"tocsin-{self._stage.name}-{name}",
            alarm_description=f"{meaning} What to do: {RUNBOOK}#{section}",
            metric=when.metric,
            threshold=when.threshold,
            evaluation_periods=when.periods,
            comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
            if when.below
            else cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.BREACHING
            if when.silence_rings
            else cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(self._told)
        alarm.add_ok_action(self._told)


def _metric(
    namespace: str, name: str, statistic: str, *, minutes: int, dimensions: dict[str, str] | None = None
) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace=namespace,
        metric_name=name,
        statistic=statistic,
        period=Duration.minutes(minutes),
        dimensions_map=dimensions,
    )


def let_alarms_publish(topic: sns.Topic) -> None:
    """A topic with a policy of its own has lost SNS's default one, by which alarms of the account may publish."""
    topic.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[cast("iam.IPrincipal", iam.ServicePrincipal("cloudwatch.amazonaws.com"))],
            actions=["sns:Publish"],
            resources=[topic.topic_arn],
            conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
        )
    )
