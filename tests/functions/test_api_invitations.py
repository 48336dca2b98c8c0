"""Invitations over the API: who may invite whom, and what becomes of an invitation."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.signed_in import SignedIn, mailed, member
from tests.support.world import World
from tocsin.domain import invitation as rules

PATH = "/v1/invitations"
ACCEPT = f"{PATH}/accept"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def invited(api: ApiHost, email: str = "carol@acme.example", **more: Any) -> Any:
    answer = api.call("POST", PATH, {"email": email, "role": "responder", **more})
    assert answer.status == 201, answer.text
    return answer.json


def let_pass(world: World, invitation: dict[str, Any]) -> None:
    """Let an invitation have been made, mailed and expired long ago."""
    world.database.rows(
        "update invitation set sent_at = sent_at - interval '40 days', expires_at = app.clock() - interval '1 second'"
        " where id = %s returning id",
        invitation["id"],
    )


def test_an_address_is_kept_in_one_form_and_mailed_a_token_that_is_nowhere_else(api: ApiHost, world: World) -> None:
    made = invited(api, " Carol@BÜCHER.example ")
    assert (made["email"], made["status"], made["version"]) == ("carol@xn--bcher-kva.example", "pending", 1)
    (mail,) = mailed(api)
    assert (mail.address, mail.organization_name, mail.role) == (made["email"], "Acme", "responder")
    everything = world.database.rows("select i::text from invitation i") + world.database.rows(
        "select m::text from mail m union all select a::text from audit_entry a"
    )
    assert mail.token not in str(everything)
    assert mail.token not in str(made)
    found = api.call("GET", f"{PATH}/{made['id']}")
    assert (found.json, found.headers["ETag"]) == (made, '"1"')


@pytest.mark.parametrize("role", ["admin", "responder", "viewer"])
def test_nobody_gives_more_than_they_have(api: ApiHost, world: World, role: str) -> None:
    key = world.api_key(role)
    above = api.call("POST", PATH, {"email": "x@acme.example", "role": "owner"}, key=key)
    assert (above.status, above.problem["code"]) == (403, "forbidden")
    by_owner = api.call("POST", PATH, {"email": "x@acme.example", "role": "owner"}, key=world.api_key("owner")).json
    path = f"{PATH}/{by_owner['id']}"
    for suffix, body in (("/revoke", None), ("/resend", {})):
        assert api.call("POST", path + suffix, body, key=key).problem["code"] == "forbidden"
    lower = api.call("PATCH", path, {"role": "viewer"}, key=key, headers={"if-match": "1"})
    assert lower.problem["code"] == "forbidden"
    assert api.call("GET", path).json["status"] == "pending"


def test_a_member_is_not_invited_again(api: ApiHost, world: World) -> None:
    again = api.call("POST", PATH, {"email": world.bob.email.upper(), "role": "viewer"})
    assert (again.status, again.problem["code"]) == (409, "already_member")
    other = World(world.database, name="Other")
    elsewhere = api.call("POST", PATH, {"email": other.bob.email, "role": "viewer"})
    assert elsewhere.status == 201


def test_who_waits_is_not_invited_again_until_that_has_expired(api: ApiHost, world: World) -> None:
    first = invited(api)
    again = api.call("POST", PATH, {"email": "CAROL@acme.example", "role": "viewer"})
    assert (again.status, again.problem["code"]) == (409, "invitation_pending")
    assert first["id"] in again.problem["detail"]
    let_pass(world, first)
    second = invited(api)
    status = {i["id"]: i["status"] for i in api.call("GET", PATH).json["items"]}
    assert status == {first["id"]: "revoked", second["id"]: "pending"}


def test_teams_must_be_there(api: ApiHost, world: World) -> None:
    team, gone = world.team("ops", [])["value"], str(uuid4())
    foreign = World(world.database, name="Other").team("theirs", [])["value"]
    teams = [{"team_id": team, "role": "lead"}, {"team_id": gone}, {"team_id": foreign}]
    answer = api.call("POST", PATH, {"email": "x@acme.example", "role": "viewer", "teams": teams})
    assert set(answer.fields) == {"teams.1.team_id", "teams.2.team_id"}
    assert invited(api, teams=teams[:1])["teams"] == teams[:1]


AN_INVITATION_THAT_IS_NONE: list[tuple[dict[str, Any], str]] = [
    ({"email": "nobody"}, "email"),
    ({"email": "jörg@acme.example"}, "email"),
    ({"email": "a@b@acme.example\n"}, "email"),
    ({"email": "x" * 250 + "@acme.example"}, "email"),
    ({"email": None}, "email"),
    ({"role": "king"}, "role"),
    ({"expires_in_seconds": 60}, "expires_in_seconds"),
    ({"expires_in_seconds": 10**9}, "expires_in_seconds"),
    ({"teams": [{"team_id": "x"}]}, "teams.0.team_id"),
    ({"nonsense": 1}, "nonsense"),
]


def test_an_invitation_that_is_none(api: ApiHost) -> None:
    for changes, field in AN_INVITATION_THAT_IS_NONE:
        assert list(api.call("POST", PATH, {"email": "x@acme.example", "role": "viewer", **changes}).fields) == [field]


def test_what_has_changed_is_not_changed_unseen(api: ApiHost, world: World) -> None:
    team = world.team("ops", [])["value"]
    path = f"{PATH}/{invited(api)['id']}"
    assert api.call("PATCH", path, {"role": "viewer"}).problem["code"] == "version_required"
    changed = api.call("PATCH", path, {"role": "viewer", "teams": [{"team_id": team}]}, headers={"if-match": '"1"'})
    assert (changed.status, changed.json["role"], changed.headers["ETag"]) == (200, "viewer", '"2"')
    assert changed.json["teams"] == [{"team_id": team, "role": "member"}]
    stale = api.call("PATCH", path, {"role": "admin"}, headers={"if-match": '"1"'})
    assert (stale.status, stale.problem["code"]) == (412, "stale_version")
    emptied = api.call("PATCH", path, {"teams": []}, headers={"if-match": '"2"'}).json
    assert (emptied["teams"], emptied["role"]) == ([], "viewer")
    assert api.call("PATCH", path, {}, headers={"if-match": '"3"'}).status == 422


def test_sent_again_it_has_another_token_and_time(api: ApiHost, world: World) -> None:
    made = invited(api)
    path = f"{PATH}/{made['id']}/resend"
    early = api.call("POST", path, {})
    assert (early.status, early.problem["code"]) == (429, "rate_limited")
    assert 1 <= int(early.headers["Retry-After"]) <= 60
    let_pass(world, made)
    assert api.call("POST", path, {"expires_in_seconds": 3600}).json["status"] == "pending"
    first, second = mailed(api)
    carol = SignedIn(api, "carol@acme.example")
    carol.call("GET", "/v1/me/invitations")
    assert carol.call("POST", ACCEPT, {"token": first.token}).problem["code"] == "invitation_unusable"
    assert carol.call("POST", ACCEPT, {"token": second.token}).status == 200


def test_a_revoked_invitation_is_over(api: ApiHost) -> None:
    made = invited(api)
    path = f"{PATH}/{made['id']}"
    revoked = api.call("POST", f"{path}/revoke")
    assert (revoked.status, revoked.json["status"]) == (200, "revoked")
    assert api.call("POST", f"{path}/revoke").json == revoked.json
    assert api.call("POST", f"{path}/resend", {}).problem["code"] == "conflict"
    assert api.call("PATCH", path, {"role": "viewer"}, headers={"if-match": '"2"'}).problem["code"] == "conflict"
    carol = SignedIn(api, "carol@acme.example")
    assert carol.call("GET", "/v1/me/invitations").json == {"items": []}
    assert carol.call("POST", ACCEPT, {"token": mailed(api)[0].token}).problem["code"] == "invitation_unusable"
    assert invited(api)["status"] == "pending"


def test_lists_come_in_pages_and_by_status(api: ApiHost, world: World) -> None:
    made = [invited(api, f"p{n}@acme.example")["id"] for n in range(3)]
    api.call("POST", f"{PATH}/{made[1]}/revoke")
    first = api.call("GET", PATH, query={"limit": 2}).json
    rest = api.call("GET", PATH, query={"limit": 2, "cursor": first["next_cursor"]}).json
    assert [i["id"] for i in first["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None
    pending = api.call("GET", PATH, query={"status": "pending"}).json["items"]
    assert [i["id"] for i in pending] == [made[2], made[0]]
    other = World(world.database, name="Other").api_key("owner")
    assert api.call("GET", PATH, key=other).json["items"] == []
    assert api.call("GET", f"{PATH}/{made[0]}", key=other).problem["code"] == "not_found"
    for suffix in ("revoke", "resend"):
        assert api.call("POST", f"{PATH}/{made[0]}/{suffix}", {}, key=other).problem["code"] == "not_found"


def test_nobody_bothers_strangers_with_invitations(api: ApiHost, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin_data.services.mailing.MAILS_A_DAY", 2)
    assert rules.MAILS_A_DAY == 100
    for n in range(2):
        invited(api, f"p{n}@acme.example")
    refused = api.call("POST", PATH, {"email": "p3@acme.example", "role": "viewer"})
    assert (refused.status, refused.problem["code"]) == (429, "rate_limited")
    assert 86_000 < int(refused.headers["Retry-After"]) <= 86_400
    assert len(api.call("GET", PATH).json["items"]) == 2
    other = World(world.database, name="Other").api_key("admin")
    assert api.call("POST", PATH, {"email": "p3@acme.example", "role": "viewer"}, key=other).status == 201
    world.database.rows("update mail set created_at = created_at - interval '25 hours' returning id")
    assert invited(api, "p3@acme.example")


def test_an_organization_that_ends_invites_nobody(api: ApiHost, world: World) -> None:
    world.database.rows("update organization set deletes_at = now() + interval '1 day' returning id")
    refused = api.call("POST", PATH, {"email": "x@acme.example", "role": "viewer"})
    assert (refused.status, refused.problem["code"]) == (409, "conflict")


def test_a_mail_that_no_queue_takes_is_left_to_the_sweep(api: ApiHost, world: World) -> None:
    api.break_queue("mails")
    invited(api)
    assert world.database.rows("select kind, state from mail") == [("invitation", "queued")]


def test_people_are_named_in_the_mail_and_the_audit_log(api: ApiHost, world: World) -> None:
    boss = world.person("Dora", role="admin")
    made = member(api, boss).call("POST", PATH, {"email": "x@acme.example", "role": "viewer"}).json
    assert made["invited_by"] == f"user:{boss.user_id}"
    (mail,) = mailed(api)
    assert mail.inviter == "Dora"
    assert api.audited() == [(f"user:{boss.user_id}", "invitation.created", "invitation", made["id"])]
