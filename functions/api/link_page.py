"""The page behind a notification's links: works without script, asks nothing of anybody else.

jinja2 is imported for the first page, so that programs do not wait for it.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aws_lambda_powertools.event_handler import Response

from tocsin.contracts.api_incidents import IncidentDetail
from tocsin.domain.escalation import State
from tocsin.domain.incident import Action, offered

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"
SNOOZES: Final = {"snooze_3600": 3_600, "snooze_28800": 28_800}
"""The snoozes that have a button, in seconds by what it sends."""
BUTTONS: Final = (
    (Action.ACKNOWLEDGE, "acknowledge", "Acknowledge"),
    (Action.RESOLVE, "resolve", "Resolve"),
    (Action.ESCALATE, "escalate", "Escalate: page the next step now"),
    (Action.UNACKNOWLEDGE, "unacknowledge", "Take the acknowledgement back"),
    (Action.UNSNOOZE, "unsnooze", "End the snooze now"),
    (Action.SNOOZE, "snooze_3600", "Snooze for an hour"),
    (Action.SNOOZE, "snooze_28800", "Snooze for eight hours"),
)
"""What the page offers where it makes sense: the action, what its button sends, and what it says."""


@dataclass(frozen=True, slots=True)
class Button:
    """What a button sends as `action`, and what it says."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Page:
    """What to show: an incident, or without one a heading; what is said about it; which button stands out."""

    status: HTTPStatus
    said: str
    incident: IncidentDetail | None = None
    heading: str = ""
    wanted: str | None = None


def render(page: Page) -> Response[str]:
    """A page as an answer that no cache keeps and no other site is told of."""
    from markupsafe import Markup

    buttons = [] if page.incident is None else _buttons(page.incident)
    values = [button.value for button in buttons]
    escalation = page.incident.escalation if page.incident else None
    body = (
        _environment()
        .get_template("link.html")
        .render(
            incident=page.incident,
            heading=page.heading,
            said=page.said,
            buttons=buttons,
            wanted=page.wanted if page.wanted in values else next(iter(values), None),
            step=f"{escalation.round}.{escalation.position}" if escalation else None,
            style=Markup(_style()),  # noqa: S704 - our own style sheet, not anybody's input
        )
    )
    return Response(
        status_code=page.status.value, content_type="text/html; charset=utf-8", headers=_headers(), body=body
    )


def _buttons(incident: IncidentDetail) -> list[Button]:
    """What makes sense as the incident stands."""
    escalation = incident.escalation
    escalating = escalation is not None and escalation.state in {State.WAITING, State.HELD}
    snoozed = incident.snoozed_until is not None
    return [
        Button(value, label)
        for action, value, label in BUTTONS
        if offered(incident.status, action, snoozed=snoozed, escalating=escalating)
    ]


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    return (TEMPLATES / "link.css").read_text(encoding="utf-8").strip()


def _headers() -> dict[str, str | list[str]]:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
