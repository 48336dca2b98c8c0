"""Sending one page through its channel, within its time, and saying what became of it."""

import asyncio
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from functions.notify.channels import email, slack, webhook
from functions.notify.channels.base import Attempt, Channel, DeliveryFailed, Means
from tocsin.contracts.delivery import ClaimAnswer, DeliveryMessage, OutcomeMessage, Result
from tocsin.errors import TocsinError, Unavailable
from tocsin.platform import clock, threads

CHANNELS: Final[Mapping[str, Channel]] = {"email": email.deliver, "webhook": webhook.deliver, "slack": slack.deliver}
type Open = Callable[[str], Mapping[str, str]]


async def send(
    delivery: DeliveryMessage,
    claim: ClaimAnswer | None,
    *,
    means: Means,
    link_base_url: str,
    open_sealed: Open,
    timeout_seconds: float,
) -> OutcomeMessage:
    """Make one attempt; without a claim it is unclaimed and carries no link. Failures are outcomes."""
    now = clock.now()
    token = claim.link_token if claim else None
    link = f"{link_base_url.rstrip('/')}/{token}" if token else None
    try:
        async with asyncio.timeout(timeout_seconds):
            secrets: Mapping[str, str] = await threads.run(open_sealed, delivery.sealed) if delivery.sealed else {}
            attempt = Attempt(delivery, claim.attempt if claim else None, link, now, secrets)
            receipt = await CHANNELS[delivery.channel](attempt, means)
    except DeliveryFailed as failure:
        return _failed(delivery, claim, failure, clock.now())
    except TimeoutError:
        return _failed(delivery, claim, DeliveryFailed("timeout", permanent=False), clock.now())
    except Unavailable as error:
        return _failed(delivery, claim, DeliveryFailed(error.code, str(error), permanent=False), clock.now())
    except TocsinError as error:
        return _failed(delivery, claim, DeliveryFailed(error.code, str(error), permanent=True), clock.now())
    return _outcome(delivery, claim, Result.DELIVERED, clock.now(), provider_id=receipt.provider_id)


def _failed(
    delivery: DeliveryMessage, claim: ClaimAnswer | None, failure: DeliveryFailed, at: datetime
) -> OutcomeMessage:
    wish = None if failure.retry_after is None else math.ceil(failure.retry_after.total_seconds())
    return _outcome(
        delivery,
        claim,
        Result.PERMANENT if failure.permanent else Result.TEMPORARY,
        at,
        reason=failure.reason,
        detail=failure.detail or None,
        retry_after_seconds=wish,
    )


def _outcome(
    delivery: DeliveryMessage,
    claim: ClaimAnswer | None,
    result: Result,
    at: datetime,
    *,
    reason: str | None = None,
    detail: str | None = None,
    retry_after_seconds: int | None = None,
    provider_id: str | None = None,
) -> OutcomeMessage:
    return OutcomeMessage(
        org_id=delivery.org_id,
        notification_id=delivery.notification_id,
        attempt_id=claim.attempt_id if claim else None,
        unclaimed=claim is None,
        result=result,
        reason=reason,
        detail=detail,
        retry_after_seconds=retry_after_seconds,
        provider_id=provider_id,
        at=at,
    )
