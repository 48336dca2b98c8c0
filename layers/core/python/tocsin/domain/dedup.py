"""The order of events of one (service, dedup key), and what each of them does to its alert.

Queues do not keep order, so each key keeps the newest trigger and the newest resolve it has seen, and an
event that comes late is judged against them. Where two requests tie, paging wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from tocsin.domain.incident import Status


class EventAction(StrEnum):
    """What an inbound event asks for."""

    TRIGGER = "trigger"
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"
    CHANGE = "change"


class Outcome(StrEnum):
    """What became of an event; stored with it."""

    OPENED = "opened"
    COUNTED = "counted"
    REOPENED_NOTHING = "older_than_resolve"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    ALREADY = "already"
    STALE = "older_than_trigger"
    NO_OPEN_ALERT = "no_open_alert"
    STORED = "stored"
    REFUSED = "refused_key"


SEVERAL_REQUESTS: Final = UUID(int=0)
"""Stands for the request of triggers that several requests made within one millisecond: no resolve comes after all."""


@dataclass(frozen=True, slots=True)
class Position:
    """When an event was received: the gateway's instant, then its index within the request."""

    received_at: datetime
    request_id: UUID
    index: int

    @property
    def order(self) -> tuple[datetime, UUID, int]:
        """What events are judged in the order of: a request's own stay together, since none comes between them."""
        return self.received_at, self.request_id, self.index

    def newer_than(self, other: "Position | None", *, wins_tie: bool) -> bool:
        """Whether this comes after `other`; within one millisecond two requests tie."""
        if other is None or self.received_at > other.received_at:
            return True
        if self.received_at < other.received_at:
            return False
        return self.index > other.index if self.request_id == other.request_id else wins_tie


@dataclass(frozen=True, slots=True)
class KeyState:
    """What is remembered of a dedup key, and its open incident's status if there is one."""

    triggered_through: Position | None
    resolved_through: Position | None
    open_status: Status | None


@dataclass(frozen=True, slots=True)
class Step:
    """One event judged: its outcome, and the state it leaves behind."""

    outcome: Outcome
    state: KeyState


def judge(state: KeyState, action: EventAction, position: Position) -> Step:
    """Decide what one event does.

    A trigger not newer than the last resolve only counts; a resolve or acknowledge older than the last
    trigger does nothing; a resolve is remembered even when nothing is open, so a trigger that
    overtook it on the way can't open an incident afterwards.
    """
    match action:
        case EventAction.TRIGGER:
            return _trigger(state, position)
        case EventAction.RESOLVE:
            return _resolve(state, position)
        case EventAction.ACKNOWLEDGE:
            return Step(*_acknowledge(state, position))
        case EventAction.CHANGE:
            return Step(Outcome.STORED, state)


def _trigger(state: KeyState, position: Position) -> Step:
    if not position.newer_than(state.resolved_through, wins_tie=True):
        return Step(Outcome.REOPENED_NOTHING, state)
    if state.open_status is None:
        return Step(Outcome.OPENED, replace(state, triggered_through=position, open_status=Status.TRIGGERED))
    return Step(Outcome.COUNTED, replace(state, triggered_through=_joined(state.triggered_through, position)))


def _resolve(state: KeyState, position: Position) -> Step:
    if not position.newer_than(state.triggered_through, wins_tie=False):
        return Step(Outcome.STALE, state)
    after = replace(state, resolved_through=_later(state.resolved_through, position))
    if state.open_status is None:
        return Step(Outcome.NO_OPEN_ALERT, after)
    return Step(Outcome.RESOLVED, replace(after, open_status=None))


def _acknowledge(state: KeyState, position: Position) -> tuple[Outcome, KeyState]:
    if state.open_status is None:
        return Outcome.NO_OPEN_ALERT, state
    if not position.newer_than(state.triggered_through, wins_tie=False):
        return Outcome.STALE, state
    if state.open_status is Status.ACKNOWLEDGED:
        return Outcome.ALREADY, state
    return Outcome.ACKNOWLEDGED, replace(state, open_status=Status.ACKNOWLEDGED)


def _later(known: Position | None, position: Position) -> Position:
    return position if position.newer_than(known, wins_tie=True) else known or position


def _joined(known: Position | None, position: Position) -> Position:
    """The newest of the triggers of an open alert; what two requests made in one millisecond belongs to neither."""
    if known and known.received_at == position.received_at and known.request_id != position.request_id:
        return replace(position, request_id=SEVERAL_REQUESTS)
    return _later(known, position)


def fold(state: KeyState, events: Sequence[tuple[EventAction, Position]]) -> list[Step]:
    """Judge events one after the other, oldest first; answers a step for each, in the order given."""
    order = sorted(range(len(events)), key=lambda i: events[i][1].order)
    steps: dict[int, Step] = {}
    for i in order:
        action, position = events[i]
        steps[i] = judge(state, action, position)
        state = steps[i].state
    return [steps[i] for i in range(len(events))]
