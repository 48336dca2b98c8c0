"""The `tocsin` command: its sub-commands, options and exit codes."""

import json
from collections.abc import Sequence
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.doctor.deployment import CannotLook, Deployment
from cli.doctor.examination import examine
from cli.doctor.finding import Finding, Verdict
from tocsin import __version__

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

app = typer.Typer(name="tocsin", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
console = Console()
errors = Console(stderr=True)


@app.callback()
def command() -> None:
    """On-call alerting in your own AWS account."""


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


@app.command()
def doctor(
    stage: Annotated[str, typer.Option(help="The stage that was deployed: small, standard, ha or local.")],
    region: Annotated[
        str | None, typer.Option(help="Its AWS region.", envvar=["AWS_REGION", "AWS_DEFAULT_REGION"])
    ] = None,
    profile: Annotated[
        str | None, typer.Option(help="A profile of your AWS configuration.", envvar="AWS_PROFILE")
    ] = None,
    endpoint_url: Annotated[
        str | None, typer.Option(help="An emulator instead of AWS, as `make run` prints it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON lines.")] = False,
    strict: Annotated[
        bool, typer.Option(help="Let warnings, and what could not be looked at, count as problems.")
    ] = False,
) -> None:
    """Say whether a deployment is fit to page people.

    Exit code: 0 it is, 1 there are problems, 2 it could not be looked at.
    """
    found: list[Finding] = []
    try:
        for finding in examine(Deployment(stage, region, profile, endpoint_url)):
            found.append(finding)
            if as_json:
                typer.echo(json.dumps(finding.as_json()))
    except CannotLook as error:
        errors.print(f"tocsin doctor: {error}", style="red", soft_wrap=True, markup=False)
        raise typer.Exit(COULD_NOT_LOOK) from error
    bad = (Verdict.PROBLEM, Verdict.WARNING, Verdict.UNKNOWN) if strict else (Verdict.PROBLEM,)
    problems = [finding for finding in found if finding.verdict in bad]
    if not as_json:
        _show(found, len(problems))
    raise typer.Exit(PROBLEMS if problems else FINE)


def _show(found: Sequence[Finding], problems: int) -> None:
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


if __name__ == "__main__":
    app()
