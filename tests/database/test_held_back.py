"""What a person's notification rules hold back: when it goes, what stops it, and what brings it forward."""

from datetime import datetime, timedelta

import pytest

from tests.support.paging import Paging
from tests.support.rules import mail_of, method, rules
from tests.support.threads import Paused, beside, until_waiting
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import ClaimItem, DeliveryMessage, Result, Verdict
from tocsin.domain.incident import Action, Urgency
from tocsin_data.db import Database
from tocsin_data.services import claiming, contact_methods, recording, responding
from tocsin_data.services.actors import Actor
from tocsin_data.services.processing import process

TWO, FIVE = timedelta(minutes=2), timedelta(minutes=5)


@pytest.fixture
def paging(world: World) -> Paging:
    """Alice is mailed at once, called by webhook after two minutes and in Slack after five; Bob after an hour."""
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(hours=1))])
    mail, webhook, slack = (
        mail_of(world, world.alice),
        method(world, world.alice, "webhook"),
        method(world, world.alice, "slack"),
    )
    rules(world, world.alice, [(mail, timedelta(0)), (webhook, TWO), (slack, FIVE)])
    return Paging(world)


def channels(pages: list[DeliveryMessage]) -> list[str]:
    return [page.channel for page in pages]


def kinds(world: World) -> list[str]:
    return [row[0] for row in world.database.rows("select kind from timeline_entry order by at, id")]


def states(world: World) -> dict[str, str]:
    return dict(world.database.rows("select channel, state from notification"))


def test_all_are_written_at_once_and_each_message_waits_for_its_instant(paging: Paging, world: World) -> None:
    leaving = process(paging.worker, [world.request()], key_budget_per_minute=6000).leaving

    assert [(page.channel, due - leaving.now) for page, due in leaving.deliveries] == [
        ("email", timedelta(0)),
        ("webhook", TWO),
        ("slack", FIVE),
    ]
    stored = world.database.rows("select channel, rule, state, due_at, delayed_until, unarmed from notification")
    assert sorted(stored) == [
        ("email", "high:0", "queued", leaving.now, None, False),
        ("slack", "high:300", "queued", leaving.now + FIVE, leaving.now + FIVE, False),
        ("webhook", "high:120", "queued", leaving.now + TWO, leaving.now + TWO, False),
    ]


def test_no_claim_goes_before_the_instant(paging: Paging, world: World) -> None:
    mail, webhook, _ = paging.trigger()
    first, early = paging.claim(mail, webhook)
    assert (first.verdict, early.verdict, early.reason) == (Verdict.GO, Verdict.STOP, "not_due_or_superseded")
    assert paging.sweep().resent == 0

    world.database.advance(TWO)
    (answer,) = paging.claim(webhook)
    assert (answer.verdict, answer.attempt) == (Verdict.GO, 1)
    assert answer.waited_seconds == pytest.approx(0, abs=5)


def test_an_acknowledge_stops_what_is_held_back(paging: Paging, world: World) -> None:
    mail, webhook, slack = paging.trigger()
    (answer,) = paging.claim(mail)
    paging.record(mail, answer, Result.DELIVERED)
    paging.act(Action.ACKNOWLEDGE)
    assert states(world) == {"email": "delivered", "webhook": "cancelled", "slack": "cancelled"}

    world.database.advance(FIVE)
    assert [a.reason for a in paging.claim(webhook, slack)] == ["incident_moved_on"] * 2
    paging.sweep()
    assert len(paging.pages) == 3


def test_a_page_whose_message_was_lost_is_sent_by_the_sweep_after_its_instant(paging: Paging, world: World) -> None:
    mail, _, _ = paging.trigger()
    (answer,) = paging.claim(mail)
    paging.record(mail, answer, Result.DELIVERED)
    world.database.advance(TWO)
    paging.sweep()
    assert len(paging.pages) == 3

    world.database.advance(timedelta(seconds=21))
    swept = paging.sweep()
    assert (swept.resent, channels(paging.pages[3:])) == (1, ["webhook"])
    assert swept.unsent_seconds == pytest.approx(21, abs=5)


