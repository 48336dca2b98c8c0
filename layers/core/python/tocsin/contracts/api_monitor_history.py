"""The public API's models of what monitors were: results, latencies, uptime, outages, regions, and what is proven."""

import datetime as dt
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from tocsin.contracts.api import Answer
from tocsin.contracts.checks import SeenCertificate
from tocsin.contracts.message import Instant
from tocsin.domain.latency_histogram import RELATIVE_ERROR
from tocsin.domain.monitor import CheckStatus, Origin, Reason


class ResultTimings(Answer):
    """Milliseconds of each part of a check that was reached."""

    dns: float | None
    connect: float | None
    tls: float | None
    first_byte: float | None


class StoredResult(Answer):
    """One check in one region. `tick` is when it was due; `evidence` what was seen where it did not end well, with the
    excerpt of an answer only for those who may run monitors.
    """

    region: str
    tick: Instant
    checked_at: Instant
    status: CheckStatus
    reason: Reason | None
    latency_ms: float | None
    timings: ResultTimings | None
    attempts: int
    origin: Origin
    monitor_version: int
    evidence: dict[str, Any] | None


class ResultPage(Answer):
    """Results, newest first; they are kept for some days."""

    items: list[StoredResult]
    next_cursor: str | None


class LatencyStep(StrEnum):
    """What latencies are told by: hours or days of UTC."""

    HOUR = "hour"
    DAY = "day"


class Latency(Answer):
    """Checks of a region in a step by how they ended, and the latencies in milliseconds of those that were answered (up
    and degraded); null where none was.
    """

    region: str
    starts_at: Instant
    ends_at: Instant
    up: int
    degraded: int
    down: int
    unknown: int
    mean_ms: float | None
    p50_ms: float | None
    p90_ms: float | None
    p95_ms: float | None
    p99_ms: float | None


class LatencyReport(Answer):
    """Latencies by region: of the whole window, and of each step that has results, oldest first. The window is widened
    to whole steps. Percentiles are within `relative_error` of the one at the nearest rank.
    """

    starts_at: Instant
    ends_at: Instant
    step: LatencyStep
    origin: Origin
    relative_error: float = RELATIVE_ERROR
    totals: list[Latency]
    items: list[Latency]


class UptimeSeconds(Answer):
    """Seconds by what a monitor was. `uptime` is (up + degraded) / (up + degraded + down), null when nothing is known;
    `seconds` is the length of the time, of which the rest is yet to come.
    """

    uptime: float | None
    seconds: int
    up_seconds: int
    degraded_seconds: int
    down_seconds: int
    unknown_seconds: int
    maintenance_seconds: int


class UptimeDay(UptimeSeconds):
    """One calendar day. A frozen one has been published and changes no more."""

    day: dt.date
    is_frozen: bool


class UptimeReport(Answer):
    """Uptime by the calendar days of a time zone, oldest first, today last, and of all of them."""

    time_zone: str
    origin: Origin
    total: UptimeSeconds
    items: list[UptimeDay]


class MonitorFigures(Answer):
    """A monitor at one glance: its uptime of all the days and of each, and the mean milliseconds of its answers in each
    hour that has been counted; null where nothing is known.
    """

    monitor_id: UUID
    uptime: float | None
    days: list[float | None]
    hours: list[float | None]


class FiguresReport(Answer):
    """Figures of several monitors: calendar days of a time zone from `first_day` to today, hours since `first_hour`."""

    time_zone: str
    first_day: dt.date
    first_hour: Instant
    items: list[MonitorFigures]


class Outage(Answer):
    """For how long a monitor was down; without an end, it still is. `evidence` says what was seen in which regions;
    `incident_id` is the incident by which people were told, if any.
    """

    id: UUID
    starts_at: Instant
    ends_at: Instant | None
    seconds: int
    evidence: dict[str, Any]
    incident_id: UUID | None
    incident_number: int | None


class OutagePage(Answer):
    """Outages, newest first."""

    items: list[Outage]
    next_cursor: str | None


class RegionState(Answer):
    """What a monitor is in one region by its latest results there, and the certificate that was shown last."""

    region: str
    status: CheckStatus
    since: Instant
    last_tick: Instant
    last_status: CheckStatus
    last_reason: Reason | None
    last_latency_ms: float | None
    certificate: SeenCertificate | None


class RegionStates(Answer):
    """The regions of a monitor by name."""

    items: list[RegionState]


class ShardHealth(Answer):
    """What a shard of a region has reported last: checks that were due, done and missed in the window before `ends_at`.
    A `blind` region sees nothing at all, a `silent` one reports nothing; null before its first verdict.
    """

    region: str
    region_status: Literal["seeing", "blind", "silent"] | None
    shard: int
    starts_at: Instant
    ends_at: Instant
    due: int
    done: int
    missed: int
    blind_since: Instant | None
    lateness_ms_p99: float | None
    silent_seconds: int


class CheckRegions(Answer):
    """All regions of the deployment, and the private locations of the organization, shard by shard."""

    items: list[ShardHealth]


class OriginEvidence(Answer):
    """How many results there are of one origin, and from when until when. Figures for the public count `is_public` ones
    only.
    """

    origin: Origin
    is_public: bool
    results: int
    first_tick: Instant
    last_tick: Instant


class Evidence(Answer):
    """What figures are made of, by where results come from; counted up to the last whole hour."""

    items: list[OriginEvidence]
