"""migrate on a real PostgreSQL: a deploy's event, what is told when it fails, and how far the database is."""

import json
import shutil
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import psycopg
import pytest
from moto import mock_aws
from psycopg import sql

from functions.migrate.handler import handler
from local.postgres import PostgresServer
from migrations import runner
from migrations.runner import MigrationError, migrations

DBNAME = "deployed"
DEPLOY = {"RequestType": "Create", "ResourceProperties": {"MadeFrom": "abc"}}
ALL = [migration.name for migration in migrations()]


@pytest.fixture
def secrets(postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Generator[Any]:
    """The administrator's secret, and the settings of the deployed function."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with mock_aws():
        client = boto3.client("secretsmanager")
        document = json.dumps({"username": "postgres", "password": "of the master"})
        arn = client.create_secret(Name="admin", SecretString=document)["ARN"]
        monkeypatch.setenv("DB_HOST", str(postgres_server.host))
        monkeypatch.setenv("DB_PORT", str(postgres_server.port))
        monkeypatch.setenv("DB_NAME", DBNAME)
        monkeypatch.setenv("ADMIN_SECRET_ARN", arn)
        yield client
    with psycopg.connect(postgres_server.conninfo("postgres", "postgres"), autocommit=True) as conn:
        conn.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(DBNAME)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations, and room for more."""
    for path in runner.FOLDER.glob("*.sql"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(runner, "FOLDER", tmp_path)
    return tmp_path


def column(server: PostgresServer, query: str, dbname: str = "postgres") -> list[Any]:
    with psycopg.connect(server.conninfo("postgres", dbname)) as conn:
        return [row[0] for row in conn.execute(query.encode()).fetchall()]


@pytest.mark.usefixtures("secrets")
def test_a_deploy_brings_the_schema_up_to_date_and_the_next_finds_nothing_to_do() -> None:
    assert handler(DEPLOY, None) == {"PhysicalResourceId": "schema", "Data": {"Applied": ", ".join(ALL)}}
    again = handler({**DEPLOY, "RequestType": "Update"}, None)
    assert again == {"PhysicalResourceId": "schema", "Data": {"Applied": "nothing"}}


def test_deleting_the_stack_touches_nothing() -> None:
    assert handler({"RequestType": "Delete", "PhysicalResourceId": "schema"}, None) == {"PhysicalResourceId": "schema"}


@pytest.mark.usefixtures("secrets")
def test_a_migration_that_fails_midway_fails_the_deploy_and_the_next_goes_on(
    postgres_server: PostgresServer, folder: Path
) -> None:
    good, bad = (folder / f"{len(ALL) + number:04}_{name}.sql" for number, name in ((1, "good"), (2, "bad")))
    good.write_text("create table good (id int);")
    bad.write_text("create table bad (id int); alter table nowhere add column a int;")

    with pytest.raises(MigrationError, match=rf'{bad.name} failed and was rolled back; .*"nowhere" does not exist'):
        handler(DEPLOY, None)
    tables = "select relname from pg_class where relname in ('good', 'bad')"
    assert column(postgres_server, tables, DBNAME) == ["good"]

    bad.write_text("create table bad (id int);")
    assert handler(DEPLOY, None)["Data"] == {"Applied": bad.name}


@pytest.mark.usefixtures("secrets")
def test_status_tells_what_is_pending_and_changes_nothing(postgres_server: PostgresServer) -> None:
    before = handler({"action": "status"}, None)
    assert (before["schema_number"], before["pending"]) == (0, ALL)
    assert DBNAME not in column(postgres_server, "select datname from pg_database")

    handler(DEPLOY, None)
    after = handler({"action": "status"}, None)
    assert (after["schema_number"], after["pending"]) == (len(ALL), [])
    assert after["server_version"] >= 180_000
    assert abs(datetime.fromisoformat(after["now"]) - datetime.now(UTC)) < timedelta(minutes=1)
    assert json.dumps(after)


def test_roles_get_the_passwords_of_their_secrets(
    secrets: Any, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("app", "worker"):
        arn = secrets.create_secret(Name=role, SecretString=f"{role}'s \\ own")["ARN"]
        monkeypatch.setenv(f"{role.upper()}_SECRET_ARN", arn)
    handler(DEPLOY, None)
    with psycopg.connect(postgres_server.conninfo("postgres", "postgres"), autocommit=True) as conn:
        stored = dict(conn.execute("select rolname, rolpassword from pg_authid where rolpassword is not null"))
        for role in ("app", "worker"):
            conn.execute(sql.SQL("alter role {} password null").format(sql.Identifier(role)))
    assert set(stored) == {"app", "worker"}
    assert all(password.startswith("SCRAM-SHA-256$") for password in stored.values())


@pytest.mark.usefixtures("secrets")
def test_on_rds_roles_are_let_in_by_iam(postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB_IAM", "yes")
    with psycopg.connect(postgres_server.conninfo("postgres", "postgres"), autocommit=True) as conn:
        conn.execute("create role rds_iam")
        try:
            handler(DEPLOY, None)
            handler(DEPLOY, None)
            members = conn.execute(
                "select m.rolname from pg_auth_members a join pg_roles m on m.oid = a.member "
                "where a.roleid = 'rds_iam'::regrole order by 1"
            ).fetchall()
        finally:
            conn.execute("drop role rds_iam")
    assert members == [("app",), ("worker",)]


@pytest.mark.usefixtures("secrets")
def test_a_server_that_is_not_there_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DB_HOST", str(tmp_path))
    with pytest.raises(MigrationError, match="can't be reached or entered as administrator") as caught:
        handler(DEPLOY, None)
    assert "of the master" not in str(caught.value)
