"""The runner from the first day on: a fresh server, two at once, a database that is behind."""

import shutil
import tempfile
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from psycopg import sql

from local.postgres import PostgresServer
from migrations.runner import (
    FOLDER,
    Migration,
    MigrationError,
    apply,
    demand_version,
    let_in_by_iam,
    migrate,
    migrations,
)
from tests.support.postgres import TestDatabase
from tests.support.world import World
from tocsin_data.services.processing import process

ALL = [m.name for m in migrations()]
_numbers = count(1)


@pytest.fixture
def fresh(postgres_server: PostgresServer) -> Generator[str]:
    """The name of a database that isn't there yet."""
    name = f"fresh_{next(_numbers)}"
    yield name
    with psycopg.connect(admin(postgres_server), autocommit=True) as conn:
        conn.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def admin(server: PostgresServer) -> str:
    return server.conninfo("postgres", "postgres")


def numbers(server: PostgresServer, dbname: str) -> list[int]:
    with psycopg.connect(server.conninfo("postgres", dbname)) as conn:
        return [row[0] for row in conn.execute("select number from migration order by number").fetchall()]


def test_a_fresh_server_gets_everything_and_the_second_run_nothing(postgres_server: PostgresServer, fresh: str) -> None:
    assert migrate(admin(postgres_server), fresh) == ALL
    assert migrate(admin(postgres_server), fresh) == []
    assert numbers(postgres_server, fresh) == list(range(1, len(ALL) + 1))
    with psycopg.connect(postgres_server.conninfo("postgres", fresh)) as conn:
        owners = conn.execute("select distinct tableowner from pg_tables where schemaname = 'public'").fetchall()
    assert owners == [("tocsin",)]


@pytest.mark.parametrize("attempt", range(3))
def test_runners_at_once_apply_everything_once(postgres_server: PostgresServer, fresh: str, attempt: int) -> None:
    runners = 2 + attempt
    start = Barrier(runners)

    def run(_: int) -> list[str]:
        start.wait(30)
        return migrate(admin(postgres_server), fresh)

    with ThreadPoolExecutor(runners) as pool:
        answers = list(pool.map(run, range(runners)))
    assert sorted(name for answer in answers for name in answer) == ALL
    assert numbers(postgres_server, fresh) == list(range(1, len(ALL) + 1))


def test_a_database_that_is_behind_is_brought_up_to_date(
    postgres_server: PostgresServer, fresh: str, tmp_path: Path
) -> None:
    shutil.copy(FOLDER / "roles.sql", tmp_path)
    shutil.copy(FOLDER / ALL[0], tmp_path)
    assert migrate(admin(postgres_server), fresh, tmp_path) == ALL[:1]
    assert migrate(admin(postgres_server), fresh) == ALL[1:]
    world = World(TestDatabase(postgres_server, fresh))
    worker = world.database.enter("worker")
    with worker.many([world.org_id]):
        pass
    assert process(worker, [world.request()], key_budget_per_minute=6000).opened == 1
    world.database.let_go()


def test_a_database_that_is_ahead_is_left_alone(postgres_server: PostgresServer, fresh: str, tmp_path: Path) -> None:
    migrate(admin(postgres_server), fresh)
    shutil.copy(FOLDER / "roles.sql", tmp_path)
    shutil.copy(FOLDER / ALL[0], tmp_path)
    assert migrate(admin(postgres_server), fresh, tmp_path) == []
    assert numbers(postgres_server, fresh) == list(range(1, len(ALL) + 1))


def test_after_a_failure_is_mended_the_next_run_goes_on(
    postgres_server: PostgresServer, fresh: str, tmp_path: Path
) -> None:
    for path in FOLDER.glob("*.sql"):
        if path.name != "schema.sql":
            shutil.copy(path, tmp_path)
    broken = tmp_path / f"{len(ALL) + 1:04}_more.sql"
    broken.write_text("create table more (id int); create table more (id int);")
    with pytest.raises(MigrationError, match="rolled back"):
        migrate(admin(postgres_server), fresh, tmp_path)
    assert numbers(postgres_server, fresh) == list(range(1, len(ALL) + 1))
    broken.write_text("create table more (id int);")
    assert migrate(admin(postgres_server), fresh, tmp_path) == [broken.name]


@pytest.mark.parametrize("names", [("0002_a.sql",), ("0001_a.sql", "0001_b.sql"), ("0001_a.sql", "0003_b.sql")])
def test_numbers_that_do_not_count_are_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (tmp_path / name).write_text("select 1")
    with pytest.raises(MigrationError, match="without gaps or doubles"):
        migrations(tmp_path)


def test_what_is_not_a_migration_is_not_taken_for_one(tmp_path: Path) -> None:
    for name in ("0001_a.sql", "roles.sql", "schema.sql", "0001_Not.sql", "1_a.sql"):
        (tmp_path / name).write_text("select 1")
    assert [m.name for m in migrations(tmp_path)] == ["0001_a.sql"]


