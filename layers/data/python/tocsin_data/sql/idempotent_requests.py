"""What callers' Idempotency-Keys were used for; the rows are reached through functions alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Connection


@dataclass(frozen=True, slots=True)
class Used:
    """What a key is used for: whose claim, for which request, whether that is committed, and its sealed answer."""

    claim: UUID
    request_hash: bytes
    committed_at: datetime | None
    answer: bytes | None


def claim(
    conn: Connection, caller: str, key_hash: bytes, request_hash: bytes, *, by: UUID, lease: timedelta, kept: timedelta
) -> Used | None:
    """Claim a key unless it is in use; None when somebody claims it this very moment."""
    with conn.cursor(row_factory=class_row(Used)) as cur:
        cur.execute(
            "select claim, request_hash, committed_at, answer from app.claim_request(%s, %s, %s, %s, %s, %s)",
            (caller, key_hash, request_hash, by, lease, kept),
        )
        return cur.fetchone()


def commit(conn: Connection, caller: str, key_hash: bytes, by: UUID) -> bool:
    """Mark a claim as committed with the transaction at hand, if that has written; False when the claim is lost."""
    row = conn.execute("select app.commit_request(%s, %s, %s)", (caller, key_hash, by)).fetchone()
    return row is not None and bool(row[0])


def answer(conn: Connection, caller: str, key_hash: bytes, by: UUID, sealed: bytes) -> None:
    """Keep what a committed claim was answered."""
    conn.execute("select app.answer_request(%s, %s, %s, %s)", (caller, key_hash, by, sealed))


def release(conn: Connection, caller: str, key_hash: bytes, by: UUID) -> None:
    """Free a claim that has committed nothing."""
    conn.execute("select app.release_request(%s, %s, %s)", (caller, key_hash, by))
