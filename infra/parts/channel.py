"""A queue between two functions, with its dead-letter queue and its consumer."""

from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.stages import Stage

OUTAGE_SECONDS: Final = 15 * 60
MARGIN_SECONDS: Final = 10
BATCH: Final = 10
BY_BATCH: Final = "sqs:SendMessageBatch"
"""AWS has no such action, SendMessage covers it; MiniStack asks for it by name."""


class Channel(Construct):
    """One queue and its consumer.

    A message is hidden only as long as its consumer may run, and a little more: a page must not wait longer for a
    crash to be noticed. The usual six times the timeout make up for invocations refused for want of concurrency;
    MaximumConcurrency prevents those. `max_receives` lets messages outlast an outage of the database of 15 minutes.
    `longest_delay_seconds` is the longest delay that a message is sent with.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        stage: Stage,
        consumer_timeout_seconds: int,
        max_receives: int | None = None,
        longest_delay_seconds: int = 0,
    ) -> None:
        super().__init__(scope, name.capitalize())
        self.name: Final = name
        self.longest_delay_seconds: Final = longest_delay_seconds
        hidden = consumer_timeout_seconds + MARGIN_SECONDS
        self.dead_letters: Final = sqs.Queue(
            self,
            "DeadLetters",
            queue_name=f"tocsin-{stage.name}-{name}-dlq",
            retention_period=Duration.days(14),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=not stage.is_local,
        )
        self.queue: Final = sqs.Queue(
            self,
            "Queue",
            queue_name=f"tocsin-{stage.name}-{name}",
            # shorter than the dead letters': SQS counts their age from when they were first sent
            retention_period=Duration.days(4),
            visibility_timeout=Duration.seconds(hidden),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=not stage.is_local,
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=self.dead_letters, max_receive_count=max_receives or -(-OUTAGE_SECONDS // hidden)
            ),
        )
        self._stage = stage
        self._max_concurrency = stage.max_concurrency.get(name, 2)

    @property
    def url(self) -> str:
        """What senders are told."""
        return self.queue.queue_url

    def let_send(self, sender: lambda_.Function) -> None:
        """Let a function send to the queue."""
        let_send(self.queue, sender, self._stage)

    def feed(self, consumer: lambda_.Function) -> None:
        """Give the queue's messages to its one consumer, which answers message by message."""
        consumer.add_event_source(
            sources.SqsEventSource(
                self.queue,
                batch_size=BATCH,
                max_concurrency=self._max_concurrency,
                report_batch_item_failures=True,
            )
        )


def let_send(queue: sqs.Queue, sender: lambda_.Function, stage: Stage) -> None:
    """Let a function send to a queue."""
    queue.grant_send_messages(sender)
    if stage.is_local:
        queue.grant(sender, BY_BATCH)


def sending(stage: Stage) -> list[str]:
    """What sending to a queue of another region takes, which is granted by its name."""
    return ["sqs:SendMessage", *([BY_BATCH] if stage.is_local else [])]
