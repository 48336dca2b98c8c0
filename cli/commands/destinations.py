"""`tocsin destinations`: webhooks and chat channels that steps can page."""

from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from cli import targets, trials
from cli.api import Json
from cli.session import Session, command
from cli.trials import Wait

PATH: Final = "/v1/destinations"
LISTED: Final = ("name", "channel", "disabled_at", "disabled_reason", "version", "id")


class Channel(StrEnum):
    """What a destination can be."""

    WEBHOOK = "webhook"
    SLACK = "slack"


app = typer.Typer(name="destinations", help="Where a step can page that is no person.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="DESTINATION", help="Its name, or its id.")]


@command(app, "list")
def list_destinations(session: Session) -> None:
    """List destinations by name."""
    session.output.items(session.api.pages(PATH), LISTED, none="No destinations.")


@command(app, "add")
def add(
    session: Session,
    channel: Annotated[Channel, typer.Argument(help="What it is.")],
    name: Annotated[str, typer.Argument(help="What to call it.")],
    to: Annotated[str, typer.Argument(metavar="URL", help="Its URL, which is kept secret.")],
) -> None:
    """Add a destination. A webhook's signing secret is shown this once, alone on standard output."""
    _made(session, session.api.create(PATH, {"channel": channel.value, "name": name, "url": to}), "Added")


@command(app, "change")
def change(
    session: Session,
    destination: Which,
    name: Annotated[str | None, typer.Option(help="What to call it from now on.")] = None,
    to: Annotated[str | None, typer.Option(help="Its new URL; this switches it on again.")] = None,
) -> None:
    """Change a destination. With a new URL, a webhook has a new signing secret."""
    api = session.api
    found = api.get(f"{PATH}/{targets.find(api, 'destination', destination)}")
    body: dict[str, Any] = {"name": name, "url": to}
    body = {field: value for field, value in body.items() if value is not None}
    match = {"If-Match": f'"{found["version"]}"'}
    _made(session, api.call("PATCH", f"{PATH}/{found['id']}", body, headers=match).document, "Changed")


@command(app, "disable")
def disable(session: Session, destination: Which) -> None:
    """Switch off a destination; steps that name it pass it."""
    api = session.api
    off = api.call("POST", f"{PATH}/{targets.find(api, 'destination', destination)}/disable").document
    session.output.done(off, f"Switched off {off['name']}.")


@command(app, "test")
def send_test(session: Session, destination: Which, wait: Wait = "30s") -> None:
    """Send a test page, and say what became of it. It fails when the page does."""
    api = session.api
    found = api.get(f"{PATH}/{targets.find(api, 'destination', destination)}")
    trials.send(session, f"{PATH}/{found['id']}", found["name"], wait)


@command(app, "delete")
def delete(
    session: Session,
    destination: Which,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take a destination out of use; steps that name it pass it."""
    api = session.api
    found = api.get(f"{PATH}/{targets.find(api, 'destination', destination)}")
    if not yes and not session.output.as_json:
        typer.confirm(f"Delete {found['name']}?", abort=True, err=True)
    api.call("DELETE", f"{PATH}/{found['id']}")
    session.output.done(found, f"Deleted {found['name']}.")


def _made(session: Session, made: Json, said: str) -> None:
    if made["secret"] is None:
        session.output.done(made, f"{said} {made['name']} ({made['id']}).")
        return
    text = f"The secret that signs what {made['name']} ({made['id']}) gets; it is not shown again:"
    session.output.secret(made, made["secret"], text)
