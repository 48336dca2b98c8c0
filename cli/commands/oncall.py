"""`tocsin oncall`: who is on call now, and next."""

from typing import Annotated, Final

import typer

from cli import people
from cli.commands.schedules import who, why
from cli.session import Session, command

PATH: Final = "/v1/on-call"
LISTED: Final = ("schedule_name", "now", "until_at", "next", "why")


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "oncall")(oncall)


def oncall(
    session: Session,
    member: Annotated[
        str | None, typer.Option("--member", help="Only where it is theirs, now or next: an address or id.")
    ] = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only where it is yours, now or next.")] = False,
    team: Annotated[str | None, typer.Option(help="Only schedules of this team, by its id.")] = None,
    notices: Annotated[
        bool | None, typer.Option("--notices/--no-notices", help="Be mailed when your turns begin and end, or not.")
    ] = None,
) -> None:
    """Show who is on call now and next, in every schedule; or choose whether to be mailed of it."""
    output = session.output
    if notices is not None:
        chosen = session.api.call("PUT", f"{PATH}/notices", {"handoff_notices": notices}).document
        told = "You are mailed" if chosen["handoff_notices"] else "You are not mailed"
        output.done(chosen, f"{told} when your turns begin and end.")
        return
    user_id = people.user(session, member) if mine or member is not None else None
    query = {"user_id": None if user_id is None else str(user_id), "team_id": team}
    found = session.api.pages(PATH, query)
    if not output.as_json:
        found = (
            {
                **one,
                "now": who(one["now"]),
                "until_at": one["now"] and one["now"]["ends_at"],
                "next": who(one["next"]),
                "why": one["now"] and why(one["now"]),
            }
            for one in found
        )
    output.items(found, LISTED, none="No schedules.")
