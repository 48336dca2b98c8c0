"""What became of pages and mails, back into the rows; a step that reached nobody is followed by the next at once."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from tocsin.contracts.delivery import OutcomeMessage
from tocsin.platform import logs, settings
from tocsin.platform.batches import BatchRun
from tocsin_data.db import Database, DatabaseSettings, database
from tocsin_data.services import escalating, mailing, recording
from tocsin_data.services.leaving import LeavingSettings
from tocsin_data.services.live_telling import telling
from tocsin_data.services.recording import Recorded
from tocsin_data.services.rejecting import rejecter

SERVICE: Final = "record"
type Write = Callable[[Database, Sequence[OutcomeMessage]], Recorded]
"""A use case that takes outcomes in."""


class RecordSettings(DatabaseSettings, LeavingSettings):
    """What record needs to know."""


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """SQS `outcomes` → partial batch response."""
    db = database(settings.load(RecordSettings))
    return BatchRun(SERVICE, OutcomeMessage, _apply, rejecter(db, "outcomes"))(event)


def _apply(outcomes: Sequence[OutcomeMessage]) -> None:
    known = settings.load(RecordSettings)
    db = database(known)
    mails = [outcome for outcome in outcomes if outcome.kind == "mail"]
    if mails:
        logs.count(SERVICE, "MailsDelivered", mailing.record(db, mails))
    pages = [outcome for outcome in outcomes if outcome.kind == "page"]
    if pages:
        recorded = _follow(known, recording.record, pages)
        logs.count(SERVICE, "PagesDelivered", recorded.delivered)
    returned = [outcome for outcome in outcomes if outcome.kind == "returned"]
    if returned:
        _follow(known, recording.take_back, returned)
        logs.count(SERVICE, "PagesReturned", len(returned))


def _follow(known: RecordSettings, write: Write, told: Sequence[OutcomeMessage]) -> Recorded:
    """Write outcomes, and go on at once where pages have failed."""
    db = database(known)
    with telling(db, known, SERVICE):
        recorded = write(db, told)
        recorded.leaving.send(known, SERVICE)
        if recorded.failed:
            taken = escalating.move_on(db, recorded.failed)
            taken.leaving.send(known, SERVICE)
            logs.count(SERVICE, "EscalationsExhausted", taken.exhausted)
    counts = {"outcomes": len(told), "delivered": recorded.delivered, "failing": len(recorded.failed)}
    logs.logger(SERVICE).info("recorded", extra=counts)
    return recorded
