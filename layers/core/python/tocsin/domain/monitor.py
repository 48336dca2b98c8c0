"""Monitors: what can be checked, how a check can end, and the instants at which it is due."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from math import ceil, log2
from typing import Final
from uuid import UUID

INTERVALS: Final = (10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 21_600, 43_200, 86_400)
"""Seconds between two checks of a monitor in one region; each divides a day, so that its grid is the same every day."""
DAY: Final = 86_400
STARTS_A_SECOND: Final = 20
LONGEST_SPREAD: Final = 60.0
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class MonitorKind(StrEnum):
    """What is checked; a heartbeat is not checked but expected to report."""

    HTTP = "http"
    TLS = "tls"
    TCP = "tcp"
    DNS = "dns"
    HEARTBEAT = "heartbeat"


class CheckStatus(StrEnum):
    """How a check ended, and what monitors and regions are. `unknown`: it can't be told, which is not that it fails."""

    UP = "up"
    DEGRADED = "degraded"
    DOWN = "down"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """Where a result comes from; figures shown to the public count `live` only."""

    LIVE = "live"
    LIVE_USER = "live-user"
    DEMO = "demo"
    LOAD_TEST = "load-test"


class Reason(StrEnum):
    """Why a check did not end well: stable names that people filter by. `detail` beside it says it in words."""

    ASSERTION_FAILED = "assertion_failed"
    BAD_CONFIGURATION = "bad_configuration"
    BODY_TOO_LARGE = "body_too_large"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_EXPIRES_SOON = "certificate_expires_soon"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"
    CERTIFICATE_WRONG_NAME = "certificate_wrong_name"
    CONNECTION_CLOSED = "connection_closed"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_RESET = "connection_reset"
    DNS_NO_ANSWER = "dns_no_answer"
    DNS_NO_SUCH_NAME = "dns_no_such_name"
    DNS_REFUSED = "dns_refused"
    DNS_SERVER_FAILURE = "dns_server_failure"
    FORBIDDEN_ADDRESS = "forbidden_address"
    HEADERS_TOO_LARGE = "headers_too_large"
    HEARTBEAT_FAILED = "heartbeat_failed"
    HEARTBEAT_MISSED = "heartbeat_missed"
    INTERNAL_ERROR = "internal_error"
    NETWORK_UNREACHABLE = "network_unreachable"
    PROTOCOL_ERROR = "protocol_error"
    REGION_BLIND = "region_blind"
    RUN_TOO_LONG = "run_too_long"
    SECRETS_UNREADABLE = "secrets_unreadable"
    TIMEOUT = "timeout"
    TLS_FAILED = "tls_failed"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TOO_SLOW = "too_slow"
    UNEXPECTED_ANSWER = "unexpected_answer"
    UNEXPECTED_STATUS = "unexpected_status"


def spread_seconds(monitors: int) -> float:
    """Over how many seconds to spread the starts of so many monitors, about 20 a second, a minute at most.

    Whoever checks is paid for until the last of a minute has started. The answer is a power of two, so that one monitor
    more seldom moves the others.
    """
    wanted = monitors / STARTS_A_SECOND
    return 1.0 if wanted <= 1 else min(LONGEST_SPREAD, 2.0 ** ceil(log2(wanted)))


def phase(monitor_id: UUID, region: str, interval_seconds: int, spread_seconds: float) -> timedelta:
    """How long after a grid instant a monitor is checked in a region: always the same, within the spread."""
    number = int.from_bytes(sha256(monitor_id.bytes + region.encode()).digest()[:8])
    return timedelta(seconds=min(spread_seconds, interval_seconds) * number / 2**64)


def tick_at(at: datetime, interval_seconds: int) -> datetime:
    """The last grid instant that is not after `at`: whole intervals since 1970 in UTC."""
    seconds = (at - EPOCH) // timedelta(seconds=1)
    return EPOCH + timedelta(seconds=seconds - seconds % interval_seconds)
