"""One batch of events inside its transaction: each judged in the order of its dedup key, then all written at once."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from tocsin.domain.dedup import EventAction, KeyState, Outcome, fold
from tocsin.domain.event_rule import Book, Decision, Line, decide
from tocsin.domain.incident import Status
from tocsin.domain.labels import labels
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.services import deciding, moving, report_following
from tocsin_data.services.cases import Alert, Case, Item, Lane
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.opening import Opening
from tocsin_data.sql import dedup_keys, event_context, events, incidents, judgements, openings
from tocsin_data.sql.dedup_keys import DedupKey
from tocsin_data.sql.event_context import EventContext
from tocsin_data.sql.incidents import NewEntry
from tocsin_data.sql.judgements import Advance
from tocsin_data.sql.moves import Move
from tocsin_data.sql.openings import Wanted

type Place = tuple[UUID, str]
"""A service and a group key."""


class Batch:
    """Judges and writes; whatever its size, it takes a handful of statements."""

    def __init__(self, tx: Tx, leaving: Leaving) -> None:
        self._tx = tx
        self._leaving = leaving
        self._context = EventContext()
        self._books: dict[UUID, Book] = {}
        self._decisions: dict[UUID, Decision] = {}
        self._cases: dict[UUID, Case] = {}
        self._groups: dict[Place, Case] = {}
        self._alerts: list[Alert] = []
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
        self._context = event_context.read(
            tx,
            events=[i.event.event_id for i in items],
            alerts=[r.last_alert_id for r in rows.values() if r.last_alert_id and not r.open_alert_id],
            integrations=list({i.key.integration_id for i in items}),
        )
        known = self._context.known
        lanes: dict[Lane, list[Item]] = {}
        for item in items:
            if item.event.event_id not in known:
                known.add(item.event.event_id)
                lanes.setdefault(item.lane, []).append(item)
        if self._context.decides:
            self._books = deciding.books(tx, self._context)
        found = self._hold([rows[lane] for lane in lanes], [i for lane in lanes.values() for i in lane])
        for lane, members in lanes.items():
            stored_here, advance = self._judge(rows[lane], found.get(rows[lane].open_alert_id), members)
            stored.extend(stored_here)
            advances.append(advance)

    def _hold(self, rows: Sequence[DedupKey], items: Sequence[Item]) -> dict[UUID | None, Alert]:
        """Hold every incident these may belong to, all at once so that no two batches wait for each other."""
        alert_ids = [row.open_alert_id for row in rows if row.open_alert_id]
        again = list(set(self._context.reopenable.values()))
        places = self._places(rows, items)
        if not again and not places:
            plain = incidents.lock_open_alerts(self._tx, alert_ids) if alert_ids else {}
            return {
                a.id: self._found(a.id, a.org_id, a.service_id, a.incident_id, a.incident_status)
                for a in plain.values()
            }
        if places:
            openings.hold_groups(self._tx, [key for _, key in places])
        mine = openings.incidents_of(self._tx, alert_ids) if alert_ids else {}
        held = {row.id: row for row in openings.hold(self._tx, alert_ids, again, [Wanted(*place) for place in places])}
        for row in held.values():
            status = Status(row.status)
            case = self._cases.setdefault(row.id, Case(row.org_id, row.service_id, row.id, status, status))
            if row.group_key is not None and row.group_is_open and status is not Status.RESOLVED:
                self._groups[row.service_id, row.group_key] = case
        of_alerts = ((alert_id, held[incident_id]) for alert_id, incident_id in mine.items())
        return {a: self._found(a, row.org_id, row.service_id, row.id, row.status) for a, row in of_alerts}

    def _places(self, rows: Sequence[DedupKey], items: Sequence[Item]) -> set[Place]:
        """The groups that events may open an alert in."""
        if not self._books and not any(i.group for i in items):
            return set()
        ending = {i.lane for i in items if i.event.action is EventAction.RESOLVE}
        opening = {(r.service_id, r.dedup_key) for r in rows if r.open_alert_id is None} | ending
        triggers = [i for i in items if i.event.action is EventAction.TRIGGER and i.lane in opening]
        return {(d.service_id, d.group.key) for i in triggers if (d := self._decision(i)).group is not None}

    def _found(self, alert_id: UUID, org_id: UUID, service_id: UUID, incident_id: UUID, status: str) -> Alert:
        stands = Status(status)
        case = self._cases.setdefault(incident_id, Case(org_id, service_id, incident_id, stands, stands))
        alert = Alert(alert_id, case)
        case.alerts.append(alert)
        return alert

    def _judge(
        self, row: DedupKey, alert: Alert | None, members: Sequence[Item]
    ) -> tuple[list[events.NewEvent], Advance]:
        ordered = sorted(members, key=lambda i: i.position.order)
        state = KeyState(row.triggered_through, row.resolved_through, alert.case.status if alert else None)
        steps = fold(state, [(i.event.action, i.position) for i in ordered])
        if alert is not None:
            self._alerts.append(alert)
        stored: list[events.NewEvent] = []
        before, last = None, None
        for item, step in zip(ordered, steps, strict=True):
            trace: tuple[Line, ...] = ()
            if step.outcome is Outcome.OPENED:
                alert, trace = self._open(item, row, before)
                last = alert.id
            if alert is not None:
                self._apply(alert, item, step.outcome)
            stored.append(item.stored(step.outcome, alert.id if alert else None, trace))
            if step.outcome is Outcome.RESOLVED:
                before, alert = alert, None
        return stored, Advance.to(row, alert.id if alert else None, last, steps[-1].state)

    def _open(self, item: Item, row: DedupKey, before: Alert | None) -> tuple[Alert, tuple[Line, ...]]:
        """An alert for an event: of its group's incident, or of the one it opens again, or of a new one."""
        decision = self._decision(item)
        joined = self._joined(decision, row, before)
        if joined is None:
            case = Case(item.key.org_id, decision.service_id, new_id(), Status.TRIGGERED, Status.TRIGGERED, decision)
            alert = Alert(new_id(), case, item)
            case.opening = alert
            self._cases[case.incident_id] = case
            if decision.group is not None:
                self._groups[case.service_id, decision.group.key] = case
            trace = decision.trace
        else:
            case, line = joined
            alert = Alert(new_id(), case, item)
            trace = (*decision.trace, line)
            if case.reopened and case.decision is None:
                case.decision, case.actor = decision, item.actor
            told = {"dedup_key": item.lane[1], "summary": item.event.summary, "reason": line["reason"]}
            self._entries.append(NewEntry(case.org_id, case.incident_id, "alert_joined", item.actor, told))
        case.alerts.append(alert)
        self._alerts.append(alert)
        return alert, trace

    def _joined(self, decision: Decision, row: DedupKey, before: Alert | None) -> tuple[Case, Line] | None:
        place = decision.group and (decision.service_id, decision.group.key)
        case = self._groups.get(place) if place else None
        if case is not None:
            where = str(case.incident_id)
            return case, {"decision": "joined", "incident_id": where, "reason": "an open incident is of its group"}
        reason = "its service opens an incident again when its alert comes back soon after the end"
        line: Line = {"decision": "reopened", "reason": reason}
        if before is not None and before.case.service_id in self._context.reopening:
            case = before.case
        elif row.last_alert_id is not None and row.last_alert_id in self._context.reopenable:
            case = self._cases.get(self._context.reopenable[row.last_alert_id])
            if case is not None and case.found is Status.RESOLVED and case.service_id == decision.service_id:
                case.reopened, case.status = True, Status.TRIGGERED
        if case is None or case.status is Status.RESOLVED:
            return None
        return case, {**line, "incident_id": str(case.incident_id)}

    def _decision(self, item: Item) -> Decision:
        """What becomes of an event if it opens an alert."""
        found = self._decisions.get(item.event.event_id)
        if found is None:
            book = self._books.get(item.key.org_id)
            if book is None:
                found = Decision(item.key.service_id, item.event.severity, labels=labels(item.event.payload))
            else:
                names = self._context.integrations.get(item.key.integration_id, ("", ""))
                found = decide(book, item.facts(names), self._tx.now)
            if found.group is None:
                found = replace(found, group=item.group)
            self._decisions[item.event.event_id] = found
        return found

    def _apply(self, alert: Alert, item: Item, outcome: Outcome) -> None:
        case = alert.case
        match outcome:
            case Outcome.OPENED | Outcome.COUNTED | Outcome.REOPENED_NOTHING:
                alert.events.append(item)
                self.counted += outcome is not Outcome.OPENED
            case Outcome.ACKNOWLEDGED:
                case.status, case.actor = Status.ACKNOWLEDGED, item.actor
            case Outcome.RESOLVED:
                alert.resolved = True
                case.actor = item.actor
            case _:
                pass

    def _write(self, stored: Sequence[events.NewEvent], advances: Sequence[Advance]) -> None:
        self._end()
        opening = Opening(self._tx, self._leaving, self._books)
        opening.open(list(self._cases.values()), self._alerts)
        self._move([*self._entries, *opening.entries])
        opening.restart()
        news = [(case.org_id, case.incident_id) for case in self._cases.values() if case.is_news]
        self._leaving.pages |= report_following.follow(self._tx, news, self._context.telling)
        self.opened += opening.opened
        self.exhausted += opening.exhausted
        if stored:
            counts = [a.count() for a in self._alerts if a.opening is None and a.events]
            judgements.write(self._tx, stored, advances, counts)

    def _end(self) -> None:
        """Resolve alerts that were found, and incidents none of whose alerts is open any more."""
        ending = [a.id for a in self._alerts if a.opening is None and a.resolved]
        ended = set(incidents.resolve_alerts(self._tx, ending)) if ending else set[UUID]()
        for case in self._cases.values():
            over = case.incident_id in ended if case.opening is None else True
            if over and any(a.resolved for a in case.alerts) and not case.has_new_open_alert:
                case.status = Status.RESOLVED
            elif case.reopened and not case.has_new_open_alert:
                case.status, case.reopened = Status.RESOLVED, False

    def _move(self, told: Sequence[NewEntry]) -> None:
        moved = [c for c in self._cases.values() if c.status is not c.found]
        words = [NewEntry(c.org_id, c.incident_id, "reopened" if c.reopened else c.status, c.actor) for c in moved]
        entries = [*told, *words]
        if not moved:
            incidents.append(self._tx, entries)
            return
        wanted = [Move(c.incident_id, c.found, c.status, c.actor) for c in moved]
        moving.move(self._tx, wanted, entries, self._leaving)
        gone = {c.incident_id for c in moved}
        self._leaving.deliveries = [d for d in self._leaving.deliveries if d[0].incident.incident_id not in gone]
