"""Results become what monitors are: a batch of thousands in a handful of statements, in one transaction.

What stays as it was takes no lock but that of its region's row. What may change is decided while the monitor's state is
held, from what is stored by then, so that two batches at once come to what one after the other would.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.checks import CheckResult, ResultBatch
from tocsin.domain.monitor import CheckStatus
from tocsin.domain.verdict import Seen, Topic, Verdict, fresh_for, judge
from tocsin.domain.verdict_region import Runs, fold
from tocsin_data.db import Connection, Database, Tx
from tocsin_data.services import verdict_rows
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.monitor_moves import Change, Moves
from tocsin_data.sql import check_results, monitor_regions, monitor_states, rollups
from tocsin_data.sql.check_results import Place
from tocsin_data.sql.monitor_regions import Known, NewRegion, Region
from tocsin_data.sql.monitor_states import Watched

MOST_AHEAD: Final = timedelta(minutes=5)
"""How far in the future a tick may be: clocks differ, and a region may begin a tick early."""
MOST_BEHIND: Final = timedelta(minutes=15)
"""How long results may wait in our queue and still be taken for new, as `app.results_through` says it."""
type Found = Sequence[tuple[UUID, UUID]]
"""(org, monitor), as the look-ups that cross organizations answer."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A result and the region that sent it."""

    region: str
    result: CheckResult

    @property
    def place(self) -> Place:
        """The monitor and the region."""
        return self.result.monitor_id, self.region


@dataclass(slots=True)
class Verdicts:
    """What a batch came to. `dropped` are results without a place, by why."""

    leaving: list[Leaving] = field(default_factory=list[Leaving])
    stored: int = 0
    doubled: int = 0
    judged: int = 0
    changed: int = 0
    opened: int = 0
    exhausted: int = 0
    dropped: Counter[str] = field(default_factory=Counter[str])


def apply(db: Database, batches: Sequence[ResultBatch]) -> Verdicts:
    """Store results and judge what they may change. Each counts once, however often and in whatever order they come."""
    arrived = [Arrived(b.region, r) for b in batches for r in b.results]
    done = Verdicts()
    if arrived:
        overtaken = _apply(db, arrived, done, frozenset())
        if overtaken:
            _apply(db, [a for a in arrived if a.result.monitor_id in overtaken], done, overtaken)
    return done


def look(db: Database, found: Found) -> Verdicts:
    """Judge monitors that time alone, or a person, may have changed."""
    done = Verdicts()
    ids = [monitor_id for _, monitor_id in found]
    with db.many({org_id for org_id, _ in found}) as tx:
        held = {i: w for i, w in monitor_states.hold(tx, ids).items() if w.look_at is not None and w.look_at <= tx.now}
        regions = monitor_regions.read(tx, list(held)) if held else {}
        seen = {i: {r: row.seen for r, row in regions.get(i, {}).items()} for i in held}
        _judge(tx, held, seen, done, by_sweep=True)
    return done


def _apply(db: Database, arrived: Sequence[Arrived], done: Verdicts, forced: Collection[UUID]) -> set[UUID]:
    """Apply results; answers monitors of which another transaction has changed a region in the meantime."""
    ids = sorted({a.result.monitor_id for a in arrived})
    commands = sorted({a.result.command_id for a in arrived if a.result.command_id is not None})

    def enter(conn: Connection) -> tuple[datetime, list[UUID], datetime | None]:
        return check_results.enter(conn, ids, commands)

    with db.found(enter) as (tx, kept_since):
        known, regions = monitor_regions.known(tx, ids, {a.region for a in arrived})
        ours = _without_runs(tx, arrived, commands) if commands else arrived
        accepted, dropped = _sorted_out(tx, ours, known, kept_since)
        by_place: dict[Place, list[CheckResult]] = {}
        for a in accepted:
            by_place.setdefault(a.place, []).append(a.result)
        doubtful = {
            place[0]
            for place, results in by_place.items()
            if place[0] in forced
            or not _is_quiet(tx, known[place[0]], regions.get(place[0], {}).get(place[1]), results)
        }
        held = monitor_states.hold(tx, doubtful) if doubtful else {}
        new = _store(tx, accepted, known, is_first=not forced)
        if held:
            regions.update(monitor_regions.read(tx, list(held)))
        rows = list(_regions(tx, by_place, known, regions, held))
        written = monitor_regions.write(tx, rows) if rows else set[Place]()
        if held:
            _judge(tx, held, _seen(held, regions, rows), done)
    if not forced:
        done.dropped.update(dropped)
        done.stored += new
        done.doubled += len(accepted) - new
    return {r.monitor_id for r in rows if (r.monitor_id, r.region) not in written}


