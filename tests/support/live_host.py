"""Sockets without a gateway: the events that API Gateway gives `live`, and what is sent for them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest

from functions.live.handler import handler
from tests.support.api_host import ApiHost, api_host
from tests.support.world import World
from tocsin.contracts.live import PushMessage
from tocsin_data.db import database

TOPICS = ["incidents", "monitors", "status-pages", "on-call"]


@dataclass
class Socket:
    """A client's connection, as far as the functions know it."""

    host: "LiveHost"
    connection_id: str = field(default_factory=lambda: f"L0{uuid4().hex[:11]}=")

    def connect(self, ticket: str) -> int:
        """Open it; answers the status."""
        query = {"ticket": ticket}
        event = self._event("CONNECT", "$connect")
        return self.host.live({**event, "queryStringParameters": query, "headers": {"Host": "live"}})["statusCode"]

    def say(self, frame: Any) -> dict[str, Any]:
        """Send a frame; answers the one that comes back."""
        body = frame if isinstance(frame, str) else json.dumps(frame)
        answer = self.host.live({**self._event("MESSAGE", "$default"), "body": body})
        assert answer["statusCode"] == 200
        return json.loads(answer["body"])

    def subscribe(self, *topics: str) -> dict[str, Any]:
        """Want these topics, by default all."""
        return self.say({"action": "subscribe", "topics": list(topics or TOPICS)})

    def disconnect(self) -> None:
        """Close it from outside."""
        assert self.host.live(self._event("DISCONNECT", "$disconnect"))["statusCode"] == 200

    def _event(self, kind: str, route: str) -> dict[str, Any]:
        context = {
            "routeKey": route,
            "eventType": kind,
            "connectionId": self.connection_id,
            "apiId": "live",
            "stage": "live",
            "requestId": uuid4().hex,
            "identity": {"sourceIp": "192.0.2.1"},
            **({"messageId": uuid4().hex} if kind == "MESSAGE" else {}),
        }
        return {"requestContext": context, "isBase64Encoded": False}


class LiveHost:
    """One world's API and sockets."""

    def __init__(self, api: ApiHost) -> None:
        self.api = api
        self.world = api.world
        self.nowhere: dict[str, str] = {}
        """What leads `live` to a database that is not there."""

    def live(self, event: dict[str, Any]) -> dict[str, Any]:
        """Call `live` with an event, as its role."""
        with pytest.MonkeyPatch.context() as environment:
            for name, value in {**self.world.database.environment("worker"), **self.nowhere}.items():
                environment.setenv(name, value)
            return handler(event, None)

    def deliver(self, *bodies: dict[str, Any]) -> dict[str, Any]:
        """Give `live` messages of its queue."""
        return self.live({"Records": [{"messageId": uuid4().hex, "body": json.dumps(b)} for b in bodies]})

    def hint(self, org_id: UUID | None = None) -> None:
        """The second is over."""
        answer = self.deliver({"kind": "hint", "org_id": str(org_id or self.world.org_id)})
        assert answer == {"batchItemFailures": []}

    def ticket(self, key: str | None = None) -> dict[str, Any]:
        """A ticket of a caller."""
        answer = self.api.call("POST", "/v1/live/tickets", key=key)
        assert answer.status == 201, answer.text
        return answer.json

    def socket(self, *topics: str, key: str | None = None) -> Socket:
        """A connection that is told of topics."""
        made = Socket(self)
        assert made.connect(self.ticket(key)["ticket"]) == 200
        assert made.subscribe(*topics)["type"] == "welcome"
        return made

    def pushed(self) -> list[tuple[list[str], dict[str, Any], bool]]:
        """What `push` was asked for since: to whom, the frame, and whether it closes."""
        found = [PushMessage.model_validate(body) for body in self.api.sent("pushes")]
        return [(message.connection_ids, json.loads(message.frame), message.closes) for message in found]


@contextmanager
def live_host(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveHost]:
    """The API and sockets over a world, their connections closed in the end."""
    with api_host(world, monkeypatch) as api:
        try:
            yield LiveHost(api)
        finally:
            database(world.database.settings("worker")).close()