def test_a_migration_may_not_end_the_transaction_it_runs_in(database: TestDatabase) -> None:
    with database.admin() as conn, pytest.raises((MigrationError, psycopg.Error)):
        apply(conn, [Migration(9001, "9001_commit.sql", "create table early (id int); commit; select 1 / 0;")])
    assert database.rows("select count(*) from migration where number = 9001") == [(0,)]


def test_a_column_that_a_later_release_adds_does_not_trouble_this_one(world: World) -> None:
    tables = world.database.rows("select tablename from pg_tables where schemaname = 'public'")
    with world.database.admin() as conn:
        for (table,) in tables:
            conn.execute(sql.SQL("alter table {} add column from_the_future text").format(sql.Identifier(table)))
    worker = world.database.enter("worker")
    done = process(worker, [world.request()], key_budget_per_minute=6000)
    assert (done.opened, len(done.leaving.deliveries)) == (1, 1)


@pytest.fixture
def administrator(postgres_server: PostgresServer) -> Generator[str]:
    """A second administrator that is no superuser."""
    name = f"administrator_{next(_numbers)}"
    with psycopg.connect(admin(postgres_server), autocommit=True) as conn:
        conn.execute(sql.SQL("create role {} login").format(sql.Identifier(name)))
        yield name
        for membership in ("tocsin", "app", "worker"):
            conn.execute(sql.SQL("revoke {} from {}").format(sql.Identifier(membership), sql.Identifier(name)))
        conn.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))


@pytest.mark.parametrize("right", ["createdb", "createrole"])
def test_an_administrator_who_may_too_little_is_told_what_is_missing(
    postgres_server: PostgresServer, fresh: str, administrator: str, right: str
) -> None:
    with psycopg.connect(admin(postgres_server), autocommit=True) as conn:
        conn.execute(sql.SQL("alter role {} {}").format(sql.Identifier(administrator), sql.SQL(right)))
    with pytest.raises(MigrationError, match=f"{administrator} may not .* give an administrator with CREATEROLE"):
        migrate(postgres_server.conninfo(administrator, "postgres"), fresh)


def test_an_administrator_who_did_not_make_the_roles_is_told_so(
    postgres_server: PostgresServer, fresh: str, administrator: str
) -> None:
    with psycopg.connect(admin(postgres_server), autocommit=True) as conn:
        conn.execute(sql.SQL("alter role {} createdb createrole").format(sql.Identifier(administrator)))
    with pytest.raises(MigrationError, match="or as whoever made the roles"):
        migrate(postgres_server.conninfo(administrator, "postgres"), fresh)


def test_an_administrator_as_rds_has_it_need_not_be_a_superuser() -> None:
    server = PostgresServer(Path(tempfile.mkdtemp(prefix="tocsin-rds-")) / "postgres", {"fsync": "off"})
    server.start()
    try:
        with psycopg.connect(admin(server), autocommit=True) as conn:
            conn.execute("create role master login createdb createrole")
            conn.execute("create role rds_iam")
            conn.execute("grant rds_iam to master with admin option")
        assert migrate(server.conninfo("master", "postgres")) == ALL
        let_in_by_iam(server.conninfo("master", "postgres"), ("app", "worker"))
        assert migrate(server.conninfo("master", "postgres")) == []
    finally:
        server.stop("immediate")
        shutil.rmtree(server.data_dir.parent)


@pytest.mark.parametrize(("version", "told"), [(170_006, "17.6"), (150_000, "15.0")])
def test_an_older_server_is_refused(version: int, told: str) -> None:
    with pytest.raises(MigrationError, match=rf"is PostgreSQL {told}; Tocsin needs 18 or newer: upgrade"):
        demand_version(version)


def test_the_server_that_is_asked_for_is_enough() -> None:
    demand_version(180_000)
    demand_version(190_001)


def test_a_server_that_is_too_old_is_left_as_it_is(postgres_server: PostgresServer, fresh: str) -> None:
    with pytest.raises(MigrationError, match="needs 99 or newer"):
        migrate(admin(postgres_server), fresh, oldest_server=990_000)
    with psycopg.connect(admin(postgres_server)) as conn:
        assert conn.execute("select from pg_database where datname = %s", (fresh,)).fetchone() is None


def test_a_runner_whose_turn_does_not_come_says_what_to_do(postgres_server: PostgresServer, fresh: str) -> None:
    with psycopg.connect(admin(postgres_server), autocommit=True) as other:
        other.execute("select pg_advisory_lock(hashtextextended('tocsin migrate', 0))")
        with pytest.raises(MigrationError, match=r"another migration .* wait until that deploy has ended"):
            migrate(admin(postgres_server), fresh, turn_seconds=1)
    assert migrate(admin(postgres_server), fresh) == ALL
