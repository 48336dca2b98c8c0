"""What heartbeats are by what they were told, and by the clock: written together with what their monitors are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from tocsin.domain.heartbeat import Judgement, Memory, Signal, State, hear, judge
from tocsin.domain.monitor import CheckStatus
from tocsin_data.db import Database, Tx
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.monitor_moves import Change, Moves
from tocsin_data.sql import heartbeats, monitor_states
from tocsin_data.sql.heartbeats import Heard, Heartbeat
from tocsin_data.sql.monitor_states import Watched

STATUSES: Final = {State.UP: CheckStatus.UP, State.DOWN: CheckStatus.DOWN, State.NEW: CheckStatus.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Expired:
    """How many heartbeats were missed, and what leaves for them."""

    count: int
    leaving: Leaving


@dataclass(frozen=True, slots=True)
class Listening:
    """A heartbeat that is held, with what is new to it."""

    row: Heartbeat
    signals: Sequence[Signal] = ()
    pings: Sequence[datetime] = ()

    @property
    def memory(self) -> Memory:
        """What it remembers then; paused, it takes in nothing."""
        return self.row.memory if self.row.paused_at is not None else hear(self.row.memory, self.signals)


def expire(db: Database, found: Sequence[tuple[UUID, UUID]]) -> Expired:
    """Take heartbeats for missed that should have been heard by now, as far as what they were told has been read; and
    look again at those that were down when they were changed.
    """
    ids = [monitor_id for _, monitor_id in found]
    with db.many({org_id for org_id, _ in found}) as tx:
        held = monitor_states.hold(tx, ids)
        through = heartbeats.results_through(tx)
        due = [(Listening(row), through) for row in heartbeats.lock(tx, ids)]
        leaving = Leaving(tx.now)
        return Expired(write(tx, leaving, held, due), leaving)


def write(tx: Tx, leaving: Leaving, held: Mapping[UUID, Watched], heard: Sequence[tuple[Listening, datetime]]) -> int:
    """Write what heartbeats remember, and what they are at an instant each; answers how many have become down."""
    rows: list[Heard] = []
    changes: list[Change] = []
    for listening, at in heard:
        row, memory = listening.row, listening.memory
        judgement = judge(row.timetable, memory, at)
        rows.append(Heard.of(row, memory, judgement, listening.pings))
        monitor = held.get(row.monitor_id)
        if monitor is not None and monitor.is_watched and judgement.state != row.status:
            changes.append(_change(monitor, judgement, row, memory))
    if rows:
        heartbeats.write(tx, rows)
        Moves(tx, leaving).apply(changes)
    return sum(change.status is CheckStatus.DOWN for change in changes)


def count_anew(tx: Tx, monitor_ids: Collection[UUID]) -> None:
    """Write deadlines anew, without saying that anything is late, or is no more: that is the next sweep's."""
    monitor_states.hold(tx, monitor_ids)
    rows = heartbeats.lock(tx, monitor_ids)
    anew: list[Heard] = []
    for row in rows:
        judgement = judge(row.timetable, row.memory, row.counts_from)
        late_at = tx.now if row.status == State.DOWN else judgement.late_at
        standing = Judgement(State(row.status), due_at=judgement.due_at, late_at=late_at)
        anew.append(Heard.of(row, row.memory, standing))
    heartbeats.write(tx, anew)


def instant(row: Heartbeat, memory: Memory, through: datetime) -> datetime:
    """At which instant to judge what was told: as of the last outcome, so that whatever else is on its way through the
    queue is not missed meanwhile. What is down already comes back only if it is not late by now.
    """
    last = max(at for at in (memory.counts_from, memory.last_success_at, memory.last_failure_at) if at is not None)
    return max(last, through) if row.status == State.DOWN else last


def _change(monitor: Watched, judgement: Judgement, row: Heartbeat, memory: Memory) -> Change:
    evidence: dict[str, Any] = {
        "last_success_at": _text(memory.last_success_at),
        "due_at": _text(judgement.due_at),
        "grace_seconds": row.spec["grace_seconds"],
    }
    if judgement.state is State.DOWN and memory.last_failure_status is not None:
        evidence["exit_status"] = memory.last_failure_status
    detail = judgement.detail or f"It has reported at {judgement.since:%Y-%m-%d %H:%M:%S} UTC."
    at = judgement.since or row.counts_from
    return Change(monitor, STATUSES[judgement.state], at, judgement.reason, detail, evidence)


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
