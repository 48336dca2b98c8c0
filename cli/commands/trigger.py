"""`tocsin trigger`: one event through the door that every tool uses."""

from enum import StrEnum
from socket import gethostname
from typing import Annotated, Any, Final
from uuid import uuid4

import typer

from cli import profiles
from cli.api import Api
from cli.failures import Usage
from cli.session import Session, command
from tocsin.domain.incident import Severity

PATH: Final = "/v2/enqueue"


class Action(StrEnum):
    """What the event tells."""

    TRIGGER = "trigger"
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "trigger")(trigger)


def trigger(
    session: Session,
    summary: Annotated[str | None, typer.Argument(help="What is wrong, in a line.")] = None,
    routing_key: Annotated[
        str | None, typer.Option(help="The routing key of an integration.", envvar="TOCSIN_ROUTING_KEY")
    ] = None,
    severity: Annotated[Severity, typer.Option(help="How bad it is.")] = Severity.ERROR,
    source: Annotated[str | None, typer.Option(help="What it is about; this machine unless given.")] = None,
    dedup_key: Annotated[
        str | None, typer.Option(help="Events of one key are one alert; a new key unless given.")
    ] = None,
    action: Annotated[Action, typer.Option(help="Whether it begins, is known, or is over.")] = Action.TRIGGER,
    detail: Annotated[list[str] | None, typer.Option(help="More to say, as name=value; several times.")] = None,
    events_url: Annotated[
        str | None, typer.Option(help="Where events go, if your profile does not say.", envvar="TOCSIN_EVENTS_URL")
    ] = None,
) -> None:
    """Send an event: open an alert, or acknowledge or resolve it by its dedup key. Needs a routing key, no sign-in."""
    if not routing_key:
        raise Usage("Give the routing key of an integration: --routing-key, or TOCSIN_ROUTING_KEY.")
    if action is Action.TRIGGER and not summary:
        raise Usage("Say what is wrong: tocsin trigger 'disk full on db-1'.")
    if action is not Action.TRIGGER and not dedup_key:
        raise Usage(f"Say which alert to {action}: --dedup-key.")
    event: dict[str, Any] = {
        "routing_key": routing_key,
        "event_action": action.value,
        # chosen here, so that a second try after a lost answer is no second alert
        "dedup_key": dedup_key or uuid4().hex,
    }
    if summary:
        event["payload"] = {
            "summary": summary,
            "source": source or gethostname(),
            "severity": severity.value,
            "custom_details": dict(map(_pair, detail or [])),
        }
    api = Api(_address(session, events_url), lambda: None)
    answer = api.call("POST", PATH, event, is_repeatable=True).document
    session.output.done(answer, f"Accepted. Its dedup key is {answer.get('dedup_key')}")


def _address(session: Session, given: str | None) -> str:
    found = given or session.profile.events_url
    if found is None:
        raise Usage("Say where events go: --events-url https://events.example.com, or TOCSIN_EVENTS_URL.")
    return profiles.base_url(found)


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not name or not separator:
        raise Usage(f"{text!r} is no detail; it must look like name=value.")
    return name, value
