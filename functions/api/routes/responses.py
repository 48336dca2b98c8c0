"""What people do to an incident: each action says who was quicker when it comes second."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.refusals import AlreadyMoved
from functions.api.session import Session, enter
from tocsin.contracts.api_incidents import (
    EscalateInput,
    IncidentDetail,
    IncidentPatch,
    NoteInput,
    ReassignInput,
    RespondersInput,
    SnoozeInput,
)
from tocsin.domain.incident import Action, WrongStatus
from tocsin.domain.permission import Permission
from tocsin_data.services import amending, responding, snoozing, steering, summoning
from tocsin_data.services.responding import Moved
from tocsin_data.views import incidents

router = APIGatewayHttpRouter()
TAGS: Final = ["incidents"]


@router.route(
    "/v1/incidents/<incident_id>",
    method="PATCH",
    summary="Change an incident's urgency, for the pages still to come, or its runbook",
    tags=TAGS,
    operation_id="updateIncident",
)
def update_incident(incident_id: UUID, data: IncidentPatch) -> IncidentDetail:
    """Change an incident."""
    return _do(incident_id, lambda s: amending.amend(s.db, s.org_id, incident_id, data, str(s.actor)))


@router.post(
    "/v1/incidents/<incident_id>/acknowledge",
    summary="Acknowledge an incident: the escalation stops",
    tags=TAGS,
    operation_id="acknowledgeIncident",
)
def acknowledge(incident_id: UUID) -> IncidentDetail:
    """Acknowledge; the one who comes second is told who was first."""
    return _act(incident_id, Action.ACKNOWLEDGE)


@router.post(
    "/v1/incidents/<incident_id>/unacknowledge",
    summary="Take an acknowledgement back: the escalation starts over",
    tags=TAGS,
    operation_id="unacknowledgeIncident",
)
def unacknowledge(incident_id: UUID) -> IncidentDetail:
    """Take the acknowledgement back."""
    return _act(incident_id, Action.UNACKNOWLEDGE)


@router.post(
    "/v1/incidents/<incident_id>/resolve",
    summary="Resolve an incident",
    tags=TAGS,
    operation_id="resolveIncident",
)
def resolve(incident_id: UUID) -> IncidentDetail:
    """Resolve; the one who comes second is told who was first."""
    return _act(incident_id, Action.RESOLVE)


@router.post(
    "/v1/incidents/<incident_id>/reopen",
    summary="Open a resolved incident again: it escalates by what its service has now",
    tags=TAGS,
    operation_id="reopenIncident",
)
def reopen(incident_id: UUID) -> IncidentDetail:
    """Open it again."""
    return _act(incident_id, Action.REOPEN)


@router.post(
    "/v1/incidents/<incident_id>/reassign",
    summary="Page other people, or start over with a policy",
    tags=TAGS,
    operation_id="reassignIncident",
)
def reassign(incident_id: UUID, data: ReassignInput) -> IncidentDetail:
    """Reassign to people or to a policy."""

    def to(session: Session) -> Moved:
        actor = str(session.actor)
        if data.policy_id is not None:
            return responding.reassign_to_policy(session.db, session.org_id, incident_id, data.policy_id, actor)
        users = list(dict.fromkeys(data.user_ids or []))
        return responding.reassign_to_users(session.db, session.org_id, incident_id, users, actor)

    return _do(incident_id, to)


@router.post(
    "/v1/incidents/<incident_id>/snooze",
    summary="Page nobody until an instant, or a local time in a zone; then the escalation starts over",
    tags=TAGS,
    operation_id="snoozeIncident",
)
def snooze(incident_id: UUID, data: SnoozeInput) -> IncidentDetail:
    """Snooze an incident."""
    return _do(incident_id, lambda s: snoozing.snooze(s.db, s.org_id, incident_id, data, str(s.actor)))


@router.post(
    "/v1/incidents/<incident_id>/unsnooze",
    summary="End a snooze now: the escalation starts over",
    tags=TAGS,
    operation_id="unsnoozeIncident",
)
def unsnooze(incident_id: UUID) -> IncidentDetail:
    """End a snooze."""
    return _do(incident_id, lambda s: snoozing.unsnooze(s.db, s.org_id, incident_id, str(s.actor)))


@router.post(
    "/v1/incidents/<incident_id>/escalate",
    summary="Take the next step of the escalation now",
    tags=TAGS,
    operation_id="escalateIncident",
)
def escalate(incident_id: UUID, data: EscalateInput) -> IncidentDetail:
    """Take the next step, if it is still the one that was seen."""
    seen = None if data.round is None or data.position is None else (data.round, data.position)
    return _do(incident_id, lambda s: steering.escalate_now(s.db, s.org_id, incident_id, str(s.actor), seen=seen))


@router.post(
    "/v1/incidents/<incident_id>/hold",
    summary="Hold the escalation: its next step waits until somebody lets it go on",
    tags=TAGS,
    operation_id="holdEscalation",
)
def hold(incident_id: UUID) -> IncidentDetail:
    """Hold the escalation."""
    return _do(incident_id, lambda s: steering.hold(s.db, s.org_id, incident_id, str(s.actor)))


@router.post(
    "/v1/incidents/<incident_id>/resume",
    summary="Let a held escalation go on with what was left of its wait",
    tags=TAGS,
    operation_id="resumeEscalation",
)
def resume(incident_id: UUID) -> IncidentDetail:
    """Let it go on."""
    return _do(incident_id, lambda s: steering.resume(s.db, s.org_id, incident_id, str(s.actor)))


@router.post(
    "/v1/incidents/<incident_id>/move-to-current-version",
    summary="Let the escalation go on with its policy's current version",
    tags=TAGS,
    operation_id="moveEscalation",
)
def move_to_current_version(incident_id: UUID) -> IncidentDetail:
    """Pin the escalation to the policy's current version."""
    return _do(incident_id, lambda s: steering.move_to_current_version(s.db, s.org_id, incident_id, str(s.actor)))


@router.post(
    "/v1/incidents/<incident_id>/responders",
    summary="Call people in to help: paged at once, beside the escalation, each of them once",
    tags=TAGS,
    operation_id="addResponders",
)
def add_responders(incident_id: UUID, data: RespondersInput) -> IncidentDetail:
    """Call people in."""
    users = list(dict.fromkeys(data.user_ids))
    return _do(incident_id, lambda s: summoning.add_responders(s.db, s.org_id, incident_id, users, str(s.actor)))


@router.post(
    "/v1/incidents/<incident_id>/notes",
    summary="Write a note into the timeline",
    tags=TAGS,
    operation_id="addNote",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Written"}},
)
def add_note(incident_id: UUID, data: NoteInput) -> Response[None]:
    """Write a note."""
    session = enter(Permission.RESPOND)
    responding.note(session.db, session.org_id, incident_id, data.text, str(session.actor))
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


def _act(incident_id: UUID, action: Action) -> IncidentDetail:
    return _do(incident_id, lambda s: responding.act(s.db, s.org_id, incident_id, action, str(s.actor)))


def _do(incident_id: UUID, action: Callable[[Session], Moved]) -> IncidentDetail:
    session = enter(Permission.RESPOND)
    try:
        moved = action(session)
    except WrongStatus as error:
        raise AlreadyMoved(incidents.get(session.db, session.org_id, incident_id), error) from error
    session.send(moved.leaving)
    return incidents.get(session.db, session.org_id, moved.incident_id)
