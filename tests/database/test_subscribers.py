"""Wishes and tellings at once, twice, and killed half-way: nobody is told twice, nobody after they have ended."""

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support import subscriber_rows
from tests.support.report_rows import insert_component, insert_page
from tests.support.world import World
from tocsin.contracts.api_status_reports import ReportInput
from tocsin.contracts.delivery import OutcomeMessage, Result
from tocsin.contracts.subscribers import Newcomer, SubscriberWish, WishedChoice
from tocsin.domain.subscriber import KEPT_FOR
from tocsin_data.db import Contention, Database, Tx
from tocsin_data.services import (
    mailing,
    status_pages,
    status_reports,
    subscriber_pacing,
    subscriber_telling,
    subscriber_wishes,
    sweeping,
)
from tocsin_data.services.actors import Actor
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.page_site import Site
from tocsin_data.sql import subscribers, sweeps, tellings
from tocsin_data.sql.sweeps import Due, Wanted

ALICE = Actor("user", "00000000-0000-4000-8000-00000000000a")
SITE = Site("https://status.tocsin.example")


class Public:
    """A public page that takes subscribers, with a component."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.app, self.worker = world.database.enter("app"), world.database.enter("worker")
        self.page_id = insert_page(world)
        self.shop = insert_component(world, self.page_id, "Shop")
        self.key = uuid4().hex
        with self.app.one(world.org_id) as tx:
            subscribers.set_page_key(tx, self.page_id, self.key)

    @contextmanager
    def hand(self) -> Generator[Database]:
        """A connection of a thread's own."""
        db = self.world.database.enter("worker")
        try:
            yield db
        finally:
            db.close()

    def wish(self, action: str, token: bytes, **more: Any) -> SubscriberWish:
        wish = {"action": action, "wished_at": self.world.now, "token_hash": token.hex(), **more}
        return SubscriberWish.model_validate(wish)

    def ask(self, token: bytes, address: bytes = b"a", **more: Any) -> SubscriberWish:
        newcomer = Newcomer(
            page_key=self.key,
            channel="email",
            sealed=f"sealed-{token.hex()[:4]}",
            shown="a…@x.example",
            address_digests=[address.ljust(32).hex()],
            mailbox_digest=address.ljust(32).hex(),
            source_digest=os.urandom(32).hex(),
        )
        return self.wish("ask", token, newcomer=newcomer, **more)

    def hear(self, *wishes: SubscriberWish) -> dict[str, int]:
        with self.hand() as db:
            return dict(subscriber_wishes.hear(db, wishes).counts)

    def report(self, **more: Any) -> UUID:
        """Publish a report; answers its first update."""
        data = ReportInput.model_validate({"title": "Slow", "body": "We look.", **more})
        made = status_reports.create_report(self.app, self.world.org_id, ALICE, self.page_id, data)
        return made.updates[0].id

    def due(self) -> list[tuple[UUID, UUID]]:
        with self.worker.many(()) as tx:
            return [(found.org_id, found.id) for found in sweeps.due(tx, [Wanted(Due.UNTOLD_UPDATES, tx.now)], 100)[0]]

    def tell(self) -> int:
        with self.hand() as db:
            with db.many(()) as tx:
                due = [
                    (found.org_id, found.id) for found in sweeps.due(tx, [Wanted(Due.UNTOLD_UPDATES, tx.now)], 100)[0]
                ]
            return subscriber_telling.tell(db, due, SITE).mails

    def mails(self) -> list[tuple[Any, ...]]:
        return self.world.database.rows(
            "select subscriber_id, state from mail where kind = 'report' and org_id = %s order by subscriber_id",
            self.world.org_id,
        )

    def states(self) -> list[str]:
        query = "select state from subscriber where org_id = %s order by id"
        return [row[0] for row in self.world.database.rows(query, self.world.org_id)]


@pytest.fixture
def public(world: World) -> Public:
    return Public(world)


def at_once(*calls: Any) -> list[BaseException]:
    """Run calls in threads that start together; answers what they raised."""
    barrier, errors = Barrier(len(calls)), list[BaseException]()

    def run(call: Any) -> None:
        barrier.wait(10)
        try:
            call()
        except BaseException as error:  # noqa: BLE001 - told to the test
            errors.append(error)

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return errors


