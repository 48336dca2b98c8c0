"""What is wrong with how an organization would be paged: findings, each with its reason and what would be right.

Pure: whoever asks gathers what there is. Instants are aware; `now` begins the week that is looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.coverage import Span, hours, outside, union
from tocsin.domain.escalation import Plan, PolicyStep, Target, TargetKind, Who
from tocsin.domain.findings import Code, Finding, Level, Subject, Whole, finding, worst_first
from tocsin.domain.incident import Severity, Urgency, UrgencySetting, urgency_of
from tocsin.domain.step_condition import Circumstances, unmet

WEEK: Final = timedelta(days=7)
UNUSED_AFTER: Final = timedelta(days=7)
"""How long a routing key may wait for its first event before it is told of."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service, the policy it pages by, and how urgent its incidents are."""

    service_id: UUID
    name: str
    policy_id: UUID | None
    urgency: UrgencySetting


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy in its current version."""

    policy_id: UUID
    name: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Member:
    """A member and how many of their contact methods can be used; `verified` of them are proven."""

    user_id: UUID
    name: str
    methods: int
    verified: int


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on call in a schedule from one instant until before another; None for nobody."""

    starts_at: datetime
    ends_at: datetime
    user_id: UUID | None


@dataclass(frozen=True, slots=True)
class Roster:
    """A schedule with its final shifts of the week that is looked at."""

    schedule_id: UUID
    name: str
    duties: Sequence[Duty]


