"""Incidents driven at random, against a model of whom they page and when.

People trigger, acknowledge, un-acknowledge, snooze, resolve and edit the policy; messages are lost and come twice;
time passes. Of every escalation the steps that were due must have been taken, in order, each once and at its instant,
none after what ended it; and the timeline must tell all of it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.support import flow as flows
from tests.support.flow import Flow, queue_url
from tests.support.world import StepSpec, World
from tocsin.contracts.api_incidents import SnoozeInput
from tocsin.domain.incident import Action
from tocsin_data.services import responding, snoozing
from tocsin_data.services.leaving import LeavingSettings
from tocsin_data.services.responding import Moved

TOLERANCE = timedelta(seconds=40)
"""A lost timer is made good within 35 s; the rest is the machine's own pace, since its clock runs on."""
ROUND_DELAY = timedelta(minutes=5)
LEAVING = LeavingSettings(deliveries_queue_url=queue_url("deliveries"), escalations_queue_url=queue_url("escalations"))
DELAYS = st.sampled_from([timedelta(0), timedelta(seconds=30), timedelta(minutes=2)])
STEP_SHAPES = st.lists(st.tuples(DELAYS, st.integers(0, 2)), min_size=1, max_size=3)
RETRY_INTERVAL = timedelta(seconds=45)


@dataclass(frozen=True, slots=True)
class Beat:
    """Somebody is to be paged, so long after whoever was paged before."""

    gap: timedelta
    target: str


@dataclass(slots=True)
class Run:
    """One walk through the policy, from its start until somebody ended it."""

    generation: int
    beats: Sequence[Beat]
    started: datetime
    ended: datetime | None = None


@dataclass(slots=True)
class Life:
    """An incident as the model knows it."""

    title: str
    key: str
    incident_id: Any
    beats: Sequence[Beat]
    status: str = "triggered"
    snoozed_until: datetime | None = None
    runs: list[Run] = field(default_factory=list[Run])
    told: Counter[str] = field(default_factory=Counter[str])


