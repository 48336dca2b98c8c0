"""A database that restarts costs nobody a call: the next one finds a new connection."""

from collections.abc import Generator
from uuid import uuid4

import pytest

from tests.support import postgres
from tests.support.postgres import TestDatabase, TestServer
from tocsin.errors import DatabaseUnavailable


@pytest.fixture
def postgres_server(pytestconfig: pytest.Config) -> Generator[TestServer]:
    """A server of the test's own."""
    with postgres.serving(pytestconfig, {"fsync": "off"}) as server:
        yield server


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_the_first_call_after_a_restart_succeeds(database: TestDatabase, mode: str) -> None:
    app, worker = database.enter("app"), database.enter("worker")
    org_id = uuid4()
    for _ in range(2):
        with app.one(org_id) as tx:
            assert tx.org_id == org_id
        with worker.outside_organizations() as conn:
            assert conn.execute("select 1").fetchone() == (1,)
        database.server.stop(mode)
        with pytest.raises(DatabaseUnavailable), app.one(org_id):
            pass
        database.server.start()
    with app.one(org_id) as tx:
        assert tx.orgs == (org_id,)
