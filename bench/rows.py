"""Owns what is measured: a row for each figure, with its target, how it is taken, and the peer's figure beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bench.figure import Better, Figure


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `peer` names Alertmanager's figure of the same load in the same run."""

    name: str
    what: str
    unit: str
    target: float | None
    better: Better
    method: str
    peer: str = ""

    def figure(self, runs: Iterable[float], note: str = "") -> Figure:
        """A measured figure of this row."""
        return Figure(self.name, self.unit, tuple(runs), self.target, self.better, note)


SERIAL: Final = "one at a time, each sent when the page before it was received"
OUTAGE: Final = (
    "one at a time: the result that makes a quorum is sent to the queue when the page before it was received"
    " (bench/outages.py)"
)
HUNDRED: Final = "100 requests sent at once on connections of their own, each another incident"
BURST: Final = (
    "1,000 events of distinct incidents as fast as they are taken; from the first sent to the last page received"
)
SUSTAINED: Final = "the highest steady rate at which every event was accepted and paged, p99 event to page under 500 ms"
STORM: Final = "1,000 events of one key as fast as they are taken"
MILLION: Final = "a call of the view the API uses, in process, over a year of incidents with alerts and notifications"
CHECKS: Final = (
    "1,000 targets every 10 s for 20 s on one core, each check a new TLS connection to a site on loopback and what came"
    " of it handed on: ours in a message to the queue, the exporter's to Prometheus"
)
HISTORY: Final = (
    "the calls a monitor's page makes of the views the API uses, in process: results, latencies by hours and days,"
    " uptime of 90 days, outages, regions, proof (bench/history.py)"
)
FLOOD: Final = (
    "10,000 connections to the queue, each of which sends one message of 20 results at once; the shipped verdict"
    " function writes them through PgBouncer (bench/floods.py)"
)
PROBES: Final = (
    "12 processes of `tocsin probe`, each with 20 monitors at 20 s, through a front with mutual TLS; twice home takes"
    " nothing for a while, and half of them are killed (SIGKILL) then and in the middle of the replay. Lost is what was"
    " taken and is not stored, and a check that was due and of which nothing was told (bench/probes.py)"
)
CHECKS_COST: Final = (
    "1,000 monitors at 10 s: the function runs all the time with the memory it has by default, and sends what was"
    " counted; times bench/prices.py. Traffic to the checked sites is not in it"
)
LIVE: Final = (
    "one at a time, each in another organization with one socket: from the result sent to the queue to the frame"
    " received (bench/live.py)"
)
BROWSER: Final = (
    "one at a time, one a second, the list of 20 monitors open in headless Chromium: from the result sent to the queue"
    " to the first frame that shows it, as the socket's hint tells it; the API is read after it (bench/browser.py)"
)
CROWD: Final = (
    "a check result of an organization that 1,000 sockets watch: from the result sent to the queue to the frame"
    " received by half of them, and by the last (bench/live.py)"
)
KEPT_COST: Final = "counts of `verdict` and its queue in the flood, sending not among them, times bench/prices.py"
COLD: Final = "a fresh interpreter from spawn to the handler imported and its clients made; see bench/coldstart.py"

PAGES: Final = (
    "one call of what `publish` does with a request, PostgreSQL and a bucket on this machine (bench/pages.py); S3"
    " itself answers in 20 to 40 ms, eight requests at a time"
)
PAGE_STEPS: Final = {
    "first": "from nothing",
    "minute": "a minute later",
    "refresh": "with fresh figures, every five minutes",
    "change": "after a component has changed",
}

