"""How an escalation walks its policy: steps, repetitions, delays, rounds, and what happens when nobody is reached."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from tocsin.domain.step_condition import ALWAYS, Conditions, While

TIMER_REACH: Final = timedelta(seconds=900)
"""The longest delay a queue can hold (SQS DelaySeconds); later instants are armed by the sweep."""
FALLBACK_STEP: Final = UUID(int=0)
"""Stands for the policy's fallback, which is taken as a step after the last round, and is none."""


class State(StrEnum):
    """Where an escalation stands."""

    WAITING = "waiting"
    HELD = "held"
    STOPPED = "stopped"
    EXHAUSTED = "exhausted"


class TargetKind(StrEnum):
    """What a step may page."""

    USER = "user"
    TEAM = "team"
    EMAIL = "email"
    SCHEDULE = "schedule"
    DESTINATION = "destination"


class Who(StrEnum):
    """Whom of a schedule a step pages: those on call, or those who will be next."""

    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Target:
    """One target of a step; `value` is an id, or an address for e-mail. `who` matters for schedules."""

    kind: TargetKind
    value: str
    who: Who = Who.NOW


@dataclass(frozen=True, slots=True)
class PolicyStep:
    """One step: wait `delay`, then page all targets at once, or one of them in turn; then again, `retries` times."""

    step_id: UUID
    delay: timedelta
    targets: tuple[Target, ...]
    retries: int = 0
    retry_interval: timedelta = timedelta(0)
    round_robin: bool = False
    conditions: Conditions = ALWAYS


@dataclass(frozen=True, slots=True)
class Plan:
    """A pinned policy version: its steps, how many rounds, the wait after a round's last step, and who comes then.

    `time_zone` is what the times of its steps' conditions are in.
    """

    steps: tuple[PolicyStep, ...]
    rounds: int
    round_delay: timedelta
    fallback: tuple[Target, ...] = ()
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The next step to take: round, position and repetition, all from 0.

    Past the last step of the last round comes the policy's fallback, if it has one, in the place of one more step.
    """

    round: int
    position: int
    retry: int = 0


START: Final = Cursor(0, 0)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a step would do now: whether it reaches anybody, and if its conditions don't hold, why not."""

    reaches: bool
    unmet: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Take this step: page whom it reaches. `reaches` is False when that is nobody, or when it is not to: `unmet`."""

    cursor: Cursor
    step: PolicyStep
    reaches: bool
    unmet: str | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing more to do before `until`, when the step at `cursor` is due."""

    cursor: Cursor
    until: datetime


@dataclass(frozen=True, slots=True)
class Exhausted:
    """No step is left."""

    cursor: Cursor


def advance(
    plan: Plan,
    cursor: Cursor,
    now: datetime,
    look: Callable[[PolicyStep], Prospect],
    *,
    acknowledged: bool = False,
) -> tuple[Sequence[Page], Wait | Exhausted]:
    """Take the step that is due, and go on at once past steps that reach nobody or are not for this incident or hour.

    Answers the steps taken, in order, and what comes next. A step without delay after one that
    paged somebody is taken in the same breath; whoever was paged in this breath has the whole of the next delay, even
    if the step just before it reached nobody. A step that reaches nobody is not repeated. A whole round that reaches
    nobody is the last. Once `acknowledged`, only steps that page until the incident is resolved are taken, at the
    instants they would have had with everybody paged in vain before.
    """
    taken: list[Page] = []
    reached_now = False
    reached_in_round = cursor.position > 0 or cursor.retry > 0
    at = now
    while True:
        if acknowledged:
            quiet = _past_quiet(plan, cursor, at)
            reached_now, reached_in_round = reached_now or quiet.cursor != cursor, True
            cursor, at = quiet.cursor, quiet.until
        step = step_at(plan, cursor)
        if step is None and (acknowledged or at <= now):
            return taken, Exhausted(cursor)
        if step is None or at > now:
            return taken, Wait(cursor, at)
        seen = look(step)
        reaches = seen.reaches and seen.unmet is None
        taken.append(Page(cursor, step, reaches, seen.unmet))
        reached_now = reached_now or reaches
        reached_in_round = reached_in_round or reaches
        following = after(plan, cursor) if reaches else after(plan, past_retries(plan, cursor))
        if following.round != cursor.round:
            if not reached_in_round:
                cursor = Cursor(plan.rounds, 0)
                continue
            reached_in_round = False
        if reached_now:
            at += delay_before(plan, following)
        cursor = following


def first_due(plan: Plan, now: datetime) -> Wait | Exhausted:
    """When the first step is due; a plan without steps goes on at once to its fallback, or is exhausted."""
    if not plan.steps:
        end = Cursor(plan.rounds, 0)
        return Wait(end, now) if plan.fallback else Exhausted(end)
    return Wait(START, now + plan.steps[0].delay)


