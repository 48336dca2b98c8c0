"""An idle sweep reads what is due through indexes: no table is read from end to end, however much is in it."""

from datetime import timedelta

import pytest
from psycopg import sql

from tests.support import heartbeat_rows
from tests.support.watching import Watching
from tests.support.world import StepSpec, World
from tocsin_data.services import region_reports, storing
from tocsin_data.services.processing import process
from tocsin_data.sql import sweeps
from tocsin_data.sql.sweeps import Due, Wanted

AGO = timedelta(hours=1)
MANY = 4_000
FEW = 100
"""More than what is of the deployment, and no organization's."""
FILLED = ("organization", "incident", "alert", "escalation", "notification", "monitor", "monitor_state", "heartbeat")
ANEW = sql.SQL("""
insert into {table} select r.* from (select t from {table} t limit 1) first
cross join generate_series(1, %s) n
cross join lateral jsonb_populate_record((first.t), jsonb_build_object(
    'id', uuidv7(), 'incident_id', uuidv7(), 'escalation_id', uuidv7(), 'monitor_id', uuidv7(),
    'number', n + 10, 'dedup_key', 'k' || n, 'name', 'n' || n,
    'slug', 's' || n, 'key_hash', '\\x' || md5(n::text), 'state', 'delivered',
    'late_at', null, 'look_at', null
) - %s::text[]) r
""")
READ_THROUGH = "select relname, seq_tup_read from pg_stat_xact_user_tables where seq_tup_read > %s"


@pytest.fixture
def large(world: World) -> World:
    world.policy([StepSpec([world.alice.target])])
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=6000)
    heartbeat_rows.insert(world)
    Watching(world).tick()
    with world.database.admin() as conn, conn.transaction():
        conn.execute("set local session_replication_role = replica")
        for table in FILLED:
            kept = [] if table == "notification" else ["state"]
            conn.execute(ANEW.format(table=sql.Identifier(table)), (MANY, kept))
    with world.database.admin() as conn:
        for table in FILLED:
            conn.execute(sql.SQL("analyze {}").format(sql.Identifier(table)))
    return world


def test_an_idle_sweep_reads_no_table_from_end_to_end(large: World) -> None:
    with large.database.enter("worker").many(()) as tx:
        found = sweeps.due(tx, [Wanted(look_up, tx.now - AGO) for look_up in Due], 200)
        chores = sweeps.chores(tx, storing.days(tx.now, 14), tx.now, region_reports.SILENT_AFTER)
        read_through = tx.conn.execute(READ_THROUGH, (FEW,)).fetchall()
    assert [len(rows) for rows in found] == [0] * len(Due)
    assert not chores.organizations_end
    assert read_through == []
