"""Joining: an invitation is accepted by who has verified its address, whatever comes first, and by nobody else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.signed_in import SignedIn, mailed, member
from tests.support.wire import Wire
from tests.support.world import World
from tocsin.errors import InvitationUnusable
from tocsin_data.services import accepting
from tocsin_data.services.actors import Actor

PATH = "/v1/invitations"
ACCEPT = f"{PATH}/accept"
MINE = "/v1/me/invitations"
CAROL = "carol@acme.example"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def invite(api: ApiHost, email: str = CAROL, *, key: str | None = None, **more: Any) -> str:
    answer = api.call("POST", PATH, {"email": email, "role": "responder", **more}, key=key)
    assert answer.status == 201, answer.text
    return answer.json["id"]


def memberships(world: World, email: str = CAROL) -> list[tuple[UUID, str]]:
    return world.database.rows(
        "select m.org_id, m.role from membership m join user_account u on u.id = m.user_id where u.email = %s"
        " order by m.created_at",
        email,
    )


def registered(api: ApiHost, email: str = CAROL) -> SignedIn:
    """Somebody who has an account, and has joined nothing."""
    person = SignedIn(api, email)
    assert person.call("GET", MINE).json == {"items": []}
    return person


def test_who_was_invited_before_they_register_is_in_with_role_and_team(api: ApiHost, world: World) -> None:
    team, gone = world.team("ops", [])["value"], world.team("old", [])["value"]
    teams = [{"team_id": team, "role": "lead"}, {"team_id": gone}]
    invitation = invite(api, "Carol@ACME.example", role="admin", teams=teams)
    other = World(world.database, name="Other")
    invite(api, key=other.api_key("admin"))
    world.database.rows("delete from team where id = %s returning id", gone)
    assert SignedIn(api, "CAROL@acme.example").call("GET", MINE).json == {"items": []}
    assert sorted(memberships(world)) == sorted([(world.org_id, "admin"), (other.org_id, "responder")])
    joined = world.database.rows("select team_id::text, role from team_member")
    assert joined == [(team, "lead")]
    assert api.call("GET", f"{PATH}/{invitation}").json["status"] == "accepted"
    actions = [row[1] for row in api.audited()]
    assert actions.count("invitation.accepted") == actions.count("membership.created") == 2


def test_who_has_an_account_sees_what_waits_and_accepts_or_declines(api: ApiHost, world: World) -> None:
    carol = registered(api)
    other = World(world.database, name="Other")
    mine, theirs = invite(api), invite(api, key=other.api_key("admin"))
    waiting = carol.call("GET", MINE).json["items"]
    assert [(i["id"], i["organization_name"], i["role"]) for i in waiting] == [
        (mine, "Acme", "responder"),
        (theirs, "Other", "responder"),
    ]
    joined = carol.call("POST", f"{MINE}/{mine}/accept")
    assert (joined.status, joined.json["org_id"], joined.json["role"]) == (200, str(world.org_id), "responder")
    assert carol.call("POST", f"{MINE}/{theirs}/decline").status == 204
    assert memberships(world) == [(world.org_id, "responder")]
    assert carol.call("GET", MINE).json == {"items": []}
    for verb in ("accept", "decline"):
        assert carol.call("POST", f"{MINE}/{theirs}/{verb}").problem["code"] == "invitation_unusable"
    assert api.call("GET", f"{PATH}/{mine}").json["accepted_by"] == joined.json["user_id"]


def test_only_the_verified_address_is_let_in(api: ApiHost, world: World) -> None:
    mallory = registered(api, "mallory@acme.example")
    invitation = invite(api)
    (mail,) = mailed(api)
    refused = mallory.call("POST", ACCEPT, {"token": mail.token})
    assert (refused.status, refused.problem["code"]) == (403, "invitation_for_another_address")
    for verb in ("accept", "decline"):
        assert mallory.call("POST", f"{MINE}/{invitation}/{verb}").problem["code"] == "invitation_unusable"
    unverified = SignedIn(api, CAROL, is_verified=False).call("POST", ACCEPT, {"token": mail.token})
    assert unverified.status == 403
    by_key = api.call("POST", ACCEPT, {"token": mail.token})
    assert (by_key.status, by_key.problem["code"]) == (403, "forbidden")
    assert memberships(world) == memberships(world, "mallory@acme.example") == []


def test_a_token_works_once(api: ApiHost, world: World) -> None:
    carol = registered(api)
    invite(api)
    (mail,) = mailed(api)
    joined = carol.call("POST", ACCEPT, {"token": mail.token})
    assert joined.status == 200
    # somebody presses twice
    assert carol.call("POST", ACCEPT, {"token": mail.token}).json == joined.json
    world.database.rows("delete from membership where user_id = %s returning user_id", joined.json["user_id"])
    again = carol.call("POST", ACCEPT, {"token": mail.token})
    assert (again.status, again.problem["code"]) == (404, "invitation_unusable")
    assert memberships(world) == []


def test_an_unknown_token_is_answered_as_one_that_is_over(api: ApiHost, world: World) -> None:
    wire = Wire(world.database)
    carol = registered(api)

    def answered(token: str) -> tuple[int, str, str, int]:
        wire.since()
        answer = carol.call("POST", ACCEPT, {"token": token})
        return answer.status, answer.problem["code"], answer.problem["detail"], len(wire.since())

    unknown = answered("x" * 43)
    for ending in ("revoked_at = now()", "expires_at = app.clock()"):
        made = invite(api)
        (mail,) = mailed(api)
        statement = {
            "revoked_at = now()": "update invitation set revoked_at = now() where id = %s returning id",
            "expires_at = app.clock()": "update invitation set expires_at = app.clock() where id = %s returning id",
        }[ending]
        world.database.rows(statement, made)
        assert answered(mail.token) == unknown
    assert unknown[:2] == (404, "invitation_unusable")


def test_an_organization_that_is_being_deleted_is_not_joined(api: ApiHost, world: World) -> None:
    carol = registered(api)
    invitation = invite(api)
    (mail,) = mailed(api)
    world.database.rows("update organization set deletes_at = now() + interval '1 day' returning id")
    assert carol.call("GET", MINE).json == {"items": []}
    for path, body in ((ACCEPT, {"token": mail.token}), (f"{MINE}/{invitation}/accept", None)):
        assert carol.call("POST", path, body).problem["code"] == "invitation_unusable"
    SignedIn(api, "dave@acme.example").call("GET", MINE)
    assert memberships(world) == []
    # the deletion is taken back
    world.database.rows("update organization set deletes_at = null returning id")
    assert carol.call("POST", f"{MINE}/{invitation}/accept").status == 200


def test_who_is_a_member_by_then_keeps_their_role_and_joins_the_teams(api: ApiHost, world: World) -> None:
    carol = registered(api)
    team = world.team("ops", [])["value"]
    invitation = invite(api, role="admin", teams=[{"team_id": team}])
    world.database.rows(
        "insert into membership (org_id, user_id, role, created_at)"
        " select %s, id, 'viewer', now() from user_account where email = %s returning user_id",
        world.org_id,
        CAROL,
    )
    joined = carol.call("POST", f"{MINE}/{invitation}/accept").json
    assert joined["role"] == "viewer"
    assert memberships(world) == [(world.org_id, "viewer")]
    assert world.database.rows("select count(*) from team_member") == [(1,)]
    actions = [row[1] for row in api.audited()]
    assert ("invitation.accepted" in actions, "membership.created" in actions) == (True, False)


def test_two_accepts_at_once_make_one_membership(api: ApiHost, world: World) -> None:
    bob = world.bob
    other = World(world.database, name="Other")
    invite(api, bob.email, key=other.api_key("admin"))
    (mail,) = mailed(api)

    def accept(_: int) -> object:
        db = world.database.enter("app")
        try:
            return accepting.accept_by_token(db, bob.user_id, bob.email, Actor("user", str(bob.user_id)), mail.token)
        except InvitationUnusable:
            return None
        finally:
            db.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(accept, range(4)))
    assert len(set(map(str, answers))) == 1
    made = world.database.rows("select count(*) from audit_entry where action = 'membership.created'")
    assert made == [(1,)]


def test_a_member_of_one_organization_knows_nothing_of_anothers_invitations(api: ApiHost, world: World) -> None:
    alice = member(api, world.alice)
    other = World(world.database, name="Other")
    theirs = invite(api, key=other.api_key("admin"))
    assert alice.call("GET", f"{PATH}/{theirs}").problem["code"] == "not_found"
    assert alice.call("POST", f"{MINE}/{theirs}/accept").problem["code"] == "invitation_unusable"
    unknown = alice.call("POST", f"{MINE}/{uuid4()}/accept")
    assert (unknown.status, unknown.problem["code"]) == (404, "invitation_unusable")
