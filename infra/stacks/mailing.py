"""Mail in the application: who may send it as whom, and how what comes back of it reaches `record`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Heard:
    """Which of SES's events about mail with which tag are heard, and what `record` is told of each."""

    events: Sequence[str]
    tag: str
    kind: str
    reason: str
    only: Mapping[str, Any] = field(default_factory=dict[str, Any])


RETURNED: Final[Mapping[str, Heard]] = {
    "bounced": Heard(["Email Bounced"], "mail", "mail", "bounced", {"bounce": {"bounceType": ["Permanent"]}}),
    "complained": Heard(["Email Complaint Received"], "mail", "mail", "complained"),
    "page-returned": Heard(["Email Bounced", "Email Rejected"], "notification", "returned", "bounced"),
}
"""By the name of their rule. What came back for now is no reason to tell a subscriber no more, but a page is late by
then; who calls a page unwanted has read it.
"""


def connect(stack: Stack, stage: Stage, notify: OutboundFunction, outcomes: Channel) -> None:
    """Let `notify` send, and have SES say what came back of pages and of mail to subscribers.

    Only ids leave SES's event, which has the address in it: it stays in no queue, and inside functions never see it.
    """
    name = f"tocsin-{stage.name}-mail"
    told = ses.CfnConfigurationSet(stack, "Mail", name=name)
    bus = stack.format_arn(service="events", resource="event-bus", resource_name="default")
    destination = ses.CfnConfigurationSetEventDestination(
        stack,
        "ReturnedMail",
        configuration_set_name=name,
        event_destination=ses.CfnConfigurationSetEventDestination.EventDestinationProperty(
            name="returned",
            enabled=True,
            matching_event_types=["bounce", "complaint", "reject"],
            event_bridge_destination=ses.CfnConfigurationSetEventDestination.EventBridgeDestinationProperty(
                event_bus_arn=bus
            ),
        ),
    )
    destination.add_dependency(told)
    notify.add_environment("MAIL_CONFIGURATION_SET", name)
    for word, heard in RETURNED.items():
        _hear(stack, stage, (word, heard), name, outcomes)
    # MiniStack doesn't tell a mail's identity when it evaluates a policy
    identity = stack.format_arn(service="ses", resource="identity", resource_name=stage.mail_identity)
    by_name = stack.format_arn(service="ses", resource="configuration-set", resource_name=name)
    iam.Grant.add_to_principal(
        grantee=notify,
        actions=["ses:SendEmail", "ses:SendRawEmail"],
        resource_arns=["*"] if stage.is_local else [identity, by_name],
    )


def _hear(stack: Stack, stage: Stage, named: tuple[str, Heard], configuration_set: str, outcomes: Channel) -> None:
    """One kind of what comes back, as the outcome of the mail or page that its tags name."""
    word, heard = named
    tags = {
        "ses:configuration-set": [configuration_set],
        heard.tag: events.Match.exists(),
        "organization": events.Match.exists(),
    }
    message = {
        "org_id": events.EventField.from_path("$.detail.mail.tags.organization[0]"),
        "kind": heard.kind,
        "notification_id": events.EventField.from_path(f"$.detail.mail.tags.{heard.tag}[0]"),
        "result": "permanent",
        "reason": heard.reason,
        "at": events.EventField.time,
    }
    events.Rule(
        stack,
        word.title().replace("-", ""),
        rule_name=f"tocsin-{stage.name}-mail-{word}",
        event_pattern=events.EventPattern(
            source=["aws.ses"], detail_type=[*heard.events], detail={"mail": {"tags": tags}, **heard.only}
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
