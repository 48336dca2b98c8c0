"""Subscribers of status pages: which addresses are taken, what is shown of them, who is told what, and the limits."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, Literal
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from tocsin.domain.address import canonical_email, is_http_url
from tocsin.domain.status_page import ReportKind
from tocsin.errors import FieldProblem, Invalid

type SubscriberChannel = Literal["email", "webhook", "slack"]

CONFIRM_WITHIN: Final = timedelta(days=1)
"""How long one who asked may take to confirm; then nothing of them is kept."""
KEPT_FOR: Final = timedelta(days=30)
"""How long members see one who ended or failed."""
REST: Final = timedelta(hours=1)
"""Within it one who asked is written to once, and each limit below holds."""
PER_MAILBOX: Final = 3
"""On all pages together, whatever follows a + in the address."""
PER_SOURCE: Final = 10
PER_PAGE: Final = 200
MOST_OF_PAGE: Final = 100_000
FAILURES: Final = 5
"""So many messages in a row that could not be delivered make a subscriber failed."""
MOST_COMPONENTS: Final = 100
GONE: Final = frozenset(
    {
        "http_410",
        "slack_no_service",
        "slack_no_active_hooks",
        "slack_invalid_token",
        "slack_channel_not_found",
        "slack_channel_is_archived",
        "slack_team_disabled",
        "forbidden_address",
        "bad_address",
    }
)
"""What is said where nobody will ever be reached again."""
RETURNED: Final = frozenset({"bounced", "complained"})
"""What a mail provider says long after it has taken a mail: that it came back for good, or was called unwanted."""
_SLACK: Final = re.compile(r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{1,400}")
_PORTS: Final = {"http": 80, "https": 443}
_SECRET: Final = re.compile(r"whsec_[A-Za-z0-9+/]{32,88}={0,2}")


class SubscriberState(StrEnum):
    """How a subscriber stands: asked for, told, no more by their own wish, no more since nothing could be delivered."""

    PENDING = "pending"
    ACTIVE = "active"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a subscriber wants to be told; `component_ids` of none means all that there are, and will be."""

    kinds: frozenset[ReportKind]
    component_ids: frozenset[UUID] | None = None


def wants(choice: Choice, kind: ReportKind, named: Collection[UUID]) -> bool:
    """Whether somebody is told of a report by its kind and the components it names or has named.

    One that names none is about the page as a whole, and told to all who want its kind.
    """
    if kind not in choice.kinds:
        return False
    return choice.component_ids is None or not named or not choice.component_ids.isdisjoint(named)


def canonical(channel: SubscriberChannel, address: str) -> str:
    """The one form an address is kept and compared in; raises Invalid with what would be right."""
    text = address.strip()
    match channel:
        case "email":
            try:
                return canonical_email(text)
            except Invalid as error:
                problem = "must be an e-mail address, like ops@example.com, in ASCII before the @"
                raise _invalid(problem) from error
        case "slack":
            if _SLACK.fullmatch(text) is None:
                raise _invalid("must be the URL of an incoming webhook, like https://hooks.slack.com/services/T0/B0/x")
            return text
        case "webhook":
            return _webhook(text)


def is_gone(reason: str) -> bool:
    """Whether a delivery's failure, by its stable word, says that every other one will fail as well."""
    return reason in GONE


def is_signing_secret(text: str) -> bool:
    """Whether a receiver's own secret is one of Standard Webhooks: whsec_ and the base64 of 24 to 64 bytes."""
    return _SECRET.fullmatch(text) is not None


def mailbox(channel: SubscriberChannel, address: str) -> str:
    """Where different spellings of a canonical address lead, for limits: without what follows a + or a ?."""
    if channel != "email":
        return address.partition("?")[0]
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def shown(channel: SubscriberChannel, address: str) -> str:
    """What members see of a canonical address: a…@example.com, https://example.com/…."""
    if channel != "email":
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.netloc}/…"
    local, _, domain = address.rpartition("@")
    return f"{local[0] if len(local) > 1 else ''}…@{domain}"


def _webhook(text: str) -> str:
    right = "must be an absolute https or http URL without a user name, like https://example.com/hooks/status"
    if not is_http_url(text):
        raise _invalid(right)
    parts = urlsplit(text)
    host = parts.hostname or ""
    if "@" in parts.netloc or parts.port == 0:
        raise _invalid(right)
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in {None, _PORTS[parts.scheme]} else f":{parts.port}"
    return urlunsplit((parts.scheme, f"{host}{port}", parts.path or "/", parts.query, ""))


def _invalid(reason: str) -> Invalid:
    return Invalid("This is no address that could be told anything.", [FieldProblem("address", reason)])
