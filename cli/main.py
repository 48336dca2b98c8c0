"""The `tocsin` command: its sub-commands put together."""

from typing import Annotated, Final

import typer

from cli.commands import (
    account,
    audit,
    contacts,
    destinations,
    foresight,
    heartbeats,
    incidents,
    invitations,
    keys,
    maintenance,
    members,
    monitors,
    oncall,
    organizations,
    paging,
    policies,
    probe,
    probes,
    responses,
    routes,
    rules,
    schedules,
    status,
    trigger,
)
from tocsin import __version__

app: Final = typer.Typer(name="tocsin", no_args_is_help=True, pretty_exceptions_enable=False)
account.register(app)
incidents.app.add_typer(responses.app)
for commands in (
    incidents.app,
    schedules.app,
    policies.app,
    destinations.app,
    routes.app,
    monitors.app,
    heartbeats.app,
    maintenance.app,
    status.app,
    organizations.app,
    paging.app,
    members.app,
    contacts.app,
    rules.app,
    invitations.app,
    keys.app,
    audit.app,
    probe.app,
    probes.app,
):
    app.add_typer(commands)
oncall.register(app)
foresight.register(app)
trigger.register(app)


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
    # boto3 and what it brings takes a second to load, which no other command should wait for
    from cli.doctor.deployment import Deployment
    from cli.doctor.report import report

    deployment = Deployment(stage, region, profile, endpoint_url)
    raise typer.Exit(report(deployment, typer.echo, as_json=as_json, strict=strict))


if __name__ == "__main__":
    app()
