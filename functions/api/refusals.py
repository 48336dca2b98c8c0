"""Why a request is refused for reasons of HTTP, beside the errors of tocsin.errors."""

from collections.abc import Collection
from typing import Final

from tocsin.contracts.api_incidents import Incident, IncidentDetail, LastMove
from tocsin.domain.incident import Action, Status, WrongStatus
from tocsin.errors import TocsinError


class MalformedBody(TocsinError):
    """The body is not JSON, or not text at all."""

    code = "malformed_body"


class BodyTooLarge(TocsinError):
    """The body is larger than anything we take."""

    code = "body_too_large"


class UnsupportedMediaType(TocsinError):
    """The body is of a kind this address does not take."""

    code = "unsupported_media_type"


class VersionRequired(TocsinError):
    """The change needs the version it is made to, in If-Match."""

    code = "version_required"


class NoSuchRoute(TocsinError):
    """There is nothing at this path."""

    code = "no_such_route"


class MethodNotAllowed(TocsinError):
    """The path is right, the method is not."""

    code = "method_not_allowed"

    def __init__(self, methods: Collection[str]) -> None:
        super().__init__(f"This address takes {', '.join(sorted(methods))}.")
        self.methods = tuple(sorted(methods))


MOVES: Final = {
    "acknowledged": "acknowledged",
    "unacknowledged": "unacknowledged",
    "acknowledgement_forgotten": "triggered anew",
    "resolved": "resolved",
    "reopened": "opened again",
    "reassigned": "reassigned",
    "snoozed": "snoozed",
    "unsnoozed": "woken from its snooze",
    "snooze_ended": "woken from its snooze",
    "urgency_set": "given another urgency",
    "escalated": "escalated",
    "escalation_held": "held",
    "escalation_resumed": "let go on",
}
"""What the last move of an incident is called, after "It was"."""
OF_ITS_STATUS: Final = frozenset({Action.ACKNOWLEDGE, Action.RESOLVE, Action.REOPEN, Action.UNACKNOWLEDGE})


class AlreadyMoved(WrongStatus):
    """Somebody was quicker: says who, and when."""

    def __init__(self, incident: IncidentDetail, error: WrongStatus) -> None:
        super().__init__(incident.status, error.action)
        self.incident = incident
        self.why = str(error)

    def __str__(self) -> str:
        settled = self.incident.status is not Status.TRIGGERED
        if self.incident.status is Status.RESOLVED or (settled and self.action in OF_ITS_STATUS):
            return told(self.incident)
        move = self.incident.last_move
        return f"{self.why} {_moved(move)}" if move else self.why


def told(incident: Incident) -> str:
    """Where an incident stands, and who brought it there, in a sentence."""
    match incident.status:
        case Status.TRIGGERED:
            if incident.snoozed_until is not None:
                who = incident.snoozed_by_name or incident.snoozed_by or "somebody"
                return f"The incident is snoozed until {incident.snoozed_until:%Y-%m-%d %H:%M:%S} UTC by {who}."
            return "The incident is waiting for somebody to acknowledge it."
        case Status.ACKNOWLEDGED:
            who, at = incident.acknowledged_by_name or incident.acknowledged_by, incident.acknowledged_at
        case Status.RESOLVED:
            who, at = incident.resolved_by_name or incident.resolved_by, incident.resolved_at
    when = f" at {at:%Y-%m-%d %H:%M:%S} UTC" if at else ""
    return f"The incident was {incident.status} by {who or 'somebody'}{when}."


def _moved(move: LastMove) -> str:
    who = move.actor_name or move.actor
    return f"It was {MOVES.get(move.kind, move.kind)} by {who} at {move.at:%Y-%m-%d %H:%M:%S} UTC."
