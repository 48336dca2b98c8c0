"""The whole run of `make bench`: the machine, all benchmarks, cold starts; kept in docs with the page made of it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from bench import alertmanager, calibration, coldstart, costs_page, report, rows
from bench.benchmark import Outcome
from bench.figure import Figure
from local.postgres import PostgresServer

type Run = Callable[[str], Outcome]


def run(postgres: PostgresServer, names: list[str], one: Run, runs: int) -> Mapping[str, Outcome]:
    """Measure everything and keep it. `one` runs and prints a benchmark."""
    began = time.monotonic()
    machine = calibration.machine(postgres)
    probes = calibration.calibrate(postgres, runs)
    cold = coldstart.measure(runs)
    outcomes: dict[str, Outcome] = {}
    figures: list[Figure] = []
    for name in names:
        outcomes[name] = one(name)
        figures += [*outcomes[name].figures, *alertmanager.beside(name, runs)]
    report.save(
        report.Report(
            machine=machine.to_json(),
            calibration=probes,
            figures=[*figures, *cold, *_first_page(figures, cold), *_cost_of_checks(figures)],
            fates={name: outcome.fates.to_json() for name, outcome in outcomes.items()},
            used={
                name: report.Used(outcome.pages, outcome.counts)
                for name, outcome in outcomes.items()
                if outcome.counts is not None
            },
            remarks={name: outcome.remarks for name, outcome in outcomes.items() if outcome.remarks},
            took_seconds=time.monotonic() - began,
        )
    )
    costs_page.main([])
    return outcomes


def renew(machine: calibration.Machine, outcomes: Mapping[str, Outcome]) -> None:
    """Keep single benchmarks in the place of what the whole run found of them."""
    report.save(renewed(report.load(), machine, outcomes))
    costs_page.main([])


def renewed(before: report.Report, machine: calibration.Machine, outcomes: Mapping[str, Outcome]) -> report.Report:
    """A whole run with single benchmarks in the place of what it found, each with a remark that says so."""
    apart = f"measured by itself, {machine.at} at {machine.commit}, load {machine.load:.2f}"
    fresh = [figure for outcome in outcomes.values() for figure in outcome.figures]
    fresh += _cost_of_checks(fresh)
    names = {figure.name for figure in fresh}
    return replace(
        before,
        figures=[*(figure for figure in before.figures if figure.name not in names), *fresh],
        fates={**before.fates, **{name: outcome.fates.to_json() for name, outcome in outcomes.items()}},
        used={**before.used, **{n: report.Used(o.pages, o.counts) for n, o in outcomes.items() if o.counts}},
        remarks={**before.remarks, **{name: [apart, *outcome.remarks] for name, outcome in outcomes.items()}},
    )


def _first_page(figures: list[Figure], cold: list[Figure]) -> list[Figure]:
    warm = next((figure.median for figure in figures if figure.name == "event.serial.p50"), None)
    if warm is None:
        return []
    starts = {figure.name.removeprefix("cold."): figure.median for figure in cold}
    return [rows.figure("cold.page", [coldstart.first_page(warm, starts)])]


def _cost_of_checks(figures: list[Figure]) -> list[Figure]:
    parts = [figure.median for figure in figures if figure.name in ("cost.checks.made", "cost.checks.kept")]
    return [rows.figure("cost.checks", [sum(parts)])] if len(parts) == 2 else []
