"""Pings become what heartbeats remember, and what their monitors are. Late, doubled and in any order they end alike."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.api import Answer
from tocsin.contracts.checks import Ping
from tocsin.contracts.monitor_spec import HeartbeatSpec
from tocsin.domain.heartbeat import Action, Signal, hear, took
from tocsin.domain.incident import Severity
from tocsin.domain.monitor import Origin
from tocsin.errors import Duplicate
from tocsin.platform.ids import new_id
from tocsin_data.db import Connection, Database, Tx
from tocsin_data.services import heartbeat_states
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.heartbeat_states import Listening
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import heartbeats, monitor_states, monitors, ping_keys, pings
from tocsin_data.sql.heartbeats import Heartbeat
from tocsin_data.sql.monitors import Row
from tocsin_data.sql.ping_keys import Use
from tocsin_data.sql.pings import KEPT, Asked, NewPing, Place

NEW_INTERVAL: Final = timedelta(days=1)
NEW_GRACE: Final = timedelta(hours=1)
"""Of a heartbeat made by a ping, as healthchecks.io makes it."""
MOST_MADE: Final = 1_000
"""An organization with as many monitors gets no more of them by pings."""
MOST_NAMES: Final = 20
"""How many names are tried for one where other monitors have them."""
TRIM_EVERY: Final = 10


@dataclass(slots=True)
class Applied:
    """What a batch came to: pings that counted; those of no heartbeat known; heartbeats made, and gone down."""

    leaving: Leaving
    counted: int = 0
    unknown: int = 0
    made: int = 0
    down: int = 0


@dataclass(slots=True)
class _Batch:
    """Pings with where they lead."""

    places: dict[Asked, Place]
    pings: Mapping[Asked, Sequence[Ping]]
    uses: dict[UUID, Use] = field(default_factory=dict[UUID, Use])

    @property
    def by_monitor(self) -> dict[UUID, list[Ping]]:
        """The pings of each heartbeat."""
        found: defaultdict[UUID, list[Ping]] = defaultdict(list)
        for asked, told in self.pings.items():
            place = self.places.get(asked)
            if place is not None and place.monitor_id is not None:
                found[place.monitor_id].extend(told)
        return dict(found)


class MadeHeartbeat(Answer):
    """What the audit log says of a heartbeat that a ping has made."""

    name: str
    slug: str
    service_id: UUID
    ping_key_id: UUID


def apply(db: Database, told: Sequence[Ping]) -> Applied:
    """Take in pings. Each counts once, however often its message comes."""
    grouped: defaultdict[Asked, list[Ping]] = defaultdict(list)
    for ping in told:
        grouped[bytes.fromhex(ping.key_hash), ping.slug].append(ping)
    wanted = sorted(grouped, key=lambda asked: (asked[0], asked[1] or ""))
    with db.found(lambda conn: _enter(conn, wanted)) as (tx, places):
        done = Applied(Leaving(tx.now))
        batch = _Batch(places, grouped)
        done.made = _make(tx, batch)
        _note_uses(tx, batch)
        found = batch.by_monitor
        if found:
            _take_in(tx, found, done)
        done.unknown = len(told) - sum(len(pings) for pings in found.values())
    return done


def mark(db: Database, marked_at: Sequence[datetime]) -> None:
    """Note the sweep's marks that have come through the queue: it has been read up to the newest of them."""
    if marked_at:
        with db.many(()) as tx:
            heartbeats.mark(tx, max(marked_at))


def _enter(conn: Connection, wanted: Sequence[Asked]) -> tuple[datetime, set[UUID], dict[Asked, Place]]:
    now, places = pings.enter(conn, wanted)
    return now, {place.org_id for place in places.values()}, places


def _take_in(tx: Tx, found: Mapping[UUID, Sequence[Ping]], done: Applied) -> None:
    held = monitor_states.hold(tx, found)
    rows = {row.monitor_id: row for row in heartbeats.lock(tx, found)}
    ordered = {monitor_id: _in_order(found[monitor_id]) for monitor_id in rows}
    kept = [_kept(row, ping) for monitor_id, row in rows.items() for ping in ordered[monitor_id]]
    new = pings.insert(tx, kept) if kept else set[UUID]()
    counts = {ping.id for ping in kept if ping.id in new and not ping.is_ignored}
    through = heartbeats.results_through(tx)
    heard: list[tuple[Listening, datetime]] = []
    for monitor_id, row in rows.items():
        fresh = [ping for ping in ordered[monitor_id] if ping.ping_id in new]
        if not fresh:
            continue
        signals = [_signal(ping) for ping in fresh if ping.ping_id in counts]
        listening = Listening(row, signals, [ping.received_at for ping in fresh])
        heard.append((listening, heartbeat_states.instant(row, listening.memory, through)))
    done.counted += len(counts)
    done.down += heartbeat_states.write(tx, done.leaving, held, heard)
    full = [h.row.monitor_id for h, _ in heard if _crosses(h.row.ping_count, len(h.pings))]
    if full:
        pings.trim(tx, full)


