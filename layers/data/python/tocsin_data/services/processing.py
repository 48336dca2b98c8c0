"""Events become alerts become incidents, and the first step of their policy is taken, in one transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.contracts.events import EventsMessage
from tocsin.domain.dedup import EventAction
from tocsin_data.db import Connection, Database, Tx
from tocsin_data.services.cases import Item
from tocsin_data.services.judging import Batch
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import events, routing_keys
from tocsin_data.sql.routing_keys import ResolvedKey

USAGE_SHARDS: Final = 8
REFUSED: Final = "refused_key"


@dataclass(slots=True)
class Processed:
    """What a batch came to. `unknown` came with well-made keys that no integration has."""

    leaving: Leaving
    opened: int = 0
    counted: int = 0
    refused: int = 0
    exhausted: int = 0
    unknown: list[EventsMessage] = field(default_factory=list[EventsMessage])


def process(db: Database, messages: Sequence[EventsMessage], *, key_budget_per_minute: int) -> Processed:
    """Apply a batch of requests. Each event is applied once, however often its message comes."""
    hashes = sorted({bytes.fromhex(m.key_hash) for m in messages})
    with db.found(lambda conn: _enter(conn, hashes)) as (tx, keys):
        known = [(key, m) for m in messages if (key := keys.get(bytes.fromhex(m.key_hash)))]
        items = [Item(key, message, event) for key, message in known for event in message.events]
        accepted = [i for i in items if not i.key.refused_at(i.message.received_at)]
        refused = [i for i in items if i.key.refused_at(i.message.received_at)]
        done = Processed(Leaving(tx.now), refused=len(refused))
        done.unknown = [m for m in messages if bytes.fromhex(m.key_hash) not in keys]
        for message in done.unknown:
            _reject(tx, message)
        batch = Batch(tx, done.leaving)
        changes = [i for i in accepted if i.event.action is EventAction.CHANGE]
        batch.apply([i for i in accepted if i.event.action is not EventAction.CHANGE], changes)
        _refuse(tx, refused)
        crossed = bool(accepted) and _account(tx, accepted, key_budget_per_minute)
        done.leaving.publish = crossed or bool(refused)
        done.opened, done.counted, done.exhausted = batch.opened, batch.counted, batch.exhausted
    return done


def _enter(conn: Connection, hashes: Sequence[bytes]) -> tuple[datetime, set[UUID], dict[bytes, ResolvedKey]]:
    now, keys = routing_keys.enter(conn, hashes)
    return now, {key.org_id for key in keys.values()}, keys


def _reject(tx: Tx, message: EventsMessage) -> None:
    events.reject(
        tx,
        queue="events",
        message_id=str(message.request_id),
        reason="unknown_key",
        detail="The routing key is well made, but no integration has it: it was deleted, or forged with a leaked key.",
        body=message.to_json(),
    )


def _refuse(tx: Tx, items: Sequence[Item]) -> None:
    if not items:
        return
    new = events.insert(tx, [i.stored(REFUSED, None) for i in items])
    counts = Counter({i.event.event_id: i.key.routing_key_id for i in items if i.event.event_id in new}.values())
    if counts:
        routing_keys.record_refusals(tx, list(counts.items()))


def _account(tx: Tx, items: Sequence[Item], budget: int) -> bool:
    """Add to the keys' usage; whether one of them has just used up this shard's part of its budget."""
    counts = Counter(key for key, _ in {(i.key.routing_key_id, i.message.request_id) for i in items})
    orgs = {i.key.routing_key_id: i.key.org_id for i in items}
    used = routing_keys.record_use(
        tx, [(orgs[k], k, n) for k, n in counts.items()], shard=tx.now.microsecond % USAGE_SHARDS
    )
    share = max(1, budget // USAGE_SHARDS)
    return any((total - counts[key]) // share != total // share for key, total in used)
