"""What people and time do to incidents, on a real PostgreSQL: taken back, snoozed, forgotten, silent, helped with."""

from datetime import timedelta
from typing import LiteralString

import pytest

from tests.support.paging import Paging
from tests.support.world import StepSpec, World
from tocsin.contracts.api_incidents import IncidentPatch, SnoozeInput
from tocsin.contracts.delivery import Result
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Action, Status, Urgency, WrongStatus
from tocsin.errors import Invalid, NotFound
from tocsin_data.services import amending, responding, snoozing, summoning
from tocsin_data.services.processing import process

ACTOR = "api_key:test"


@pytest.fixture
def paging(world: World) -> Paging:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    return Paging(world)


def kinds(world: World) -> list[str]:
    return [row[0] for row in world.database.rows("select kind from timeline_entry order by at, id")]


def one(world: World, query: LiteralString) -> tuple:
    (row,) = world.database.rows(query)
    return row


def setting(world: World, statement: LiteralString) -> None:
    world.database.rows(statement, world.service_id)


def snooze(paging: Paging, **how: object) -> responding.Moved:
    wish = SnoozeInput.model_validate(how)
    return snoozing.snooze(paging.app, paging.world.org_id, paging.incident(), wish, ACTOR)


def test_an_acknowledge_taken_back_pages_from_the_first_step(paging: Paging, world: World) -> None:
    paging.trigger()
    paging.act(Action.ACKNOWLEDGE)
    moved = paging.act(Action.UNACKNOWLEDGE)
    assert moved.status is Status.TRIGGERED
    assert [page.address for page in paging.sent(moved.leaving)] == [world.alice.email]
    assert one(world, "select status, acknowledged_at, acknowledged_by from incident") == ("triggered", None, None)
    world.database.advance(timedelta(minutes=10))
    assert [page.address for page in paging.wake()] == [world.bob.email]
    assert kinds(world) == ["triggered", "paged", "acknowledged", "unacknowledged", "paged", "paged"]


def test_a_resolved_incident_is_opened_again_with_its_alert(paging: Paging, world: World) -> None:
    paging.trigger()
    paging.act(Action.RESOLVE)
    other = world.policy([StepSpec([world.bob.target])])
    moved = paging.act(Action.REOPEN)
    assert [page.address for page in paging.sent(moved.leaving)] == [world.bob.email]
    assert one(world, "select status, resolved_at, resolved_by, reopened_count from incident") == (
        "triggered",
        None,
        None,
        1,
    )
    assert one(world, "select policy_id from escalation") == (other,)
    assert one(world, "select status, resolved_at from alert") == ("open", None)
    # the next event belongs to it, and a resolve by the tool ends it
    world.database.advance(timedelta(minutes=1))
    paging.trigger()
    assert one(world, "select event_count from alert") == (2,)
    world.database.advance(timedelta(minutes=1))
    process(paging.worker, [world.request(world.event(EventAction.RESOLVE))], key_budget_per_minute=6000)
    assert one(world, "select status from incident") == ("resolved",)


def test_what_came_anew_since_the_resolve_keeps_its_own_incident(paging: Paging, world: World) -> None:
    paging.trigger()
    first = paging.incident()
    paging.act(Action.RESOLVE)
    world.database.advance(timedelta(minutes=1))
    paging.trigger()
    responding.act(paging.app, world.org_id, first, Action.REOPEN, ACTOR)
    found = world.database.rows(
        "select i.number, i.status, a.status from incident i join alert a on a.incident_id = i.id order by 1"
    )
    assert found == [(found[0][0], "triggered", "resolved"), (found[1][0], "triggered", "open")]


def test_a_snoozed_incident_pages_nobody_until_its_end_and_then_from_the_first_step(
    paging: Paging, world: World
) -> None:
    paging.trigger()
    (page,) = paging.pages
    snooze(paging, seconds=3600)
    (answer,) = paging.claim(page)
    assert answer.reason == "incident_moved_on"
    world.database.advance(timedelta(minutes=59))
    assert paging.sweep().lapsed == 0
    assert paging.wake() == []
    world.database.advance(timedelta(minutes=1, seconds=1))
    paging.pages.clear()
    assert paging.sweep().lapsed == 1
    assert paging.addresses() == [world.alice.email]
    assert one(world, "select status, snoozed_until, snoozed_by from incident") == ("triggered", None, None)
    assert kinds(world) == ["triggered", "paged", "snoozed", "snooze_ended", "paged"]
    assert paging.sweep().lapsed == 0


