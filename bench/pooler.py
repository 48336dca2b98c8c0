"""PgBouncer in transaction mode before the bench's PostgreSQL, in the place that RDS Proxy has."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg

from bench.plan import DATABASE
from local.postgres import SYSTEM_USER, PostgresServer

PORT: Final = 5432
"""Of a socket in a folder of its own, so that functions are told another folder and nothing else."""
START_SECONDS: Final = 30
USERS: Final = ("app", "worker")


@contextmanager
def pooling(postgres: PostgresServer, connections: int) -> Generator[str]:
    """The folder of its socket. It holds at most so many connections to the server; raises RuntimeError without it."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
    if program is None:
        raise RuntimeError("pgbouncer is not installed: apt-get install pgbouncer (.ci/run does it)")
    with tempfile.TemporaryDirectory(prefix="tocsin-pool-") as made:
        folder = Path(made)
        _configure(folder, postgres, connections)
        user = SYSTEM_USER if os.geteuid() == 0 else None
        if user is not None:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, user, user)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - the system's own program
                [program, str(folder / "pgbouncer.ini")],
                user=user,
                group=user,
                extra_groups=None if user is None else [],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            _await(folder)
            yield str(folder)
        finally:
            process.terminate()
            process.wait(START_SECONDS)


def _configure(folder: Path, postgres: PostgresServer, connections: int) -> None:
    settings = {
        "pool_mode": "transaction",
        "auth_type": "trust",
        "auth_file": str(folder / "users"),
        "unix_socket_dir": str(folder),
        "listen_addr": "",
        "listen_port": str(PORT),
        "max_client_conn": "1000",
        "default_pool_size": str(connections // len(USERS)),
        "server_reset_query": "",
        "log_connections": "0",
        "log_disconnections": "0",
    }
    lines = ["[databases]", f"{DATABASE} = host={postgres.host} dbname={DATABASE}", "[pgbouncer]"]
    (folder / "users").write_text("".join(f'"{user}" ""\n' for user in USERS))
    (folder / "pgbouncer.ini").write_text("\n".join([*lines, *(f"{k} = {v}" for k, v in settings.items()), ""]))


def _await(folder: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), port=PORT, user="worker", dbname=DATABASE).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
