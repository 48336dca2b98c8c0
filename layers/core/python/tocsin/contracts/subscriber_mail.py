"""verdict, sweep → notify: what subscribers are sent. Its words are public; who it goes to is sealed."""

from uuid import UUID

from pydantic import Field

from tocsin.contracts.message import Instant, Message
from tocsin.domain.status_page import ComponentStatus, Impact, ReportKind, ReportStatus
from tocsin.domain.subscriber import SubscriberChannel


class Receiver(Message):
    """Who it goes to, as it is sealed: an e-mail address or a URL, and the token that confirms, changes and ends.

    `secret` is what a webhook's calls are signed with; where it was made here (`is_secret_told`), the call that asks to
    confirm tells it.
    """

    channel: SubscriberChannel
    address: str
    token: str
    secret: str | None = None
    is_secret_told: str = ""


class SubscriptionWords(Message):
    """What somebody who has asked is asked back. `components` are names; none are all."""

    page_name: str
    kinds: list[ReportKind]
    components: list[str] | None = None
    expires_at: Instant


class ToldComponent(Message):
    """A component that a report names, as it is said to be now."""

    id: UUID
    name: str
    status: ComponentStatus


class ReportWords(Message):
    """What subscribers are told of an update: its report as it stood then. URLs are of the public page."""

    page_id: UUID
    page_name: str
    page_url: str
    report_id: UUID
    report_url: str
    kind: ReportKind
    title: str
    status: ReportStatus
    impact: Impact
    started_at: Instant
    created_at: Instant
    monitoring_at: Instant | None = None
    resolved_at: Instant | None = None
    scheduled_for: Instant | None = None
    scheduled_until: Instant | None = None
    update_id: UUID
    body: str
    display_at: Instant
    is_first: bool
    time_zone: str
    components: list[ToldComponent] = Field(default_factory=list[ToldComponent])
