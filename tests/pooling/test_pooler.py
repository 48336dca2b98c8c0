"""The pooler itself: it really shares connections between transactions, and what that does to sessions is noticed."""

from collections.abc import Generator
from uuid import uuid4

import psycopg
import pytest

from local.postgres import PostgresServer
from tests.conftest import FAST
from tests.support import pgbouncer, postgres
from tests.support.mesh import crash
from tests.support.pgbouncer import Pooler, PoolerError, pooling
from tests.support.postgres import TestDatabase
from tests.support.world import World
from tocsin.errors import DatabaseUnavailable
from tocsin_data.db import Database


@pytest.fixture
def narrow(world: World) -> Generator[Pooler]:
    """A pooler with a single connection for each role."""
    with pooling(world.database.server, {"default_pool_size": "1", "min_pool_size": "0"}) as found:
        yield found


def session(pooler: Pooler, database: TestDatabase, role: str = "worker") -> psycopg.Connection:
    """A session of somebody who does not keep to the rules."""
    return psycopg.connect(
        host=str(pooler.host), port=pooler.port, dbname=database.name, user=role, autocommit=True, prepare_threshold=0
    )


def through(pooler: Pooler, database: TestDatabase, role: str) -> Database:
    """The data layer's database through this pooler."""
    settings = database.settings(role).model_copy(update={"db_host": str(pooler.host), "db_port": pooler.port})
    return Database(settings)


def test_sessions_share_a_connection_and_what_one_sets_stays_for_the_next(narrow: Pooler, world: World) -> None:
    with session(narrow, world.database) as one, session(narrow, world.database) as other:
        pids = {conn.pgconn.exec_(b"select pg_backend_pid()").get_value(0, 0) for conn in (one, other, one)}
        one.pgconn.exec_(b"set application_name = 'left behind'")
        assert other.pgconn.exec_(b"show application_name").get_value(0, 0) == b"left behind"
    assert len(pids) == 1


def test_a_named_prepared_statement_is_one_too_many(narrow: Pooler, world: World) -> None:
    with session(narrow, world.database) as one, session(narrow, world.database) as other:
        one.execute("select %s::int", (1,))
        with pytest.raises(psycopg.errors.DuplicatePreparedStatement):
            other.execute("select %s::int", (2,))


def test_the_organization_one_entered_is_not_seen_by_the_next(narrow: Pooler, world: World) -> None:
    for role, setting in (("app", "app.org"), ("worker", "app.orgs")):
        first, second = through(narrow, world.database, role), through(narrow, world.database, role)
        enter = first.one(world.org_id) if role == "app" else first.many([world.org_id])
        with enter as tx:
            pid = tx.conn.info.backend_pid
            served = tx.conn.execute("select pg_backend_pid(), count(*) from service").fetchone()
        with second.outside_organizations() as conn:
            after = conn.execute(
                "select pg_backend_pid(), count(*), coalesce(current_setting(%s, true), '') from service", (setting,)
            ).fetchone()
        first.close()
        second.close()
        assert served is not None
        assert pid != served[0]
        assert (served[1], after) == (1, (served[0], 0, ""))


def test_a_transaction_that_the_server_left_behind_the_pooler_is_tried_again(pytestconfig: pytest.Config) -> None:
    with postgres.serving(pytestconfig, FAST) as server, pooling(server) as pooler:
        world = World(postgres.clone(server))
        worker = through(pooler, world.database, "worker")

        def cut_off() -> None:
            with worker.many([world.org_id]):
                crash(server)
                PostgresServer.start(server)

        with pytest.raises(DatabaseUnavailable):
            cut_off()
        pooler.notice_the_server()
        with worker.many([world.org_id]) as tx:
            assert tx.conn.execute("select count(*) from service").fetchone() == (1,)
        worker.close()


def test_a_pool_that_is_full_is_said_to_be_so_in_time(world: World) -> None:
    with pooling(world.database.server, {"default_pool_size": "1", "query_wait_timeout": "1"}) as pooler:
        first, second = (through(pooler, world.database, "worker") for _ in range(2))
        with first.many([world.org_id]), pytest.raises(DatabaseUnavailable), second.many([world.org_id]):
            pass
        with second.many([uuid4()]) as tx:
            assert tx.now
        first.close()
        second.close()


def test_without_pgbouncer_the_run_fails_and_says_what_to_install(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(pgbouncer, "SYSTEM_PROGRAMS", "/nowhere")
    with pytest.raises(PoolerError, match="apt-get install pgbouncer"), pooling(world.database.server):
        pass


def test_a_pooler_that_does_not_start_says_why(world: World) -> None:
    with pytest.raises(PoolerError, match="pool_mode"), pooling(world.database.server, {"pool_mode": "nonsense"}):
        pass
