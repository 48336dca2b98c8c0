"""Maintenance windows and silences: what they cover, and which of those that are open one is told of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from tocsin.domain.labels import covers

MAX_LENGTH: Final = timedelta(days=90)
MAX_SERVICES: Final = 500
MAX_LABELS: Final = 20
MAX_MONITORS: Final = 500
MONITOR_LABEL: Final = "monitor_id"
"""The label by which what a monitor says can be told."""


class WindowKind(StrEnum):
    """Both mute; maintenance is announced work, a silence is only quiet."""

    MAINTENANCE = "maintenance"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a window covers: these services (none named: all), as far as an incident has all of these labels, and is of
    one of these monitors (none named: of any, or none).
    """

    services: frozenset[UUID] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    monitors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ActiveWindow:
    """A window that is open now, until `ends_at`."""

    window_id: UUID
    kind: WindowKind
    name: str
    scope: Scope
    ends_at: datetime


def is_covered(scope: Scope, service_id: UUID, labels: Mapping[str, str]) -> bool:
    """Whether a window of this scope covers an incident of a service with these labels."""
    of_monitor = not scope.monitors or labels.get(MONITOR_LABEL) in scope.monitors
    return of_monitor and (not scope.services or service_id in scope.services) and covers(scope.labels, labels)


def covering(windows: Sequence[ActiveWindow], service_id: UUID, labels: Mapping[str, str]) -> ActiveWindow | None:
    """Of the open windows that cover an incident the one that ends last."""
    found = [window for window in windows if is_covered(window.scope, service_id, labels)]
    return max(found, key=lambda w: (w.ends_at, w.window_id), default=None)


def monitor_labels(
    monitor_id: UUID, name: str, kind: str, tags: Sequence[str], regions: Sequence[str]
) -> dict[str, str]:
    """The labels by which a window covers what a monitor says, or would say."""
    return {
        "monitor": name,
        MONITOR_LABEL: str(monitor_id),
        "monitor_kind": kind,
        "tags": ", ".join(tags),
        "regions": ", ".join(regions),
    }
