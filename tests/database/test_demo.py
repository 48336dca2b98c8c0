"""The demo beneath the API: made anew without a gap or a trace elsewhere, and nothing ever leaves it."""

from collections.abc import Sequence
from datetime import timedelta

import psycopg
import pytest

from functions.sweep.handler import handler
from tests.support.inside import SCHEDULED, inside, sqs_event
from tests.support.world import World
from tocsin.contracts.delivery import ClaimItem, OutcomeMessage, Result, Verdict
from tocsin.contracts.wakeup import WakeUp
from tocsin.domain.dedup import EventAction
from tocsin.domain.demo import ORGANIZATION_ID
from tocsin.platform.tokens import digest
from tocsin_data.services import claiming, demo, escalating, recording, sweeping
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.processing import process

EMPTY = '{"organization": {"name": "empty", "created_at": "2026-01-01T00:00:00Z"}}'
KEY = "made by hand: nobody else could"


@pytest.fixture
def planted(world: World) -> World:
    """A world beside a demo one of whose integrations can be spoken to after all: of a service never worked on."""
    assert demo.refresh(world.database.enter("worker"))
    world.database.rows(
        "insert into routing_key (org_id, integration_id, key_hash, hint, created_at)"
        " select org_id, id, %s, 'hand', now() from integration where org_id = %s and name = 'Cron jobs' returning id",
        digest(KEY),
        ORGANIZATION_ID,
    )
    return world


def counts(world: World, org_id: object) -> dict[str, str]:
    """A digest of every table's rows of one organization."""
    tables = [
        row[0]
        for row in world.database.rows(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'"
            " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1"
        )
    ]
    query = "select md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {} t where org_id = %s"
    return {table: world.database.rows(query.format(table), org_id)[0][0] for table in tables}


def leaves(leaving: Leaving) -> Sequence[object]:
    return [*leaving.deliveries, *leaving.wake_ups]


def test_an_event_opens_an_incident_of_the_demo_and_no_message_leaves(planted: World) -> None:
    worker = planted.database.enter("worker")
    done = process(worker, [planted.request(key=KEY), planted.request()], key_budget_per_minute=6000)
    assert done.opened == 1, "the demo counts in no figure"
    assert {page.org_id for page, _ in done.leaving.deliveries} == {planted.org_id}
    assert {wake_up.org_id for wake_up in done.leaving.wake_ups} <= {planted.org_id}
    of_demo = "from {} t join incident i on i.id = t.incident_id where i.org_id = %s and i.title = 'disk full'"
    rows = planted.database.rows
    assert rows("select t.state, t.reason, t.attempts " + of_demo.format("notification"), ORGANIZATION_ID) == [
        ("cancelled", "demo", 0)
    ]
    assert rows("select t.state, t.next_at, t.armed_at " + of_demo.format("escalation"), ORGANIZATION_ID) == [
        ("stopped", None, None)
    ]


def test_no_use_case_makes_anything_leave(planted: World) -> None:
    worker = planted.database.enter("worker")
    process(worker, [planted.request(key=KEY)], key_budget_per_minute=6000)
    rows = planted.database.rows
    ((escalation_id, incident_id, generation, page_id),) = rows(
        "select e.id, e.incident_id, e.generation, n.id from escalation e join notification n on n.escalation_id = e.id"
        " join incident i on i.id = e.incident_id where i.title = 'disk full'"
    )
    planted.database.advance(timedelta(hours=1))
    wake_up = WakeUp(
        org_id=ORGANIZATION_ID,
        escalation_id=escalation_id,
        generation=generation,
        round=0,
        position=0,
        due_at=planted.now,
    )
    assert not leaves(escalating.wake(worker, [wake_up]).leaving)
    found = [(ORGANIZATION_ID, escalation_id)]
    assert not leaves(escalating.move_on(worker, found).leaving)
    assert not leaves(escalating.take_overdue(worker, found, planted.now).leaving)
    assert not leaves(escalating.arm(worker, found, planted.now))
    pages = [(ORGANIZATION_ID, page_id)]
    assert not leaves(recording.resend(worker, pages, planted.now).leaving)
    assert not leaves(recording.give_up_silent(worker, pages).leaving)
    failed = OutcomeMessage(
        org_id=ORGANIZATION_ID, notification_id=page_id, result=Result.TEMPORARY, at=planted.now, unclaimed=True
    )
    assert not leaves(recording.record(worker, [failed]).leaving)
    (answer,) = claiming.claim(worker, [ClaimItem(org_id=ORGANIZATION_ID, notification_id=page_id)])
    assert (answer.verdict, answer.reason, answer.link_token) == (Verdict.STOP, "demo", None)
    swept = sweeping.sweep(worker, lambda leaving: pytest.fail("something leaves") if leaves(leaving) else None)
    assert not any(swept.counts.values())
    assert (swept.latest_seconds, swept.unsent_seconds) == (0, 0)
    assert rows("select status from incident where id = %s", incident_id) == [("triggered",)]
    later = planted.request(planted.event(EventAction.RESOLVE), key=KEY, at=planted.now)
    assert not leaves(process(worker, [later], key_budget_per_minute=6000).leaving)
    assert rows("select status from incident where id = %s", incident_id) == [("resolved",)]


