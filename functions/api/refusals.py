"""Why a request is refused for reasons of HTTP, beside the errors of tocsin.errors."""

from collections.abc import Collection

from tocsin.contracts.api_incidents import Incident
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


class AlreadyMoved(WrongStatus):
    """Somebody was quicker: says who, and when."""

    def __init__(self, incident: Incident, action: Action) -> None:
        super().__init__(incident.status, action)
        self.incident = incident

    def __str__(self) -> str:
        return told(self.incident)


def told(incident: Incident) -> str:
    """Where an incident stands, and who brought it there, in a sentence."""
    match incident.status:
        case Status.TRIGGERED:
            return "The incident is waiting for somebody to acknowledge it."
        case Status.ACKNOWLEDGED:
            who, at = incident.acknowledged_by_name or incident.acknowledged_by, incident.acknowledged_at
        case Status.RESOLVED:
            who, at = incident.resolved_by_name or incident.resolved_by, incident.resolved_at
    when = f" at {at:%Y-%m-%d %H:%M:%S} UTC" if at else ""
    return f"The incident was {incident.status} by {who or 'somebody'}{when}."