def test_what_is_further_off_than_a_queue_reaches_is_armed_by_the_sweep_in_time(paging: Paging, world: World) -> None:
    slack = method(world, world.alice, "slack")
    rules(world, world.alice, [(mail_of(world, world.alice), timedelta(0)), (slack, timedelta(hours=2))])
    (mail,) = paging.trigger()
    (answer,) = paging.claim(mail)
    paging.record(mail, answer, Result.DELIVERED)
    due = world.database.rows("select due_at from notification where channel = 'slack'")[0][0]

    world.database.advance(timedelta(minutes=104))
    paging.sweep()
    world.database.rows("update escalation set state = 'stopped', next_at = null returning 1")
    sent: list[datetime] = []
    world.database.advance(timedelta(minutes=2))
    found = world.database.rows("select org_id, id from notification where unarmed")
    for _ in range(2):
        leaving = recording.arm(paging.worker, found, world.now + timedelta(minutes=15))
        sent += [due_at for _, due_at in leaving.deliveries]
    assert sent == [due]


def test_the_sweep_leaves_what_is_still_far_off(paging: Paging, world: World) -> None:
    world.policy([StepSpec([world.alice.target])], round_delay=timedelta(days=2))
    slack = method(world, world.alice, "slack")
    rules(world, world.alice, [(slack, timedelta(hours=24))])
    assert paging.trigger() == []
    assert paging.sweep().armed == 0
    world.database.advance(timedelta(hours=23, minutes=46))
    swept = paging.sweep()
    assert (swept.armed, channels(paging.pages)) == (1, ["slack"])
    assert paging.sweep().armed == 0


def test_a_failed_page_of_a_late_rule_is_tried_again_as_any_other(paging: Paging, world: World) -> None:
    slack = method(world, world.alice, "slack")
    rules(world, world.alice, [(slack, timedelta(minutes=50))])
    paging.trigger()
    world.database.advance(timedelta(minutes=50))
    paging.sweep()
    (page,) = paging.pages
    (answer,) = paging.claim(page)
    paging.record(page, answer, Result.TEMPORARY, reason="timeout")

    assert states(world) == {"slack": "queued"}


def test_when_what_came_before_has_failed_the_next_is_due_now(paging: Paging, world: World) -> None:
    mail, webhook, slack = paging.trigger()
    (answer,) = paging.claim(mail)
    paging.record(mail, answer, Result.PERMANENT, reason="rejected_address")

    assert channels(paging.pages[3:]) == ["webhook"]
    assert kinds(world) == ["triggered", "paged", "notification_failed", "notification_brought_forward"]
    told = world.database.rows("select data from timeline_entry where kind = 'notification_brought_forward'")
    assert told == [
        (
            {
                "channel": "webhook",
                "target": f"user:{world.alice.user_id}",
                "reason": "everything before it has failed",
            },
        )
    ]
    first, later = paging.claim(webhook, slack)
    assert (first.verdict, later.verdict) == (Verdict.GO, Verdict.STOP)


def test_a_step_has_failed_only_when_nothing_is_left_of_it(paging: Paging, world: World) -> None:
    paging.trigger()
    for n in (0, 3, 4):
        (answer,) = paging.claim(paging.pages[n])
        paging.record(paging.pages[n], answer, Result.PERMANENT, reason="gone")

    assert channels(paging.pages[3:]) == ["webhook", "slack", "email"]
    assert paging.addresses()[-1] == world.bob.email
    assert kinds(world).count("step_failed") == 1


def test_what_arrived_before_keeps_the_later_ones_at_their_time(paging: Paging, world: World) -> None:
    mail, webhook, _ = paging.trigger()
    (answer,) = paging.claim(mail)
    paging.record(mail, answer, Result.DELIVERED)
    world.database.advance(TWO)
    (answer,) = paging.claim(webhook)
    paging.record(webhook, answer, Result.PERMANENT, reason="gone")

    assert states(world) == {"email": "delivered", "webhook": "failed", "slack": "queued"}
    assert "notification_brought_forward" not in kinds(world)


def test_one_persons_failures_bring_nothing_of_anothers_forward(paging: Paging, world: World) -> None:
    world.policy([StepSpec([world.alice.target, world.bob.target])])
    late = method(world, world.bob, "webhook")
    rules(world, world.bob, [(mail_of(world, world.bob), timedelta(0)), (late, TWO)])
    pages = paging.trigger()
    (mail,) = [page for page in pages if page.address == world.alice.email]
    (answer,) = paging.claim(mail)
    paging.record(mail, answer, Result.PERMANENT, reason="gone")

    due_now = world.database.rows(
        "select target from notification where delayed_until <= %s and channel = 'webhook'", world.now
    )
    assert due_now == [(f"user:{world.alice.user_id}",)]


