"""The messages of pages: what a notification says, from its row or before it has one."""

from typing import Final, Protocol
from uuid import UUID

from tocsin.contracts.delivery import DeliveryIncident, DeliveryMessage
from tocsin.domain.incident import Severity
from tocsin.domain.recipients import FALLBACK_TARGET
from tocsin_data.sql.escalations import Escalation
from tocsin_data.sql.notifications import Sendable
from tocsin_data.sql.walks import Intent

CALLED_IN: Final = -1
"""The position of pages to people who were called in to help, which no step has sent."""


class Place(Protocol):
    """Where in an escalation a page was decided on."""

    @property
    def target(self) -> str:
        """Whom it is for."""
        ...

    @property
    def round(self) -> int:
        """From 0."""
        ...

    @property
    def position(self) -> int:
        """From 0."""
        ...

    @property
    def retry(self) -> int:
        """From 0, which is no repetition; below that, of before a move to another version."""
        ...

    @property
    def step_id(self) -> UUID | None:
        """None for a fallback."""
        ...


def message(page: Intent | Sendable, incident: DeliveryIncident) -> DeliveryMessage:
    """The message of a page about an incident."""
    return DeliveryMessage.model_validate(
        {
            "org_id": page.org_id,
            "notification_id": page.id,
            "channel": page.channel,
            "address": page.address,
            "sealed": page.sealed,
            "recipient_name": page.recipient_name,
            "reason": reason(page),
            "incident": incident,
        }
    )


def incident_of(row: Escalation | Sendable) -> DeliveryIncident:
    """What a page says about its incident."""
    return DeliveryIncident(
        incident_id=row.incident_id,
        number=row.number,
        title=row.title,
        severity=Severity(row.severity),
        service_name=row.service_name,
        created_at=row.created_at,
        source=row.source,
        late=row.late,
        organization_name=row.organization_name,
        runbook_url=row.runbook_url,
    )


def reason(page: Place) -> str:
    """Why somebody is paged, in words."""
    if page.target == FALLBACK_TARGET:
        return "nobody in the escalation policy has responded; you are the organization's fallback contact"
    if page.position == CALLED_IN:
        return "you have been called in to help"
    if page.step_id is None:
        return "nobody in the steps of the escalation policy has responded; you are its fallback"
    again = f", repetition {page.retry}" if page.retry > 0 else ""
    return f"you are in step {page.position + 1} of the escalation policy, round {page.round + 1}{again}"
