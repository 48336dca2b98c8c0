"""`tocsin paging`: stop all paging of an organization for a while, and let it go on."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli import durations
from cli.commands.incidents import warn
from cli.output import instant
from cli.session import Session, command

PATH = "/v1/organization/paging-stop"

app = typer.Typer(name="paging", help="Stop all paging for a while.", no_args_is_help=True)


@command(app, "stop")
def stop(
    session: Session,
    reason: Annotated[str, typer.Option(help="Why nobody is to be paged; everybody sees it.")],
    until: Annotated[str, typer.Option(help="When it ends, 24 hours ahead at most: like 2h or 2026-11-21T12:00Z.")],
) -> None:
    """Page nobody in the organization until an instant. What is due meanwhile waits and then goes out."""
    body = {"reason": reason, "ends_at": durations.instant(until, datetime.now(UTC), ahead=True)}
    made = session.api.call("PUT", PATH, body).document
    session.output.done(made, f"Nobody is paged until {instant(made['ends_at'])}.")
    warn(session, {"paging_stop": made})


@command(app, "resume")
def resume(session: Session) -> None:
    """Let paging go on now; what has waited goes out if it is still wanted."""
    session.api.call("DELETE", PATH)
    session.output.done({"paging_stop": None}, "Paging goes on.")


@command(app, "status")
def status(session: Session) -> None:
    """Say whether people are paged."""
    found = session.api.get("/v1/organization")["paging_stop"]
    session.output.done({"paging_stop": found}, "Paging is stopped." if found else "People are paged.")
    warn(session, {"paging_stop": found})
