"""What really goes over the wire, from the server's own log: nothing that would pin a connection of a pooler."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from tests.support import (
    belonging_uses,
    heartbeat_rows,
    live_uses,
    monitor_uses,
    page_uses,
    probe_rows,
    publishing_uses,
    report_uses,
    subscriber_uses,
    watching,
)
from tests.support.api_host import ApiHost, api_host
from tests.support.measured import measure
from tests.support.reachable import be_reachable
from tests.support.ruled import decide
from tests.support.signed_in import SignedIn
from tests.support.turns import take_turns
from tests.support.wire import Wire, pinning, unsent
from tests.support.world import MAC_KEYS, StepSpec, World
from tocsin.contracts.delivery import ClaimAnswer, ClaimItem, DeliveryMessage, OutcomeMessage, Result
from tocsin.contracts.wakeup import WakeUp
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Action
from tocsin.platform.tokens import Purpose, issue
from tocsin_data.services import claiming, demo, escalating, mailing, recording, responding, sweeping
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.processing import Processed, process
from tocsin_data.services.rejecting import rejecter
from tocsin_data.views import edge_state, health

BATCH_STATEMENTS = 11
"""What a batch of new incidents takes, begin and commit among them, however many messages it has."""
STORM_STATEMENTS = 8
"""What a batch takes that only counts."""


class Life:
    """What happens to one organization, and what its use cases send to the database meanwhile."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.wire = Wire(world.database)
        self.worker = world.database.enter("worker")
        self.app = world.database.enter("app")
        self.pages: list[DeliveryMessage] = []
        self.wake_ups: list[WakeUp] = []
        self.link_token = ""

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

    def record(self, page: DeliveryMessage, attempt_id: UUID | None, result: Result, reason: str | None = None) -> None:
        outcome = OutcomeMessage(
            org_id=page.org_id,
            notification_id=page.notification_id,
            attempt_id=attempt_id,
            result=result,
            reason=reason,
            at=self.world.now,
        )
        done = recording.record(self.worker, [outcome])
        self.sent(done.leaving)
        if done.failed:
            self.sent(escalating.move_on(self.worker, done.failed).leaving)


@pytest.fixture
def life(world: World) -> Life:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    return Life(world)


def live(life: Life) -> None:
    """A whole life, of more than one incident, through every use case of the inside functions."""
    world = life.world
    expiring = world.event(dedup_key="expiring", expires_at=world.now + timedelta(minutes=1))
    life.process(world.request(), world.request(expiring), world.request(world.event(EventAction.CHANGE)))
    page, other = life.pages
    claimed = life.claim(page)
    assert claimed.link_token is not None
    life.link_token = claimed.link_token
    life.record(page, claimed.attempt_id, Result.TEMPORARY)
    life.record(other, None, Result.PERMANENT, "http_410")
    world.database.advance(timedelta(minutes=10, seconds=4))
    life.sent(escalating.wake(life.worker, life.wake_ups[:1]).leaving)
    life.claim(life.pages[-1])
    world.database.advance(timedelta(seconds=31))
    sweeping.sweep(life.worker, life.sent)
    sent = life.pages[-1]
    back = OutcomeMessage(
        org_id=sent.org_id,
        kind="returned",
        notification_id=sent.notification_id,
        result=Result.PERMANENT,
        at=world.now,
    )
    recording.take_back(life.worker, [back])
    incident_id = page.incident.incident_id
    responding.note(life.app, world.org_id, incident_id, "looking", "api_key:test")
    responding.act(life.app, world.org_id, incident_id, Action.ACKNOWLEDGE, "api_key:test")
    responding.reassign_to_users(life.app, world.org_id, incident_id, [world.bob.user_id], "api_key:test")
    life.claim(life.pages[-1])
    assert world.policy_id is not None
    responding.reassign_to_policy(life.app, world.org_id, incident_id, world.policy_id, "api_key:test")
    world.database.rows("update escalation set armed_at = null where incident_id = %s returning id", incident_id)
    sweeping.sweep(life.worker, life.sent)
    life.process(world.request(world.event(EventAction.ACKNOWLEDGE)), world.request(world.event(EventAction.RESOLVE)))
    old = world.now - timedelta(hours=2)
    life.process(*[world.request(world.event(dedup_key=f"late{i}"), at=old) for i in range(2)])
    world.database.rows("update routing_key set revoked_at = %s returning id", world.now)
    life.process(world.request(at=world.now))
    life.process(world.request().model_copy(update={"key_hash": "0" * 64}))
    rejecter(life.worker, "events")(str(uuid4()), "malformed", "not json", "{")
    edge_state.read(life.worker, budget_per_minute=6000)
    health.read(life.worker)


