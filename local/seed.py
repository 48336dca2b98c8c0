"""An organization to page, as ordinary as any (the demo is another): two people, a policy, a service, and its keys.

Written as the owner of the schema, in one transaction; a second run finds its rows and keeps them. The keys
themselves are kept under .local, since the rows hold only their hashes.
"""

import base64
import json
import os
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID, uuid5

import psycopg
from psycopg import sql

from local.keys import Keys
from local.machine import REGIONS, Machine
from local.private_files import write_private
from local.seed_page import plant_page
from migrations.runner import OWNER
from tocsin.platform.sealing import seal
from tocsin.platform.tokens import Purpose, digest, hint, issue

NAMES: Final = UUID("6f0a6c9e-1f2a-4f0e-9d7e-70c510ca1000")
SECOND_STEP_SECONDS: Final = 60
LAST_WAIT_SECONDS: Final = 60
ORGANIZATION: Final = "Acme (local)"
FALLBACK_EMAIL: Final = "fallback@demo.example"


@dataclass(frozen=True, slots=True)
class Seed:
    """The keys of the organization, and the webhook secrets of its people by name."""

    routing_key: str
    api_key: str
    webhook_secrets: dict[str, str]


@dataclass(frozen=True, slots=True)
class Someone:
    """A member of the organization."""

    name: str
    role: str

    @property
    def id(self) -> UUID:
        """The same in every run."""
        return uuid5(NAMES, self.name)

    @property
    def email(self) -> str:
        """Where mail reaches them."""
        return f"{self.name.lower()}@demo.example"


PEOPLE: Final = (Someone("Alice", "owner"), Someone("Bob", "responder"))


def keep(machine: Machine, keys: Keys) -> Seed:
    """The keys of an earlier run, or new ones."""
    file = machine.path("secrets", "seed.json")
    if not file.exists():
        seed = Seed(
            routing_key=issue(Purpose.ROUTING, keys.mac_keys()),
            api_key=issue(Purpose.API, keys.mac_keys()),
            webhook_secrets={p.name: f"whsec_{base64.b64encode(os.urandom(32)).decode()}" for p in PEOPLE},
        )
        write_private(file, json.dumps(asdict(seed), indent=1))
    return Seed(**json.loads(file.read_text()))


def plant(conninfo: str, seed: Seed, keys: Keys, machine: Machine) -> None:
    """Make sure the organization is in the database. `conninfo` is an administrator's."""
    with psycopg.connect(conninfo, dbname="tocsin") as conn:
        conn.execute(sql.SQL("set role {}").format(sql.Identifier(OWNER)))
        _organization(conn)
        for person in PEOPLE:
            _person(conn, person, seed, keys, machine)
        _service(conn)
        _monitor(conn, machine)
        of_page = {name: _id(name) for name in ("organization", "monitor", "page", "component", "source")}
        plant_page(conn, of_page, issue(Purpose.PAGE, keys.mac_keys()))
        _subscribers(conn, keys)
        _keys(conn, seed)


type Connection = psycopg.Connection[Any]


def _organization(conn: Connection) -> None:
    conn.execute(
        "insert into organization (id, name, fallback_email, created_at) values (%s, %s, %s, now())"
        " on conflict (id) do nothing",
        (_id("organization"), ORGANIZATION, FALLBACK_EMAIL),
    )
    conn.execute(
        "insert into team (id, org_id, name, created_at) values (%s, %s, 'Platform', now()) on conflict do nothing",
        (_id("team"), _id("organization")),
    )


def _person(conn: Connection, person: Someone, seed: Seed, keys: Keys, machine: Machine) -> None:
    org = _id("organization")
    conn.execute(
        "insert into user_account (id, email, name, created_at) values (%s, %s, %s, now()) on conflict do nothing",
        (person.id, person.email, person.name),
    )
    conn.execute(
        "insert into membership (org_id, user_id, role, created_at) values (%s, %s, %s, now()) on conflict do nothing",
        (org, person.id, person.role),
    )
    conn.execute(
        "insert into team_member (org_id, team_id, user_id) values (%s, %s, %s) on conflict do nothing",
        (org, _id("team"), person.id),
    )
    conn.execute(
        "insert into contact_method (id, org_id, user_id, channel, label, address, created_at, verified_at)"
        " values (%s, %s, %s, 'email', 'work', %s, now(), now()) on conflict do nothing",
        (_id(f"{person.name} email"), org, person.id, person.email),
    )
    # sealed anew each time: the port of the receiver may be another than in the run before
    hook = {"url": f"{machine.viewer_url}/hooks/{person.name}", "secret": seed.webhook_secrets[person.name]}
    conn.execute(
        "insert into contact_method (id, org_id, user_id, channel, label, sealed, created_at, verified_at)"
        " values (%s, %s, %s, 'webhook', 'viewer', %s, now(), now())"
        " on conflict (id) do update set sealed = excluded.sealed",
        (_id(f"{person.name} webhook"), org, person.id, seal(hook, keys.seal_public_pem)),
    )