OURS: Final = (
    Row("event.serial.p50", "event → page out, 1 at a time, p50", "ms", 12, "lower", SERIAL, "peer.serial.p50"),
    Row("event.serial.p95", "event → page out, 1 at a time, p95", "ms", 25, "lower", SERIAL, "peer.serial.p95"),
    Row("outage.serial.p50", "failed check (confirmed) → page, p50", "ms", 17, "lower", OUTAGE),
    Row("outage.serial.p95", "failed check (confirmed) → page, p95", "ms", 50, "lower", OUTAGE),
    Row("event.hundred.p99", "100 distinct incidents at once, p99", "ms", 300, "lower", HUNDRED, "peer.hundred.p99"),
    Row("event.burst.all", "1,000 burst, all paged", "s", 4, "lower", BURST, "peer.burst.all"),
    Row("event.sustained.rate", "sustained, accepted and paged", "/s", 400, "higher", SUSTAINED, "peer.sustained.rate"),
    Row("storm.rate", "storm of one key, 1,000 events: accepted", "/s", 1000, "higher", STORM, "peer.storm.rate"),
    Row("storm.counted", "storm: events counted on the incident's alert", "", 1000, "higher", STORM),
    Row("storm.incidents", "storm: incidents", "", 1, "lower", STORM),
    Row("storm.pages", "storm: pages", "", 1, "lower", STORM, "peer.storm.pages"),
    Row(
        "step.late.p95",
        "second step, lateness beyond its delay, p95",
        "ms",
        500,
        "lower",
        "from the instant it was due to its page received",
    ),
    Row(
        "step.lost.worst", "second step after a lost wake-up, worst lateness", "s", 35, "lower", "wake-ups thrown away"
    ),
    Row(
        "race.after",
        "acknowledge racing a due step, 1,000 races: attempts claimed after the acknowledge",
        "",
        0,
        "lower",
        "the acknowledge sent at the instant of the step; commit order as the rows show it",
    ),
    Row("due.all", "10,000 escalations due in one minute, all taken", "s", 60, "lower", "from the first due instant"),
    Row("due.connections", "10,000 due: database connections", "", 20, "lower", "the most seen in pg_stat_activity"),
    Row(
        "cost.paged",
        "AWS cost per million events paged, list prices",
        "$",
        5,
        "lower",
        "counts of the sustained run (invocations, GB-ms, queue requests, log bytes) times bench/prices.py",
    ),
    Row(
        "on_call.thousand",
        "who is on call now and next in 1,000 schedules of two layers",
        "ms",
        1000,
        "lower",
        "one call of the service the engine uses, rows read and rules applied",
    ),
    Row("million.list.p95", "list of 50 incidents with 1 M stored, p95", "ms", 50, "lower", MILLION),
    Row("million.list.ratio", "list of 50 incidents, 1 M stored to 1,000 stored", "times", 1.3, "lower", MILLION),
    Row(
        "million.response",
        "times to acknowledge and resolve by day, a month of 1 M incidents",
        "ms",
        1000,
        "lower",
        MILLION,
    ),
    Row("million.load", "pages per person by hour, a month of 1 M incidents", "ms", 1000, "lower", MILLION),
    Row("million.noise", "noise by service, a month of 1 M incidents", "ms", 1000, "lower", MILLION),
    Row("checks.late.p99", "1,000 monitors at 10 s on one core, start lateness p99", "ms", 200, "lower", CHECKS),
    Row("checks.missed", "1,000 monitors at 10 s on one core: checks missed", "", 0, "lower", CHECKS),
    Row("checks.cpu", "CPU per 1,000 HTTPS checks", "s", 3, "lower", CHECKS, "peer.checks.cpu"),
    Row("checks.cpu.ratio", "CPU per 1,000 HTTPS checks, to exporter and Prometheus", "times", 1, "lower", CHECKS),
    Row("checks.cpu.ratio.exporter", "CPU per 1,000 HTTPS checks, to the exporter alone", "times", 1, "lower", CHECKS),
    Row("cost.checks.made", "AWS cost per million checks: made and sent", "$", None, "lower", CHECKS_COST),
    Row("cost.checks.kept", "AWS cost per million checks: received, judged, stored", "$", None, "lower", KEPT_COST),
    Row("cost.checks", "AWS cost per million checks, list prices", "$", 0.20, "lower", "the two parts together"),
    Row("history.p95", "a monitor's history with 10 M results stored, p95", "ms", 50, "lower", HISTORY),
    Row("history.ratio", "a monitor's history, 10 M results stored to 0.1 M", "times", 1.3, "lower", HISTORY),
    *(
        Row(f"pages.{size}.{step}", f"page of {size} components published: {what}", "ms", None, "lower", PAGES)
        for size in (1, 50, 500)
        for step, what in PAGE_STEPS.items()
    ),
    Row("probes.lost", "half the probes killed in mid-run: results lost", "", 0, "lower", PROBES),
    Row("probes.missed", "half the probes killed in mid-run: checks not made, and told so", "", None, "lower", PROBES),
    Row("probes.doubled", "half the probes killed in mid-run: results stored twice", "", 0, "lower", PROBES),
    Row(
        "probes.replay",
        "half the probes killed in mid-run: until all that waited is stored",
        "s",
        None,
        "lower",
        PROBES,
    ),
    Row("flood.rate", "10,000 senders at once: results stored", "/s", 20_000, "higher", FLOOD),
    Row("flood.connections", "10,000 senders at once: database connections", "", 20, "lower", FLOOD),
    Row("flood.lost", "10,000 senders at once: results lost", "", 0, "lower", FLOOD),
    Row("flood.read.idle", "API reads of monitors and incidents at rest, p95", "ms", None, "lower", FLOOD),
    Row("flood.read.p95", "API reads during the flood, p95", "ms", None, "lower", FLOOD),
    Row("flood.read.ratio", "API reads during the flood, p95 to that at rest", "times", 1.5, "lower", FLOOD),
    Row("live.serial.p50", "check result → message on a socket, p50", "ms", None, "lower", LIVE),
    Row("live.serial.p95", "check result → message on a socket, p95", "ms", 45, "lower", LIVE),
    Row("live.browser.p50", "check result → shown by the dashboard in Chromium, p50", "ms", None, "lower", BROWSER),
    Row("live.browser.p95", "check result → shown by the dashboard in Chromium, p95", "ms", 45, "lower", BROWSER),
    Row("live.crowd.p50", "a change told to 1,000 sockets: half of them", "ms", None, "lower", CROWD),
    Row("live.crowd.p100", "a change told to 1,000 sockets: all of them", "ms", None, "lower", CROWD),
    Row("cold.ingest", "cold start proxy: ingest", "ms", 200, "lower", COLD),
    Row("cold.authorizer", "cold start proxy: authorizer", "ms", 200, "lower", COLD),
    Row("cold.tokens", "cold start proxy: tokens", "ms", 200, "lower", COLD),
    Row("cold.notify", "cold start proxy: notify", "ms", 200, "lower", COLD),
    *(
        Row(f"cold.{name}", f"cold start proxy: {name}", "ms", 400, "lower", COLD)
        for name in ("process", "claim", "record", "escalate", "sweep", "publish", "api", "health", "triggers")
    ),
    Row("cold.interpreter", "the bare interpreter, contained in each of these", "ms", None, "lower", COLD),
    Row(
        "cold.page",
        "first page after an hour idle, modelled",
        "ms",
        None,
        "lower",
        "warm p50 + cold starts of ingest, process, notify and claim one after the other; Lambda's own start not in it",
    ),
)
"""What targets.md asks for that exists by now."""

