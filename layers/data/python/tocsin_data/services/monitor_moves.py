"""What becomes of monitors is written in one place: state, span, and the events that page, in one transaction.

The events take the way of every other: rules, windows, dependencies and policies apply to them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from tocsin.contracts.events import EventsMessage, InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.domain.event_rule import Group
from tocsin.domain.incident import Severity
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.domain.verdict import Standing, Topic
from tocsin.domain.verdict_words import closed, flapping, nearer, opened
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.services.cases import Item
from tocsin_data.services.judging import Batch
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import monitor_states
from tocsin_data.sql.monitor_states import NewSpan, NewState, Watched

PROTOCOL: Final = "monitor"
NO_KEY: Final = "0" * 64
ALMOST_NOTHING: Final = timedelta(milliseconds=1)
STALE_GROUP: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Change:
    """What a monitor is from now on, and since when by check time; its row is held (`monitor_states.hold`).

    `detail` says why in words, without secrets or what a target answered; `evidence` is kept with the state, the span
    and the event. Without `after` it simply is `status`: down opens its alert, up and degraded end it.
    """

    monitor: Watched
    status: CheckStatus
    at: datetime
    reason: Reason | None = None
    detail: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict[str, Any])
    after: Standing | None = None
    look_at: datetime | None = None

    @property
    def standing(self) -> Standing:
        """All that it is from now on."""
        return self.after or self.monitor.standing.settled(self.status, max(self.at, self.monitor.since))


class Moves:
    """Writes what monitors are from now on, and judges what they say of it."""

    def __init__(self, tx: Tx, leaving: Leaving) -> None:
        self._tx = tx
        self._leaving = leaving
        self._batch = Batch(tx, leaving)

    @property
    def opened(self) -> int:
        """Incidents that were opened."""
        return self._batch.opened

    @property
    def exhausted(self) -> int:
        """Escalations that had nobody left to page."""
        return self._batch.exhausted

    def apply(self, changes: Sequence[Change]) -> None:
        """Write changes, one a monitor, in a handful of statements."""
        if not changes:
            return
        items: list[Item] = []
        states: list[NewState] = []
        spans: list[NewSpan] = []
        for change in sorted(changes, key=lambda c: c.monitor.monitor_id):
            said = self._events(change)
            items.extend(said)
            told_at = said[0].message.received_at if said else change.monitor.told_at
            states.append(_state(change, told_at))
            spans.extend(_spans(change))
        self._leaving.pages.update(monitor_states.write(self._tx, states, spans))
        if items:
            self._batch.apply(items, [])

    def _events(self, change: Change) -> list[Item]:
        """What it says, later than all it has said before: clocks of transactions that wait for a row go back."""
        monitor = change.monitor
        said = list(_said(change))
        if not said:
            return []
        told_at = self._tx.now if monitor.told_at is None else max(self._tx.now, monitor.told_at + ALMOST_NOTHING)
        events = [
            InboundEvent(
                event_id=new_id(),
                index=index,
                action=action,
                dedup_key=_dedup_key(monitor, topic),
                summary=summary,
                source=monitor.name,
                severity=Severity(monitor.severity) if topic is Topic.DOWN else Severity.WARNING,
                payload=_payload(change, topic),
            )
            for index, (topic, action, summary) in enumerate(said)
        ]
        message = EventsMessage(
            request_id=new_id(), received_at=told_at, protocol=PROTOCOL, key_hash=NO_KEY, events=events
        )
        ids = (monitor.org_id, monitor.service_id, monitor.monitor_id)
        groups = [_group(monitor) if topic is Topic.STALE else None for topic, _, _ in said]
        return [Item.of_monitor(ids, message, e, group) for e, group in zip(events, groups, strict=True)]


def _said(change: Change) -> Iterator[tuple[Topic, EventAction, str]]:
    """The events by which people learn what is new."""
    monitor, before, after = change.monitor, change.monitor.standing, change.standing
    anew = frozenset({Topic.CERTIFICATE}) if after.warns_anew(before) else frozenset[Topic]()
    if anew:  # an incident of its own pages again, also where somebody has acknowledged the last
        yield Topic.CERTIFICATE, EventAction.RESOLVE, nearer(monitor.name)
    for topic in sorted((after.open - before.open) | anew):
        if not (topic is Topic.DOWN and after.is_flapping):
            yield topic, EventAction.TRIGGER, opened(topic, monitor.name, change.detail, after.warned_days)
    if after.is_flapping and not before.is_flapping and Topic.DOWN in after.open:
        yield Topic.DOWN, EventAction.TRIGGER, flapping(monitor.name, change.detail)
    lasted = after.since - before.since if before.status is CheckStatus.DOWN else None
    for topic in sorted(before.open - after.open):
        yield topic, EventAction.RESOLVE, closed(topic, monitor.name, after.status, change.detail, lasted)


def _group(monitor: Watched) -> Group:
    """One incident of a service for all that is not being checked: what ails that is seldom one monitor's."""
    return Group(f"monitors:{Topic.STALE}:{monitor.service_id}", STALE_GROUP)


def _dedup_key(monitor: Watched, topic: Topic) -> str:
    key = f"monitor:{monitor.monitor_id}"
    return key if topic is Topic.DOWN else f"{key}:{topic}"


def _payload(change: Change, topic: Topic) -> dict[str, Any]:
    monitor = change.monitor
    labels: dict[str, Any] = {
        "monitor": monitor.name,
        "monitor_id": str(monitor.monitor_id),
        "monitor_kind": monitor.kind,
        "topic": topic,
        "regions": ", ".join(monitor.regions),
    }
    if monitor.tags:
        labels["tags"] = ", ".join(monitor.tags)
    if change.reason is not None:
        labels["reason"] = change.reason
    return {"labels": labels, "evidence": dict(change.evidence)}


def _state(change: Change, told_at: datetime | None) -> NewState:
    after = change.standing
    pending_status, pending_since = after.pending or (None, None)
    detail: dict[str, Any] = {"reason": change.reason, "detail": change.detail, **change.evidence}
    if after.warned_days is not None:
        detail["warned_days"] = after.warned_days
    return NewState(
        monitor_id=change.monitor.monitor_id,
        status=after.status,
        since=after.since,
        pending_status=pending_status,
        pending_since=pending_since,
        is_flapping=after.is_flapping,
        alerts=sorted(after.open),
        flips=list(after.flips),
        told_at=told_at,
        look_at=change.look_at,
        detail=detail,
    )


def _spans(change: Change) -> Iterator[NewSpan]:
    """A span for each status that is new; before its first one nothing is known of a monitor."""
    monitor, after = change.monitor, change.standing
    if after.status != monitor.status:
        evidence = {"reason": change.reason, "detail": change.detail, **change.evidence}
        yield NewSpan(monitor.org_id, monitor.monitor_id, after.status, after.since, evidence)