@pytest.mark.parametrize("table", ["notification", "escalation", "mail"])
def test_no_row_of_the_demo_says_that_something_is_to_leave_whoever_writes_it(planted: World, table: str) -> None:
    with planted.database.admin() as conn:
        if table == "mail":
            conn.execute(
                "insert into mail (org_id, kind, sealed, due_at, created_at)"
                " values (%s, 'invitation', 'x', now(), now())",
                (ORGANIZATION_ID,),
            )
        elif table == "notification":
            for state in ("queued", "claimed"):
                conn.execute("update notification set state = %s where org_id = %s", (state, ORGANIZATION_ID))
        else:
            conn.execute(
                "update escalation set state = 'waiting', next_at = now() where org_id = %s", (ORGANIZATION_ID,)
            )
    query = "select count(*) from {} where org_id = %s and state in ('queued', 'claimed', 'waiting')"
    assert planted.database.rows(query.format(table), ORGANIZATION_ID) == [(0,)]


def test_what_others_write_leaves_as_ever(planted: World) -> None:
    done = process(planted.database.enter("worker"), [planted.request()], key_budget_per_minute=6000)
    assert len(done.leaving.deliveries) == 1
    assert planted.database.rows("select state from notification where org_id = %s", planted.org_id) == [("queued",)]


def test_it_is_made_anew_once_a_day_with_the_same_ids_and_numbers(planted: World) -> None:
    worker, rows = planted.database.enter("worker"), planted.database.rows
    process(worker, [planted.request(key=KEY)], key_budget_per_minute=6000)
    known = "select id, number from incident where org_id = %s and title <> 'disk full' order by id"
    newest = "select max(created_at) from incident where org_id = %s and title <> 'disk full'"
    before, began = rows(known, ORGANIZATION_ID), rows(newest, ORGANIZATION_ID)[0][0]
    theirs = counts(planted, planted.org_id)
    assert not demo.refresh(worker)
    planted.database.advance(timedelta(days=1))
    assert demo.refresh(worker)
    assert rows(known, ORGANIZATION_ID) == before
    assert rows("select count(*) from incident where title = 'disk full'") == [(0,)]
    assert rows(newest, ORGANIZATION_ID)[0][0] - began >= timedelta(days=1)
    assert counts(planted, planted.org_id) == theirs
    assert not demo.refresh(worker)


def test_a_reader_sees_no_gap_while_it_is_made_anew(planted: World) -> None:
    query = "select count(*) from incident where org_id = %s"
    ((whole,),) = planted.database.rows(query, ORGANIZATION_ID)
    with planted.database.admin() as conn, conn.transaction(force_rollback=True):
        conn.execute("select app.plant_demo(%s, %s)", (ORGANIZATION_ID, EMPTY))
        assert conn.execute(query, (ORGANIZATION_ID,)).fetchone() == (0,)
        with planted.database.enter("app").one(ORGANIZATION_ID) as tx:
            assert tx.conn.execute(query, (ORGANIZATION_ID,)).fetchone() == (whole,)


def test_only_the_worker_makes_it_and_never_of_another_organization(planted: World) -> None:
    theirs = counts(planted, planted.org_id)
    with planted.database.enter("worker").many(()) as tx, pytest.raises(psycopg.errors.RaiseException, match="no demo"):
        tx.conn.execute("select app.plant_demo(%s, %s)", (planted.org_id, EMPTY))
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        planted.database.enter("app").one(planted.org_id) as tx,
    ):
        tx.conn.execute("select app.plant_demo(%s, %s)", (ORGANIZATION_ID, EMPTY))
    assert counts(planted, planted.org_id) == theirs


def test_the_sweep_makes_it_where_the_stage_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = "select count(*) from organization where is_demo"
    with inside(world.database, monkeypatch) as found:
        handler(SCHEDULED, None)
        assert world.database.rows(made) == [(0,)]
        monkeypatch.setenv("DEMO", "yes")
        handler(sqs_event("{}", queue="sweeps"), None)
        assert world.database.rows(made) == [(0,)]
        handler(SCHEDULED, None)
        assert world.database.rows(made) == [(1,)]
        assert not [*found.sent("deliveries"), *found.sent("escalations")]


def test_a_demo_that_cannot_be_made_keeps_no_sweep_from_its_work(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.database.rows(
        "insert into organization (id, name, created_at) values (%s, 'in its place', now()) returning id",
        ORGANIZATION_ID,
    )
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=6000)
    world.database.advance(timedelta(minutes=1))
    monkeypatch.setenv("DEMO", "yes")
    with inside(world.database, monkeypatch) as found:
        assert handler(SCHEDULED, None) == {"batchItemFailures": []}
        assert len(found.sent("deliveries")) == 1
    assert world.database.rows("select name from organization where id = %s", ORGANIZATION_ID) == [("in its place",)]
