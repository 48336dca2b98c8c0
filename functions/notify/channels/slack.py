"""Slack's incoming webhooks: a Block Kit message with buttons that lead to the acknowledge page."""

import json
from datetime import datetime
from typing import Any, Final

from functions.notify.channels.base import Attempt, DeliveryFailed, Means, Receipt, post

PERMANENT: Final = frozenset(
    {
        "invalid_payload",
        "invalid_token",
        "no_active_hooks",
        "no_service",
        "no_service_id",
        "no_team",
        "team_disabled",
        "user_not_found",
        "channel_not_found",
        "channel_is_archived",
        "action_prohibited",
        "posting_to_general_channel_denied",
    }
)
"""Error words of Slack's incoming webhooks that no retry will change."""
TITLE_LENGTH: Final = 300
NAME_LENGTH: Final = 200
MARKS: Final = {"critical": "🔴", "error": "🟠", "warning": "🟡", "info": "🔵"}


async def deliver(attempt: Attempt, means: Means) -> Receipt:
    """POST the message."""
    try:
        url = attempt.secrets["url"]
    except KeyError as error:
        raise DeliveryFailed("bad_secret", "url", permanent=True) from error
    await post_message(means, url, json.dumps(message(attempt), ensure_ascii=False).encode(), attempt.now)
    return Receipt()


async def post_message(means: Means, url: str, body: bytes, now: datetime) -> None:
    """POST a message to an incoming webhook; raises DeliveryFailed with Slack's own word where it has one."""
    try:
        await post(means, url, body, {"content-type": "application/json"}, now)
    except DeliveryFailed as failure:
        word = failure.detail.strip()
        if word in PERMANENT:
            raise DeliveryFailed(f"slack_{word}", word, permanent=True) from failure
        raise


def message(attempt: Attempt) -> dict[str, Any]:
    """The message; `text` is what notifications and screen readers show."""
    incident = attempt.delivery.incident
    title = escape(incident.title[:TITLE_LENGTH])
    late = " (late)" if incident.late else ""
    named = title if attempt.delivery.is_test else f"#{incident.number} {title}"
    headline = f"{MARKS[incident.severity]} *{named}*{late}"
    when = int(incident.created_at.timestamp())
    facts = [
        f"*Service:* {escape(incident.service_name[:NAME_LENGTH])}",
        f"*Severity:* {incident.severity}",
        f"*Since:* <!date^{when}^{{date_short_pretty}} {{time}}|{incident.created_at:%Y-%m-%d %H:%M} UTC>",
    ]
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": headline}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": fact} for fact in facts]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": escape(attempt.delivery.reason[:TITLE_LENGTH])}]},
    ]
    buttons: list[dict[str, Any]] = []
    if attempt.link:
        buttons += [_button(attempt.link, "acknowledge", "primary"), _button(attempt.link, "resolve", None)]
    if incident.runbook_url:
        buttons.append(_link("Runbook", incident.runbook_url, "runbook"))
    if buttons:
        blocks.append({"type": "actions", "elements": buttons})
    return {"text": named, "blocks": blocks}


def escape(text: str) -> str:
    """Slack's own escaping: only these three characters are special in mrkdwn's control sequences."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _button(link: str, action: str, style: str | None) -> dict[str, Any]:
    button = _link(action.capitalize(), f"{link}?action={action}", action)
    return button if style is None else {**button, "style": style}


def _link(label: str, url: str, action_id: str) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": label}, "url": url, "action_id": action_id}
