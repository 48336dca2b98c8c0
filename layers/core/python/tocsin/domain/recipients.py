"""Whom the targets of a step reach: people through their contact methods, each person once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.escalation import PolicyStep, Target, TargetKind
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
class Directory:
    """Who there is, as of now: people by id, and the members of each team."""

    people: Mapping[UUID, Person] = field(default_factory=dict[UUID, Person])
    teams: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict[UUID, tuple[UUID, ...]])


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone a step pages. `target` identifies them within the step: user:<id>, email:<address> or fallback."""

    target: str
    name: str | None
    methods: tuple[Method, ...]


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


def _person(user_id: UUID, directory: Directory, urgency: Urgency) -> Recipient | str:
    person = directory.people.get(user_id)
    if person is None:
        return "the user is no longer a member"
    methods = person.methods_for(urgency)
    if not methods:
        return "the user has no contact method"
    return Recipient(f"user:{user_id}", person.name, methods)
