"""Entering by TLS: the certificate must be for the name that was asked for, and signed by who is trusted."""

import shutil
import socket
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
import trustme

from local.postgres import SYSTEM_USER, PostgresServer
from tests.support.pgbouncer import Pooler
from tests.support.postgres import TestDatabase
from tocsin.errors import DatabaseUnavailable
from tocsin_data.db import Database, DatabaseSettings

AUTHORITY = trustme.CA()


@pytest.fixture
def folder() -> Generator[Path]:
    """Where PgBouncer may read a certificate, whoever it runs as."""
    path = Path(tempfile.mkdtemp(prefix="tocsin-tls-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def port(postgres_server: PostgresServer, folder: Path) -> Generator[int]:
    """The port on loopback of a pooler that takes TLS alone: the PostgreSQL of the tests is built without."""
    issued = AUTHORITY.issue_cert("localhost")
    certificate, key = folder / "server.pem", folder / "server.key"
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    AUTHORITY.cert_pem.write_to_path(folder / "authority.pem")
    trustme.CA().cert_pem.write_to_path(folder / "stranger.pem")
    if key.owner() == "root":
        shutil.chown(key, SYSTEM_USER)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    pooler = Pooler(
        postgres_server,
        {
            "listen_addr": "127.0.0.1",
            "listen_port": str(free),
            "client_tls_sslmode": "require",
            "client_tls_cert_file": str(certificate),
            "client_tls_key_file": str(key),
        },
    )
    pooler.port = free
    try:
        pooler.start()
        yield free
    finally:
        pooler.stop()


def enter(database: TestDatabase, port: int, authority: Path, host: str = "localhost") -> Database:
    """The data layer as a function is told to use it."""
    return Database(
        DatabaseSettings(
            db_host=host,
            db_port=port,
            db_name=database.name,
            db_user="worker",
            db_ca_file=str(authority),
        )
    )


def test_a_certificate_that_is_right_lets_in(database: TestDatabase, port: int, folder: Path) -> None:
    entered = enter(database, port, folder / "authority.pem")
    with entered.many([]) as tx:
        assert tx.conn.pgconn.ssl_in_use
    entered.close()


@pytest.mark.parametrize(
    ("authority", "host", "reason"),
    [
        ("stranger.pem", "localhost", "certificate verify failed"),
        ("authority.pem", "127.0.0.1", "does not match host name"),
        ("missing.pem", "localhost", "missing.pem"),
    ],
)
def test_any_other_certificate_keeps_out(
    database: TestDatabase, port: int, folder: Path, authority: str, host: str, reason: str
) -> None:
    with pytest.raises(DatabaseUnavailable) as caught, enter(database, port, folder / authority, host).many([]):
        pass
    assert reason in str(caught.value.__cause__)