PEER: Final = (
    Row("peer.serial.p50", "Alertmanager, 1 at a time, p50", "ms", None, "lower", SERIAL),
    Row("peer.serial.p95", "Alertmanager, 1 at a time, p95", "ms", None, "lower", SERIAL),
    Row("peer.hundred.p99", "Alertmanager, 100 at once, p99", "ms", None, "lower", HUNDRED),
    Row("peer.burst.all", "Alertmanager, 1,000 burst, all out", "s", None, "lower", BURST),
    Row("peer.sustained.rate", "Alertmanager, sustained", "/s", None, "higher", SUSTAINED),
    Row("peer.storm.rate", "Alertmanager, storm: accepted", "/s", None, "higher", STORM),
    Row("peer.storm.pages", "Alertmanager, storm: pages", "", None, "lower", STORM),
    Row("peer.checks.cpu", "blackbox exporter and Prometheus, CPU per 1,000 checks", "s", None, "lower", CHECKS),
)
"""Alertmanager under the same loads: in memory, keeps nothing, no database. Of checks, blackbox exporter."""

ROWS: Final = {row.name: row for row in (*OURS, *PEER)}


def figure(name: str, runs: Iterable[float], note: str = "") -> Figure:
    """A measured figure with the unit and target that its row has; KeyError for a name without a row."""
    return ROWS[name].figure(runs, note)
