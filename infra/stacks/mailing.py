"""Mail in the application: who may send it as whom, and how what comes back of it reaches `record`."""

from typing import Any, Final, cast

from aws_cdk import Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_ses as ses
from aws_cdk import aws_sqs as sqs

from infra.parts.channel import Channel
from infra.parts.function import OutboundFunction
from infra.stages import Stage

RETURNED: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "bounced": ("Email Bounced", {"bounce": {"bounceType": ["Permanent"]}}),
    "complained": ("Email Complaint Received", {}),
}
"""By the word of an outcome: SES's event, and of which ones it is said. What came back for now is no reason to stop."""


def connect(stack: Stack, stage: Stage, notify: OutboundFunction, outcomes: Channel) -> None:
    """Let `notify` send, and have SES say what came back of mail to subscribers.

    Only ids leave SES's event, which has the address in it: it stays in no queue, and inside functions never see it.
    """
    name = f"tocsin-{stage.name}-subscribers"
    told = ses.CfnConfigurationSet(stack, "SubscriberMail", name=name)
    bus = stack.format_arn(service="events", resource="event-bus", resource_name="default")
    destination = ses.CfnConfigurationSetEventDestination(
        stack,
        "ReturnedMail",
        configuration_set_name=name,
        event_destination=ses.CfnConfigurationSetEventDestination.EventDestinationProperty(
            name="returned",
            enabled=True,
            matching_event_types=["bounce", "complaint"],
            event_bridge_destination=ses.CfnConfigurationSetEventDestination.EventBridgeDestinationProperty(
                event_bus_arn=bus
            ),
        ),
    )
    destination.add_dependency(told)
    notify.add_environment("MAIL_CONFIGURATION_SET", name)
    for word in RETURNED:
        _hear(stack, stage, word, name, outcomes)
    # MiniStack doesn't tell a mail's identity when it evaluates a policy
    identity = stack.format_arn(service="ses", resource="identity", resource_name=stage.mail_identity)
    by_name = stack.format_arn(service="ses", resource="configuration-set", resource_name=name)
    iam.Grant.add_to_principal(
        grantee=notify,
        actions=["ses:SendEmail", "ses:SendRawEmail"],
        resource_arns=["*"] if stage.is_local else [identity, by_name],
    )


def _hear(stack: Stack, stage: Stage, word: str, configuration_set: str, outcomes: Channel) -> None:
    """One kind of what comes back, as the outcome of the mail that its tags name."""
    kind, more = RETURNED[word]
    tags = {
        "ses:configuration-set": [configuration_set],
        "mail": events.Match.exists(),
        "organization": events.Match.exists(),
    }
    message = {
        "org_id": events.EventField.from_path("$.detail.mail.tags.organization[0]"),
        "kind": "mail",
        "notification_id": events.EventField.from_path("$.detail.mail.tags.mail[0]"),
        "result": "permanent",
        "reason": word,
        "at": events.EventField.time,
    }
    events.Rule(
        stack,
        word.capitalize(),
        rule_name=f"tocsin-{stage.name}-mail-{word}",
        event_pattern=events.EventPattern(
            source=["aws.ses"], detail_type=[kind], detail={"mail": {"tags": tags}, **more}
        ),
        targets=[
            cast(
                "events.IRuleTarget",
                targets.SqsQueue(
                    cast("sqs.IQueue", outcomes.queue), message=events.RuleTargetInput.from_object(message)
                ),
            )
        ],
    )
