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

from tocsin.contracts.api_incidents import Incident
from tocsin.domain.incident import TRANSITIONS, Action

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"
OFFERED: Final = (Action.ACKNOWLEDGE, Action.RESOLVE)


@dataclass(frozen=True, slots=True)
class Page:
    """What to show: an incident, or without one a heading; what is said about it; which button stands out."""

    status: HTTPStatus
    said: str
    incident: Incident | None = None
    heading: str = ""
    wanted: Action | None = None


def render(page: Page) -> Response[str]:
    """A page as an answer that no cache keeps and no other site is told of."""
    from markupsafe import Markup

    actions = [a for a in OFFERED if page.incident is not None and (page.incident.status, a) in TRANSITIONS]
    wanted = page.wanted if page.wanted in actions else next(iter(actions), None)
    body = (
        _environment()
        .get_template("link.html")
        .render(
            incident=page.incident,
            heading=page.heading,
            said=page.said,
            actions=[action.value for action in actions],
            wanted=wanted,
            style=Markup(_style()),  # noqa: S704 - our own style sheet, not anybody's input
        )
    )
    return Response(
        status_code=page.status.value, content_type="text/html; charset=utf-8", headers=_headers(), body=body
    )


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
