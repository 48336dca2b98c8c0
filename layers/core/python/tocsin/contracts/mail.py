"""api, sweep, verdict → notify: mail that is no page, and test pages. What became of it is told as a page's."""

from typing import Literal
from uuid import UUID

from tocsin.contracts.delivery import ChannelName, Tried
from tocsin.contracts.message import Instant, Message

type MailKind = Literal["invitation", "handoff", "verification", "test", "subscription", "report"]


class MailMessage(Message):
    """One mail to send. `sealed` is the JWE of what its kind is written from, which no queue should show: an
    invitation holds a token. `words` are what is public of it: JSON of SubscriptionWords or ReportWords.
    """

    org_id: UUID
    mail_id: UUID
    kind: MailKind
    sealed: str
    words: str | None = None


class InvitationMail(Message):
    """What an invitation's mail is written from, as it is sealed: texts alone."""

    address: str
    organization_name: str
    inviter: str
    role: str
    expires_at: Instant
    token: str


class HandoffMail(Message):
    """What a notice of a handoff is written from, as it is sealed: texts alone. `until` is in the schedule's zone, and
    `other` who is on call next, or took over; both are left out where there is none.
    """

    address: str
    organization_name: str
    schedule_name: str
    turn: Literal["starts", "ends"]
    at: str
    until: str | None = None
    other: str | None = None


class VerificationMail(Message):
    """What the mail with a contact method's code is written from, as it is sealed: texts alone."""

    address: str
    organization_name: str
    code: str
    expires_at: Instant


class TrialPage(Message):
    """What a test page is written from, as it is sealed: texts alone. It goes by any channel, to an `address` or to
    what is `sealed`, the JWE of the channel's own secrets.
    """

    channel: ChannelName
    address: str | None = None
    sealed: str | None = None
    organization_name: str
    recipient_name: str
    tried: Tried = "contact_method"
