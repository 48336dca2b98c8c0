"""The lifecycle of an incident as one table, and what its service's settings make of it."""

from datetime import datetime, timedelta
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
    UNACKNOWLEDGE = "unacknowledge"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    REASSIGN = "reassign"
    SNOOZE = "snooze"
    UNSNOOZE = "unsnooze"
    ESCALATE = "escalate"
    HOLD = "hold"
    RESUME = "resume"
    ADD_RESPONDERS = "add_responders"
    SET_URGENCY = "set_urgency"


class Severity(StrEnum):
    """How bad it is, in the words of PagerDuty's Events API v2."""

    CRITICAL = "critical"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Urgency(StrEnum):
    """How soon somebody is needed: it chooses how people are paged."""

    HIGH = "high"
    LOW = "low"


class UrgencySetting(StrEnum):
    """How urgent the incidents of a service are."""

    BY_SEVERITY = "by_severity"
    HIGH = "high"
    LOW = "low"


TRANSITIONS: Final[dict[tuple[Status, Action], Status]] = {
    (Status.TRIGGERED, Action.ACKNOWLEDGE): Status.ACKNOWLEDGED,
    (Status.TRIGGERED, Action.RESOLVE): Status.RESOLVED,
    (Status.TRIGGERED, Action.REASSIGN): Status.TRIGGERED,
    (Status.TRIGGERED, Action.SNOOZE): Status.TRIGGERED,
    (Status.TRIGGERED, Action.UNSNOOZE): Status.TRIGGERED,
    (Status.TRIGGERED, Action.ESCALATE): Status.TRIGGERED,
    (Status.TRIGGERED, Action.HOLD): Status.TRIGGERED,
    (Status.TRIGGERED, Action.RESUME): Status.TRIGGERED,
    (Status.TRIGGERED, Action.ADD_RESPONDERS): Status.TRIGGERED,
    (Status.TRIGGERED, Action.SET_URGENCY): Status.TRIGGERED,
    (Status.ACKNOWLEDGED, Action.UNACKNOWLEDGE): Status.TRIGGERED,
    (Status.ACKNOWLEDGED, Action.RESOLVE): Status.RESOLVED,
    (Status.ACKNOWLEDGED, Action.REASSIGN): Status.TRIGGERED,
    (Status.ACKNOWLEDGED, Action.SNOOZE): Status.ACKNOWLEDGED,
    (Status.ACKNOWLEDGED, Action.UNSNOOZE): Status.TRIGGERED,
    (Status.ACKNOWLEDGED, Action.ESCALATE): Status.TRIGGERED,
    (Status.ACKNOWLEDGED, Action.ADD_RESPONDERS): Status.ACKNOWLEDGED,
    (Status.ACKNOWLEDGED, Action.SET_URGENCY): Status.ACKNOWLEDGED,
    (Status.RESOLVED, Action.REOPEN): Status.TRIGGERED,
}
"""What is not here is refused. Snoozing leaves an incident where it stands; when that ends it is triggered anew."""

STARTING_OVER: Final = frozenset({Action.UNACKNOWLEDGE, Action.REOPEN, Action.UNSNOOZE})
"""After these the escalation begins again at its first step."""


class WrongStatus(Conflict):
    """The incident is in a status from which this action is not possible."""

    code = "wrong_status"

    def __init__(self, status: Status, action: Action, why: str | None = None) -> None:
        named = action.replace("_", " ")
        super().__init__(why or f"An incident that is {status} can't be changed by {named}.")
        self.status = status
        self.action = action


def transition(status: Status, action: Action) -> Status:
    """Answer the status an action leads to; raises WrongStatus when it leads nowhere."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise WrongStatus(status, action) from None


def offered(status: Status, action: Action, *, snoozed: bool, escalating: bool) -> bool:
    """Whether an action makes sense to somebody who sees the incident now.

    `escalating` says that a step of its escalation is still to come.
    """
    if (status, action) not in TRANSITIONS:
        return False
    match action:
        case Action.UNSNOOZE:
            return snoozed
        case Action.SNOOZE:
            return not snoozed
        case Action.ESCALATE | Action.HOLD:
            return escalating
        case _:
            return True


def urgency_of(setting: UrgencySetting, severity: Severity) -> Urgency:
    """How urgent an incident of a service is when it opens; critical and error are urgent, the rest can wait."""
    match setting:
        case UrgencySetting.HIGH:
            return Urgency.HIGH
        case UrgencySetting.LOW:
            return Urgency.LOW
        case UrgencySetting.BY_SEVERITY:
            return Urgency.HIGH if severity in {Severity.CRITICAL, Severity.ERROR} else Urgency.LOW


def resolves_at(last_event_at: datetime, silence: timedelta | None) -> datetime | None:
    """When an incident resolves by itself unless another event comes; never, where its service sets no silence."""
    return None if silence is None else last_event_at + silence