def test_an_acknowledged_incident_that_was_snoozed_is_triggered_at_its_end(paging: Paging, world: World) -> None:
    paging.trigger()
    paging.act(Action.ACKNOWLEDGE)
    until = (world.now + timedelta(days=1)).date().isoformat()
    assert snooze(paging, until=f"{until}T09:00", time_zone="Europe/Berlin").status is Status.ACKNOWLEDGED
    status, by, zone, local = one(
        world,
        "select status, acknowledged_by, snooze_time_zone, (snoozed_until at time zone snooze_time_zone)::text"
        " from incident",
    )
    assert (status, by, zone, local) == ("acknowledged", ACTOR, "Europe/Berlin", f"{until} 09:00:00")
    world.database.advance(timedelta(days=2))
    paging.sweep()
    assert one(world, "select status, acknowledged_by from incident") == ("triggered", None)


@pytest.mark.parametrize("action", [Action.ACKNOWLEDGE, Action.RESOLVE])
def test_whatever_moves_a_snoozed_incident_ends_its_snooze(paging: Paging, world: World, action: Action) -> None:
    paging.trigger()
    snooze(paging, seconds=60)
    paging.act(action)
    paging.pages.clear()
    world.database.advance(timedelta(minutes=2))
    assert paging.sweep().lapsed == 0
    assert paging.addresses() == []
    assert one(world, "select snoozed_until from incident") == (None,)


def test_a_snooze_is_replaced_only_by_who_has_seen_it(paging: Paging, world: World) -> None:
    paging.trigger()
    snooze(paging, seconds=60)
    (until,) = one(world, "select snoozed_until from incident")
    with pytest.raises(WrongStatus):
        snooze(paging, seconds=120)
    with pytest.raises(WrongStatus):
        snooze(paging, seconds=120, instead_of=until + timedelta(seconds=1))
    snooze(paging, seconds=120, instead_of=until)
    assert one(world, "select snoozed_until from incident")[0] > until


def test_a_snooze_ended_by_hand(paging: Paging, world: World) -> None:
    paging.trigger()
    with pytest.raises(WrongStatus, match="not snoozed"):
        snoozing.unsnooze(paging.app, world.org_id, paging.incident(), ACTOR)
    snooze(paging, seconds=60)
    moved = snoozing.unsnooze(paging.app, world.org_id, paging.incident(), ACTOR)
    assert [page.address for page in paging.sent(moved.leaving)] == [world.alice.email]
    with pytest.raises(WrongStatus):
        snoozing.unsnooze(paging.app, world.org_id, paging.incident(), ACTOR)


def test_a_snooze_that_can_not_be_changes_nothing(paging: Paging, world: World) -> None:
    paging.trigger()
    for how in ({"until": "2020-01-01T00:00Z"}, {"until": "2036-01-01T00:00"}, {"until": "2036-01-01T00:00Z"}):
        with pytest.raises(Invalid):
            snooze(paging, **how)
    assert one(world, "select snoozed_until from incident") == (None,)
    paging.act(Action.RESOLVE)
    with pytest.raises(WrongStatus):
        snooze(paging, seconds=60)


def test_a_forgotten_acknowledge_pages_again(paging: Paging, world: World) -> None:
    setting(world, "update service set acknowledgement_timeout_seconds = 1800 where id = %s returning id")
    paging.trigger()
    paging.act(Action.ACKNOWLEDGE)
    world.database.advance(timedelta(minutes=29))
    assert paging.sweep().lapsed == 0
    world.database.advance(timedelta(minutes=2))
    paging.pages.clear()
    assert paging.sweep().lapsed == 1
    assert paging.addresses() == [world.alice.email]
    assert one(world, "select status, acknowledgement_ends_at from incident") == ("triggered", None)
    assert kinds(world)[-2:] == ["acknowledgement_forgotten", "paged"]


def test_an_acknowledge_by_a_tool_can_be_forgotten_too(paging: Paging, world: World) -> None:
    setting(world, "update service set acknowledgement_timeout_seconds = 1800 where id = %s returning id")
    paging.trigger()
    world.database.advance(timedelta(minutes=1))
    process(paging.worker, [world.request(world.event(EventAction.ACKNOWLEDGE))], key_budget_per_minute=6000)
    world.database.advance(timedelta(minutes=31))
    assert paging.sweep().lapsed == 1


def test_a_silent_incident_resolves_by_itself_and_events_put_that_off(paging: Paging, world: World) -> None:
    setting(world, "update service set auto_resolve_seconds = 3600 where id = %s returning id")
    paging.trigger()
    world.database.advance(timedelta(minutes=50))
    paging.trigger()
    world.database.advance(timedelta(minutes=50))
    assert paging.sweep().lapsed == 0
    world.database.advance(timedelta(minutes=11))
    assert paging.sweep().lapsed == 1
    assert one(world, "select status, resolved_by, auto_resolves_at from incident") == (
        "resolved",
        "system:silence",
        None,
    )
    assert one(world, "select status from alert") == ("resolved",)
    assert one(world, "select open_alert_id from dedup_key") == (None,)
    paging.trigger()
    assert one(world, "select count(*) from incident") == (2,)


