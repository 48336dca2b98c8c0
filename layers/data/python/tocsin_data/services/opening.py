"""Incidents that a batch of events opens, or opens again: written, muted where something says so, else escalated."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from tocsin.contracts.delivery import DeliveryIncident
from tocsin.domain.escalation import START, Plan
from tocsin.domain.event_rule import LOOK_AGAIN, Book, Decision, Mute, muted
from tocsin.domain.incident import Severity, Status, Urgency
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.services import paging, restarting
from tocsin_data.services.cases import Alert, Case
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import escalations, incidents, openings
from tocsin_data.sql.escalations import Start
from tocsin_data.sql.incidents import NewEntry
from tocsin_data.sql.openings import NewIncident, Opened, Quiet, Rerouted

SYSTEM = "system:event_rules"
type Policy = tuple[tuple[UUID, int] | None, Plan | None]


class Opening:
    """Opens what a batch has judged; `entries` are told with what else the batch tells."""

    def __init__(self, tx: Tx, leaving: Leaving, books: Mapping[UUID, Book]) -> None:
        self._tx = tx
        self._leaving = leaving
        self._books = books
        self._reopened: list[tuple[Case, Decision]] = []
        self.entries: list[NewEntry] = []
        self.opened = 0
        """Incidents that were opened, the demo's aside."""
        self.exhausted = 0

    def open(self, cases: Sequence[Case], alerts: Sequence[Alert]) -> None:
        """Write new incidents and alerts, and take the first step of those that are not muted."""
        new = [a.new(a.opening) for a in alerts if a.opening is not None]
        if not new:
            return
        tx = self._tx
        starting = [(c, self._quieted(c, d, cases)) for c in cases if c.is_starting and (d := c.decision) is not None]
        self._reopened = [(c, d) for c, d in starting if c.reopened]
        opened = [(c, d, c.opening) for c, d in starting if c.opening is not None]
        quiet = self._summarised([c for c, d, alert in opened if d.mute is None and _is_late(tx, alert)])
        starts = escalations.starts(tx, list({c.service_id for c, _, _ in opened})) if opened else {}
        rows = [_incident(tx, case, decision, alert) for case, decision, alert in opened]
        numbers = openings.write(tx, rows, new)
        self.opened += sum(not found.is_demo for found in numbers.values())
        for case, decision in starting:
            self._tell(case, decision)
        policies = self._policies({d.policy_id for _, d, _ in opened if d.policy_id is not None and d.mute is None})
        loud = [(row, d) for row, (_, d, _) in zip(rows, opened, strict=True) if d.mute is None and row.id not in quiet]
        sources = {c.incident_id: alert.opening and alert.opening.event.source for c, _, alert in opened}
        running = [
            _running(
                tx, row, numbers[row.id], starts[row.service_id], policies.get(d.policy_id), d.hold, sources[row.id]
            )
            for row, d in loud
        ]
        walk = paging.start(tx, running)
        self.exhausted += walk.exhausted
        paging.write(tx, walk, self._leaving)

    def restart(self) -> None:
        """Page again for incidents that have just been opened again; call it once they have been moved."""
        again = [(c, d) for c, d in self._reopened if c.reopened and c.status is Status.TRIGGERED]
        if not again:
            return
        openings.quiet(
            self._tx,
            [Quiet(c.incident_id, d.mute and d.mute.by, d.mute.until if d.mute else None) for c, d in again],
        )
        openings.reroute(self._tx, [Rerouted(c.incident_id, d.policy_id) for c, d in again])
        held = incidents.lock_several(self._tx, [c.incident_id for c, _ in again])
        restarting.start_over(self._tx, held, self._leaving, anew=True)

    def _quieted(self, case: Case, decision: Decision, cases: Sequence[Case]) -> Decision:
        """The decision, muted if a service that this one depends on went down in the same batch."""
        book = self._books.get(case.org_id)
        above = book.above.get(case.service_id, frozenset()) if book is not None else frozenset[UUID]()
        if decision.mute is not None or not above:
            return decision
        for other in cases:
            loud = other.decision is not None and other.decision.mute is None and other.is_starting
            if loud and other.service_id in above and other.status is not Status.RESOLVED:
                reason = "a service that it depends on went down at the same time"
                return muted(decision, Mute(f"incident:{other.incident_id}", self._tx.now + LOOK_AGAIN, reason))
        return decision

    def _tell(self, case: Case, decision: Decision) -> None:
        if decision.trace:
            told = {"trace": list(decision.trace)}
            self.entries.append(NewEntry(case.org_id, case.incident_id, "decided", SYSTEM, told))
        if decision.mute is not None:
            until = decision.mute.until and decision.mute.until.isoformat()
            data = {"muted_by": decision.mute.by, "until": until, "reason": decision.mute.reason}
            self.entries.append(NewEntry(case.org_id, case.incident_id, "muted", SYSTEM, data))

    def _summarised(self, late: Sequence[Case]) -> set[UUID]:
        """Of late incidents only one a service is paged for; the others, answered here, say which speaks for them."""
        speakers = openings.late_speakers(self._tx, [c.service_id for c in late]) if late else {}
        quiet: set[UUID] = set()
        for case in late:
            speaker = speakers.setdefault(case.service_id, case.incident_id)
            if speaker != case.incident_id:
                quiet.add(case.incident_id)
                told = {"incident_id": speaker}
                self.entries.append(NewEntry(case.org_id, case.incident_id, "late_summarised", paging.SYSTEM, told))
        return quiet

    def _policies(self, wanted: set[UUID]) -> dict[UUID | None, Policy]:
        """The current versions of policies that rules route to; one that is gone is not among them."""
        found = {policy_id: escalations.current_version(self._tx, policy_id) for policy_id in sorted(wanted)}
        versions = [(policy_id, version) for policy_id, version in found.items() if version is not None]
        plans = escalations.plans(self._tx, versions)
        return {version[0]: (version, plans[version]) for version in versions}