def _sorted_out(
    tx: Tx, arrived: Sequence[Arrived], known: Mapping[UUID, Known], kept_since: datetime | None
) -> tuple[list[Arrived], Counter[str]]:
    """Those that have a place, each once, and why the others have none."""
    accepted: dict[tuple[Place, datetime], Arrived] = {}
    dropped: Counter[str] = Counter()
    for a in arrived:
        monitor = known.get(a.result.monitor_id)
        if monitor is None or not monitor.is_watched:
            dropped["unknown_monitor" if monitor is None else "not_watched"] += 1
        elif a.region not in monitor.regions:
            dropped["foreign_region"] += 1
        elif a.result.tick > tx.now + MOST_AHEAD:
            dropped["too_new"] += 1
        elif kept_since is None or a.result.tick < kept_since:
            dropped["too_old"] += 1
        else:
            accepted.setdefault((a.place, a.result.tick), a)
    return list(accepted.values()), dropped


def _without_runs(tx: Tx, arrived: Sequence[Arrived], commands: Sequence[UUID]) -> Sequence[Arrived]:
    """Hand what people have asked for to them; it says nothing of how a monitor does at its own ticks."""
    runs = check_results.runs(tx, commands)
    asked = [verdict_rows.run_result(a.region, a.result) for a in arrived if a.result.command_id in runs]
    if not asked:
        return arrived
    check_results.answer_runs(tx, asked)
    return [a for a in arrived if a.result.command_id not in runs]


def _is_quiet(tx: Tx, monitor: Known, region: Region | None, results: Sequence[CheckResult]) -> bool:
    """Whether results only say again what is known, so that in whatever order they came nothing changes."""
    if region is None or not _says_again(region, results):
        return False
    is_due = monitor.look_at is not None and monitor.look_at <= tx.now
    is_known = monitor.state_status not in {None, CheckStatus.UNKNOWN} and Topic.STALE not in monitor.alerts
    fresh_since = tx.now - fresh_for(timedelta(seconds=monitor.interval_seconds))
    if is_known and not is_due and region.last_tick > fresh_since:
        return True
    # What is too old to be heard is only stored, however much of it is replayed.
    return all(r.tick < fresh_since - MOST_BEHIND for r in results)


def _says_again(region: Region, results: Sequence[CheckResult]) -> bool:
    return region.status == region.last_status and all(
        r.status == region.status
        and r.tick >= region.since
        # of what is merely degraded people are told of one reason
        and (r.status is not CheckStatus.DEGRADED or r.reason == region.last_reason)
        for r in results
    )


def _store(tx: Tx, accepted: Sequence[Arrived], known: Mapping[UUID, Known], *, is_first: bool) -> int:
    rows = [verdict_rows.stored(known[a.result.monitor_id].org_id, a.region, a.result) for a in accepted]
    if not rows or not is_first:
        return 0
    new = check_results.insert(tx, rows)
    this_hour = tx.now.replace(minute=0, second=0, microsecond=0)
    late = [r for r in rows if r.tick < this_hour and (r.monitor_id, r.region, r.tick) in new]
    if late:
        rollups.mark_late(tx, [(r.org_id, r.monitor_id, r.tick) for r in late])
    return len(new)


