"""What lint tells: codes, how bad each is, and findings with their reason and what would be right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID


class Level(StrEnum):
    """How bad a finding is: a page will be lost, a page can be lost, something is left over."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """What a finding is about; stable."""

    SERVICE_WITHOUT_POLICY = "service_without_policy"
    POLICY_WITHOUT_STEPS = "policy_without_steps"
    POLICY_WITHOUT_FALLBACK = "policy_without_fallback"
    POLICY_UNUSED = "policy_unused"
    STEP_UNREACHABLE = "step_unreachable"
    STEP_REACHES_NOBODY = "step_reaches_nobody"
    STEP_REACHES_NOBODY_AT_TIMES = "step_reaches_nobody_at_times"
    TARGET_REACHES_NOBODY = "target_reaches_nobody"
    PERSON_WITHOUT_CONTACT = "person_without_contact"
    PERSON_WITHOUT_VERIFIED_CONTACT = "person_without_verified_contact"
    SCHEDULE_GAP = "schedule_gap"
    SCHEDULE_REACHES_NOBODY = "schedule_reaches_nobody"
    RULE_SHADOWED = "rule_shadowed"
    ROUTING_KEY_UNUSED = "routing_key_unused"
    MONITOR_WITHOUT_POLICY = "monitor_without_policy"
    MONITOR_OF_ONE_REGION = "monitor_of_one_region"
    MONITOR_PAUSED_FOR_LONG = "monitor_paused_for_long"


LEVELS: Final[Mapping[Code, Level]] = {
    Code.SERVICE_WITHOUT_POLICY: Level.ERROR,
    Code.POLICY_WITHOUT_STEPS: Level.ERROR,
    Code.POLICY_WITHOUT_FALLBACK: Level.WARNING,
    Code.POLICY_UNUSED: Level.INFO,
    Code.STEP_UNREACHABLE: Level.WARNING,
    Code.STEP_REACHES_NOBODY: Level.ERROR,
    Code.STEP_REACHES_NOBODY_AT_TIMES: Level.WARNING,
    Code.TARGET_REACHES_NOBODY: Level.WARNING,
    Code.PERSON_WITHOUT_CONTACT: Level.ERROR,
    Code.PERSON_WITHOUT_VERIFIED_CONTACT: Level.WARNING,
    Code.SCHEDULE_GAP: Level.WARNING,
    Code.SCHEDULE_REACHES_NOBODY: Level.ERROR,
    Code.RULE_SHADOWED: Level.WARNING,
    Code.ROUTING_KEY_UNUSED: Level.INFO,
    Code.MONITOR_WITHOUT_POLICY: Level.ERROR,
    Code.MONITOR_OF_ONE_REGION: Level.WARNING,
    Code.MONITOR_PAUSED_FOR_LONG: Level.INFO,
}
"""How bad each is. A person whom nothing pages is told of one level lower."""
ORDER: Final = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


@dataclass(frozen=True, slots=True)
class Whole:
    """What a thing is a part of: its kind as resources are called, and its id."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: its kind as resources are called, its id, its name for reading, and where it is found:
    a step in its policy, a routing key in its integration, a rule in its service.
    """

    kind: str
    id: UUID
    name: str
    part_of: Whole | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, why, and what would be right."""

    code: Code
    level: Level
    subject: Subject
    reason: str
    remedy: str


def finding(code: Code, subject: Subject, reason: str, remedy: str, level: Level | None = None) -> Finding:
    """A finding, as bad as its code says unless a level is given."""
    return Finding(code, level or LEVELS[code], subject, reason, remedy)


def worst_first(found: Iterable[Finding]) -> list[Finding]:
    """Findings by level, then by code and name."""
    return sorted(found, key=lambda f: (ORDER[f.level], f.code, f.subject.name, str(f.subject.id)))