def test_two_who_ask_at_once_for_one_address_are_one(public: Public) -> None:
    assert at_once(*[lambda: public.hear(public.ask(os.urandom(32)))] * 4) == []
    assert public.states() == ["pending"]
    assert public.world.database.rows("select count(*) from mail where kind = 'subscription'") == [(1,)]


def test_two_confirmations_at_once_are_one(public: Public) -> None:
    token = os.urandom(32)
    public.hear(public.ask(token, choice=WishedChoice(component_ids=[public.shop])))
    confirm = public.wish("confirm", token)
    assert at_once(*[lambda: public.hear(confirm)] * 3) == []
    assert public.states() == ["active"]
    assert public.hear(confirm) == {"nothing": 1}


def test_wishes_of_another_organization_or_page_reach_nothing_here(public: Public) -> None:
    other = Public(World(public.world.database, name="Other"))
    token, theirs = os.urandom(32), os.urandom(32)
    counts = public.hear(public.ask(token), other.ask(theirs))
    assert counts == {"asked": 2}
    assert (public.states(), other.states()) == (["pending"], ["pending"])
    assert public.hear(public.wish("confirm", theirs)) == {"confirmed": 1}
    assert (public.states(), other.states()) == (["pending"], ["active"])
    foreign = public.ask(os.urandom(32), b"b", choice=WishedChoice(component_ids=[other.shop]))
    public.hear(foreign)
    rows = public.world.database.rows(
        "select asked_component_ids from subscriber where org_id = %s order by id desc limit 1", public.world.org_id
    )
    assert rows == [(None,)]


def test_unknown_keys_and_tokens_change_nothing(public: Public) -> None:
    assert public.hear(public.wish("end", os.urandom(32)), public.wish("confirm", os.urandom(32))) == {"unknown": 2}
    public.key = "nowhere"
    assert public.hear(public.ask(os.urandom(32))) == {"unknown": 1}


def test_each_who_wants_it_gets_one_mail_and_no_more(public: Public) -> None:
    mail = insert_component(public.world, public.page_id, "Mail")
    everybody = subscriber_rows.insert_many(public.world, public.page_id, 3)
    of_shop = subscriber_rows.insert_many(public.world, public.page_id, 2, component_ids=[public.shop])
    subscriber_rows.insert_many(public.world, public.page_id, 2, component_ids=[mail])
    subscriber_rows.insert_many(public.world, public.page_id, 2, kinds=["maintenance"])
    subscriber_rows.insert_many(public.world, public.page_id, 2, state="ended")
    public.report(components=[{"component_id": public.shop, "status": "partial_outage"}])
    assert public.tell() == 5
    assert [row[0] for row in public.mails()] == sorted([*everybody, *of_shop])
    assert (public.due(), public.tell()) == ([], 0)


def test_tellings_at_once_write_each_mail_once(public: Public, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriber_telling, "PIECE", 7)
    told = subscriber_rows.insert_many(public.world, public.page_id, 40)
    public.report()
    assert at_once(*[public.tell] * 3) == []
    public.tell()
    assert [row[0] for row in public.mails()] == told
    counted = public.world.database.rows(
        "select subscribers, ended_at is not null from status_update_telling where org_id = %s", public.world.org_id
    )
    assert counted == [(40, True)]


class Killed(Exception):
    """The process is gone."""


def test_a_telling_that_was_killed_goes_on_where_it_was(public: Public, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriber_telling, "PIECE", 10)
    told = subscriber_rows.insert_many(public.world, public.page_id, 35)
    public.report()
    original, pieces = tellings.write_piece, [0]

    def dying(tx: Tx, telling: tellings.Telling, most: int) -> tellings.Piece:
        pieces[0] += 1
        found = original(tx, telling, most)
        if pieces[0] == 3:
            raise Killed
        return found

    monkeypatch.setattr(tellings, "write_piece", dying)
    with pytest.raises(Killed):
        public.tell()
    assert len(public.mails()) == 20
    assert public.tell() == 15
    assert [row[0] for row in public.mails()] == told


def test_who_ends_while_others_are_told_is_sent_nothing(public: Public) -> None:
    (subscriber_id,) = subscriber_rows.insert_many(public.world, public.page_id, 1)
    token = os.urandom(32)
    public.world.database.rows("update subscriber set token_hash = %s where id = %s returning id", token, subscriber_id)
    public.report()
    end = public.wish("end", token)
    assert at_once(public.tell, lambda: public.hear(end)) == []
    assert public.mails() in ([], [(subscriber_id, "failed")])
    assert public.states() == ["ended"]
    assert public.world.database.rows("select sealed from subscriber where id = %s", subscriber_id) == [("",)]


