"""The fate of every event and every notification of a benchmark; one that loses or repeats a page has failed."""

import asyncio
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from bench.host import Host


@dataclass(frozen=True, slots=True)
class Fates:
    """Counts at the end. `lost` are events accepted and not recorded, due pages not received, and dead letters."""

    accepted: int
    refused: int
    recorded: int
    incidents: int
    paged: int
    repeated: int
    uncertain: int
    unclaimed: int
    stopped: int
    lost: int
    states: dict[str, int]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost and nothing came twice."""
        return self.lost == 0 and self.repeated == 0

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    def __str__(self) -> str:
        states = ", ".join(f"{count} {state}" for state, count in sorted(self.states.items()))
        return (
            f"accepted {self.accepted}, refused {self.refused}, incidents {self.incidents}; paged {self.paged}, "
            f"repeated {self.repeated}, uncertain {self.uncertain}, unclaimed {self.unclaimed}, "
            f"stopped {self.stopped}, lost {self.lost} ({states})"
        )


async def fates(host: Host, *, incidents: int | None = None) -> Fates:
    """Wait until everything has come to rest, then count. `incidents` is how many there must be, if not one a key."""
    await host.settled()
    # the last pages are on their way through the receiver's pipe
    await asyncio.sleep(0.2)
    dead = sum(len(messages) for messages in (await host.control("dead")).values())
    came = Counter(arrival.notification_id for arrival in host.arrivals)
    notifications = {
        str(row[0]): row for row in host.rows("select id, state, uncertain_count, position from notification")
    }
    due = {name for name, row in notifications.items() if row[1] != "cancelled"}
    [(recorded,)] = host.rows("select count(*) from event")
    [(opened,)] = host.rows("select count(*) from incident")
    [(unclaimed,)] = host.rows("select count(*) from notification_attempt where unclaimed")
    expected = incidents if incidents is not None else len(set(host.accepted))
    unpaged = host.rows(
        "select count(*) from incident i where not exists (select from notification n where n.incident_id = i.id)"
    )[0][0]
    lost = [len(host.accepted) - recorded, len(due - came.keys()), expected - opened, unpaged, dead]
    return Fates(
        accepted=len(host.accepted),
        refused=host.refused,
        recorded=recorded,
        incidents=opened,
        paged=len(came),
        repeated=sum(count - 1 for count in came.values()) + len(came.keys() - notifications.keys()),
        uncertain=sum(row[2] for row in notifications.values()),
        unclaimed=unclaimed,
        stopped=len(notifications) - len(due),
        lost=sum(max(0, one) for one in lost),
        states=dict(Counter(row[1] for row in notifications.values())),
    )
