"""Sockets of those who watch: opened by a ticket, told what they may be told of; and what was kept for them, sent."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from pydantic import ValidationError

from functions.live.frames import MOST_BYTES, Frame, Subscribe
from tocsin.contracts.live import LiveMessage, Misunderstood, PushMessage
from tocsin.domain.live import Entry
from tocsin.errors import QueueUnavailable, Unavailable
from tocsin.platform import logs, queues, settings
from tocsin.platform.batches import BatchRun
from tocsin.platform.queues import Outgoing
from tocsin_data.db import Database, DatabaseSettings, database
from tocsin_data.services import live, live_telling
from tocsin_data.services.live import Answer
from tocsin_data.services.rejecting import rejecter

SERVICE: Final = "live"
STATUSES: Final = {
    Entry.OPENED: HTTPStatus.OK,
    Entry.REFUSED: HTTPStatus.FORBIDDEN,
    Entry.CROWDED: HTTPStatus.TOO_MANY_REQUESTS,
}
WANTED: Final = '{"action":"subscribe","topics":["incidents","monitors","status-pages","on-call"]} or {"action":"ping"}'


class LiveSettings(DatabaseSettings):
    """What live needs to know."""

    pushes_queue_url: str


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """A WebSocket event → its answer; or SQS `hints` → partial batch response."""
    known = settings.load(LiveSettings)
    db = database(known)
    if "Records" in event:
        return BatchRun(SERVICE, LiveMessage, _apply, rejecter(db, "hints"))(event)
    kind = event["requestContext"]["eventType"]
    try:
        answer = _answered(db, known, event, kind)
    except Unavailable as error:
        logs.logger(SERVICE).warning("not answered", extra={"event": kind, "code": error.code, "detail": str(error)})
        answer = {"statusCode": HTTPStatus.SERVICE_UNAVAILABLE.value}
    about = {"event": kind, "status": answer["statusCode"], "connection_id": event["requestContext"]["connectionId"]}
    logs.logger(SERVICE).info("heard", extra=about)
    logs.flush(SERVICE)
    return answer


def _answered(db: Database, known: LiveSettings, event: dict[str, Any], kind: str) -> dict[str, Any]:
    connection_id = str(event["requestContext"]["connectionId"])
    match kind:
        case "CONNECT":
            given: dict[str, Any] = event.get("queryStringParameters") or {}
            entry = live.connect(db, str(given.get("ticket") or ""), connection_id)
            return {"statusCode": STATUSES[entry].value}
        case "DISCONNECT":
            live.disconnect(db, [connection_id])
            return {"statusCode": HTTPStatus.OK.value}
        case _:
            answer = _heard(db, connection_id, str(event.get("body") or ""))
            if answer.closes:
                _close(known, connection_id, answer.frame)
            return {"statusCode": HTTPStatus.OK.value, "body": answer.frame}


def _heard(db: Database, connection_id: str, body: str) -> Answer:
    """What a client says, answered."""
    if len(body.encode("utf-8", "replace")) > MOST_BYTES:
        return Answer(Misunderstood(detail=f"A frame has at most {MOST_BYTES} bytes.").to_json())
    try:
        said = Frame.validate_json(body)
    except ValidationError:
        return Answer(Misunderstood(detail=f"Send {WANTED}.").to_json())
    if isinstance(said, Subscribe):
        return live.subscribe(db, connection_id, said.topics)
    return live.ping(db, connection_id)


def _close(known: LiveSettings, connection_id: str, frame: str) -> None:
    """Have a socket closed that is over; API Gateway does so by itself within two hours."""
    message = PushMessage(connection_ids=[connection_id], frame=frame, closes=True)
    try:
        queues.send(known.pushes_queue_url, [Outgoing(message.to_json(), connection_id)])
    except QueueUnavailable as error:
        logs.logger(SERVICE).warning("socket not closed", extra={"detail": str(error)})


def _apply(messages: Sequence[LiveMessage]) -> None:
    known = settings.load(LiveSettings)
    db = database(known)
    gone = [one for m in messages if m.kind == "gone" for one in m.connection_ids]
    if gone:
        live.disconnect(db, gone)
    for org_id in sorted({m.org_id for m in messages if m.kind == "hint" and m.org_id is not None}):
        live_telling.tell_kept(db, known.pushes_queue_url, org_id)
    logs.logger(SERVICE).info("told", extra={"messages": len(messages), "gone": len(gone)})
