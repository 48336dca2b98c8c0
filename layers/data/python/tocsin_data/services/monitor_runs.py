"""Checks that somebody asked for: of a monitor as it is, or of one that is only tried; results as regions send them."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.checks import review
from tocsin.contracts.api_monitors import MonitorRun, MonitorTest, RunResult
from tocsin.contracts.checks import CheckMonitor
from tocsin.contracts.monitor_spec import HeartbeatSpec
from tocsin.domain.permission import Permission
from tocsin.errors import Conflict, FieldProblem, Invalid, NotFound, RateLimited
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services import monitor_content, monitors, owning
from tocsin_data.services.actors import audit
from tocsin_data.services.memberships import By
from tocsin_data.services.monitor_content import Bounds
from tocsin_data.sql import monitor_runs
from tocsin_data.sql import monitors as rows
from tocsin_data.sql.monitor_runs import Run

MINUTE: Final = timedelta(minutes=1)
MOST_A_MINUTE: Final = 30
INTERVAL: Final = 60
"""Of what is only tried: it has none of its own."""


def run_monitor(db: Database, org_id: UUID, by: By, monitor_id: UUID) -> MonitorRun:
    """Ask all regions of a monitor for a check, paused or not; raises NotFound, RateLimited, or Conflict for one that
    reports by itself.
    """
    with db.one(org_id) as tx:
        found = next(iter(rows.read(tx, [monitor_id])), None)
        row = rows.lock(tx, monitor_id)
        if found is None or row is None:
            raise NotFound(f"There is no monitor {monitor_id} in this organization.")
        if isinstance(found.spec, HeartbeatSpec):
            raise Conflict("A heartbeat reports by itself; there is nothing to check.")
        checked = CheckMonitor(
            monitor_id=monitor_id,
            org_id=org_id,
            version=found.version,
            interval_seconds=found.interval_seconds,
            timeout_seconds=found.timeout_seconds,
            spec=found.spec,
            sealed=row.sealed,
            origin=found.origin,
            regions=found.regions,
        )
        run = _begin(tx, by, new_id(), checked, monitor_id)
        audit(tx, by.actor, "monitor.run", (monitors.SUBJECT, monitor_id))
        return run


def try_monitor(db: Database, org_id: UUID, by: By, data: MonitorTest, bounds: Bounds) -> MonitorRun:
    """Ask regions for a check of what is not saved; raises Forbidden, Invalid, RateLimited, or NotFound for the monitor
    whose secrets it shall have.
    """
    with db.one(org_id) as tx:
        owning.demand(tx, by, Permission.WRITE_MONITORS, data.team_id)
        like = None if data.monitor_id is None else monitors.hold(tx, by, data.monitor_id)
        if isinstance(data.spec, HeartbeatSpec):
            raise Invalid("This can't be tried.", [FieldProblem("spec.kind", "reports by itself: nothing to check")])
        regions = monitor_content.regions_of(data.spec, data.regions, bounds)
        there = monitor_content.kept(like)
        rules = monitor_content.target_rules(regions, bounds)
        names, of_secrets = monitor_content.secret_problems(
            data.spec, data.secrets, there, private_only=rules.private_only
        )
        problems = [
            *review.problems(data.spec, rules, timeout_seconds=data.timeout_seconds),
            *monitor_content.region_problems(tx, data.spec, regions, bounds),
            *of_secrets,
        ]
        if problems:
            raise Invalid("This can't be tried.", problems)
        run_id = new_id()
        checked = CheckMonitor(
            monitor_id=run_id,
            org_id=org_id,
            version=1,
            interval_seconds=INTERVAL,
            timeout_seconds=data.timeout_seconds,
            spec=data.spec,
            sealed=monitor_content.sealed_anew(names, data.secrets, there, bounds).text,
            regions=list(regions),
        )
        run = _begin(tx, by, run_id, checked, None)
        audit(tx, by.actor, "monitor.tried", ("monitor_run", run_id))
        return run


def get_run(db: Database, org_id: UUID, monitor_id: UUID | None, run_id: UUID, *, with_excerpts: bool) -> MonitorRun:
    """Read a run, of no monitor when it was a try; raises NotFound. What was asked for is kept for a day."""
    with db.one(org_id) as tx:
        run = monitor_runs.read(tx, run_id)
        if run is None or run.monitor_id != monitor_id:
            raise NotFound(f"There is no run {run_id} here; runs are kept for a day.")
        return _answer(run, with_excerpts=with_excerpts)


def _begin(tx: Tx, by: By, run_id: UUID, checked: CheckMonitor, monitor_id: UUID | None) -> MonitorRun:
    if monitor_runs.begun_since(tx, tx.now - MINUTE) >= MOST_A_MINUTE:
        raise RateLimited(f"{MOST_A_MINUTE} checks a minute can be asked for; try again in a minute.", 60)
    document = checked.model_dump(mode="json", exclude_none=True)
    monitor_runs.insert(tx, run_id, monitor_id, str(by.actor), checked.regions, document)
    return _answer(Run(run_id, monitor_id, tx.now, str(by.actor), checked.regions, []), with_excerpts=True)


def _answer(run: Run, *, with_excerpts: bool) -> MonitorRun:
    results = [RunResult.model_validate(result) for result in run.results]
    if not with_excerpts:
        results = [result.model_copy(update={"excerpt": None}) for result in results]
    answered = {result.region for result in results}
    return MonitorRun(
        id=run.id,
        monitor_id=run.monitor_id,
        asked_at=run.asked_at,
        asked_by=run.asked_by,
        regions=run.regions,
        waiting_for=[region for region in run.regions if region not in answered],
        results=results,
    )
