"""Sockets: opened by a ticket, told what has changed and nothing else, closed when whoever opened them may no more."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.live_host import TOPICS, LiveHost, Socket, live_host
from tests.support.signed_in import member
from tests.support.world import MAC_KEYS, World
from tocsin.domain.live import Topic
from tocsin.platform.tokens import Purpose, digest, issue
from tocsin_data.services import live_telling
from tocsin_data.services.leaving import LeavingSettings
from tocsin_data.services.live_telling import telling
from tocsin_data.services.processing import process


@pytest.fixture
def host(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveHost]:
    with live_host(world, monkeypatch) as found:
        yield found


@pytest.fixture
def incident_id(world: World) -> str:
    return opened(world)


def opened(world: World) -> str:
    process(world.database.enter("worker"), [world.request(world.event())], key_budget_per_minute=6000)
    return str(world.database.rows("select id from incident where org_id = %s", world.org_id)[0][0])


def acknowledge(host: LiveHost, incident_id: str) -> None:
    assert host.api.call("POST", f"/v1/incidents/{incident_id}/acknowledge").status == 200


def note(host: LiveHost, incident_id: str, text: str = "looking") -> None:
    assert host.api.call("POST", f"/v1/incidents/{incident_id}/notes", {"text": text}).status == 204


def changes(host: LiveHost, after: int | None = None, key: str | None = None) -> dict[str, Any]:
    query = None if after is None else {"after": after}
    answer = host.api.call("GET", "/v1/live/changes", query=query, key=key)
    assert answer.status == 200, answer.text
    return answer.json


def told_just_now(host: LiveHost) -> None:
    """However long the test takes, somebody was told within the last second."""
    query = "update live_organization set pushed_at = %s, results_pushed_at = %s returning 1"
    soon = host.world.now + timedelta(minutes=1)
    assert host.world.database.rows(query, soon, soon) == [(1,)]


def queues_of(host: LiveHost) -> LeavingSettings:
    urls = host.api.queue_urls
    return LeavingSettings(
        deliveries_queue_url=urls["deliveries"],
        escalations_queue_url=urls["escalations"],
        pushes_queue_url=urls["pushes"],
        hints_queue_url=urls["hints"],
    )


def test_a_ticket_opens_one_connection_which_is_told_of_a_change(host: LiveHost, incident_id: str) -> None:
    ticket = host.ticket()
    assert ticket["url"] == f"wss://live.tocsin.example/live?ticket={ticket['ticket']}"
    assert ticket["topics"] == ["incidents", "monitors", "status-pages", "on-call"]
    socket = Socket(host)
    assert socket.connect(ticket["ticket"]) == 200
    welcome = socket.subscribe()
    assert (welcome["type"], welcome["topics"], welcome["refused"]) == ("welcome", sorted(TOPICS), [])
    acknowledge(host, incident_id)
    ((to, frame, closes),) = host.pushed()
    assert (to, closes) == ([socket.connection_id], False)
    (hint,) = frame.pop("changes")
    assert frame == {"type": "changed", "sequence": welcome["sequence"] + 1, "follows": welcome["sequence"]}
    assert hint.pop("at")
    assert hint == {"topic": "incidents", "id": incident_id, "kind": "incident"}
    assert socket.say({"action": "ping"}) == {"type": "pong", "sequence": frame["sequence"]}


def test_a_ticket_is_worth_nothing_a_second_time_or_after_a_minute_and_is_not_kept(host: LiveHost) -> None:
    used, late = host.ticket()["ticket"], host.ticket()["ticket"]
    kept = host.world.database.rows("select token_hash from live_ticket")
    assert {bytes(row[0]) for row in kept} == {digest(used), digest(late)}
    assert Socket(host).connect(used) == 200
    assert Socket(host).connect(used) == 403
    host.world.database.advance(timedelta(seconds=61))
    for wrong in (late, "", "x" * 43, used.swapcase()):
        assert Socket(host).connect(wrong) == 403


NO_FRAMES = [
    "",
    "no JSON",
    "[]",
    '{"action":"shout"}',
    '{"action":"subscribe"}',
    r'{"action":"subscribe","topics":["\u0000"]}',
    r'{"action":"subscribe","topics":["\ud800"]}',
    json.dumps({"action": "subscribe", "topics": ["x" * 51]}),
    json.dumps({"action": "subscribe", "topics": ["x"] * 21}),
    "x" * 5000,
]


@pytest.mark.parametrize("frame", NO_FRAMES)
def test_a_frame_that_is_none_of_ours_is_answered_with_what_would_be(host: LiveHost, frame: str) -> None:
    answer = host.socket().say(frame)
    assert answer["type"] == "error"
    assert "subscribe" in answer["detail"] or "bytes" in answer["detail"]


def test_topics_that_may_not_be_read_or_are_not_there_are_refused_by_name(host: LiveHost, incident_id: str) -> None:
    made = host.api.call(
        "POST", "/v1/api-keys", {"name": "k", "role": "viewer", "access": "read", "groups": ["monitors", "schedules"]}
    ).json
    socket = Socket(host)
    ticket = host.ticket(made["key"])
    assert ticket["topics"] == ["monitors", "on-call"]
    assert socket.connect(ticket["ticket"]) == 200
    welcome = socket.subscribe("incidents", "on-call", "weather", "on-call")
    assert (welcome["topics"], welcome["refused"]) == (["on-call"], ["incidents", "weather"])
    acknowledge(host, incident_id)
    assert host.pushed() == []
    assert [item["topic"] for item in changes(host, 1, made["key"])["items"]] == []
    assert [item["topic"] for item in changes(host, 1)["items"]] == ["incidents"]


def test_one_organization_is_told_nothing_of_another(host: LiveHost, incident_id: str) -> None:
    other = World(host.world.database, name="Other")
    theirs = host.socket(key=other.api_key())
    mine = host.socket()
    acknowledge(host, incident_id)
    assert [to for to, _, _ in host.pushed()] == [[mine.connection_id]]
    assert changes(host, 1, other.api_key())["items"] == []
    assert theirs.say({"action": "ping"})["sequence"] == 1


def test_changes_within_a_second_are_told_together_at_its_end(host: LiveHost, incident_id: str) -> None:
    socket = host.socket()
    acknowledge(host, incident_id)
    first = host.pushed()[0][1]
    told_just_now(host)
    for text in "abc":
        note(host, incident_id, text)
    host.api.call("POST", "/v1/escalation-policies", {"name": "p", "steps": []})
    assert (host.pushed(), host.api.held("hints")) == ([], 1)
    host.hint()
    ((to, frame, _),) = host.pushed()
    assert to == [socket.connection_id]
    assert frame["follows"] == first["sequence"]
    assert {c["kind"] for c in frame["changes"]} <= {"incident", "escalation_policy"}
    assert [c["id"] for c in frame["changes"]].count(incident_id) == 1
    host.hint()
    assert host.pushed() == []
    host.world.database.advance(timedelta(seconds=2))
    note(host, incident_id)
    ((_, later, _),) = host.pushed()
    assert later["follows"] == frame["sequence"]


def test_results_of_checks_come_all_the_time_and_hold_back_nothing_that_matters(
    host: LiveHost, incident_id: str
) -> None:
    host.socket()
    worker = host.world.database.enter("worker")
    for _ in range(2):
        with telling(worker, queues_of(host), "test"), worker.many([host.world.org_id]) as tx:
            tx.note(host.world.org_id, Topic.MONITORS, "check_result", uuid4())
        query = "update live_organization set results_pushed_at = %s returning 1"
        host.world.database.rows(query, host.world.now + timedelta(minutes=1))
    acknowledge(host, incident_id)
    told = [[change["kind"] for change in frame["changes"]] for _, frame, _ in host.pushed()]
    assert sorted(told, key=len) == [["check_result"], ["check_result", "incident"]]


def test_nobody_is_asked_to_tell_what_nobody_wants_to_hear(host: LiveHost, incident_id: str) -> None:
    host.socket("on-call")
    for _ in range(3):
        note(host, incident_id)
    assert (host.pushed(), host.api.held("hints")) == ([], 0)
    assert [item["id"] for item in changes(host, 1)["items"]] == [incident_id]


def test_a_lost_wake_up_is_made_good_by_the_sweep(host: LiveHost, incident_id: str) -> None:
    host.socket()
    acknowledge(host, incident_id)
    told_just_now(host)
    note(host, incident_id)
    assert len(host.pushed()) == 1
    host.world.database.advance(timedelta(seconds=10))
    live_telling.tend(host.world.database.enter("worker"), queues_of(host), "test")
    ((_, frame, _),) = host.pushed()
    assert [c["id"] for c in frame["changes"]] == [incident_id]


def test_more_than_can_be_named_is_told_by_its_kind(host: LiveHost) -> None:
    host.socket()
    world, worker = host.world, host.world.database.enter("worker")
    with telling(worker, queues_of(host), "test"):
        events = [world.event(dedup_key=str(n), index=n) for n in range(120)]
        process(worker, [world.request(*events)], key_budget_per_minute=6000)
    ((_, frame, _),) = host.pushed()
    assert [(c["kind"], c["id"]) for c in frame["changes"]] == [("incident", "*")]


def test_nothing_is_noted_where_nobody_has_watched_for_an_hour(host: LiveHost, incident_id: str) -> None:
    note(host, incident_id)
    assert host.world.database.rows("select 1 from live_change") == []
    known = changes(host)
    assert known == {"items": [], "sequence": known["sequence"], "is_reset": False}
    note(host, incident_id)
    told = changes(host, known["sequence"])
    assert ([item["id"] for item in told["items"]], told["is_reset"]) == ([incident_id], False)
    host.world.database.advance(timedelta(hours=4))
    note(host, incident_id)
    assert changes(host, told["sequence"])["is_reset"] is True
    assert changes(host, changes(host)["sequence"])["is_reset"] is False
    assert changes(host, 10_000)["is_reset"] is True


def test_changes_older_than_an_hour_are_forgotten_and_whoever_asks_is_told_so(host: LiveHost, incident_id: str) -> None:
    known = changes(host)["sequence"]
    note(host, incident_id)
    newer = changes(host)["sequence"]
    host.world.database.advance(timedelta(minutes=61))
    live_telling.tend(host.world.database.enter("worker"), queues_of(host), "test")
    assert changes(host, known) == {"items": [], "sequence": newer, "is_reset": True}
    assert changes(host, newer) == {"items": [], "sequence": newer, "is_reset": False}


@pytest.mark.parametrize("after", ["-1", "x", str(2**63), "1.5"])
def test_a_number_that_is_none_is_refused_with_its_field(host: LiveHost, after: str) -> None:
    assert list(host.api.call("GET", "/v1/live/changes", query={"after": after}).fields) == ["query.after"]


def test_a_visitor_of_the_demo_may_watch_and_only_watch(host: LiveHost) -> None:
    visit = issue(Purpose.DEMO, MAC_KEYS)
    with host.world.database.admin() as conn:
        conn.execute("update organization set is_demo = true where id = %s", (host.world.org_id,))
        conn.execute(
            "insert into demo_session (token_hash, org_id, source_address, created_at, expires_at)"
            " values (%s, %s, '192.0.2.1', now(), now() + interval '30 minutes')",
            (digest(visit), host.world.org_id),
        )
    socket = host.socket(key=visit)
    assert changes(host, key=visit)["is_reset"] is False
    assert host.api.call("POST", "/v1/services", {"name": "x"}, key=visit).problem["code"] == "demo_read_only"
    host.world.database.advance(timedelta(minutes=31))
    assert socket.say({"action": "ping"}) == {"type": "closing", "reason": "expired"}


ENDINGS = {
    "removed": "delete from membership where user_id = %s",
    "role_changed": "update membership set role = 'viewer' where user_id = %s",
    "signed_out": "update user_account set signed_out_at = now() where id = %s",
}


@pytest.mark.parametrize("reason", ENDINGS)
def test_a_socket_is_closed_when_its_person_may_no_more(host: LiveHost, incident_id: str, reason: str) -> None:
    alice = member(host.api, host.world.alice, host.world.org_id)
    ticket = alice.call("POST", "/v1/live/tickets").json["ticket"]
    unused = alice.call("POST", "/v1/live/tickets").json["ticket"]
    hers, others = Socket(host), host.socket()
    assert hers.connect(ticket) == 200
    hers.subscribe()
    with host.world.database.admin() as conn:
        conn.execute(ENDINGS[reason], (host.world.alice.user_id,))
    assert Socket(host).connect(unused) == 403
    note(host, incident_id)
    pushed = host.pushed()
    assert [(to, f["type"]) for to, f, closes in pushed if not closes] == [([others.connection_id], "changed")]
    assert [(to, f) for to, f, closes in pushed if closes] == [
        ([hers.connection_id], {"type": "closing", "reason": reason})
    ]
    assert hers.say({"action": "ping"}) == {"type": "closing", "reason": reason}
    hers.disconnect()
    assert host.world.database.rows("select id from live_connection") == [(others.connection_id,)]


def test_signing_out_by_the_api_closes_sockets_in_every_organization(host: LiveHost) -> None:
    alice = member(host.api, host.world.alice, host.world.org_id)
    hers = Socket(host)
    assert hers.connect(alice.call("POST", "/v1/live/tickets").json["ticket"]) == 200
    assert alice.call("POST", "/v1/me/sign-out").status in {200, 204}
    ((to, frame, closes),) = host.pushed()
    assert (to, frame["reason"], closes) == ([hers.connection_id], "signed_out", True)


def test_revoking_a_key_closes_its_sockets(host: LiveHost) -> None:
    made = host.api.call("POST", "/v1/api-keys", {"name": "k", "role": "viewer"}).json
    socket = host.socket(key=made["key"])
    assert host.api.call("POST", f"/v1/api-keys/{made['id']}/revoke").status == 200
    ((to, frame, closes),) = host.pushed()
    assert (to, frame["reason"], closes) == ([socket.connection_id], "signed_out", True)


def test_a_rotated_keys_sockets_end_with_its_overlap_and_tickets_open_none_beyond_it(host: LiveHost) -> None:
    made = host.api.call("POST", "/v1/api-keys", {"name": "k", "role": "viewer"}).json
    socket, unused = host.socket(key=made["key"]), host.ticket(made["key"])["ticket"]
    late = Socket(host)
    new = host.api.call("POST", f"/v1/api-keys/{made['id']}/rotate", {"overlap_seconds": 30}).json
    lasting = host.socket(key=new["key"])
    assert late.connect(unused) == 200
    host.world.database.advance(timedelta(seconds=31))
    for ended in (socket, late):
        assert ended.say({"action": "ping"}) == {"type": "closing", "reason": "expired"}
    assert lasting.say({"action": "ping"})["type"] == "pong"


def test_a_socket_ends_with_its_organization(host: LiveHost) -> None:
    socket = host.socket()
    with host.world.database.admin() as conn:
        ends = "update organization set deletes_at = now() + interval '1 minute' where id = %s"
        conn.execute(ends, (host.world.org_id,))
    assert socket.say({"action": "ping"})["type"] == "pong"
    host.world.database.advance(timedelta(minutes=1))
    assert socket.say({"action": "ping"}) == {"type": "closing", "reason": "expired"}


def test_what_has_expired_or_fallen_silent_is_closed_once_a_minute_until_it_is_gone(host: LiveHost) -> None:
    silent, there = host.socket(), host.socket()
    worker = host.world.database.enter("worker")
    host.world.database.advance(timedelta(minutes=5))
    there.say({"action": "ping"})
    host.world.database.advance(timedelta(minutes=2))
    for _ in range(2):
        live_telling.tend(worker, queues_of(host), "test")
    ((to, frame, closes),) = host.pushed()
    assert (to, frame, closes) == ([silent.connection_id], {"type": "closing", "reason": "silent"}, True)
    host.world.database.advance(timedelta(hours=2, minutes=1))
    live_telling.tend(worker, queues_of(host), "test")
    reasons = {frame["reason"]: to for to, frame, _ in host.pushed()}
    assert reasons == {"silent": [silent.connection_id], "expired": [there.connection_id]}
    host.world.database.advance(timedelta(hours=3))
    live_telling.tend(worker, queues_of(host), "test")
    left = "select id from live_connection union select token_hash::text from live_ticket"
    assert host.world.database.rows(left) == []


def test_a_connection_that_is_not_known_is_told_to_come_again_and_closed(host: LiveHost) -> None:
    lost = Socket(host)
    assert lost.subscribe() == {"type": "closing", "reason": "expired"}
    ((to, _, closes),) = host.pushed()
    assert (to, closes) == ([lost.connection_id], True)


def test_connections_reported_gone_are_forgotten_however_often_it_is_said(host: LiveHost) -> None:
    gone, there = host.socket(), host.socket()
    told = {"kind": "gone", "connection_ids": [gone.connection_id, str(uuid4())]}
    assert host.deliver(told, told, {"kind": "hint", "org_id": str(uuid4())}) == {"batchItemFailures": []}
    assert host.world.database.rows("select id from live_connection") == [(there.connection_id,)]


def test_a_broken_queue_or_note_keeps_nobody_from_what_they_do(host: LiveHost, incident_id: str) -> None:
    host.socket()
    host.api.break_queue("pushes")
    acknowledge(host, incident_id)
    known = changes(host)["sequence"]
    with host.world.database.admin() as conn, conn.transaction():
        conn.execute("select from live_organization where org_id = %s for update", (host.world.org_id,))
        note(host, incident_id)
    assert changes(host)["sequence"] == known


def test_a_database_that_is_away_refuses_a_connection_and_says_so(
    host: LiveHost, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    ticket = host.ticket()["ticket"]
    monkeypatch.setattr(host, "nowhere", {"DB_HOST": str(tmp_path)})
    assert Socket(host).connect(ticket) == 503
    monkeypatch.setattr(host, "nowhere", {})
    assert Socket(host).connect(ticket) == 200


def test_a_message_of_the_queue_that_is_none_is_kept_for_people(host: LiveHost) -> None:
    assert host.deliver({"kind": "shout"}) == {"batchItemFailures": []}
    ((body,),) = host.world.database.rows("select body from rejected_message where queue = 'hints'")
    assert json.loads(body) == {"kind": "shout"}
