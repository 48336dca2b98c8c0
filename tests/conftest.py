"""What every kind of test may use."""

import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from local.postgres import PostgresServer
from tests.support import postgres
from tests.support.aws import answered_by_moto
from tests.support.postgres import TestDatabase
from tests.support.world import World

FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "60", "shared_buffers": "64MB"}
"""Tests of behaviour need no durable disk; the benchmarks and fault runs keep it."""


@pytest.fixture(scope="session", autouse=True)
def moto() -> Generator[None]:
    """`mock_aws` reaches our own AWS client."""
    with answered_by_moto():
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Generator[PostgresServer]:
    """A server for this test process, with the template database ready.

    Not under pytest's own folder: every pytest that starts closes that one to other users, and a server started by
    root runs as another user.
    """
    with tempfile.TemporaryDirectory(prefix="tocsin-test-") as folder:
        server = PostgresServer(Path(folder) / "postgres", FAST)
        server.start()
        try:
            postgres.prepare_template(server)
            yield server
        finally:
            server.stop("immediate")


@pytest.fixture
def database(postgres_server: PostgresServer) -> Generator[TestDatabase]:
    """A fresh database."""
    found = postgres.clone(postgres_server)
    yield found
    found.close()


@pytest.fixture
def world(database: TestDatabase) -> World:
    """A fresh database with one organization that is ready to be paged."""
    return World(database)
