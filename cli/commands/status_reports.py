"""`tocsin status reports`: what the public is told of incidents, from the first word to the last."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from cli.api import Api, Json
from cli.commands import status_components, status_pages
from cli.commands.status_pages import OfPage
from cli.durations import instant
from cli.failures import NotFound, Usage
from cli.session import Session, command
from tocsin.domain.status_page import OF_INCIDENTS, ComponentStatus, Impact, ReportKind, ReportStatus
from tocsin.domain.status_report import State

PATH: Final = "/v1/status-reports"
LISTED: Final = ("state", "status", "title", "components", "started_at", "updated_at", "id")
SHOWN: Final = (
    "title", "kind", "state", "status", "impact", "affects", "begins_at", "ends_at", "started_at",
    "monitoring_at", "resolved_at", "suggested_by", "published_at", "version", "id",
)  # fmt: skip
UPDATES: Final = ("display_at", "status", "body", "id")
RESOLVED: Final = "This is resolved."

app = typer.Typer(name="reports", help="What is told of incidents.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="REPORT", help="Its id, or its title while it is open.")]
Affects = Annotated[
    list[str] | None,
    typer.Option(metavar="COMPONENT=STATUS", help="What a component is, as Shop=partial_outage; several times."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Subscribers are not told of it.")]
AsOf = Annotated[
    str | None, typer.Option("--at", help="As of when it is shown: 2026-11-21T12:00Z, or so long ago: 2h.")
]
Body = Annotated[str, typer.Argument(help="What to tell.")]


@command(app, "list")
def list_reports(
    session: Session,
    page: OfPage = None,
    state: Annotated[list[State] | None, typer.Option(help="Only those in this state; several times.")] = None,
    status: Annotated[list[ReportStatus] | None, typer.Option(help="Only those that stand so; several times.")] = None,
    component: Annotated[str | None, typer.Option(help="Only those that name this component.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
) -> None:
    """List reports of incidents, those that began last first; without a state, drafts and published ones."""
    path = path_of(session.api, page)
    named = None if component is None else str(status_components.find(session.api, path, component)["id"])
    query = {
        "kind": ReportKind.INCIDENT.value,
        "state": [one.value for one in state] if state else None,
        "status": [one.value for one in status] if status else None,
        "component_id": named,
    }
    show_list(session, session.api.pages(f"{path}/reports", query, at_most=limit), "No reports.")


@command(app, "show")
def show(session: Session, report: Which, page: OfPage = None) -> None:
    """Show a report with its updates, newest first."""
    found, output = find(session.api, report, page), session.output
    if output.as_json:
        output.item(found, ())
        return
    affects = [f"{one['name']}: {one['status']}" for one in found["components"]]
    output.item({**planned(found), "affects": affects or None}, SHOWN)
    output.line("")
    output.items(found["updates"], UPDATES, none="No updates.")


@command(app, "create")
def create(
    session: Session,
    title: Annotated[str, typer.Argument(help="What it is about, in a line.")],
    body: Body,
    page: OfPage = None,
    status: Annotated[ReportStatus, typer.Option(help="How far it has come.")] = ReportStatus.INVESTIGATING,
    affects: Affects = None,
    impact: Annotated[Impact | None, typer.Option(help="How bad it is; else as bad as its components.")] = None,
    started: Annotated[str | None, typer.Option(help="When it began: 2026-11-21T12:00Z, or so long ago: 2h.")] = None,
    at: AsOf = None,
    draft: Annotated[bool, typer.Option("--draft", help="For members alone, until it is published.")] = False,
    quiet: Quiet = False,
) -> None:
    """Write a report; the public sees it at once unless it is a draft."""
    api = session.api
    path = path_of(api, page)
    made = api.create(
        f"{path}/reports",
        {
            "title": title,
            "body": body,
            "status": status.value,
            "impact": impact and impact.value,
            "components": words(api, path, affects),
            "started_at": _ago(started),
            "display_at": _ago(at),
            "state": (State.DRAFT if draft else State.PUBLISHED).value,
            "tells_subscribers": not quiet,
        },
    )
    session.output.done(made, f"{'Drafted' if draft else 'Published'} {made['title']} ({made['id']}).")


@command(app, "update")
def update(
    session: Session,
    report: Which,
    body: Body,
    page: OfPage = None,
    status: Annotated[ReportStatus | None, typer.Option(help="How far it has come; else as before.")] = None,
    affects: Affects = None,
    at: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Tell what is new."""
    api = session.api
    found = find(api, report, page)
    made = say(api, found, body, status, words(api, _page_path(found), affects), _ago(at), quiet=quiet)
    session.output.done(made, f"{made['title']} is {made['status']}.")


@command(app, "resolve")
def resolve(
    session: Session,
    report: Which,
    body: Annotated[str, typer.Argument(help="What to tell.")] = RESOLVED,
    page: OfPage = None,
    quiet: Quiet = False,
) -> None:
    """Tell that it is over; its components are operational again."""
    made = say(session.api, find(session.api, report, page), body, ReportStatus.RESOLVED, quiet=quiet)
    session.output.done(made, f"{made['title']} is {made['status']}.")


