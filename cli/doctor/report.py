"""What `tocsin doctor` prints."""

import json
from collections.abc import Callable, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.doctor.deployment import CannotLook, Deployment
from cli.doctor.examination import examine
from cli.doctor.finding import Finding, Verdict

FINE: Final = 0
PROBLEMS: Final = 1
COULD_NOT_LOOK: Final = 2
STYLES: Final = {
    Verdict.FINE: "green",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.UNKNOWN: "yellow",
    Verdict.WARNING: "yellow",
    Verdict.PROBLEM: "bold red",
}


def report(deployment: Deployment, write: Callable[[str], None], *, as_json: bool, strict: bool) -> int:
    """Examine a deployment and print what is found; answers the exit code. `write` takes a line of JSON."""
    found: list[Finding] = []
    try:
        for finding in examine(deployment):
            found.append(finding)
            if as_json:
                write(json.dumps(finding.as_json()))
    except CannotLook as error:
        Console(stderr=True).print(f"tocsin doctor: {error}", style="red", soft_wrap=True, markup=False)
        return COULD_NOT_LOOK
    bad = (Verdict.PROBLEM, Verdict.WARNING, Verdict.UNKNOWN) if strict else (Verdict.PROBLEM,)
    problems = [finding for finding in found if finding.verdict in bad]
    if not as_json:
        _show(found, len(problems))
    return PROBLEMS if problems else FINE


def _show(found: Sequence[Finding], problems: int) -> None:
    console = Console()
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in found:
        said = f"{finding.said}\n→ {finding.advice}" if finding.advice else finding.said
        table.add_row(Text(finding.verdict, STYLES[finding.verdict]), Text(finding.about), Text(said))
    console.print(table)
    console.print(
        f"\n{problems} {'problem' if problems == 1 else 'problems'}." if problems else "\nFit to page people."
    )
