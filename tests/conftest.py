"""What every kind of test may use."""

from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

from tests.support import postgres
from tests.support.aws import answered_by_moto
from tests.support.postgres import TestDatabase, TestServer
from tests.support.world import World
from tocsin.platform import logs

FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "60", "shared_buffers": "64MB"}
"""Tests of behaviour need no durable disk; the benchmarks and fault runs keep it."""
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--pooler`."""
    parser.addoption(
        "--pooler",
        action="store_true",
        help="let the runtime roles enter PostgreSQL through a PgBouncer in transaction mode",
    )


@pytest.fixture(scope="session", autouse=True)
def no_keyring_of_the_system() -> Generator[None]:
    """The keyring of who runs the tests is not theirs; chosen once in a process, when it is first asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        yield


@pytest.fixture(scope="session", autouse=True)
def moto() -> Generator[None]:
    """`mock_aws` reaches our own AWS client."""
    with answered_by_moto():
        yield


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Powertools keeps what all services of a process count in one place, and what is not written stays there: here for
    the next test, which would write it, or find its own under the name of another service.
    """
    logs.metrics("test").clear_metrics()


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> Generator[TestServer]:
    """A server for this test process."""
    with postgres.serving(pytestconfig, FAST) as server:
        yield server


@pytest.fixture
def database(postgres_server: TestServer) -> Generator[TestDatabase]:
    """A fresh database."""
    found = postgres.clone(postgres_server)
    yield found
    found.close()


@pytest.fixture
def world(database: TestDatabase) -> World:
    """A fresh database with one organization that is ready to be paged."""
    return World(database)
