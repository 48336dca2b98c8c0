"""`tocsin incidents`: what somebody does to an incident beyond acknowledging and resolving it."""

from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import uuid4

import typer

from cli import durations
from cli.api import Json
from cli.commands import status_pages, status_reports
from cli.commands.incidents import Several, Which, each, find, warn
from cli.failures import Usage
from cli.session import Session, command
from tocsin.domain.incident import Urgency
from tocsin.domain.status_report import State

app = typer.Typer()
LOCAL: Final = "A local time like 2026-11-22T09:00 there, by an IANA zone like Europe/Berlin."


@command(app, "unack")
def unacknowledge(session: Session, incidents: Several) -> None:
    """Take acknowledgements back: the incidents page again, from the first step."""
    each(session, incidents, "unacknowledge", "Triggered again")


@command(app, "reopen")
def reopen(session: Session, incidents: Several) -> None:
    """Open resolved incidents again: they page by what their service has now."""
    each(session, incidents, "reopen", "Opened again")


@command(app, "snooze")
def snooze(
    session: Session,
    incident: Which,
    until: Annotated[
        str | None, typer.Option(help="When: an instant like 2026-11-22T09:00Z, or so long like 2h.")
    ] = None,
    time_zone: Annotated[str | None, typer.Option("--time-zone", help=LOCAL)] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of a snooze that there is.")] = False,
) -> None:
    """Page nobody for an incident until later; then it pages from the first step."""
    if until is None:
        raise Usage("Say until when: --until 2h, or --until 2026-11-22T09:00 --time-zone Europe/Berlin.")
    incident_id = find(session.api, incident)
    body: Json = _end(until, time_zone)
    if replace:
        body["instead_of"] = session.api.get(f"/v1/incidents/{incident_id}")["snoozed_until"]
    moved = session.api.call("POST", f"/v1/incidents/{incident_id}/snooze", body).document
    _done(session, moved, f"Snoozed {moved['number']} until {moved['snoozed_until']}: {moved['title']}")


@command(app, "unsnooze")
def unsnooze(session: Session, incidents: Several) -> None:
    """End snoozes now: the incidents page from the first step."""
    each(session, incidents, "unsnooze", "Woken")


@command(app, "reassign")
def reassign(
    session: Session,
    incident: Which,
    users: Annotated[
        list[str] | None, typer.Option("--user", help="A member, by id; can be given several times.")
    ] = None,
    policy: Annotated[str | None, typer.Option(help="An escalation policy, by its id, from its start.")] = None,
) -> None:
    """Page other people instead, or start over with another policy."""
    if (users is None) == (policy is None):
        raise Usage("Say to whom: --user, or --policy.")
    body: dict[str, object] = {"user_ids": users} if policy is None else {"policy_id": policy}
    moved = session.api.call("POST", f"/v1/incidents/{find(session.api, incident)}/reassign", body).document
    _done(session, moved, f"Reassigned {moved['number']}: {moved['title']}")


@command(app, "escalate")
def escalate(session: Session, incident: Which) -> None:
    """Take the next step of the escalation now; if somebody is quicker, it is not taken twice."""
    incident_id = find(session.api, incident)
    step: Json = session.api.get(f"/v1/incidents/{incident_id}").get("escalation") or {}
    body = {name: step[name] for name in ("round", "position") if name in step}
    moved = session.api.call("POST", f"/v1/incidents/{incident_id}/escalate", body).document
    _done(session, moved, f"Escalated {moved['number']}: {moved['title']}")


@command(app, "hold")
def hold(session: Session, incidents: Several) -> None:
    """Hold escalations: the next step waits until somebody lets it go on."""
    each(session, incidents, "hold", "Held")


@command(app, "resume")
def resume(session: Session, incidents: Several) -> None:
    """Let held escalations go on with what was left of their wait."""
    each(session, incidents, "resume", "Goes on")


@command(app, "update-version")
def update_version(session: Session, incidents: Several) -> None:
    """Let escalations go on with their policy's current version."""
    each(session, incidents, "move-to-current-version", "On the current version")


@command(app, "call-in")
def call_in(
    session: Session,
    incident: Which,
    users: Annotated[list[str], typer.Argument(metavar="USER…", help="Members, by their ids.")],
) -> None:
    """Call people in to help: paged at once, beside the escalation, each of them once."""
    path = f"/v1/incidents/{find(session.api, incident)}/responders"
    moved = session.api.create(path, {"user_ids": users})
    names = ", ".join(str(person["name"]) for person in moved["responders"])
    _done(session, moved, f"Helping with {moved['number']}: {names}")


@command(app, "urgency")
def urgency(
    session: Session, incident: Which, urgency: Annotated[Urgency, typer.Argument(help="high or low.")]
) -> None:
    """Set how urgent an incident is, for the pages that are still to come."""
    path = f"/v1/incidents/{find(session.api, incident)}"
    moved = session.api.call("PATCH", path, {"urgency": urgency.value}).document
    _done(session, moved, f"{moved['number']} is of {urgency} urgency: {moved['title']}")


@command(app, "runbook")
def runbook(
    session: Session,
    incident: Which,
    address: Annotated[str | None, typer.Argument(help="Its address; without it, that of the service.")] = None,
) -> None:
    """Set the runbook of an incident."""
    path = f"/v1/incidents/{find(session.api, incident)}"
    moved = session.api.call("PATCH", path, {"runbook_url": address}).document
    _done(session, moved, f"Runbook of {moved['number']}: {moved['runbook_url'] or 'none'}")


@command(app, "report")
def report(
    session: Session,
    incident: Which,
    page: Annotated[str | None, typer.Option(help="The page, by slug, name or id, where there are several.")] = None,
    publish: Annotated[bool, typer.Option("--publish", help="Let the public see it at once.")] = False,
) -> None:
    """Draft what the public is told of an incident, in words for the public; see `tocsin status reports`."""
    api = session.api
    body: Json = {} if page is None else {"status_page_id": status_pages.find(api, page)["id"]}
    made = api.call("POST", f"/v1/incidents/{find(api, incident)}/status-report", body).document
    if publish and made["state"] == State.DRAFT:
        made = status_reports.change(api, "POST", f"{made['id']}/publish", made, {})
    word = "Drafted" if made["state"] == State.DRAFT else "The public is told:"
    session.output.done(made, f"{word} {made['title']} ({made['id']}).")


@command(app, "note")
def note(session: Session, incident: Which, text: Annotated[str, typer.Argument(help="What to note.")]) -> None:
    """Write a note into an incident's timeline."""
    incident_id = find(session.api, incident)
    once = {"Idempotency-Key": uuid4().hex}
    session.api.call("POST", f"/v1/incidents/{incident_id}/notes", {"text": text}, headers=once)
    session.output.done({"incident_id": str(incident_id), "text": text}, "Noted.")


def _end(until: str, time_zone: str | None) -> Json:
    if time_zone is not None:
        return {"until": until, "time_zone": time_zone}
    if durations.DURATION.fullmatch(until.strip().lower()):
        return {"seconds": durations.seconds(until)}
    return {"until": durations.instant(until, datetime.now(UTC), ahead=True)}


def _done(session: Session, moved: Json, said: str) -> None:
    session.output.done(moved, said)
    warn(session, moved)
