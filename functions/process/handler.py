"""Events become alerts, incidents and the first pages on their way."""

from collections.abc import Sequence
from typing import Any, Final

from tocsin.contracts.events import EventsMessage
from tocsin.errors import QueueUnavailable
from tocsin.platform import logs, settings
from tocsin.platform.batches import BatchRun
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.services import processing
from tocsin_data.services.leaving import LeavingSettings, send_publish_requests
from tocsin_data.services.live_telling import telling
from tocsin_data.services.rejecting import rejecter

SERVICE: Final = "process"


class ProcessSettings(DatabaseSettings, LeavingSettings):
    """What process needs to know."""

    publications_queue_url: str
    key_budget_per_minute: int


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """SQS `events` → partial batch response."""
    db = database(settings.load(ProcessSettings))
    return BatchRun(SERVICE, EventsMessage, _apply, rejecter(db, "events"))(event)


def _apply(messages: Sequence[EventsMessage]) -> None:
    known = settings.load(ProcessSettings)
    db = database(known)
    with telling(db, known, SERVICE):
        done = processing.process(db, messages, key_budget_per_minute=known.key_budget_per_minute)
        done.leaving.send(known, SERVICE)
        done.leaving.publish_pages(known.publications_queue_url, SERVICE)
    if done.leaving.publish:
        try:
            send_publish_requests(known.publications_queue_url, ["edge_state"])
        except QueueUnavailable as error:
            logs.logger(SERVICE).warning("edge state not asked for", extra={"detail": str(error)})
    counts = {
        "opened": done.opened,
        "counted": done.counted,
        "refused": done.refused,
        "unknown": len(done.unknown),
        "pages": len(done.leaving.deliveries),
        "exhausted": done.exhausted,
    }
    logs.logger(SERVICE).info("processed", extra={"messages": len(messages), **counts})
    for name, value in counts.items():
        logs.count(SERVICE, f"Events{name.capitalize()}" if name != "exhausted" else "EscalationsExhausted", value)
