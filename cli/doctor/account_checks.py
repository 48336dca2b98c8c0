"""What the account allows: concurrency, mail, and connections that a proxy can't share."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from cli.doctor.deployment import Deployment
from cli.doctor.finding import Finding, fine, not_applicable, problem, unknown, warning

RESERVE: Final = 10
"""Concurrent calls to leave for the APIs, beside what the queues may use."""
BAD_DKIM: Final = ("PENDING", "FAILED", "TEMPORARY_FAILURE")
LOW_MAIL_QUOTA: Final = 0.8
PINNED_METRIC: Final = "DatabaseConnectionsCurrentlySessionPinned"


def concurrency(deployment: Deployment) -> Iterator[Finding]:
    """May as many functions run at once as the queues are allowed to start?"""
    limit = deployment.client("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
    pages = deployment.client("lambda").get_paginator("list_event_source_mappings").paginate()
    asked = sum(
        mapping.get("ScalingConfig", {}).get("MaximumConcurrency", 0)
        for page in pages
        for mapping in page["EventSourceMappings"]
        if f":{deployment.prefix}" in mapping.get("EventSourceArn", "")
    )
    said = f"the account allows {limit} concurrent functions, the queues may start {asked}"
    if limit < asked + RESERVE:
        yield problem(
            "concurrency",
            said,
            "Ask for more in Service Quotas (Lambda, Concurrent executions, L-B99A9384): 1,000 is usual and free.",
        )
    else:
        yield fine("concurrency", said)


def mail(deployment: Deployment) -> Iterator[Finding]:
    """May SES send to anyone, as the sender we use, and how much is left of today?"""
    account = deployment.client("sesv2").get_account()
    quota = account.get("SendQuota", {})
    most, sent = quota.get("Max24HourSend", 0), quota.get("SentLast24Hours", 0)
    if not account.get("SendingEnabled", True):
        yield problem("mail", "SES has paused sending for this account", "See the account's dashboard in SES.")
    elif not account.get("ProductionAccessEnabled", False):
        yield problem(
            "mail",
            "SES is in its sandbox: only verified addresses receive mail",
            "Request production access in the SES console; until then verify each address you page.",
        )
    elif most > 0 and sent > most * LOW_MAIL_QUOTA:
        yield warning("mail", f"{sent:.0f} of today's {most:.0f} mails are sent", "Ask SES for a higher quota.")
    else:
        yield fine("mail", f"{sent:.0f} of {most:.0f} mails sent in 24 hours" if most > 0 else "may send without limit")
    yield from _sender(deployment)


def _sender(deployment: Deployment) -> Iterator[Finding]:
    identity = deployment.outputs.get("MailIdentity")
    if identity is None:
        yield unknown("mail sender", "the stacks do not name the sender", "Deploy this version: `cdk deploy --all`.")
        return
    client = deployment.client("sesv2")
    try:
        found = client.get_email_identity(EmailIdentity=identity)
    except client.exceptions.NotFoundException:
        yield problem("mail sender", f"{identity} is not known to SES", f"Verify {identity} as an identity in SES.")
        return
    if not found.get("VerifiedForSendingStatus", False):
        yield problem("mail sender", f"{identity} is not verified", "Publish the DNS records that SES shows for it.")
    elif not deployment.endpoint_url and found.get("DkimAttributes", {}).get("Status") in BAD_DKIM:
        yield warning("mail sender", f"{identity} has no working DKIM", "Publish the CNAME records that SES shows.")
    else:
        yield fine("mail sender", f"{identity} is verified")


def pinned(deployment: Deployment) -> Iterator[Finding]:
    """Does RDS Proxy share its connections, or did a statement pin one to its session?"""
    proxy = deployment.outputs.get("ProxyName")
    if proxy is None:
        yield not_applicable("pinned connections", "this stage has no RDS Proxy")
        return
    now = datetime.now(UTC)
    points = deployment.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/RDS",
        MetricName=PINNED_METRIC,
        Dimensions=[{"Name": "ProxyName", "Value": proxy}],
        StartTime=now - timedelta(hours=1),
        EndTime=now,
        Period=300,
        Statistics=["Maximum"],
    )["Datapoints"]
    if not points:
        yield unknown("pinned connections", f"{proxy} reported nothing in the last hour", "Send an event, ask again.")
        return
    most = max(point["Maximum"] for point in points)
    if most > 0:
        yield problem(
            "pinned connections",
            f"{most:.0f} at once in the last hour",
            "See the proxy's log for the statement, and docs/runbook.md on pinned connections.",
        )
    else:
        yield fine("pinned connections", "none in the last hour")
