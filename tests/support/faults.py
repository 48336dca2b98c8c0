"""Every fault with the points at which it strikes, and the one place that judges what became of everything."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.support.doomed import of
from tests.support.mesh import Mesh


def _names(*functions: str) -> tuple[str, ...]:
    return tuple(str(point) for function in functions for point in of(function))


def _commits(*functions: str) -> tuple[str, ...]:
    return tuple(f"{function}: {side} the commit" for function in functions for side in ("before", "after"))


FAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "database down for a minute during a burst": (
        "before the burst is handled",
        "in mid-burst",
        "when pages are due",
        "when outcomes are to be recorded",
        "when outcomes are to be recorded, the sweep coming first",
    ),
    "database restarted in mid-transaction": _commits("process", "escalate", "claim", "record"),
    "process killed before and after its commit": _names("process"),
    "escalate killed": _names("escalate"),
    "claim killed": (*_names("claim"), "claim: after the commit, its page a minute old"),
    "record killed": _names("record"),
    "sweep killed": _names("sweep"),
    "wake-up message lost": (
        "sent by process",
        "refused by the queue",
        "sent by escalate",
        "armed by the sweep",
    ),
    "wake-up delivered three times": ("in one batch", "one after the other", "at the same time"),
    "notify killed before, during and after the provider call": (
        *_names("notify"),
        *(f"notify: {when} the provider call, {how}" for how in ("e-mail", "Slack") for when in ("before", "after")),
    ),
    "outcome lost": ("refused by the queue", "dropped by the queue"),
    "provider in trouble": (
        "times out",
        "429 with Retry-After",
        "500",
        "410",
        "404",
    ),
    "queue redelivers everything": (
        "events",
        "deliveries",
        "outcomes",
        "escalations",
        "deliveries twice in a batch, claim away",
    ),
    "clock skew of 2 minutes between functions": tuple(
        f"{function} {minutes:+d} minutes" for function in ("ingest", "notify") for minutes in (-2, 2)
    ),
    "old and new version side by side": tuple(
        f"{age} {message}"
        for message in ("events", "deliveries", "claim", "outcomes", "escalations")
        for age in ("newer", "older")
        if (age, message) != ("older", "escalations")
    ),
    "policy edited, target removed, user deleted while escalating": (
        "policy edited",
        "target removed",
        "user deleted",
        "user deleted, their page lost on its way",
    ),
    "acknowledge at the instant of a step": (
        "escalate: before its transaction",
        "escalate: before the commit",
        "escalate: after the commit",
        "notify: before the claim",
        "notify: after the claim",
    ),
    "emulator killed and restarted with its queues empty": (
        "pages on their way",
        "outcomes on their way",
        "a wake-up on its way",
    ),
}
"""Every fault and the points at which it strikes: what the report must hold, in its order."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of everything under one fault at one point, after the sweep.

    `due` are the pages that the policy calls for and nobody called off, `paged` those that came in. `repeated` counts
    what came in beyond the first time; `uncertain` the attempts of which nobody knows how they ended, `unclaimed`
    those made without the claim. `refused` pages were turned down for good, and their escalation moved on.
    """

    fault: str
    point: str
    accepted: int
    incidents: int
    due: int
    paged: int
    repeated: int
    uncertain: int
    unclaimed: int
    refused: int
    lost: int


def judge(mesh: Mesh, fault: str, point: str, *, due: int) -> Fate:
    """Compute the fate from the database and from what came in; fails when a page is lost, or repeated without need."""
    rows = mesh.world.database.rows
    received = Counter(mesh.pages())
    notifications = rows(
        """
        select n.id::text, n.state,
            n.uncertain_count
                + count(*) filter (where a.state = 'temporary' and a.reason in ('timeout', 'connection')),
            count(*) filter (where a.unclaimed),
            coalesce(bool_or(a.state = 'permanent'), false) or n.reason = 'contact_method_removed'
        from notification n left join notification_attempt a on a.notification_id = n.id group by n.id
        """
    )
    wanted = {name for name, state, *_ in notifications if state != "cancelled"} | set(received)
    refused = {name for name, state, *_, told in notifications if state == "failed" and told} - set(received)
    stored, events, incidents = rows(
        "select (select count(*) from event), (select count(*) from event where alert_id is not null),"
        " (select count(*) from incident)"
    )[0]
    fate = Fate(
        fault=fault,
        point=point,
        accepted=mesh.accepted,
        incidents=incidents,
        due=due,
        paged=len(received),
        repeated=received.total() - len(received),
        uncertain=sum(row[2] for row in notifications),
        unclaimed=sum(row[3] for row in notifications),
        refused=len(refused),
        lost=max(due, len(wanted)) - len(wanted & received.keys()) - len(refused),
    )
    assert (stored, events) == (mesh.accepted, mesh.accepted), "every accepted event has its row and its incident"
    assert rows("select count(*) from rejected_message") == [(0,)]
    assert rows("select count(*) from escalation where state = 'waiting' and next_at <= app.clock()") == [(0,)]
    assert [row for row in notifications if row[1] in ("queued", "claimed")] == [], "nothing is left undone"
    assert len(wanted) == due, "what was due was meant to be sent, and nothing else"
    assert fate.lost == 0, fate
    for name, _, uncertain, unclaimed, _ in notifications:
        assert received[name] <= 1 + uncertain + unclaimed, f"{name} was repeated and nobody says why"
    return fate


def registered() -> list[tuple[str, str]]:
    """Every fault and point, in the order of the report."""
    return [(fault, point) for fault, points in FAULTS.items() for point in points]
