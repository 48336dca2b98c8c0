"""A real PostgreSQL for tests: one server a test process, one database a test, like a migrated template.

A database is used again once a test is over, emptied and under another name, which takes a tenth of what a clone takes;
one whose schema or settings were touched, or that has grown, is dropped.

With `--pooler` the runtime roles enter through a PgBouncer, as they do through RDS Proxy; administrators never do.
"""

import tempfile
from collections import deque
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import override

import psycopg
import pytest
from psycopg import sql

from local.postgres import PostgresServer
from migrations.runner import migrate
from tests.support.pgbouncer import Pooler, pooling
from tocsin_data.db import Database, DatabaseSettings

TEMPLATE = "tocsin_template"
TEST_CLOCK = """
create schema test;
grant usage on schema test to app, worker;
create table test.clock (shift interval not null);
insert into test.clock values (interval '0');
grant select on test.clock to app, worker, tocsin;
create or replace function app.clock() returns timestamptz language sql stable
return now() + (select shift from test.clock);
"""
"""Time moved by hand: the database's one clock, shifted. Only test databases have it."""
WIPING = """
create function test.tables() returns name[] language sql stable
return (
    select array_agg(c.relname) from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
);

do $$
declare
    name text;
    is_filled boolean;
begin
    foreach name in array test.tables() loop
        execute format('select exists (select from %I)', name) into is_filled;
        if is_filled then
            execute format('create table test.kept_%s as table %I', name, name);
        end if;
    end loop;
end
$$;

create function test.wipe(most_bytes bigint) returns boolean language plpgsql as $$
declare
    name text;
begin
    perform pg_terminate_backend(a.pid, 5000) from pg_stat_activity a
    where a.datname = current_database() and a.pid <> pg_backend_pid();
    if exists (select from test.touched) or pg_database_size(current_database()) > most_bytes or exists (
        select from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
        where d.datname = current_database()
    ) then
        return false;
    end if;
    set local session_replication_role = replica;
    foreach name in array test.tables() loop
        execute format('delete from %I', name);
    end loop;
    for name in
        select c.relname from pg_class c where c.relnamespace = 'test'::regnamespace and c.relname ~ '^kept_'
    loop
        execute format('insert into %I select * from test.%I', substr(name, 6), name);
    end loop;
    perform setval(c.oid, 1, false) from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S';
    update test.clock set shift = '0';
    return true;
end
$$;

create table test.touched ();
create function test.touch() returns event_trigger language plpgsql security definer as $$
begin
    insert into test.touched default values;
end
$$;
create event trigger touched on ddl_command_end execute function test.touch();
"""
"""What the template holds itself stays; whatever changes the schema leaves its trace."""
MOST_BYTES = 60_000_000
MOST_USES = 40

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Spare:
    """A database that is empty again."""

    name: str
    uses: int


class TestServer(PostgresServer):
    """A server with the template ready. The pooler before it, if any, stays when the server stops."""

    __test__ = False

    pooler: Pooler | None = None
    spare: Spare | None = None

    @override
    def start(self) -> None:
        """As any; and a pooler has heard of it."""
        super().start()
        if self.pooler is not None:
            self.pooler.notice_the_server()


