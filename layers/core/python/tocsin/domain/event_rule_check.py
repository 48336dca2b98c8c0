"""What event rules must be like before they may decide about anything."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.errors import FieldProblem

MAX_RULES: Final = 100
MAX_HOLD_SECONDS: Final = 86_400
MAX_LABELS: Final = 5
MIN_WINDOW_SECONDS: Final = 60
MAX_WINDOW_SECONDS: Final = 604_800
type Check = Callable[[str], Iterable[str]]
"""What is wrong with a condition."""


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A grouping as somebody wrote it."""

    by: Sequence[str]
    window_seconds: int


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as somebody wrote it; one that the set already has keeps its `rule_id`."""

    name: str
    condition: str | None
    rule_id: UUID | None = None
    service_id: UUID | None = None
    policy_id: UUID | None = None
    hold_seconds: int | None = None
    group: GroupDraft | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What rules may refer to, and the rules that the set has now. In the set of a service, `of_service` is true."""

    services: Collection[UUID]
    policies: Collection[UUID]
    rules: Collection[UUID]
    of_service: bool


def check(zone: str, rules: Sequence[RuleDraft], known: Known, condition: Check) -> list[FieldProblem]:
    """Everything that is wrong with a draft; nothing when it may become a version."""
    found = [] if is_zone(zone) else [FieldProblem("time_zone", "must be an IANA time zone, like Europe/Berlin")]
    if len(rules) > MAX_RULES:
        return [*found, FieldProblem("rules", f"are {len(rules)}; {MAX_RULES} are possible")]
    seen: set[UUID] = set()
    names: set[str] = set()
    for number, rule in enumerate(rules):
        at = f"rules.{number}"
        found.extend(_identity(at, rule, known, seen, names))
        if rule.condition is not None:
            found.extend(FieldProblem(f"{at}.condition", reason) for reason in condition(rule.condition))
        found.extend(_actions(f"{at}.actions", rule, known))
    return found


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _identity(at: str, rule: RuleDraft, known: Known, seen: set[UUID], names: set[str]) -> Iterator[FieldProblem]:
    if rule.rule_id is not None and rule.rule_id not in known.rules:
        yield FieldProblem(f"{at}.rule_id", "names no rule of this set; leave it out for a new rule")
    elif rule.rule_id is not None and rule.rule_id in seen:
        yield FieldProblem(f"{at}.rule_id", "is used by an earlier rule; leave it out for a new rule")
    if rule.rule_id is not None:
        seen.add(rule.rule_id)
    if rule.name in names:
        yield FieldProblem(f"{at}.name", "is the name of an earlier rule; traces tell rules apart by their names")
    names.add(rule.name)


def _actions(at: str, rule: RuleDraft, known: Known) -> Iterator[FieldProblem]:
    if rule.service_id is not None and known.of_service:
        yield FieldProblem(f"{at}.service_id", "can't be set by a service's own rules; those of the organization route")
    elif rule.service_id is not None and rule.service_id not in known.services:
        yield FieldProblem(f"{at}.service_id", "is not the id of a service of this organization")
    if rule.policy_id is not None and rule.policy_id not in known.policies:
        yield FieldProblem(f"{at}.policy_id", "is not the id of an escalation policy of this organization")
    if rule.hold_seconds is not None and not 1 <= rule.hold_seconds <= MAX_HOLD_SECONDS:
        yield _range(f"{at}.hold_seconds", rule.hold_seconds, 1, MAX_HOLD_SECONDS)
    if rule.group is None:
        return
    window, by = rule.group.window_seconds, rule.group.by
    if not MIN_WINDOW_SECONDS <= window <= MAX_WINDOW_SECONDS:
        yield _range(f"{at}.group.window_seconds", window, MIN_WINDOW_SECONDS, MAX_WINDOW_SECONDS)
    if len(by) > MAX_LABELS or len(set(by)) != len(by):
        yield FieldProblem(f"{at}.group.by", f"must be at most {MAX_LABELS} labels, each once")


def _range(at: str, value: int, least: int, most: int) -> FieldProblem:
    return FieldProblem(at, f"is {value}; {least} to {most} seconds are possible")
