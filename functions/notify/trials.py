"""Test pages: what a page looks like where somebody wants pages to go, by the channel that real ones go by."""

from collections.abc import Mapping
from typing import Final

from functions.notify.channels.base import Attempt, Means, Receipt
from functions.notify.sending import CHANNELS
from tocsin.contracts.delivery import DeliveryIncident, DeliveryMessage
from tocsin.contracts.mail import MailMessage, TrialPage
from tocsin.domain.incident import Severity
from tocsin.platform import clock

TITLE: Final = "Test page from Tocsin"
REASON: Final = "nothing is wrong, and there is nothing to do: this tests"


async def send(message: MailMessage, page: TrialPage, secrets: Mapping[str, str], means: Means) -> Receipt:
    """Send a test page; raises DeliveryFailed."""
    now = clock.now()
    delivery = DeliveryMessage(
        org_id=message.org_id,
        notification_id=message.mail_id,
        channel=page.channel,
        address=page.address,
        incident=DeliveryIncident(
            incident_id=message.mail_id,
            number=0,
            title=TITLE,
            severity=Severity.INFO,
            service_name="Tocsin",
            created_at=now,
            organization_name=page.organization_name,
        ),
        recipient_name=page.recipient_name,
        reason=f"{REASON} {_tried(page)}",
        tried=page.tried,
    )
    return await CHANNELS[page.channel](Attempt(delivery, 1, None, now, secrets), means)


def _tried(page: TrialPage) -> str:
    match page.tried:
        case "contact_method":
            return "your contact method"
        case "destination":
            return f"the destination {page.recipient_name} of {page.organization_name}"
