"""A create that is sent again under its Idempotency-Key happens once, whatever crashes in between."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from functions.api import idempotency
from tests.support.api_host import ApiHost, api_host
from tests.support.signed_in import SignedIn
from tests.support.world import World
from tocsin.errors import DatabaseUnavailable
from tocsin_data.services import repeating

PATH = "/v1/integrations"
SENT = "8e03978e-40d5-43dd-bc93-6894a57f9324"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def body(world: World) -> dict[str, Any]:
    return {"service_id": str(world.service_id), "name": "prometheus"}


def create(api: ApiHost, body: Any, sent: str = SENT, key: str | None = None) -> Any:
    return api.call("POST", PATH, body, key=key, headers={"idempotency-key": sent})


def made(world: World) -> int:
    return world.database.rows("select count(*) from integration where name = 'prometheus'")[0][0]


def age(world: World, by: timedelta) -> None:
    world.database.rows("update idempotent_request set claimed_at = claimed_at - %s returning 1", by)


def test_the_same_request_has_the_same_answer_and_is_carried_out_once(api: ApiHost, world: World, body: Any) -> None:
    first, again = create(api, body), create(api, body)
    assert (first.status, again.status) == (201, 201)
    assert again.text == first.text
    assert again.json["routing_key"]["key"]
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")
    assert made(world) == 1
    assert create(api, body, f'"{SENT}"').text == first.text
    assert create(api, body, "another").status == 201
    assert made(world) == 2


def test_an_answers_etag_comes_back_too(api: ApiHost, world: World) -> None:
    policy = {"name": "primary", "steps": [{"targets": [world.alice.target]}]}
    headers = {"idempotency-key": SENT}
    answers = [api.call("POST", "/v1/escalation-policies", policy, headers=headers) for _ in range(2)]
    assert {(a.status, a.headers["ETag"], a.text) for a in answers} == {(201, '"1"', answers[0].text)}


def test_another_request_under_the_key_is_refused(api: ApiHost, world: World, body: Any) -> None:
    create(api, body)
    other = create(api, {**body, "name": "other"})
    assert (other.status, other.problem["code"]) == (422, "idempotency_key_reused")
    elsewhere = api.call("POST", "/v1/services", body, headers={"idempotency-key": SENT})
    assert elsewhere.problem["code"] == "idempotency_key_reused"
    assert made(world) == 1


def test_keys_of_other_callers_are_others(api: ApiHost, world: World, body: Any) -> None:
    create(api, body)
    assert create(api, body, key=world.api_key("admin")).headers.get("Idempotency-Replayed") is None
    other = World(world.database, name="Other")
    theirs = create(api, {**body, "service_id": str(other.service_id)}, key=other.api_key("admin"))
    assert (theirs.status, theirs.headers.get("Idempotency-Replayed")) == (201, None)


NO_KEYS = ("", " ", "a b", "é", "x" * 256, '"open', 'open"', '"a"b"', 'a"b', '""', '"', '"a\\"', '"a\\b"', '"a";q=1')


def test_a_key_that_is_none(api: ApiHost, world: World, body: Any) -> None:
    for sent in (*NO_KEYS, f'"{"x" * 256}"'):
        (reason,) = create(api, body, sent).fields.values()
        assert reason.startswith("must be 1 to 255 visible ASCII characters without a quotation mark"), sent
    assert made(world) == 0


def test_a_string_and_what_it_says_are_one_key(api: ApiHost, world: World, body: Any) -> None:
    for number, ways in enumerate((("a\\b", '"a\\\\b"'), ('"one two"',), ('"a\\"b"',)), 1):
        for sent in (*ways, *ways):
            assert create(api, body, sent).status == 201, sent
        assert made(world) == number, ways


def test_what_is_written_outside_organizations_happens_once_too(
    api: ApiHost, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, asked = {"idempotency-key": SENT}, {"email": "carol@new.example", "role": "viewer"}
    carol = SignedIn(api, asked["email"])
    carol.call("GET", "/v1/me")
    invitation = api.call("POST", "/v1/invitations", asked).json["id"]
    for path, body in (
        ("/v1/organizations", {"name": "Carol's"}),
        (f"/v1/me/invitations/{invitation}/accept", None),
        ("/v1/me/sign-out", None),
    ):
        world.database.rows("delete from idempotent_request returning 1")
        with monkeypatch.context() as patch:
            patch.setattr(idempotency, "_settle", _nothing)
            assert carol.call("POST", path, body, headers=key).status < 300, path
        age(world, repeating.LEASE)
        assert world.database.rows("select committed_at is null from idempotent_request") == [(False,)], path
        if path.endswith("sign-out"):
            return
        lost = carol.call("POST", path, body, headers=key)
        assert lost.problem["code"] == "idempotent_answer_lost", path


def test_an_organization_is_made_once_and_answered_twice(api: ApiHost, world: World) -> None:
    carol = SignedIn(api, "carol@new.example")
    carol.call("GET", "/v1/me")
    once, again = (
        carol.call("POST", "/v1/organizations", {"name": "Carol's"}, headers={"idempotency-key": SENT})
        for _ in range(2)
    )
    assert (once.status, again.status, again.text) == (201, 201, once.text)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["ETag"] == once.headers["ETag"]
    assert world.database.rows("select count(*) from organization where name = 'Carol''s'") == [(1,)]


def test_a_refusal_is_not_kept(api: ApiHost, world: World, body: Any) -> None:
    wrong = create(api, {**body, "name": ""})
    assert wrong.status == 422
    assert create(api, body).status == 201
    assert made(world) == 1


def test_one_that_still_runs_is_waited_for_and_taken_over_when_it_cannot_run_any_more(
    api: ApiHost, world: World, body: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(idempotency, "_settle", _nothing)
        assert create(api, {**body, "name": ""}).status == 422
    running = create(api, {**body, "name": ""})
    assert (running.status, running.problem["code"]) == (409, "idempotent_request_running")
    age(world, repeating.LEASE)
    assert create(api, {**body, "name": ""}).status == 422


def test_a_crash_between_commit_and_answer_is_told_and_nothing_runs_twice(
    api: ApiHost, world: World, body: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(idempotency, "_settle", _nothing)
        assert create(api, body).status == 201
    for _ in range(2):
        lost = create(api, body)
        assert (lost.status, lost.problem["code"]) == (409, "idempotent_answer_lost")
        age(world, repeating.LEASE)
    assert made(world) == 1


def test_who_has_lost_the_claim_commits_nothing(world: World) -> None:
    db = world.database.enter("app")
    key = repeating.Key("api_key:x", b"k", b"r")
    slow = repeating.claim(db, key)
    age(world, repeating.LEASE)
    quick = repeating.claim(db, key)
    assert quick.id != slow.id
    with pytest.raises(repeating.IdempotentRequestRunning), repeating.carried_out(db, slow).one(world.org_id) as tx:
        _rename(tx.conn, world, "slow")
    with repeating.carried_out(db, quick).one(world.org_id) as tx:
        _rename(tx.conn, world, "quick")
    assert world.database.rows("select name from service where id = %s", world.service_id) == [("quick",)]


def test_a_transaction_that_only_reads_marks_nothing(world: World) -> None:
    db = world.database.enter("app")
    claimed = repeating.claim(db, repeating.Key("api_key:x", b"k", b"r"))
    with repeating.carried_out(db, claimed).one(world.org_id) as tx:
        tx.conn.execute("select from service")
    assert world.database.rows("select committed_at from idempotent_request") == [(None,)]


def test_a_key_is_free_after_a_day_and_forgotten_by_the_sweep(api: ApiHost, world: World, body: Any) -> None:
    create(api, body)
    age(world, repeating.KEPT)
    assert create(api, {**body, "name": "other"}).status == 201
    age(world, repeating.KEPT + timedelta(minutes=1))
    with world.database.enter("worker").many(()) as tx:
        tx.conn.execute("select app.forget_requests(%s)", (tx.now - repeating.KEPT,))
    assert world.database.rows("select count(*) from idempotent_request") == [(0,)]


def test_the_database_alone_opens_no_answer(api: ApiHost, world: World, body: Any) -> None:
    answer = create(api, body)
    kept = json.dumps(world.database.rows("select to_jsonb(r) from idempotent_request r")[0][0])
    for secret in (SENT, answer.json["routing_key"]["key"], "prometheus"):
        assert secret not in kept
        assert secret.encode().hex() not in kept


@pytest.mark.parametrize("role", ["app", "worker"])
def test_the_rows_are_out_of_every_roles_reach(world: World, role: str) -> None:
    with (
        world.database.enter(role).outside_organizations() as conn,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        conn.execute("select from idempotent_request")


def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    api: ApiHost, body: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise DatabaseUnavailable("gone")

    monkeypatch.setattr(repeating, "keep", gone)
    assert create(api, body).status == 201


def _nothing(*_: object, **__: object) -> None:
    """What a process that has died does."""


def _rename(conn: Any, world: World, name: str) -> None:
    conn.execute("update service set name = %s where id = %s", (name, world.service_id))
