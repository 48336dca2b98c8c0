"""What those who watch an organization are told of: topics, who may be told of them, how changes merge."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from tocsin.domain.permission import Permission

MOST_CHANGES: Final = 100
"""How many single things are named at once; what is more is named by its kind alone."""
ALL: Final = "*"
"""In the place of an id: more of a kind has changed than is named one by one."""
TICKET_LIFE: Final = timedelta(seconds=60)
CONNECTION_LIFE: Final = timedelta(hours=2)
"""What API Gateway gives a connection."""
KEPT: Final = timedelta(hours=1)
"""For how long it is known what has changed."""
MOST_OF_ONE: Final = 20
"""How many connections one person, or one API key, has at once."""
MOST_VISITORS: Final = 500
"""How many of a demo's visitors are connected at once."""
SILENT_AFTER: Final = timedelta(minutes=6)
"""Whoever has said nothing for so long has gone; clients speak up every minute or two."""
COALESCED_SECONDS: Final = 1
"""How long changes are gathered after somebody was told of one."""


class Topic(StrEnum):
    """What a client may ask to be told of."""

    INCIDENTS = "incidents"
    MONITORS = "monitors"
    STATUS_PAGES = "status-pages"
    ON_CALL = "on-call"


NEEDS: Final = {
    Topic.INCIDENTS: Permission.READ_INCIDENTS,
    Topic.MONITORS: Permission.READ_MONITORS,
    Topic.STATUS_PAGES: Permission.READ_STATUS_PAGES,
    Topic.ON_CALL: Permission.READ_SCHEDULES,
}

OF_SUBJECTS: Final = {
    "incident": Topic.INCIDENTS,
    "monitor": Topic.MONITORS,
    "monitor_group": Topic.MONITORS,
    "maintenance_window": Topic.MONITORS,
    "private_location": Topic.MONITORS,
    "schedule": Topic.ON_CALL,
    "schedule_override": Topic.ON_CALL,
    "escalation_policy": Topic.ON_CALL,
    "status_page": Topic.STATUS_PAGES,
    "component": Topic.STATUS_PAGES,
    "component_group": Topic.STATUS_PAGES,
    "status_report": Topic.STATUS_PAGES,
    "status_report_template": Topic.STATUS_PAGES,
    "subscriber": Topic.STATUS_PAGES,
}
"""Which topic a subject of the audit log belongs to; those of no topic are not told of."""


class Entry(StrEnum):
    """What becomes of somebody who comes with a ticket."""

    OPENED = "opened"
    REFUSED = "refused"
    """The ticket is worth nothing, or whoever it was given to may no more what they might then."""
    CROWDED = "crowded"
    """There are as many connections of theirs as there may be."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A thing of an organization that looks different from now on."""

    org_id: UUID
    topic: Topic
    kind: str
    id: str


def readable(may: Callable[[Permission], bool]) -> list[Topic]:
    """The topics of whoever may do what `may` says."""
    return [topic for topic, permission in NEEDS.items() if may(permission)]


def merged[C](changes: Collection[C], kind_of: Callable[[C], object], as_all: Callable[[C], C]) -> list[C]:
    """The changes one by one, or where they are too many, one of each kind in the place of all its things."""
    if len(changes) <= MOST_CHANGES:
        return list(changes)
    return [as_all(change) for change in _latest(changes, kind_of)]


def _latest[C](changes: Iterable[C], kind_of: Callable[[C], object]) -> Iterable[C]:
    return {kind_of(change): change for change in changes}.values()
