"""The public API's models of analytics: how fast people answer, whom pages reach when, which services are noisy."""

from enum import StrEnum
from uuid import UUID

from tocsin.contracts.api import Answer
from tocsin.contracts.message import Instant


class Interval(StrEnum):
    """What response times are told by: calendar days, weeks or months of a time zone."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class ResponseTimes(Answer):
    """How long the incidents took that were created between two instants; durations in seconds, null where none ended.

    Those still open count in `incidents` alone.
    """

    starts_at: Instant
    ends_at: Instant
    incidents: int
    acknowledged: int
    acknowledge_mean_seconds: float | None
    acknowledge_p50_seconds: float | None
    acknowledge_p90_seconds: float | None
    resolved: int
    resolve_mean_seconds: float | None
    resolve_p50_seconds: float | None
    resolve_p90_seconds: float | None


class ResponseTimesReport(Answer):
    """Of the whole window, and of each interval in it, oldest first; the outer ones are cut by the window."""

    time_zone: str
    total: ResponseTimes
    items: list[ResponseTimes]


class PageLoad(Answer):
    """The pages of one person. Several messages of one step are one page; what never left is none.

    `by_hour` has 24 numbers, from midnight. What is neither `night` nor `weekend` is `daytime`; a page can be both.
    """

    user_id: UUID
    user_name: str
    pages: int
    night: int
    weekend: int
    daytime: int
    by_hour: list[int]


class PageLoadReport(Answer):
    """Whoever was paged in a window, most pages first; hours and days are those of the time zone."""

    starts_at: Instant
    ends_at: Instant
    time_zone: str
    night_from: int
    night_until: int
    items: list[PageLoad]


class ServiceNoise(Answer):
    """What one service made in a window. Shares are of its incidents, from 0 to 1, null where there was none.

    `unacknowledged`: resolved, and nobody had acknowledged. `auto_resolved`: resolved by a tool or by time, no person.
    """

    service_id: UUID
    service_name: str
    team_id: UUID | None
    events: int
    alerts: int
    incidents: int
    pages: int
    unacknowledged: int
    unacknowledged_share: float | None
    auto_resolved: int
    auto_resolved_share: float | None


class ServiceNoiseReport(Answer):
    """Services that had an event or an incident in a window, most pages first."""

    starts_at: Instant
    ends_at: Instant
    items: list[ServiceNoise]
