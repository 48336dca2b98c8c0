"""The people of the user pool on this machine: everybody who has an account can sign in with one password.

The emulator forgets its pool when it is killed, the database does not forget who had signed in. So whoever the pool
does not know is made anew in it, and their account linked to the new subject, by address: here and nowhere else.
"""

import secrets
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import psycopg
from psycopg import sql

from local.deploy import Deployment
from local.machine import Machine
from local.private_files import write_private
from local.seed import PEOPLE
from migrations.runner import OWNER

PASSWORD_FILE: Final = "password"  # noqa: S105 - the name of the file it is in

ACCOUNTS: Final = (
    "select id, email, name, subject from user_account"
    " where deleted_at is null and (subject is not null or id = any (%s)) for update"
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody signs in here."""

    pool_id: str
    client_id: str
    email: str
    password: str


def keep_password(machine: Machine) -> str:
    """The password of an earlier run, or a new one."""
    file = machine.path("secrets", PASSWORD_FILE)
    if not file.exists():
        write_private(file, secrets.token_urlsafe(12))
    return file.read_text()


def settle(machine: Machine, deployment: Deployment, conninfo: str) -> SignIn:
    """Make whoever the pool lacks, and link their accounts; `conninfo` is an administrator's. Answers the first's."""
    password, client = keep_password(machine), deployment.client("cognito-idp")
    pool_id, client_id = deployment.output("UserPool"), deployment.output("UserPoolClient")
    known = _subjects(client, pool_id)
    with psycopg.connect(conninfo, dbname="tocsin") as conn:
        conn.execute(sql.SQL("set role {}").format(sql.Identifier(OWNER)))
        found = conn.execute(ACCOUNTS, ([person.id for person in PEOPLE],)).fetchall()
        for user_id, email, name, subject in found:
            if subject not in known:
                made = _make(client, pool_id, email, name, password)
                conn.execute("update user_account set subject = %s where id = %s", (made, user_id))
    return SignIn(pool_id, client_id, PEOPLE[0].email, password)


def _subjects(client: Any, pool_id: str) -> set[str]:
    pages = client.get_paginator("list_users").paginate(UserPoolId=pool_id)
    return {_subject(user["Attributes"]) for page in pages for user in page["Users"]}


def _make(client: Any, pool_id: str, email: str, name: str, password: str) -> str:
    told = {"email": email, "email_verified": "true", "name": name}
    made = client.admin_create_user(
        UserPoolId=pool_id,
        Username=str(uuid4()),
        UserAttributes=[{"Name": key, "Value": value} for key, value in told.items()],
        MessageAction="SUPPRESS",
    )["User"]
    client.admin_set_user_password(UserPoolId=pool_id, Username=made["Username"], Password=password, Permanent=True)
    return _subject(made["Attributes"])


def _subject(attributes: list[dict[str, str]]) -> str:
    return next(one["Value"] for one in attributes if one["Name"] == "sub")