def visit(life: Life, api: ApiHost) -> None:
    """Every route of the API and of its links, each where it finds what it asks for, and what has no route yet."""
    world = life.world

    def do(method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = api.call(method, path, body, **more)
        assert answer.status < 300, answer.text
        return json.loads(answer.text) if answer.text else None

    steps = [{"targets": [world.alice.target]}, {"delay_seconds": 300, "targets": [world.bob.target]}]
    policy = {"name": "second", "rounds": 1, "round_delay_seconds": 300, "steps": steps}
    policy_path = f"/v1/escalation-policies/{do('POST', '/v1/escalation-policies', policy)['id']}"
    do("PUT", policy_path, {**policy, "name": "renamed"}, headers={"if-match": '"1"'})
    service = do("POST", "/v1/services", {"name": "new"})
    newer = {"name": "newer", "policy_id": str(world.policy_id)}
    do("PATCH", f"/v1/services/{service['id']}", newer, headers={"if-match": '"1"'})
    made = do("POST", "/v1/integrations", {"service_id": service["id"], "name": "new"})
    integration_path = f"/v1/integrations/{made['id']}"
    key = do("POST", f"{integration_path}/keys")
    do("POST", f"{integration_path}/keys/{key['id']}/rotate", {"overlap_seconds": 60})
    do("POST", f"{integration_path}/keys/{key['id']}/revoke")
    methods_path = f"/v1/users/{world.alice.user_id}/contact-methods"
    method = do("POST", methods_path, {"channel": "webhook", "url": "https://hooks.example.com/x"})
    do("POST", f"{methods_path}/{method['id']}/disable")
    do("GET", "/v1/incidents", query={"sort": "created_at"})
    incidents = do("GET", "/v1/incidents", query={"limit": 2, "service_id": world.service_id})
    incident_path = f"/v1/incidents/{incidents['items'][0]['id']}"
    do("POST", f"{incident_path}/notes", {"text": "looking"})
    do("POST", f"{incident_path}/reassign", {"user_ids": [str(world.bob.user_id)]})
    do("POST", f"{incident_path}/acknowledge")
    do("POST", f"{incident_path}/resolve")
    for path in (incident_path, policy_path, f"/v1/services/{service['id']}", integration_path, methods_path):
        do("GET", path)
    pages = [f"{incident_path}/timeline", f"{incident_path}/notifications", f"/v1/services/{world.service_id}/events"]
    for path in (*pages, "/v1/incidents", "/v1/services", "/v1/integrations", "/v1/escalation-policies"):
        first = do("GET", path, query={"limit": 1})
        do("GET", path, query={"cursor": first["next_cursor"]} if first["next_cursor"] else {})
    do("GET", f"{integration_path}/keys")
    assert api.follow("GET", life.link_token).status == 200
    assert api.follow("POST", life.link_token, {"action": "resolve"}).status == 409
    for path in (integration_path, f"/v1/services/{service['id']}", policy_path):
        do("DELETE", path)
    key_path = f"/v1/api-keys/{do('POST', '/v1/api-keys', {'name': 'new', 'role': 'viewer'})['id']}"
    do("GET", key_path)
    do("GET", "/v1/api-keys")
    for verb in ("rotate", "revoke"):
        do("POST", f"{key_path}/{verb}", {})
    do("GET", "/v1/audit-entries")


def look_ahead(life: Life, api: ApiHost) -> None:
    """What would happen, what is wrong, why things happened, and how all of it goes."""
    about = {"service_id": str(life.world.service_id)}
    incident_id = life.world.database.rows("select id from incident order by number")[0][0]
    asked = {**about, "events": [{}, {"action": "resolve", "after_seconds": 60}]}
    assert api.call("POST", "/v1/simulations", asked).status == 200
    for report in ("response-times", "pages", "services"):
        assert api.call("GET", f"/v1/analytics/{report}", query=about).status == 200
    for path in ("/v1/lint", f"/v1/incidents/{incident_id}/explanation"):
        assert api.call("GET", path).status == 200


def respond(life: Life, api: ApiHost) -> None:
    """What people do to an incident beyond answering it, what time does, and a stop of all paging."""
    world = life.world
    lifespans = "update service set auto_resolve_seconds = 300, acknowledgement_timeout_seconds = 60 returning id"
    world.database.rows(lifespans)
    key = issue(Purpose.ROUTING, MAC_KEYS)
    world.add_key(key)
    life.process(world.request(world.event(dedup_key="respond"), key=key))
    incident_id = world.database.rows("select id from incident order by number desc limit 1")[0][0]
    path = f"/v1/incidents/{incident_id}"

    def do(action: str, body: Any = None) -> None:
        answer = api.call("POST", f"{path}/{action}", body)
        assert answer.status == 200, (action, answer.text)

    for action in ("hold", "resume"):
        do(action)
    assert world.policy_id is not None
    world.edit_policy(2, [StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=5))])
    do("move-to-current-version")
    do("escalate", {})
    do("responders", {"user_ids": [str(world.bob.user_id)]})
    assert api.call("PATCH", path, {"urgency": "low"}).status == 200
    do("snooze", {"seconds": 60})
    do("unsnooze")
    do("snooze", {"seconds": 60})
    world.database.advance(timedelta(seconds=61))
    sweeping.sweep(life.worker, life.sent)
    do("acknowledge")
    world.database.advance(timedelta(seconds=61))
    sweeping.sweep(life.worker, life.sent)
    do("resolve")
    do("reopen")
    ends_at = (world.now + timedelta(minutes=1)).isoformat()
    assert api.call("PUT", "/v1/organization/paging-stop", {"reason": "x", "ends_at": ends_at}).status == 200
    assert api.call("DELETE", "/v1/organization/paging-stop").status == 204
    world.database.advance(timedelta(seconds=301))
    life.process(world.request(world.event(dedup_key="respond"), key=key))
    sweeping.sweep(life.worker, life.sent)
    world.database.advance(timedelta(seconds=301))
    sweeping.sweep(life.worker, life.sent)
    assert api.call("GET", path).json["resolved_by"] == "system:silence"


