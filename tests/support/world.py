"""An organization to test with, arranged through plain SQL: people, policy, service, integration, keys."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tests.support.postgres import TestDatabase
from tocsin.contracts.events import EventsMessage, InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.platform.tokens import MacKeys, Purpose, digest, hint, issue

MAC_KEYS = MacKeys({"A": os.urandom(32)}, "A")


@dataclass(frozen=True, slots=True)
class Person:
    """A member with an e-mail contact method."""

    user_id: UUID
    name: str
    email: str

    @property
    def target(self) -> dict[str, str]:
        """This person as a step's target."""
        return {"kind": "user", "value": str(self.user_id)}


@dataclass(frozen=True, slots=True)
class StepSpec:
    """A step to arrange."""

    targets: Sequence[dict[str, str]]
    after: timedelta = timedelta(0)
    retries: int = 0
    retry_interval: timedelta = timedelta(0)
    round_robin: bool = False
    conditions: Mapping[str, object] = field(default_factory=dict)
    step_id: UUID = field(default_factory=uuid4)


@dataclass(slots=True)
class World:
    """One organization. Everything it makes is really in the database."""

    database: TestDatabase
    name: str = "Acme"
    fallback: str | None = "fallback@acme.example"
    org_id: UUID = field(default_factory=uuid4)
    service_id: UUID = field(default_factory=uuid4)
    integration_id: UUID = field(default_factory=uuid4)
    routing_key: str = field(default_factory=lambda: issue(Purpose.ROUTING, MAC_KEYS))
    policy_id: UUID | None = None
    alice: Person = field(init=False)
    bob: Person = field(init=False)

    def __post_init__(self) -> None:
        with self.database.admin() as conn:
            conn.execute(
                "insert into organization (id, name, fallback_email, created_at) values (%s, %s, %s, now())",
                (self.org_id, self.name, self.fallback),
            )
            conn.execute(
                "insert into service (id, org_id, name, created_at) values (%s, %s, 'checkout', now())",
                (self.service_id, self.org_id),
            )
            conn.execute(
                "insert into integration (id, org_id, service_id, name, created_at) values (%s, %s, %s, 'any', now())",
                (self.integration_id, self.org_id, self.service_id),
            )
        self.add_key(self.routing_key)
        self.alice = self.person("Alice")
        self.bob = self.person("Bob")
        self.policy([StepSpec([self.alice.target]), StepSpec([self.bob.target], timedelta(minutes=30))])

    def person(self, name: str, *, reachable: bool = True, role: str = "responder") -> Person:
        """Add a member; a reachable one has an e-mail contact method."""
        person = Person(uuid4(), name, f"{name.lower()}-{uuid4().hex[:6]}@acme.example")
        with self.database.admin() as conn:
            conn.execute(
                "insert into user_account (id, email, name, created_at) values (%s, %s, %s, now())",
                (person.user_id, person.email, person.name),
            )
            conn.execute(
                "insert into membership (org_id, user_id, role, created_at) values (%s, %s, %s, now())",
                (self.org_id, person.user_id, role),
            )
            if reachable:
                conn.execute(
                    "insert into contact_method (org_id, user_id, channel, label, address, created_at)"
                    " values (%s, %s, 'email', 'work', %s, now())",
                    (self.org_id, person.user_id, person.email),
                )
        return person

    def webhook(self, person: Person, sealed: str) -> None:
        """Let a person be paged by this webhook only."""
        with self.database.admin() as conn:
            conn.execute("delete from contact_method where user_id = %s", (person.user_id,))
            conn.execute(
                "insert into contact_method (org_id, user_id, channel, label, sealed, created_at)"
                " values (%s, %s, 'webhook', 'test', %s, now())",
                (self.org_id, person.user_id, sealed),
            )

    def team(self, name: str, members: Sequence[Person]) -> dict[str, str]:
        """Add a team; answers it as a target."""
        team_id = uuid4()
        with self.database.admin() as conn:
            conn.execute(
                "insert into team (id, org_id, name, created_at) values (%s, %s, %s, now())",
                (team_id, self.org_id, name),
            )
            for member in members:
                conn.execute("insert into team_member values (%s, %s, %s)", (self.org_id, team_id, member.user_id))
        return {"kind": "team", "value": str(team_id)}

    def destination(self, name: str, sealed: str, channel: str = "webhook") -> dict[str, str]:
        """Add a destination; answers it as a target."""
        destination_id = uuid4()
        with self.database.admin() as conn:
            conn.execute(
                "insert into destination (id, org_id, channel, name, sealed, created_at)"
                " values (%s, %s, %s, %s, %s, now())",
                (destination_id, self.org_id, channel, name, sealed),
            )
        return {"kind": "destination", "value": str(destination_id)}

    def policy(
        self,
        steps: Sequence[StepSpec],
        *,
        rounds: int = 1,
        round_delay: timedelta = timedelta(minutes=5),
        fallback: Sequence[dict[str, str]] = (),
        time_zone: str = "UTC",
    ) -> UUID:
        """Give the service a policy; the one it had stays for what runs on it."""
        self.policy_id = uuid4()
        with self.database.admin() as conn:
            conn.execute(
                "insert into escalation_policy (id, org_id, name, current_version, created_at)"
                " values (%s, %s, %s, 1, now())",
                (self.policy_id, self.org_id, f"policy {self.policy_id}"),
            )
            self._version(conn, 1, steps, rounds, round_delay)
            conn.execute(
                "update escalation_policy_version set fallback = %s, time_zone = %s where policy_id = %s",
                (json.dumps(list(fallback)), time_zone, self.policy_id),
            )
            conn.execute("update service set policy_id = %s where id = %s", (self.policy_id, self.service_id))
        return self.policy_id

    def edit_policy(self, version: int, steps: Sequence[StepSpec]) -> None:
        """Make a new version of the policy the current one."""
        with self.database.admin() as conn:
            self._version(conn, version, steps, 1, timedelta(minutes=5))
            conn.execute("update escalation_policy set current_version = %s where id = %s", (version, self.policy_id))

    def _version(
        self, conn: object, version: int, steps: Sequence[StepSpec], rounds: int, round_delay: timedelta
    ) -> None:
        conn.execute(
            "insert into escalation_policy_version values (%s, %s, %s, %s, %s, now())",
            (self.org_id, self.policy_id, version, rounds, int(round_delay.total_seconds())),
        )
        for position, step in enumerate(steps):
            conn.execute(
                "insert into escalation_policy_step values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                (
                    self.org_id,
                    self.policy_id,
                    version,
                    position,
                    step.step_id,
                    int(step.after.total_seconds()),
                    json.dumps(list(step.targets)),
                    step.retries,
                    int(step.retry_interval.total_seconds()),
                    step.round_robin,
                    json.dumps(step.conditions),
                ),
            )

    def add_key(self, key: str) -> None:
        """Let a routing key open the integration."""
        with self.database.admin() as conn:
            conn.execute(
                "insert into routing_key (org_id, integration_id, key_hash, hint, created_at)"
                " values (%s, %s, %s, %s, now())",
                (self.org_id, self.integration_id, digest(key), hint(key)),
            )

    def api_key(self, role: str = "admin") -> str:
        """Add an API key; answers it."""
        key = issue(Purpose.API, MAC_KEYS)
        with self.database.admin() as conn:
            conn.execute(
                "insert into api_key (org_id, name, key_hash, hint, role, created_at)"
                " values (%s, 'test', %s, %s, %s, now())",
                (self.org_id, digest(key), hint(key), role),
            )
        return key

    @property
    def now(self) -> datetime:
        """The database's now, as everything inside sees it."""
        return self.database.rows("select app.clock()")[0][0]

    def event(
        self,
        action: EventAction = EventAction.TRIGGER,
        dedup_key: str = "disk",
        *,
        index: int = 0,
        summary: str = "disk full",
        expires_at: datetime | None = None,
    ) -> InboundEvent:
        """One normalised event."""
        return InboundEvent(
            event_id=uuid4(), index=index, action=action, dedup_key=dedup_key, summary=summary, expires_at=expires_at
        )

    def request(self, *events: InboundEvent, at: datetime | None = None, key: str | None = None) -> EventsMessage:
        """One inbound request with its events, received at `at` or now."""
        return EventsMessage(
            request_id=uuid4(),
            received_at=at or self.now,
            protocol="test",
            key_hash=digest(key or self.routing_key).hex(),
            events=list(events or (self.event(),)),
        )
