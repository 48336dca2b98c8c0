"""Owns docs/benchmarks.md: rendered from docs/benchmarks.json, what the last whole run found, good or bad.

`python -m bench.report` renders it anew, `--check` compares. Causes of misses are kept by hand in bench/causes.toml,
so that a new run does not lose them.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench import prices
from bench.counts import Counts, FunctionCounts
from bench.figure import Figure
from bench.rows import OURS, PEER, ROWS, Row

ROOT: Final = Path(__file__).resolve().parents[1]
JSON: Final = ROOT / "docs" / "benchmarks.json"
PAGE: Final = ROOT / "docs" / "benchmarks.md"
CAUSES: Final = ROOT / "bench" / "causes.toml"
FIRST_LINE: Final = "<!-- Generated from benchmarks.json by `python -m bench.report`; do not edit. -->"
UNEXPLAINED: Final = "not yet explained"
FATES: Final = (
    "accepted",
    "refused",
    "recorded",
    "incidents",
    "paged",
    "repeated",
    "uncertain",
    "unclaimed",
    "stopped",
    "lost",
)


@dataclass(frozen=True, slots=True)
class Used:
    """What so many events paged have used."""

    pages: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Report:
    """One whole run, with what was measured again by itself. Fates, use and remarks are by benchmark; `took_seconds` is
    all of the whole run.
    """

    machine: Mapping[str, Any]
    calibration: Sequence[Figure]
    figures: Sequence[Figure]
    fates: Mapping[str, Mapping[str, Any]]
    used: Mapping[str, Used]
    remarks: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    took_seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "machine": dict(self.machine),
            "took_seconds": self.took_seconds,
            "calibration": [figure.to_json() for figure in self.calibration],
            "figures": [figure.to_json() for figure in self.figures],
            "fates": {name: dict(fates) for name, fates in self.fates.items()},
            "used": {name: {"pages": one.pages, "counts": one.counts.to_json()} for name, one in self.used.items()},
            "remarks": {name: list(some) for name, some in self.remarks.items()},
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Report":
        """Read what `to_json` wrote."""
        return cls(
            machine=told["machine"],
            calibration=[Figure.from_json(one) for one in told["calibration"]],
            figures=[Figure.from_json(one) for one in told["figures"]],
            fates=told["fates"],
            used={name: Used(int(one["pages"]), Counts.from_json(one["counts"])) for name, one in told["used"].items()},
            remarks=told["remarks"],
            took_seconds=told["took_seconds"],
        )


def save(report: Report) -> None:
    """Keep a whole run as the committed one, and render it."""
    JSON.write_text(json.dumps(report.to_json(), indent=1, ensure_ascii=False) + "\n")
    PAGE.write_text(render(report, causes()))


def load() -> Report:
    """The committed run."""
    return Report.from_json(json.loads(JSON.read_text()))


def causes() -> dict[str, str]:
    """Why figures miss their targets, by the figure's name."""
    return tomllib.loads(CAUSES.read_text())


def render(report: Report, why: Mapping[str, str]) -> str:
    """The page."""
    found = {figure.name: figure for figure in report.figures}
    parts = [
        FIRST_LINE,
        "# Benchmarks",
        *_introduction(report),
        "## Against the targets",
        *_targets(found, why),
        "## How each was taken",
        *_methods(found),
        "## What became of everything",
        "A benchmark that loses or repeats a page has failed, whatever its speed.",
        *_fates(report.fates),
        "## What else was seen",
        "\n".join(f"- {name}: {remark}" for name, some in report.remarks.items() for remark in some) or "Nothing.",
        "## What it used",
        *_uses(report.used),
        "## The machine",
        *_machine(report),
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


def number(value: float) -> str:
    """As many digits as mean something: three below a thousand, whole numbers above."""
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    plain = f"{value:.3g}"
    return plain if "e" not in plain else f"{value:.6f}".rstrip("0")


def table(head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    """A table in Markdown, with the blank line after it."""
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *body)]
    return ["", *lines, ""]


def _introduction(report: Report) -> list[str]:
    machine = report.machine
    dirty = ", with changes not committed" if machine["dirty"] else ""
    least = min((len(figure.runs) for figure in report.figures), default=0)
    run = (
        f"Commit `{machine['commit']}`{dirty}, {machine['at']}, {machine['cores']} cores of {machine['cpu']}, shared"
        f" and noisy (load {number(machine['load'])} at the start). `make bench` takes them all anew."
    )
    method = (
        "The shipped handlers in warm worker processes, a PostgreSQL with durable commits, an SQS-compatible queue"
        ' between them that passes bytes, and the receiver in another process: "paged" means received there. It is not'
        " AWS: there is no network between the parts, and no service's own time is in it. A claim is the median of its"
        f" runs, here at least {least}; beside it stands a peer under the same loads in the same run: for events"
        " Debian's Alertmanager, which keeps everything in memory, for checks its blackbox exporter and Prometheus."
    )
    return ["", run, "", method, ""]


