"""Contact methods over the API: a default for who joins, one's own to change, codes that prove them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.rules import mail_of, method
from tests.support.signed_in import SignedIn, codes, member
from tests.support.world import World


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def alice(api: ApiHost, world: World) -> SignedIn:
    return member(api, world.alice)


def methods(world: World) -> str:
    return f"/v1/users/{world.alice.user_id}/contact-methods"


def told(caller: SignedIn, user_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = caller.call("GET", f"/v1/users/{user_id}/contact-methods").json["items"]
    return items


def test_who_founds_an_organization_can_be_paged_at_once(api: ApiHost) -> None:
    founder = SignedIn(api, "fay@new.example")
    org_id = founder.call("POST", "/v1/organizations", {"name": "New"}).json["id"]
    me = founder.call("GET", "/v1/me").json["user_id"]
    found = SignedIn(api, founder.email, org_id, subject=founder.subject)
    (mail,) = told(found, me)
    assert (mail["channel"], mail["address"], mail["label"]) == ("email", "fay@new.example", "fay@new.example")
    assert mail["verified_at"] is not None


def test_who_accepts_an_invitation_can_be_paged_and_is_asked_once(api: ApiHost, world: World) -> None:
    assert api.call("POST", "/v1/invitations", {"email": "gus@new.example", "role": "responder"}).status == 201
    guest = SignedIn(api, "gus@new.example", world.org_id)
    me = guest.call("GET", "/v1/me").json["user_id"]
    (mail,) = told(guest, me)
    assert (mail["address"], mail["verified_at"] is not None) == ("gus@new.example", True)
    assert guest.call("DELETE", f"/v1/users/{me}/contact-methods/{mail['id']}").status == 200
    assert guest.call("GET", "/v1/me").status == 200
    again = api.call("POST", "/v1/invitations", {"email": "gus@new.example", "role": "responder"})
    assert again.problem["code"] == "already_member"
    assert told(guest, me) == []


def test_the_address_one_signs_in_with_is_verified_at_once_and_no_other(alice: SignedIn, world: World) -> None:
    world.database.rows("delete from contact_method where user_id = %s returning 1", world.alice.user_id)
    own = alice.call("POST", methods(world), {"channel": "email", "address": world.alice.email.upper()})
    other = alice.call("POST", methods(world), {"channel": "email", "address": "alice@home.example"})
    assert own.json["verified_at"] is not None
    assert (other.status, other.json["verified_at"]) == (201, None)


def test_a_code_proves_an_address(api: ApiHost, alice: SignedIn, world: World) -> None:
    path = f"{methods(world)}/{mail_of(world, world.alice)}"
    sent = alice.call("POST", f"{path}/verify")
    assert (sent.status, sent.json["verified_at"]) == (200, None)
    (code,) = codes(api)
    assert len(code) == 6
    kept = world.database.rows("select verification_hash from contact_method where user_id = %s", world.alice.user_id)
    assert code.encode() not in kept[0][0]
    assert code not in str(world.database.rows("select before, after from audit_entry"))
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    refused = alice.call("POST", f"{path}/confirm", {"code": wrong})
    assert refused.fields == {"code": "is not the one that was sent; 4 more tries"}
    proven = alice.call("POST", f"{path}/confirm", {"code": f" {code} "})
    assert (proven.status, proven.json["verified_at"] is not None) == (200, True)
    assert alice.call("POST", f"{path}/verify").json == proven.json
    assert alice.call("POST", f"{path}/confirm", {"code": wrong}).status == 200
    assert codes(api) == []


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(api: ApiHost, alice: SignedIn, world: World) -> None:
    path = f"{methods(world)}/{mail_of(world, world.alice)}"
    alice.call("POST", f"{path}/verify")
    (code,) = codes(api)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    reasons = [alice.call("POST", f"{path}/confirm", {"code": wrong}).fields["code"] for _ in range(5)]
    assert "wrong too often" in reasons[-1]
    assert "ask for another" in alice.call("POST", f"{path}/confirm", {"code": code}).fields["code"]
    world.database.advance(timedelta(minutes=1))
    assert alice.call("POST", f"{path}/verify").status == 200
    (fresh,) = codes(api)
    assert alice.call("POST", f"{path}/confirm", {"code": fresh}).status == 200


def test_a_code_ends_after_a_quarter_of_an_hour(api: ApiHost, alice: SignedIn, world: World) -> None:
    path = f"{methods(world)}/{mail_of(world, world.alice)}"
    never = alice.call("POST", f"{path}/confirm", {"code": "123456"})
    assert "never sent" in never.fields["code"]
    alice.call("POST", f"{path}/verify")
    (code,) = codes(api)
    world.database.advance(timedelta(minutes=15))
    assert "expired" in alice.call("POST", f"{path}/confirm", {"code": code}).fields["code"]


def test_codes_and_tests_are_sent_a_few_times_and_no_more(alice: SignedIn, world: World) -> None:
    path = f"{methods(world)}/{mail_of(world, world.alice)}"
    assert alice.call("POST", f"{path}/verify").status == 200
    soon = alice.call("POST", f"{path}/verify")
    assert (soon.status, soon.problem["code"]) == (429, "rate_limited")
    assert 0 < int(soon.headers["Retry-After"]) <= 60
    for _ in range(10):
        world.database.advance(timedelta(minutes=1))
        assert alice.call("POST", f"{path}/tests").status == 201
    world.database.advance(timedelta(minutes=1))
    assert int(alice.call("POST", f"{path}/tests").headers["Retry-After"]) > 80_000


WHAT_IS_NO_CODE: list[Any] = [{}, {"code": None}, {"code": 123456}, {"code": "12345"}, {"code": "١٢٣٤٥٦"}]


def test_what_is_no_code(alice: SignedIn, world: World) -> None:
    path = f"{methods(world)}/{mail_of(world, world.alice)}/confirm"
    for body in WHAT_IS_NO_CODE:
        assert list(alice.call("POST", path, body).fields) == ["code"], body


def test_a_webhook_takes_no_code(alice: SignedIn, world: World) -> None:
    webhook = method(world, world.alice, "webhook")
    answer = alice.call("POST", f"{methods(world)}/{webhook}/verify")
    assert answer.problem["code"] == "conflict"
    assert "test page" in answer.problem["detail"]


def test_what_is_switched_off_is_neither_proven_nor_tested(alice: SignedIn, world: World) -> None:
    path = f"{methods(world)}/{mail_of(world, world.alice)}"
    assert alice.call("POST", f"{path}/disable").status == 200
    for action, body in (("verify", None), ("confirm", {"code": "123456"}), ("tests", None)):
        assert alice.call("POST", f"{path}/{action}", body).problem["code"] == "conflict"


def test_a_member_has_so_many_methods_and_no_more(alice: SignedIn, world: World) -> None:
    for n in range(19):
        assert alice.call("POST", methods(world), {"channel": "email", "address": f"a{n}@x.example"}).status == 201
    refused = alice.call("POST", methods(world), {"channel": "email", "address": "a@x.example"})
    assert refused.problem["code"] == "conflict"


def test_responders_change_their_own_methods_and_nobody_elses(api: ApiHost, world: World) -> None:
    bob = member(api, world.bob)
    body = {"channel": "email", "address": "bob@home.example"}
    made = bob.call("POST", f"/v1/users/{world.bob.user_id}/contact-methods", body)
    assert made.status == 201
    assert bob.call("POST", methods(world), body).status == 403
    alices = f"{methods(world)}/{mail_of(world, world.alice)}"
    for verb, path in (("DELETE", alices), ("POST", f"{alices}/disable"), ("POST", f"{alices}/tests")):
        assert bob.call(verb, path).status == 403
    mine = f"/v1/users/{world.bob.user_id}/contact-methods/{mail_of(world, world.alice)}"
    assert bob.call("DELETE", mine).problem["code"] == "not_found"
    assert bob.call("DELETE", f"/v1/users/{world.bob.user_id}/contact-methods/{made.json['id']}").status == 200
