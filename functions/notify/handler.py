"""Pages on their way out: claimed, sent through their channel, and told to `record`."""

import asyncio
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from functions.notify import claims, mails, sending, ses
from functions.notify.channels.base import Means
from tocsin.contracts.delivery import ClaimAnswer, DeliveryMessage, OutcomeMessage, Result, Verdict
from tocsin.errors import QueueUnavailable
from tocsin.platform import clock, logs, queues, sealing, settings
from tocsin.platform.addresses import networks
from tocsin.platform.outbound import Outbound

SERVICE: Final = "notify"
UNCLAIMED_AFTER: Final = timedelta(seconds=60)
"""How old a page may get while `claim` can't be asked; from then on it goes out unclaimed."""
BACK_OFF_SECONDS: Final = 5


class NotifySettings(settings.Settings):
    """What notify needs to know. Of the two sealing keys one is set."""

    claim_function: str
    outcomes_queue_url: str
    deliveries_queue_url: str
    mail_from: str
    link_base_url: str
    events_url: str | None = None
    dashboard_url: str | None = None
    mail_configuration_set: str | None = None
    seal_private_key_file: str | None = None
    seal_kms_key_id: str | None = None
    outbound_allowed_networks: str = ""
    attempt_timeout_seconds: float = 10


@dataclass(frozen=True, slots=True)
class Page:
    """One message of the batch."""

    message_id: str
    receipt_handle: str
    first_seen_at: datetime
    delivery: DeliveryMessage


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """SQS `deliveries`, or `mails` → partial batch response."""
    known = settings.load(NotifySettings)
    if mails.are_mails(event["Records"]):
        return _post(known, event["Records"])
    pages, failed = _read(event["Records"])
    if pages:
        try:
            answers: list[ClaimAnswer | None] = list(
                claims.ask(known.claim_function, [page.delivery for page in pages])
            )
        except claims.ClaimUnavailable as error:
            pages, waiting = _apart(pages, clock.now())
            answers = [None for _ in pages]
            logs.logger(SERVICE).error(
                "claim unavailable", extra={"detail": str(error), "waiting": len(waiting), "unclaimed": len(pages)}
            )
            failed.extend(_back_off(known, waiting))
        _deliver(known, pages, answers)
    logs.flush(SERVICE)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _post(known: NotifySettings, records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    def open_sealed(sealed: str) -> Mapping[str, str]:
        return sealing.open_sealed(sealed, known.seal_private_key_file, known.seal_kms_key_id)

    allowed = networks(known.outbound_allowed_networks)
    post = mails.Post(
        ses.client,
        known.mail_from,
        open_sealed,
        known.attempt_timeout_seconds,
        allowed,
        known.events_url,
        known.mail_configuration_set,
        known.dashboard_url,
    )
    outcomes, failed = mails.send_all(records, post)
    _tell(known, outcomes)
    logs.flush(SERVICE)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _read(records: Sequence[dict[str, Any]]) -> tuple[list[Page], list[str]]:
    pages: list[Page] = []
    failed: list[str] = []
    for record in records:
        attributes = record["attributes"]
        seen = int(attributes.get("ApproximateFirstReceiveTimestamp", attributes["SentTimestamp"]))
        try:
            delivery = DeliveryMessage.model_validate_json(record["body"])
        except ValidationError as error:
            fields = [".".join(str(part) for part in e["loc"]) for e in error.errors()]
            logs.logger(SERVICE).error(
                "malformed page, left to the dead-letter queue",
                extra={"message_id": record["messageId"], "fields": fields},
            )
            logs.count(SERVICE, "MessagesFailed")
            failed.append(record["messageId"])
            continue
        seen_at = datetime.fromtimestamp(seen / 1000, UTC)
        pages.append(Page(record["messageId"], record["receiptHandle"], seen_at, delivery))
    return pages, failed


def _apart(pages: Sequence[Page], now: datetime) -> tuple[list[Page], list[Page]]:
    """The pages too old to wait, each once however many messages there are of it, and the messages that can wait."""
    old = [page for page in pages if now - page.first_seen_at >= UNCLAIMED_AFTER]
    once = {page.delivery.notification_id: page for page in old}
    return list(once.values()), [page for page in pages if page not in old]


def _back_off(known: NotifySettings, pages: Sequence[Page]) -> list[str]:
    for page in pages:
        try:
            queues.client().change_message_visibility(
                QueueUrl=known.deliveries_queue_url,
                ReceiptHandle=page.receipt_handle,
                VisibilityTimeout=BACK_OFF_SECONDS,
            )
        except (BotoCoreError, ClientError) as error:
            logs.logger(SERVICE).warning("back-off left to the queue's own", extra={"detail": type(error).__name__})
    return [page.message_id for page in pages]


def _deliver(known: NotifySettings, pages: Sequence[Page], answers: Sequence[ClaimAnswer | None]) -> None:
    going: list[tuple[DeliveryMessage, ClaimAnswer | None]] = []
    waited: list[float | None] = []
    for page, answer in zip(pages, answers, strict=True):
        if answer is None or answer.verdict is Verdict.GO:
            going.append((page.delivery, answer))
            waited.append(_waited(page, answer))
        else:
            logs.logger(SERVICE).info(
                "not sent",
                extra={
                    "notification_id": str(answer.notification_id),
                    "verdict": answer.verdict,
                    "reason": answer.reason,
                },
            )
            logs.count(SERVICE, "PagesStopped")
    logs.measure(SERVICE, "PageLateness", [seconds for seconds in waited if seconds is not None])
    if going:
        asyncio.run(_send_all(known, going))


def _waited(page: Page, answer: ClaimAnswer | None) -> float | None:
    """How late a page is first tried; without a claim, as far as this side can tell. None for what was tried before."""
    return (clock.now() - page.first_seen_at).total_seconds() if answer is None else answer.waited_seconds


async def _send_all(known: NotifySettings, going: Sequence[tuple[DeliveryMessage, ClaimAnswer | None]]) -> None:
    allowed = networks(known.outbound_allowed_networks)
    async with Outbound(allowed, timeout_seconds=known.attempt_timeout_seconds) as http:
        means = Means(http, ses.client, known.mail_from, known.mail_configuration_set)
        results = await asyncio.gather(
            *(
                sending.send(
                    delivery,
                    answer,
                    means=means,
                    link_base_url=known.link_base_url,
                    open_sealed=lambda sealed: sealing.open_sealed(
                        sealed, known.seal_private_key_file, known.seal_kms_key_id
                    ),
                    timeout_seconds=known.attempt_timeout_seconds,
                )
                for delivery, answer in going
            ),
            return_exceptions=True,
        )
    outcomes: list[OutcomeMessage] = []
    for (delivery, _), result in zip(going, results, strict=True):
        if isinstance(result, BaseException):
            # Without an outcome the sweep takes it for uncertain and sends it once more.
            logs.logger(SERVICE).error(
                "channel broke",
                extra={
                    "notification_id": str(delivery.notification_id),
                    "error": type(result).__name__,
                    # without the message, which may quote an address
                    "trace": traceback.format_tb(result.__traceback__),
                },
            )
        else:
            _log(delivery, result)
            outcomes.append(result)
    _tell(known, outcomes)


def _log(delivery: DeliveryMessage, outcome: OutcomeMessage) -> None:
    logs.logger(SERVICE).info(
        "sent" if outcome.result is Result.DELIVERED else "not delivered",
        extra={
            "notification_id": str(outcome.notification_id),
            "channel": delivery.channel,
            "result": outcome.result,
            "reason": outcome.reason,
            "unclaimed": outcome.unclaimed,
        },
    )
    logs.count(SERVICE, f"Pages{outcome.result.capitalize()}")
    logs.count(SERVICE, "PagesUnclaimed", int(outcome.unclaimed))


def _tell(known: NotifySettings, outcomes: Sequence[OutcomeMessage]) -> None:
    try:
        queues.send(
            known.outcomes_queue_url, [queues.Outgoing(outcome.to_json(), str(outcome.org_id)) for outcome in outcomes]
        )
    except QueueUnavailable as error:
        # Failing the messages would send the pages again at once; the sweep does so once, marked uncertain.
        logs.logger(SERVICE).error("outcomes not told", extra={"outcomes": len(outcomes), "detail": str(error)})
        logs.count(SERVICE, "OutcomesLost", len(outcomes))
