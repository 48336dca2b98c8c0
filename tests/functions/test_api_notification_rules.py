"""Notification rules over the API: what a member is paged by, for themselves and for each urgency."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.rules import mail_of, method
from tests.support.signed_in import SignedIn, member
from tests.support.world import Person, World


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def alice(api: ApiHost, world: World) -> SignedIn:
    return member(api, world.alice)


def path(person: Person, urgency: str = "high") -> str:
    return f"/v1/users/{person.user_id}/notification-rules/{urgency}"


def put(caller: SignedIn, person: Person, rules: list[dict[str, Any]], version: int = 1) -> Answered:
    return caller.call("PUT", path(person), {"rules": rules}, headers={"if-match": f'"{version}"'})


def rule(method_id: object, delay: int = 0) -> dict[str, Any]:
    return {"contact_method_id": str(method_id), "delay_seconds": delay}


def test_without_rules_all_methods_are_paged_at_once(alice: SignedIn, world: World) -> None:
    slack = method(world, world.alice, "slack")
    found = alice.call("GET", path(world.alice))
    assert (found.json["is_default"], found.json["version"], found.headers["ETag"]) == (True, 1, '"1"')
    assert [(r["contact_method_id"], r["delay_seconds"]) for r in found.json["rules"]] == [
        (str(mail_of(world, world.alice)), 0),
        (str(slack), 0),
    ]
    both = alice.call("GET", path(world.alice, "").rstrip("/")).json["items"]
    assert [(s["urgency"], s["is_default"]) for s in both] == [("high", True), ("low", True)]


def test_the_life_of_rules(alice: SignedIn, world: World) -> None:
    mail, slack = mail_of(world, world.alice), method(world, world.alice, "slack")
    made = put(alice, world.alice, [rule(slack, 300), rule(mail), rule(mail, 600)])
    assert (made.status, made.json["version"], made.json["is_default"]) == (200, 2, False)
    assert [(r["channel"], r["delay_seconds"], r["is_enabled"], r["is_verified"]) for r in made.json["rules"]] == [
        ("email", 0, True, False),
        ("slack", 300, True, False),
        ("email", 600, True, False),
    ]
    assert alice.call("GET", path(world.alice)).json == made.json
    assert alice.call("GET", path(world.alice, "low")).json["is_default"]
    gone = alice.call("DELETE", path(world.alice), headers={"if-match": "2"})
    assert (gone.status, gone.json["is_default"], gone.json["version"]) == (200, True, 3)
    again = alice.call("DELETE", path(world.alice), headers={"if-match": "3"})
    assert again.json == gone.json
    told = world.database.rows("select action, subject_id from audit_entry order by at, id")
    assert told == [
        ("notification_rules.updated", str(world.alice.user_id)),
        ("notification_rules.reset", str(world.alice.user_id)),
    ]


def test_a_stale_edit_is_told_what_the_rules_are_by_now(alice: SignedIn, world: World) -> None:
    mail = mail_of(world, world.alice)
    assert alice.call("PUT", path(world.alice), {"rules": [rule(mail)]}).status == 428
    assert put(alice, world.alice, [rule(mail, 120)]).status == 200
    late = put(alice, world.alice, [rule(mail)])
    assert (late.status, late.problem["code"]) == (412, "stale_version")
    assert "version 2" in late.problem["detail"]
    assert "email (work) after 120 s" in late.problem["detail"]
    assert alice.call("DELETE", path(world.alice), headers={"if-match": "1"}).status == 412
    assert alice.call("GET", path(world.alice)).json["rules"][0]["delay_seconds"] == 120


def test_rules_that_are_none(alice: SignedIn, world: World) -> None:
    mail, bobs = mail_of(world, world.alice), mail_of(world, world.bob)
    assert list(put(alice, world.alice, []).fields) == ["rules"]
    assert list(put(alice, world.alice, [rule(bobs)]).fields) == ["rules[0].contact_method_id"]
    assert list(put(alice, world.alice, [rule(mail, 86_401), rule(mail), rule(mail)]).fields) == [
        "rules[0].delay_seconds",
        "rules[2]",
    ]
    for body in ({}, {"rules": None}, {"rules": [{"contact_method_id": "x"}]}, {"rules": [rule(mail, 1) | {"x": 1}]}):
        assert alice.call("PUT", path(world.alice), body, headers={"if-match": "1"}).status == 422
    assert alice.call("GET", path(world.alice, "urgent")).status == 422
    assert alice.call("GET", path(world.alice)).json["version"] == 1


def test_responders_have_rules_of_their_own_and_admins_those_of_all(api: ApiHost, world: World) -> None:
    bob, viewer = member(api, world.bob), member(api, world.person("Vera", role="viewer"))
    mail = mail_of(world, world.alice)
    refused = put(bob, world.alice, [rule(mail)])
    assert (refused.status, refused.problem["code"]) == (403, "forbidden")
    assert "for yourself" in refused.problem["detail"]
    assert put(viewer, world.alice, [rule(mail)]).status == 403
    assert put(bob, world.bob, [rule(mail_of(world, world.bob), 60)]).status == 200
    assert bob.call("GET", path(world.alice)).status == 200
    admin = member(api, world.person("Ada", role="admin"))
    assert put(admin, world.alice, [rule(mail, 60)]).status == 200


def test_another_organization_sees_and_changes_nothing(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    world.database.rows("update membership set role = 'owner' where user_id = %s returning 1", other.bob.user_id)
    stranger = member(api, other.bob, other.org_id)
    mail = mail_of(world, world.alice)
    assert put(stranger, world.alice, [rule(mail)]).problem["code"] == "not_found"
    assert stranger.call("GET", path(world.alice)).problem["code"] == "not_found"
    assert list(put(stranger, other.bob, [rule(mail)]).fields) == ["rules[0].contact_method_id"]


def test_a_method_that_is_removed_takes_its_rules_with_it_and_the_answer_says_so(alice: SignedIn, world: World) -> None:
    mail, slack = mail_of(world, world.alice), method(world, world.alice, "slack")
    assert put(alice, world.alice, [rule(mail), rule(slack, 60), rule(slack, 120)]).status == 200
    low = {"rules": [rule(slack, 600)]}
    assert alice.call("PUT", path(world.alice, "low"), low, headers={"if-match": "1"}).status == 200
    methods = f"/v1/users/{world.alice.user_id}/contact-methods"
    gone = alice.call("DELETE", f"{methods}/{slack}").json
    assert [(r["urgency"], r["delay_seconds"]) for r in gone["rules_removed"]] == [
        ("high", 60),
        ("high", 120),
        ("low", 600),
    ]
    assert (gone["back_to_default"], gone["contact_method"]["id"]) == (["low"], str(slack))
    left = alice.call("GET", path(world.alice)).json
    assert ([r["channel"] for r in left["rules"]], left["version"]) == (["email"], 3)
    assert alice.call("GET", path(world.alice, "low")).json["is_default"]
    assert alice.call("DELETE", f"{methods}/{slack}").status == 404
    assert [m["id"] for m in alice.call("GET", methods).json["items"]] == [str(mail)]
    assert world.database.rows("select sealed from contact_method where id = %s", slack) == [("",)]


def test_rules_of_methods_that_are_off_stay_and_say_so(alice: SignedIn, world: World) -> None:
    slack = method(world, world.alice, "slack")
    assert put(alice, world.alice, [rule(slack, 60)]).status == 200
    assert alice.call("POST", f"/v1/users/{world.alice.user_id}/contact-methods/{slack}/disable").status == 200
    found = alice.call("GET", path(world.alice)).json
    assert [(r["channel"], r["is_enabled"]) for r in found["rules"]] == [("slack", False)]
    assert list(put(alice, world.alice, [rule(slack)], 2).fields) == ["rules[0].contact_method_id"]
