"""`tocsin invite`: whom the organization asks to join, and the joining of who is asked."""

from enum import StrEnum
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from cli.api import Api
from cli.durations import seconds
from cli.failures import NotFound
from cli.output import instant
from cli.session import Session, command
from tocsin.domain.permission import Role, TeamRole

PATH: Final = "/v1/invitations"
LISTED: Final = ("email", "role", "status", "sent_at", "expires_at", "id")

app = typer.Typer(name="invite", help="Ask people to join.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="INVITATION", help="Its id, or the address while it waits.")]
Lasts = Annotated[str, typer.Option("--expires", help="How long it can be accepted: 12h, 7d.")]


class Status(StrEnum):
    """What has become of an invitation."""

    PENDING = "pending"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


@command(app, "send")
def send(
    session: Session,
    email: Annotated[str, typer.Argument(help="The address to invite; it needs no account.")],
    role: Annotated[Role, typer.Option(help="What they will be; no more than you are.")] = Role.RESPONDER,
    team: Annotated[
        list[str] | None, typer.Option(help="A team they join, by its id, or id:lead; several times.")
    ] = None,
    expires: Lasts = "7d",
) -> None:
    """Invite somebody by e-mail."""
    body = {
        "email": email,
        "role": role.value,
        "teams": [_team(text) for text in team or []],
        "expires_in_seconds": seconds(expires),
    }
    made = session.api.create(PATH, body)
    session.output.done(made, f"Invited {made['email']} as {made['role']}, until {instant(made['expires_at'])}.")


@command(app, "list")
def list_invitations(
    session: Session,
    status: Annotated[Status | None, typer.Option(help="Only those.")] = None,
    received: Annotated[bool, typer.Option("--received", help="Those that wait for you, of any organization.")] = False,
) -> None:
    """List invitations, newest first."""
    if received:
        found = session.personal.get("/v1/me/invitations")["items"]
        columns = ("organization_name", "role", "expires_at", "id")
        session.output.items(found, columns, none="No invitation waits for you.")
        return
    query = {"status": status.value if status else None}
    session.output.items(session.api.pages(PATH, query), LISTED, none="No invitations.")


@command(app, "resend")
def resend(session: Session, invitation: Which, expires: Lasts = "7d") -> None:
    """Mail an invitation again, with a new link; the one before ends."""
    path = f"{PATH}/{_find(session.api, invitation)}/resend"
    sent = session.api.call("POST", path, {"expires_in_seconds": seconds(expires)}).document
    session.output.done(sent, f"Mailed to {sent['email']} again; good until {instant(sent['expires_at'])}.")


@command(app, "revoke")
def revoke(session: Session, invitation: Which) -> None:
    """Take an invitation back, at once."""
    gone = session.api.call("POST", f"{PATH}/{_find(session.api, invitation)}/revoke").document
    session.output.done(gone, f"Revoked the invitation of {gone['email']}.")


@command(app, "accept")
def accept(
    session: Session,
    invitation: Annotated[UUID, typer.Argument(help="Its id, as `invite list --received` shows it.")],
) -> None:
    """Join the organization that invited you."""
    joined = session.personal.call("POST", f"/v1/me/invitations/{invitation}/accept").document
    session.output.done(joined, f"You are {joined['role']} of {joined['org_id']} now: `tocsin orgs use` chooses it.")


def _find(api: Api, named: str) -> UUID:
    """The id of an invitation, or of the one that waits for an address; raises NotFound."""
    try:
        return UUID(named)
    except ValueError:
        wanted = named.strip().casefold()
    for found in api.pages(PATH, {"status": Status.PENDING.value}):
        if str(found["email"]).casefold() == wanted:
            return UUID(found["id"])
    raise NotFound(f"No invitation waits for {named}: see `tocsin invite list`.")


def _team(text: str) -> dict[str, Any]:
    team_id, _, role = text.partition(":")
    return {"team_id": team_id, "role": role or TeamRole.MEMBER.value}
