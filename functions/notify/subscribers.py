"""What subscribers of status pages are sent: asked to confirm, and told of reports, by mail, webhook or Slack."""

import json
from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from itertools import accumulate
from typing import Any, Final

from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

from functions.notify import subscriber_mails
from functions.notify.channels import email, slack
from functions.notify.channels.base import DeliveryFailed, Means, Receipt, post
from functions.notify.subscriber_mails import Links
from tocsin.contracts.mail import MailMessage
from tocsin.contracts.subscriber_mail import Receiver, ReportWords, SubscriptionWords
from tocsin.domain.address import is_email
from tocsin.domain.status_page import ReportKind
from tocsin.platform import clock, threads

TOLD: Final = "status_report.updated"
ASKED: Final = "subscription.created"
MAX_BYTES: Final = 20_000
"""Standard Webhooks asks for bodies below it."""
CUTS: Final = ((20_000, 200), (8_000, 50), (3_000, 20), (1_000, 5))
"""Of a report, how many characters of its text and how many of its components are told: the first that fits."""
SLACK_TEXT: Final = 2_800
"""Slack takes 3,000 characters in a section, with its own escapes."""
type Words = SubscriptionWords | ReportWords


async def send(message: MailMessage, opened: Mapping[str, str], means: Means, events_url: str | None) -> Receipt:
    """Send one; raises DeliveryFailed, or ValidationError for what is none."""
    if events_url is None:
        raise DeliveryFailed("not_configured", "EVENTS_URL", permanent=False)
    receiver, now = Receiver.model_validate(opened), clock.now()
    model = ReportWords if message.kind == "report" else SubscriptionWords
    words: Words = model.model_validate_json(message.words or "")
    links = Links(events_url, receiver.token)
    match receiver.channel:
        case "email":
            return await _mailed(message, receiver, words, links, means, now)
        case "webhook":
            return await _called(message, receiver, words, links, means, now)
        case "slack":
            body = json.dumps(blocks(words, links), ensure_ascii=False).encode()
            await slack.post_message(means, receiver.address, body, now)
            return Receipt()


async def _mailed(
    message: MailMessage, receiver: Receiver, words: Words, links: Links, means: Means, now: datetime
) -> Receipt:
    if not is_email(receiver.address):
        raise DeliveryFailed("bad_address", permanent=True)
    mail = subscriber_mails.compose(message, receiver.address, words, links, means.mail_from, now)
    tags = {"mail": str(message.mail_id), "organization": str(message.org_id)}
    return await threads.run(
        email.send, means.ses, means.mail_from, mail, receiver.address, tags, means.configuration_set
    )


async def _called(
    message: MailMessage, receiver: Receiver, words: Words, links: Links, means: Means, now: datetime
) -> Receipt:
    try:
        signer = Webhook(receiver.secret or "")
    except (ValueError, RuntimeError, EmptyWebhookSecretError) as error:
        raise DeliveryFailed("bad_secret", type(error).__name__, permanent=True) from error
    message_id, body = str(message.mail_id), payload(receiver, words, links, now)
    headers = {
        "content-type": "application/json",
        "user-agent": "Tocsin",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signer.sign(message_id, now, body),
    }
    await post(means, receiver.address, body.encode(), headers, now)
    return Receipt(message_id)


def payload(receiver: Receiver, words: Words, links: Links, now: datetime) -> str:
    """The body of a webhook, by Standard Webhooks; what a report says has the names of Statuspage's webhooks."""
    meta: dict[str, Any] = {"unsubscribe": links.unsubscribe, "manage": links.manage}
    if isinstance(words, SubscriptionWords):
        secret = {"signing_secret": receiver.secret} if receiver.is_secret_told else {}
        data: dict[str, Any] = {"meta": {**meta, **secret}, "page": {"name": words.page_name}}
        return _standard(ASKED, now, data | {"kinds": words.kinds, "components": words.components})
    page = {"id": str(words.page_id), "name": words.page_name, "url": words.page_url}
    told = [
        _standard(TOLD, now, {"meta": meta, "page": page, "incident": _incident(words, most, named)})
        for most, named in CUTS
    ]
    return next((text for text in told if len(text.encode()) < MAX_BYTES), told[-1])


def _standard(kind: str, now: datetime, data: dict[str, Any]) -> str:
    return json.dumps({"type": kind, "timestamp": now.isoformat(), "data": data}, ensure_ascii=False)


def _incident(words: ReportWords, most: int, named: int) -> dict[str, Any]:
    told = words.model_dump(mode="json")
    update = {
        "id": told["update_id"],
        "incident_id": told["report_id"],
        "status": told["status"],
        "body": words.body[:most],
        "display_at": told["display_at"],
    }
    same = (
        "status",
        "impact",
        "started_at",
        "created_at",
        "monitoring_at",
        "resolved_at",
        "scheduled_for",
        "scheduled_until",
    )
    return {
        "id": told["report_id"],
        "name": words.title,
        "kind": told["kind"],
        "shortlink": words.report_url,
        **{name: told[name] for name in same},
        "components": told["components"][:named],
        "incident_updates": [update],
    }


def blocks(words: Words, links: Links) -> dict[str, Any]:
    """A message of Block Kit; its `text` is what notifications and screen readers show."""
    escape = slack.escape
    if isinstance(words, SubscriptionWords):
        told = f"This channel is told from now on what *{escape(words.page_name)}* says on its status page."
        return {"text": told, "blocks": [_section(told), _context(f"<{links.manage}|Choose or end it>")]}
    title = f"{escape(words.title)} · {subscriber_mails.said(words.status)}"
    about = [f"*{escape(words.page_name)}*", f"<{words.report_url}|The report>", f"<{links.manage}|Choose or end it>"]
    named = ", ".join(component.name for component in words.components[: subscriber_mails.MOST_NAMED])
    head = f"*{title}*\n"
    parts = [_section(head + _escaped(words.body, SLACK_TEXT - len(head)))]
    if words.kind is ReportKind.MAINTENANCE and words.scheduled_for and words.scheduled_until:
        times = " to ".join(
            f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%Y-%m-%d %H:%M} UTC>"
            for at in (words.scheduled_for, words.scheduled_until)
        )
        parts.append(_context(f"*Scheduled:* {times}"))
    if named:
        parts.append(_context(f"*Affected:* {_escaped(named, SLACK_TEXT)}"))
    return {"text": title, "blocks": [*parts, _context(" · ".join(about))]}


def _escaped(text: str, most: int) -> str:
    """A text in Slack's escapes, as much of it as has so many characters with them."""
    signs = [slack.escape(sign) for sign in text[:most]]
    return "".join(signs[: bisect_right(list(accumulate(map(len, signs))), most)])


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}
