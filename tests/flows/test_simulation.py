"""A simulation tells what then really happens: page for page, line for line of the timeline, instant for instant."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.support.flow import Flow, step
from tests.support.world import World
from tocsin.contracts.api_simulations import SimulatedEventInput, Simulation, SimulationInput
from tocsin.domain.dedup import EventAction
from tocsin_data.services.simulating import simulate
from tocsin_data.views import incidents

MONDAY = datetime(2026, 12, 7, 8, 50, tzinfo=UTC)
"""Ten minutes before the rota hands over."""
type Happening = tuple[tuple[str | int, ...], datetime]
"""What happened, and when."""


def rota(world: World) -> UUID:
    """Alice and Bob in turn, a day each, from nine to nine."""
    schedule_id = uuid4()
    layer: dict[str, Any] = {
        "layer_id": str(uuid4()),
        "name": "days",
        "unit": "days",
        "length": 1,
        "handoff": "09:00",
        "starts_on": "2026-11-30",
        "anchor_index": 0,
        "participants": [str(world.alice.user_id), str(world.bob.user_id)],
        "restrictions": [],
        "ends_at": None,
        "carried": None,
    }
    with world.database.admin() as conn:
        conn.execute(
            "insert into schedule (id, org_id, name, current_version, created_at) values (%s, %s, 'rota', 1, now())",
            (schedule_id, world.org_id),
        )
        conn.execute(
            "insert into schedule_version (org_id, schedule_id, version, effective_at, time_zone, layers, created_at,"
            " created_by) values (%s, %s, 1, '2026-01-01Z', 'UTC', %s, now(), 'test')",
            (world.org_id, schedule_id, json.dumps([layer])),
        )
    return schedule_id


def simulated(flow: Flow, *events: SimulatedEventInput, until: str) -> Simulation:
    """What is said to happen from now on."""
    at = flow.world.now
    minutes = int(until.removesuffix("m"))
    asked = SimulationInput(
        service_id=flow.world.service_id, at=at, until=at + timedelta(minutes=minutes), events=list(events)
    )
    return simulate(flow.database.enter("app"), flow.world.org_id, asked, incidents.get)


def event(action: EventAction, *, after: int = 0) -> SimulatedEventInput:
    """As flows send it."""
    return SimulatedEventInput.model_validate(
        {"action": action, "summary": "disk full", "severity": "critical", "source": "test", "dedup_key": "disk"}
        | {"after_seconds": after}
    )


def told_pages(found: Simulation) -> list[Happening]:
    return sorted(
        ((p.target, p.channel, p.rule, p.round, p.position, p.retry, p.fate), p.sent_at or found.at)
        for p in found.pages
    )


def real_pages(flow: Flow, began_at: datetime) -> list[Happening]:
    rows = flow.database.rows(
        "select n.target, n.channel, n.rule, n.round, n.position, n.retry, n.state, a.started_at from notification n"
        " left join notification_attempt a on a.notification_id = n.id"
    )
    fates = {"delivered": "sent"}
    return sorted(((*row[:6], fates.get(row[6], row[6])), row[7] or began_at) for row in rows)


def told_timeline(found: Simulation) -> list[Happening]:
    return sorted(((e.kind, e.actor, text(e.data)), e.at) for e in found.timeline)


def real_timeline(flow: Flow) -> list[Happening]:
    rows = flow.database.rows("select kind, actor, data, at from timeline_entry")
    return sorted(((kind, actor, text(data)), at) for kind, actor, data, at in rows)


def expect_alike(real: list[Happening], told: list[Happening], slack: timedelta) -> None:
    """The same has happened, each at its instant, or later by no more than the test itself took."""
    assert [what for what, _ in real] == [what for what, _ in told]
    for (what, really_at), (_, at) in zip(real, told, strict=True):
        assert timedelta(0) <= really_at - at <= slack, (what, really_at, at)


def text(data: dict[str, Any]) -> str:
    """All of it but the incident's number, which only one that is kept uses up for good."""
    return json.dumps({**data, "number": None}, sort_keys=True)


def minute(at: datetime | None, began_at: datetime) -> int:
    return -1 if at is None else round((at - began_at).total_seconds() / 60)


def expect_the_same(flow: Flow, found: Simulation) -> None:
    """What really happened since is what was told."""
    took = flow.world.now - found.until
    expect_alike(real_pages(flow, found.at), told_pages(found), took)
    expect_alike(real_timeline(flow), told_timeline(found), took)
    rows = flow.database.rows("select outcome, trace from event order by received_at")
    assert [(e.outcome, e.trace) for e in found.events] == [(outcome, trace or []) for outcome, trace in rows]
    (incident,) = found.incidents
    assert incident.escalation is not None
    stands = flow.database.rows("select state, policy_id, policy_version, round, position from escalation")
    told = incident.escalation
    assert stands == [(told.state, told.policy_id, told.policy_version, told.round, told.position)]
    assert flow.database.rows("select status, severity, title from incident") == [
        (incident.status, incident.severity, incident.title)
    ]


def begin(flow: Flow) -> None:
    """It is Monday, ten to nine."""
    now = flow.world.now
    flow.database.advance(MONDAY - now)


