"""One organization never sees or touches another: every table with an org_id, as each runtime role.

The tables come from the catalog: one that is new fails here until both roles are kept out of it and `fill` covers it.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from tests.support import heartbeat_rows, live_rows, monitor_rows, on_call_rows, page_rows, probe_rows, result_rows
from tests.support.crossing import CROSSING, HURRIED, WITHIN
from tests.support.world import World
from tocsin.contracts.delivery import ClaimItem
from tocsin.domain.dedup import EventAction
from tocsin_data.db import Database, Tx
from tocsin_data.services.claiming import claim
from tocsin_data.services.processing import process

OF_NO_ORGANIZATION = {
    "beacon_visit",
    "caller_usage",
    "check_region",
    "idempotent_request",
    "migration",
    "organization",
    "page_folder",
    "rehearsal",
    "rejected_message",
    "results_progress",
    "rollup_progress",
    "shard_report",
    "sweep_run",
    "user_account",
}
UNREAD = {"demo_session", "live_change", "live_connection", "live_organization", "live_ticket"}
"""What only the database's own functions read."""
type Enter = Callable[[Database, UUID], AbstractContextManager[Tx]]
ROLES: dict[str, Enter] = {"app": lambda db, org: db.one(org), "worker": lambda db, org: db.many([org])}


class Two:
    """Two organizations, each with rows in every table that belongs to organizations."""

    def __init__(self, world: World) -> None:
        self.database = world.database
        self.mine = world
        self.other = World(world.database, name="Other")
        for found in (self.mine, self.other):
            fill(found)

    def tables(self) -> list[str]:
        rows = self.database.rows(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'"
            " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1"
        )
        return [row[0] for row in rows]

    def row(self, table: str, org_id: UUID) -> str:
        """One row as JSON, with ids of its own so that only the organization could be wrong with it."""
        with self.database.admin() as conn:
            query = sql.SQL("select to_jsonb(t) from {} t where org_id = %s limit 1").format(sql.Identifier(table))
            found = conn.execute(query, (org_id,)).fetchone()
        assert found is not None, f"fill() puts no row into {table}"
        return json.dumps({**found[0], **({"id": str(uuid4())} if "id" in found[0] else {})})


def fill(world: World) -> None:
    worker = world.database.enter("worker")
    done = process(worker, [world.request(world.event())], key_budget_per_minute=6000)
    ((page, _),) = done.leaving.deliveries
    claim(worker, [ClaimItem(org_id=page.org_id, notification_id=page.notification_id)])
    world.team("ops", [world.alice])
    world.api_key()
    with world.database.admin() as conn:
        conn.execute(
            "insert into audit_entry (org_id, at, actor_kind, action, subject_kind, subject_id)"
            " values (%s, now(), 'test', 'made', 'test', '1')",
            (world.org_id,),
        )
        conn.execute(
            "with invited as ("
            " insert into invitation (org_id, email, role, token_hash, invited_by, created_at, sent_at, expires_at)"
            " values (%(org)s, 'new@acme.example', 'viewer', uuid_send(%(org)s), 'test', now(), now(), now())"
            " returning org_id, id"
            ") insert into invitation_team"
            " select i.org_id, i.id, t.id, 'member' from invited i join team t using (org_id)",
            {"org": world.org_id},
        )
        conn.execute(
            "insert into mail (org_id, kind, sealed, due_at, created_at) values (%s, 'invitation', 'x', now(), now())",
            (world.org_id,),
        )
        conn.execute(
            "insert into demo_session (token_hash, org_id, source_address, created_at, expires_at)"
            " values (uuid_send(%(org)s), %(org)s, '192.0.2.1', now(), now())",
            {"org": world.org_id},
        )
        live_rows.insert(conn, world)
        on_call_rows.insert(conn, world)
        probe_rows.insert(conn, world)
        page_rows.insert(conn, world)
    result_rows.insert(world)
    heartbeat_rows.insert(world)
    monitor_rows.insert(world)


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def db(two: Two, role: str) -> Database:
    return two.database.enter(role)


