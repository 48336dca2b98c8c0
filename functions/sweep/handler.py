"""Every minute, and by its own delayed messages every 15 seconds: what should have happened and did not."""

from collections.abc import Callable
from typing import Any, Final

from tocsin.errors import QueueUnavailable
from tocsin.platform import logs, queues, settings
from tocsin.platform.secret_store import text
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.services import demo, sweeping
from tocsin_data.services.leaving import LeavingSettings

SERVICE: Final = "sweep"
ECHOES_SECONDS: Final = (15, 30, 45)


class SweepSettings(DatabaseSettings, LeavingSettings):
    """What sweep needs to know."""

    sweeps_queue_url: str
    seal_public_key_secret_arn: str | None = None
    demo: bool = False

    @property
    def seal_public_key(self) -> Callable[[], str] | None:
        """What mails are sealed to, as PEM, read when the first one is written; without it none is."""
        name = self.seal_public_key_secret_arn
        return None if name is None else lambda: text(name)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The minute's schedule (which also sends the echoes), or one of its own delayed messages."""
    known = settings.load(SweepSettings)
    if "Records" not in event:
        _echo(known)
    swept = sweeping.sweep(database(known), lambda leaving: leaving.send(known, SERVICE), known.seal_public_key)
    ages = {"latest_seconds": swept.latest_seconds, "unsent_seconds": swept.unsent_seconds}
    logs.logger(SERVICE).info("swept", extra={**swept.counts, **ages})
    for name, value in swept.counts.items():
        logs.count(SERVICE, f"Swept{name.capitalize()}", value)
    logs.measure(SERVICE, "StepLateness", [swept.latest_seconds] if swept.overdue else [])
    logs.measure(SERVICE, "UnsentPageAge", [swept.unsent_seconds] if swept.unsent_seconds else [])
    logs.count(SERVICE, "Sweeps")
    if known.demo and "Records" not in event:
        _refresh_demo(known)
    logs.flush(SERVICE)
    return {"batchItemFailures": []}


def _refresh_demo(known: SweepSettings) -> None:
    """Last, and whatever becomes of it: a demo must not keep a page from anybody."""
    try:
        if demo.refresh(database(known)):
            logs.logger(SERVICE).info("demo made anew")
    except Exception:  # noqa: BLE001 - the edge of the process: the sweep itself has been done
        logs.logger(SERVICE).exception("demo not made anew")
        logs.count(SERVICE, "DemoNotMadeAnew")


def _echo(known: SweepSettings) -> None:
    """Send this minute's delayed messages; without them the next minute's schedule still sweeps."""
    try:
        queues.send(known.sweeps_queue_url, [queues.Outgoing("{}", SERVICE, seconds) for seconds in ECHOES_SECONDS])
    except QueueUnavailable as error:
        logs.logger(SERVICE).error("no echoes of this sweep", extra={"detail": str(error)})
