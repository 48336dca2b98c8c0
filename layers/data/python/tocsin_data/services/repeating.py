"""A request that is sent again under one Idempotency-Key runs once, whatever crashes in between.

The key is claimed in a transaction of its own, marked in the one that carries the request out, and its answer kept
after. A claim that was not marked is free once whoever made it can't be running any more; should they be, they find it
lost and commit nothing.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.errors import IdempotencyKeyReused, IdempotentAnswerLost, IdempotentRequestRunning
from tocsin.platform.ids import new_id
from tocsin_data.db import Connection, Database
from tocsin_data.sql import idempotent_requests

LEASE: Final = timedelta(seconds=25)
"""Longer than api may run."""
KEPT: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Key:
    """A caller's Idempotency-Key by its hash, and the hash of the request it was sent with."""

    caller: str
    key_hash: bytes
    request_hash: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """A key that is claimed: its request is to run now. `sealed` is the answer when it has run already."""

    key: Key
    id: UUID
    sealed: bytes | None = None


def claim(db: Database, key: Key) -> Claim:
    """Claim a key, or find the answer it was given.

    Raises IdempotencyKeyReused when another request was sent with it, IdempotentRequestRunning while the first one
    runs, and IdempotentAnswerLost when that was carried out and its answer not kept.
    """
    mine = new_id()
    with db.outside_organizations() as conn:
        used = idempotent_requests.claim(
            conn, key.caller, key.key_hash, key.request_hash, by=mine, lease=LEASE, kept=KEPT
        )
    if used is not None and used.request_hash != key.request_hash:
        raise IdempotencyKeyReused
    if used is not None and used.claim == mine:
        return Claim(key, mine)
    if used is None or used.committed_at is None:
        raise IdempotentRequestRunning
    if used.answer is None:
        raise IdempotentAnswerLost
    return Claim(key, used.claim, used.answer)


def carried_out(db: Database, claimed: Claim) -> Database:
    """The database for a claimed request: each of its transactions that writes marks the claim, or is rolled back."""

    def mark(conn: Connection) -> None:
        if not idempotent_requests.commit(conn, claimed.key.caller, claimed.key.key_hash, claimed.id):
            raise IdempotentRequestRunning

    return db.with_last_word(mark)


def keep(db: Database, claimed: Claim, sealed: bytes) -> None:
    """Keep what a claimed request was answered."""
    with db.outside_organizations() as conn:
        idempotent_requests.answer(conn, claimed.key.caller, claimed.key.key_hash, claimed.id, sealed)


def release(db: Database, claimed: Claim) -> None:
    """Let a key be used again whose request was refused; nothing is released of one that was carried out."""
    with db.outside_organizations() as conn:
        idempotent_requests.release(conn, claimed.key.caller, claimed.key.key_hash, claimed.id)
