"""Brings a database up to date: roles, the database itself, then every pending migration in order.

Each migration is one transaction, recorded with the hash of its text; an applied file that has changed since is an
error. Two runners at once take turns. Run with an administrator's conninfo, straight to the server.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, LiteralString, cast

import psycopg
from psycopg import sql

FOLDER: Final = Path(__file__).parent
DATABASE: Final = "tocsin"
OWNER: Final = "tocsin"
PATIENCE: Final = "set local lock_timeout = '5s'; set local statement_timeout = '10min'"
"""A migration that can't have its locks soon gives up, rather than make everyone else queue behind it."""
NAME: Final = re.compile(r"^(\d{4})_[a-z0-9_]+\.sql$")


class MigrationError(RuntimeError):
    """The schema can't be brought up to date; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its number, its name, its text."""

    number: int
    name: str
    text: str

    @property
    def digest(self) -> str:
        """The hash it is recorded with."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """All migrations in order; raises MigrationError when a number is missing or used twice."""
    found = [
        Migration(int(match[1]), path.name, path.read_text())
        for path in sorted(folder.glob("*.sql"))
        if (match := NAME.match(path.name))
    ]
    if [m.number for m in found] != list(range(1, len(found) + 1)):
        raise MigrationError(f"{folder}: migrations must be numbered 0001, 0002, … without gaps or doubles")
    return found


def migrate(admin_conninfo: str, dbname: str = DATABASE, folder: Path = FOLDER) -> list[str]:
    """Make the roles and the database if missing, apply what is pending; answers the names applied."""
    with psycopg.connect(admin_conninfo, autocommit=True) as admin:
        # Held until this session ends: roles and databases can't be made by two at once.
        admin.execute("select pg_advisory_lock(hashtextextended('tocsin migrate', 0))")
        admin.execute(_text(folder / "roles.sql"))
        if admin.execute("select 1 from pg_database where datname = %s", (dbname,)).fetchone() is None:
            admin.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(dbname), sql.Identifier(OWNER)))
        with psycopg.connect(admin_conninfo, dbname=dbname, autocommit=True) as conn:
            conn.execute(sql.SQL("set role {}").format(sql.Identifier(OWNER)))
            return apply(conn, migrations(folder))


def apply(conn: psycopg.Connection, wanted: list[Migration]) -> list[str]:
    """Apply what is pending over a connection that is, or has become, the schema's owner."""
    conn.execute(
        "create table if not exists migration ("
        " number integer not null constraint migration_pkey primary key,"
        " name text not null, digest text not null, applied_at timestamptz not null default now())"
    )
    conn.execute("grant select on migration to app, worker")  # they tell which schema they meet
    applied: list[str] = []
    for migration in wanted:
        with conn.transaction():
            conn.execute("lock table migration in exclusive mode")
            row = conn.execute("select name, digest from migration where number = %s", (migration.number,)).fetchone()
            if row is None:
                _run(conn, migration)
                applied.append(migration.name)
            elif row[1] != migration.digest:
                raise MigrationError(
                    f"{migration.name} was applied as {row[0]} with another text: restore that file and write the "
                    f"change as a new migration"
                )
    return applied


def _run(conn: psycopg.Connection, migration: Migration) -> None:
    try:
        conn.execute(PATIENCE)
        conn.execute(cast("LiteralString", migration.text))
    except psycopg.Error as error:
        raise MigrationError(f"{migration.name} failed and was rolled back; nothing after it ran: {error}") from error
    conn.execute(
        "insert into migration (number, name, digest) values (%s, %s, %s)",
        (migration.number, migration.name, migration.digest),
    )


def _text(path: Path) -> LiteralString:
    return cast("LiteralString", path.read_text())