def _crosses(before: int, more: int) -> bool:
    """Whether it is time to forget old pings again, which is not done at each."""
    after = before + more
    return after > KEPT and before // TRIM_EVERY != after // TRIM_EVERY


def _in_order(told: Sequence[Ping]) -> list[Ping]:
    once = {ping.ping_id: ping for ping in told}
    return sorted(once.values(), key=lambda ping: (ping.received_at, ping.ping_id))


def _kept(row: Heartbeat, ping: Ping) -> NewPing:
    is_wrong = row.spec.get("methods") == "post" and ping.method != "POST"
    signal = _signal(ping)
    length = took(hear(row.memory, [signal]), signal) if ping.duration_ms is None else None
    return NewPing(
        id=ping.ping_id,
        org_id=row.org_id,
        monitor_id=row.monitor_id,
        received_at=ping.received_at,
        action=ping.action,
        is_ignored=is_wrong or row.paused_at is not None or ping.received_at < row.counts_from,
        exit_status=ping.exit_status,
        run_id=ping.run_id,
        method=ping.method,
        user_agent=ping.user_agent,
        duration_ms=ping.duration_ms if length is None else length / timedelta(milliseconds=1),
        body=ping.body,
    )


def _signal(ping: Ping) -> Signal:
    return Signal(ping.received_at, Action(ping.action), ping.run_id, ping.exit_status)


# ── what comes by slugs ───────────────────────────────────────────────────────────────────────────────────────────────


def _make(tx: Tx, batch: _Batch) -> int:
    """Make heartbeats for slugs that none has, where that was asked for; answers how many."""
    made: dict[tuple[UUID, str], UUID] = {}
    for (key_hash, slug), place in list(batch.places.items()):
        told = batch.pings.get((key_hash, slug), ())
        if slug is None or place.monitor_id is not None or not any(ping.create for ping in told):
            continue
        lane = place.org_id, slug
        first_at = min(ping.received_at for ping in told)
        monitor_id = made.get(lane) or _made(replace(tx, orgs=(place.org_id,)), place, slug, first_at)
        if monitor_id is not None:
            made[lane] = monitor_id
            batch.places[key_hash, slug] = replace(place, monitor_id=monitor_id)
    return len(made)


def _made(tx: Tx, place: Place, slug: str, counts_from: datetime) -> UUID | None:
    """A heartbeat whose own key nobody has; None where the ping key makes none, or there is no room.

    Raises Duplicate when another transaction has made it just now: the message comes again, and finds it.
    """
    if place.service_id is None or place.ping_key_id is None or monitors.count(tx) >= MOST_MADE:
        return None
    spec = HeartbeatSpec(
        interval_seconds=NEW_INTERVAL // timedelta(seconds=1),
        grace_seconds=NEW_GRACE // timedelta(seconds=1),
        slug=slug,
    )
    names = [slug, f"{slug} (heartbeat)", *(f"{slug} (heartbeat {n})" for n in range(2, MOST_NAMES))]
    taken = monitors.ids_by_name(tx, names)
    name = next((name for name in names if name not in taken), None)
    if name is None:
        return None
    row = _row(new_id(), name, place.service_id, spec)
    by = f"ping_key:{place.ping_key_id}"
    monitors.insert(tx, row, paused_by=None, created_by=by)
    if not heartbeats.insert(tx, place.org_id, row.id, (secrets.token_bytes(32), ""), slug, counts_from):
        raise Duplicate("Another heartbeat of this organization has this slug.")
    after = MadeHeartbeat(name=row.name, slug=slug, service_id=place.service_id, ping_key_id=place.ping_key_id)
    audit(tx, Actor("system", by), "monitor.created", ("monitor", row.id), after=after)
    return row.id


def _row(monitor_id: UUID, name: str, service_id: UUID, spec: HeartbeatSpec) -> Row:
    return Row(
        id=monitor_id,
        service_id=service_id,
        team_id=None,
        monitor_group_id=None,
        name=name,
        description="",
        kind=spec.kind,
        spec=spec.model_dump(mode="json"),
        sealed=None,
        secret_names=[],
        tags=[],
        severity=Severity.CRITICAL,
        origin=Origin.LIVE,
        interval_seconds=60,
        timeout_seconds=10,
        regions=[],
        quorum=None,
        failures_to_down=1,
        successes_to_up=1,
        confirmation_seconds=0,
        recovery_seconds=0,
    )


def _note_uses(tx: Tx, batch: _Batch) -> None:
    for (key_hash, slug), place in batch.places.items():
        if slug is None or place.ping_key_id is None:
            continue
        at = max(ping.received_at for ping in batch.pings[key_hash, slug])
        use = Use(place.ping_key_id, slug if place.monitor_id is None else None, at)
        before = batch.uses.get(place.ping_key_id)
        if before is None or (use.unknown_slug is not None, at) > (before.unknown_slug is not None, before.at):
            batch.uses[place.ping_key_id] = use
    if batch.uses:
        ping_keys.used(tx, list(batch.uses.values()))
