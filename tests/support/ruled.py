"""Everything that rules, windows, dependencies, turns and destinations send to the database, once."""

from datetime import timedelta
from typing import Any

from tests.support.api_host import ApiHost, seal_key
from tests.support.signed_in import member
from tests.support.world import MAC_KEYS, StepSpec, World
from tocsin.domain.dedup import EventAction
from tocsin.platform.tokens import Purpose, issue
from tocsin_data.db import Database
from tocsin_data.services import sweeping
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.processing import process


def decide(world: World, worker: Database, api: ApiHost) -> None:
    """Write what decides about events, let events come and windows end, and take it all back."""

    def do(method: str, path: str, body: Any = None, *, version: int | None = None) -> Any:
        read = {} if version is None else {"if-match": f'"{version}"'}
        answer = api.call(method, path, body, headers=read)
        assert answer.status < 300, (path, answer.text)
        return answer.json if answer.text else None

    def come(name: str, action: EventAction = EventAction.TRIGGER) -> None:
        process(worker, [world.request(world.event(action, dedup_key=name), key=key)], key_budget_per_minute=6000)

    def sweep() -> None:
        left: list[Leaving] = []
        sweeping.sweep(worker, left.append, lambda: seal_key().as_pem(private=False).decode())

    key, service = issue(Purpose.ROUTING, MAC_KEYS), f"/v1/services/{world.service_id}"
    world.add_key(key)
    policy = world.policy([StepSpec([world.alice.target, world.bob.target], round_robin=True)])
    grouped = {"name": "all", "actions": {"group": {"by": [], "window_seconds": 600}, "policy_id": str(policy)}}
    do("PUT", f"{service}/event-rules", {"rules": [grouped]}, version=1)
    do(
        "PUT",
        "/v1/event-rules",
        {"rules": [{"name": "here", "actions": {"service_id": str(world.service_id)}}]},
        version=1,
    )
    world.database.rows("update service set reopen_window_seconds = 300 where id = %s returning id", world.service_id)
    for path in ("/v1/event-rules", f"{service}/event-rules"):
        do("GET", path)
        do("GET", f"{path}/versions")
    example = {"event": {"summary": "disk"}, "integration_id": str(world.integration_id)}
    do("POST", f"{service}/event-rules/test", example)
    come("grouped")
    come("beside it")
    ((event_id,),) = world.database.rows("select id from event where dedup_key = 'beside it'")
    do("GET", f"/v1/events/{event_id}")
    both = world.event(EventAction.RESOLVE, dedup_key="grouped"), world.event(dedup_key="third", index=1)
    process(worker, [world.request(*both, key=key)], key_budget_per_minute=6000)
    for name in ("third", "beside it"):
        come(name, EventAction.RESOLVE)
    come("grouped")
    come("grouped", EventAction.RESOLVE)

    network = f"/v1/services/{do('POST', '/v1/services', {'name': 'network'})['id']}"
    do("PUT", f"{network}/dependencies", {"depends_on": [str(world.service_id)]})
    do("GET", f"{network}/dependencies")
    do("PUT", f"{network}/dependencies", {"depends_on": []})

    window = {"name": "upgrade", "everything": True, "starts_at": world.now.isoformat()}
    window |= {"ends_at": (world.now + timedelta(minutes=5)).isoformat()}
    made = [f"/v1/maintenance-windows/{do('POST', '/v1/maintenance-windows', window)['id']}" for _ in range(2)]
    for path in ("/v1/maintenance-windows", "/v1/maintenance-windows/active", *made):
        do("GET", path)
    do("PUT", made[0], {**window, "name": "longer"}, version=1)
    come("grouped")
    come("muted")
    do("POST", f"{made[1]}/cancel")
    do("POST", f"{made[0]}/end")
    world.database.advance(timedelta(minutes=6))
    sweep()

    destination = {"channel": "slack", "name": "ops room", "url": "https://hooks.slack.example/ops"}
    path = f"/v1/destinations/{do('POST', '/v1/destinations', destination)['id']}"
    do("GET", "/v1/destinations")
    do("GET", path)
    do("PATCH", path, {"name": "chat"}, version=1)
    steps = [{"targets": [{"kind": "destination", "value": path.rpartition("/")[2]}]}]
    chat = do(
        "POST", "/v1/escalation-policies", {"name": "chat", "rounds": 1, "round_delay_seconds": 60, "steps": steps}
    )
    do("DELETE", f"/v1/escalation-policies/{chat['id']}")
    world.policy([StepSpec([{"kind": "destination", "value": path.rpartition("/")[2]}])])
    for home in ("/v1/event-rules", f"{service}/event-rules"):
        do("PUT", home, {"rules": []}, version=2)
    come("to the chat")
    do("POST", f"{path}/disable")
    do("DELETE", path)

    own = member(api, world.person("Paula")).call(
        "POST", "/v1/api-keys", {"name": "own", "role": "viewer", "personal": True}
    )
    assert own.status == 201, own.text
