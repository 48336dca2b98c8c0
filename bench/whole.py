"""The whole run of `make bench`: the machine, all benchmarks, cold starts; kept in docs with the page made of it."""

import time
from collections.abc import Callable, Mapping

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
            figures=[*figures, *cold, *_first_page(figures, cold)],
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


def _first_page(figures: list[Figure], cold: list[Figure]) -> list[Figure]:
    warm = next((figure.median for figure in figures if figure.name == "event.serial.p50"), None)
    if warm is None:
        return []
    starts = {figure.name.removeprefix("cold."): figure.median for figure in cold}
    return [rows.figure("cold.page", [coldstart.first_page(warm, starts)])]
