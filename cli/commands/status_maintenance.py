"""`tocsin status maintenance`: work that the public is told of beforehand."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

import typer

from cli.commands import status_components
from cli.commands.status_pages import OfPage
from cli.commands.status_reports import PATH, Body, Quiet, Which, find, path_of, planned, say
from cli.durations import instant, seconds
from cli.session import Session, command
from tocsin.domain.report_words import BEGUN, CANCELLED, COMPLETE
from tocsin.domain.status_page import ReportKind, ReportStatus
from tocsin.domain.status_report import State

LISTED: Final = ("status", "state", "title", "begins_at", "ends_at", "components", "mutes", "id")

app = typer.Typer(name="maintenance", help="Work that is announced.", no_args_is_help=True)


@command(app, "list")
def list_maintenance(
    session: Session,
    page: OfPage = None,
    status: Annotated[list[ReportStatus] | None, typer.Option(help="Only what stands so; several times.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How much at most.")] = 50,
) -> None:
    """List maintenance, what begins last first."""
    query = {
        "kind": ReportKind.MAINTENANCE.value,
        "status": [one.value for one in status] if status else None,
    }
    found = session.api.pages(f"{path_of(session.api, page)}/reports", query, at_most=limit)
    if not session.output.as_json:
        found = ({**planned(one), "components": [part["name"] for part in one["components"]]} for one in found)
    session.output.items(found, LISTED, none="No maintenance.")


@command(app, "schedule")
def schedule(
    session: Session,
    title: Annotated[str, typer.Argument(help="What is done, in a line.")],
    body: Body,
    lasting: Annotated[str, typer.Option("--for", help="How long: 30m, 2h, 1d.")],
    start: Annotated[str, typer.Option("--from", help="When it begins: 2026-12-24T22:00Z, or 2h from now.")],
    page: OfPage = None,
    component: Annotated[
        list[str] | None, typer.Option(help="What is worked on, by name or id; several times.")
    ] = None,
    mute: Annotated[bool, typer.Option("--mute", help="What is behind its components pages nobody meanwhile.")] = False,
    by_hand: Annotated[bool, typer.Option("--by-hand", help="It begins and ends when you say so.")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="For members alone, until it is published.")] = False,
    quiet: Quiet = False,
) -> None:
    """Announce maintenance; it begins and ends by itself."""
    path = path_of(session.api, page)
    starts_at = instant(start, datetime.now(UTC), ahead=True)
    ends_at = datetime.fromisoformat(starts_at) + timedelta(seconds=seconds(lasting))
    body_sent = {
        "title": title,
        "body": body,
        "scheduled_for": starts_at,
        "scheduled_until": ends_at.isoformat(),
        "component_ids": [status_components.find(session.api, path, one)["id"] for one in component or []],
        "moves_by_schedule": not by_hand,
        "mutes": mute,
        "state": (State.DRAFT if draft else State.PUBLISHED).value,
        "tells_subscribers": not quiet,
    }
    made = session.api.create(f"{path}/maintenance", body_sent)
    word = "Drafted" if draft else "Announced"
    session.output.done(made, f"{word} {made['title']} from {made['scheduled_for']} ({made['id']}).")


@command(app, "start")
def start(
    session: Session,
    report: Which,
    body: Annotated[str, typer.Argument(help="What to tell.")] = BEGUN,
    page: OfPage = None,
    quiet: Quiet = False,
) -> None:
    """Tell that it begins now."""
    _move(session, report, page, ReportStatus.IN_PROGRESS, body, quiet=quiet)


@command(app, "complete")
def complete(
    session: Session,
    report: Which,
    body: Annotated[str, typer.Argument(help="What to tell.")] = COMPLETE,
    page: OfPage = None,
    quiet: Quiet = False,
) -> None:
    """Tell that it is done; what it muted pages again."""
    _move(session, report, page, ReportStatus.COMPLETED, body, quiet=quiet)


@command(app, "cancel")
def cancel(
    session: Session,
    report: Which,
    body: Annotated[str, typer.Argument(help="What to tell.")] = CANCELLED,
    page: OfPage = None,
    quiet: Quiet = False,
) -> None:
    """Tell that it won't be; a draft is discarded."""
    found = find(session.api, report, page)
    if found["state"] == State.DRAFT:
        made = session.api.call("POST", f"{PATH}/{found['id']}/discard").document
    else:
        made = say(session.api, found, body, ReportStatus.COMPLETED, quiet=quiet)
    session.output.done(made, f"Cancelled {made['title']}.")


def _move(session: Session, report: str, page: str | None, status: ReportStatus, body: str, *, quiet: bool) -> None:
    made = say(session.api, find(session.api, report, page), body, status, quiet=quiet)
    session.output.done(made, f"{made['title']} is {made['status'].replace('_', ' ')}.")
