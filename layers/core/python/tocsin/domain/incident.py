"""The lifecycle of an incident as one table."""

from enum import StrEnum
from typing import Final

from tocsin.errors import Conflict


class Status(StrEnum):
    """Where an incident stands."""

    TRIGGERED = "triggered"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Action(StrEnum):
    """What can be done to an incident."""

    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"
    REASSIGN = "reassign"


class Severity(StrEnum):
    """How bad it is, in the words of PagerDuty's Events API v2."""

    CRITICAL = "critical"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


TRANSITIONS: Final[dict[tuple[Status, Action], Status]] = {
    (Status.TRIGGERED, Action.ACKNOWLEDGE): Status.ACKNOWLEDGED,
    (Status.TRIGGERED, Action.RESOLVE): Status.RESOLVED,
    (Status.TRIGGERED, Action.REASSIGN): Status.TRIGGERED,
    (Status.ACKNOWLEDGED, Action.RESOLVE): Status.RESOLVED,
    (Status.ACKNOWLEDGED, Action.REASSIGN): Status.TRIGGERED,
}


class WrongStatus(Conflict):
    """The incident is in a status from which this action is not possible."""

    code = "wrong_status"

    def __init__(self, status: Status, action: Action) -> None:
        super().__init__(f"An incident that is {status} can't be changed by {action}.")
        self.status = status
        self.action = action


def transition(status: Status, action: Action) -> Status:
    """Answer the status an action leads to; raises WrongStatus when it leads nowhere."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise WrongStatus(status, action) from None