def test_each_urgency_goes_by_its_own_rules_and_without_any_by_all_methods_at_once(
    paging: Paging, world: World
) -> None:
    (slack,) = world.database.rows("select id from contact_method where channel = 'slack'")[0]
    paging.trigger()
    world.database.rows("update incident set urgency = 'low' returning 1")
    alice = [world.alice.user_id]
    responding.reassign_to_users(paging.app, world.org_id, paging.incident(), alice, "user:x")
    at_once = world.database.rows("select channel from notification where rule = 'default' and delayed_until is null")
    assert sorted(at_once) == [("email",), ("slack",), ("webhook",)]

    rules(world, world.alice, [(slack, timedelta(minutes=10))], Urgency.LOW)
    responding.reassign_to_users(paging.app, world.org_id, paging.incident(), alice, "user:x")
    assert world.database.rows("select channel, state from notification where rule = 'low:600'") == [
        ("slack", "queued")
    ]


def test_rules_whose_methods_are_all_off_give_way_to_all_that_are_left(paging: Paging, world: World) -> None:
    rules(world, world.alice, [(method(world, world.alice, "webhook", "off"), FIVE)])
    world.database.rows("update contact_method set disabled_at = now() where sealed = 'off' returning 1")
    assert sorted(channels(paging.trigger())) == ["email", "slack", "webhook"]


def test_a_method_switched_off_meanwhile_is_not_paged_and_the_timeline_says_so(paging: Paging, world: World) -> None:
    _, webhook, _ = paging.trigger()
    world.database.rows("update contact_method set disabled_at = now() where channel = 'webhook' returning 1")
    world.database.advance(TWO)
    assert paging.claim(webhook)[0].verdict is Verdict.STOP

    world.database.advance(timedelta(seconds=21))
    paging.sweep()
    assert states(world)["webhook"] == "failed"
    failed = world.database.rows("select data->>'reason' from timeline_entry where kind = 'notification_failed'")
    assert failed == [("contact_method_disabled",)]


@pytest.mark.parametrize("first", ["acknowledge", "claim"])
def test_an_acknowledge_and_the_claim_of_a_later_page_have_one_order(paging: Paging, world: World, first: str) -> None:
    _, webhook, slack = paging.trigger()
    world.database.advance(TWO)
    held = Paused(world.database, "app" if first == "acknowledge" else "worker")
    items = [ClaimItem(org_id=webhook.org_id, notification_id=webhook.notification_id)]

    def act(db: Database) -> object:
        return responding.act(db, world.org_id, paging.incident(), Action.ACKNOWLEDGE, "user:x")

    def claim(db: Database) -> object:
        return claiming.claim(db, items)[0].verdict

    earlier, later = (act, claim) if first == "acknowledge" else (claim, act)
    other = paging.worker if first == "acknowledge" else paging.app
    with beside(held, lambda: earlier(held)) as begun:
        assert held.reached.wait(10)
        with beside(other, lambda: later(other)) as second:
            until_waiting(world.database, unless=second.done)
            held.go.set()
            verdict = (second if first == "acknowledge" else begun).result()
            begun.result(), second.result()

    assert verdict is (Verdict.STOP if first == "acknowledge" else Verdict.GO)
    assert states(world)["webhook"] == ("cancelled" if first == "acknowledge" else "claimed")
    assert states(world)["slack"] == "cancelled"
    world.database.advance(FIVE)
    assert paging.claim(slack)[0].verdict is Verdict.STOP


def test_removing_a_method_fails_what_is_held_back_for_it_and_the_next_goes_on(paging: Paging, world: World) -> None:
    mail, _, _ = paging.trigger()
    (answer,) = paging.claim(mail)
    paging.record(mail, answer, Result.DELIVERED)
    ((webhook,),) = world.database.rows("select id from contact_method where channel = 'webhook'")
    gone = contact_methods.remove_contact_method(
        paging.app, world.org_id, Actor("user", "x"), world.alice.user_id, webhook
    )
    assert (gone.pages_stopped, len(gone.rules_removed), gone.back_to_default) == (1, 1, [])
    world.database.advance(timedelta(seconds=21))
    paging.sweep()
    assert states(world) == {"email": "delivered", "webhook": "failed", "slack": "queued"}
    failed = world.database.rows("select data->>'reason' from timeline_entry where kind = 'notification_failed'")
    assert failed == [("contact_method_removed",)]
