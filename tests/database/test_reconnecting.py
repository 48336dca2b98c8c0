"""A database that restarts costs nobody a call: the next one finds a new connection."""

import tempfile
from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest

from local.postgres import PostgresServer
from tests.support import postgres
from tests.support.postgres import TestDatabase
from tocsin.errors import DatabaseUnavailable


@pytest.fixture
def own() -> Generator[TestDatabase]:
    """A database on a server of the test's own."""
    with tempfile.TemporaryDirectory(prefix="tocsin-test-") as folder:
        server = PostgresServer(Path(folder) / "postgres", {"fsync": "off"})
        server.start()
        try:
            postgres.prepare_template(server)
            yield postgres.clone(server)
        finally:
            server.stop("immediate")


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_the_first_call_after_a_restart_succeeds(own: TestDatabase, mode: str) -> None:
    app, worker = own.enter("app"), own.enter("worker")
    org_id = uuid4()
    for _ in range(2):
        with app.one(org_id) as tx:
            assert tx.org_id == org_id
        with worker.outside_organizations() as conn:
            assert conn.execute("select 1").fetchone() == (1,)
        own.server.stop(mode)
        with pytest.raises(DatabaseUnavailable), app.one(org_id):
            pass
        own.server.start()
    with app.one(org_id) as tx:
        assert tx.orgs == (org_id,)
    app.close()
    worker.close()
