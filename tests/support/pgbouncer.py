"""PgBouncer in transaction mode before a test server: what RDS Proxy does to sessions, on this machine.

A system's package that `.ci/run` installs. It refuses to run as root: started by root, it runs as PostgreSQL's user.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

from local.postgres import SYSTEM_USER, PostgresServer

SYSTEM_PROGRAMS: Final = "/usr/sbin"
PORT: Final = 6432
ADMIN: Final = "pooler"
USERS: Final = ("app", "worker", ADMIN)
START_SECONDS: Final = 30
SETTINGS: Final = {
    "pool_mode": "transaction",
    "auth_type": "trust",
    "admin_users": ADMIN,
    "listen_addr": "",
    "listen_port": str(PORT),
    "max_client_conn": "1000",
    "default_pool_size": "5",
    # a client that comes again finds another connection than before, so that what it left behind is missed
    "min_pool_size": "2",
    "server_round_robin": "1",
    "server_reset_query": "",
    "query_wait_timeout": "10",
    # tests start a server again at once
    "server_login_retry": "0.1",
    "log_connections": "0",
    "log_disconnections": "0",
}
"""`max_prepared_statements` is younger than Debian's version, which follows no prepared statement at all."""


class PoolerError(RuntimeError):
    """PgBouncer could not be started; the message says what to do, or holds the end of its log."""


class Pooler:
    """One PgBouncer before one server, for all its databases and the roles that functions enter as."""

    def __init__(self, server: PostgresServer, settings: Mapping[str, str] | None = None) -> None:
        self.port = PORT
        self.host = Path(tempfile.mkdtemp(prefix="tocsin-pool-", dir=server.host.parent))
        self._server = server
        self._settings = SETTINGS | dict(settings or {})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What it writes."""
        return self.host / "pgbouncer.log"

    def start(self) -> None:
        """Start it and wait until it answers."""
        program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:{SYSTEM_PROGRAMS}")
        if program is None:
            raise PoolerError("pgbouncer is not installed: apt-get install pgbouncer (.ci/run does it)")
        self._configure()
        self.host.chmod(0o755)
        user = SYSTEM_USER if os.geteuid() == 0 else None
        if user is not None:
            for path in (self.host, *self.host.iterdir()):
                shutil.chown(path, user, user)
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [program, str(self.host / "pgbouncer.ini")],
                user=user,
                group=user,
                extra_groups=None if user is None else [],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._await()

    def stop(self) -> None:
        """Stop it and forget what it kept."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(START_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        shutil.rmtree(self.host, ignore_errors=True)

    def notice_the_server(self) -> None:
        """Return once every pool has found the server again: until then PgBouncer refuses what it is asked.

        RDS Proxy looks by itself; PgBouncer only when a client has come, and fails that client.
        """
        with psycopg.connect(self._server.conninfo("postgres", "postgres")) as conn:
            there = {name for (name,) in conn.execute("select datname from pg_database").fetchall()}
        for pool in self.show("pools"):
            if pool["database"] in there:
                self._until_let_in(pool["user"], pool["database"])

    def _until_let_in(self, user: str, dbname: str) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                with psycopg.connect(host=str(self.host), port=self.port, user=user, dbname=dbname) as conn:
                    conn.execute("select 1")
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise PoolerError(f"the pool of {user} in {dbname} does not find the server again")

    def show(self, what: str) -> list[dict[str, Any]]:
        """What it tells of itself: `pools`, `servers`, `stats` and so on."""
        with self._console() as conn:
            # Its console knows the simple protocol only, which psycopg keeps to where there are no parameters.
            cursor = conn.execute(f"show {what}")
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def _console(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.host), port=self.port, user=ADMIN, dbname="pgbouncer", autocommit=True, connect_timeout=5
        )

    def _configure(self) -> None:
        settings = self._settings | {
            "unix_socket_dir": str(self.host),
            "auth_file": str(self.host / "users.txt"),
        }
        lines = [
            "[databases]",
            f"* = host={self._server.host} port={self._server.port}",
            "[pgbouncer]",
            *(f"{name} = {value}" for name, value in settings.items()),
        ]
        (self.host / "pgbouncer.ini").write_text("\n".join(lines) + "\n")
        (self.host / "users.txt").write_text("".join(f'"{user}" ""\n' for user in USERS))

    def _await(self) -> None:
        assert self._process is not None
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                self._console().close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise PoolerError(f"pgbouncer did not start:\n{self.log.read_text()[-2000:]}")


@contextmanager
def pooling(server: PostgresServer, settings: Mapping[str, str] | None = None) -> Generator[Pooler]:
    """A pooler before a server, for as long as the block lasts."""
    pooler = Pooler(server, settings)
    try:
        pooler.start()
        yield pooler
    finally:
        pooler.stop()
