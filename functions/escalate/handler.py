"""Due steps: page whom they reach, and send the next wake-up."""

from collections.abc import Sequence
from typing import Any, Final

from tocsin.contracts.wakeup import WakeUp
from tocsin.platform import logs, settings
from tocsin.platform.batches import BatchRun
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.services import escalating
from tocsin_data.services.leaving import LeavingSettings
from tocsin_data.services.live_telling import telling
from tocsin_data.services.rejecting import rejecter

SERVICE: Final = "escalate"


class EscalateSettings(DatabaseSettings, LeavingSettings):
    """What escalate needs to know."""


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """SQS `escalations` → partial batch response."""
    db = database(settings.load(EscalateSettings))
    return BatchRun(SERVICE, WakeUp, _apply, rejecter(db, "escalations"))(event)


def _apply(wake_ups: Sequence[WakeUp]) -> None:
    known = settings.load(EscalateSettings)
    db = database(known)
    with telling(db, known, SERVICE):
        taken = escalating.wake(db, wake_ups)
        taken.leaving.send(known, SERVICE)
    logs.logger(SERVICE).info(
        "woken",
        extra={
            "wake_ups": len(wake_ups),
            "taken": len(taken.lateness_seconds),
            "pages": len(taken.leaving.deliveries),
            "latest_seconds": max(taken.lateness_seconds, default=0.0),
        },
    )
    logs.measure(SERVICE, "StepLateness", taken.lateness_seconds)
    logs.count(SERVICE, "EscalationsExhausted", taken.exhausted)