def after_acknowledgement(plan: Plan, cursor: Cursor, until: datetime, now: datetime) -> Wait | None:
    """What goes on once an incident is acknowledged while the step at `cursor` was due at `until`, or None.

    It is the next step that pages until the incident is resolved, at the instant it would have had.
    """
    found = _past_quiet(plan, cursor, until)
    return None if step_at(plan, found.cursor) is None else Wait(found.cursor, max(found.until, now))


def after_failure(plan: Plan, cursor: Cursor) -> Cursor:
    """What comes next when all pages of the step before `cursor` have failed: not the same again, but what follows."""
    return cursor if cursor.retry == 0 else after(plan, past_retries(plan, cursor))


def transfer(old: Plan, new: Plan, cursor: Cursor) -> Cursor:
    """Where an escalation stands when it moves from one version of its policy to another.

    At the same step, known by its id, at the same repetition if the step still has so many; else at the next of the
    old version's steps that the new one has; else at the end of the round.
    """
    if cursor.round >= old.rounds:
        return Cursor(new.rounds, cursor.position) if cursor.position else _in_rounds(new, Cursor(cursor.round, 0))
    places = {step.step_id: position for position, step in enumerate(new.steps)}
    for position in range(cursor.position, len(old.steps)):
        place = places.get(old.steps[position].step_id)
        if place is None:
            continue
        retry = cursor.retry if position == cursor.position else 0
        if retry > new.steps[place].retries:
            return _in_rounds(new, after(new, Cursor(cursor.round, place, new.steps[place].retries)))
        return _in_rounds(new, Cursor(cursor.round, place, retry))
    return _in_rounds(new, Cursor(cursor.round + 1, 0))


def step_at(plan: Plan, cursor: Cursor) -> PolicyStep | None:
    """The step a cursor points to, the fallback in its place, or None past the end."""
    if is_fallback(plan, cursor):
        return PolicyStep(FALLBACK_STEP, plan.round_delay, plan.fallback)
    if cursor.round >= plan.rounds or cursor.position >= len(plan.steps):
        return None
    return plan.steps[cursor.position]


def is_fallback(plan: Plan, cursor: Cursor) -> bool:
    """Whether a cursor points to the policy's own fallback."""
    return bool(plan.fallback) and cursor.round >= plan.rounds and cursor.position == 0


def after(plan: Plan, cursor: Cursor) -> Cursor:
    """The cursor that follows: the next repetition, the next step, the first of the next round, what ends it."""
    step = step_at(plan, cursor)
    if step is not None and cursor.retry < step.retries:
        return replace(cursor, retry=cursor.retry + 1)
    if cursor.round >= plan.rounds or cursor.position + 1 < len(plan.steps):
        return Cursor(cursor.round, cursor.position + 1)
    return Cursor(cursor.round + 1, 0)


def past_retries(plan: Plan, cursor: Cursor) -> Cursor:
    """The last repetition of the step a cursor points to."""
    step = step_at(plan, cursor)
    return cursor if step is None else replace(cursor, retry=max(cursor.retry, step.retries))


def delay_before(plan: Plan, cursor: Cursor) -> timedelta:
    """The wait before what `cursor` points to, counted from what was before it."""
    if cursor.round >= plan.rounds:
        return plan.round_delay
    step = plan.steps[cursor.position]
    if cursor.retry > 0:
        return step.retry_interval
    return plan.round_delay + step.delay if cursor.position == 0 and cursor.round > 0 else step.delay


def in_turn(step: PolicyStep, turn: int) -> Iterator[PolicyStep]:
    """A step that takes turns, as it pages the target whose turn it is; then as it would page those after it."""
    for number in range(len(step.targets)):
        yield replace(step, targets=(step.targets[(turn + number) % len(step.targets)],))


def timer_delay(now: datetime, due_at: datetime) -> int | None:
    """Whole seconds a queue should hold a wake-up, rounded up, or None when the sweep must arm it later."""
    remaining = due_at - now
    if remaining > TIMER_REACH:
        return None
    whole = -(-remaining // timedelta(seconds=1))
    return max(0, whole)


def _past_quiet(plan: Plan, cursor: Cursor, at: datetime) -> Wait:
    """Pass what an acknowledgement has made quiet, each with its whole delay."""
    while (step := step_at(plan, cursor)) is not None and step.conditions.until is While.NOT_ACKNOWLEDGED:
        cursor = after(plan, cursor)
        at += delay_before(plan, cursor)
    return Wait(cursor, at)


def _in_rounds(plan: Plan, cursor: Cursor) -> Cursor:
    return cursor if cursor.round < plan.rounds else Cursor(plan.rounds, 0)
