"""The links of notifications: GET shows, POST acts, as whom the link was sent to."""

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import gateway, problems
from functions.api.link_page import SNOOZES, Page, render
from functions.api.refusals import AlreadyMoved, UnsupportedMediaType, told
from functions.api.session import CURRENT
from tocsin.contracts.api_incidents import IncidentDetail, SnoozeInput
from tocsin.domain.incident import Action, Status, WrongStatus
from tocsin.errors import Conflict, FieldProblem, Invalid, LinkUnusable, TocsinError, Unavailable
from tocsin_data.db import Database
from tocsin_data.services import responding, snoozing, steering
from tocsin_data.services.responding import Link, Moved
from tocsin_data.views import incidents

router = APIGatewayHttpRouter()

FORM: Final = "application/x-www-form-urlencoded"
DONE: Final = {
    "acknowledge": "Thank you: you have acknowledged this incident.",
    "resolve": "Thank you: you have resolved this incident.",
    "unacknowledge": "You have taken the acknowledgement back: it pages from the first step again.",
    "escalate": "The next step pages now.",
    "unsnooze": "The snooze has ended: it pages from the first step again.",
    **dict.fromkeys(SNOOZES, "The incident is snoozed: then it pages from the first step again."),
}
"""What a form can ask for, and what is said when it was done."""
MAX_FIELDS: Final = 10
_STEP: Final = re.compile(r"([0-9]{1,6})\.([0-9]{1,6})")
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
    return render(Page(HTTPStatus.OK, told(incident), incident, wanted=params.get("action")))


@router.post("/l/<token>", include_in_schema=False)
def act(token: str) -> Response[str]:
    """Do what a button says as whom the link was sent to, and show what came of it."""
    db, link = _follow(token)
    form = _form(router.current_event.raw_event)
    actor = f"link:{link.target}"
    try:
        moved = _do(db, link, form, actor)
    except WrongStatus as error:
        return _too_late(_incident(db, link), error, actor)
    except Conflict as error:
        return render(Page(HTTPStatus.CONFLICT, str(error), _incident(db, link)))
    CURRENT.get().send(moved.leaving)
    return render(Page(HTTPStatus.OK, DONE[form["action"]], _incident(db, link)))


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


def _incident(db: Database, link: Link) -> IncidentDetail:
    return incidents.get(db, link.org_id, link.incident_id)


def _do(db: Database, link: Link, form: dict[str, str], actor: str) -> Moved:
    action, org_id, incident_id = form["action"], link.org_id, link.incident_id
    if action in SNOOZES:
        return snoozing.snooze(db, org_id, incident_id, SnoozeInput(seconds=SNOOZES[action]), actor)
    if action == Action.UNSNOOZE:
        return snoozing.unsnooze(db, org_id, incident_id, actor)
    if action == Action.ESCALATE:
        step = _STEP.fullmatch(form.get("step", ""))
        seen = None if step is None else (int(step[1]), int(step[2]))
        return steering.escalate_now(db, org_id, incident_id, actor, seen=seen)
    return responding.act(db, org_id, incident_id, Action(action), actor)


def _too_late(incident: IncidentDetail, error: WrongStatus, actor: str) -> Response[str]:
    """Whoever asked for what they have done already hears so; others hear who was quicker."""
    mine = incident.resolved_by if incident.status is Status.RESOLVED else incident.acknowledged_by
    if mine == actor and error.action in {Action.ACKNOWLEDGE, Action.RESOLVE}:
        return render(Page(HTTPStatus.OK, f"You have {incident.status} this incident already.", incident))
    return render(Page(HTTPStatus.CONFLICT, str(AlreadyMoved(incident, error)), incident))


def _form(event: dict[str, object]) -> dict[str, str]:
    """What the form says, with an action that there is."""
    if gateway.media_type(event) != FORM:
        raise UnsupportedMediaType("The buttons of the page send a form; nothing else is taken here.")
    try:
        fields = parse_qs(str(event["body"]), max_num_fields=MAX_FIELDS)
    except ValueError:
        fields = {}
    values = fields.get("action", [])
    if len(values) != 1 or values[0] not in DONE:
        raise Invalid(
            "The form must say what to do, as one of the page's buttons.",
            [FieldProblem("action", f"must be one of {', '.join(DONE)}")],
        )
    return {name: found[0] for name, found in fields.items()}
