"""`tocsin heartbeats`: what jobs have reported, where they report to, and the keys that open heartbeats by slugs."""

from typing import Annotated, Final
from uuid import UUID

import typer

from cli.commands import monitors, routes
from cli.session import Session, command

PATH: Final = "/v1/ping-keys"
PINGS: Final = ("received_at", "action", "exit_status", "duration_ms", "is_ignored", "method", "run_id", "body")
KEYS: Final = ("name", "hint", "last_used_at", "unknown_slug", "created_at", "revoked_at", "id")
BODY_LENGTH: Final = 80

app = typer.Typer(name="heartbeats", help="Monitors that jobs report to.", no_args_is_help=True)


@command(app, "pings")
def pings(session: Session, monitor: monitors.Which) -> None:
    """List what a heartbeat was told, newest first: the last hundred pings."""
    found = session.api.pages(f"{monitors.PATH}/{monitors.find(session.api, monitor)}/pings")
    if not session.output.as_json:
        found = ({**ping, "body": (ping["body"] or "").split("\n")[0][:BODY_LENGTH]} for ping in found)
    session.output.items(found, PINGS, none="It was told nothing yet.")


@command(app, "rotate-url")
def rotate_url(session: Session, monitor: monitors.Which) -> None:
    """Give a heartbeat a new URL, shown this once, alone on standard output; the old one is refused from now on."""
    found = monitors.find(session.api, monitor)
    made = session.api.create(f"{monitors.PATH}/{found}/rotate-key", None)
    session.output.secret(made, made["ping_url"], "Where it reports to from now on; it is not shown again:")


@command(app, "keys")
def list_keys(session: Session) -> None:
    """List ping keys, newest first, each with the last slug that came with it and that no heartbeat has."""
    session.output.items(session.api.pages(PATH), KEYS, none="No ping keys.")


@command(app, "create-key")
def create_key(
    session: Session,
    name: Annotated[str, typer.Argument(help="What it is for.")],
    service: Annotated[
        str | None,
        typer.Option(help="The service that heartbeats page which a ping makes by ?create=1, by name or id."),
    ] = None,
) -> None:
    """Make a ping key. Its URL, in which the slug is yours to fill in, is shown this once, alone on standard output."""
    api = session.api
    made = api.create(PATH, {"name": name, "service_id": None if service is None else routes.find(api, service)})
    session.output.secret(made, made["ping_url"], f"The URL of {made['name']} ({made['id']}); it is not shown again:")


@command(app, "revoke-key")
def revoke_key(
    session: Session,
    key: Annotated[UUID, typer.Argument(metavar="KEY", help="Its id, as `heartbeats keys` shows it.")],
) -> None:
    """Revoke a ping key, at once."""
    gone = session.api.call("POST", f"{PATH}/{key}/revoke").document
    session.output.done(gone, f"Revoked {gone['name']} ({gone['hint']}).")
