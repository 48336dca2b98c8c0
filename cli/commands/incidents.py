"""`tocsin incidents`: what there is to respond to, and the responses."""

import re
from collections.abc import Sequence
from typing import Annotated, Final
from uuid import UUID

import typer

from cli.api import Api, Json
from cli.failures import Failure, NotFound, Usage
from cli.output import instant
from cli.session import Session, command
from tocsin.domain.incident import Status, Urgency

LISTED: Final = ("number", "status", "severity", "service_name", "title", "created_at", "id")
SHOWN: Final = (
    *LISTED[:-1],
    "acknowledged_at",
    "acknowledged_by_name",
    "resolved_at",
    "resolved_by_name",
    "late",
    "urgency",
    "snoozed_until",
    "snoozed_by_name",
    "acknowledgement_ends_at",
    "muted_by",
    "muted_until",
    "runbook_url",
    "escalation",
    "helping",
    "id",
    "link",
)
ALERTS: Final = ("status", "severity", "event_count", "last_event_at", "summary", "dedup_key")
EXPLAINED: Final = ("at", "source", "words", "actor")
TIMELINE: Final = ("at", "kind", "actor_name")
NOTIFICATIONS: Final = ("state", "channel", "address", "target", "created_at", "finished_at", "reason")
AN_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=$|[/?#])", re.IGNORECASE)
A_NUMBER: Final = re.compile(r"#?([1-9][0-9]{0,9})")

app = typer.Typer(name="incidents", help="What there is to respond to.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="INCIDENT", help="Its id, its number, or a link to it.")]
Several = Annotated[list[str], typer.Argument(metavar="INCIDENT…", help="Ids, numbers, or links.")]


@command(app, "list")
def list_incidents(
    session: Session,
    status: Annotated[
        list[Status] | None, typer.Option(help="Only those that stand so; can be given several times.")
    ] = None,
    service: Annotated[str | None, typer.Option(help="Only those of this service, by its id.")] = None,
    urgency: Annotated[Urgency | None, typer.Option(help="Only those of this urgency.")] = None,
    snoozed: Annotated[bool | None, typer.Option(help="Only those that are snoozed, or are not.")] = None,
    muted: Annotated[bool | None, typer.Option(help="Only those that are muted, or are not.")] = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only what you are paged for, or respond to.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    every: Annotated[bool, typer.Option("--all", help="All of them, however many.")] = False,
) -> None:
    """List incidents, newest first."""
    flags = {"snoozed": snoozed, "muted": muted, "mine": mine or None}
    query = {
        "status": [s.value for s in status] if status else None,
        "service_id": service,
        "urgency": urgency.value if urgency else None,
        **{name: None if flag is None else str(flag).lower() for name, flag in flags.items()},
    }
    read: list[Json] = []
    found = session.api.pages("/v1/incidents", query, at_most=None if every else limit, read=read.append)
    session.output.items(found, LISTED, none="No incidents.")
    warn(session, read[0] if read else {})


@command(app, "show")
def show(
    session: Session,
    incident: Which,
    timeline: Annotated[bool, typer.Option(help="Also what happened to it.")] = False,
    notifications: Annotated[bool, typer.Option(help="Also its pages and the fate of each.")] = False,
) -> None:
    """Show an incident with its alerts."""
    api = session.api
    found = api.get(f"/v1/incidents/{find(api, incident)}")
    path = f"/v1/incidents/{found['id']}"
    if timeline:
        found["timeline"] = [*api.pages(f"{path}/timeline")]
    if notifications:
        found["notifications"] = [*api.pages(f"{path}/notifications")]
    if session.output.as_json:
        session.output.item(found, ())
        return
    told = {
        "escalation": _escalation(found.get("escalation")),
        "helping": ", ".join(str(person["name"]) for person in found.get("responders", [])) or None,
        "link": _link(session, found),
    }
    session.output.item({**found, **told}, SHOWN)
    warn(session, found)
    for name, columns in (("alerts", ALERTS), ("timeline", TIMELINE), ("notifications", NOTIFICATIONS)):
        if found.get(name) is not None:
            session.output.line(f"\n{name}")
            session.output.items(found[name], columns, none="none")


@command(app, "explain")
def explain(session: Session, incident: Which) -> None:
    """Say why an incident went as it did: every decision, and each page from intent to receipt."""
    found = session.api.get(f"/v1/incidents/{find(session.api, incident)}/explanation")
    if session.output.as_json:
        session.output.item(found, ())
        return
    session.output.items(found["lines"], EXPLAINED, none="Nothing is known of it.")
    if not found["complete"]:
        session.output.note("There is more: see `incidents show` with --timeline and --notifications.")


@command(app, "ack")
def acknowledge(session: Session, incidents: Several) -> None:
    """Acknowledge incidents: their escalation stops."""
    each(session, incidents, "acknowledge", "Acknowledged")


@command(app, "resolve")
def resolve(session: Session, incidents: Several) -> None:
    """Resolve incidents."""
    each(session, incidents, "resolve", "Resolved")


def find(api: Api, named: str) -> UUID:
    """The id of an incident by its id, its number, or a link that ends with its id; raises NotFound or Usage."""
    if match := AN_ID.search(named):
        return UUID(match[0])
    match = A_NUMBER.fullmatch(named)
    if match is None:
        raise Usage(f"{named!r} is neither an incident's id, nor its number, nor a link to it.")
    wanted = int(match[1])
    for incident in api.pages("/v1/incidents"):
        # numbers rise with time
        if incident["number"] <= wanted:
            if incident["number"] == wanted:
                return UUID(incident["id"])
            break
    raise NotFound(f"There is no incident {wanted} here.")


def warn(session: Session, answer: Json) -> None:
    """Say loudly that nobody is paged for now, if an answer says so."""
    stop = answer.get("paging_stop")
    if stop:
        who = stop.get("stopped_by_name") or stop["stopped_by"]
        until = instant(stop["ends_at"])
        session.output.alarm(f"PAGING IS STOPPED until {until} by {who}: {stop['reason']}. Nobody is paged.")


def each(session: Session, incidents: Sequence[str], action: str, said: str) -> None:
    """Do it to each; what is refused for one does not keep it from the others, and is how the command ends."""
    failures: list[Failure] = []
    stopped: Json = {}
    for named in incidents:
        try:
            api = session.api
            moved = api.call("POST", f"/v1/incidents/{find(api, named)}/{action}").document
        except Failure as failure:
            failures.append(failure)
        else:
            session.output.done(moved, f"{said} {moved['number']}: {moved['title']}")
            stopped = moved
    warn(session, stopped)
    for failure in failures[1:]:
        session.output.failure(failure)
    if failures:
        raise failures[0]


def _escalation(found: Json | None) -> str | None:
    if found is None:
        return None
    next_at = found.get("next_at") and instant(found["next_at"])
    where = "the fallback" if found.get("past_rounds") else f"round {found['round'] + 1}, step {found['position'] + 1}"
    return f"{found['state']}, {where} at {next_at}" if next_at else str(found["state"])


def _link(session: Session, found: Json) -> str | None:
    app_url = session.profile.app_url
    return f"{app_url.rstrip('/')}/incidents/{found['id']}" if app_url else None
