"""The runner of migrations: in order, once, all or nothing, and never at everyone else's expense."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from migrations.runner import Migration, MigrationError, apply, migrations
from tests.support.postgres import TestDatabase


@pytest.fixture
def conn(database: TestDatabase) -> Iterator[psycopg.Connection]:
    with database.admin() as conn:
        yield conn


def test_what_was_applied_is_not_applied_again(conn: psycopg.Connection) -> None:
    before = conn.execute("select * from migration order by number").fetchall()
    assert [row[0] for row in before] == [m.number for m in migrations()]
    assert apply(conn, migrations()) == []
    assert conn.execute("select * from migration order by number").fetchall() == before


def test_an_applied_file_that_has_changed_is_refused(conn: psycopg.Connection) -> None:
    first = migrations()[0]
    with pytest.raises(MigrationError, match="was applied as"):
        apply(conn, [replace(first, text=first.text + "\n-- a later thought")])


def test_a_migration_that_fails_leaves_nothing_and_stops_what_follows(conn: psycopg.Connection) -> None:
    wanted = [
        Migration(9001, "9001_broken.sql", "create table half (id int); select 1 / 0;"),
        Migration(9002, "9002_after.sql", "create table other (id int)"),
    ]
    with pytest.raises(MigrationError, match=r"9001_broken\.sql failed and was rolled back"):
        apply(conn, wanted)
    assert conn.execute("select to_regclass('half'), to_regclass('other')").fetchone() == (None, None)
    assert conn.execute("select count(*) from migration where number > 9000").fetchone() == (0,)


def test_a_migration_waits_for_locks_only_so_long_and_leaves_no_setting_behind(conn: psycopg.Connection) -> None:
    read = "current_setting('lock_timeout') as lock, current_setting('statement_timeout') as st"
    text = f"create table seen as select {read}"
    assert apply(conn, [Migration(9001, "9001_seen.sql", text)]) == ["9001_seen.sql"]
    assert conn.execute("select lock, st from seen").fetchone() == ("5s", "10min")
    assert conn.execute("select current_setting('lock_timeout')").fetchone() == ("0",)


def test_numbers_have_neither_gaps_nor_doubles(tmp_path: Path) -> None:
    for name in ["0001_one.sql", "0003_three.sql"]:
        (tmp_path / name).write_text("select 1")
    with pytest.raises(MigrationError, match="without gaps"):
        migrations(tmp_path)
