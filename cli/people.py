"""Members, and their contact methods, as somebody names them on the command line."""

from typing import Annotated, Final
from uuid import UUID

import typer

from cli.api import Api, Json
from cli.failures import NotFound, Usage
from cli.session import Session

MEMBERS: Final = "/v1/members"
OfMember = Annotated[
    str | None, typer.Option("--member", metavar="MEMBER", help="Whose: their address or id. Yours unless given.")
]
Method = Annotated[
    str, typer.Argument(metavar="METHOD", help="Its label, id, or channel, as `contacts list` shows it.")
]


def find(api: Api, named: str) -> UUID:
    """The id of a member by their id or address; raises NotFound."""
    try:
        return UUID(named)
    except ValueError:
        wanted = named.strip().casefold()
    for found in api.pages(MEMBERS):
        if str(found["email"]).casefold() == wanted:
            return UUID(found["user_id"])
    raise NotFound(f"There is no member {named} here: see `tocsin members list`.")


def user(session: Session, member: str | None) -> UUID:
    """The id of a member, or of who runs the command; raises NotFound, and Usage for a key that is nobody's."""
    if member is not None:
        return find(session.api, member)
    me = session.personal.get("/v1/me")["user_id"]
    if me is None:
        raise Usage("This API key is nobody's: say whose with --member.")
    return UUID(me)


def methods(session: Session, user_id: UUID) -> list[Json]:
    """The contact methods of a member."""
    items: list[Json] = session.api.get(f"/v1/users/{user_id}/contact-methods")["items"]
    return items


def pick(found: list[Json], named: str) -> Json:
    """One of some contact methods, by id, label or channel; raises NotFound, and Usage when that is not enough."""
    wanted = named.strip().casefold()
    for field in ("id", "label", "channel"):
        fitting = [method for method in found if str(method[field]).casefold() == wanted]
        on = [method for method in fitting if method["disabled_at"] is None] or fitting
        if len(on) == 1:
            return on[0]
        if on:
            raise Usage(f"There are {len(on)} contact methods called {named!r}: name it by its id.")
    raise NotFound(f"There is no contact method {named!r}: see `tocsin contacts list`.")
