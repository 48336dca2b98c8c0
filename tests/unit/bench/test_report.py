"""The page of benchmarks: what it says of figures that met, missed, or were not taken, and that nothing is left out."""

import json
from typing import Any

import pytest

from bench import report, rows, whole
from bench.benchmark import Outcome
from bench.calibration import Machine
from bench.counts import Counts, FunctionCounts
from bench.fates import Fates
from bench.figure import Figure
from bench.report import Report, Used
from bench.sqs import QueueCounts

MACHINE = Machine(
    at="2026-11-21T09:00:00+00:00",
    commit="0123456789ab",
    dirty=False,
    cpu="Some CPU",
    cores=2,
    memory_gb=23.5,
    kernel="6.1",
    python="3.13.0",
    load=1.25,
    postgres="18.6",
    settings={"fsync": "on", "synchronous_commit": "on"},
)
FATES = {"accepted": 2000, "paged": 1990, "lost": 10, "repeated": 0, "states": {"delivered": 1990}}


def run_of(**changes: Any) -> Report:
    """A run of three figures and their peers."""
    figures = [
        rows.figure("event.serial.p50", [11.0, 10.0, 30.0]),
        rows.figure("event.burst.all", [5.5, 5.0, 5.25], "the disk is slow"),
        rows.figure("cold.interpreter", [12.0]),
        rows.figure("peer.serial.p50", [1.0, 1.1, 0.9]),
    ]
    found: dict[str, Any] = {
        "machine": MACHINE.to_json(),
        "calibration": [Figure("calibration.upsert", "/s", (3000.0, 5000.0, 4000.0), None, "higher", "upserts")],
        "figures": figures,
        "fates": {"burst": FATES},
        "used": {
            "burst": Used(
                1000,
                Counts(
                    functions={
                        "ingest": FunctionCounts(invocations=1000, cpu_ns=2_000_000_000, statements=0),
                        "process": FunctionCounts(invocations=100, cpu_ns=1_000_000_000, statements=1500),
                        "api": FunctionCounts(),
                    },
                    queues={"events": QueueCounts(messages=1000, send_requests=1000, receive_requests=100)},
                    api_requests=1000,
                ),
            )
        },
        "took_seconds": 600.0,
    }
    return Report(**{**found, **changes})


def line_of(page: str, words: str) -> list[str]:
    """The cells of the one line of a table that begins so."""
    (line,) = [line for line in page.splitlines() if line.startswith(f"| {words} |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_benchmark_measured_by_itself_takes_the_place_of_what_the_whole_run_found_and_says_so() -> None:
    fates = Fates(7, 0, 7, 7, 7, 0, 0, 0, 0, 0, {"delivered": 7})
    apart = Outcome([rows.figure("event.burst.all", [3.0])], fates, remarks=["quiet"])
    after = whole.renewed(run_of(), MACHINE, {"burst": apart})
    page = report.render(after, {})
    assert line_of(page, "1,000 burst, all paged")[2:4] == ["3 s", "3"]
    assert line_of(page, "event → page out, 1 at a time, p50")[2] == "11 ms"
    assert after.fates["burst"]["paged"] == 7
    assert after.used == run_of().used
    assert "- burst: measured by itself, 2026-11-21T09:00:00+00:00 at 0123456789ab, load 1.25\n- burst: quiet" in page


def test_the_first_line_says_that_the_page_is_generated() -> None:
    assert report.render(run_of(), {}).splitlines()[0] == report.FIRST_LINE


def test_a_figure_stands_with_its_target_its_runs_and_its_ratio_to_the_peer() -> None:
    cells = line_of(report.render(run_of(), {}), "event → page out, 1 at a time, p50")
    assert cells[1:] == ["≤ 12 ms", "11 ms", "11, 10, 30", "1 ms", "11", "met"]


def test_a_miss_is_called_one_and_says_why_or_that_nobody_knows() -> None:
    page = report.render(run_of(), {"event.burst.all": "the disk takes 2 ms a commit"})
    assert line_of(page, "1,000 burst, all paged")[-1] == "**missed**"
    assert "- **1,000 burst, all paged**: the disk takes 2 ms a commit" in page
    assert f"- **1,000 burst, all paged**: {report.UNEXPLAINED}" in report.render(run_of(), {})


def test_a_figure_without_target_or_peer_has_neither() -> None:
    cells = line_of(report.render(run_of(), {}), "the bare interpreter, contained in each of these")
    assert cells[1:] == ["", "12 ms", "12", "", "", ""]


def test_what_was_not_measured_is_said_and_not_left_out() -> None:
    page = report.render(run_of(), {})
    for row in rows.OURS:
        assert row.what in page


def test_lost_pages_are_shown_and_so_is_what_an_event_used() -> None:
    page = report.render(run_of(), {})
    assert line_of(page, "burst")[-1] == "10"
    assert line_of(page, "all")[1:5] == ["1.1", "3", "0", "1.5"]
    assert line_of(page, "events")[1:] == ["1", "0", "1", "0.1", "0", "0"]
    assert "| api |" not in page


def test_an_uncommitted_change_is_admitted() -> None:
    assert "with changes not committed" in report.render(run_of(machine={**MACHINE.to_json(), "dirty": True}), {})


def test_a_run_comes_back_from_json_as_it_was() -> None:
    run = run_of()
    assert Report.from_json(json.loads(json.dumps(run.to_json()))) == run


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (0.000123, "0.000123"),
        (0.5, "0.5"),
        (12.3456, "12.3"),
        (999.4, "999"),
        (1234.5, "1,234"),
        (1e6, "1,000,000"),
    ],
)
def test_numbers_have_the_digits_that_mean_something(value: float, words: str) -> None:
    assert report.number(value) == words


def test_every_cause_that_is_kept_is_of_a_row() -> None:
    assert report.unknown_causes() == set()