@command(app, "publish")
def publish(session: Session, report: Which, page: OfPage = None, quiet: Quiet = False) -> None:
    """Let the public see a draft as it is shown by `show`."""
    found = find(session.api, report, page)
    made = change(session.api, "POST", f"{found['id']}/publish", found, {"tells_subscribers": False} if quiet else {})
    session.output.done(made, f"Published {made['title']}.")


@command(app, "discard")
def discard(session: Session, report: Which, page: OfPage = None) -> None:
    """Put a draft aside."""
    found = find(session.api, report, page)
    made = session.api.call("POST", f"{PATH}/{found['id']}/discard").document
    session.output.done(made, f"Discarded {made['title']}.")


@command(app, "restore")
def restore(session: Session, report: Annotated[UUID, typer.Argument(metavar="REPORT", help="Its id.")]) -> None:
    """Make a draft again of what was discarded."""
    made = session.api.call("POST", f"{PATH}/{report}/restore").document
    session.output.done(made, f"{made['title']} is a draft again.")


@command(app, "delete")
def delete(
    session: Session,
    report: Which,
    page: OfPage = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a report, also from what the public sees."""
    found = find(session.api, report, page)
    if not yes and not session.output.as_json:
        typer.confirm(f"Delete {found['title']}?", abort=True, err=True)
    session.api.call("DELETE", f"{PATH}/{found['id']}")
    session.output.done(found, f"Deleted {found['title']}.")


def find(api: Api, named: str, page: str | None) -> Json:
    """A report by its id, or by its title among those not over; raises NotFound, or Usage for several."""
    try:
        return api.get(f"{PATH}/{UUID(named)}")
    except ValueError:
        wanted = named.strip().casefold()
    open_ones = [status.value for status in ReportStatus if status not in {*OF_INCIDENTS[3:], ReportStatus.COMPLETED}]
    listed = api.pages(f"{path_of(api, page)}/reports", {"status": open_ones})
    found = [one["id"] for one in listed if str(one["title"]).casefold() == wanted]
    if not found:
        raise NotFound(f"There is no open report {named!r}: see `tocsin status reports list`, and name it by its id.")
    if len(found) > 1:
        raise Usage(f"There are {len(found)} open reports {named!r}; name one by its id.")
    return api.get(f"{PATH}/{found[0]}")


def say(
    api: Api,
    report: Json,
    body: str,
    status: ReportStatus | None,
    affects: Iterable[Json] = (),
    at: str | None = None,
    *,
    quiet: bool = False,
) -> Json:
    """Add an update to the report as it was read."""
    given: dict[str, Any] = {"body": body, "components": list(affects), "tells_subscribers": not quiet}
    given |= {"status": status.value} if status is not None else {}
    given |= {"display_at": at} if at is not None else {}
    return change(api, "POST", f"{report['id']}/updates", report, given)


def change(api: Api, method: str, path: str, report: Json, body: Json) -> Json:
    """Change the report as it was read."""
    return api.call(method, f"{PATH}/{path}", body, headers={"If-Match": f'"{report["version"]}"'}).document


def path_of(api: Api, page: str | None) -> str:
    """Where a page is in the API, by what it is called, or the only one."""
    return f"{status_pages.PATH}/{status_pages.find(api, page)['id']}"


def words(api: Api, path: str, affects: list[str] | None) -> list[Json]:
    """COMPONENT=STATUS as the API takes it; raises Usage or NotFound."""
    return [_word(api, path, text) for text in affects or []]


def show_list(session: Session, found: Iterable[Json], none: str) -> None:
    """Reports in a table, or as JSON."""
    session.output.items(found if session.output.as_json else _lines(found), LISTED, none=none)


def planned(report: Json) -> Json:
    """A report with the times of maintenance as people read them."""
    return {**report, "begins_at": report["scheduled_for"], "ends_at": report["scheduled_until"]}


def _lines(found: Iterable[Json]) -> Iterator[Json]:
    for one in found:
        state = "suggested" if one["state"] == State.DRAFT and one["is_automatic"] else one["state"]
        yield {**one, "state": state, "components": [part["name"] for part in one["components"]]}


def _word(api: Api, path: str, text: str) -> Json:
    named, _, status = text.rpartition("=")
    right = [one.value for one in ComponentStatus]
    if not named or status not in right:
        raise Usage(f"{text!r} must be a component and what it is, as Shop=partial_outage; one of {', '.join(right)}.")
    return {"component_id": status_components.find(api, path, named)["id"], "status": status}


def _page_path(report: Json) -> str:
    return f"{status_pages.PATH}/{report['status_page_id']}"


def _ago(text: str | None) -> str | None:
    return None if text is None else instant(text, datetime.now(UTC), ahead=False)
