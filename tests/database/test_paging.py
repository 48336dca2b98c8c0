"""Escalating, claiming, recording and sweeping, as role worker on a real PostgreSQL."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.support.paging import Paging
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import ClaimItem, Result, Verdict
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Action, Status, WrongStatus
from tocsin.errors import LinkUnusable
from tocsin_data.services import claiming, recording, responding
from tocsin_data.services.processing import process


@pytest.fixture
def paging(world: World) -> Paging:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    return Paging(world)


def states(world: World) -> list[tuple]:
    return world.database.rows("select state, attempts from notification order by id")


def test_the_second_step_is_taken_when_due_and_then_the_fallback(paging: Paging, world: World) -> None:
    paging.trigger()
    world.database.advance(timedelta(minutes=10))
    paging.wake()
    world.database.advance(timedelta(minutes=5))
    paging.wake()

    assert paging.addresses() == [world.alice.email, world.bob.email, world.fallback]
    assert world.database.rows("select state from escalation") == [("exhausted",)]
    kinds = [row[0] for row in world.database.rows("select kind from timeline_entry order by at, id")]
    assert kinds == ["triggered", "paged", "paged", "escalation_exhausted", "fallback_paged"]


def test_an_early_wake_up_is_sent_again_with_the_remainder(paging: Paging, world: World) -> None:
    paging.trigger()
    world.database.advance(timedelta(minutes=4))
    assert paging.wake() == []

    (again,) = paging.wake_ups
    assert again.due_at - world.now == pytest.approx(timedelta(minutes=6), abs=timedelta(seconds=5))


def test_a_wake_up_that_comes_three_times_pages_once(paging: Paging, world: World) -> None:
    paging.trigger()
    paging.wake_ups *= 3
    world.database.advance(timedelta(minutes=10))
    wake_ups = paging.wake_ups
    paging.wake()
    paging.wake_ups = wake_ups
    paging.wake()

    assert paging.addresses() == [world.alice.email, world.bob.email]


def test_rounds_page_again(paging: Paging, world: World) -> None:
    world.policy([StepSpec([world.alice.target])], rounds=2, round_delay=timedelta(minutes=1))
    paging.trigger()
    for _ in range(2):
        world.database.advance(timedelta(minutes=1))
        paging.wake()

    assert paging.addresses() == [world.alice.email, world.alice.email, world.fallback]


def test_a_wake_up_after_an_acknowledge_matches_nothing(paging: Paging, world: World) -> None:
    paging.trigger()
    assert paging.act(Action.ACKNOWLEDGE).status is Status.ACKNOWLEDGED
    world.database.advance(timedelta(minutes=10))

    assert paging.wake() == []
    assert paging.sweep().overdue == 0


def test_of_two_acknowledges_one_wins(paging: Paging) -> None:
    paging.trigger()
    paging.act(Action.ACKNOWLEDGE)
    with pytest.raises(WrongStatus):
        paging.act(Action.ACKNOWLEDGE)


def test_a_policy_edited_meanwhile_does_not_change_what_runs(paging: Paging, world: World) -> None:
    paging.trigger()
    carol = world.person("Carol")
    world.edit_policy(2, [StepSpec([carol.target])])
    world.database.advance(timedelta(minutes=10))
    paging.wake()

    assert paging.addresses() == [world.alice.email, world.bob.email]


def test_a_user_removed_meanwhile_is_passed_at_once(paging: Paging, world: World) -> None:
    paging.trigger()
    world.database.rows("delete from membership where user_id = %s returning 1", world.bob.user_id)
    world.database.advance(timedelta(minutes=10))
    paging.wake()

    assert paging.addresses() == [world.alice.email, world.fallback]
    reasons = world.database.rows("select data->>'reason' from timeline_entry where kind = 'target_unreachable'")
    assert reasons == [("the user is no longer a member",)]


def test_a_claim_goes_once(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    first, twice = paging.claim(page, page)
    (again,) = paging.claim(page)

    assert first.verdict is Verdict.GO
    assert first.attempt == 1
    assert first.link_token
    assert twice.verdict is Verdict.STOP
    assert (again.verdict, again.reason) == (Verdict.STOP, "in_flight")
    paging.record(page, first, Result.DELIVERED)
    assert paging.claim(page)[0].verdict is Verdict.ALREADY_SENT
    assert states(world) == [("delivered", 1)]


def test_a_claim_after_an_acknowledge_is_told_to_stop(paging: Paging) -> None:
    (page,) = paging.trigger()
    paging.act(Action.ACKNOWLEDGE)
    (answer,) = paging.claim(page)

    assert (answer.verdict, answer.reason) == (Verdict.STOP, "incident_moved_on")


def test_a_claim_of_another_organization_is_unknown(paging: Paging) -> None:
    (page,) = paging.trigger()
    (answer,) = claiming.claim(paging.worker, [ClaimItem(org_id=uuid4(), notification_id=page.notification_id)])

    assert answer.verdict is Verdict.STOP


def test_a_mail_that_comes_back_before_it_is_told_that_it_was_sent_stays_failed(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    (answer,) = paging.claim(page)
    paging.take_back(page)
    paging.record(page, answer, Result.DELIVERED)
    assert states(world) == [("failed", 1), ("queued", 0)]
    assert paging.addresses() == [world.alice.email, world.bob.email]


def test_what_comes_back_of_a_cancelled_page_changes_nothing(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    paging.act(Action.ACKNOWLEDGE)
    paging.claim(page)
    before = states(world)
    paging.take_back(page)
    assert states(world) == before == [("cancelled", 0)]


def test_a_temporary_failure_becomes_a_new_attempt_with_its_own_delay(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    (answer,) = paging.claim(page)
    paging.record(page, answer, Result.TEMPORARY, reason="http_429", retry_after_seconds=40)

    assert [p.notification_id for p in paging.pages] == [page.notification_id] * 2
    assert paging.claim(page)[0].verdict is Verdict.STOP
    world.database.advance(timedelta(seconds=40))
    (second,) = paging.claim(page)
    assert (second.verdict, second.attempt) == (Verdict.GO, 2)


def test_a_sweep_that_found_a_page_before_it_was_tried_leaves_it_to_wait_as_long_as_its_provider_wished(
    paging: Paging, world: World
) -> None:
    (page,) = paging.trigger()
    world.database.advance(timedelta(seconds=25))
    found_before = world.now - timedelta(seconds=20)
    (answer,) = paging.claim(page)
    paging.record(page, answer, Result.TEMPORARY, reason="http_429", retry_after_seconds=200)
    due = world.database.rows("select due_at from notification")
    recorded = recording.resend(paging.worker, [(page.org_id, page.notification_id)], found_before)

    assert recorded.leaving.deliveries == []
    assert world.database.rows("select due_at from notification") == due


def test_an_outcome_that_comes_twice_counts_once(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    (answer,) = paging.claim(page)
    for _ in range(3):
        paging.record(page, answer, Result.TEMPORARY, reason="timeout")

    assert len(paging.pages) == 2
    assert states(world) == [("queued", 1)]


def test_a_permanent_failure_moves_on_at_once(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    (answer,) = paging.claim(page)
    paging.record(page, answer, Result.PERMANENT, reason="rejected_address")

    assert paging.addresses() == [world.alice.email, world.bob.email]
    kinds = [row[0] for row in world.database.rows("select kind from timeline_entry order by at, id")]
    assert kinds == ["triggered", "paged", "notification_failed", "step_failed", "paged"]


def test_a_step_with_one_of_two_methods_failing_waits(paging: Paging, world: World) -> None:
    world.policy(
        [StepSpec([world.alice.target, world.bob.target]), StepSpec([world.alice.target], timedelta(minutes=9))]
    )
    pages = paging.trigger()
    answers = paging.claim(*pages)
    paging.record(pages[0], answers[0], Result.PERMANENT, reason="x")

    assert len(paging.pages) == 2


def test_an_endpoint_that_is_gone_is_switched_off(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    (answer,) = paging.claim(page)
    paging.record(page, answer, Result.PERMANENT, reason="http_410")

    off = world.database.rows("select disabled_reason from contact_method where user_id = %s", world.alice.user_id)
    assert off == [("http_410",)]


def test_an_unclaimed_page_is_recorded_as_such(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    paging.record(page, None, Result.DELIVERED)

    assert states(world) == [("delivered", 1)]
    assert world.database.rows("select unclaimed, state from notification_attempt") == [(True, "delivered")]
    assert paging.claim(page)[0].verdict is Verdict.ALREADY_SENT


def test_an_outcome_that_never_comes_is_uncertain_and_sent_once_more(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    paging.claim(page)
    world.database.advance(timedelta(seconds=31))
    assert paging.sweep().uncertain == 1
    assert [p.notification_id for p in paging.pages] == [page.notification_id] * 2
    paging.claim(page)
    world.database.advance(timedelta(seconds=31))
    paging.sweep()

    assert states(world) == [("failed", 2), ("queued", 0)]
    assert paging.addresses() == [world.alice.email, world.alice.email, world.bob.email]
    assert world.database.rows("select state from notification_attempt order by number") == [("uncertain",)] * 2


def test_a_late_outcome_corrects_an_uncertain_attempt(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    (answer,) = paging.claim(page)
    world.database.advance(timedelta(seconds=31))
    paging.sweep()
    paging.record(page, answer, Result.DELIVERED)

    assert states(world) == [("delivered", 1)]
    assert paging.claim(page)[0].verdict is Verdict.ALREADY_SENT


def test_the_sweep_takes_a_step_whose_wake_up_was_lost(paging: Paging, world: World) -> None:
    paging.trigger()
    paging.wake_ups.clear()
    world.database.advance(timedelta(minutes=10, seconds=1))
    assert paging.sweep().overdue == 0
    world.database.advance(timedelta(seconds=3))
    assert paging.sweep().overdue == 1
    assert paging.addresses() == [world.alice.email, world.alice.email, world.bob.email]


def test_the_sweep_sends_pages_whose_message_was_lost_and_arms_what_comes_near(paging: Paging, world: World) -> None:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=30))])
    paging.trigger()
    assert paging.wake_ups == []
    world.database.advance(timedelta(minutes=16))
    swept = paging.sweep()

    assert (swept.resent, swept.armed) == (1, 1)
    assert paging.sweep().armed == 0
    assert len(paging.wake_ups) == 1


def test_a_resend_to_a_removed_contact_method_moves_on(paging: Paging, world: World) -> None:
    paging.trigger()
    world.database.rows("delete from contact_method where user_id = %s returning 1", world.alice.user_id)
    world.database.advance(timedelta(seconds=21))
    paging.sweep()

    assert paging.addresses() == [world.alice.email, world.bob.email]


def test_an_alert_that_is_not_refreshed_resolves_and_a_refresh_keeps_it(paging: Paging, world: World) -> None:
    def refresh() -> None:
        event = world.event(expires_at=world.now + timedelta(minutes=5))
        process(paging.worker, [world.request(event)], key_budget_per_minute=6000)

    refresh()
    world.database.advance(timedelta(minutes=4))
    refresh()
    world.database.advance(timedelta(minutes=4))
    assert paging.sweep().expired == 0
    world.database.advance(timedelta(minutes=2))
    assert paging.sweep().expired == 1

    assert world.database.rows("select status, resolved_by from incident") == [("resolved", "system:expiry")]
    refresh()
    assert world.database.rows("select count(*) from incident") == [(2,)]


def test_a_resolve_by_hand_closes_the_alert_and_later_triggers_open_anew(paging: Paging, world: World) -> None:
    paging.trigger()
    paging.act(Action.RESOLVE)
    assert world.database.rows("select status from alert") == [("resolved",)]
    world.database.advance(timedelta(seconds=1))
    assert len(paging.trigger()) == 1


def test_reassigning_pages_those_people_at_once_and_stops_the_policy(paging: Paging, world: World) -> None:
    paging.trigger()
    carol = world.person("Carol")
    moved = responding.reassign_to_users(paging.app, world.org_id, paging.incident(), [carol.user_id], "api_key:test")
    paging.sent(moved.leaving)
    world.database.advance(timedelta(minutes=5))
    paging.wake()

    assert paging.addresses() == [world.alice.email, carol.email, world.fallback]
    assert states(world)[0] == ("cancelled", 0)


def test_reassigning_to_a_policy_starts_it_over(paging: Paging, world: World) -> None:
    paging.trigger()
    paging.act(Action.ACKNOWLEDGE)
    assert world.policy_id is not None
    moved = responding.reassign_to_policy(paging.app, world.org_id, paging.incident(), world.policy_id, "api_key:test")
    paging.sent(moved.leaving)

    assert moved.status is Status.TRIGGERED
    assert paging.addresses() == [world.alice.email, world.alice.email]


def test_a_link_leads_to_its_incident_until_it_expires(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    (answer,) = paging.claim(page)
    assert answer.link_token is not None
    link = responding.follow_link(paging.app, answer.link_token)

    assert (link.org_id, link.incident_id, link.target) == (
        world.org_id,
        page.incident.incident_id,
        f"user:{world.alice.user_id}",
    )
    with pytest.raises(LinkUnusable):
        responding.follow_link(paging.app, "not-a-token")
    world.database.advance(timedelta(days=7, seconds=1))
    with pytest.raises(LinkUnusable):
        responding.follow_link(paging.app, answer.link_token)


def test_acknowledging_twice_by_event_is_harmless(paging: Paging, world: World) -> None:
    paging.trigger()
    for _ in range(2):
        world.database.advance(timedelta(seconds=1))
        event = world.event(EventAction.ACKNOWLEDGE)
        process(paging.worker, [world.request(event)], key_budget_per_minute=6000)
    assert world.database.rows("select outcome from event order by received_at") == [
        ("opened",),
        ("acknowledged",),
        ("already",),
    ]


def test_of_two_steps_taken_together_one_that_arrives_is_enough(paging: Paging, world: World) -> None:
    third = StepSpec([world.person("Carol").target], timedelta(minutes=9))
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target]), third])
    pages = paging.trigger()
    answers = paging.claim(*pages)
    for page, answer in zip(pages, answers, strict=True):
        delivered = page.address == world.alice.email
        result = Result.DELIVERED if delivered else Result.PERMANENT
        paging.record(page, answer, result, reason=None if delivered else "gone")

    assert sorted(paging.addresses(), key=str) == sorted([world.alice.email, world.bob.email])
