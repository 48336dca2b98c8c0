"""Monitors as a document: everything they belong to by name, so that it can be kept in a repository and brought in
again. A monitor's name says which one it is; all of a document is brought in, or nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from tocsin.contracts.api_monitors import (
    FieldChange,
    ImportedMonitor,
    ImportReport,
    Monitor,
    MonitorEntry,
    MonitorGroupInput,
    MonitorInput,
    MonitorsDocument,
)
from tocsin.errors import FieldProblem, Invalid
from tocsin_data.db import Database, Tx
from tocsin_data.services import monitor_groups as groups
from tocsin_data.services import monitors
from tocsin_data.services.memberships import By
from tocsin_data.services.monitor_content import PRIVATE, Bounds
from tocsin_data.sql import monitor_groups
from tocsin_data.sql import monitors as rows
from tocsin_data.sql.monitor_groups import Names
from tocsin_data.sql.monitors import Filters

EVERYTHING: Final = 1_000_000
CHECKING: Final = (
    "interval_seconds", "timeout_seconds", "quorum", "failures_to_down", "successes_to_up", "confirmation_seconds",
    "recovery_seconds",
)  # fmt: skip


class _OnlyTried(Exception):
    """Ends the transaction of a dry run with nothing kept."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Names of what monitors belong to, both ways."""

    names: Names
    services: Mapping[UUID, str]
    teams: Mapping[UUID, str]
    groups: Mapping[UUID, str]
    locations: Mapping[str, str]

    @classmethod
    def read(cls, tx: Tx) -> "_Shelf":
        names = monitor_groups.names(tx)
        return cls(
            names,
            {i: name for name, i in names.services.items()},
            {i: name for name, i in names.teams.items()},
            {i: name for name, i in names.groups.items()},
            {f"{PRIVATE}{i}": f"{PRIVATE}{name}" for name, i in names.locations.items()},
        )


def export(db: Database, org_id: UUID, tags: Sequence[str] | None) -> MonitorsDocument:
    """All monitors, or those with one of these tags, by name."""
    with db.one(org_id) as tx:
        shelf = _Shelf.read(tx)
        found = rows.page(tx, Filters(tag=tags), None, EVERYTHING)
        entries = [_entry(monitor, shelf) for monitor in found]
    return MonitorsDocument.model_construct(monitors=entries)


def bring_in(
    db: Database, org_id: UUID, by: By, data: MonitorsDocument, bounds: Bounds, *, dry_run: bool
) -> ImportReport:
    """Create and change monitors so that they are as a document says; raises Invalid with every problem of every entry,
    Forbidden for what belongs to a team that one may not change, or Conflict at the limit.
    """
    items: list[ImportedMonitor] = []
    try:
        with db.one(org_id) as tx:
            items = _all(tx, by, data, bounds)
            if dry_run:
                raise _OnlyTried
    except _OnlyTried:
        unmade = {"id": None, "ping_url": None}
        items = [item.model_copy(update=unmade) if item.action == "create" else item for item in items]
    done = [item.action for item in items]
    return ImportReport(
        dry_run=dry_run,
        created=done.count("create"),
        updated=done.count("update"),
        unchanged=done.count("unchanged"),
        items=items,
    )


def _all(tx: Tx, by: By, data: MonitorsDocument, bounds: Bounds) -> list[ImportedMonitor]:
    missing = {entry.group for entry in data.monitors if entry.group} - monitor_groups.names(tx).groups.keys()
    for name in sorted(missing):
        groups.create(tx, by.actor, MonitorGroupInput(name=name))
    shelf = _Shelf.read(tx)
    known = rows.ids_by_name(tx, [entry.name for entry in data.monitors])
    items: list[ImportedMonitor] = []
    problems: list[FieldProblem] = []
    for index, entry in enumerate(data.monitors):
        try:
            given = _input(entry, shelf)
            items.append(_one(tx, by, entry, given, known.get(entry.name), shelf, bounds))
        except Invalid as error:
            problems.extend(FieldProblem(f"monitors.{index}.{p.field}", p.reason) for p in error.problems)
    if problems:
        raise Invalid("The monitors can't be like this; none was brought in.", problems)
    return items


def _one(
    tx: Tx, by: By, entry: MonitorEntry, given: MonitorInput, monitor_id: UUID | None, shelf: _Shelf, bounds: Bounds
) -> ImportedMonitor:
    if monitor_id is None:
        made = monitors.create(tx, by, given, bounds, paused=entry.paused)
        changes = _changes({}, _entry(made, shelf), entry)
        return ImportedMonitor(name=made.name, action="create", id=made.id, changes=changes, ping_url=made.ping_url)
    row = monitors.hold(tx, by, monitor_id)
    (before,) = rows.read(tx, [monitor_id])
    after = monitors.rewrite(tx, by, row, before, given, bounds)
    after = monitors.set_paused(tx, by, after, paused=entry.paused)
    changes = _changes(_entry(before, shelf).model_dump(mode="json"), _entry(after, shelf), entry)
    action = "unchanged" if after.version == before.version else "update"
    return ImportedMonitor(name=entry.name, action=action, id=monitor_id, changes=changes)


def _changes(before: Mapping[str, Any], after: MonitorEntry, given: MonitorEntry) -> list[FieldChange]:
    """What is other than before; of secrets only which were given."""
    found = [
        FieldChange(field=name, before=before.get(name), after=value)
        for name, value in after.model_dump(mode="json").items()
        if name != "secrets" and before.get(name) != value
    ]
    values = {name for name, value in (given.secrets or {}).items() if value is not None}
    return [*found, *(FieldChange(field=f"secrets.{name}") for name in sorted(values))]


def _input(entry: MonitorEntry, shelf: _Shelf) -> MonitorInput:
    """An entry with ids in the place of names; raises Invalid for names of nothing."""
    names, problems = shelf.names, list[FieldProblem]()
    if entry.service not in names.services:
        problems.append(FieldProblem("service", f"is no service of this organization: “{entry.service}”"))
    if entry.team is not None and entry.team not in names.teams:
        problems.append(FieldProblem("team", f"is no team of this organization: “{entry.team}”"))
    regions = entry.regions
    if regions is not None:
        told = {called: region for region, called in shelf.locations.items()}
        regions = [told.get(region, region) for region in regions]
    if problems:
        raise Invalid("The monitor names what there is not.", problems)
    return MonitorInput(
        name=entry.name,
        description=entry.description,
        service_id=names.services[entry.service],
        team_id=None if entry.team is None else names.teams[entry.team],
        group_id=None if entry.group is None else names.groups[entry.group],
        tags=entry.tags,
        severity=entry.severity,
        spec=entry.spec,
        regions=regions,
        secrets=entry.secrets,
        **{name: getattr(entry, name) for name in CHECKING},
    )


def _entry(monitor: Monitor, shelf: _Shelf) -> MonitorEntry:
    return MonitorEntry(
        name=monitor.name,
        description=monitor.description,
        service=shelf.services[monitor.service_id],
        team=None if monitor.team_id is None else shelf.teams[monitor.team_id],
        group=None if monitor.group_id is None else shelf.groups[monitor.group_id],
        tags=monitor.tags,
        severity=monitor.severity,
        spec=monitor.spec,
        regions=[shelf.locations.get(region, region) for region in monitor.regions] or None,
        secrets=dict.fromkeys(monitor.secret_names) or None,
        paused=monitor.paused_at is not None,
        **{name: getattr(monitor, name) for name in CHECKING},
    )
