"""Accounts, organizations, members and teams, used once: for tests of what is sent to the database."""

import json
from dataclasses import replace
from typing import Any

from tests.support.api_host import ApiHost
from tests.support.signed_in import SignedIn, member
from tests.support.world import World
from tocsin_data.db import Database
from tocsin_data.services import admitting


def live(world: World, app: Database, api: ApiHost) -> None:
    """Accounts, organizations, members and teams, as those who own one use them."""
    owner, bob = member(api, world.person("Olga", role="owner")), world.bob.user_id
    read = {"if-match": '"1"'}

    def do(method: str, path: str, body: Any = None, by: SignedIn = owner, **more: Any) -> Any:
        answer = by.call(method, path, body, **more)
        assert answer.status < 300, answer.text
        return json.loads(answer.text) if answer.text else None

    do("PATCH", "/v1/me", {"name": "Olga the second"})
    do("GET", "/v1/me", by=replace(owner, email="olga@new.example"))
    do("POST", "/v1/me/sign-out", by=SignedIn(api, "dora@acme.example"))
    do("DELETE", "/v1/me", by=SignedIn(api, "erin@acme.example"))
    do("POST", "/v1/organizations", {"name": "second"})
    do("PATCH", "/v1/organization", {"name": "renamed"}, headers=read)
    do("DELETE", "/v1/organization", {"name": "renamed"})
    do("POST", "/v1/organization/restore")
    part = do("GET", "/v1/organization/export")
    while part["next_cursor"]:
        part = do("GET", "/v1/organization/export", query={"cursor": part["next_cursor"]})
    do("GET", "/v1/members")
    do("PATCH", f"/v1/members/{bob}", {"role": "admin"}, headers=read)
    team = f"/v1/teams/{do('POST', '/v1/teams', {'name': 'ops'})['id']}"
    do("GET", "/v1/teams")
    do("PATCH", team, {"name": "operations"}, headers=read)
    do("PUT", f"{team}/members/{bob}", {"role": "lead"})
    do("DELETE", f"{team}/members/{bob}")
    do("DELETE", team)
    do("DELETE", f"/v1/members/{bob}")
    do("POST", "/v1/organization/transfer", {"user_id": str(world.alice.user_id)})
    do("POST", "/v1/organization/leave")
    admitting.is_invited(app, owner.email)
    admitting.is_known(app, owner.email)
