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
HUNDRED: Final = "100 requests sent at once on connections of their own, each another incident"
BURST: Final = (
    "1,000 events of distinct incidents as fast as they are taken; from the first sent to the last page received"
)
SUSTAINED: Final = "the highest steady rate at which every event was accepted and paged, p99 event to page under 500 ms"
STORM: Final = "1,000 events of one key as fast as they are taken"
MILLION: Final = "a call of the view the API uses, in process, over a year of incidents with alerts and notifications"
COLD: Final = "a fresh interpreter from spawn to the handler imported and its clients made; see bench/coldstart.py"

OURS: Final = (
    Row("event.serial.p50", "event → page out, 1 at a time, p50", "ms", 12, "lower", SERIAL, "peer.serial.p50"),
    Row("event.serial.p95", "event → page out, 1 at a time, p95", "ms", 25, "lower", SERIAL, "peer.serial.p95"),
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
)
"""Alertmanager under the same loads: in memory, keeps nothing, no database."""

ROWS: Final = {row.name: row for row in (*OURS, *PEER)}


def figure(name: str, runs: Iterable[float], note: str = "") -> Figure:
    """A measured figure with the unit and target that its row has; KeyError for a name without a row."""
    return ROWS[name].figure(runs, note)
