"""The organization that a benchmark pages: two people behind webhooks, a policy of two steps, services with keys."""

import base64
import json
import os
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tocsin.platform.sealing import seal
from tocsin.platform.tokens import MacKeys, Purpose, digest, hint, issue

RSA_BITS: Final = 2048
SERVICES: Final = 10
PEOPLE: Final = ("Alice", "Bob")
ROUND_DELAY_SECONDS: Final = 900

type Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of a deployment."""

    mac: MacKeys
    mac_document: str
    seal_private_pem: str
    seal_public_pem: str

    @classmethod
    def make(cls) -> "Keys":
        """New ones."""
        secret = os.urandom(32)
        document = {"current": "A", "keys": {"A": base64.b64encode(secret).decode()}}
        key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return cls(MacKeys({"A": secret}, "A"), json.dumps(document), private.decode(), public.decode())


@dataclass(frozen=True, slots=True)
class World:
    """What was planted."""

    org_id: UUID
    service_ids: tuple[UUID, ...]
    policy_id: UUID
    routing_keys: tuple[str, ...]
    api_key: str


def plant(conn: Connection, keys: Keys, receiver_port: int, second_step_seconds: int) -> World:
    """Write it as the owner of the schema. Alice is paged at once, Bob after `second_step_seconds`."""
    world = World(
        org_id=uuid4(),
        service_ids=tuple(uuid4() for _ in range(SERVICES)),
        policy_id=uuid4(),
        routing_keys=tuple(issue(Purpose.ROUTING, keys.mac) for _ in range(SERVICES)),
        api_key=issue(Purpose.API, keys.mac),
    )
    conn.execute("insert into organization (id, name, created_at) values (%s, 'Bench', now())", (world.org_id,))
    people = [_person(conn, world, name, keys, receiver_port) for name in PEOPLE]
    _policy(conn, world, people, second_step_seconds)
    for number, (service_id, key) in enumerate(zip(world.service_ids, world.routing_keys, strict=True)):
        _service(conn, world, number, service_id, key)
    conn.execute(
        "insert into api_key (org_id, user_id, name, key_hash, hint, role, created_at)"
        " values (%s, %s, 'bench', %s, %s, 'owner', now())",
        (world.org_id, people[0], digest(world.api_key), hint(world.api_key)),
    )
    return world


def _person(conn: Connection, world: World, name: str, keys: Keys, receiver_port: int) -> UUID:
    user_id = uuid4()
    conn.execute(
        "insert into user_account (id, email, name, created_at) values (%s, %s, %s, now())",
        (user_id, f"{name.lower()}@bench.example", name),
    )
    conn.execute(
        "insert into membership (org_id, user_id, role, created_at) values (%s, %s, 'owner', now())",
        (world.org_id, user_id),
    )
    secret = f"whsec_{base64.b64encode(os.urandom(32)).decode()}"
    hook = {"url": f"http://127.0.0.1:{receiver_port}/{name}", "secret": secret}
    conn.execute(
        "insert into contact_method (org_id, user_id, channel, label, sealed, created_at)"
        " values (%s, %s, 'webhook', 'bench', %s, now())",
        (world.org_id, user_id, seal(hook, keys.seal_public_pem)),
    )
    return user_id


def _policy(conn: Connection, world: World, people: list[UUID], second_step_seconds: int) -> None:
    conn.execute(
        "insert into escalation_policy (id, org_id, name, current_version, created_at)"
        " values (%s, %s, 'bench', 1, now())",
        (world.policy_id, world.org_id),
    )
    conn.execute(
        "insert into escalation_policy_version (org_id, policy_id, version, rounds, round_delay_seconds, created_at)"
        " values (%s, %s, 1, 1, %s, now())",
        (world.org_id, world.policy_id, ROUND_DELAY_SECONDS),
    )
    for position, (user_id, delay) in enumerate(zip(people, (0, second_step_seconds), strict=True)):
        conn.execute(
            "insert into escalation_policy_step (org_id, policy_id, version, position, step_id, delay_seconds, targets)"
            " values (%s, %s, 1, %s, %s, %s, %s)",
            (
                world.org_id,
                world.policy_id,
                position,
                uuid4(),
                delay,
                json.dumps([{"kind": "user", "value": str(user_id)}]),
            ),
        )


def _service(conn: Connection, world: World, number: int, service_id: UUID, key: str) -> None:
    integration_id = uuid4()
    conn.execute(
        "insert into service (id, org_id, policy_id, name, created_at) values (%s, %s, %s, %s, now())",
        (service_id, world.org_id, world.policy_id, f"service {number}"),
    )
    conn.execute(
        "insert into integration (id, org_id, service_id, name, created_at) values (%s, %s, %s, 'bench', now())",
        (integration_id, world.org_id, service_id),
    )
    conn.execute(
        "insert into routing_key (org_id, integration_id, key_hash, hint, created_at) values (%s, %s, %s, %s, now())",
        (world.org_id, integration_id, digest(key), hint(key)),
    )
