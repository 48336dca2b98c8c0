"""Whom the steps of escalations reach now: looked up for all of them at once, and turns taken where they are pinned."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from tocsin.domain.escalation import Page, Plan, PolicyStep, Prospect, Target, TargetKind
from tocsin.domain.incident import Urgency
from tocsin.domain.recipients import Destination, Directory, OnCall, Reach, reach, reach_in_turn
from tocsin.domain.step_condition import Circumstances, unmet
from tocsin_data.db import Tx
from tocsin_data.sql import destinations, directories, escalations


@dataclass(slots=True)
class View:
    """What one escalation finds around it: who there is, and what its incident is like."""

    directory: Directory
    urgency: Urgency
    circumstances: Circumstances
    time_zone: str
    _reaches: dict[UUID, Reach] = field(default_factory=dict[UUID, Reach])

    def look(self, step: PolicyStep) -> Prospect:
        """What a step would do now."""
        why = unmet(step.conditions, self.circumstances, self.time_zone)
        return Prospect(why is None and bool(self.reach(step).recipients), why)

    def reach(self, step: PolicyStep) -> Reach:
        """Whom all targets of a step reach."""
        if step.step_id not in self._reaches:
            self._reaches[step.step_id] = reach(step, self.directory, self.urgency)
        return self._reaches[step.step_id]

    def page(self, step: PolicyStep, turn: int | None) -> Reach:
        """Whom a step pages; with a turn, by it."""
        return self.reach(step) if turn is None else reach_in_turn(step, self.directory, self.urgency, turn)


@dataclass(frozen=True, slots=True)
class Turns:
    """The steps of one escalation that take turns: those it has its turn in, and those it is about to take."""

    org_id: UUID
    policy_id: UUID
    pinned: Mapping[str, int]
    pages: Sequence[Page]

    @property
    def wanted(self) -> list[UUID]:
        """The steps it needs a turn in."""
        taken = (p.step for p in self.pages if p.reaches and p.step.round_robin)
        return list(dict.fromkeys(step.step_id for step in taken if str(step.step_id) not in self.pinned))


def look_up(tx: Tx, plans: Iterable[Plan]) -> dict[UUID, Directory]:
    """What the targets of plans stand for, for each organization; nothing is asked for that no plan has."""
    targets = {target for plan in plans for target in _targets(plan)}
    users, teams = _ids(targets, TargetKind.USER), _ids(targets, TargetKind.TEAM)
    schedules, places = _ids(targets, TargetKind.SCHEDULE), _ids(targets, TargetKind.DESTINATION)
    on_call = _on_call(tx, schedules) if schedules else {}
    shifts = {user for found in on_call.values() for user in (*found.now, *found.next)}
    found = directories.directories(tx, [*users, *shifts], teams) if users or teams or shifts else {}
    known = destinations.reachable(tx, places) if places else {}
    if not on_call and not known:
        return found
    return {org_id: _joined(found.get(org_id, Directory()), on_call, known.get(org_id, {})) for org_id in tx.orgs}


def take_turns(tx: Tx, asking: Mapping[UUID, Turns]) -> dict[UUID, dict[str, int]]:
    """The turns of escalations (by id) in their steps, taken where they have none yet, in the order they ask."""
    wanted = Counter((turns.org_id, turns.policy_id, step_id) for turns in asking.values() for step_id in turns.wanted)
    if not wanted:
        return {escalation_id: dict(turns.pinned) for escalation_id, turns in asking.items()}
    following = escalations.take_turns(tx, [(*key, number) for key, number in wanted.items()])
    taken: dict[UUID, dict[str, int]] = {}
    for escalation_id, turns in asking.items():
        taken[escalation_id] = dict(turns.pinned)
        for step_id in turns.wanted:
            taken[escalation_id][str(step_id)] = following[turns.policy_id, step_id]
            following[turns.policy_id, step_id] += 1
    return taken


def _targets(plan: Plan) -> Iterable[Target]:
    yield from plan.fallback
    for step in plan.steps:
        yield from step.targets


def _ids(targets: Iterable[Target], kind: TargetKind) -> list[UUID]:
    return [UUID(target.value) for target in targets if target.kind is kind]


def _on_call(tx: Tx, schedule_ids: Sequence[UUID]) -> dict[UUID, OnCall]:
    from tocsin_data.services import on_call  # brings what schedules need, which most escalations never do

    found = on_call.on_call_now(tx, schedule_ids)
    return {i: OnCall(o.name, o.now, o.next, o.now_reason, o.next_reason) for i, o in found.items()}


def _joined(directory: Directory, on_call: Mapping[UUID, OnCall], places: Mapping[UUID, Destination]) -> Directory:
    return replace(directory, schedules=on_call, destinations=places)
