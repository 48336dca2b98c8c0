"""Every fault with the points at which it strikes, and the one place that judges what became of everything."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import pytest

from tests.support.doomed import Point, of
from tests.support.fates import PROPERTY


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
        "the deployed whole, a thousand events",
    ),
    "database restarted in mid-transaction": _commits("process", "escalate", "claim", "record"),
    "process killed before and after its commit": _names("process"),
    "escalate killed": _names("escalate"),
    "claim killed": (*_names("claim"), "claim: after the commit, its page a minute old"),
    "record killed": _names("record"),
    "verdict killed": _names("verdict"),
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
        "results",
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
    "schedule emptied, steps removed and reordered while escalating": (
        "schedule emptied",
        "step removed",
        "steps reordered",
    ),
    "sweep and wake-up at once": (
        "escalate: before its transaction",
        "escalate: before the commit",
        "escalate: after the commit",
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
        "the deployed whole, in mid-escalation",
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
    settings: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known once a test is over: the database's rows, the notification of every page that came in, one for each
    time, and how many events were accepted. `about` is a pattern of the titles of the incidents that are looked at.
    """

    rows: Callable[..., list[tuple[Any, ...]]]
    pages: list[str]
    accepted: int
    about: str = "%"


def demand(
    request: pytest.FixtureRequest,
    evidence: Evidence,
    point: Point | str,
    *,
    due: int,
    exact: bool = True,
    **counts: int,
) -> None:
    """Judge the test's fault at a point, demand these counts of what may be more than nothing, and record it.

    Where time is real, how many are uncertain depends on the machine: then not `exact`, but explained all the same.
    """
    mark = request.node.get_closest_marker("fault")
    assert mark is not None, "the test says no fault"
    fault: str = mark.args[0]
    assert str(point) in FAULTS[fault], f"{fault} has no point {point}"
    found = asdict(judge(evidence, fault, str(point), due=due))
    expected = {name: counts.get(name, 0) for name in ("repeated", "uncertain", "unclaimed", "refused")}
    assert not exact or {name: found[name] for name in expected} == expected
    request.node.user_properties.append((PROPERTY, found))


def judge(evidence: Evidence, fault: str, point: str, *, due: int) -> Fate:
    """Compute the fate of everything; fails when something is lost, or repeated and nobody can say why."""
    received = Counter(evidence.pages)
    notifications = evidence.rows(NOTIFICATIONS, evidence.about)
    wanted = {name for name, state, *_ in notifications if state != "cancelled"} | set(received)
    refused = {name for name, state, *_, told in notifications if state == "failed" and told} - set(received)
    ((stored, placed, incidents, rejected, overdue),) = evidence.rows(TOTALS, *[evidence.about] * 4)
    ((settings,),) = evidence.rows(SETTINGS)
    fate = Fate(
        fault=fault,
        point=point,
        accepted=evidence.accepted,
        incidents=incidents,
        due=due,
        paged=len(received),
        repeated=received.total() - len(received),
        uncertain=sum(row[2] for row in notifications),
        unclaimed=sum(row[3] for row in notifications),
        refused=len(refused),
        lost=max(due, len(wanted)) - len(received) - len(refused),
        settings=settings,
    )
    assert (stored, placed) == (evidence.accepted, evidence.accepted), "every accepted event has its incident"
    assert (rejected, overdue) == (0, 0), "nothing was turned away, and no step is overdue"
    assert [row for row in notifications if row[1] in ("queued", "claimed")] == [], "nothing is left undone"
    assert received.keys() <= {row[0] for row in notifications}, "nothing came in but what was meant to be sent"
    assert len(wanted) == due, "what was due was meant to be sent, and nothing else"
    assert fate.lost == 0, fate
    for name, _, uncertain, unclaimed, _ in notifications:
        assert received[name] <= 1 + uncertain + unclaimed, f"{name} was repeated and nobody can say why"
    return fate


NOTIFICATIONS: Final = """
select n.id::text, n.state,
    n.uncertain_count + count(*) filter (where a.state = 'temporary' and a.reason in ('timeout', 'connection')),
    count(*) filter (where a.unclaimed),
    coalesce(bool_or(a.state = 'permanent'), false) or n.reason is not distinct from 'contact_method_removed'
from notification n join incident i on i.id = n.incident_id
left join notification_attempt a on a.notification_id = n.id
where i.title like %s group by n.id
"""
"""Each notification: where it stands, how many of its attempts are unknown or unclaimed, whether it was turned down."""
TOTALS: Final = """
select
    (select count(*) from event where summary like %s),
    (select count(*) from event e join alert a on a.id = e.alert_id join incident i on i.id = a.incident_id
        where e.summary like %s),
    (select count(*) from incident where title like %s),
    (select count(*) from rejected_message),
    (select count(*) from escalation e join incident i on i.id = e.incident_id
        where e.state = 'waiting' and e.next_at <= app.clock() and i.title like %s)
"""
SETTINGS: Final = """
select 'PostgreSQL ' || current_setting('server_version') || ', fsync ' || current_setting('fsync')
    || ', synchronous_commit ' || current_setting('synchronous_commit')
    || ', full_page_writes ' || current_setting('full_page_writes')
"""


def registered() -> list[tuple[str, str]]:
    """Every fault and point, in the order of the report."""
    return [(fault, point) for fault, points in FAULTS.items() for point in points]
