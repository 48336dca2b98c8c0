"""The links of notifications: GET shows, POST acts, as whom the link was sent to."""

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import gateway, problems
from functions.api.link_page import Page, render
from functions.api.refusals import UnsupportedMediaType, told
from functions.api.session import CURRENT
from tocsin.contracts.api_incidents import Incident
from tocsin.domain.incident import Action, Status, WrongStatus
from tocsin.errors import FieldProblem, Invalid, LinkUnusable, TocsinError, Unavailable
from tocsin_data.db import Database
from tocsin_data.services import responding
from tocsin_data.services.responding import Link
from tocsin_data.views import incidents

router = APIGatewayHttpRouter()

FORM: Final = "application/x-www-form-urlencoded"
ACTIONS: Final = {action.value: action for action in (Action.ACKNOWLEDGE, Action.RESOLVE)}
MAX_FIELDS: Final = 10
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32,64}")
_HEADINGS: Final = {
    "link_expired": ("This link has expired", "Links work for a week. Ask for the incident where your team keeps it."),
    "link_unusable": (
        "This link is not known",
        "It may be incomplete: some mail programs cut long lines. Open it from the notification once more.",
    ),
    "demo_read_only": (
        "This is the demo",
        "Everything in it can be read, and nothing can be changed: the incident stays as it is.",
    ),
}


@router.get("/l/<token>", include_in_schema=False)
def show(token: str) -> Response[str]:
    """Show the incident behind a link, and change nothing: mail scanners follow links too."""
    db, link = _follow(token)
    incident = _incident(db, link)
    params: dict[str, str] = router.current_event.query_string_parameters
    wanted = ACTIONS.get(params.get("action", ""))
    return render(Page(HTTPStatus.OK, told(incident), incident, wanted=wanted))


@router.post("/l/<token>", include_in_schema=False)
def act(token: str) -> Response[str]:
    """Acknowledge or resolve as whom the link was sent to, and show what came of it."""
    db, link = _follow(token)
    action = _action(router.current_event.raw_event)
    actor = f"link:{link.target}"
    try:
        moved = responding.act(db, link.org_id, link.incident_id, action, actor)
    except WrongStatus:
        return _too_late(_incident(db, link), actor)
    CURRENT.get().send(moved.leaving)
    incident = _incident(db, link)
    return render(Page(HTTPStatus.OK, f"Thank you: you have {moved.status} this incident.", incident))


def refused(error: TocsinError) -> Response[str]:
    """A page that explains an error to who followed a link."""
    status = problems.status_of(error)
    if isinstance(error, Unavailable):
        heading, said = "Not now", "Nothing has changed, because the database can't be reached. Try again in a moment."
    else:
        heading, said = _HEADINGS.get(error.code, ("This did not work", str(error)))
    answer = render(Page(status, said, heading=heading))
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(problems.RETRY_AFTER_SECONDS)
    return answer


def _follow(token: str) -> tuple[Database, Link]:
    if _TOKEN.fullmatch(token) is None:
        raise LinkUnusable("This link was not issued by this deployment.")
    db = CURRENT.get().db
    return db, responding.follow_link(db, token)


def _incident(db: Database, link: Link) -> Incident:
    return incidents.get(db, link.org_id, link.incident_id)


def _too_late(incident: Incident, actor: str) -> Response[str]:
    """Whoever asked for what they have done already hears so; others hear who was quicker."""
    mine = incident.resolved_by if incident.status is Status.RESOLVED else incident.acknowledged_by
    if mine == actor:
        return render(Page(HTTPStatus.OK, f"You have {incident.status} this incident already.", incident))
    return render(Page(HTTPStatus.CONFLICT, told(incident), incident))


def _action(event: dict[str, object]) -> Action:
    if gateway.media_type(event) != FORM:
        raise UnsupportedMediaType("The buttons of the page send a form; nothing else is taken here.")
    try:
        values = parse_qs(str(event["body"]), max_num_fields=MAX_FIELDS).get("action", [])
    except ValueError:
        values = []
    if len(values) != 1 or values[0] not in ACTIONS:
        raise Invalid(
            "The form must say what to do: acknowledge or resolve.",
            [FieldProblem("action", "must be acknowledge or resolve")],
        )
    return ACTIONS[values[0]]
