"""From a sign-up to a role that is looked up at every call, on the running stack with a real Cognito client."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from functions.api.session import SAFE_METHODS
from local.machine import ROOT
from tests.support.newcomer import Newcomer
from tests.support.stack import Stack, http
from tests.support.user_pool import user_pool

pytestmark = pytest.mark.xdist_group("stack")

MEMBERSHIPS = "select m.role from membership m join user_account u on u.id = m.user_id where u.email = %s"
PLACES = {
    "/v1/incidents": "incident_id",
    "/v1/services": "service_id",
    "/v1/integrations": "integration_id",
    "/v1/escalation-policies": "policy_id",
    "/v1/teams": "team_id",
    "/v1/members": "user_id",
}
"""Where a visitor finds the ids that other paths ask for."""


def operations() -> Iterator[tuple[str, str]]:
    """Method and path of all that the API has."""
    paths = json.loads((ROOT / "openapi.json").read_text())["paths"]
    return ((method.upper(), path) for path, found in paths.items() for method in found)


def filled(path: str, ids: dict[str, str]) -> str:
    """A path with ids in it; one that nobody has where none is known."""
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    return "/".join(str(uuid4()) if part.startswith("{") else part for part in path.split("/"))


@pytest.fixture(scope="module")
def owner(stack: Stack) -> Newcomer:
    """Somebody who has signed up, and owns an organization."""
    person = Newcomer(stack, "Olga")
    person.join()
    made = person.call("POST", "/v1/organizations", {"name": "Newcomers"})
    assert made.status == 201, made.body
    person.org_id = made.json["id"]
    return person


def test_from_sign_up_by_invitation_to_a_right_and_its_loss(owner: Newcomer) -> None:
    team = owner.call("POST", "/v1/teams", {"name": f"Night {uuid4().hex[:6]}"}).json
    guest = Newcomer(owner.stack, "Gast")
    teams = [{"team_id": team["id"], "role": "lead"}]
    invited = owner.call("POST", "/v1/invitations", {"email": guest.email, "role": "admin", "teams": teams})
    assert invited.status == 201, invited.body
    assert "Newcomers" in guest.mail("You are invited to")["text"]
    guest.join()
    # by the sign-up's trigger: nothing has been called yet
    assert owner.stack.rows(MEMBERSHIPS, guest.email) == [("admin",)]

    me = guest.call("GET", "/v1/me")
    assert me.status == 200, me.body
    (organization,) = me.json["organizations"]
    assert (me.json["email"], me.json["name"]) == (guest.email, "Gast")
    assert (organization["id"], organization["name"], organization["role"]) == (owner.org_id, "Newcomers", "admin")
    assert organization["teams"] == [{"id": team["id"], "name": team["name"], "role": "lead"}]

    guest.org_id = owner.org_id
    asked = {"email": "third@newcomers.example", "role": "viewer"}
    assert guest.call("POST", "/v1/invitations", asked).status == 201
    path = f"/v1/members/{me.json['user_id']}"
    version = owner.call("GET", path).headers["ETag"]
    demoted = owner.call("PATCH", path, {"role": "viewer"}, **{"if-match": version})
    assert demoted.status == 200, demoted.body
    refused = guest.call("POST", "/v1/invitations", {**asked, "email": "fourth@newcomers.example"})
    assert (refused.status, refused.json["code"]) == (403, "forbidden"), refused.body
    assert guest.call("GET", "/v1/incidents").status == 200


def test_nobody_signs_in_before_the_code_that_was_mailed_or_by_another_password(stack: Stack) -> None:
    person = Newcomer(stack, "Eve")
    person.sign_up()
    with pytest.raises(ClientError, match="NotAuthorized"):
        person.sign_in()
    with pytest.raises(ClientError, match="CodeMismatch"):
        person.pool.confirm_sign_up(ClientId=person.client_id, Username=person.username, ConfirmationCode="000000")
    person.confirm()
    with pytest.raises(ClientError, match="NotAuthorized"):
        person.sign_in("another password, as long")
    person.sign_in()
    assert person.call("GET", "/v1/me").json["organizations"] == []


def test_a_second_sign_up_with_an_address_tells_nothing_but_its_owner(owner: Newcomer) -> None:
    second = Newcomer(owner.stack, "Eve", owner.email)
    second.sign_up()
    code = owner.mail("You already have an account")["text"].rpartition("Reference: ")[2][:6]
    with pytest.raises(ClientError, match="AliasExists"):
        second.pool.confirm_sign_up(ClientId=second.client_id, Username=second.username, ConfirmationCode=code)
    second.sign_in()
    assert second.call("GET", "/v1/me").json["name"] == "Olga"


def test_a_name_that_is_not_random_is_not_let_in(stack: Stack) -> None:
    with pytest.raises(ClientError, match="must be a random UUID"):
        Newcomer(stack, "Eve", username="eve").sign_up()


def test_an_id_token_and_tokens_of_other_pools_are_refused(owner: Newcomer) -> None:
    other = user_pool(owner.stack.machine.gateway_url)
    other.person(owner.email)
    head, body, signature = owner.access_token.split(".")
    refused = {
        "an ID token": owner.id_token,
        "a token of another pool": other.access_token(owner.email),
        "another's signature": f"{head}.{body}.{owner.id_token.rpartition('.')[2]}",
        "a signature cut off": f"{head}.{body}.{signature[:-8]}",
        "nothing": "",
    }
    answers = {
        why: http("GET", f"{owner.stack.api.app_url}/v1/me", headers={"authorization": f"Bearer {token}"}).status
        for why, token in refused.items()
    }
    assert answers == dict.fromkeys(refused, 403)
    assert owner.call("GET", "/v1/me").status == 200


def test_a_stranger_sees_nothing_of_an_organization(owner: Newcomer) -> None:
    stranger = Newcomer(owner.stack, "Stan")
    stranger.join()
    stranger.org_id = owner.org_id
    assert stranger.call("GET", "/v1/members").status == 404


def test_the_demo_shows_everything_and_changes_nothing(stack: Stack) -> None:
    opened = http("POST", f"{stack.api.app_url}/v1/demo/sessions")
    assert opened.status == 201, opened.body
    visitor = {"authorization": f"Bearer {opened.json['token']}"}

    def call(method: str, path: str, body: Any = None) -> Any:
        return http(method, f"{stack.api.app_url}{path}", body, visitor)

    listed = {name: call("GET", path).json["items"][0] for path, name in PLACES.items()}
    ids = {name: item["user_id" if name == "user_id" else "id"] for name, item in listed.items()}
    ids |= {"version": "1", "urgency": "high"}
    for method, path in operations():
        answer = call(method, filled(path, ids), None if method in SAFE_METHODS else {"name": "mine"})
        if path in {"/v1/demo/sessions", "/v1/live/tickets"}:
            continue
        if method not in SAFE_METHODS:
            assert (answer.status, answer.json["code"]) == (403, "demo_read_only"), (method, path)
        elif path.startswith(("/v1/me/", "/v1/on-call/notices")):
            assert answer.status == 403, path
        else:
            is_known = set(re.findall(r"\{(\w+)\}", path)) <= ids.keys()
            assert answer.status == (200 if is_known else 404), (path, answer.body)
    assert listed == {name: call("GET", path).json["items"][0] for path, name in PLACES.items()}
