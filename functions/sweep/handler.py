"""Every minute, and by its own delayed messages every 15 seconds: what should have happened and did not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from pydantic import Field, Json, PositiveInt

from tocsin.contracts.checks import ResultsMessage
from tocsin.contracts.edge import CHECKS, EDGE_STATE, PAGES
from tocsin.errors import QueueUnavailable, Unavailable
from tocsin.platform import logs, queues, settings
from tocsin.platform.secret_store import text
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.services import commanding, demo, live_telling, sweeping
from tocsin_data.services.leaving import Leaving, LeavingSettings, send_publish_requests
from tocsin_data.services.page_site import Site
from tocsin_data.services.storing import KEPT_DAYS

SERVICE: Final = "sweep"
ECHOES_SECONDS: Final = (15, 30, 45)
CHECKS_MINUTES: Final = 5


class SweepSettings(DatabaseSettings, LeavingSettings):
    """What sweep needs to know."""

    sweeps_queue_url: str
    publications_queue_url: str | None = None
    results_queue_url: str | None = None
    """Without it heartbeats are judged by the clock alone, however far behind their pings are."""
    seal_public_key_secret_arn: str | None = None
    demo: bool = False
    result_days: int = KEPT_DAYS
    """For how many days single results of checks are kept."""
    pages_url: str | None = None
    page_domains: Json[dict[str, str]] = Field(default_factory=dict[str, str])
    """Where status pages are, by slug those with a domain of their own; without it nobody is told of them."""
    subscriber_mails_per_second: PositiveInt = 10
    """How many of the mail provider's are for subscribers; the rest are for pages."""

    @property
    def seal_public_key(self) -> Callable[[], str] | None:
        """What mails are sealed to, as PEM, read when the first one is written; without it none is."""
        name = self.seal_public_key_secret_arn
        return None if name is None else lambda: text(name)

    @property
    def outside(self) -> sweeping.Outside | None:
        """How subscribers of status pages are told."""
        if self.pages_url is None or self.mails_queue_url is None:
            return None
        return sweeping.Outside(Site(self.pages_url, self.page_domains), self.subscriber_mails_per_second)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The minute's schedule (which also sends the echoes), or one of its own delayed messages."""
    known = settings.load(SweepSettings)
    if "Records" not in event:
        _echo(known)
    db = database(known)
    with live_telling.telling(db, known, SERVICE):
        swept = sweeping.sweep(
            db, lambda leaving: _send(known, leaving), known.seal_public_key, known.result_days, known.outside
        )
    live_telling.tend(db, known, SERVICE)
    if swept.marked_at is not None and known.results_queue_url is not None:
        _mark(known.results_queue_url, swept.marked_at)
    ages = {"latest_seconds": swept.latest_seconds, "unsent_seconds": swept.unsent_seconds}
    logs.logger(SERVICE).info("swept", extra={**swept.counts, **ages})
    for name, value in swept.counts.items():
        logs.count(SERVICE, f"Swept{name.capitalize()}", value)
    logs.measure(SERVICE, "StepLateness", [swept.latest_seconds] if swept.overdue else [])
    logs.measure(SERVICE, "UnsentPageAge", [swept.unsent_seconds] if swept.unsent_seconds else [])
    logs.count(SERVICE, "Sweeps")
    if known.demo and "Records" not in event:
        _refresh_demo(known)
    if "Records" not in event:
        _publish(known, is_time_for_checks=datetime.fromisoformat(event["time"]).minute % CHECKS_MINUTES == 0)
    logs.flush(SERVICE)
    return {"batchItemFailures": []}


def _send(known: SweepSettings, leaving: Leaving) -> None:
    leaving.send(known, SERVICE)
    leaving.publish_pages(known.publications_queue_url, SERVICE)


def _publish(known: SweepSettings, *, is_time_for_checks: bool) -> None:
    """Have status pages and what the edge refuses written every minute, and now and then what regions check, should a
    request for it have been lost; and forget what was once asked for.
    """
    documents = [EDGE_STATE, PAGES, *([CHECKS] if is_time_for_checks else [])]
    try:
        if known.publications_queue_url is not None:
            send_publish_requests(known.publications_queue_url, documents)
        if is_time_for_checks:
            commanding.forget(database(known))
    except Unavailable as error:
        logs.logger(SERVICE).error("documents not asked for", extra={"documents": documents, "detail": str(error)})


def _refresh_demo(known: SweepSettings) -> None:
    """Last, and whatever becomes of it: a demo must not keep a page from anybody."""
    try:
        if demo.refresh(database(known)):
            logs.logger(SERVICE).info("demo made anew")
    except Exception:  # noqa: BLE001 - the edge of the process: the sweep itself has been done
        logs.logger(SERVICE).exception("demo not made anew")
        logs.count(SERVICE, "DemoNotMadeAnew")


def _mark(results_queue_url: str, marked_at: datetime) -> None:
    """Mark the queue of results: once the mark has come through, what was sent before it has most likely been read."""
    message = ResultsMessage(kind="mark", marked_at=marked_at)
    try:
        queues.send(results_queue_url, [queues.Outgoing(message.to_json(), SERVICE)])
    except QueueUnavailable as error:
        logs.logger(SERVICE).error("results not marked", extra={"detail": str(error)})


def _echo(known: SweepSettings) -> None:
    """Send this minute's delayed messages; without them the next minute's schedule still sweeps."""
    try:
        queues.send(known.sweeps_queue_url, [queues.Outgoing("{}", SERVICE, seconds) for seconds in ECHOES_SECONDS])
    except QueueUnavailable as error:
        logs.logger(SERVICE).error("no echoes of this sweep", extra={"detail": str(error)})
