"""One batch of events inside its transaction: each judged in the order of its dedup key, then all written at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.delivery import DeliveryIncident
from tocsin.contracts.events import EventsMessage, InboundEvent
from tocsin.domain.dedup import KeyState, Outcome, Position, fold
from tocsin.domain.escalation import START
from tocsin.domain.incident import Severity, Status
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.services import moving, paging
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import dedup_keys, escalations, events, incidents, judgements
from tocsin_data.sql.dedup_keys import DedupKey
from tocsin_data.sql.escalations import Start
from tocsin_data.sql.incidents import NewEntry, NewIncident
from tocsin_data.sql.judgements import Advance, AlertCount
from tocsin_data.sql.moves import Move
from tocsin_data.sql.routing_keys import ResolvedKey

LATE_AFTER: Final = timedelta(hours=1)
"""A trigger older than this has come back from a dead-letter queue; its incident is marked late."""
type Lane = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Item:
    """An event with the key and the request it came by."""

    key: ResolvedKey
    message: EventsMessage
    event: InboundEvent

    @property
    def position(self) -> Position:
        """Where it stands in the order of its dedup key."""
        return Position(self.message.received_at, self.message.request_id, self.event.index)

    @property
    def lane(self) -> Lane:
        """What its order is kept by: service and dedup key."""
        return self.key.service_id, self.event.dedup_key or str(self.event.event_id)

    def stored(self, outcome: str, alert_id: UUID | None) -> events.NewEvent:
        """The row it becomes."""
        event, key = self.event, self.key
        return events.NewEvent(
            id=event.event_id,
            org_id=key.org_id,
            service_id=key.service_id,
            integration_id=key.integration_id,
            routing_key_id=key.routing_key_id,
            alert_id=alert_id,
            request_id=self.message.request_id,
            index=event.index,
            received_at=self.message.received_at,
            action=event.action,
            dedup_key=event.dedup_key,
            summary=event.summary,
            outcome=outcome,
            payload={**event.payload, "protocol": self.message.protocol},
        )


@dataclass(slots=True)
class _Case:
    """An incident as this batch finds it or opens it: its alert, where it stood, where it stands."""

    org_id: UUID
    service_id: UUID
    incident_id: UUID
    alert_id: UUID
    found: Status
    status: Status
    opening: Item | None = None
    events: list[Item] = field(default_factory=list[Item])
    actor: str = ""


class Batch:
    """Judges and writes; whatever its size, it takes a handful of statements."""

    def __init__(self, tx: Tx, leaving: Leaving) -> None:
        self._tx = tx
        self._leaving = leaving
        self._cases: list[_Case] = []
        self._entries: list[NewEntry] = []
        self.opened = 0
        self.counted = 0
        self.exhausted = 0

    def apply(self, items: Sequence[Item], changes: Sequence[Item]) -> None:
        """Judge triggers, acknowledges and resolves, and write what follows from them; change events open nothing."""
        stored = [i.stored(Outcome.STORED, None) for i in changes]
        advances: list[Advance] = []
        if items:
            self._judge_all(items, stored, advances)
        self._write(stored, advances)

    def _judge_all(self, items: Sequence[Item], stored: list[events.NewEvent], advances: list[Advance]) -> None:
        tx = self._tx
        rows = {(r.service_id, r.dedup_key): r for r in dedup_keys.lock(tx, [(i.key.org_id, *i.lane) for i in items])}
        known = events.known(tx, [i.event.event_id for i in items])
        lanes: dict[Lane, list[Item]] = {}
        for item in items:
            if item.event.event_id not in known:
                known.add(item.event.event_id)
                lanes.setdefault(item.lane, []).append(item)
        alerts = [a for lane in lanes if (a := rows[lane].open_alert_id)]
        open_alerts = incidents.lock_open_alerts(tx, alerts) if alerts else {}
        for lane, members in lanes.items():
            alert_id = rows[lane].open_alert_id
            found = open_alerts.get(alert_id) if alert_id else None
            case = (
                None
                if found is None
                else _Case(
                    found.org_id,
                    lane[0],
                    found.incident_id,
                    found.id,
                    Status(found.incident_status),
                    Status(found.incident_status),
                )
            )
            stored_here, advance = self._judge(rows[lane], case, members)
            stored.extend(stored_here)
            advances.append(advance)

    def _judge(
        self, row: DedupKey, case: _Case | None, members: Sequence[Item]
    ) -> tuple[list[events.NewEvent], Advance]:
        ordered = sorted(members, key=lambda i: i.position.order)
        state = KeyState(row.triggered_through, row.resolved_through, case.status if case else None)
        steps = fold(state, [(i.event.action, i.position) for i in ordered])
        if case:
            self._cases.append(case)
        stored: list[events.NewEvent] = []
        for item, step in zip(ordered, steps, strict=True):
            if step.outcome is Outcome.OPENED:
                case = _Case(
                    item.key.org_id, item.key.service_id, new_id(), new_id(), Status.TRIGGERED, Status.TRIGGERED, item
                )
                self._cases.append(case)
                self.opened += 1
            if case is not None:
                self._apply(case, item, step.outcome)
            stored.append(item.stored(step.outcome, case.alert_id if case else None))
            if step.outcome is Outcome.RESOLVED:
                case = None
        return stored, Advance.to(row, case.alert_id if case else None, steps[-1].state)

    def _apply(self, case: _Case, item: Item, outcome: Outcome) -> None:
        actor = f"integration:{item.key.integration_id}"
        match outcome:
            case Outcome.OPENED | Outcome.COUNTED | Outcome.REOPENED_NOTHING:
                case.events.append(item)
                self.counted += outcome is not Outcome.OPENED
            case Outcome.ACKNOWLEDGED:
                case.status, case.actor = Status.ACKNOWLEDGED, actor
            case Outcome.RESOLVED:
                case.status, case.actor = Status.RESOLVED, actor
            case _:
                pass

    def _write(self, stored: Sequence[events.NewEvent], advances: Sequence[Advance]) -> None:
        self._resolve_found_alerts()
        self._open()
        self._move()
        if stored:
            counts = [_count(c) for c in self._cases if c.opening is None and c.events]
            judgements.write(self._tx, stored, advances, counts)

    def _resolve_found_alerts(self) -> None:
        ending = [c for c in self._cases if c.opening is None and c.status is Status.RESOLVED]
        if not ending:
            return
        ended = set(incidents.resolve_alerts(self._tx, [c.alert_id for c in ending]))
        for case in ending:
            if case.incident_id not in ended:
                case.status = case.found

    def _open(self) -> None:
        tx = self._tx
        opened = [(c, c.opening) for c in self._cases if c.opening is not None]
        if not opened:
            return
        quiet = self._summarised([c for c, item in opened if _late(tx, item)])
        starts = escalations.starts(tx, [c.service_id for c, _ in opened])
        new = [_new_incident(tx, case, item) for case, item in opened]
        numbers = incidents.insert(tx, new)
        running = [_running(tx, row, numbers[row.id], starts[row.service_id]) for row in new if row.id not in quiet]
        walk = paging.start(tx, running)
        self.exhausted += walk.exhausted
        paging.write(tx, walk, self._leaving)

    def _summarised(self, late: Sequence[_Case]) -> set[UUID]:
        """Of late incidents only one a service is paged for; the others, answered here, say which speaks for them."""
        speakers = incidents.late_speakers(self._tx, [c.service_id for c in late]) if late else {}
        quiet: set[UUID] = set()
        for case in late:
            speaker = speakers.setdefault(case.service_id, case.incident_id)
            if speaker != case.incident_id:
                quiet.add(case.incident_id)
                self._entries.append(
                    NewEntry(case.org_id, case.incident_id, "late_summarised", paging.SYSTEM, {"incident_id": speaker})
                )
        return quiet

    def _move(self) -> None:
        moved = [c for c in self._cases if c.status is not c.found]
        told = [*self._entries, *[NewEntry(c.org_id, c.incident_id, c.status, c.actor) for c in moved]]
        if not moved:
            incidents.append(self._tx, told)
            return
        moving.move(self._tx, [Move(c.incident_id, c.found, c.status, c.actor) for c in moved], told, self._leaving)
        gone = {c.incident_id for c in moved}
        self._leaving.deliveries = [d for d in self._leaving.deliveries if d[0].incident.incident_id not in gone]


def _count(case: _Case) -> AlertCount:
    expiries = [i.event.expires_at for i in case.events if i.event.expires_at is not None]
    last = max(i.message.received_at for i in case.events)
    return AlertCount(case.alert_id, len(case.events), last, max(expiries, default=None))


def _new_incident(tx: Tx, case: _Case, item: Item) -> NewIncident:
    event, counted = item.event, _count(case)
    return NewIncident(
        id=case.incident_id,
        org_id=case.org_id,
        service_id=case.service_id,
        title=event.summary or "(no summary)",
        severity=event.severity,
        late=_late(tx, item),
        actor=f"integration:{item.key.integration_id}",
        alert_id=case.alert_id,
        alert_open=case.status is not Status.RESOLVED,
        dedup_key=item.lane[1],
        source=event.source,
        first_event_at=item.message.received_at,
        last_event_at=counted.last_event_at,
        event_count=counted.events,
        expires_at=counted.expires_at,
    )


def _running(tx: Tx, row: NewIncident, number: int, start: Start) -> paging.Running:
    incident = DeliveryIncident(
        incident_id=row.id,
        number=number,
        title=row.title,
        severity=Severity(row.severity),
        service_name=start.service_name,
        created_at=tx.now,
        source=row.source,
        late=row.late,
        organization_name=start.organization_name,
    )
    return paging.Running(
        new_id(),
        row.org_id,
        incident,
        start.policy,
        start.plan or paging.NO_PLAN,
        0,
        START,
        paging_stopped_until=start.paging_stopped_until,
    )


def _late(tx: Tx, item: Item) -> bool:
    return tx.now - item.message.received_at > LATE_AFTER