def attempt(enter: AbstractContextManager[Tx], query: sql.Composed, *params: object) -> int | None:
    """How many rows a statement touched, or None when it was refused for want of a right."""
    try:
        with enter as tx:
            return tx.conn.execute(query, params).rowcount
    except psycopg.errors.InsufficientPrivilege:
        return None


def test_every_table_belongs_to_organizations_or_is_known_not_to(two: Two) -> None:
    every = {row[0] for row in two.database.rows("select tablename from pg_tables where schemaname = 'public'")}
    assert every - set(two.tables()) == OF_NO_ORGANIZATION
    for table in two.tables():
        two.row(table, two.other.org_id)


def test_no_row_of_another_organization_is_seen(two: Two, db: Database, role: str) -> None:
    for table in two.tables():
        query = sql.SQL("select distinct org_id from {}").format(sql.Identifier(table))
        if table in UNREAD:
            assert attempt(ROLES[role](db, two.mine.org_id), query) is None, table
            continue
        with ROLES[role](db, two.mine.org_id) as tx:
            assert tx.conn.execute(query).fetchall() == [(two.mine.org_id,)], table


def test_no_row_is_written_for_another_organization(two: Two, db: Database, role: str) -> None:
    for table in two.tables():
        query = sql.SQL("insert into {t} select * from jsonb_populate_record(null::{t}, %s::jsonb)").format(
            t=sql.Identifier(table)
        )
        theirs = two.row(table, two.other.org_id)
        assert attempt(ROLES[role](db, two.mine.org_id), query, theirs) is None, table


def test_no_row_of_another_organization_is_changed_or_deleted(two: Two, db: Database, role: str) -> None:
    for table in two.tables():
        name = sql.Identifier(table)
        change = sql.SQL("update {} set org_id = org_id where org_id = %s").format(name)
        take = sql.SQL("update {} set org_id = %s where org_id = %s").format(name)
        delete = sql.SQL("delete from {} where org_id = %s").format(name)
        mine, theirs = two.mine.org_id, two.other.org_id
        assert not attempt(ROLES[role](db, mine), change, theirs), table
        assert not attempt(ROLES[role](db, mine), take, mine, theirs), table
        assert not attempt(ROLES[role](db, mine), delete, theirs), table
        assert attempt(ROLES[role](db, mine), take, theirs, mine) is None, table
    counts = [two.row(table, two.other.org_id) for table in two.tables()]
    assert len(counts) == len(two.tables())


def test_without_an_organization_nothing_is_seen(two: Two, db: Database) -> None:
    for table in sorted({*two.tables(), "organization", "user_account"} - UNREAD):
        query = sql.SQL("select count(*) from {}").format(sql.Identifier(table))
        with db.outside_organizations() as conn:
            assert conn.execute(query).fetchone() == (0,), table


def test_organizations_and_people_are_seen_only_from_inside(two: Two, db: Database, role: str) -> None:
    people = {two.mine.alice.user_id, two.mine.bob.user_id}
    with ROLES[role](db, two.mine.org_id) as tx:
        assert tx.conn.execute("select id from organization").fetchall() == [(two.mine.org_id,)]
        assert {row[0] for row in tx.conn.execute("select id from user_account").fetchall()} == people
    change = sql.SQL("update organization set name = 'x' where id = {}").format(sql.Literal(two.other.org_id))
    assert not attempt(ROLES[role](db, two.mine.org_id), change)


def test_a_batch_sees_all_its_organizations_and_no_other(two: Two) -> None:
    third = World(two.database, name="Third")
    worker = two.database.enter("worker")
    with worker.many([two.mine.org_id, two.other.org_id]) as tx:
        seen = {row[0] for row in tx.conn.execute("select org_id from service").fetchall()}
    assert seen == {two.mine.org_id, two.other.org_id}
    assert third.org_id not in seen


def test_the_organization_does_not_outlive_its_transaction(two: Two, db: Database, role: str) -> None:
    with ROLES[role](db, two.mine.org_id) as tx:
        session = tx.conn
    with db.outside_organizations() as conn:
        assert conn is session
        assert conn.execute("select app.org(), app.orgs()").fetchone() == (None, [])
        assert conn.execute("select count(*) from service").fetchone() == (0,)
    with pytest.raises(RuntimeError), ROLES[role](db, two.mine.org_id):
        raise RuntimeError
    with db.outside_organizations() as conn:
        assert conn.execute("select count(*) from service").fetchone() == (0,)


