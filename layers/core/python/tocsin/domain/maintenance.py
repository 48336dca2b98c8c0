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


class WindowKind(StrEnum):
    """Both mute; maintenance is announced work, a silence is only quiet."""

    MAINTENANCE = "maintenance"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a window covers: these services (none named: all), as far as an incident has all of these labels."""

    services: frozenset[UUID] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict[str, str])


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
    return (not scope.services or service_id in scope.services) and covers(scope.labels, labels)


def covering(windows: Sequence[ActiveWindow], service_id: UUID, labels: Mapping[str, str]) -> ActiveWindow | None:
    """Of the open windows that cover an incident the one that ends last."""
    found = [window for window in windows if is_covered(window.scope, service_id, labels)]
    return max(found, key=lambda w: (w.ends_at, w.window_id), default=None)
