"""`tocsin orgs`: the organizations somebody is in, and which one is meant."""

from typing import Annotated, Final

import typer

from cli import profiles
from cli.session import Session, command

LISTED: Final = ("name", "role", "deletes_at", "id")

app = typer.Typer(name="orgs", help="Your organizations.", no_args_is_help=True)


@command(app, "list")
def list_organizations(session: Session) -> None:
    """List the organizations you are in."""
    session.output.items(session.organizations(), LISTED, none="You are in no organization yet.")


@command(app, "use")
def use(
    session: Session,
    organization: Annotated[str, typer.Argument(help="Its name or id.")],
) -> None:
    """Choose the organization that commands of this profile are for, unless they name another."""
    found = session.organization(organization)
    profiles.update(session.name, organization=str(found["id"]))
    session.output.done(found, f"Commands are for {found['name']} from now on.")


@command(app, "create")
def create(
    session: Session,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    use_it: Annotated[bool, typer.Option("--use/--no-use", help="Let commands be for it from now on.")] = True,
) -> None:
    """Make an organization; you are its owner."""
    made = session.personal.create("/v1/organizations", {"name": name})
    if use_it:
        profiles.update(session.name, organization=str(made["id"]))
    session.output.done(made, f"Made {made['name']} ({made['id']}).")