@dataclass(slots=True)
class TestDatabase:
    """One test's database. Code under test enters as a runtime role; `admin` is for arranging and looking only."""

    __test__ = False

    server: TestServer
    name: str
    uses: int = 1
    shift: timedelta = timedelta(0)
    _opened: list[Database] = field(default_factory=list)
    _administrators: deque[psycopg.Connection] = field(default_factory=deque)

    def settings(self, role: str) -> DatabaseSettings:
        """Settings to enter as `app` or `worker`."""
        entrance = self.server.pooler or self.server
        return DatabaseSettings(db_host=str(entrance.host), db_port=entrance.port, db_name=self.name, db_user=role)

    def environment(self, role: str) -> dict[str, str]:
        """The same as a function's environment."""
        return {name.upper(): str(value) for name, value in self.settings(role).model_dump(exclude_none=True).items()}

    def enter(self, role: str) -> Database:
        """The data layer's database as a runtime role."""
        opened = Database(self.settings(role))
        self._opened.append(opened)
        return opened

    @contextmanager
    def admin(self) -> Generator[psycopg.Connection]:
        """A superuser's connection, committing each statement; it is kept for the next time, as if it were new."""
        conn = self._administrator()
        try:
            yield conn
        except BaseException:
            conn.close()
            raise
        self._administrators.append(conn)

    def _administrator(self) -> psycopg.Connection:
        while self._administrators:
            conn = self._administrators.pop()
            try:
                conn.execute("discard all")
            except psycopg.Error:
                conn.close()
            else:
                return conn
        conninfo = self.server.conninfo("postgres", self.name)
        return psycopg.connect(conninfo, autocommit=True, prepare_threshold=None)

    def rows(self, query: sql.SQL | str, *params: object) -> list[tuple]:
        """What is stored, as seen from above."""
        with self.admin() as conn:
            return conn.execute(query, params).fetchall()

    def advance(self, step: timedelta) -> None:
        """Let time pass for everything that asks the database for now."""
        self.shift += step
        with self.admin() as conn:
            conn.execute("update test.clock set shift = %s", (self.shift,))

    def let_go(self) -> None:
        """Close what was opened."""
        while self._opened:
            self._opened.pop().close()
        while self._administrators:
            self._administrators.pop().close()

    def close(self) -> None:
        """Let go of the database, and empty it for the next test, or drop it."""
        self.let_go()
        wiped = self.uses < MOST_USES and self.server.spare is None and self._wiped()
        self.let_go()
        if wiped:
            self.server.spare = Spare(self.name, self.uses)
            return
        with psycopg.connect(self.server.conninfo("postgres", "postgres"), autocommit=True) as conn:
            conn.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(self.name)))

    def _wiped(self) -> bool:
        with self.admin() as conn:
            ((wiped,),) = conn.execute("select test.wipe(%s)", (MOST_BYTES,)).fetchall()
            return wiped


@contextmanager
def serving(config: pytest.Config, settings: Mapping[str, str] | None = None) -> Generator[TestServer]:
    """Start a server, and with `--pooler` a pooler before it.

    Not under pytest's own folder: every pytest that starts closes that one to other users, and a server started by
    root runs as another user.
    """
    with tempfile.TemporaryDirectory(prefix="tocsin-test-") as folder:
        server = TestServer(Path(folder) / "postgres", settings)
        server.start()
        try:
            prepare_template(server)
            if config.getoption("pooler"):
                with pooling(server) as server.pooler:
                    yield server
            else:
                yield server
        finally:
            server.stop("immediate")


def prepare_template(server: PostgresServer) -> None:
    """Migrate the database that tests are cloned from."""
    migrate(server.conninfo("postgres", "postgres"), dbname=TEMPLATE)
    with psycopg.connect(server.conninfo("postgres", TEMPLATE), autocommit=True) as conn:
        conn.execute(TEST_CLOCK)
        conn.execute(WIPING)


def clone(server: TestServer) -> TestDatabase:
    """A fresh database for one test; its name is never used again, so that nothing opened before leads to it."""
    name, spare = f"test_{next(_numbers)}", server.spare
    with psycopg.connect(server.conninfo("postgres", "postgres"), autocommit=True) as conn:
        if spare is not None:
            server.spare = None
            if _renamed(conn, spare.name, name):
                return TestDatabase(server, name, spare.uses + 1)
        conn.execute(
            sql.SQL("create database {} template {} strategy file_copy").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE)
            )
        )
    return TestDatabase(server, name)


def _renamed(conn: psycopg.Connection, old: str, new: str) -> bool:
    """Give a spare its new name; one that something is still connected to, as a pooler may be, is dropped instead."""
    conn.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s", (old,))
    try:
        conn.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(old), sql.Identifier(new)))
    except psycopg.errors.ObjectInUse:
        conn.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(old)))
        return False
    return True
