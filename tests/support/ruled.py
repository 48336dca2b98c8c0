"""Everything that rules, windows, dependencies, turns and destinations send to the database, once."""

from datetime import timedelta
from typing import Any

from tests.support.api_host import ApiHost, seal_key
from tests.support.signed_in import member
from tests.support.world import MAC_KEYS, StepSpec, World
from tocsin.contracts.events import InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.platform.tokens import Purpose, issue
from tocsin_data.db import Database
from tocsin_data.services import sweeping
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.processing import process


class Deciding:
    """One organization that writes what decides, lets events come, and takes it all back."""

    def __init__(self, world: World, worker: Database, api: ApiHost) -> None:
        self.world, self.worker, self.api = world, worker, api
        self.service = f"/v1/services/{world.service_id}"
        self.key = issue(Purpose.ROUTING, MAC_KEYS)
        world.add_key(self.key)

    def do(self, method: str, path: str, body: Any = None, *, version: int | None = None) -> Any:
        read = {} if version is None else {"if-match": f'"{version}"'}
        answer = self.api.call(method, path, body, headers=read)
        assert answer.status < 300, (path, answer.text)
        return answer.json if answer.text else None

    def come(self, *events: InboundEvent) -> None:
        process(self.worker, [self.world.request(*events, key=self.key)], key_budget_per_minute=6000)

    def trigger(self, name: str) -> InboundEvent:
        return self.world.event(dedup_key=name)

    def resolve(self, name: str, index: int = 0) -> InboundEvent:
        return self.world.event(EventAction.RESOLVE, dedup_key=name, index=index)

    def group(self) -> None:
        """Rules that group and choose a policy; incidents that several alerts share, and that open again."""
        world, homes = self.world, ("/v1/event-rules", f"{self.service}/event-rules")
        policy = world.policy([StepSpec([world.alice.target, world.bob.target], round_robin=True)])
        grouped = {"name": "all", "actions": {"group": {"by": [], "window_seconds": 600}, "policy_id": str(policy)}}
        here = {"name": "here", "actions": {"service_id": str(world.service_id)}}
        for home, rule in zip(homes, (here, grouped), strict=True):
            self.do("PUT", home, {"rules": [rule]}, version=1)
            self.do("GET", home)
            self.do("GET", f"{home}/versions")
        world.database.rows(
            "update service set reopen_window_seconds = 300 where id = %s returning id", world.service_id
        )
        example = {"event": {"summary": "disk"}, "integration_id": str(world.integration_id)}
        self.do("POST", f"{homes[1]}/test", example)
        self.come(self.trigger("grouped"))
        self.come(self.trigger("beside it"))
        ((event_id,),) = world.database.rows("select id from event where dedup_key = 'beside it'")
        self.do("GET", f"/v1/events/{event_id}")
        self.come(self.trigger("third"), self.resolve("grouped", 1))
        for name in ("third", "beside it"):
            self.come(self.resolve(name))
        self.come(self.trigger("grouped"))
        self.come(self.resolve("grouped"))
        for home in homes:
            self.do("PUT", home, {"rules": []}, version=2)

    def mute(self) -> None:
        """Dependencies, and windows that end while what they mute is open."""
        network = f"/v1/services/{self.do('POST', '/v1/services', {'name': 'network'})['id']}/dependencies"
        self.do("PUT", network, {"depends_on": [str(self.world.service_id)]})
        self.do("GET", network)
        self.do("PUT", network, {"depends_on": []})
        window = {"name": "upgrade", "everything": True, "starts_at": self.world.now.isoformat()}
        window |= {"ends_at": (self.world.now + timedelta(minutes=5)).isoformat()}
        home = "/v1/maintenance-windows"
        made = [f"{home}/{self.do('POST', home, window)['id']}" for _ in range(2)]
        for path in (home, f"{home}/active", *made):
            self.do("GET", path)
        self.do("PUT", made[0], {**window, "name": "longer"}, version=1)
        self.come(self.trigger("grouped"))
        self.come(self.trigger("muted"))
        self.do("POST", f"{made[1]}/cancel")
        self.do("POST", f"{made[0]}/end")
        self.world.database.advance(timedelta(minutes=6))
        left: list[Leaving] = []
        sweeping.sweep(self.worker, left.append, lambda: seal_key().as_pem(private=False).decode())

    def reach_out(self) -> None:
        """A destination, made, paged, tried and ended; and a key of somebody's own."""
        destination = {"channel": "slack", "name": "ops room", "url": "https://hooks.slack.example/ops"}
        path = f"/v1/destinations/{self.do('POST', '/v1/destinations', destination)['id']}"
        self.do("GET", "/v1/destinations")
        self.do("GET", path)
        self.do("PATCH", path, {"name": "chat"}, version=1)
        target = {"kind": "destination", "value": path.rpartition("/")[2]}
        chat = self.do("POST", "/v1/escalation-policies", {"name": "chat", "steps": [{"targets": [target]}]})
        self.do("DELETE", f"/v1/escalation-policies/{chat['id']}")
        self.world.policy([StepSpec([target])])
        self.come(self.trigger("to the chat"))
        tried = self.do("POST", f"{path}/tests")["id"]
        self.do("GET", f"{path}/tests/{tried}")
        self.do("POST", f"{path}/disable")
        self.do("DELETE", path)
        own = {"name": "own", "role": "viewer", "personal": True}
        answer = member(self.api, self.world.person("Paula")).call("POST", "/v1/api-keys", own)
        assert answer.status == 201, answer.text


def decide(world: World, worker: Database, api: ApiHost) -> None:
    """Write what decides about events, let events come and windows end, and take it all back."""
    deciding = Deciding(world, worker, api)
    deciding.group()
    deciding.mute()
    deciding.reach_out()
