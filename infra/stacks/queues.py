"""The queues of the application: how long their consumers may run, and how long messages may be delayed."""

from typing import Final

from constructs import Construct

from infra.parts.channel import Channel
from infra.stages import Stage
from tocsin.domain.escalation import TIMER_REACH
from tocsin.domain.live import COALESCED_SECONDS

CONSUMER_SECONDS: Final = {
    "events": 20,
    "results": 20,
    "escalations": 20,
    "deliveries": 45,
    "mails": 45,
    "outcomes": 20,
    "sweeps": 55,
    "publications": 20,
    "copies": 30,
    "pushes": 30,
    "hints": 20,
}
"""How long the consumer of each queue may run; a sweep ends before the next minute's begins."""
DELAYS: Final = {
    "escalations": TIMER_REACH.seconds,
    "deliveries": TIMER_REACH.seconds,
    "sweeps": 45,
    "hints": COALESCED_SECONDS,
}
"""The longest delays that messages are sent with."""
BACK_OFFS: Final = 25
"""`notify` gives a page back every 5 s for up to 60 s while the database can't be reached."""


def channels(scope: Construct, stage: Stage) -> dict[str, Channel]:
    """A queue for each of them, with its dead letters."""
    return {
        name: Channel(
            scope,
            name,
            stage=stage,
            consumer_timeout_seconds=seconds,
            max_receives=BACK_OFFS if name == "deliveries" else None,
            longest_delay_seconds=DELAYS.get(name, 0),
        )
        for name, seconds in CONSUMER_SECONDS.items()
    }
