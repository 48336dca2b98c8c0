"""What judging events needs to know before it locks anything: which are stored, and all that decides about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class SetRow:
    """A rule set in its current version; without a service it is the organization's."""

    id: UUID
    org_id: UUID
    version: int
    service: tuple[UUID, str] | None


@dataclass(frozen=True, slots=True)
class DownRow:
    """A service that others depend on, with an open incident of its own that is not muted."""

    service_id: UUID
    service_name: str
    incident_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class EventContext:
    """Everything, of all organizations of the transaction. Windows are rows of their table, as JSON.

    `integrations` have their name and that of their service, where there are rules; `reopening` are services that open
    an incident again soon after its end, `reopenable` the ended incidents of alerts for which that still holds.
    `telling` are organizations with status pages that do something by themselves, and whether one publishes.
    """

    known: set[UUID] = field(default_factory=set[UUID])
    sets: list[SetRow] = field(default_factory=list[SetRow])
    integrations: dict[UUID, tuple[str, str]] = field(default_factory=dict[UUID, tuple[str, str]])
    windows: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    reopening: set[UUID] = field(default_factory=set[UUID])
    reopenable: dict[UUID, UUID] = field(default_factory=dict[UUID, UUID])
    above: dict[UUID, set[UUID]] = field(default_factory=dict[UUID, set[UUID]])
    down: list[DownRow] = field(default_factory=list[DownRow])
    telling: dict[UUID, bool] = field(default_factory=dict[UUID, bool])

    @property
    def decides(self) -> bool:
        """Whether anything of it can change what becomes of an event."""
        return bool(self.sets or self.windows or self.above)


def read(
    tx: Tx,
    *,
    events: Sequence[UUID] = (),
    alerts: Sequence[UUID] = (),
    integrations: Sequence[UUID] = (),
    at: datetime | None = None,
) -> EventContext:
    """Read everything in one statement, as it is now or with the windows of an instant.

    Call it with the events' dedup keys held.
    """
    rows = tx.conn.execute(
        """
        select * from app.event_context(
            %(orgs)s::uuid[], %(events)s::uuid[], %(alerts)s::uuid[], %(integrations)s::uuid[], %(at)s
        )
        union all
        select 'telling', p.org_id, jsonb_build_object('publishes', p.automatic = 'publish')
        from status_page p
        where p.org_id = any(%(orgs)s) and p.deleted_at is null and p.visibility = 'public' and p.automatic <> 'off'
        union all
        select 'telling', r.org_id, '{"publishes": false}'
        from status_report r
        where r.org_id = any(%(orgs)s) and r.is_automatic and r.resolved_at is null and r.state <> 'discarded'
            and r.deleted_at is null
        """,
        {
            "orgs": list(tx.orgs),
            "events": list(events),
            "alerts": list(alerts),
            "integrations": list(integrations),
            "at": at or tx.now,
        },
    ).fetchall()
    found = EventContext()
    for kind, row_id, body in rows:
        _take(found, kind, row_id, body)
    return found


def _take(found: EventContext, kind: str, row_id: UUID, body: dict[str, Any]) -> None:
    match kind:
        case "known":
            found.known.add(row_id)
        case "set":
            service = (UUID(body["service_id"]), body["service_name"]) if body["service_id"] else None
            found.sets.append(SetRow(row_id, UUID(body["org_id"]), body["version"], service))
        case "integration":
            found.integrations[row_id] = (body["name"], body["service_name"])
        case "window":
            found.windows.append(body)
        case "reopening":
            found.reopening.add(row_id)
        case "reopenable":
            found.reopenable[row_id] = UUID(body["incident_id"])
        case "above":
            found.above.setdefault(row_id, set()).add(UUID(body["depends_on_id"]))
        case "telling":
            found.telling[row_id] = body["publishes"] or found.telling.get(row_id, False)
        case _:
            found.down.append(DownRow(row_id, body["service_name"], UUID(body["incident_id"]), body["number"]))
