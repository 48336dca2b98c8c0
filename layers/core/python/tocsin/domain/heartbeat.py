"""Heartbeats: what they remember of what they were told, when they should hear again, and what they are by then.

What is remembered are the newest instants of each kind, and runs by their ids. So it does not matter in which order
pings come, or how often: what counts is when each was received.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from tocsin.domain.monitor import Reason

MAX_RUNS: Final = 50
"""How many runs are remembered by their ids; those that are over are forgotten first."""
NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Action(StrEnum):
    """What a ping says."""

    SUCCESS = "success"
    START = "start"
    FAIL = "fail"
    LOG = "log"


class State(StrEnum):
    """What a heartbeat is. `new`: it was told nothing yet that says how it is, and waits for that."""

    NEW = "new"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Timetable:
    """When it should hear: so long after the last time, or when its cron says (never, where that says None), and how
    late that may be.
    """

    grace: timedelta
    interval: timedelta | None = None
    cron: Callable[[datetime], datetime | None] | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """One ping, as far as it says how the heartbeat is."""

    at: datetime
    action: Action
    run_id: UUID | None = None
    exit_status: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job, as far as it was told of; without an id, the last of those without."""

    run_id: UUID | None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has started, or started again, and not ended since."""
        return self.started_at is not None and (self.ended_at is None or self.ended_at < self.started_at)

    @property
    def newest_at(self) -> datetime:
        """When it was last heard of."""
        return max(at for at in (self.started_at, self.ended_at) if at is not None)


@dataclass(frozen=True, slots=True)
class Memory:
    """What a heartbeat remembers. What was received before `counts_from` counts no more.

    Runs that started by `cleared_at` are over, whatever their ids; those by `dropped_at`, if their ids are forgotten.
    """

    counts_from: datetime
    last_success_at: datetime | None = None
    last_failure_at: datetime | None = None
    last_failure_status: int | None = None
    runs: tuple[Run, ...] = ()
    cleared_at: datetime | None = None
    dropped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a heartbeat is, since when, and why. `late_at`: when it is down unless it has heard by then."""

    state: State
    since: datetime | None = None
    reason: Reason | None = None
    detail: str | None = None
    due_at: datetime | None = None
    late_at: datetime | None = None


def hear(memory: Memory, signals: Iterable[Signal]) -> Memory:
    """Take in what was told, in whatever order and however often."""
    for signal in signals:
        if signal.at >= memory.counts_from and signal.action is not Action.LOG:
            memory = _hear(memory, signal)
    return memory


def judge(timetable: Timetable, memory: Memory, now: datetime) -> Judgement:
    """What the heartbeat is at an instant. A failure counts until a later success; a tie favours paging."""
    failed, succeeded = memory.last_failure_at, memory.last_success_at
    overdue_run = min((at for at in open_runs(timetable, memory)), default=None)
    run_late_at = None if overdue_run is None else overdue_run + timetable.grace
    if failed is not None and (succeeded is None or failed >= succeeded):
        status = memory.last_failure_status
        detail = "It reported a failure." if status is None else f"It reported the exit status {status}."
        return Judgement(State.DOWN, failed, Reason.HEARTBEAT_FAILED, detail)
    due_at = None if succeeded is None else next_due(timetable, succeeded)
    missed_at = None if due_at is None else due_at + timetable.grace
    late = [at for at in (missed_at, run_late_at) if at is not None]
    if late and min(late) <= now:
        if min(late) == missed_at:
            text = f"It should have reported by {_text(due_at)}, or within {_seconds(timetable.grace)} after that."
            return Judgement(State.DOWN, missed_at, Reason.HEARTBEAT_MISSED, text, due_at)
        text = f"A run that began at {_text(overdue_run)} has not ended within {_seconds(timetable.grace)}."
        return Judgement(State.DOWN, run_late_at, Reason.RUN_TOO_LONG, text, due_at)
    state = State.NEW if succeeded is None else State.UP
    return Judgement(state, succeeded, due_at=due_at, late_at=min(late, default=None))


def open_runs(timetable: Timetable, memory: Memory) -> list[datetime]:
    """When the runs began that have not ended. One whose time was up is given up once another, begun after that, ended
    well: a job that was killed must not be missed for ever.
    """
    begun = [r.started_at for r in memory.runs if r.is_open and r.started_at is not None]
    begun = [at for at in begun if memory.cleared_at is None or at > memory.cleared_at]
    ended = [r.started_at for r in memory.runs if not r.is_open and r.started_at is not None]
    newest = max(ended, default=None)
    return [at for at in begun if newest is None or newest < at + timetable.grace]


def took(memory: Memory, signal: Signal) -> timedelta | None:
    """How long the run took that a ping has ended, where its start is known."""
    if signal.action not in {Action.SUCCESS, Action.FAIL}:
        return None
    run = next((r for r in memory.runs if r.run_id == signal.run_id), None)
    if run is None or run.started_at is None or run.started_at > signal.at:
        return None
    return signal.at - run.started_at


def next_due(timetable: Timetable, after: datetime) -> datetime:
    """When it should hear again after having heard."""
    if timetable.cron is None:
        return after + (timetable.interval or timedelta(0))
    return timetable.cron(after) or NEVER - timetable.grace


def _hear(memory: Memory, signal: Signal) -> Memory:
    at = signal.at
    if signal.action is Action.START:
        return _run(memory, Run(signal.run_id, started_at=at))
    memory = _run(memory, Run(signal.run_id, ended_at=at))
    if signal.action is Action.FAIL:
        if memory.last_failure_at is None or at >= memory.last_failure_at:
            # of two at the same instant the higher status, so that their order does not matter
            other = memory.last_failure_status if at == memory.last_failure_at else None
            status = max((s for s in (signal.exit_status, other) if s), default=None)
            memory = replace(memory, last_failure_at=at, last_failure_status=status)
        return replace(memory, cleared_at=_newest(memory.cleared_at, at))
    memory = replace(memory, last_success_at=_newest(memory.last_success_at, at))
    if signal.run_id is None:
        # without an id it can't be told which run has ended, so all that were open have
        memory = replace(memory, cleared_at=_newest(memory.cleared_at, at))
    return memory


def _run(memory: Memory, told: Run) -> Memory:
    known = next((r for r in memory.runs if r.run_id == told.run_id), None)
    if known is None:
        if memory.dropped_at is not None and told.newest_at <= memory.dropped_at:
            return memory
        known = Run(told.run_id)
    merged = replace(
        known,
        started_at=_newest(known.started_at, told.started_at),
        ended_at=_newest(known.ended_at, told.ended_at),
    )
    others = [r for r in memory.runs if r.run_id != told.run_id]
    runs = sorted([*others, merged], key=lambda r: (r.newest_at, str(r.run_id)))
    if len(runs) <= MAX_RUNS:
        return replace(memory, runs=tuple(runs))
    over = [r for r in runs if not r.is_open]
    gone = over[0] if over else runs[-1]
    dropped_at = _newest(memory.dropped_at, gone.newest_at) if over else memory.dropped_at
    return replace(memory, runs=tuple(r for r in runs if r is not gone), dropped_at=dropped_at)


def _newest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)


def _text(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _seconds(length: timedelta) -> str:
    return f"{length // timedelta(seconds=1)} s"