def join(life: Life, api: ApiHost) -> None:
    """Invitations and their mail, from both sides."""
    team, guest = life.world.team("new", [])["value"], SignedIn(api, "carol@acme.example")
    guest.call("GET", "/v1/me/invitations")
    for verb in ("decline", "accept"):
        wanted = {"email": guest.email, "role": "viewer", "teams": [{"team_id": team}]}
        path = f"/v1/invitations/{api.call('POST', '/v1/invitations', wanted).json['id']}"
        api.call("PATCH", path, {"teams": []}, headers={"if-match": '"1"'})
        life.world.database.rows("update invitation set sent_at = sent_at - interval '1 hour' returning id")
        assert api.call("POST", f"{path}/resend", {}).status == 200
        assert guest.call("POST", path.replace("/v1", "/v1/me") + f"/{verb}").status < 300
    assert guest.call("POST", "/v1/invitations/accept", {"token": "unknown"}).status == 404
    api.call("GET", "/v1/invitations")
    mails = life.world.database.rows("select id from mail order by id")
    outcomes = [
        OutcomeMessage(org_id=life.world.org_id, kind="mail", notification_id=mail_id, result=result, at=life.world.now)
        for (mail_id,), result in zip(mails, (Result.DELIVERED, Result.TEMPORARY), strict=False)
    ]
    mailing.record(life.worker, outcomes)
    life.world.database.rows("update mail set due_at = due_at - interval '1 hour' returning id")
    sweeping.sweep(life.worker, life.sent)