class Lives(RuleBasedStateMachine):
    """The machine; `build` is set by the test, since Hypothesis makes the instances, and called through the class."""

    build: ClassVar[Any]
    names: ClassVar[Iterator[int]] = count(1)
    lives = Bundle("lives")

    def __init__(self) -> None:
        super().__init__()
        self.flow: Flow = type(self).build()
        self.flow.sweep_every = "15s"
        self.world = self.flow.world
        self.everyone: list[Life] = []
        self.steps: list[StepSpec] = []
        self.version = 0

    def teardown(self) -> None:
        self._rows("delete from organization where id = %s returning id", self.world.org_id)

    @initialize(shape=STEP_SHAPES)
    def first_policy(self, shape: Sequence[tuple[timedelta, int]]) -> None:
        self.steps = self._steps(shape)
        self.world.policy(self.steps, round_delay=ROUND_DELAY)
        self.version = 1

    @rule(shape=STEP_SHAPES)
    def edit(self, shape: Sequence[tuple[timedelta, int]]) -> None:
        self.version += 1
        self.steps = self._steps(shape)
        self.world.edit_policy(self.version, self.steps)

    @rule(target=lives, lost=st.sampled_from([None, "deliveries", "escalations"]))
    def trigger(self, lost: str | None) -> Life:
        title = f"incident {next(self.names)}."
        self.flow.lost = {lost} if lost else set()
        started = self._now()
        key = self.flow.trigger(title)
        self.flow.lost = set()
        ((incident_id,),) = self._rows("select id from incident where title = %s", title)
        life = Life(title, key, incident_id, self._beats())
        self._begin(life, started)
        life.told["triggered"] += 1
        self.everyone.append(life)
        return life

    @rule(life=lives, crash=st.booleans())
    def acknowledge(self, life: Life, crash: bool) -> None:
        if life.status != "triggered":
            return
        self._act(life, Action.ACKNOWLEDGE, crash=crash)
        self._end(life, "acknowledged")
        life.status = "acknowledged"

    @rule(life=lives, crash=st.booleans())
    def unacknowledge(self, life: Life, crash: bool) -> None:
        if life.status != "acknowledged":
            return
        self._act(life, Action.UNACKNOWLEDGE, crash=crash)
        life.told["unacknowledged"] += 1
        life.status, life.snoozed_until = "triggered", None
        self._begin(life, self._last(life, "unacknowledged"))

    @rule(life=lives)
    def resolve(self, life: Life) -> None:
        if life.status == "resolved":
            return
        self.flow.resolve(life.key)
        self._end(life, "resolved")
        life.status = "resolved"

    @rule(life=lives, seconds=st.sampled_from([20, 90]))
    def snooze(self, life: Life, seconds: int) -> None:
        if life.status != "triggered":
            return
        wish = SnoozeInput(seconds=seconds, instead_of=life.snoozed_until)
        self._did(life, snoozing.snooze(self._app(), self.world.org_id, life.incident_id, wish, "user:1"), crash=False)
        self._end(life, "snoozed")
        ((life.snoozed_until,),) = self._rows("select snoozed_until from incident where id = %s", life.incident_id)

    @rule(time=st.sampled_from(["10s", "40s", "100s"]), lost=st.sampled_from([None, "escalations", "deliveries"]))
    def wait(self, time: str, lost: str | None) -> None:
        self.flow.lost = {lost} if lost else set()
        self.flow.advance(time)
        self.flow.lost = set()
        self._snoozes_end()

    @rule()
    @precondition(lambda self: self._none_in_flight())
    def lose_outcomes(self) -> None:
        self.flow.lost = {"outcomes"}
        self.flow.advance("10s")
        self.flow.lost = set()
        self.flow.advance("60s")
        self._snoozes_end()

    @rule(twice=st.booleans())
    def everything_twice(self, twice: bool) -> None:
        self.flow.sqs.duplicate = twice

    @invariant()
    def every_due_page_was_decided_on_once(self) -> None:
        for life in self.everyone:
            for run in life.runs:
                self._check(life, run)

    @invariant()
    def nothing_was_claimed_after_its_escalation_moved_on(self) -> None:
        late = self._rows(
            "select n.id from notification_attempt a join notification n on n.id = a.notification_id"
            " join timeline_entry t on t.incident_id = n.incident_id and t.kind = any(%s)"
            " where n.org_id = %s and t.at < a.started_at and t.at > n.created_at",
            ["acknowledged", "resolved", "snoozed"],
            self.world.org_id,
        )
        assert late == []

    @invariant()
    def nobody_was_told_twice(self) -> None:
        sent = Counter(
            (mail.to, life.title) for mail in self.flow.pages() for life in self.everyone if life.title in mail.subject
        )
        meant = self._rows(
            "select n.address, i.title, sum(1 + n.uncertain_count), count(*) filter (where n.state = 'delivered')"
            " from notification n join incident i on i.id = n.incident_id where n.org_id = %s group by 1, 2",
            self.world.org_id,
        )
        for address, title, most, least in meant:
            assert least <= sent.pop((address, title), 0) <= most, (address, title)
        assert not sent

    @invariant()
    def the_timeline_is_complete(self) -> None:
        for life in self.everyone:
            found = Counter(
                kind
                for (kind,) in self._rows("select kind from timeline_entry where incident_id = %s", life.incident_id)
            )
            assert {kind: found[kind] for kind in life.told} == life.told, life.title
        untold = self._rows(
            "select n.id from notification n where n.org_id = %s and not exists (select from timeline_entry t"
            " where t.incident_id = n.incident_id and t.kind in ('paged', 'fallback_paged') and t.at = n.created_at)",
            self.world.org_id,
        )
        assert untold == []

    def _check(self, life: Life, run: Run) -> None:
        taken = self._rows(
            "select target, address, created_at from notification"
            " where incident_id = %s and generation = %s order by created_at, position, retry",
            life.incident_id,
            run.generation,
        )
        assert len(taken) <= len(run.beats), (life.title, taken)
        before = run.started
        for beat, (target, address, at) in zip(run.beats, taken, strict=False):
            assert beat.target in {target, address}, (life.title, beat, taken)
            assert before + beat.gap - timedelta(seconds=1) <= at <= before + beat.gap + TOLERANCE, (
                life.title,
                beat,
                taken,
            )
            assert run.ended is None or at <= run.ended, (life.title, beat, taken)
            before = at
        if len(taken) < len(run.beats):
            due = before + run.beats[len(taken)].gap + TOLERANCE
            assert due > (run.ended or self._now()), (life.title, "was not paged for", run.beats[len(taken)])

    def _snoozes_end(self) -> None:
        for life in self.everyone:
            if life.snoozed_until is None:
                continue
            ended = self._last(life, "snooze_ended")
            if ended is not None and ended >= life.snoozed_until:
                assert ended <= life.snoozed_until + TOLERANCE
                life.told["snooze_ended"] += 1
                self._begin(life, ended)
                life.snoozed_until = None
            else:
                assert self._now() <= life.snoozed_until + TOLERANCE, (life.title, "sleeps on")

    def _end(self, life: Life, kind: str) -> None:
        life.told[kind] += 1
        ended = self._last(life, kind)
        if life.runs[-1].ended is None:
            life.runs[-1].ended = ended
        life.snoozed_until = None

    def _begin(self, life: Life, started: datetime | None) -> None:
        query = "select generation from escalation where incident_id = %s"
        ((generation,),) = self._rows(query, life.incident_id)
        assert started is not None
        assert generation not in {run.generation for run in life.runs}, (life.title, "began anew within a generation")
        life.runs.append(Run(generation, life.beats, started))

    def _last(self, life: Life, kind: str) -> datetime | None:
        query = "select max(at) from timeline_entry where incident_id = %s and kind = %s"
        ((at,),) = self._rows(query, life.incident_id, kind)
        return at

    def _act(self, life: Life, action: Action, *, crash: bool) -> None:
        moved = responding.act(self._app(), self.world.org_id, life.incident_id, action, "user:1")
        self._did(life, moved, crash=crash)

    def _did(self, life: Life, moved: Moved, *, crash: bool) -> None:
        assert moved.incident_id == life.incident_id
        if not crash:
            moved.leaving.send(LEAVING, "test")
            self.flow.pump()

    def _beats(self) -> list[Beat]:
        beats: list[Beat] = []
        for step in self.steps:
            (target,) = step.targets
            name = f"{target['kind']}:{target['value']}"
            beats += [Beat(step.after, name), *[Beat(step.retry_interval, name)] * step.retries]
        return [*beats, Beat(ROUND_DELAY, "fallback")]

    def _steps(self, shape: Sequence[tuple[timedelta, int]]) -> list[StepSpec]:
        steps: list[StepSpec] = []
        for number, (after, retries) in enumerate(shape):
            person = self.world.person(f"P{self.version}-{number}")
            # Steps at the same instant would be one breath, in which the order of pages says nothing.
            gap = max(after, timedelta(seconds=30)) if number else after
            steps.append(StepSpec([person.target], gap, retries, RETRY_INTERVAL if retries else timedelta(0)))
        return steps

    def _none_in_flight(self) -> bool:
        rows = self._rows(
            "select 1 from notification where org_id = %s and (uncertain_count > 0 or state in ('queued', 'claimed'))",
            self.world.org_id,
        )
        return not rows

    def _app(self) -> Any:
        return self.world.database.enter("app")

    def _now(self) -> datetime:
        ((now,),) = self._rows("select app.clock()")
        return now

    def _rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return self.world.database.rows(query, *parameters)


def test_whatever_happens_every_due_page_goes_out_once(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    Lives.build = lambda: flows.build(World(flow.database), monkeypatch)
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=12,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
            phases=[Phase.generate],  # an example takes seconds: shrinking one that fails would take an hour
        ),
    )