def _regions(
    tx: Tx,
    by_place: Mapping[Place, Sequence[CheckResult]],
    known: Mapping[UUID, Known],
    regions: Mapping[UUID, Mapping[str, Region]],
    held: Mapping[UUID, Watched],
) -> Iterator[NewRegion]:
    """What each region is after these results: as before, or folded anew from what is stored."""
    folding: list[tuple[Place, int, int]] = []
    for place, results in by_place.items():
        monitor_id, name = place
        region, newest = regions.get(monitor_id, {}).get(name), max(results, key=lambda r: r.tick)
        if region is not None and _says_again(region, results):
            yield verdict_rows.confirmed(known[monitor_id].org_id, place, region, newest)
        else:
            folding.append((place, _runs(held[monitor_id]).looks_back, held[monitor_id].interval_seconds))
    samples = check_results.recent(tx, folding) if folding else {}
    for place, _, _ in folding:
        monitor_id, name = place
        if not samples.get(place):
            continue
        region = regions.get(monitor_id, {}).get(name)
        after = fold(_runs(held[monitor_id]), samples[place], region and region.seen)
        newest = max(by_place[place], key=lambda r: r.tick)
        yield verdict_rows.folded(known[monitor_id].org_id, place, after, samples[place][-1], newest)


def _runs(monitor: Watched) -> Runs:
    return Runs(monitor.failures_to_down, monitor.successes_to_up)


def _seen(
    held: Mapping[UUID, Watched], regions: Mapping[UUID, Mapping[str, Region]], rows: Sequence[NewRegion]
) -> dict[UUID, dict[str, Seen]]:
    seen = {i: {name: region.seen for name, region in regions.get(i, {}).items()} for i in held}
    for row in rows:
        if row.monitor_id in seen:
            seen[row.monitor_id][row.region] = verdict_rows.seen(row)
    return seen


def _judge(
    tx: Tx,
    held: Mapping[UUID, Watched],
    seen: Mapping[UUID, Mapping[str, Seen]],
    done: Verdicts,
    *,
    by_sweep: bool = False,
) -> None:
    """Judge monitors whose states are held, and write those that are not as they were."""
    leaving = Leaving(tx.now)
    moves = Moves(tx, leaving)
    heard_until = _heard_until(tx, held, seen)
    changes: list[Change] = []
    verdicts: dict[UUID, Verdict] = {}
    for monitor_id, monitor in held.items():
        if not monitor.is_watched:
            changes.extend(c for c in [verdict_rows.ended(monitor, tx.now)] if c is not None)
        elif not monitor.regions:
            changes.append(verdict_rows.looked_at(monitor))
        else:
            verdict = judge(monitor.rules, monitor.standing, seen[monitor_id], tx.now, heard_until)
            # What has just come may be old by now; that nothing is heard is for the sweep to tell.
            is_told = by_sweep or verdict.opinion.is_heard
            if is_told and (verdict.standing != monitor.standing or verdict.look_at != monitor.look_at):
                verdicts[monitor_id] = verdict
    shown = _shown(tx, held, verdicts, seen)
    changes.extend(verdict_rows.change(held[i], v, seen[i], shown) for i, v in verdicts.items())
    moves.apply(changes)
    done.judged += len(held)
    done.changed += sum(c.standing.status != c.monitor.status for c in changes)
    done.opened += moves.opened
    done.exhausted += moves.exhausted
    done.leaving.append(leaving)


def _heard_until(tx: Tx, held: Mapping[UUID, Watched], seen: Mapping[UUID, Mapping[str, Seen]]) -> datetime:
    """Up to when results have been read; asked only where it matters, where one of a region's may have grown old."""
    for monitor_id, monitor in held.items():
        fresh_since = tx.now - monitor.rules.fresh_for
        ticks = [seen[monitor_id][r].last_tick if r in seen[monitor_id] else None for r in monitor.regions]
        if any(tick is None or tick <= fresh_since for tick in ticks):
            return check_results.heard_until(tx)
    return tx.now


def _shown(
    tx: Tx,
    held: Mapping[UUID, Watched],
    verdicts: Mapping[UUID, Verdict],
    seen: Mapping[UUID, Mapping[str, Seen]],
) -> verdict_rows.Shown:
    """What the newest results show of monitors that people are about to be told of."""
    telling = [
        i
        for i, v in verdicts.items()
        if v.standing.open - held[i].standing.open or v.standing.warns_anew(held[i].standing)
    ]
    wanted = [((i, region), s.last_tick) for i in telling for region, s in seen[i].items()]
    return check_results.evidence(tx, wanted) if wanted else {}
