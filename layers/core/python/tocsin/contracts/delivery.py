"""process, escalate, sweep → notify → record: a page on its way out, the claim before it, what became of it."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from tocsin.contracts.message import Instant, Message
from tocsin.domain.incident import Severity

type ChannelName = Literal["email", "webhook", "slack"]
type Tried = Literal["contact_method", "destination"]
"""What a test page is sent to."""


class DeliveryIncident(Message):
    """What a page says about its incident; `first_event_at` is when the condition was first reported."""

    incident_id: UUID
    number: int
    title: str
    severity: Severity
    service_name: str
    created_at: Instant
    source: str | None = None
    late: bool = False
    organization_name: str
    runbook_url: str | None = None


class DeliveryMessage(Message):
    """One notification to send: everything the channel needs, since it can't ask.

    `address` is an e-mail address; `sealed` the JWE of a channel's secrets. `reason` says in plain words why
    this person is paged ("step 1, round 1", "assigned by …", "nobody else could be reached"). `tried` is what a test
    page is sent to, which only tries the way there and has no incident behind it.
    """

    org_id: UUID
    notification_id: UUID
    channel: ChannelName
    address: str | None = None
    sealed: str | None = None
    incident: DeliveryIncident
    recipient_name: str | None = None
    reason: str
    tried: Tried | None = None

    @property
    def is_test(self) -> bool:
        """Whether it is a test page."""
        return self.tried is not None


class ClaimItem(Message):
    """One notification to be claimed."""

    org_id: UUID
    notification_id: UUID


class ClaimRequest(Message):
    """notify → claim, one call a batch."""

    claims: list[ClaimItem]


class Verdict(StrEnum):
    """The last word before a provider call."""

    GO = "go"
    STOP = "stop"
    ALREADY_SENT = "already_sent"


class ClaimAnswer(Message):
    """GO carries the attempt's id, its number from 1, and a fresh link token; the others a reason.

    A notification claimed by another process that may still be sending answers STOP, reason `in_flight`; the
    sweep takes it up if that process has died. `waited_seconds` is how long after it was decided on a page is first
    tried.
    """

    notification_id: UUID
    verdict: Verdict
    attempt_id: UUID | None = None
    attempt: int | None = None
    link_token: str | None = None
    waited_seconds: float | None = None
    reason: str | None = None


class ClaimReply(Message):
    """claim → notify; one answer for each item, in order."""

    answers: list[ClaimAnswer]


class Result(StrEnum):
    """How a provider call ended."""

    DELIVERED = "delivered"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"


class OutcomeMessage(Message):
    """notify → record. `attempt_id` is absent when it was sent `unclaimed`.

    `reason` is a stable word (`timeout`, `http_410`, `rejected_address`), `detail` what the provider said, cut to
    500 characters. `retry_after_seconds` is the provider's wish. Of a mail that is no page, `notification_id` is the
    mail's, and who knows pages alone finds none of that id and changes nothing. `returned` is said by SES, of a page
    whose mail it had taken and that came back.
    """

    org_id: UUID
    kind: Literal["page", "mail", "returned"] = "page"
    notification_id: UUID
    attempt_id: UUID | None = None
    unclaimed: bool = False
    result: Result
    reason: str | None = None
    detail: str | None = None
    retry_after_seconds: int | None = None
    provider_id: str | None = None
    at: Instant
