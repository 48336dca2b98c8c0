"""`tocsin lint` and `tocsin simulate`: what keeps pages from people, and what would happen."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

import typer

from cli.api import Api, Json
from cli.documents import read
from cli.durations import instant, seconds
from cli.failures import NotFound, Usage
from cli.session import Session, command
from tocsin.domain.explanation import decided, place
from tocsin.domain.findings import ORDER, Level
from tocsin.domain.incident import Severity

FINDINGS: Final = ("level", "code", "subject", "reason", "remedy")
PAGES: Final = ("sent_at", "who", "channel", "address", "step", "fate")
EVENTS: Final = ("at", "action", "outcome")


class FailOn(StrEnum):
    """From which level on a finding fails the command."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    command(app, "lint")(lint)
    command(app, "simulate")(simulate)


def lint(
    session: Session,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with 1 when there is a finding of this level or a worse one.")
    ] = FailOn.ERROR,
) -> None:
    """Say what keeps pages from reaching anybody, now or within a week.

    Exit code: 0 nothing at or above --fail-on, 1 there is; any other says why it could not be looked at.
    """
    report = session.api.get("/v1/lint")
    items: list[Json] = report["items"]
    shown = items if session.output.as_json else [{**item, "subject": _subject(item)} for item in items]
    session.output.items(shown, FINDINGS, none="Nothing is wrong.")
    limit = -1 if fail_on is FailOn.NEVER else ORDER[Level(fail_on.value)]
    if any(ORDER[Level(item["level"])] <= limit for item in items):
        raise typer.Exit(1)


def simulate(
    session: Session,
    service: Annotated[str, typer.Argument(metavar="SERVICE", help="Where the event comes to: its name or id.")],
    at: Annotated[str | None, typer.Option(help="When it comes: 2026-12-24T03:00, or 8h from now; now.")] = None,
    until: Annotated[str | None, typer.Option(help="Until when to look; 7 days after it comes.")] = None,
    summary: Annotated[str, typer.Option(help="What is wrong, in a line.")] = "a simulated event",
    severity: Annotated[Severity, typer.Option(help="How bad it is.")] = Severity.ERROR,
    source: Annotated[str | None, typer.Option(help="What it is about.")] = None,
    dedup_key: Annotated[str | None, typer.Option(help="That of an alert that may be open; a new one.")] = None,
    label: Annotated[list[str] | None, typer.Option(help="A label, as name=value; several times.")] = None,
    ack_after: Annotated[str | None, typer.Option(help="Acknowledge so long after, like 10m.")] = None,
    resolve_after: Annotated[str | None, typer.Option(help="Resolve so long after, like 1h.")] = None,
    file: Annotated[
        str | None,
        typer.Option(
            "--file", "-f", metavar="FILE", help="The events as JSON, for all that is not said here; - is stdin."
        ),
    ] = None,
) -> None:
    """Tell what would happen if an event came: rules, steps, people, instants. Sends nothing, keeps nothing."""
    now = datetime.now(UTC)
    event: Json = {"summary": summary, "severity": severity.value, "labels": dict(map(_pair, label or []))}
    if source:
        event["source"] = source
    events = _events(event, dedup_key, {"acknowledge": ack_after, "resolve": resolve_after})
    body: Json = {"events": events, **(read(file) if file else {})}
    body["service_id"] = str(_service(session.api, service))
    body.update({name: instant(text, now, ahead=True) for name, text in (("at", at), ("until", until)) if text})
    found = session.api.call("POST", "/v1/simulations", body, is_repeatable=True).document
    if session.output.as_json:
        session.output.item(found, ())
    else:
        _show(session, found)


def _events(event: Json, dedup_key: str | None, following: dict[str, str | None]) -> list[Json]:
    """An event, and what follows it so long after."""
    after = [{"action": action, "after_seconds": seconds(text)} for action, text in following.items() if text]
    shared = {"dedup_key": dedup_key} if dedup_key else {}
    return [{**one, **shared} for one in (event, *after)]


def _show(session: Session, found: Json) -> None:
    output = session.output
    for event in found["events"]:
        output.line(f"{event['action']}: {event['outcome']}")
        for line in event["trace"]:
            output.line(f"  {decided(line)}")
    for incident in found["incidents"]:
        escalation: Json | None = incident["escalation"]
        version = escalation["policy_version"] if escalation else None
        by = f", by version {version} of its policy" if version else ""
        output.line(f"“{incident['title']}” of {incident['service_name']} ends {incident['status']}{by}\n")
    output.items([_page(page) for page in found["pages"]], PAGES, none="Nobody is paged.")
    if found["ended"] != "settled":
        why = f"until {found['until']}" if found["ended"] == "until" else f"for {found['instants']} instants"
        output.note(f"More follows: it was looked {why}.")


def _page(page: Json) -> Json:
    is_fallback = page["target"] == "fallback" or page["step_id"] is None
    where = place(page["round"], page["position"], page["retry"], is_fallback=is_fallback)
    fate = f"{page['fate']}: {page['reason']}" if page["reason"] else page["fate"]
    return {**page, "who": page["name"] or page["target"], "step": where, "fate": fate}


def _service(api: Api, named: str) -> UUID:
    try:
        return UUID(named)
    except ValueError:
        wanted = named.strip().casefold()
    for found in api.pages("/v1/services"):
        if str(found["name"]).casefold() == wanted:
            return UUID(found["id"])
    raise NotFound(f"There is no service {named!r} here.")


def _subject(item: Json) -> str:
    return f"{item['subject']['kind'].replace('_', ' ')} {item['subject']['name']}"


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not name or not separator:
        raise Usage(f"{text!r} is no label; it must look like name=value.")
    return name, value
