"""What every channel shares: what it is given, what it answers, and how it fails."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final, Protocol

from aiohttp import ClientConnectorCertificateError, ClientConnectorSSLError, ClientError

from tocsin.contracts.delivery import DeliveryMessage
from tocsin.errors import ForbiddenAddress
from tocsin.platform.outbound import Answer, Outbound

DETAIL_LENGTH: Final = 500
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
RETRYABLE: Final = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One page about to go out. `link` is the base of its acknowledge and resolve links, absent when unclaimed."""

    delivery: DeliveryMessage
    number: int | None
    link: str | None
    now: datetime
    secrets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Means:
    """What channels send with: the HTTP client, how to come by the SES client, and who mail comes from.

    `configuration_set` is SES's name for what hears of mail that comes back.
    """

    http: Outbound
    ses: Callable[[], Any]
    mail_from: str
    configuration_set: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider has taken it over; `provider_id` is its name for it."""

    provider_id: str | None = None


class DeliveryFailed(Exception):
    """The provider has not taken it. `reason` is a stable word, `detail` what was said."""

    def __init__(self, reason: str, detail: str = "", *, permanent: bool, retry_after: timedelta | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = one_line(detail)[:DETAIL_LENGTH]
        self.permanent = permanent
        self.retry_after = retry_after


def one_line(text: str) -> str:
    """Control characters become a space: they could begin a header of their own, and a U+0000 can't be stored."""
    return CONTROL.sub(" ", text).strip()


class Channel(Protocol):
    """A way to reach someone."""

    async def __call__(self, attempt: Attempt, means: Means) -> Receipt:
        """Send one page; raises DeliveryFailed."""
        ...


async def post(means: Means, url: str, body: bytes, headers: Mapping[str, str], now: datetime) -> Answer:
    """POST for a channel: 2xx answers are returned, everything else is a DeliveryFailed with its kind."""
    try:
        answer = await means.http.post(url, body, headers)
    except ForbiddenAddress as error:
        raise DeliveryFailed("forbidden_address", str(error), permanent=True) from error
    except TimeoutError as error:
        raise DeliveryFailed("timeout", permanent=False) from error
    except (ClientConnectorCertificateError, ClientConnectorSSLError) as error:
        raise DeliveryFailed("tls", str(error), permanent=False) from error
    except (ClientError, OSError) as error:
        raise DeliveryFailed("connection", type(error).__name__, permanent=False) from error
    if answer.status // 100 == 2:
        return answer
    raise http_failure(answer, now)


def http_failure(answer: Answer, now: datetime) -> DeliveryFailed:
    """What an answer other than 2xx means: 4xx are permanent but for those that say to come again."""
    permanent = 300 <= answer.status < 500 and answer.status not in RETRYABLE
    detail = answer.body[:DETAIL_LENGTH].decode("utf-8", "replace")
    wish = None if permanent else retry_after(answer.headers.get("retry-after"), now)
    return DeliveryFailed(f"http_{answer.status}", detail, permanent=permanent, retry_after=wish)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Read a Retry-After header (RFC 9110, 10.2.3): seconds or an HTTP date.

    Nonsense is as if it were absent, and so is a wish that is over: it would use up all attempts at once.
    """
    text = "" if value is None else value.strip()
    if text.isascii() and text.isdigit():
        wait = timedelta(seconds=min(int(text[:9]), 86_400))
    else:
        try:
            wish = parsedate_to_datetime(text)
            wait = (wish if wish.tzinfo else wish.replace(tzinfo=UTC)) - now
        except (ValueError, TypeError, OverflowError):
            return None
    return wait if wait > timedelta(0) else None