def _incident(tx: Tx, case: Case, decision: Decision, alert: Alert) -> NewIncident:
    item = alert.opening
    if item is None:
        raise ValueError("an incident is opened by an alert that an event opens")
    group = decision.group
    return NewIncident(
        id=case.incident_id,
        org_id=case.org_id,
        service_id=case.service_id,
        title=item.event.summary or "(no summary)",
        severity=decision.severity,
        urgency=decision.urgency,
        late=item.is_late(tx),
        dedup_key=item.lane[1],
        actor=item.actor,
        labels=dict(decision.labels),
        muted_by=decision.mute and decision.mute.by,
        muted_until=decision.mute.until if decision.mute else None,
        group_key=group and group.key,
        group_ends_at=tx.now + group.window if group else None,
        routed_policy_id=decision.policy_id,
    )


def _running(
    tx: Tx,
    row: NewIncident,
    opened: Opened,
    start: Start,
    policy: Policy | None,
    hold: timedelta | None,
    source: str | None,
) -> paging.Running:
    incident = DeliveryIncident(
        incident_id=row.id,
        number=opened.number,
        title=row.title,
        severity=Severity(row.severity),
        service_name=start.service_name,
        created_at=tx.now,
        source=source,
        late=row.late,
        organization_name=start.organization_name,
        runbook_url=start.runbook_url,
    )
    pinned, plan = policy or (start.policy, start.plan)
    running = paging.Running(
        new_id(), row.org_id, incident, pinned, plan or paging.NO_PLAN, 0, START, Urgency(opened.urgency)
    )
    held = None if hold is None else tx.now + hold
    return replace(running, paging_stopped_until=start.paging_stopped_until, not_before=held)


def _is_late(tx: Tx, alert: Alert) -> bool:
    return alert.opening is not None and alert.opening.is_late(tx)
