"""What regions, probes and heartbeats bring becomes what monitors are, and the first pages on their way."""

from collections.abc import Sequence
from typing import Any, Final

from tocsin.contracts.checks import ResultBatch, ResultsMessage
from tocsin.errors import Invalid, Unstorable
from tocsin.platform import logs, packing, settings
from tocsin.platform.batches import BatchRun
from tocsin_data.db import Database, DatabaseSettings, database
from tocsin_data.services import beacons, pings, probes, region_reports, subscriber_wishes, verdicts
from tocsin_data.services.leaving import Leaving, LeavingSettings
from tocsin_data.services.live_telling import telling
from tocsin_data.services.rejecting import rejecter

SERVICE: Final = "verdict"


class VerdictSettings(DatabaseSettings, LeavingSettings):
    """What verdict needs to know."""

    publications_queue_url: str | None = None


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """SQS `results` → partial batch response."""
    db = database(settings.load(VerdictSettings))
    return BatchRun(SERVICE, ResultsMessage, _apply, rejecter(db, "results"))(event)


def _apply(messages: Sequence[ResultsMessage]) -> None:
    known = settings.load(VerdictSettings)
    db = database(known)
    batches = [_unpacked(m) for m in messages if m.kind == "results"]
    told = [ping for m in messages if m.kind == "pings" for ping in m.pings]
    if told:
        with telling(db, known, SERVICE):
            done = pings.apply(db, told)
            _send(known, [done.leaving])
        counts = {"pings": len(told), "counted": done.counted, "unknown": done.unknown, "down": done.down}
        logs.logger(SERVICE).info("pings taken in", extra=counts)
    if batches:
        _judge(db, known, batches)
    pings.mark(db, [m.marked_at for m in messages if m.kind == "mark" and m.marked_at is not None])
    wishes = [wish for m in messages if m.kind == "wishes" for wish in m.wishes]
    if wishes:
        # after all that somebody may be paged for
        heard = subscriber_wishes.hear(db, wishes)
        _send(known, [heard.leaving])
        logs.logger(SERVICE).info("wishes of subscribers heard", extra=dict(heard.counts))
        logs.count(SERVICE, "SubscribersAsked", heard.counts["asked"])
        logs.count(SERVICE, "SubscribersLimited", heard.counts["limited"])
    visits = [visit for m in messages if m.kind == "visits" for visit in m.visits]
    if visits:
        # last, as they are counted again when anything after them fails
        beacons.count(db, visits)


def _judge(db: Database, known: VerdictSettings, batches: Sequence[ResultBatch]) -> None:
    with telling(db, known, SERVICE):
        done = verdicts.apply(db, batches)
        _send(known, done.leaving)
    region_reports.report(db, batches).tell(SERVICE)
    probes.hear(db, batches)
    counts = {"stored": done.stored, "doubled": done.doubled, "judged": done.judged, "changed": done.changed}
    logs.logger(SERVICE).info("judged", extra={"batches": len(batches), **counts, "dropped": dict(done.dropped)})
    for name, value in {**counts, "dropped": done.dropped.total()}.items():
        logs.count(SERVICE, f"Results{name.capitalize()}", value)
    logs.count(SERVICE, "EscalationsExhausted", done.exhausted)


def _unpacked(message: ResultsMessage) -> ResultBatch:
    """The batch of a message; one that no check can have packed is kept for people, and never tried again."""
    if message.packed is None:
        raise Unstorable("A message of results must hold a packed batch.")
    try:
        return packing.unpack(message.packed, ResultBatch)
    except Invalid as error:
        raise Unstorable(str(error)) from error


def _send(known: VerdictSettings, leaving: Sequence[Leaving]) -> None:
    for found in leaving:
        found.send(known, SERVICE)
        found.publish_pages(known.publications_queue_url, SERVICE)