def _targets(found: Mapping[str, Figure], why: Mapping[str, str]) -> list[str]:
    measured = [row for row in OURS if row.name in found]
    lines = table(
        ["what", "target", "median", "runs", "peer", "ours ÷ its", ""],
        (_target(row, found) for row in measured),
    )
    missed = [row for row in measured if found[row.name].met is False]
    if missed:
        lines += [
            "### Missed, and why",
            "",
            *(f"- **{row.what}**: {why.get(row.name, UNEXPLAINED)}" for row in missed),
            "",
        ]
    notes = [(row.what, found[row.name].note) for row in (*OURS, *PEER) if row.name in found and found[row.name].note]
    if notes:
        lines += ["### Beside the figures", "", *(f"- {what}: {note}" for what, note in notes), ""]
    without = [row.what for row in OURS if row.name not in found]
    if without:
        lines += [f"Not measured in this run: {'; '.join(without)}.", ""]
    return lines


def _target(row: Row, found: Mapping[str, Figure]) -> list[str]:
    figure, peer = found[row.name], found.get(row.peer)
    bound = "" if row.target is None else f"{'≤' if row.better == 'lower' else '≥'} {_with_unit(row.target, row.unit)}"
    verdict = {True: "met", False: "**missed**", None: ""}[figure.met]
    ratio = f"{number(figure.median / peer.median)}" if peer is not None and peer.median else ""
    return [
        row.what,
        bound,
        _with_unit(figure.median, row.unit),
        ", ".join(number(run) for run in figure.runs),
        _with_unit(peer.median, row.unit) if peer is not None else "",
        ratio,
        verdict,
    ]


def _methods(found: Mapping[str, Figure]) -> list[str]:
    """Each way of measuring once, with all that was measured so."""
    ways: dict[str, list[str]] = {}
    for row in OURS:
        if row.name in found:
            ways.setdefault(row.method, []).append(row.what)
    return ["", *(f"- {method}: {'; '.join(what)}." for method, what in ways.items()), ""]


def _with_unit(value: float, unit: str) -> str:
    if unit == "$":
        return f"${value:,.2f}"
    return f"{number(value)}{'' if unit.startswith('/') or not unit else ' '}{unit}"


def _fates(fates: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return table(
        ["benchmark", *FATES], ([name, *(number(one.get(fate, 0)) for fate in FATES)] for name, one in fates.items())
    )


def _uses(used: Mapping[str, Used]) -> list[str]:
    lines: list[str] = []
    for name, one in used.items():
        lines += [f"### {name}: for each of {one.pages:,} events paged", *_functions(one), *_bill(one)]
    return lines


def _functions(used: Used) -> list[str]:
    def row(name: str, found: FunctionCounts) -> list[str]:
        parts = (
            found.invocations,
            found.cpu_ns / 1e6,
            found.wall_ns / 1e6,
            found.statements,
            found.round_trips,
            found.log_bytes,
        )
        return [name, *(number(part / used.pages) for part in parts)]

    called = {name: found for name, found in used.counts.functions.items() if found.invocations}
    whole = FunctionCounts()
    for found in called.values():
        for part in FunctionCounts.__slots__:
            setattr(whole, part, getattr(whole, part) + getattr(found, part))
    lines = table(
        ["function", "invocations", "CPU ms", "wall ms", "SQL statements", "round trips", "log bytes"],
        [*(row(name, found) for name, found in called.items()), row("all", whole)],
    )
    queues = [(name, found) for name, found in used.counts.queues.items() if found.messages]
    return lines + table(
        ["queue", "messages", "bytes", "sends", "receives", "deletes", "delivered again"],
        (
            [
                name,
                *(
                    number(part / used.pages)
                    for part in (
                        found.messages,
                        found.bytes,
                        found.send_requests,
                        found.receive_requests,
                        found.delete_requests,
                        found.redelivered,
                    )
                ),
            ]
            for name, found in queues
        ),
    )


def _bill(used: Used) -> list[str]:
    bill = prices.per_million(used.counts, used.pages)
    lines = ", ".join(f"{what} ${dollars:.2f}" for what, dollars in bill.items() if dollars >= 0.005)
    return ["", f"At list prices a million of these cost **${sum(bill.values()):.2f}**: {lines}.", ""]


def _machine(report: Report) -> list[str]:
    machine = report.machine
    settings = ", ".join(f"`{name} = {value}`" for name, value in machine["settings"].items())
    words = (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, Linux {machine['kernel']}, Python"
        f" {machine['python']}, PostgreSQL {machine['postgres']} with {settings}. The whole run took"
        f" {report.took_seconds / 60:.0f} minutes. What the machine itself can do, measured in the same run:"
    )
    probes = (
        [one.note, _with_unit(one.median, one.unit), ", ".join(number(run) for run in one.runs)]
        for one in report.calibration
    )
    return ["", words, *table(["probe", "median", "runs"], probes)]


def main(arguments: Sequence[str]) -> int:
    """Render, or say with `--check` whether what is committed is what would be rendered."""
    rendered = render(load(), causes()) if JSON.exists() else ""
    if "--check" not in arguments:
        PAGE.write_text(rendered)
        return 0
    if rendered == (PAGE.read_text() if PAGE.exists() else ""):
        return 0
    sys.stderr.write("docs/benchmarks.md is not what docs/benchmarks.json gives: run `python -m bench.report`\n")
    return 1


def unknown_causes() -> set[str]:
    """Causes of what is no row: somebody has renamed one."""
    return set(causes()) - set(ROWS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
