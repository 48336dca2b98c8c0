"""api, sweep → notify: mail that is no page. What became of it is told as the outcome of a page is."""

from typing import Literal
from uuid import UUID

from tocsin.contracts.message import Instant, Message


class MailMessage(Message):
    """One mail to send. `sealed` is the JWE of an `InvitationMail`: it holds a token, which no queue should show."""

    org_id: UUID
    mail_id: UUID
    kind: Literal["invitation"]
    sealed: str


class InvitationMail(Message):
    """What an invitation's mail is written from, as it is sealed: texts alone."""

    address: str
    organization_name: str
    inviter: str
    role: str
    expires_at: Instant
    token: str
