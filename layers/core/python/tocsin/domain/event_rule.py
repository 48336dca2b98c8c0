"""What is done with an event that opens an incident: rules in order, windows that mute, services that depend on others.

Pure: the service that judges events and the dry runs hand in the same book and get the same decision, with its trace.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.domain.incident import Severity, Urgency
from tocsin.domain.maintenance import ActiveWindow, covering

LOOK_AGAIN: Final = timedelta(seconds=60)
"""How long an incident stays quiet for another before it is looked whether that is still open."""
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
VARIABLES: Final = ("event", "labels", "service", "integration", "now")
type Variables = Mapping[str, object]
type Condition = Callable[[Variables], bool]
"""True or false of an event's variables, or ConditionFailed."""
type Line = dict[str, Any]
"""One decision of a trace, as JSON: what was decided, why, and by which version of which rules."""


class ConditionFailed(Exception):
    """A condition that has no answer for this event; the rule doesn't match then, and the trace says why."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an event when rules look at it; `service` and `integration` are (id, name) it came by."""

    summary: str | None
    source: str | None
    severity: Severity
    dedup_key: str
    action: str
    protocol: str
    labels: Mapping[str, str]
    service: tuple[UUID, str]
    integration: tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Alerts whose labels `by` are equal join one incident, until `window` after it was opened."""

    by: tuple[str, ...]
    window: timedelta


@dataclass(frozen=True, slots=True)
class Actions:
    """What a rule does to the event it matches; None leaves as it is."""

    service_id: UUID | None = None
    policy_id: UUID | None = None
    severity: Severity | None = None
    urgency: Urgency | None = None
    suppress: bool = False
    hold: timedelta | None = None
    group: Grouping | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; without a condition it matches every event. One that goes on lets the rules after it be asked too."""

    rule_id: UUID
    name: str
    condition: Condition | None
    actions: Actions
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of an organization, or of a service (its id and name), in a version; `now` is told in `zone`."""

    set_id: UUID
    version: int
    zone: str
    rules: tuple[Rule, ...]
    service: tuple[UUID, str] | None = None


@dataclass(frozen=True, slots=True)
class Down:
    """A service that others depend on, with the open incident that they stay quiet for."""

    service_id: UUID
    service_name: str
    incident_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Book:
    """All that decides about an organization's events now: its rules, the windows that are open, what is down.

    `above` are the services that a service depends on, at any distance; `down` those with an open incident of their
    own that is not muted.
    """

    organization: RuleSet | None = None
    services: Mapping[UUID, RuleSet] = field(default_factory=dict[UUID, RuleSet])
    windows: Sequence[ActiveWindow] = ()
    above: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict[UUID, frozenset[UUID]])
    down: Mapping[UUID, Down] = field(default_factory=dict[UUID, Down])


@dataclass(frozen=True, slots=True)
class Mute:
    """Why an incident pages nobody: `by` is kind:id, `until` when that may be over, or None for never by itself."""

    by: str
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """The incident an alert joins: any of its service that has this key, for so long after it was opened."""

    key: str
    window: timedelta


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an event that opens an incident. Without a policy it is that of the service."""

    service_id: UUID
    severity: Severity
    policy_id: UUID | None = None
    urgency: Urgency | None = None
    mute: Mute | None = None
    hold: timedelta | None = None
    group: Group | None = None
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    trace: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What asking one set came to."""

    actions: Actions
    by: Mapping[str, Rule]
    lines: tuple[Line, ...]


def decide(book: Book, facts: Facts, now: datetime) -> Decision:
    """Ask the organization's rules, then those of the service the event is for by then, then what mutes it."""
    asked = _ask(book.organization, facts, facts.service, now)
    service_id = asked.actions.service_id or facts.service[0]
    own = book.services.get(service_id)
    then = _ask(own, replace(facts, severity=asked.actions.severity or facts.severity), own and own.service, now)
    actions, by = _over(asked.actions, then.actions), {**asked.by, **then.by}
    lines = [*asked.lines, *then.lines]
    group = None
    if actions.group is not None:
        group, line = _group(actions.group, by["group"], facts.labels)
        lines.append(line)
    if actions.hold is not None:
        reason = f"its first step is taken only if it is still open after {actions.hold.total_seconds():.0f} s"
        lines.append({"decision": "held", "reason": reason})
    quiet = _suppressed(by["suppress"]) if actions.suppress else mute(book, service_id, facts.labels, now)
    decision = Decision(
        service_id=service_id,
        severity=actions.severity or facts.severity,
        policy_id=actions.policy_id,
        urgency=actions.urgency,
        hold=actions.hold,
        group=group,
        labels=facts.labels,
        trace=tuple(lines),
    )
    return decision if quiet is None else muted(decision, quiet)


def mute(book: Book, service_id: UUID, labels: Mapping[str, str], now: datetime) -> Mute | None:
    """What keeps a service's incident with these labels quiet now: a window, or else what the service depends on."""
    window = covering(book.windows, service_id, labels)
    if window is not None:
        reason = f"{window.kind} “{window.name}” lasts until {_instant(window.ends_at)}"
        return Mute(f"maintenance_window:{window.window_id}", window.ends_at, reason)
    down = [book.down[above] for above in book.above.get(service_id, frozenset()) if above in book.down]
    return None if not down else quiet_for(min(down, key=lambda d: d.number), now)


