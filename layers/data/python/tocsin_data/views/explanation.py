"""Why an incident went as it did: decisions about its events, its timeline, and each page from intent to receipt."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from tocsin.contracts.api_explanations import Explanation, ExplanationLine
from tocsin.contracts.api_incidents import Incident, Notification, TimelineEntry
from tocsin.domain.explanation import channel, decided, place, reason, told
from tocsin_data.db import Database
from tocsin_data.views import events, incidents

MAX_EVENTS: Final = 200
MAX_ENTRIES: Final = 500
MAX_PAGES: Final = 500
ORDER: Final = {"event": 0, "timeline": 1, "notification": 2}
"""What is told first of the same instant: what came, what was decided, what left."""
type Event = tuple[UUID, datetime, str, str, str | None, list[dict[str, Any]] | None]


def explain(db: Database, org_id: UUID, incident_id: UUID) -> Explanation:
    """Everything that was decided about an incident and what became of it; raises NotFound."""
    detail = incidents.get(db, org_id, incident_id)
    came = _events(db, org_id, incident_id)
    entries = incidents.timeline(db, org_id, incident_id, after=None, limit=MAX_ENTRIES + 1)
    pages = incidents.notifications(db, org_id, incident_id, after=None, limit=MAX_PAGES + 1)
    lines = [
        *(line for event in came[:MAX_EVENTS] for line in _of_event(event)),
        *(_of_entry(entry) for entry in entries[:MAX_ENTRIES]),
        *(line for page in pages[:MAX_PAGES] for line in _of_page(page)),
    ]
    return Explanation(
        incident=Incident.model_validate(detail.model_dump(include=set(Incident.model_fields))),
        complete=len(came) <= MAX_EVENTS and len(entries) <= MAX_ENTRIES and len(pages) <= MAX_PAGES,
        lines=sorted(lines, key=lambda line: (line.at, ORDER[line.source])),
    )


def _events(db: Database, org_id: UUID, incident_id: UUID) -> list[Event]:
    with db.one(org_id) as tx:
        return tx.conn.execute(
            """
            select e.id, e.received_at, e.action, e.outcome, e.summary, e.trace
            from alert a
            join event e on e.org_id = a.org_id and e.alert_id = a.id
            where a.org_id = %s and a.incident_id = %s
            order by e.received_at, e.request_id, e.index limit %s
            """,
            (org_id, incident_id, MAX_EVENTS + 1),
        ).fetchall()


def _of_event(event: Event) -> Iterator[ExplanationLine]:
    event_id, at, action, outcome, summary, trace = event
    words = f"{action} “{summary or ''}” came: {events.REASONS.get(outcome, outcome)}"
    yield ExplanationLine(at=at, source="event", id=event_id, what=outcome, words=words, data={"action": action})
    for line in trace or ():
        yield ExplanationLine(
            at=at, source="event", id=event_id, what=str(line["decision"]), words=decided(line), data=line
        )


def _of_entry(entry: TimelineEntry) -> ExplanationLine:
    named = {"target_name": entry.target_name} if entry.target_name else {}
    return ExplanationLine(
        at=entry.at,
        source="timeline",
        id=entry.id,
        what=entry.kind,
        words=told(entry.kind, {**entry.data, "target": entry.target_name} if entry.target_name else entry.data),
        actor=entry.actor_name or entry.actor,
        data={**entry.data, **named},
    )


def _of_page(page: Notification) -> Iterable[ExplanationLine]:
    who = page.target_name or page.target
    to = f"{channel(page.channel)} to {who}" + (f" ({page.address})" if page.address and page.address != who else "")
    where = place(page.round, page.position, page.retry, is_fallback=page.target == "fallback" or page.step_id is None)
    held = "" if page.delayed_until is None else f", held back by a rule until {page.delayed_until:%H:%M:%S}"
    yield _fate(page, page.created_at, "intended", f"{to} was decided on: {where}{held}")
    for attempt in page.attempts:
        late = ", already going out when nobody was to be paged any more" if attempt.already_going_out else ""
        blind = ", without the database's word" if attempt.unclaimed else ""
        yield _fate(page, attempt.started_at, "attempted", f"attempt {attempt.number} of {to}{late}{blind}")
        if attempt.ended_at is not None:
            why = f": {reason(attempt.reason)}" if attempt.reason else ""
            detail = f" ({attempt.detail})" if attempt.detail else ""
            receipt = f", receipt {attempt.provider_id}" if attempt.provider_id else ""
            words = f"attempt {attempt.number} of {to}: {ENDS[attempt.state]}{why}{detail}{receipt}"
            yield _fate(page, attempt.ended_at, attempt.state, words)
    if page.finished_at is not None and page.state in {"cancelled", "failed"}:
        why = f": {reason(page.reason)}" if page.reason else ""
        yield _fate(page, page.finished_at, page.state, f"{to} {page.state}{why}")


ENDS: Final = {
    "claimed": "is on its way",
    "delivered": "the provider took it",
    "temporary": "failed for now",
    "permanent": "failed for good",
    "uncertain": "nothing was heard of it",
}


def _fate(page: Notification, at: datetime, what: str, words: str) -> ExplanationLine:
    data: dict[str, object] = {"target": page.target, "channel": page.channel, "state": page.state}
    return ExplanationLine(at=at, source="notification", id=page.id, what=what, words=words, data=data)
