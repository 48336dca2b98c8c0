"""Who watches the watcher: from another region, an event in and its page back out, every minute.

A schedule sends the event; the page comes back as a signed webhook. What rings is an alarm of this region, at the pages
that did not come: it hears of everything that can keep a page from going out, this function's own end among it.
"""

import asyncio
import base64
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final, cast

from pydantic import BaseModel, ConfigDict, ValidationError
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

from tocsin.platform import clock, logs, secret_store, settings
from tocsin.platform.addresses import networks
from tocsin.platform.outbound import Outbound

SERVICE: Final = "watch"
DEDUP_KEY: Final = "tocsin-watch"
TITLE: Final = "Tocsin watches itself, event of "
SENT_AT: Final = re.compile(re.escape(TITLE) + r"(\S{20,32}Z)")
POST_SECONDS: Final = 10


class WatchSettings(settings.Settings):
    """What watch needs to know. `ingest_url` is where the watched deployment takes events."""

    ingest_url: str
    connection_secret_arn: str
    outbound_allowed_networks: str = ""


class Connection(BaseModel):
    """How it is connected to what it watches: an integration's routing key, and the secret of the contact method that
    pages come back by. It is put into the secret by hand, after the first deployment.
    """

    model_config = ConfigDict(frozen=True)

    routing_key: str
    webhook_secret: str


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """A tick of the schedule → what was sent; or a request of an HTTP API (payload 2.0), a page → its answer."""
    known = settings.load(WatchSettings)
    connection = _connection(known)
    is_page = "requestContext" in event
    try:
        if connection is None:
            return _answer(HTTPStatus.SERVICE_UNAVAILABLE) if is_page else {"sent": 0}
        return _take(event, connection) if is_page else asyncio.run(_send(known, connection))
    finally:
        logs.flush(SERVICE)


def _connection(known: WatchSettings) -> Connection | None:
    try:
        return Connection.model_validate_json(secret_store.current_text(known.connection_secret_arn))
    except ValidationError as error:
        missing = ", ".join(str(problem["loc"][0]) if problem["loc"] else "JSON" for problem in error.errors())
        logs.logger(SERVICE).error("not connected", extra={"missing": missing})
        return None


async def _send(known: WatchSettings, connection: Connection) -> dict[str, Any]:
    """Resolve the minute before, or its incident would only count this event; then trigger."""
    sent = 0
    async with Outbound(networks(known.outbound_allowed_networks), timeout_seconds=POST_SECONDS) as http:
        for action in ("resolve", "trigger"):
            summary = f"{TITLE}{clock.now().isoformat().replace('+00:00', 'Z')}"
            body = {
                "routing_key": connection.routing_key,
                "event_action": action,
                "dedup_key": DEDUP_KEY,
                "payload": {"summary": summary, "source": "tocsin", "severity": "info"},
            }
            answer = await http.post(
                f"{known.ingest_url}/v2/enqueue", json.dumps(body).encode(), {"content-type": "application/json"}
            )
            if answer.status != HTTPStatus.ACCEPTED:
                logs.logger(SERVICE).error("event refused", extra={"action": action, "status": answer.status})
            sent += answer.status == HTTPStatus.ACCEPTED
    logs.logger(SERVICE).info("sent", extra={"events": sent})
    logs.count(SERVICE, "WatchEventsSent", sent)
    return {"sent": sent}


def _take(event: Mapping[str, Any], connection: Connection) -> dict[str, Any]:
    now, raw = clock.now(), str(event.get("body") or "")
    body = base64.b64decode(raw).decode("utf-8", "replace") if event.get("isBase64Encoded") else raw
    try:
        page = Webhook(connection.webhook_secret).verify(body, cast("dict[str, str]", event.get("headers") or {}))
    except (WebhookVerificationError, EmptyWebhookSecretError, ValueError) as error:
        logs.logger(SERVICE).error("page refused", extra={"reason": type(error).__name__})
        return _answer(HTTPStatus.UNAUTHORIZED)
    sent_at = _sent_at(page)
    if sent_at is None:
        logs.logger(SERVICE).error("page of another event")
        return _answer(HTTPStatus.NO_CONTENT)
    seconds = (now - sent_at).total_seconds()
    logs.logger(SERVICE).info("page received", extra={"seconds": round(seconds, 3)})
    logs.count(SERVICE, "WatchPagesReceived")
    logs.measure(SERVICE, "WatchRoundTrip", [seconds])
    return _answer(HTTPStatus.NO_CONTENT)


def _sent_at(page: Any) -> datetime | None:
    """When the event of a page was sent, by its title; None for a page of anything else."""
    try:
        found = SENT_AT.fullmatch(page["data"]["incident"]["title"])
        return None if found is None else datetime.fromisoformat(found[1]).astimezone(UTC)
    except (KeyError, TypeError, ValueError):
        return None


def _answer(status: HTTPStatus) -> dict[str, Any]:
    return {"statusCode": status.value, "headers": {"Cache-Control": "no-store"}}
