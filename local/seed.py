"""The demo organization of a developer's machine, made once: two people, a policy of two steps, a service, keys.

What is shown once when made (keys, signing secrets) is kept in a private file, so that every start can print it.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

import psycopg
from pydantic import BaseModel, ConfigDict

from local.postgres import PostgresServer
from tocsin.contracts.api import (
    ApiKeyInput,
    EmailMethodInput,
    IntegrationInput,
    PolicyInput,
    ServiceInput,
    StepInput,
    TargetInput,
    WebhookMethodInput,
)
from tocsin.domain.permission import Role
from tocsin.platform.tokens import MacKeys
from tocsin_data.db import Database, DatabaseSettings
from tocsin_data.services import api_keys, catalog, contact_methods, integrations, policies
from tocsin_data.services.actors import Actor

NAMESPACE: Final = UUID("6f0f2c1e-53b5-4c6e-9d0b-6d3a6f2b7c11")
ORG_ID: Final = uuid5(NAMESPACE, "organization")
TEAM_ID: Final = uuid5(NAMESPACE, "team")
FALLBACK: Final = "fallback@demo.example"
SECOND_STEP_SECONDS: Final = 30
ACTOR: Final = Actor("system", "seed")


class Person(BaseModel):
    """A demo user: paged by mail and by a webhook to the local receiver."""

    model_config = ConfigDict(frozen=True)

    name: str
    email: str
    webhook_secret: str = ""

    @property
    def user_id(self) -> UUID:
        """The same at every start."""
        return uuid5(NAMESPACE, self.email)


class Seeded(BaseModel):
    """What a newcomer needs to try it."""

    model_config = ConfigDict(frozen=True)

    org_id: UUID
    service_id: UUID
    routing_key: str
    api_key: str
    people: list[Person]


PEOPLE: Final = (
    Person(name="Alice", email="alice@demo.example"),
    Person(name="Bob", email="bob@demo.example"),
)


def seed(
    server: PostgresServer,
    dbname: str,
    kept_in: Path,
    *,
    mac_keys: MacKeys,
    seal_public_key: str,
    receiver_url: str,
) -> Seeded:
    """Make the demo organization, or answer what was made at an earlier start over the same database."""
    with psycopg.connect(server.conninfo("tocsin", dbname), autocommit=True) as conn:
        known = conn.execute("select 1 from organization where id = %s", (ORG_ID,)).fetchone() is not None
        if known and kept_in.exists():
            return Seeded.model_validate_json(kept_in.read_text())
        conn.execute("delete from organization where id = %s", (ORG_ID,))
        with conn.transaction():
            _people(conn)
    made = _configure(
        Database(DatabaseSettings(db_host=str(server.host), db_port=server.port, db_name=dbname, db_user="app")),
        mac_keys=mac_keys,
        seal_public_key=seal_public_key,
        receiver_url=receiver_url,
    )
    _keep(kept_in, made)
    return made


def _people(conn: psycopg.Connection[Any]) -> None:
    conn.execute(
        "insert into organization (id, name, fallback_email, created_at) values (%s, 'Demo', %s, now())",
        (ORG_ID, FALLBACK),
    )
    conn.execute(
        "insert into team (id, org_id, name, created_at) values (%s, %s, 'Platform', now())", (TEAM_ID, ORG_ID)
    )
    for person in PEOPLE:
        conn.execute(
            "insert into user_account (id, email, name, created_at) values (%s, %s, %s, now())"
            " on conflict on constraint user_account_pkey do nothing",
            (person.user_id, person.email, person.name),
        )
        conn.execute(
            "insert into membership (org_id, user_id, role, created_at) values (%s, %s, 'admin', now())",
            (ORG_ID, person.user_id),
        )
        conn.execute(
            "insert into team_member (org_id, team_id, user_id) values (%s, %s, %s)", (ORG_ID, TEAM_ID, person.user_id)
        )


def _configure(db: Database, *, mac_keys: MacKeys, seal_public_key: str, receiver_url: str) -> Seeded:
    try:
        people = [_reachable(db, person, seal_public_key, receiver_url) for person in PEOPLE]
        policy = policies.create_policy(db, ORG_ID, ACTOR, _policy(people))
        service = catalog.create_service(
            db, ORG_ID, ACTOR, ServiceInput(name="Checkout", policy_id=policy.id, team_id=TEAM_ID)
        )
        integration = integrations.create_integration(
            db, ORG_ID, ACTOR, IntegrationInput(service_id=service.id, name="Everything"), mac_keys=mac_keys
        )
        key = api_keys.create_api_key(db, ORG_ID, ACTOR, ApiKeyInput(name="Local", role=Role.OWNER), mac_keys=mac_keys)
        return Seeded(
            org_id=ORG_ID,
            service_id=service.id,
            routing_key=integration.routing_key.key,
            api_key=key.key,
            people=people,
        )
    finally:
        db.close()


def _reachable(db: Database, person: Person, seal_public_key: str, receiver_url: str) -> Person:
    mail = EmailMethodInput(channel="email", address=person.email, label="Mail")
    contact_methods.create_contact_method(db, ORG_ID, ACTOR, person.user_id, mail, seal_public_key=seal_public_key)
    url = f"{receiver_url}/hooks/{person.name.lower()}"
    hook = contact_methods.create_contact_method(
        db,
        ORG_ID,
        ACTOR,
        person.user_id,
        WebhookMethodInput(channel="webhook", url=url, label="Receiver"),
        seal_public_key=seal_public_key,
    )
    return person.model_copy(update={"webhook_secret": hook.secret or ""})


def _policy(people: Sequence[Person]) -> PolicyInput:
    first, second = (TargetInput(kind="user", value=str(person.user_id)) for person in people)
    return PolicyInput(
        name="Platform on call",
        team_id=TEAM_ID,
        rounds=1,
        round_delay_seconds=60,
        steps=[
            StepInput(delay_seconds=0, targets=[first]),
            StepInput(delay_seconds=SECOND_STEP_SECONDS, targets=[second]),
        ],
    )


def _keep(path: Path, made: Seeded) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(made.model_dump(mode="json"), file, indent=2)
