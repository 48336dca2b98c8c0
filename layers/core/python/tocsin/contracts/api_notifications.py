"""How people are paged, as the public API says it: contact methods, whether they are proven, and notification rules."""

import re
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, StringConstraints

from tocsin.contracts.api import Answer, Email, HttpUrl, Input, Name, Seconds
from tocsin.contracts.message import Instant
from tocsin.domain.incident import Urgency

_CODE: Final = re.compile(r"[0-9]{6}")


def _code(text: str) -> str:
    if _CODE.fullmatch(text) is None:
        raise ValueError("must be the six digits that were sent")
    return text


class EmailMethodInput(Input):
    """An e-mail address to page a member at."""

    channel: Literal["email"]
    address: Email
    label: Name | None = None


class WebhookMethodInput(Input):
    """A webhook to page a member by; its calls are signed (Standard Webhooks)."""

    channel: Literal["webhook"]
    url: HttpUrl
    label: Name | None = None


class SlackMethodInput(Input):
    """A Slack incoming webhook to page a member by."""

    channel: Literal["slack"]
    url: HttpUrl
    label: Name | None = None


ContactMethodInput = EmailMethodInput | WebhookMethodInput | SlackMethodInput
"""Told apart by `channel`."""


class ContactMethod(Answer):
    """A way to reach a member. URLs are secrets: they are sealed and can't be read again.

    `verified_at` is when it was proven that its member reads there; pages go out before, too.
    `verification_ends_at` is until when the code that was sent last can be given.
    """

    id: UUID
    user_id: UUID
    channel: Literal["email", "webhook", "slack"]
    label: str
    address: str | None
    created_at: Instant
    disabled_at: Instant | None
    disabled_reason: str | None
    verified_at: Instant | None = None
    verification_ends_at: Instant | None = None


class NewContactMethod(ContactMethod):
    """A contact method just made; a webhook's signing secret is shown this once."""

    secret: str | None


class ContactMethodList(Answer):
    """All contact methods of a member, oldest first."""

    items: list[ContactMethod]


class CodeInput(Input):
    """The code that was sent to a contact method: six digits."""

    code: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_code)]


class Trial(Answer):
    """What has become of a test page: queued, then sent or failed, with what the receiver said in `detail`."""

    id: UUID
    state: Literal["queued", "sent", "failed"]
    created_at: Instant
    ended_at: Instant | None
    detail: str | None


class MethodTest(Trial):
    """A test page to a contact method: queued, then sent or failed, with what the receiver said in `detail`."""

    contact_method_id: UUID


class RuleInput(Input):
    """Page by this contact method, so many seconds after the step; 0 to 86400."""

    contact_method_id: UUID
    delay_seconds: Seconds = 0


class RuleSetInput(Input):
    """All notification rules for an urgency; they take the place of those before."""

    rules: list[RuleInput]


class NotificationRule(Answer):
    """Page by this contact method, so many seconds after the step. One that is switched off is passed over."""

    contact_method_id: UUID
    channel: Literal["email", "webhook", "slack"]
    label: str
    delay_seconds: int
    is_enabled: bool
    is_verified: bool


class NotificationRuleSet(Answer):
    """How a member is paged for what is urgent or not, in the order of the delays.

    With `is_default` they have made no rules: `rules` are all their methods, at once. That is what happens too while
    every method of their own rules is switched off. Send the version as If-Match to change it.
    """

    user_id: UUID
    urgency: Urgency
    version: int
    is_default: bool
    rules: list[NotificationRule]
    updated_at: Instant | None


class NotificationRuleSets(Answer):
    """A member's rules for every urgency."""

    items: list[NotificationRuleSet]


class RemovedRule(Answer):
    """A rule that went with its contact method."""

    urgency: Urgency
    delay_seconds: int


class RemovedContactMethod(Answer):
    """A contact method that was removed, and what went with it.

    For the urgencies of `back_to_default` no rule is left: all methods that remain are paged at once.
    `pages_stopped` were held back for later, and fail now.
    """

    contact_method: ContactMethod
    rules_removed: list[RemovedRule]
    back_to_default: list[Urgency]
    pages_stopped: int
