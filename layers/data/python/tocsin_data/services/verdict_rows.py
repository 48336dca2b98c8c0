"""Between results, rows and what the domain knows: translations that decide nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from tocsin.contracts.checks import CheckResult
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.domain.verdict import Seen, Standing, Verdict
from tocsin.domain.verdict_region import Sample
from tocsin.domain.verdict_words import cause
from tocsin_data.services.monitor_moves import Change
from tocsin_data.services.rejecting import storable
from tocsin_data.sql.check_results import NewResult, NewRunResult, Place
from tocsin_data.sql.monitor_regions import NewRegion, Region
from tocsin_data.sql.monitor_states import Watched

EVIDENCE: Final = {"detail", "address", "http_status", "excerpt", "certificate", "command_id"}
"""What of a result that did not end well is kept beside its columns."""
type Shown = Mapping[Place, Mapping[str, Any]]
"""What the newest result of a monitor in a region shows, without what the target answered."""


def stored(org_id: UUID, region: str, result: CheckResult) -> NewResult:
    """A result as it is stored."""
    timings = result.timings
    evidence = None
    if result.status is not CheckStatus.UP:
        evidence = _kept(result.model_dump(mode="json", include=EVIDENCE, exclude_none=True)) or None
    return NewResult(
        org_id=org_id,
        monitor_id=result.monitor_id,
        region=region,
        tick=result.tick,
        checked_at=result.checked_at,
        status=result.status,
        reason=result.reason,
        latency_ms=timings and timings.total,
        timings=timings and [timings.dns, timings.connect, timings.tls, timings.first_byte],
        attempts=result.attempts,
        origin=result.origin,
        monitor_version=result.version,
        evidence=evidence,
    )


def run_result(region: str, result: CheckResult) -> NewRunResult:
    """What somebody has asked for; only results that were asked for have a command."""
    if result.command_id is None:
        raise ValueError("nobody has asked for this result")
    return NewRunResult(result.command_id, region, _kept(result.model_dump(mode="json", exclude_none=True)))


def confirmed(org_id: UUID, place: Place, region: Region, newest: CheckResult) -> NewRegion:
    """A region that is as before, with its newest result; written only if it still is."""
    return NewRegion(
        org_id=org_id,
        monitor_id=place[0],
        region=place[1],
        status=region.status,
        since=region.since,
        last_tick=max(region.last_tick, newest.tick),
        last_status=newest.status,
        last_reason=newest.reason,
        last_latency_ms=newest.timings and newest.timings.total,
        certificate=newest.certificate and _kept(newest.certificate.model_dump(mode="json")),
        expected=region.status,
    )


def folded(org_id: UUID, place: Place, after: Seen, last: Sample, newest: CheckResult) -> NewRegion:
    """A region as its stored results, of which `last` is the newest, show it; the monitor is held."""
    is_newest = newest.tick == last.tick
    return NewRegion(
        org_id=org_id,
        monitor_id=place[0],
        region=place[1],
        status=after.status,
        since=after.since,
        last_tick=after.last_tick,
        last_status=last.status,
        last_reason=after.last_reason,
        last_latency_ms=newest.timings.total if is_newest and newest.timings else None,
        certificate=newest.certificate and _kept(newest.certificate.model_dump(mode="json")),
        expected=None,
    )


def _kept(value: Any) -> Any:
    """What a target said, without the characters that PostgreSQL refuses: they must not spoil a region's batch."""
    match value:
        case str():
            return storable(value)
        case dict():
            found = cast("dict[str, Any]", value)
            return {name: _kept(field) for name, field in found.items()}
        case list():
            return [_kept(item) for item in cast("list[Any]", value)]
        case _:
            return value


def seen(row: NewRegion) -> Seen:
    """A region's new row as the domain knows it."""
    reason = None if row.last_reason is None else Reason(row.last_reason)
    ends_at = None if row.certificate is None else datetime.fromisoformat(row.certificate["not_after"])
    return Seen(CheckStatus(row.status), row.since, row.last_tick, reason, ends_at)


def ended(monitor: Watched, now: datetime) -> Change | None:
    """What becomes of a monitor that is paused or deleted: nothing is known of it, and its alerts end."""
    before = monitor.standing
    if before.status is CheckStatus.UNKNOWN and not before.open and monitor.look_at is None:
        return None
    since = before.since if before.status is CheckStatus.UNKNOWN else max(now, before.since)
    why = "it was paused" if monitor.deleted_at is None else "it was deleted"
    return Change(monitor, CheckStatus.UNKNOWN, since, None, why, {}, Standing(CheckStatus.UNKNOWN, since))


def looked_at(monitor: Watched) -> Change:
    """A monitor of which regions say nothing, a heartbeat: it stays what it is."""
    reason = monitor.detail.get("reason")
    return Change(
        monitor,
        CheckStatus(monitor.status),
        monitor.since,
        None if reason is None else Reason(reason),
        monitor.detail.get("detail", ""),
        {k: v for k, v in monitor.detail.items() if k not in {"reason", "detail"}},
        monitor.standing,
    )


def change(monitor: Watched, verdict: Verdict, regions: Mapping[str, Seen], shown: Shown) -> Change:
    """A verdict as what becomes of a monitor, with its evidence by region."""
    standing, said = verdict.standing, verdict.opinion
    places = {name: regions[name] for name in monitor.regions if name in regions}
    evidence = {
        name: {
            "status": found.status,
            "since": found.since.isoformat(),
            "last_tick": found.last_tick.isoformat(),
            **({"reason": found.last_reason} if found.last_reason else {}),
            **shown.get((monitor.monitor_id, name), {}),
        }
        for name, found in places.items()
    }
    detail = _detail(verdict, places)
    return Change(
        monitor, standing.status, standing.since, said.reason, detail, {"regions": evidence}, standing, verdict.look_at
    )


def _detail(verdict: Verdict, places: Mapping[str, Seen]) -> str:
    """Why, in words; of what is down, the regions that say so."""
    said = verdict.opinion
    failing = {r: s.last_reason for r, s in places.items() if s.status is said.status}
    if said.status is CheckStatus.UP:
        return ""
    if said.status is not CheckStatus.UNKNOWN:
        return cause(failing)
    if not said.is_heard:
        return f"nothing can be told: {cause(failing)}" if failing else "no results from any of its regions"
    return "its regions see nothing at all" if failing else "no results yet"
