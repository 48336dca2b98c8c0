"""Everything that can be asked of a schedule, once: for tests of what is sent to the database."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.support.api_host import ApiHost, seal_key
from tests.support.http_api import http_event
from tests.support.signed_in import member
from tests.support.world import World
from tocsin_data.db import Database
from tocsin_data.services import on_call, sweeping
from tocsin_data.services.leaving import Leaving


def take_turns(world: World, worker: Database, api: ApiHost) -> None:
    """Write, change, override, follow, hand over and end a schedule."""

    def do(method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = api.call(method, path, body, headers={"if-match": '"1"'}, **more)
        assert answer.status < 300, answer.text
        return answer.json if answer.text else None

    lead = member(api, world.person("Lea"))
    people = [str(person.user_id) for person in (world.alice, world.bob)]
    layer = {"name": "day", "unit": "days", "starts_on": "2026-01-05", "participants": people}
    schedule = {"name": "turns", "time_zone": "UTC", "layers": [layer]}
    made = do("POST", "/v1/schedules", schedule)
    path, soon = f"/v1/schedules/{made['id']}", (world.now + timedelta(hours=1)).isoformat()
    assert lead.call("DELETE", path).status == 403
    team = world.team("of turns", [])["value"]
    assert lead.call("POST", "/v1/schedules", {**schedule, "team_id": team}).status == 403
    do("PUT", path, schedule)
    assert api.call("PUT", path, schedule, headers={"if-match": '"1"'}).status == 412
    override = do("POST", f"{path}/overrides", {"user_id": people[0], "ends_at": soon})
    one = f"{path}/overrides/{override['id']}"
    do("PUT", one, {"user_id": people[0], "ends_at": soon, "name": "longer"})
    calendar = do("POST", f"{path}/calendars", {})
    of_calendar = f"{path}/calendars/{calendar['id']}"
    address = do("POST", f"{of_calendar}/rotate")["url"].removeprefix("https://tocsin.example")
    assert api.invoke(http_event("GET", address, b"", {})).status == 200
    for read in ("", "/versions", "/shifts", "/overrides", "/calendars"):
        do("GET", f"{path}{read}")
    for read in ("/v1/schedules", "/v1/on-call", one):
        do("GET", read)
    assert lead.call("PUT", "/v1/on-call/notices", {"handoff_notices": True}).status == 200
    with worker.many([world.org_id]) as tx:
        assert len(on_call.on_call_now(tx, [UUID(made["id"])])) == 1
    left: list[Leaving] = []
    sweeping.sweep(worker, left.append, lambda: seal_key().as_pem(private=False).decode())
    assert [mail.kind for leaving in left for mail in leaving.mails if mail.kind == "handoff"]
    do("POST", f"{one}/cancel")
    do("POST", f"{of_calendar}/revoke")
    do("DELETE", path)
