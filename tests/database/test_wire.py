"""What really goes over the wire, from the server's own log: nothing that would pin a connection of a pooler."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from psycopg import sql

from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import ClaimAnswer, ClaimItem, DeliveryMessage, OutcomeMessage, Result
from tocsin.contracts.wakeup import WakeUp
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Action
from tocsin_data.services import claiming, escalating, recording, responding, sweeping
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.processing import Processed, process
from tocsin_data.services.rejecting import rejecter
from tocsin_data.views import edge_state

LOGGED = re.compile(r"^\S+ \S+ \S+ \[\d+\] LOG:  (statement|execute (\S+)|fastpath function call): (.*)", re.MULTILINE)
PINNING = re.compile(
    r"(^\s*(set|reset|discard|listen|unlisten|notify|prepare|execute|deallocate|declare|load|lock)\b"
    r"|\bset_config\b|\bpg_(try_)?advisory_(un)?lock|\btemp(orary)?\s+(table|view|sequence)|\bwith\s+hold\b|\bcopy\b)",
    re.IGNORECASE,
)
MOST_TEXT = 16 * 1024
BATCH_STATEMENTS = 12
"""What a batch of new incidents takes, begin and commit among them, however many messages it has."""
STORM_STATEMENTS = 9
"""What a batch takes that only counts."""


class Wire:
    """The statements that the runtime roles have sent to one database."""

    def __init__(self, world: World) -> None:
        self.world = world
        with world.database.admin() as conn:
            for role in ("app", "worker"):
                conn.execute(
                    sql.SQL("alter role {} in database {} set log_statement = 'all'").format(
                        sql.Identifier(role), sql.Identifier(world.database.name)
                    )
                )
        self.log = world.database.server.log
        self.start = self.log.stat().st_size
        self.worker = world.database.enter("worker")
        self.app = world.database.enter("app")
        self.pages: list[DeliveryMessage] = []
        self.wake_ups: list[WakeUp] = []

    def since(self) -> list[tuple[str | None, str]]:
        """(name of the prepared statement or None, text), oldest first, since this was last asked."""
        with self.log.open("rb") as file:
            file.seek(self.start)
            text = file.read().decode()
        self.start += len(text.encode())
        entries = re.split(r"\n(?=\d{4}-\d\d-\d\d )", text)
        found = [(match, entry) for entry in entries if (match := LOGGED.match(entry))]
        return [(match[2], entry[match.start(3) :].rstrip("\n")) for match, entry in found]

    def sent(self, leaving: Leaving) -> None:
        self.pages.extend(page for page, _ in leaving.deliveries)
        self.wake_ups.extend(leaving.wake_ups)

    def process(self, *messages: object) -> Processed:
        done = process(self.worker, messages, key_budget_per_minute=6000)
        self.sent(done.leaving)
        return done

    def claim(self, page: DeliveryMessage) -> ClaimAnswer:
        item = ClaimItem(org_id=page.org_id, notification_id=page.notification_id)
        return claiming.claim(self.worker, [item])[0]

    def record(self, page: DeliveryMessage, attempt_id: UUID | None, result: Result) -> None:
        outcome = OutcomeMessage(
            org_id=page.org_id,
            notification_id=page.notification_id,
            attempt_id=attempt_id,
            result=result,
            at=self.world.now,
        )
        done = recording.record(self.worker, [outcome])
        self.sent(done.leaving)
        if done.failed:
            self.sent(escalating.move_on(self.worker, done.failed).leaving)


@pytest.fixture
def wire(world: World) -> Wire:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    return Wire(world)


def live(wire: Wire) -> None:
    """A whole life, of more than one incident, through every use case of the inside functions."""
    world = wire.world
    expiring = world.event(dedup_key="expiring", expires_at=world.now + timedelta(minutes=1))
    wire.process(world.request(), world.request(expiring), world.request(world.event(EventAction.CHANGE)))
    page, other = wire.pages
    wire.record(page, wire.claim(page).attempt_id, Result.TEMPORARY)
    wire.record(other, None, Result.PERMANENT)
    world.database.advance(timedelta(minutes=10, seconds=4))
    wire.sent(escalating.wake(wire.worker, wire.wake_ups[:1]).leaving)
    wire.claim(wire.pages[-1])
    world.database.advance(timedelta(seconds=31))
    sweeping.sweep(wire.worker, wire.sent)
    incident_id = page.incident.incident_id
    responding.note(wire.app, world.org_id, incident_id, "looking", "api_key:test")
    responding.act(wire.app, world.org_id, incident_id, Action.ACKNOWLEDGE, "api_key:test")
    responding.reassign_to_users(wire.app, world.org_id, incident_id, [world.bob.user_id], "api_key:test")
    token = wire.claim(wire.pages[-1]).link_token
    assert world.policy_id is not None
    responding.reassign_to_policy(wire.app, world.org_id, incident_id, world.policy_id, "api_key:test")
    if token is not None:
        responding.follow_link(wire.app, token)
    wire.process(world.request(world.event(EventAction.ACKNOWLEDGE)), world.request(world.event(EventAction.RESOLVE)))
    old = world.now - timedelta(hours=2)
    wire.process(*[world.request(world.event(dedup_key=f"late{i}"), at=old) for i in range(2)])
    world.database.rows("update routing_key set revoked_at = %s returning id", world.now)
    wire.process(world.request(at=world.now))
    wire.process(world.request().model_copy(update={"key_hash": "0" * 64}))
    rejecter(wire.worker, "events")(str(uuid4()), "malformed", "not json", "{")
    edge_state.read(wire.worker, budget_per_minute=6000)


def test_nothing_that_pins_a_connection_is_ever_sent(wire: Wire) -> None:
    live(wire)
    statements = wire.since()

    assert len(statements) > 100
    assert [text for _, text in statements if PINNING.search(text)] == []
    assert {name for name, _ in statements} <= {None, "<unnamed>"}
    entering = [text for _, text in statements if "app.enter" in text]
    begun = [text for _, text in statements if text.upper().startswith("BEGIN")]
    assert len(entering) == len(begun)


def test_every_statement_is_short_whatever_the_batch(wire: Wire) -> None:
    live(wire)
    messages = [
        wire.world.request(*[wire.world.event(dedup_key=f"{n}-{i}", index=i) for i in range(100)]) for n in range(10)
    ]
    wire.world.database.rows("update routing_key set revoked_at = null returning id")
    assert wire.process(*messages).opened == 1000
    assert max(len(text.encode()) for _, text in wire.since()) < MOST_TEXT


@pytest.mark.parametrize("count", [1, 10, 100])
def test_a_batch_takes_the_same_few_statements_however_large(wire: Wire, count: int) -> None:
    messages = [wire.world.request(wire.world.event(dedup_key=f"k{n}")) for n in range(count)]
    wire.since()
    assert wire.process(*messages).opened == count
    opening = [text.split(maxsplit=3)[:3] for _, text in wire.since()]
    assert len(opening) == BATCH_STATEMENTS, opening

    again = [wire.world.request(wire.world.event(dedup_key=f"k{n}")) for n in range(count)]
    wire.since()
    assert wire.process(*again).counted == count
    counting = [text.split(maxsplit=3)[:3] for _, text in wire.since()]
    assert len(counting) == STORM_STATEMENTS, counting


@pytest.mark.parametrize(
    ("text", "pins"),
    [
        ("SET LOCAL work_mem = '1MB'", True),
        ("select set_config('app.org', $1, true)", True),
        ("select pg_advisory_lock(1)", True),
        ("select pg_try_advisory_lock(1)", True),
        ("LISTEN incidents", True),
        ("create temporary table t (id int)", True),
        ("prepare x as select 1", True),
        ("select pg_advisory_xact_lock(1)", False),
        ("update incident set status = $1", False),
        ("select app.enter($1)", False),
    ],
)
def test_what_counts_as_pinning(text: str, *, pins: bool) -> None:
    assert bool(PINNING.search(text)) is pins
