"""What decides about events, put together from its rows: rules compiled once a version, windows that are open now."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, cast
from uuid import UUID

from tocsin.domain.event_rule import Actions, Book, Condition, Down, Grouping, Rule, RuleSet
from tocsin.domain.incident import Severity, Urgency
from tocsin.domain.maintenance import ActiveWindow, WindowKind
from tocsin_data.db import Tx
from tocsin_data.sql import event_rules
from tocsin_data.sql.event_context import EventContext, SetRow
from tocsin_data.sql.maintenance_windows import scope

KEPT: Final = 4_096
type Key = tuple[UUID, int]
"""A rule set and its version; what it holds never changes."""
_compiled: dict[Key, tuple[str, tuple[Rule, ...]]] = {}


def books(tx: Tx, found: EventContext, at: datetime | None = None) -> dict[UUID, Book]:
    """The book of each organization of the transaction, now or as it will be at an instant.

    Takes a statement for versions that are new to this process.
    """
    rules = _rules(tx, found.sets)
    windows: dict[UUID, list[ActiveWindow]] = {}
    for row in found.windows:
        if (active := active_window(row, at or tx.now)) is not None:
            windows.setdefault(UUID(row["org_id"]), []).append(active)
    own: dict[UUID, RuleSet] = {}
    services: dict[UUID, dict[UUID, RuleSet]] = {}
    for row in found.sets:
        if row.service is None:
            own[row.org_id] = rules[row.id]
        else:
            services.setdefault(row.org_id, {})[row.service[0]] = rules[row.id]
    above = {service: frozenset(ids) for service, ids in found.above.items()}
    down: dict[UUID, Down] = {}
    for row in sorted(found.down, key=lambda d: d.number, reverse=True):
        down[row.service_id] = Down(row.service_id, row.service_name, row.incident_id, row.number)
    return {
        org_id: Book(own.get(org_id), services.get(org_id, {}), tuple(windows.get(org_id, ())), above, down)
        for org_id in tx.orgs
    }


def rules(stored: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Rules from the form they are stored in, with their conditions compiled."""
    return tuple(_rule(item) for item in stored)


def active_window(row: Mapping[str, Any], now: datetime) -> ActiveWindow | None:
    """A window from its row as JSON, or None if it is not open now."""
    from tocsin_data import recurrences

    until, ended = row["recurs_until"], row["ended_at"]
    times = recurrences.Times(
        starts_at=_instant(row["starts_at"]),
        ends_at=_instant(row["ends_at"]),
        zone=row["time_zone"],
        recurrence=row["recurrence"],
        recurs_until=until and _instant(until),
        ended_at=ended and _instant(ended),
    )
    open_now = recurrences.open_at(times, now)
    if open_now is None:
        return None
    return ActiveWindow(UUID(row["id"]), WindowKind(row["kind"]), row["name"], scope(row["scope"]), open_now[1])


def _rules(tx: Tx, rows: Sequence[SetRow]) -> dict[UUID, RuleSet]:
    if len(_compiled) + len(rows) > KEPT:
        _compiled.clear()
    missing = [(row.id, row.version) for row in rows if (row.id, row.version) not in _compiled]
    if missing:
        for version in event_rules.versions(tx, missing):
            _compiled[version.set_id, version.version] = (version.time_zone, rules(version.rules))
    found: dict[UUID, RuleSet] = {}
    for row in rows:
        zone, compiled = _compiled[row.id, row.version]
        found[row.id] = RuleSet(row.id, row.version, zone, compiled, row.service)
    return found


def _rule(stored: Mapping[str, Any]) -> Rule:
    condition = cast("str | None", stored["condition"])
    return Rule(
        rule_id=UUID(stored["rule_id"]),
        name=stored["name"],
        condition=None if condition is None else _condition(condition),
        actions=actions(stored["actions"]),
        goes_on=stored["continues"],
    )


def actions(stored: Mapping[str, Any]) -> Actions:
    """What a rule does, from the form it is stored in."""
    hold, group = stored.get("hold_seconds"), stored.get("group")
    return Actions(
        service_id=_uuid(stored.get("service_id")),
        policy_id=_uuid(stored.get("policy_id")),
        severity=Severity(stored["severity"]) if stored.get("severity") else None,
        urgency=Urgency(stored["urgency"]) if stored.get("urgency") else None,
        suppress=bool(stored.get("suppress")),
        hold=timedelta(seconds=hold) if hold else None,
        group=Grouping(tuple(group["by"]), timedelta(seconds=group["window_seconds"])) if group else None,
    )


@lru_cache(maxsize=KEPT)
def _condition(source: str) -> Condition:
    from tocsin_data import conditions

    return conditions.compiled(source)


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