def test_a_service_that_no_longer_resolves_by_itself_leaves_what_is_open(paging: Paging, world: World) -> None:
    setting(world, "update service set auto_resolve_seconds = 3600 where id = %s returning id")
    paging.trigger()
    setting(world, "update service set auto_resolve_seconds = null where id = %s returning id")
    world.database.advance(timedelta(hours=2))
    assert paging.sweep().lapsed == 0
    assert one(world, "select status, auto_resolves_at from incident") == ("triggered", None)


def test_who_is_called_in_is_paged_at_once_beside_the_escalation_and_once(paging: Paging, world: World) -> None:
    carol = world.person("Carol")
    paging.trigger()
    paging.pages.clear()
    incident_id = paging.incident()

    def call(*people: object) -> list[str | None]:
        found = summoning.add_responders(paging.app, world.org_id, incident_id, [p.user_id for p in people], ACTOR)
        return [page.address for page in paging.sent(found.leaving)]

    assert call(carol) == [carol.email]
    assert call(carol) == []
    assert call(carol, world.bob) == [world.bob.email]
    (reason,) = {page.reason for page in paging.pages}
    assert reason == "you have been called in to help"
    # the escalation goes on as if nothing had happened, even when they can't be reached
    for page in paging.pages[:]:
        (answer,) = paging.claim(page)
        paging.record(page, answer, Result.PERMANENT, reason="http_400")
    paging.pages.clear()
    world.database.advance(timedelta(minutes=10))
    assert [page.address for page in paging.wake()] == [world.bob.email]
    assert kinds(world).count("responder_added") == 2
    paging.act(Action.ACKNOWLEDGE)
    dan = world.person("Dan", reachable=False)
    assert call(dan) == []
    assert kinds(world)[-2:] == ["responder_added", "target_unreachable"]
    with pytest.raises(Invalid) as refused:
        summoning.add_responders(paging.app, world.org_id, incident_id, [world.bob.user_id, world.org_id], ACTOR)
    assert [problem.field for problem in refused.value.problems] == ["user_ids.1"]


def test_who_is_called_in_is_not_paged_after_the_acknowledge(paging: Paging, world: World) -> None:
    paging.trigger()
    found = summoning.add_responders(paging.app, world.org_id, paging.incident(), [world.bob.user_id], ACTOR)
    (page,) = paging.sent(found.leaving)
    paging.act(Action.ACKNOWLEDGE)
    (answer,) = paging.claim(page)
    assert answer.reason == "incident_moved_on"


def test_urgency_and_runbook_are_told_and_change_nothing_else(paging: Paging, world: World) -> None:
    paging.trigger()

    def amend(**changes: object) -> None:
        patch = IncidentPatch.model_validate(changes)
        amending.amend(paging.app, world.org_id, paging.incident(), patch, ACTOR)

    (before,) = one(world, "select urgency from incident")
    other = Urgency.LOW if before == "high" else Urgency.HIGH
    amend(urgency=other, runbook_url="https://wiki.acme.example/disk")
    assert one(world, "select urgency, runbook_url, status from incident") == (
        other.value,
        "https://wiki.acme.example/disk",
        "triggered",
    )
    with pytest.raises(WrongStatus, match="already"):
        amend(urgency=other)
    amend(runbook_url=None)
    amend(runbook_url=None)
    assert kinds(world)[-3:] == ["urgency_set", "runbook_set", "runbook_set"]
    assert one(world, "select state from escalation") == ("waiting",)


def test_nothing_is_done_to_another_organizations_incident(paging: Paging, world: World) -> None:
    paging.trigger()
    incident_id, other = paging.incident(), World(world.database, name="Other")
    calls = [
        *[
            lambda a=action: responding.act(paging.app, other.org_id, incident_id, a, ACTOR)
            for action in (Action.ACKNOWLEDGE, Action.UNACKNOWLEDGE, Action.REOPEN)
        ],
        lambda: snoozing.snooze(paging.app, other.org_id, incident_id, SnoozeInput(seconds=60), ACTOR),
        lambda: snoozing.unsnooze(paging.app, other.org_id, incident_id, ACTOR),
        lambda: summoning.add_responders(paging.app, other.org_id, incident_id, [other.bob.user_id], ACTOR),
        lambda: amending.amend(paging.app, other.org_id, incident_id, IncidentPatch(urgency=Urgency.LOW), ACTOR),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()
    with pytest.raises(Invalid):
        summoning.add_responders(paging.app, world.org_id, incident_id, [other.bob.user_id], ACTOR)
