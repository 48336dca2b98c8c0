"""Whom the targets of a step reach: people through their contact methods, each person once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.escalation import PolicyStep, Target, TargetKind, Who, in_turn
from tocsin.domain.incident import Urgency

FALLBACK_TARGET: Final = "fallback"
DEFAULT_RULE: Final = "default"
"""The rule of who has made none: every method at once."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way to reach someone. `address` is an e-mail address, `sealed` the secrets of other channels.

    `delay` is how long it is held back for the methods before it, by the notification rule that `rule` names.
    """

    channel: str
    contact_method_id: UUID | None = None
    address: str | None = None
    sealed: str | None = None
    delay: timedelta = timedelta(0)
    rule: str = DEFAULT_RULE
    destination_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the organization and how to reach them: all methods, and those of their rules by urgency."""

    user_id: UUID
    name: str
    methods: tuple[Method, ...]
    rules: Mapping[str, tuple[Method, ...]] = field(default_factory=dict[str, tuple[Method, ...]])

    def methods_for(self, urgency: Urgency) -> tuple[Method, ...]:
        """The methods for an urgency; all of them at once where no rule names one that is still there."""
        return self.rules.get(urgency) or self.methods


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is on call in a schedule now, and who will be next, with the reason of each in words."""

    name: str
    now: tuple[UUID, ...] = ()
    next: tuple[UUID, ...] = ()
    now_reason: str = ""
    next_reason: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """A webhook or chat channel that is nobody's; `disabled_reason` says why it is switched off."""

    destination_id: UUID
    name: str
    channel: str
    sealed: str
    disabled_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """What targets stand for, as of now: people by id, the members of each team, who is on call, and destinations."""

    people: Mapping[UUID, Person] = field(default_factory=dict[UUID, Person])
    teams: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict[UUID, tuple[UUID, ...]])
    schedules: Mapping[UUID, OnCall] = field(default_factory=dict[UUID, OnCall])
    destinations: Mapping[UUID, Destination] = field(default_factory=dict[UUID, Destination])


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a step pages. `target` says whom within the step: user:<id>, email:<address>, destination:<id>, fallback.

    `via` says by which turn of which schedule, if by one.
    """

    target: str
    name: str | None
    methods: tuple[Method, ...]
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a step reaches, and which of its targets reach nobody, with the reason of each."""

    recipients: tuple[Recipient, ...]
    unreachable: tuple[tuple[Target, str], ...]


def rule_name(urgency: Urgency, delay: timedelta) -> str:
    """What a notification calls the rule it goes by; the same however often the rules are written anew."""
    return f"{urgency}:{int(delay.total_seconds())}"


def reach(step: PolicyStep, directory: Directory, urgency: Urgency) -> Reach:
    """Resolve a step's targets now; a person reached by two of them is listed once."""
    found: dict[str, Recipient] = {}
    unreachable: list[tuple[Target, str]] = []
    for target in step.targets:
        answers = list(_resolve(target, directory, urgency))
        for answer in answers:
            if isinstance(answer, Recipient):
                found.setdefault(answer.target, answer)
        if not any(isinstance(answer, Recipient) for answer in answers):
            reasons = [answer for answer in answers if isinstance(answer, str)]
            unreachable.append((target, reasons[0] if reasons else "the team has no members"))
    return Reach(tuple(found.values()), tuple(unreachable))


def reach_in_turn(step: PolicyStep, directory: Directory, urgency: Urgency, turn: int) -> Reach:
    """Resolve a step that takes turns: the target whose turn it is, or the first after it that reaches anybody."""
    passed: list[tuple[Target, str]] = []
    for candidate in in_turn(step, turn):
        found = reach(candidate, directory, urgency)
        if found.recipients:
            return Reach(found.recipients, (*passed, *found.unreachable))
        passed.extend(found.unreachable)
    return Reach((), tuple(passed))


def fallback(address: str) -> Recipient:
    """The organization's fallback contact as a recipient."""
    return Recipient(FALLBACK_TARGET, None, (Method("email", address=address),))


def _resolve(target: Target, directory: Directory, urgency: Urgency) -> Iterator[Recipient | str]:
    match target.kind:
        case TargetKind.EMAIL:
            yield Recipient(f"email:{target.value.lower()}", None, (Method("email", address=target.value),))
        case TargetKind.USER:
            yield _person(UUID(target.value), directory, urgency)
        case TargetKind.TEAM:
            members = directory.teams.get(UUID(target.value))
            if members is None:
                yield "the team no longer exists or has no members"
            else:
                for user_id in members:
                    yield _person(user_id, directory, urgency)
        case TargetKind.SCHEDULE:
            yield from _on_call(target, directory, urgency)
        case TargetKind.DESTINATION:
            yield _destination(UUID(target.value), directory)


def _on_call(target: Target, directory: Directory, urgency: Urgency) -> Iterator[Recipient | str]:
    schedule = directory.schedules.get(UUID(target.value))
    if schedule is None:
        yield "the schedule no longer exists"
        return
    is_now = target.who is Who.NOW
    users, reason = (schedule.now, schedule.now_reason) if is_now else (schedule.next, schedule.next_reason)
    said = f"{'on call' if is_now else 'next on call'} in {schedule.name}: {reason}"
    if not users:
        yield f"nobody is {said}"
    for user_id in users:
        found = _person(user_id, directory, urgency)
        yield replace(found, via=said) if isinstance(found, Recipient) else found


def _destination(destination_id: UUID, directory: Directory) -> Recipient | str:
    found = directory.destinations.get(destination_id)
    if found is None:
        return "the destination no longer exists"
    if found.disabled_reason is not None:
        return f"the destination {found.name} is switched off: {found.disabled_reason}"
    method = Method(found.channel, sealed=found.sealed, destination_id=destination_id)
    return Recipient(f"destination:{destination_id}", found.name, (method,))


def _person(user_id: UUID, directory: Directory, urgency: Urgency) -> Recipient | str:
    person = directory.people.get(user_id)
    if person is None:
        return "the user is no longer a member"
    methods = person.methods_for(urgency)
    if not methods:
        return "the user has no contact method"
    return Recipient(f"user:{user_id}", person.name, methods)