def test_what_is_sent_is_paced_and_every_organization_has_its_turn(public: Public) -> None:
    other = Public(World(public.world.database, name="Other"))
    subscriber_rows.insert_many(public.world, public.page_id, 50)
    subscriber_rows.insert_many(other.world, other.page_id, 2)
    for one in (public, other):
        one.report()
        one.tell()
    with public.worker.many(()) as tx:
        due, now = subscriber_pacing.due(tx, tx.now, 10), tx.now
    assert [found.org_id for found in due].count(other.world.org_id) == 2
    batch = [(found.org_id, found.id) for found in due]
    leaving = subscriber_pacing.send_off(public.worker, batch, now, 0, 10)
    assert [delay for _, delay in leaving.paced] == [0, 1, 3, 4, 6, 7, 9, 10, 12, 13]
    assert all(mail.words and mail.sealed == "x" for mail, _ in leaving.paced)
    assert subscriber_pacing.send_off(public.worker, batch, now, 0, 10).paced == []


def test_what_had_to_wait_for_its_turn_is_sent_and_after_a_day_given_up(public: Public) -> None:
    (subscriber_id,) = subscriber_rows.insert_many(public.world, public.page_id, 1)
    public.report()
    public.tell()

    def sent_after(hours: int) -> int:
        public.world.database.advance(timedelta(hours=hours))
        return sweeping.sweep(public.worker, lambda _: None, outside=sweeping.Outside(SITE, 10)).posted

    assert sent_after(5) == 1
    assert sent_after(1) == 0
    assert sent_after(5) == 1
    assert (sent_after(14), public.mails()) == (0, [(subscriber_id, "failed")])
    rows = public.world.database.rows("select state, failures, detail from subscriber where id = %s", subscriber_id)
    assert rows == [("active", 1, "no provider has taken it in time")]


@pytest.mark.parametrize("how", ["report", "private", "page"])
def test_what_is_taken_back_is_sent_to_nobody(public: Public, how: str) -> None:
    (subscriber_id,) = subscriber_rows.insert_many(public.world, public.page_id, 1)
    update_id = public.report()
    public.tell()
    if how == "report":
        ((report_id,),) = public.world.database.rows(
            "select status_report_id from status_update where id = %s", update_id
        )
        status_reports.delete_report(public.app, public.world.org_id, ALICE, report_id)
    elif how == "private":
        hide = "update status_page set visibility = 'private' where id = %s returning id"
        public.world.database.rows(hide, public.page_id)
    else:
        status_pages.delete_page(public.app, public.world.org_id, ALICE, public.page_id)
    swept = sweeping.sweep(public.worker, lambda _: None, outside=sweeping.Outside(SITE, 10))
    assert (swept.posted, public.mails()) == (0, [(subscriber_id, "failed")])
    assert public.world.database.rows("select sealed, words from mail where kind = 'report'") == [("", None)]
    query = "select state, failures from subscriber where id = %s"
    assert public.world.database.rows(query, subscriber_id) == [("ended" if how == "page" else "active", 0)]


def test_of_a_deleted_page_no_address_is_kept(public: Public) -> None:
    subscriber_rows.insert_many(public.world, public.page_id, 1)
    public.hear(public.ask(os.urandom(32)))
    status_pages.delete_page(public.app, public.world.org_id, ALICE, public.page_id)
    kept = "select state, sealed, forget_at - ended_at from subscriber where org_id = %s"
    assert public.world.database.rows(kept, public.world.org_id) == [("ended", "", KEPT_FOR)] * 2
    public.world.database.advance(timedelta(minutes=5))
    assert sweeping.sweep(public.worker, lambda _: None, outside=sweeping.Outside(SITE, 10)).mails == 0
    public.world.database.advance(KEPT_FOR)
    sweeping.sweep(public.worker, lambda _: None, outside=sweeping.Outside(SITE, 10))
    assert public.states() == []


