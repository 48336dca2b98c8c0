"""Brings a database up to date: roles, the database itself, then every pending migration in order.

Each migration is one transaction, recorded with the hash of its text; an applied file that has changed since is an
error. Two runners at once take turns. Run with an administrator's conninfo, straight to the server.
"""

import hashlib
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, LiteralString, cast

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

FOLDER: Final = Path(__file__).parent
DATABASE: Final = "tocsin"
OWNER: Final = "tocsin"
PATIENCE: Final = "set local lock_timeout = '5s'; set local statement_timeout = '10min'"
"""A migration that can't have its locks soon gives up, rather than make everyone else queue behind it."""
OLDEST_SERVER: Final = 180_000
TURN_SECONDS: Final = 300
"""How long a runner waits for another to end."""
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


@dataclass(frozen=True, slots=True)
class Status:
    """How far a database is. `server_version` is as PostgreSQL counts: 180001 is 18.1."""

    now: datetime
    server_version: int
    schema_number: int
    """Of the newest migration that was applied; 0 before the first."""
    pending: list[str]


def migrations(folder: Path | None = None) -> list[Migration]:
    """All migrations in order; raises MigrationError when a number is missing or used twice."""
    folder = folder or FOLDER
    found = [
        Migration(int(match[1]), path.name, path.read_text())
        for path in sorted(folder.glob("*.sql"))
        if (match := NAME.match(path.name))
    ]
    if [m.number for m in found] != list(range(1, len(found) + 1)):
        raise MigrationError(f"{folder}: migrations must be numbered 0001, 0002, … without gaps or doubles")
    return found


def migrate(
    admin_conninfo: str,
    dbname: str = DATABASE,
    folder: Path | None = None,
    *,
    turn_seconds: int = TURN_SECONDS,
    oldest_server: int = OLDEST_SERVER,
) -> list[str]:
    """Make the roles and the database if missing, apply what is pending; answers the names applied.

    Raises MigrationError. What was applied before the failure stays, and the next run goes on from there.
    """
    with _entered(admin_conninfo) as admin:
        demand_version(admin.info.server_version, oldest_server)
        _take_turn(admin, turn_seconds)
        _demand_rights(admin)
        admin.execute(_text((folder or FOLDER) / "roles.sql"))
        if not _has_database(admin, dbname):
            admin.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(dbname), sql.Identifier(OWNER)))
        with _entered(admin_conninfo, dbname) as conn:
            conn.execute(sql.SQL("set role {}").format(sql.Identifier(OWNER)))
            return apply(conn, migrations(folder))


def status(admin_conninfo: str, dbname: str = DATABASE, folder: Path | None = None) -> Status:
    """How far a database is; changes nothing, and asks for no version. Raises MigrationError."""
    wanted = migrations(folder)
    with _entered(admin_conninfo) as admin:
        now, version = _row(admin.execute("select now(), current_setting('server_version_num')::int"))
        exists = _has_database(admin, dbname)
    applied: set[int] = set()
    if exists:
        with _entered(admin_conninfo, dbname) as conn:
            if _row(conn.execute("select to_regclass('public.migration') is not null")) == (True,):
                applied = {number for (number,) in conn.execute("select number from public.migration").fetchall()}
    pending = [migration.name for migration in wanted if migration.number not in applied]
    return Status(now, version, max(applied, default=0), pending)


def demand_version(server_version: int, oldest: int = OLDEST_SERVER) -> None:
    """Raise MigrationError when a server, as PostgreSQL counts its versions, is too old."""
    if server_version < oldest:
        there = f"{server_version // 10_000}.{server_version % 10_000}"
        raise MigrationError(
            f"the server is PostgreSQL {there}; Tocsin needs {oldest // 10_000} or newer: upgrade the server, then "
            f"deploy again"
        )


def _take_turn(admin: psycopg.Connection, seconds: int) -> None:
    """Hold the lock until this session ends: roles and databases can't be made by two at once."""
    admin.execute("select set_config('lock_timeout', %s, false)", (f"{seconds}s",))
    try:
        admin.execute("select pg_advisory_lock(hashtextextended('tocsin migrate', 0))")
    except psycopg.errors.LockNotAvailable as error:
        raise MigrationError(
            f"another migration has been running for {seconds} s: wait until that deploy has ended, then deploy again"
        ) from error


def _demand_rights(admin: psycopg.Connection) -> None:
    row = admin.execute(
        "select rolsuper or (rolcreaterole and rolcreatedb) from pg_roles where rolname = current_user"
    ).fetchone()
    if row != (True,):
        raise MigrationError(
            f"{admin.info.user} may not make roles and databases: give an administrator with CREATEROLE and CREATEDB"
        )


def set_password(admin_conninfo: str, role: str, password: str) -> None:
    """Give a role its password; only its hash is sent."""
    with _entered(admin_conninfo) as admin:
        hashed = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        admin.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(hashed)))


def let_in_by_iam(admin_conninfo: str, roles: Sequence[str]) -> None:
    """On RDS: let roles in by IAM's tokens, and from then on by nothing else."""
    with _entered(admin_conninfo) as admin:
        for role in roles:
            admin.execute(sql.SQL("grant rds_iam to {}").format(sql.Identifier(role)))


@contextmanager
def _entered(conninfo: str, dbname: str | None = None) -> Generator[psycopg.Connection]:
    """A connection of the administrator; what PostgreSQL says against it is raised in its own words."""
    try:
        with psycopg.connect(conninfo, dbname=dbname, autocommit=True) as conn:
            yield conn
    except psycopg.OperationalError as error:
        raise MigrationError(
            f"the database server can't be reached or entered as administrator, or the connection broke: {error}"
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise MigrationError(
            f"the administrator may not do what a migration needs: {error}; enter as a superuser or RDS's master, or "
            f"as whoever made the roles, and let {OWNER} own the database"
        ) from error


def _has_database(admin: psycopg.Connection, dbname: str) -> bool:
    return admin.execute("select 1 from pg_database where datname = %s", (dbname,)).fetchone() is not None


def _row(cursor: psycopg.Cursor[TupleRow]) -> TupleRow:
    (row,) = cursor.fetchall()
    return row


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
