"""`tocsin members`: who is in the organization, and as what."""

from typing import Annotated, Final

import typer

from cli import people
from cli.api import Api
from cli.session import Session, command
from tocsin.domain.permission import Role

PATH: Final = people.MEMBERS
LISTED: Final = ("name", "email", "role", "user_id")

app = typer.Typer(name="members", help="Who is in the organization.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="MEMBER", help="Their address, or their id.")]


@command(app, "list")
def list_members(session: Session) -> None:
    """List the members."""
    session.output.items(session.api.pages(PATH), LISTED, none="No members.")


@command(app, "role")
def role(
    session: Session,
    member: Which,
    role: Annotated[Role, typer.Argument(help="What they are from now on; no more than you are.")],
) -> None:
    """Give a member another role."""
    path = f"{PATH}/{people.find(session.api, member)}"
    changed = session.api.call("PATCH", path, {"role": role.value}, headers=_version(session.api, path)).document
    session.output.done(changed, f"{changed['email']} is {changed['role']} now.")


@command(app, "remove")
def remove(
    session: Session,
    member: Which,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove a member: they may do nothing here from their next call on."""
    api = session.api
    path = f"{PATH}/{people.find(api, member)}"
    found = api.get(path)
    if not yes and not session.output.as_json:
        typer.confirm(f"Remove {found['name']} ({found['email']})?", abort=True, err=True)
    removed = api.call("DELETE", path, headers=_version(api, path)).document
    session.output.done(removed, f"Removed {found['email']}.")
    policies: list[str] = removed["policies"]
    if policies:
        session.output.note(f"These policies name them, and page their other targets: {', '.join(policies)}.")


def _version(api: Api, path: str) -> dict[str, str]:
    """What makes a change fail with a conflict when somebody else was quicker."""
    found = api.call("GET", path).headers.get("ETag")
    return {"If-Match": found} if found else {}