def test_a_sweep_tells_many_in_pieces_and_sends_a_few_at_a_time(public: Public) -> None:
    subscriber_rows.insert_many(public.world, public.page_id, 1_200)
    public.report()
    swept = sweeping.sweep(public.worker, lambda _: None, outside=sweeping.Outside(SITE, 10))
    assert (swept.told, swept.posted, swept.failed) == (1_200, 150, 0)
    swept = sweeping.sweep(public.worker, lambda _: None, outside=sweeping.Outside(SITE, 10))
    assert (swept.told, swept.posted, swept.mails) == (0, 150, 0)


def test_what_is_in_the_way_of_subscribers_ends_no_sweep(public: Public) -> None:
    subscriber_rows.insert_many(public.world, public.page_id, 1)
    public.report()

    def send(leaving: Leaving) -> None:
        if leaving.paced:
            raise Contention("a lock is held")

    swept = sweeping.sweep(public.worker, send, outside=sweeping.Outside(SITE, 10))
    assert (swept.told, swept.posted, swept.failed) == (1, 0, 1)


def test_fates_are_counted_for_each_subscriber(public: Public) -> None:
    well, ill, gone = subscriber_rows.insert_many(public.world, public.page_id, 3)
    public.report()
    public.tell()
    ids = dict(public.world.database.rows("select subscriber_id, id from mail where kind = 'report'"))

    def outcome(who: UUID, result: Result, reason: str | None = None) -> OutcomeMessage:
        values = {"org_id": public.world.org_id, "kind": "mail", "notification_id": ids[who], "at": public.world.now}
        return OutcomeMessage.model_validate({**values, "result": result, "reason": reason})

    outcomes: Sequence[OutcomeMessage] = [
        outcome(well, Result.DELIVERED),
        outcome(ill, Result.PERMANENT, "http_404"),
        outcome(gone, Result.PERMANENT, "http_410"),
    ]
    assert mailing.record(public.worker, outcomes) == 1
    assert mailing.record(public.worker, outcomes) == 0
    rows = public.world.database.rows(
        "select id, state, failures, detail, sealed from subscriber where org_id = %s order by id", public.world.org_id
    )
    assert rows == [
        (well, "active", 0, None, "x"),
        (ill, "active", 1, "http_404", "x"),
        (gone, "failed", 1, "http_410", ""),
    ]
    public.world.database.advance(KEPT_FOR + timedelta(minutes=1))
    sweeping.sweep(public.worker, lambda _: None, outside=sweeping.Outside(SITE, 10))
    assert public.states() == ["active", "active"]
    assert public.mails() == []


@pytest.mark.parametrize("is_first", [True, False], ids=["before", "after"])
def test_what_comes_back_counts_whenever_it_is_heard_of(public: Public, is_first: bool) -> None:
    other = Public(World(public.world.database, name="Other"))
    (subscriber_id,) = subscriber_rows.insert_many(public.world, public.page_id, 1)
    (theirs,) = subscriber_rows.insert_many(other.world, other.page_id, 1)
    for title in ("Slow", "Slower"):
        public.report(title=title)
        public.tell()
    query = "select id from mail where subscriber_id = %s order by id"
    (mail_id,), _ = public.world.database.rows(query, subscriber_id)

    def outcome(org_id: UUID, result: Result, reason: str | None = None) -> OutcomeMessage:
        values = {"org_id": org_id, "kind": "mail", "notification_id": mail_id, "at": public.world.now}
        return OutcomeMessage.model_validate({**values, "result": result, "reason": reason})

    org_id = public.world.org_id
    assert mailing.record(public.worker, [outcome(other.world.org_id, Result.PERMANENT, "bounced")]) == 0
    assert (public.states(), other.states()) == (["active"], ["active"])
    taken, back = outcome(org_id, Result.DELIVERED), outcome(org_id, Result.PERMANENT, "bounced")
    assert mailing.record(public.worker, [back, taken] if is_first else [taken, back]) == 1
    assert mailing.record(public.worker, [taken]) == 0
    assert public.mails() == [(subscriber_id, "failed"), (subscriber_id, "failed")]
    kept = "select state, detail, sealed from subscriber where id = any(%s) order by id"
    assert public.world.database.rows(kept, [subscriber_id]) == [("failed", "bounced", "")]
    assert public.world.database.rows(kept, [theirs]) == [("active", None, "x")]
    assert public.world.database.rows("select sealed from mail where subscriber_id = %s", subscriber_id) == [("",)] * 2