def look_around(life: Life, api: ApiHost) -> None:
    """The demo, made anew and visited, and requests that are sent again under their Idempotency-Key.

    And what the dashboard asks beside what others do: figures of a list, a test event.
    """
    demo.refresh(life.worker)
    api.monkeypatch.setenv("DEMO", "yes")
    token = api.call("POST", "/v1/demo/sessions").json["token"]
    assert api.call("GET", "/v1/me", key=token).status == 200
    for body, status in (({"name": "again"}, 201), ({"name": "again"}, 201), ({"nome": "again"}, 422)):
        key = {"idempotency-key": f"one-{status}"}
        assert api.call("POST", "/v1/services", body, headers=key).status == status
    monitor, integration = (api.call("GET", f"/v1/{of}").json["items"][0]["id"] for of in ("monitors", "integrations"))
    figures = {"monitor_id": monitor, "days": 30, "time_zone": "UTC"}
    assert api.call("GET", "/v1/monitors/figures", query=figures).status == 200
    assert api.call("POST", f"/v1/integrations/{integration}/test", {"severity": "critical"}).status == 202


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def test_nothing_that_pins_a_connection_is_ever_sent(life: Life, api: ApiHost) -> None:
    live(life)
    visit(life, api)
    respond(life, api)
    look_ahead(life, api)
    for happen in (take_turns, be_reachable, decide, measure, report_uses.live):
        happen(life.world, life.worker, api)
    watching.live(life.world)
    for uses in (monitor_uses, page_uses, subscriber_uses, heartbeat_rows):
        uses.live(life.world, api)
    publishing_uses.live(life.world)
    live_uses.happen(life.world, life.app, api)
    join(life, api)
    look_around(life, api)
    probe_rows.live(life.world)
    belonging_uses.live(life.world, life.app, api)
    sent = life.wire.since()

    assert pinning(sent) == []
    assert unsent(sent) == []
    texts = [text for _, text in sent]
    assert len([text for text in texts if "app.enter" in text]) == len(
        [text for text in texts if text.upper().startswith("BEGIN")]
    )


def test_every_statement_is_short_whatever_the_batch(life: Life) -> None:
    live(life)
    messages = [
        life.world.request(*[life.world.event(dedup_key=f"{n}-{i}", index=i) for i in range(100)]) for n in range(10)
    ]
    life.world.database.rows("update routing_key set revoked_at = null returning id")
    assert life.process(*messages).opened == 1000
    assert pinning(life.wire.since()) == []


@pytest.mark.parametrize("count", [1, 10, 100])
def test_a_batch_takes_the_same_few_statements_however_large(life: Life, count: int) -> None:
    messages = [life.world.request(life.world.event(dedup_key=f"k{n}")) for n in range(count)]
    life.wire.since()
    assert life.process(*messages).opened == count
    opening = [text.split(maxsplit=3)[:3] for _, text in life.wire.since()]
    assert len(opening) == BATCH_STATEMENTS, opening

    again = [life.world.request(life.world.event(dedup_key=f"k{n}")) for n in range(count)]
    life.wire.since()
    assert life.process(*again).counted == count
    counting = [text.split(maxsplit=3)[:3] for _, text in life.wire.since()]
    assert len(counting) == STORM_STATEMENTS, counting


@pytest.mark.parametrize(
    "text",
    [
        "set local work_mem = '1MB'",
        "select 1; set work_mem = '1MB'",
        "/* hidden */ reset all",
        "select set_config('app.org', '', true)",
        "prepare one as select 1",
        "select pg_advisory_lock(1)",
        "select pg_try_advisory_lock(1)",
        "listen incidents",
        "unlisten *",
        "create temporary table mine (id int)",
        "discard all",
        f"select '{'x' * 16 * 1024}'",
    ],
    ids=lambda text: text[:24],
)
def test_a_statement_that_pins_is_noticed_on_the_wire(life: Life, text: str) -> None:
    with life.worker.outside_organizations() as conn:
        with suppress(psycopg.Error):
            conn.execute(sql.SQL(text))
        sent = life.wire.since()
        assert [found for _, found in pinning(sent)] == [text]
        conn.close()


def test_a_named_statement_is_noticed_on_the_wire(life: Life) -> None:
    entrance = life.world.database.settings("worker")
    with psycopg.connect(host=entrance.db_host, port=entrance.db_port, dbname=entrance.db_name, user="worker") as conn:
        conn.execute("select %s::int", (1,), prepare=True)
    assert [text for _, text in pinning(life.wire.since())] == ["select $1::int"]


@pytest.mark.parametrize(
    "text", ["select pg_advisory_xact_lock(1)", "update incident set status = $1", "select app.enter($1)"]
)
def test_what_ends_with_its_transaction_pins_nothing(text: str) -> None:
    assert pinning([("<unnamed>", text)]) == []


def test_a_statement_that_was_never_sent_is_named(life: Life) -> None:
    assert any(place.startswith("tocsin_data.views.health:") for place in unsent(life.wire.since()))
