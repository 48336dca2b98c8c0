"""Is everything deployed, switched on, and watched by someone?"""

from collections.abc import Iterator
from typing import Final

from cli.doctor.deployment import Deployment
from cli.doctor.finding import Finding, fine, not_applicable, problem, unknown, warning
from tocsin import __version__

GOOD: Final = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE")
WENT_BACK: Final = ("UPDATE_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_COMPLETE")


def stacks(deployment: Deployment) -> Iterator[Finding]:
    """The state of each stack."""
    for stack in deployment.stacks:
        about = f"stack {stack.name}"
        if stack.status in GOOD:
            yield fine(about, stack.status)
        elif stack.status in WENT_BACK:
            yield warning(
                about,
                f"the last deploy failed and was rolled back ({stack.status}); the version before it works on",
                "Read the stack's events in CloudFormation, mend the cause, deploy again.",
            )
        elif stack.status.endswith("_IN_PROGRESS"):
            yield warning(about, f"a deploy is under way ({stack.status})", "Ask again when it has ended.")
        else:
            yield problem(
                about,
                f"{stack.status}: {stack.reason or 'no reason given'}",
                "Read the stack's events in CloudFormation. After ROLLBACK_COMPLETE delete the stack and deploy again.",
            )


def version(deployment: Deployment) -> Iterator[Finding]:
    """Is this tool of the version that is deployed?"""
    deployed = deployment.outputs.get("Version")
    if deployed is None:
        yield unknown("version", "the stacks do not tell their version", "Deploy this version: `cdk deploy --all`.")
    elif deployed != __version__:
        yield warning(
            "version",
            f"{deployed} is deployed, this tool is {__version__}",
            "Deploy this version, or use the tool of the checkout that was deployed.",
        )
    else:
        yield fine("version", deployed)


def triggers(deployment: Deployment) -> Iterator[Finding]:
    """Does every queue have a consumer that is switched on, and does the sweep's clock tick?"""
    found = [
        mapping
        for page in deployment.client("lambda").get_paginator("list_event_source_mappings").paginate()
        for mapping in page["EventSourceMappings"]
        if f":{deployment.prefix}" in mapping.get("EventSourceArn", "")
    ]
    off = sorted(m["EventSourceArn"].rsplit(":", 1)[-1] for m in found if m["State"] not in ("Enabled", "Updating"))
    if not found:
        yield problem("queue consumers", "no function consumes a queue", "Deploy again: `cdk deploy --all`.")
    elif off:
        yield problem("queue consumers", f"switched off: {', '.join(off)}", "Enable the event source mappings.")
    else:
        yield fine("queue consumers", f"{len(found)} switched on")
    rules = deployment.client("events").list_rules(NamePrefix=deployment.prefix)["Rules"]
    off = [rule["Name"] for rule in rules if rule["State"] != "ENABLED"]
    if not rules:
        yield problem("schedule", "no rule starts the sweep every minute", "Deploy again: `cdk deploy --all`.")
    elif off:
        yield problem("schedule", f"switched off: {', '.join(off)}", "Enable the rules in EventBridge.")
    else:
        yield fine("schedule", f"{len(rules)} switched on")


def dead_letters(deployment: Deployment) -> Iterator[Finding]:
    """Was a message given up?"""
    given_up: list[str] = []
    names = sorted(name for name in deployment.queues if name.endswith("-dlq"))
    for name in names:
        attributes = deployment.client("sqs").get_queue_attributes(
            QueueUrl=deployment.queues[name], AttributeNames=["ApproximateNumberOfMessages"]
        )["Attributes"]
        if number := int(attributes["ApproximateNumberOfMessages"]):
            given_up.append(f"{number} in {name}")
    if given_up:
        yield problem("dead letters", ", ".join(given_up), "See docs/runbook.md on dead letters: look, mend, redrive.")
    elif not names:
        yield problem("dead letters", "there are no dead-letter queues", "Deploy again: `cdk deploy --all`.")
    else:
        yield fine("dead letters", f"{len(names)} queues, all empty")


def alarms(deployment: Deployment) -> Iterator[Finding]:
    """Is an alarm ringing, and would anyone hear it?"""
    pages = deployment.client("cloudwatch").get_paginator("describe_alarms").paginate(AlarmNamePrefix=deployment.prefix)
    found = [alarm for page in pages for alarm in page.get("MetricAlarms", [])]
    ringing = sorted(alarm["AlarmName"] for alarm in found if alarm["StateValue"] == "ALARM")
    if ringing:
        yield problem("alarms", f"ringing: {', '.join(ringing)}", "See the alarm's section in docs/runbook.md.")
    elif not found:
        yield problem("alarms", "there are none", "Deploy again: `cdk deploy --all`.")
    else:
        yield fine("alarms", f"{len(found)}, none is ringing")
    yield from _listeners(deployment)


def _listeners(deployment: Deployment) -> Iterator[Finding]:
    topic = deployment.outputs.get("AlarmTopic")
    if topic is None:
        yield unknown("alarm listeners", "the stacks do not name the alarms' topic", "Deploy this version.")
        return
    if deployment.endpoint_url:
        yield not_applicable("alarm listeners", "an emulator has no alarms to hear")
        return
    pages = deployment.client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
    found = [subscription for page in pages for subscription in page["Subscriptions"]]
    waiting = [s["Endpoint"] for s in found if s["SubscriptionArn"] == "PendingConfirmation"]
    if len(found) == len(waiting):
        yield problem(
            "alarm listeners",
            f"nobody hears the alarms{f'; not yet confirmed: {", ".join(waiting)}' if waiting else ''}",
            "Confirm by the link in SNS's mail, or deploy with -c alarm_emails=you@example.com.",
        )
    elif waiting:
        yield warning("alarm listeners", f"not yet confirmed: {', '.join(waiting)}", "Use the link in SNS's mail.")
    else:
        yield fine("alarm listeners", f"{len(found)} confirmed")
