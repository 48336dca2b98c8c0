"""Signed webhooks (Standard Webhooks): the notification's id is the message's id, the same at every retry."""

import json
from typing import Final

from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

from functions.notify.channels.base import Attempt, DeliveryFailed, Means, Receipt, post

TYPE: Final = "incident.paged"
TEXT_LENGTH: Final = 1024
NAME_LENGTH: Final = 200
"""In characters; one can become six bytes of JSON, and Standard Webhooks asks for bodies below 20 kB."""


async def deliver(attempt: Attempt, means: Means) -> Receipt:
    """POST the page, signed with the receiver's secret."""
    try:
        url, signer = attempt.secrets["url"], Webhook(attempt.secrets["secret"])
    except (KeyError, ValueError, RuntimeError, EmptyWebhookSecretError) as error:
        raise DeliveryFailed("bad_secret", type(error).__name__, permanent=True) from error
    message_id = str(attempt.delivery.notification_id)
    body = payload(attempt)
    headers = {
        "content-type": "application/json",
        "user-agent": "Tocsin",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(attempt.now.timestamp())),
        "webhook-signature": signer.sign(message_id, attempt.now, body),
    }
    await post(means, url, body.encode(), headers, attempt.now)
    return Receipt(message_id)


def payload(attempt: Attempt) -> str:
    """The body: {"type": "incident.paged", "timestamp": …, "data": {…}}; texts are cut so that it stays below 20 kB.

    A test has a type by what it tries (`contact_method.tested`), so that no machine takes it for an incident.
    """
    delivery, incident = attempt.delivery, attempt.delivery.incident
    cut = {
        "title": incident.title[:TEXT_LENGTH],
        "source": incident.source and incident.source[:TEXT_LENGTH],
        "service_name": incident.service_name[:NAME_LENGTH],
        "organization_name": incident.organization_name[:NAME_LENGTH],
    }
    data = {
        "incident": incident.model_copy(update=cut).model_dump(mode="json", exclude_none=True),
        "recipient": delivery.recipient_name and delivery.recipient_name[:NAME_LENGTH],
        "reason": delivery.reason[:NAME_LENGTH],
        "attempt": attempt.number,
        "acknowledge_url": f"{attempt.link}?action=acknowledge" if attempt.link else None,
        "resolve_url": f"{attempt.link}?action=resolve" if attempt.link else None,
    }
    kind = f"{delivery.tried}.tested" if delivery.is_test else TYPE
    return json.dumps({"type": kind, "timestamp": attempt.now.isoformat(), "data": data}, ensure_ascii=False)