def _service(conn: Connection) -> None:
    org, policy = _id("organization"), _id("policy")
    conn.execute(
        "insert into escalation_policy (id, org_id, team_id, name, current_version, created_at)"
        " values (%s, %s, %s, 'Alice, then Bob', 1, now()) on conflict do nothing",
        (policy, org, _id("team")),
    )
    conn.execute(
        "insert into escalation_policy_version"
        " (org_id, policy_id, version, rounds, round_delay_seconds, created_at)"
        " values (%s, %s, 1, 1, %s, now()) on conflict do nothing",
        (org, policy, LAST_WAIT_SECONDS),
    )
    for position, (person, delay) in enumerate(zip(PEOPLE, (0, SECOND_STEP_SECONDS), strict=True)):
        conn.execute(
            "insert into escalation_policy_step (org_id, policy_id, version, position, step_id, delay_seconds, targets)"
            " values (%s, %s, 1, %s, %s, %s, %s) on conflict do nothing",
            (
                org,
                policy,
                position,
                _id(f"step {position}"),
                delay,
                json.dumps([{"kind": "user", "value": str(person.id)}]),
            ),
        )
    conn.execute(
        "insert into service (id, org_id, team_id, policy_id, name, created_at)"
        " values (%s, %s, %s, %s, 'Checkout', now()) on conflict do nothing",
        (_id("service"), org, _id("team"), policy),
    )
    conn.execute(
        "insert into integration (id, org_id, service_id, name, created_at)"
        " values (%s, %s, %s, 'Any tool', now()) on conflict do nothing",
        (_id("integration"), org, _id("service")),
    )


def _monitor(conn: Connection, machine: Machine) -> None:
    """The site to break, checked from three regions; its port may be another than in the run before."""
    spec = json.dumps({"kind": "http", "url": f"{machine.target_url}/"})
    conn.execute(
        """
        insert into monitor (
            id, org_id, service_id, team_id, name, kind, spec, severity, interval_seconds, timeout_seconds, regions,
            failures_to_down, successes_to_up, confirmation_seconds, recovery_seconds, created_at, created_by,
            updated_at
        )
        values (%s, %s, %s, %s, 'Shop', 'http', %s, 'critical', 10, 3, %s, 2, 2, 0, 60, now(), 'local', now())
        on conflict (id) do update
        set spec = excluded.spec, version = monitor.version + 1 where monitor.spec <> excluded.spec
        """,
        (_id("monitor"), _id("organization"), _id("service"), _id("team"), spec, list(REGIONS)),
    )


def _subscribers(conn: Connection, keys: Keys) -> None:
    """Let the page take subscribers by whatever channel."""
    conn.execute(
        "update status_page set subscribe_key = %s, subscribe_channels = '{email,webhook,slack}'"
        " where id = %s and subscribe_key is null",
        (issue(Purpose.PAGE, keys.mac_keys()), _id("page")),
    )


def _keys(conn: Connection, seed: Seed) -> None:
    org = _id("organization")
    conn.execute(
        "insert into routing_key (org_id, integration_id, key_hash, hint, created_at)"
        " values (%s, %s, %s, %s, now()) on conflict do nothing",
        (org, _id("integration"), digest(seed.routing_key), hint(seed.routing_key)),
    )
    conn.execute(
        "insert into api_key (org_id, user_id, name, key_hash, hint, role, created_at)"
        " values (%s, %s, 'local', %s, %s, 'owner', now()) on conflict do nothing",
        (org, PEOPLE[0].id, digest(seed.api_key), hint(seed.api_key)),
    )


def _id(name: str) -> UUID:
    return uuid5(NAMES, name)