def quiet_for(down: Down, now: datetime) -> Mute:
    """How an incident stays quiet for that of a service it depends on."""
    reason = f"the service depends on {down.service_name}, which has incident #{down.number} open"
    return Mute(f"incident:{down.incident_id}", now + LOOK_AGAIN, reason)


def muted(decision: Decision, by: Mute) -> Decision:
    """A decision that pages nobody for now, and says so in its trace."""
    line: Line = {"decision": "muted", "by": by.by, "reason": by.reason, "until": by.until and by.until.isoformat()}
    return replace(decision, mute=by, trace=(*decision.trace, line))


def variables(facts: Facts, service: tuple[UUID, str], zone: str, now: datetime) -> Variables:
    """What conditions may name; `now` in the parts of its wall-clock time in a zone."""
    local = now.astimezone(ZoneInfo(zone))
    return {
        "event": {
            "summary": facts.summary or "",
            "source": facts.source or "",
            "severity": facts.severity.value,
            "dedup_key": facts.dedup_key,
            "action": facts.action,
            "protocol": facts.protocol,
        },
        "labels": dict(facts.labels),
        "service": {"id": str(service[0]), "name": service[1]},
        "integration": {"id": str(facts.integration[0]), "name": facts.integration[1]},
        "now": {
            "year": local.year,
            "month": local.month,
            "day": local.day,
            "hour": local.hour,
            "minute": local.minute,
            "weekday": WEEKDAYS[local.weekday()],
            "date": local.date().isoformat(),
            "time": local.strftime("%H:%M"),
        },
    }


def _ask(rules: RuleSet | None, facts: Facts, service: tuple[UUID, str] | None, now: datetime) -> _Asked:
    """Ask rules in order until one matches that does not go on; what later ones set lies over earlier."""
    if rules is None or not rules.rules:
        return _Asked(Actions(), {}, ())
    known = variables(facts, service or facts.service, rules.zone, now)
    about: Line = {"rules_of": f"service:{rules.service[0]}" if rules.service else "organization"}
    about["version"] = rules.version
    lines: list[Line] = []
    actions, by = Actions(), dict[str, Rule]()
    passed, matched = 0, False
    for rule in rules.rules:
        holds, reason = _holds(rule, known)
        told: Line = {**about, "rule_id": str(rule.rule_id), "rule": rule.name, "reason": reason}
        if not holds:
            passed += 1
            if reason:
                lines.append({"decision": "rule_failed", **told})
            continue
        matched = True
        lines.append({"decision": "rule_matched", **told, "does": list(_words(rule.actions))})
        actions = _over(actions, rule.actions)
        by.update(dict.fromkeys(_set(rule.actions), rule))
        if not rule.goes_on:
            break
    if not matched:
        lines.append({"decision": "no_rule_matched", **about, "reason": f"none of {passed} rules matches"})
    return _Asked(actions, by, tuple(lines))


def _holds(rule: Rule, known: Variables) -> tuple[bool, str]:
    if rule.condition is None:
        return True, "it has no condition"
    try:
        return (True, "its condition holds") if rule.condition(known) else (False, "")
    except ConditionFailed as error:
        return False, f"its condition has no answer: {error}"


def _over(under: Actions, over: Actions) -> Actions:
    return Actions(
        service_id=over.service_id or under.service_id,
        policy_id=over.policy_id or under.policy_id,
        severity=over.severity or under.severity,
        urgency=over.urgency or under.urgency,
        suppress=over.suppress or under.suppress,
        hold=over.hold or under.hold,
        group=over.group or under.group,
    )


def _set(actions: Actions) -> Iterator[str]:
    if actions.suppress:
        yield "suppress"
    if actions.group is not None:
        yield "group"


def _words(actions: Actions) -> Iterator[str]:
    if actions.service_id is not None:
        yield f"routes to service {actions.service_id}"
    if actions.policy_id is not None:
        yield f"routes to escalation policy {actions.policy_id}"
    if actions.severity is not None:
        yield f"sets severity {actions.severity}"
    if actions.urgency is not None:
        yield f"sets urgency {actions.urgency}"
    if actions.suppress:
        yield "suppresses"
    if actions.hold is not None:
        yield f"holds for {actions.hold.total_seconds():.0f} s"
    if actions.group is not None:
        yield f"groups by {', '.join(actions.group.by) or 'rule'} for {actions.group.window.total_seconds():.0f} s"


def _group(grouping: Grouping, rule: Rule, labels: Mapping[str, str]) -> tuple[Group | None, Line]:
    values = {name: labels.get(name) for name in grouping.by}
    if values and all(value is None for value in values.values()):
        reason = f"it has none of the labels {', '.join(grouping.by)}"
        return None, {"decision": "not_grouped", "rule_id": str(rule.rule_id), "reason": reason}
    text = json.dumps([values[name] for name in grouping.by])
    key = f"{rule.rule_id}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"
    reason = ", ".join(f"{name} is {value}" for name, value in values.items()) or "the rule groups all it matches"
    return Group(key, grouping.window), {"decision": "grouped", "rule_id": str(rule.rule_id), "reason": reason}


def _suppressed(rule: Rule) -> Mute:
    return Mute(f"rule:{rule.rule_id}", None, f"rule “{rule.name}” suppresses it")


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
