"""`tocsin keys`: API keys of the organization, and of oneself."""

from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from cli.durations import instant, seconds
from cli.session import Session, command
from tocsin.domain.permission import Access, Group, Role

PATH: Final = "/v1/api-keys"
LISTED: Final = (
    "name",
    "role",
    "access",
    "groups",
    "hint",
    "created_at",
    "last_used_at",
    "expires_at",
    "revoked_at",
    "id",
)

app = typer.Typer(name="keys", help="API keys, for scripts.", no_args_is_help=True)

Which = Annotated[UUID, typer.Argument(metavar="KEY", help="Its id, as `keys list` shows it.")]


@command(app, "list")
def list_keys(session: Session) -> None:
    """List API keys, newest first: all of them for who runs the organization, else your own."""
    session.output.items(session.api.pages(PATH), LISTED, none="No API keys.")


@command(app, "create")
def create(
    session: Session,
    name: Annotated[str, typer.Argument(help="What it is for.")],
    role: Annotated[Role, typer.Option(help="What it may do at most.")] = Role.RESPONDER,
    read_only: Annotated[bool, typer.Option("--read-only", help="It changes nothing.")] = False,
    group: Annotated[
        list[Group] | None, typer.Option(help="Only these resources; several times. All of them unless given.")
    ] = None,
    expires: Annotated[str | None, typer.Option(help="When it ends: 90d, 2027-01-31. Never unless given.")] = None,
    personal: Annotated[bool, typer.Option("--personal", help="It acts as you, while you are a member.")] = False,
) -> None:
    """Make an API key. It is shown this once, alone on standard output."""
    body: dict[str, Any] = {
        "name": name,
        "role": role.value,
        "access": (Access.READ if read_only else Access.WRITE).value,
        "groups": [g.value for g in group] if group else None,
        "expires_at": instant(expires, datetime.now(UTC), ahead=True) if expires else None,
        "personal": personal,
    }
    made = session.api.create(PATH, body)
    session.output.secret(made, made["key"], f"The key of {made['name']} ({made['id']}); it is not shown again:")


@command(app, "rotate")
def rotate(
    session: Session,
    key: Which,
    overlap: Annotated[str, typer.Option(help="How long the old one still works: 0s, 1h, 24h.")] = "24h",
) -> None:
    """Put a new key in a key's place; the old one works for the overlap."""
    made = session.api.create(f"{PATH}/{key}/rotate", {"overlap_seconds": seconds(overlap)})
    session.output.secret(made, made["key"], f"The new key of {made['name']} ({made['id']}); it is not shown again:")


@command(app, "revoke")
def revoke(session: Session, key: Which) -> None:
    """Revoke an API key, at once."""
    gone = session.api.call("POST", f"{PATH}/{key}/revoke").document
    session.output.done(gone, f"Revoked {gone['name']} ({gone['hint']}).")
