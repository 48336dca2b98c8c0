"""How an escalation walks its policy: steps, delays, rounds, and what happens when nobody can be reached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

TIMER_REACH: Final = timedelta(seconds=900)
"""The longest delay a queue can hold (SQS DelaySeconds); later instants are armed by the sweep."""


class State(StrEnum):
    """Where an escalation stands."""

    WAITING = "waiting"
    STOPPED = "stopped"
    EXHAUSTED = "exhausted"


class TargetKind(StrEnum):
    """What a step may page."""

    USER = "user"
    TEAM = "team"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Target:
    """One target of a step; `value` is an id, or an address for e-mail."""

    kind: TargetKind
    value: str


@dataclass(frozen=True, slots=True)
class PolicyStep:
    """One step: wait `delay`, then page all targets at once."""

    step_id: UUID
    delay: timedelta
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A pinned policy version: its steps, how many rounds, and the wait after a round's last step."""

    steps: tuple[PolicyStep, ...]
    rounds: int
    round_delay: timedelta


@dataclass(frozen=True, slots=True)
class Cursor:
    """The next step to take: round and position, both from 0; past the last step of the last round it ends."""

    round: int
    position: int


START: Final = Cursor(0, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """Take this step: page whom it reaches; `reaches` is False when that is nobody."""

    cursor: Cursor
    step: PolicyStep
    reaches: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing more to do before `until`, when the step at `cursor` is due."""

    cursor: Cursor
    until: datetime


@dataclass(frozen=True, slots=True)
class Exhausted:
    """No step is left; `reached` says whether anybody was ever paged by this walk or before."""

    cursor: Cursor


def advance(
    plan: Plan, cursor: Cursor, now: datetime, reaches: Callable[[PolicyStep], bool]
) -> tuple[Sequence[Page], Wait | Exhausted]:
    """Take the step that is due, and go on at once past steps that reach nobody.

    Answers the steps taken, in order, and what comes next. A step without delay after one that
    paged somebody is taken in the same breath; whoever was paged in this breath has the whole of the next delay, even
    if the step just before it reached nobody. A whole round that reaches nobody ends the walk, since the next would
    do the same.
    """
    taken: list[Page] = []
    reached_now = False
    reached_in_round = cursor.position > 0
    while (step := step_at(plan, cursor)) is not None:
        reached = reaches(step)
        taken.append(Page(cursor, step, reached))
        reached_now = reached_now or reached
        reached_in_round = reached_in_round or reached
        following = after(plan, cursor)
        if following.round != cursor.round:
            if not reached_in_round:
                return taken, Exhausted(Cursor(plan.rounds, 0))
            reached_in_round = False
        delay = delay_before(plan, following) if reached_now else timedelta(0)
        if delay > timedelta(0):
            return taken, Wait(following, now + delay)
        cursor = following
    return taken, Exhausted(cursor)


def first_due(plan: Plan, now: datetime) -> Wait | Exhausted:
    """When the first step is due; a plan without steps is exhausted from the start."""
    if not plan.steps:
        return Exhausted(Cursor(plan.rounds, 0))
    return Wait(START, now + plan.steps[0].delay)


def step_at(plan: Plan, cursor: Cursor) -> PolicyStep | None:
    """The step a cursor points to, or None past the end."""
    if cursor.round >= plan.rounds or cursor.position >= len(plan.steps):
        return None
    return plan.steps[cursor.position]


def after(plan: Plan, cursor: Cursor) -> Cursor:
    """The cursor that follows; past the last step of a round comes the first of the next."""
    if cursor.position + 1 < len(plan.steps):
        return Cursor(cursor.round, cursor.position + 1)
    return Cursor(cursor.round + 1, 0)


def delay_before(plan: Plan, cursor: Cursor) -> timedelta:
    """The wait before the step at `cursor`, counted from the step before it."""
    if cursor.position == 0 and cursor.round > 0:
        first = plan.steps[0].delay if cursor.round < plan.rounds and plan.steps else timedelta(0)
        return plan.round_delay + first
    return plan.steps[cursor.position].delay


def timer_delay(now: datetime, due_at: datetime) -> int | None:
    """Whole seconds a queue should hold a wake-up, rounded up, or None when the sweep must arm it later."""
    remaining = due_at - now
    if remaining > TIMER_REACH:
        return None
    whole = -(-remaining // timedelta(seconds=1))
    return max(0, whole)
