"""Who is let in: keys issued here, not revoked, within their budget.

The bucket in this process is the first line only. What the database knows arrives as edge state by S3; while that
can't be read the last known state holds, and without one everything is let in: accept first, think later.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from functions.ingest.exchange import Refusal
from tocsin.contracts.edge import EDGE_STATE_KEY, EdgeState
from tocsin.errors import Unavailable
from tocsin.platform import aws, logs

SERVICE: Final = "ingest"
REREAD_AFTER: Final = timedelta(seconds=10)
MAX_KEYS: Final = 10_000
_MINUTE: Final = 60.0
_NOTHING_NEW: Final = (304, 404)  # 404: nothing was ever refused


@dataclass(frozen=True, slots=True)
class Turned:
    """Turned away: why, and how many seconds to wait where waiting helps."""

    refusal: Refusal
    retry_after: int | None = None


class Budgets:
    """A token bucket a key: `per_minute` requests at once, refilled at that rate. Remembers `max_keys` keys."""

    def __init__(self, per_minute: int, max_keys: int = MAX_KEYS) -> None:
        self._capacity = float(per_minute)
        self._max_keys = max_keys
        self._buckets: dict[str, tuple[float, datetime]] = {}

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key_hash: str, now: datetime) -> int:
        """Take one request's token; answers 0, or the seconds until there is one (and then takes nothing)."""
        # popped and put back, so that the order of the table is that of last use
        tokens, at = self._buckets.pop(key_hash, (self._capacity, now))
        rate = self._capacity / _MINUTE
        tokens = min(self._capacity, tokens + max(0.0, (now - at).total_seconds()) * rate)
        wait = 0 if tokens >= 1 else max(1, math.ceil((1 - tokens) / rate))
        self._buckets[key_hash] = (tokens if wait else tokens - 1, max(at, now))
        while len(self._buckets) > self._max_keys:
            self._buckets.pop(next(iter(self._buckets)), None)
        return wait


class Edge:
    """The edge state, re-read by ETag at most every ten seconds."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._etag: str | None = None
        self._read_at: datetime | None = None
        self._revoked: frozenset[str] = frozenset()
        self._over_budget: dict[str, datetime] = {}
        self._revoked_certificates: frozenset[str] = frozenset()
        self._is_known = False

    def judge(self, key_hash: str, now: datetime) -> Turned | None:
        """What the state says about a key."""
        self._reread_by(now)
        if key_hash in self._revoked:
            return Turned(Refusal.REVOKED_KEY)
        until = self._over_budget.get(key_hash)
        if until is not None and until > now:
            return Turned(Refusal.OVER_BUDGET, math.ceil((until - now).total_seconds()))
        return None

    def is_revoked(self, serial: str, now: datetime) -> bool:
        """Whether the state says that a probe's certificate has been revoked; raises Unavailable until it was read
        once. Events are let in then, but a probe loses nothing when it is told to come again.
        """
        self._reread_by(now)
        if not self._is_known:
            raise Unavailable("Which certificates have been revoked can't be read now.")
        return serial in self._revoked_certificates

    def _reread_by(self, now: datetime) -> None:
        if self._read_at is None or abs(now - self._read_at) >= REREAD_AFTER:
            self._read_at = now
            self._reread()

    def _reread(self) -> None:
        condition = {"If-None-Match": self._etag} if self._etag else {}
        try:
            answer = s3(self._bucket).send("GetObject", "GET", f"/{EDGE_STATE_KEY}", condition)
            state = EdgeState.model_validate_json(answer.data)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") not in _NOTHING_NEW:
                self._unread(error)
            else:
                self._is_known = True
        except (BotoCoreError, ValidationError) as error:
            self._unread(error)
        else:
            self._etag = answer.headers.get("ETag")
            self._revoked = frozenset(state.revoked)
            self._over_budget = state.over_budget
            self._revoked_certificates = frozenset(state.revoked_certificates)
            self._is_known = True

    def _unread(self, error: Exception) -> None:
        logs.logger(SERVICE).warning("edge state not read", extra={"reason": str(error)[:300]})
        logs.count(SERVICE, "EdgeStateUnread")


class Gate:
    """Edge state and budgets of this process."""

    def __init__(self, edge: Edge, budgets: Budgets) -> None:
        self._edge = edge
        self._budgets = budgets

    def refuses(self, key_hash: str, now: datetime) -> Turned | None:
        """What is known of a key, whose budget is kept elsewhere."""
        return self._edge.judge(key_hash, now)

    def judge(self, key_hash: str, now: datetime) -> Turned | None:
        """None when the key may pass now; takes one request from its budget."""
        if turned := self._edge.judge(key_hash, now):
            return turned
        wait = self._budgets.take(key_hash, now)
        return Turned(Refusal.OVER_BUDGET, wait) if wait else None

    def is_revoked(self, serial: str, now: datetime) -> bool:
        """Whether a probe's certificate has been revoked, by its serial in lower-case hex; raises Unavailable."""
        return self._edge.is_revoked(serial, now)

    def take(self, caller: str, now: datetime) -> int:
        """Take one request from a caller's budget; answers 0, or the seconds to wait."""
        return self._budgets.take(caller, now)


@cache
def gate(bucket: str, per_minute: int) -> Gate:
    """The gate of this process."""
    return Gate(Edge(bucket), Budgets(per_minute))


@cache
def s3(bucket: str) -> aws.Client:
    """The S3 client of this process."""
    # a sender waits for this read: better to go on with what is known than to be late
    return aws.Client(aws.S3, connect_seconds=1, read_seconds=1, tries=1, bucket=bucket)