@pytest.mark.parametrize(("call", "allowed"), CROSSING)
def test_what_crosses_organizations_is_for_the_roles_that_need_it_only(two: Two, call: str, allowed: str) -> None:
    query = sql.SQL("select * from {}").format(sql.SQL(call))
    for role in ROLES:
        with two.database.enter(role).outside_organizations() as conn:
            if role in allowed.split():
                conn.execute(query)
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    conn.execute(query)


def test_every_function_of_the_schema_is_held_to_the_rules(two: Two) -> None:
    rows = two.database.rows(
        "select p.proname, p.prosecdef, coalesce(p.proconfig, '{}'), p.proacl is null"
        " or exists (select from aclexplode(p.proacl) a where a.grantee = 0)"
        " from pg_proc p where p.pronamespace = 'app'::regnamespace"
    )
    crossing = {call.split("(")[0].removeprefix("app.") for call, _ in CROSSING}
    entering = {"enter", "enter_many"} | {f"enter_by_{what}" for what in ("routing_keys", "pings", "beacons", "wishes")}
    assert {name for name, definer, *_ in rows if definer} - WITHIN == crossing - entering
    callable_by = (
        "select p.proname from pg_proc p, (values ('app'), ('worker')) as r (name)"
        " where p.pronamespace = 'app'::regnamespace and p.proname = any(%s)"
        " and has_function_privilege(r.name, p.oid, 'execute')"
    )
    assert two.database.rows(callable_by, sorted(WITHIN)) == []
    otherwise = {name for name, definer, config, _ in rows if definer and config != ["search_path=public, pg_temp"]}
    assert otherwise == HURRIED
    assert [name for name, _, _, public in rows if public] == []


def test_the_runtime_roles_own_nothing_and_bypass_nothing(two: Two) -> None:
    database = two.database
    assert (
        database.rows(
            "select rolname from pg_roles where rolname in ('app', 'worker', 'tocsin')"
            " and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)"
        )
        == []
    )
    assert (
        database.rows(
            "select relname from pg_class where relowner in ('app'::regrole, 'worker'::regrole)"
            " union all select proname from pg_proc where proowner in ('app'::regrole, 'worker'::regrole)"
            " union all select nspname from pg_namespace where nspowner in ('app'::regrole, 'worker'::regrole)"
        )
        == []
    )
    assert (
        database.rows(
            "select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.member"
            " where r.rolname in ('app', 'worker')"
        )
        == []
    )
    assert (
        database.rows(
            "select nspname from pg_namespace, (values ('app'), ('worker')) as r (name)"
            " where nspname !~ '^pg_' and has_schema_privilege(r.name, nspname, 'create')"
        )
        == []
    )
    unprotected = "select relname from pg_class c where relname = any(%s) and not relrowsecurity"
    assert database.rows(unprotected, [*two.tables(), "organization", "user_account"]) == []


def test_what_was_told_stays_told(two: Two, db: Database, role: str) -> None:
    mine = two.mine.org_id
    for table in ("timeline_entry", "audit_entry"):
        name = sql.Identifier(table)
        assert attempt(ROLES[role](db, mine), sql.SQL("update {} set at = now()").format(name)) is None
        assert attempt(ROLES[role](db, mine), sql.SQL("delete from {}").format(name)) is None
        assert attempt(ROLES[role](db, mine), sql.SQL("truncate {}").format(name)) is None


def test_events_of_one_organization_never_reach_the_incidents_of_another(two: Two) -> None:
    worker = two.database.enter("worker")
    two.database.advance(timedelta(seconds=1))
    resolve = two.mine.request(two.mine.event(EventAction.RESOLVE))
    process(worker, [resolve, two.other.request()], key_budget_per_minute=6000)
    rows = two.database.rows("select org_id, status from incident")
    assert dict(rows) == {two.mine.org_id: "resolved", two.other.org_id: "triggered"}