def test_a_handoff_between_steps_repetitions_turns_rounds_and_the_fallback(flow: Flow) -> None:
    begin(flow)
    world = flow.world
    on_call = {"kind": "schedule", "value": str(rota(world)), "who": "now"}
    carol = world.person("Carol")
    flow.given(
        policy=[
            replace(step(on_call), retries=2, retry_interval=timedelta(minutes=4)),
            replace(step(world.alice, carol, after="7m"), round_robin=True),
            step({**on_call, "who": "next"}, after="20m"),
        ],
        rounds=2,
        round_delay="10m",
    )
    found = simulated(flow, event(EventAction.TRIGGER), until="180m")
    assert flow.database.rows("select count(*) from notification") == [(0,)]
    flow.trigger("disk full", "disk")
    flow.advance("180m")
    expect_the_same(flow, found)
    names = [(page.name, page.retry, minute(page.sent_at, found.at)) for page in found.pages if page.position == 0]
    assert names[:3] == [("Alice", 0, 0), ("Alice", 1, 4), ("Alice", 2, 8)]
    assert {name for name, _, at in names if at > 10} == {"Bob", None}
    assert found.ended == "settled"


def test_an_acknowledge_that_comes_between_two_steps(flow: Flow) -> None:
    begin(flow)
    flow.given(policy=[step(flow.world.alice), step(flow.world.bob, after="30m")])
    found = simulated(
        flow,
        event(EventAction.TRIGGER),
        event(EventAction.ACKNOWLEDGE, after=1200),
        event(EventAction.RESOLVE, after=3600),
        until="120m",
    )
    flow.trigger("disk full", "disk")
    flow.advance("20m")
    flow.acknowledge("disk")
    flow.advance("40m")
    flow.resolve("disk")
    flow.advance("60m")
    expect_the_same(flow, found)
    assert [page.name for page in found.pages] == ["Alice"]


def test_a_step_that_reaches_nobody_is_passed_in_both(flow: Flow) -> None:
    begin(flow)
    nobody = flow.world.person("Nobody", reachable=False)
    flow.given(policy=[step(nobody, after="1m"), step(flow.world.bob, after="2m")])
    found = simulated(flow, event(EventAction.TRIGGER), until="60m")
    flow.trigger("disk full", "disk")
    flow.advance("60m")
    expect_the_same(flow, found)
    assert "step_reached_nobody" in [entry.kind for entry in found.timeline]


def test_a_maintenance_window_that_ends_and_a_rule_that_routes(flow: Flow) -> None:
    begin(flow)
    world = flow.world
    flow.given(policy=[step(world.alice), step(world.bob, after="5m")])
    rule = {
        "rule_id": str(uuid4()),
        "name": "calm",
        "condition": 'event.source == "test"',
        "actions": {"severity": "warning", "urgency": "low"},
        "continues": False,
    }
    scope = {"service_ids": [str(world.service_id)], "labels": {}}
    with world.database.admin() as conn:
        conn.execute(
            "with s as (insert into event_rule_set (org_id, current_version, created_at) values (%(org)s, 1, now())"
            " returning id) insert into event_rule_set_version"
            " (org_id, event_rule_set_id, version, time_zone, rules, created_at, created_by)"
            " select %(org)s, id, 1, 'UTC', %(rules)s, now(), 'test' from s",
            {"org": world.org_id, "rules": json.dumps([rule])},
        )
        conn.execute(
            "insert into maintenance_window (org_id, kind, name, scope, time_zone, starts_at, ends_at, created_at,"
            " created_by) values (%s, 'maintenance', 'upgrade', %s, 'UTC', %s, %s, now(), 'test')",
            (world.org_id, json.dumps(scope), MONDAY - timedelta(hours=1), MONDAY + timedelta(minutes=10)),
        )
    found = simulated(flow, event(EventAction.TRIGGER), until="60m")
    flow.trigger("disk full", "disk")
    flow.advance("60m")
    expect_the_same(flow, found)
    assert [line["decision"] for line in found.events[0].trace] == ["rule_matched", "muted"]
    assert [(page.name, minute(page.sent_at, found.at)) for page in found.pages][:2] == [("Alice", 10), ("Bob", 15)]


def test_what_is_forgotten_pages_again_and_what_is_silent_resolves(flow: Flow) -> None:
    begin(flow)
    flow.given(policy=[step(flow.world.alice), step(flow.world.bob, after="30m")])
    with flow.database.admin() as conn:
        conn.execute("update service set acknowledgement_timeout_seconds = 1800, auto_resolve_seconds = 7200")
    events = (event(EventAction.TRIGGER), event(EventAction.ACKNOWLEDGE, after=300))
    found = simulated(flow, *events, until="180m")
    flow.trigger("disk full", "disk")
    flow.advance("5m")
    flow.acknowledge("disk")
    flow.advance("175m")
    expect_the_same(flow, found)
    assert [page.name for page in found.pages][:3] == ["Alice", "Alice", "Bob"]
    assert found.incidents[0].resolved_by == "system:silence"