@dataclass(frozen=True, slots=True)
class Rule:
    """An event rule as it is written; without a condition it matches everything."""

    rule_id: UUID
    name: str
    condition: str | None
    goes_on: bool
    policy_id: UUID | None = None
    sets_urgency: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The event rules of the organization, or of a service, in order."""

    of: str
    rules: Sequence[Rule]
    service_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A routing key that can be used."""

    key_id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None
    integration_id: UUID


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is looked at. `destinations` are those that work; `teams` are their members."""

    has_fallback: bool
    services: Sequence[Service] = ()
    policies: Sequence[Policy] = ()
    members: Mapping[UUID, Member] = field(default_factory=dict[UUID, Member])
    teams: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict[UUID, Sequence[UUID]])
    destinations: frozenset[UUID] = frozenset()
    rosters: Mapping[UUID, Roster] = field(default_factory=dict[UUID, Roster])
    rules: Sequence[Rules] = ()
    keys: Sequence[Key] = ()


def lint(found: Gathered, now: datetime) -> list[Finding]:
    """Everything that is wrong, worst first."""
    week = Span(now, now + WEEK)
    findings = [
        *_services(found),
        *(told for policy in found.policies for told in _policy(found, policy, week)),
        *_rosters(found, week),
        *_people(found),
        *(told for rules in found.rules for told in _rules(rules)),
        *_keys(found.keys, now),
    ]
    return worst_first(findings)


def _services(found: Gathered) -> Iterator[Finding]:
    for service in found.services:
        if service.policy_id is None:
            reason = (
                "no escalation policy; its incidents page the organization's fallback contact alone"
                if found.has_fallback
                else "no escalation policy, and the organization has no fallback contact; its incidents page nobody"
            )
            yield finding(
                Code.SERVICE_WITHOUT_POLICY,
                Subject("service", service.service_id, service.name),
                reason,
                "give it an escalation policy",
            )


def _policy(found: Gathered, policy: Policy, week: Span) -> Iterator[Finding]:
    subject, plan = Subject("escalation_policy", policy.policy_id, policy.name), policy.plan
    services = [s for s in found.services if s.policy_id == policy.policy_id]
    ruled = any(r.policy_id == policy.policy_id for rules in found.rules for r in rules.rules)
    if not services and not ruled:
        yield finding(
            Code.POLICY_UNUSED,
            subject,
            "no service and no event rule names it, so none of its steps is ever taken",
            "give it to a service, or delete it",
        )
    if not plan.steps:
        yield finding(Code.POLICY_WITHOUT_STEPS, subject, "it has no steps", "add a step that pages somebody")
    if not plan.fallback and not found.has_fallback:
        yield finding(
            Code.POLICY_WITHOUT_FALLBACK,
            subject,
            "when its rounds are over nobody is paged: neither it nor the organization has a fallback",
            "give the policy fallback targets, or the organization a fallback contact",
        )
    urgencies = _urgencies(found, services, is_ruled=ruled)
    for position, step in enumerate(plan.steps):
        whole = Whole(subject.kind, subject.id)
        named = Subject("escalation_step", step.step_id, f"{policy.name}, step {position + 1}", whole)
        yield from _step(found, plan, step, named, week, urgencies)


def _step(
    found: Gathered,
    plan: Plan,
    step: PolicyStep,
    subject: Subject,
    week: Span,
    urgencies: Sequence[tuple[Severity, Urgency]],
) -> Iterator[Finding]:
    meant = hours(
        week, lambda at: _is_meant(step, urgencies, at, plan.time_zone), is_constant=not step.conditions.times
    )
    if not meant:
        yield finding(
            Code.STEP_UNREACHABLE,
            subject,
            "its conditions hold for no incident of the services that use the policy, at no time of the week",
            "widen its severities, urgencies or times, or remove the step",
        )
        return
    covered: list[Span] = []
    for target in step.targets:
        spans, why = _coverage(found, target, week)
        covered.extend(spans)
        if not spans:
            yield finding(
                Code.TARGET_REACHES_NOBODY,
                subject,
                f"its target {target.kind}:{target.value} {why}",
                _MEND[target.kind],
            )
    bare = [span for part in meant for span in outside(part, union(covered))]
    if not bare:
        return
    if union(bare) == union(meant):
        yield finding(
            Code.STEP_REACHES_NOBODY,
            subject,
            "none of its targets reaches anybody this week; it is passed at once",
            "let it page somebody who has a contact method",
        )
    else:
        yield finding(
            Code.STEP_REACHES_NOBODY_AT_TIMES,
            subject,
            f"it reaches nobody for {_length(bare)} of this week, first from {_instant(bare[0].starts_at)}",
            "fill the gaps of its schedules, or add a target that is always there",
        )


def _is_meant(step: PolicyStep, possible: Sequence[tuple[Severity, Urgency]], at: datetime, zone: str) -> bool:
    return any(unmet(step.conditions, Circumstances(s, u, at), zone) is None for s, u in possible)


def _urgencies(found: Gathered, services: Sequence[Service], *, is_ruled: bool) -> Sequence[tuple[Severity, Urgency]]:
    """Which incidents can come to a policy. Where a rule sets urgencies or routes to it, any can."""
    sets = any(rule.sets_urgency for rules in found.rules for rule in rules.rules)
    if is_ruled or sets or not services:
        return [(severity, urgency) for severity in Severity for urgency in Urgency]
    return [*{(s, urgency_of(setting, s)) for setting in {v.urgency for v in services} for s in Severity}]


_MEND: Final[Mapping[TargetKind, str]] = {
    TargetKind.USER: "give the person a contact method, or name another",
    TargetKind.TEAM: "add members who have a contact method, or name another team",
    TargetKind.EMAIL: "name an address that mail reaches",
    TargetKind.SCHEDULE: "put somebody with a contact method on call, or name another schedule",
    TargetKind.DESTINATION: "enable the destination, or name another",
}


def _coverage(found: Gathered, target: Target, week: Span) -> tuple[Sequence[Span], str]:
    """When in the week a target reaches somebody; if never, why."""
    match target.kind:
        case TargetKind.EMAIL:
            return [week], ""
        case TargetKind.USER:
            return ([week], "") if _reached(found, UUID(target.value)) else ([], "is nobody with a contact method")
        case TargetKind.TEAM:
            members = found.teams.get(UUID(target.value), ())
            reached = any(_reached(found, member) for member in members)
            return ([week], "") if reached else ([], "has no member with a contact method")
        case TargetKind.DESTINATION:
            working = UUID(target.value) in found.destinations
            return ([week], "") if working else ([], "is deleted or disabled")
        case TargetKind.SCHEDULE:
            roster = found.rosters.get(UUID(target.value))
            if roster is None:
                return [], "is a schedule that was deleted"
            duties = [d for d in roster.duties if d.user_id is not None and _reached(found, d.user_id)]
            if target.who is Who.NEXT:
                return ([week], "") if duties else ([], "has nobody next with a contact method")
            return [Span(d.starts_at, d.ends_at) for d in duties], "has nobody on call with a contact method"


def _reached(found: Gathered, user_id: UUID) -> bool:
    member = found.members.get(user_id)
    return member is not None and member.methods > 0


def _rosters(found: Gathered, week: Span) -> Iterator[Finding]:
    for roster in found.rosters.values():
        subject = Subject("schedule", roster.schedule_id, roster.name)
        gaps = outside(week, union([Span(d.starts_at, d.ends_at) for d in roster.duties if d.user_id is not None]))
        if gaps == [week]:
            yield finding(
                Code.SCHEDULE_REACHES_NOBODY, subject, "nobody is on call this week", "add participants or an override"
            )
        elif gaps:
            first = gaps[0]
            said = f"from {_instant(first.starts_at)} until {_instant(first.ends_at)}"
            yield finding(
                Code.SCHEDULE_GAP,
                subject,
                f"nobody is on call for {_length(gaps)} of this week, first {said}",
                "add a layer or an override for that time",
            )


def _people(found: Gathered) -> Iterator[Finding]:
    paged = _paged(found)
    for member in found.members.values():
        subject = Subject("user", member.user_id, member.name)
        lower = None if member.user_id in paged else Level.INFO
        if not member.methods:
            reason = "no contact method that is enabled; no page reaches them"
            yield finding(Code.PERSON_WITHOUT_CONTACT, subject, reason, "add a contact method", lower)
        elif not member.verified:
            reason = "none of their contact methods is verified; a page may go to somebody else"
            remedy = "verify one of their contact methods"
            yield finding(Code.PERSON_WITHOUT_VERIFIED_CONTACT, subject, reason, remedy, lower)


def _paged(found: Gathered) -> set[UUID]:
    """Whom policies name: themselves, by a team, or by a schedule in which they are on call this week."""
    users: set[UUID] = set()
    for policy in found.policies:
        for target in [*policy.plan.fallback, *(t for step in policy.plan.steps for t in step.targets)]:
            match target.kind:
                case TargetKind.USER:
                    users.add(UUID(target.value))
                case TargetKind.TEAM:
                    users.update(found.teams.get(UUID(target.value), ()))
                case TargetKind.SCHEDULE:
                    roster = found.rosters.get(UUID(target.value))
                    users.update(d.user_id for d in (roster.duties if roster else ()) if d.user_id is not None)
                case _:
                    pass
    return users


def _rules(found: Rules) -> Iterator[Finding]:
    whole = None if found.service_id is None else Whole("service", found.service_id)
    final: dict[str | None, str] = {}
    for rule in found.rules:
        shadow = final.get(None) or final.get(rule.condition)
        if shadow is not None:
            always = None in final
            yield finding(
                Code.RULE_SHADOWED,
                Subject("event_rule", rule.rule_id, f"{found.of}, {rule.name}", whole),
                f"it is never asked: rule “{shadow}” before it "
                + ("matches every event" if always else "has the same condition")
                + " and is the last to be asked then",
                "move it before that rule, let that rule go on, or remove one of them",
            )
        elif not rule.goes_on:
            final[rule.condition] = rule.name


def _keys(keys: Sequence[Key], now: datetime) -> Iterator[Finding]:
    for key in keys:
        if key.last_used_at is None and now - key.created_at >= UNUSED_AFTER:
            yield finding(
                Code.ROUTING_KEY_UNUSED,
                Subject("routing_key", key.key_id, key.name, Whole("integration", key.integration_id)),
                f"no event has come by it since it was made on {key.created_at:%Y-%m-%d}",
                "point a tool at it, or revoke it",
            )


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _length(spans: Sequence[Span]) -> str:
    minutes = int(sum((s.ends_at - s.starts_at for s in spans), timedelta(0)).total_seconds() // 60)
    days, rest = divmod(minutes, 1440)
    parts = [
        f"{days} d" if days else "",
        f"{rest // 60} h" if rest // 60 else "",
        f"{rest % 60} min" if rest % 60 else "",
    ]
    return " ".join(part for part in parts if part) or "less than a minute"
